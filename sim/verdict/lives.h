// The two lives laid out for pairing: each session's visits and messages in order of time, both
// lives side by side, and the sessions of one buyer together.
#pragma once

#include <vector>

#include "oracle/record.h"
#include "scenario/scenario.h"
#include "traffic/intents.h"

namespace pindah {

// One thing that happened to a session in either life, or in both.
struct Happening {
  Micros at;  // the earlier of the intended starts
  std::uint32_t intent = 0;
  std::uint32_t visit = 0;
  const Visit* control = nullptr;
  const Visit* rehearsed = nullptr;
  const Message* message = nullptr;  // one that she got in one of her lives alone
  bool of_control = false;           // the message: in the control
};

// A record's visits by intent.
class VisitsByIntent {
 public:
  VisitsByIntent(const Record& record, std::size_t intents);
  // In order of their visit numbers.
  std::vector<const Visit*> of(std::uint32_t intent) const;
  bool any(std::uint32_t intent) const { return starts_[intent] != starts_[intent + 1]; }

 private:
  const Record& record_;
  std::vector<std::size_t> starts_;   // by intent, and one more
  std::vector<std::uint32_t> order_;  // indexes into the visits
};

// Intents that are sessions of one buyer, in order of arrival; buyers in a stated order.
std::vector<std::vector<std::uint32_t>> by_buyer(const World& world,
                                                 const std::vector<Intent>& intents);

// By session: messages of one life beyond those of the other, counted by page and key; the last
// ones.
std::vector<std::vector<const Message*>> messages_beyond(const Record& one, const Record& other,
                                                         std::size_t intents);

}  // namespace pindah
