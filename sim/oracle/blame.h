// Whom to blame, as facts: what broke, and what it was (a move and its column, a call, a side, an
// obstacle, a step of the plan). report/blame_words turns it into words.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/observer.h"
#include "scenario/step_id.h"

namespace pindah {

// The first broken link between what was promised and what somebody met.
enum class BrokenLink : std::uint8_t {
  none,  // not traced
  // A row is not where it is looked for, or is older than it should be.
  not_captured,
  after_stop_position,
  not_applied,
  not_extracted,  // a move read its root and gave no row
  second_write,   // of a dual write: lost, or dropped
  not_copied,
  not_yet_applied,
  older_chunk,
  older_change,
  echo,        // a stream brought back what had come from this side
  erased,      // by a call
  not_loaded,  // a move brought it, and it is not there
  nowhere,     // in neither database
  // A row is there and says what is not so.
  moved_wrongly,  // by a move: its column, before and after
  wrote_wrongly,  // by the call that wrote it last
  // The rows are right, and the answer is not.
  answered_wrongly,  // by the call that gave it
  // Who answered or wrote was not the owner.
  elsewhere,
  called_back_wrongly,
  written_wrongly,
  written_after_switch,
  // Nothing is wrong but that it was slow or failed.
  met,      // an obstacle
  refused,  // the database said no, to a call
  count
};

// What is the same for all whom the same thing befell. -1, or nothing: it does not matter here.
struct Culprit {
  BrokenLink link{};
  ServiceId service = -1;
  int move = -1;       // into World::moves
  std::string column;  // of the move, or of the fact
  CallId call = -1;
  std::optional<Side> side;  // where it broke
  Delay delay = Delay::count;
  Obstacle obstacle{};
  StepId step{};  // of the plan, which did it
  Phase phase{};
  bool after = false;  // the step was over by then
  SurpriseId surprise{};
  std::string said;  // by the database

  bool known() const {
    return link != BrokenLink::none || step != StepId::none || surprise != SurpriseId::none;
  }
  auto operator<=>(const Culprit&) const = default;
  template <class A>
  void archive(A& a) {
    a(link, service, move, column, call, side, delay, obstacle, step, phase, after, surprise, said);
  }
};

// How it happened to one of them.
struct Circumstances {
  Micros broke = kNever;           // when it came to be so
  std::optional<Side> written_on;  // where the row was written that is missing, or is not as it was
  Micros written = kNever;
  Micros after_switch = kNever;    // written so long after the switch,
  Micros after_position = kNever;  // after the stop position was read
  Micros arrived = kNever;         // on the side that answered
  Micros overwritten = kNever;     // there
  Micros looked = kNever;
  Side owner{};  // of the service by then
  std::string before,
      after;             // values: told, or as they were on the other side; shown, or as they are
  std::string evidence;  // what sets the victims apart from the others
  template <class A>
  void archive(A& a) {
    a(broke, written_on, written, after_switch, after_position, arrived, overwritten, looked, owner,
      before, after, evidence);
  }
};

}  // namespace pindah
