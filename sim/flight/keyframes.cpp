#include "flight/keyframes.h"

#include <algorithm>
#include <unordered_set>

namespace pindah {
namespace {

std::int64_t bytes_of(const std::string& block) {
  return static_cast<std::int64_t>(block.size() + sizeof block);
}

}  // namespace

std::int64_t Keyframes::split(const Database& database, const Blocks* before, const Blocks* other,
                              Blocks& blocks) {
  const std::size_t count = database.page_count();
  blocks.reserve(count);
  std::int64_t fresh = 0;
  for (std::size_t number = 0; number < count; ++number) {
    const std::string_view page = database.page(number);
    const Hash128 hash = hash128(page);
    const auto is = [&](const Blocks* known) {
      return known != nullptr && number < known->size() && (*known)[number].hash == hash;
    };
    if (is(before)) {
      blocks.push_back((*before)[number]);
    } else if (is(other)) {
      blocks.push_back((*other)[number]);
    } else {
      blocks.push_back({hash, std::make_shared<const std::string>(page)});
      fresh += bytes_of(*blocks.back().bytes);
    }
  }
  return fresh;
}

void Keyframes::add(Micros at, std::size_t interventions, std::array<Sight, 2> lives,
                    ThreadPair& threads) {
  Frame frame;
  frame.at = at;
  frame.interventions = interventions;
  const Frame* last = frames_.empty() ? nullptr : &frames_.back();
  PerSide<std::int64_t> fresh{};
  const auto take = [&](std::size_t side) {
    for (std::size_t life = 0; life < 2; ++life)
      fresh[side] +=
          split(*lives[life].databases[side], last ? &last->databases[life][side] : nullptr,
                life > 0 ? &frame.databases[0][side] : nullptr, frame.databases[life][side]);
  };
  threads.run([&] { take(1); }, [&] { take(0); });
  bytes_ += fresh[0] + fresh[1];
  for (std::size_t life = 0; life < 2; ++life) {
    frame.state[life] = std::make_shared<const std::string>(std::move(lives[life].state));
    bytes_ += bytes_of(*frame.state[life]);
  }
  frames_.push_back(std::move(frame));
  while (bytes_ > most_bytes_ && frames_.size() > 2) thin_out();
}

// Pages that several moments share count once.
void Keyframes::count() {
  std::unordered_set<const std::string*> seen;
  bytes_ = 0;
  for (const Frame& frame : frames_) {
    for (const auto& state : frame.state) bytes_ += bytes_of(*state);
    for (const auto& life : frame.databases)
      for (const Blocks& blocks : life)
        for (const Block& block : blocks)
          if (seen.insert(block.bytes.get()).second) bytes_ += bytes_of(*block.bytes);
  }
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

Keyframes::LifeImage Keyframes::moment(int number, Life life) const {
  const auto which = static_cast<std::size_t>(life);
  const Frame& frame = frames_[static_cast<std::size_t>(number)];
  LifeImage moment;
  moment.state = *frame.state[which];
  for (const std::size_t side : {0u, 1u}) {
    std::string& image = moment.images[side];
    image.reserve(frame.databases[which][side].size() * Database::kPage);
    for (const Block& block : frame.databases[which][side]) image += *block.bytes;
  }
  return moment;
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
