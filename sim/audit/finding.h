// What the audit of a world's mapping found, in types; sentences are made in report/.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/value.h"
#include "world/world.h"

namespace pindah::audit {

enum class FindingKind : std::uint8_t {
  refused,     // the other side does not take a row, in the database's words
  lost,        // rows that do not come back
  made,        // rows that come back and were not there
  changed,     // a column that comes back otherwise
  unchecked,   // `check` does not say what was loaded, or does not see a change
  present,     // `present` does not give the keys that were loaded
  erased,      // `delete` leaves something, or takes more than was loaded
  overlooked,  // a change of a row does not lead to the root that it changes
  carried,     // a column that influences nothing on the other side
  answer,      // a call answers otherwise on the other side
  end,         // a call is refused or fails on one side alone
  written,     // a call and the moves give something else than the moves and the call
  truth,       // the canonical facts of both sides differ
  count
};

// One kind of difference in one column, however often it was met.
struct Finding {
  FindingKind kind{};
  std::string subject;        // "move 10-orders", "call orders.place", "truth of order"
  std::string what;           // "orders.paid_time": table and column, or the column of an answer
  std::vector<Place> places;  // the statements behind it, the likeliest first
  std::int64_t count = 0;     // how many differ
  std::int64_t of = 0;        // of how many looked at; 0: not counted
  std::string key;            // of the first
  Value before, after;        // of the first
  std::set<Value> roots;      // touched
  std::set<Value> people;     // touched, where the rows say whose they are
  std::string declared;       // the reason that a move gives; empty: none
  Place declared_at;
};

// What was looked at of a move.
struct Sampled {
  std::string move;
  Side from{};
  std::int64_t roots = 0;  // that populate made; those that the walk adds are beside them
};

struct Report {
  std::vector<Sampled> sampled;
  std::vector<Finding> findings;    // those that are not declared first
  std::int64_t calls = 0;           // runs of calls that were compared
  std::int64_t people = 0;          // who were walked through the pages
  std::vector<std::string> idle;    // calls that never answered: nobody had what they need
  std::vector<const Drop*> unused;  // declarations that met nothing
  bool interrupted = false;

  std::int64_t undeclared() const;
};

}  // namespace pindah::audit
