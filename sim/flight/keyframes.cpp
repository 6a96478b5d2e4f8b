#include "flight/keyframes.h"

#include <algorithm>
#include <unordered_set>

namespace pindah {
namespace {

constexpr std::size_t kBlock = 4096;  // a page of a database

std::string join(const std::vector<std::shared_ptr<const std::string>>& blocks) {
  std::string bytes;
  bytes.reserve(blocks.size() * kBlock);
  for (const auto& block : blocks) bytes += *block;
  return bytes;
}

}  // namespace

Keyframes::Blocks Keyframes::split(const std::string& bytes, const Blocks* before,
                                   const Blocks* other) {
  Blocks blocks;
  blocks.reserve(bytes.size() / kBlock + 1);
  for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
    const std::string_view here = std::string_view(bytes).substr(at, kBlock);
    const std::size_t number = blocks.size();
    const auto is = [&](const Blocks* known) {
      return known != nullptr && number < known->size() && *(*known)[number] == here;
    };
    if (is(before))
      blocks.push_back((*before)[number]);
    else if (is(other))
      blocks.push_back((*other)[number]);
    else
      blocks.push_back(std::make_shared<const std::string>(here));
  }
  return blocks;
}

void Keyframes::add(Micros at, std::size_t hands, const std::array<Moment, 2>& lives) {
  Frame frame;
  frame.at = at;
  frame.hands = hands;
  const Frame* before = frames_.empty() ? nullptr : &frames_.back();
  for (std::size_t life = 0; life < 2; ++life) {
    const std::string* bytes[] = {&lives[life].images[0], &lives[life].images[1],
                                  &lives[life].state};
    for (std::size_t part = 0; part < 3; ++part)
      frame.parts[life][part] = split(*bytes[part], before ? &before->parts[life][part] : nullptr,
                                      life > 0 ? &frame.parts[0][part] : nullptr);
  }
  frames_.push_back(std::move(frame));
  count();
  while (bytes_ > most_bytes_ && frames_.size() > 2) thin_out();
}

// Blocks that several moments share count once.
void Keyframes::count() {
  std::unordered_set<const std::string*> seen;
  bytes_ = 0;
  for (const Frame& frame : frames_)
    for (const auto& life : frame.parts)
      for (const Blocks& blocks : life)
        for (const Block& block : blocks)
          if (seen.insert(block.get()).second)
            bytes_ += static_cast<std::int64_t>(block->size() + sizeof *block);
}

// Every second one goes, but for the first and the last.
void Keyframes::thin_out() {
  std::vector<Frame> kept;
  for (std::size_t i = 0; i < frames_.size(); ++i)
    if (i % 2 == 0 || i + 1 == frames_.size()) kept.push_back(std::move(frames_[i]));
  if (kept.size() == frames_.size()) kept.erase(kept.begin() + 1);
  frames_ = std::move(kept);
  count();
}

int Keyframes::before(Micros instant) const {
  const auto after = std::find_if(frames_.begin(), frames_.end(),
                                  [&](const Frame& frame) { return frame.at > instant; });
  return static_cast<int>(after - frames_.begin()) - 1;
}

Keyframes::Moment Keyframes::moment(int number, Life life) const {
  const auto& parts =
      frames_[static_cast<std::size_t>(number)].parts[static_cast<std::size_t>(life)];
  return {{join(parts[0]), join(parts[1])}, join(parts[2])};
}

void Keyframes::forget_after(Micros instant) {
  std::erase_if(frames_, [&](const Frame& frame) { return frame.at > instant; });
  count();
}

std::vector<Micros> Keyframes::instants() const {
  std::vector<Micros> all;
  for (const Frame& frame : frames_) all.push_back(frame.at);
  return all;
}

}  // namespace pindah
