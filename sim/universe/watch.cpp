#include "universe/watch.h"

namespace pindah {

Watch::Watch(const World& world, Clockwork& clockwork, Observer& next)
    : world_(world), clockwork_(clockwork), next_(next), recent_(world.pages.size()) {}

// Little-endian by hand, so that the digest is the same on every machine.
void Watch::put(std::int64_t number) {
  auto bits = static_cast<std::uint64_t>(number);
  for (int i = 0; i < 8; ++i, bits >>= 8) buffer_.push_back(static_cast<char>(bits & 0xff));
}

void Watch::put(const Value& value) {
  buffer_.push_back(static_cast<char>(value.index()));
  if (const auto* number = std::get_if<std::int64_t>(&value)) put(*number);
  if (const auto* text = std::get_if<std::string>(&value)) {
    put(static_cast<std::int64_t>(text->size()));
    buffer_ += *text;
  }
}

void Watch::page(const PageSeen& seen) {
  buffer_.clear();
  put(static_cast<std::int64_t>(seen.actor) * 8 + static_cast<std::int64_t>(seen.end));
  put(static_cast<std::int64_t>(seen.intent) << 32 | static_cast<std::int64_t>(seen.visit));
  put(seen.page);
  put(seen.intended.us);
  put(seen.replied.us);
  const Page& page = world_.pages[static_cast<std::size_t>(seen.page)];
  if (seen.end == PageEnd::ok)
    for (const SlotId slot : page.shown) put((*seen.slots)[static_cast<std::size_t>(slot)]);
  else
    buffer_ += seen.reason;
  clockwork_.digest.fold(buffer_);
  if (seen.actor == Actor::shopper) {
    const bool failed = seen.end == PageEnd::failed || seen.end == PageEnd::timed_out;
    recent_.record(static_cast<std::size_t>(seen.page), seen.replied, seen.replied - seen.intended,
                   failed);
  }
  next_.page(seen);
}

void Watch::committed(const Commit& commit) {
  buffer_.clear();
  put(static_cast<std::int64_t>(commit.lsn) * 2 + static_cast<std::int64_t>(commit.side));
  put(commit.at.us);
  buffer_ += commit.changes->bytes();
  clockwork_.digest.fold(buffer_);
  next_.committed(commit);
}

}  // namespace pindah
