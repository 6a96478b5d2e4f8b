// The bare loop: the statements of a life, with the same values in the same order on the same
// databases, and nothing of the engine around them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/backend.h"
#include "tests/universe/read.h"

namespace pindah::test {

// Every call of one life. Migrators' writes are no calls: only lives without a plan can be
// replayed.
class CallLog : public CallTap {
 public:
  struct Entry {
    Micros now;
    CallId call = -1;
    Side side{};
    RanEnd end{};
    std::size_t values = 0;  // where its parameters' values begin
  };
  explicit CallLog(const Reading& reading);
  void ran(Side side, CallId call, const Slots& slots, Micros now, RanEnd end) override;

  const std::vector<Entry>& entries() const { return entries_; }
  const Value* values(const Entry& entry) const { return values_.data() + entry.values; }
  // The slots that a call's statements read on a side, in the order in which values() has them.
  const std::vector<SlotId>& slots(CallId call, Side side) const {
    return slots_[static_cast<std::size_t>(call)][index(side)];
  }

 private:
  std::vector<PerSide<std::vector<SlotId>>> slots_;
  std::vector<Entry> entries_;
  std::vector<Value> values_;
};

// What a replay took and left.
struct Replayed {
  double seconds = 0;
  std::uint64_t statements = 0;
  std::uint64_t unlike = 0;  // calls that ended otherwise than in the life
  PerSide<std::uint64_t> contents{};
};

// Fresh copies of the populated databases are made first and not timed. `capture`: with the hook
// that takes every changed row down, as a life has it.
Replayed replay(const Reading& reading, const CallLog& log, bool capture);

// A fingerprint of every row of every table.
std::uint64_t contents_of(Database& database, const Platform& platform);

}  // namespace pindah::test
