// What one life left behind, in columns: every visit, every message, what the plan did, what was
// anomalous.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oracle/blame.h"
#include "oracle/shown.h"
#include "oracle/shown_cells.h"
#include "platform/gauges.h"
#include "platform/observer.h"

namespace pindah {

// One visit, as the comparison needs it.
struct Visit {
  std::int64_t intended_us = 0;
  std::int64_t latency_us = 0;
  std::uint64_t plain = 0;  // hash of what was shown, apart from what the oracle has facts about,
                            // tokens, ignored columns
  std::uint64_t facts = 0;  // hash of the shown promises, and of the reason of a refusal
  std::uint64_t goods = 0;  // hash of the shown stock, in bands
  std::int64_t hindered_us = 0;
  std::uint32_t intent = 0;
  std::uint16_t visit = 0;
  std::int16_t page = -1;
  PageEnd end{};
  Obstacle obstacle{};
  std::int8_t service = -1;          // where the obstacle was met
  std::uint32_t sightings_from = 0;  // its rows in Record::sightings
  std::uint16_t sightings = 0;
  std::uint8_t tries = 1;
  bool audit = false;
  bool truthful =
      true;  // what was shown was true by this universe's own facts between request and reply
  bool logged_out = false;         // she was asked to log in again
  bool on_target = false;          // the target answered a call of it
  std::int8_t step = -1;           // where it ended
  Side at{};                       // to which platform that step's call went
  std::uint64_t target_steps = 0;  // bit i: the target answered step i in the last try
  std::uint64_t strayed = 0;  // likewise: a platform answered that did not own the service then
  Delays delays;
  static_assert(limit::kSteps.most <= 64);
  static_assert(kVisits <= 65'536);             // visit
  static_assert(limit::kPages.most <= 32'768);  // page
  static_assert(limit::kServices.most <= 128);  // service
  template <class A>
  void archive(A& a) {
    a(intended_us, latency_us, plain, facts, goods, hindered_us, intent, visit, page, end, obstacle,
      service, sightings_from, sightings, tries, audit, truthful, logged_out, on_target, step, at,
      target_steps, strayed, delays);
  }
};

// One promise as a page showed it.
struct Sighting {
  std::int64_t witness = 0;  // the key of the page that made it; where its key is another, a hash
  std::uint64_t rest = 0;    // hash of what else its row showed, apart from tokens
  std::int8_t promise = -1;
  std::int8_t rank = -1;  // of its status; -1: none, or one that nobody knows
  template <class A>
  void archive(A& a) {
    a(witness, rest, promise, rank);
  }
};

// A promise has come further, by a commit on the platform which owned it then.
struct StatusChange {
  std::int64_t idem = 0;
  Micros at;
  CallId call = -1;
  std::int8_t promise = -1;
  std::int8_t rank = -1;
  template <class A>
  void archive(A& a) {
    a(idem, at, call, promise, rank);
  }
};

// A call wrote, under the key of somebody's page, in a service that keeps promises.
struct OwnWrite {
  std::int64_t idem = 0;
  Micros at;
  CallId call = -1;
  template <class A>
  void archive(A& a) {
    a(idem, at, call);
  }
};

// A row that such a call wrote names somebody to whom nothing is promised: a shop, a desk.
struct Naming {
  std::int64_t idem = 0;
  CallId call = -1;
  std::int16_t pool = -1;
  Side home{};
  std::uint32_t who = 0;  // in that pool
  template <class A>
  void archive(A& a) {
    a(idem, call, pool, home, who);
  }
};

struct Message {
  std::uint32_t intent = 0;
  std::int16_t page = -1;
  Micros at;
  std::int64_t idem = 0;  // of the page that it speaks of
  template <class A>
  void archive(A& a) {
    a(intent, page, at, idem);
  }
};

// One thing that went wrong by absolute criteria.
struct AnomalyCase {
  int anomaly = -1;          // into World::anomalies
  std::uint32_t intent = 0;  // UINT32_MAX: nobody's in particular (populate's rows, items)
  std::int64_t witness = 0;  // of the promise or capture; 0: none
  std::string thing;         // which of them, where the witness does not say: a book on a shelf
  Micros at;                 // when it was shown, told or captured; the end for populate's rows
  std::int64_t count = 1;    // units
  std::string detail;        // "order 305: told paid, shown unpaid"
  Culprit culprit;           // whom custody, or the page that showed it, blames
  Circumstances how;         // of the culprit's deed
  // When it came to be so; `at` is when it was promised, or shown.
  Micros broke() const { return how.broke == kNever ? at : how.broke; }
  template <class A>
  void archive(A& a) {
    a(anomaly, intent, witness, thing, at, count, detail, culprit, how);
  }
};

// A page that showed what was not so by this life's own facts.
struct UntruePage {
  std::uint32_t intent = 0;
  std::int16_t page = -1;
  Side side{};       // that answered
  CallId call = -1;  // likewise; -1: not known
  Micros at;
  std::string detail;  // "order 305: is paid, is shown unpaid"
  PromiseId promise = -1;
  template <class A>
  void archive(A& a) {
    a(intent, page, side, call, at, detail, promise);
  }
};

struct OutageSpan {
  ServiceId service = -1;
  Micros from, until;
  template <class A>
  void archive(A& a) {
    a(service, from, until);
  }
};

// What a database said against a call, in its own words: neither a refusal of the world's nor the
// weather's doing.
struct SqlError {
  CallId call = -1;
  Side side{};
  std::string says;
  std::int64_t count = 0;  // pages, messages and turns of jobs that failed by it
  template <class A>
  void archive(A& a) {
    a(call, side, says, count);
  }
};

// What a shopper was promised changed on the target, which owned it by then.
struct PromiseWrite {
  ServiceId service = -1;
  Micros at;
  bool captured = false;  // a changelog took it down, so that a rollback brings it back
  template <class A>
  void archive(A& a) {
    a(service, at, captured);
  }
};

// How far a regulator's rules were met at an instant.
struct ComplianceSample {
  Micros at;
  std::int64_t total_ppm = 0;
  std::vector<std::int64_t> met_ppm;  // by rule
  template <class A>
  void archive(A& a) {
    a(at, total_ppm, met_ppm);
  }
};

// A ledger called back a platform that was not the owner, and was never heard.
struct Unheard {
  std::int64_t idem = 0;  // of the page that entered it
  LedgerId ledger = -1;
  Side address{};  // the other one owns it
  Micros entered;
};

struct Record {
  std::vector<Visit> visits;  // in order of their ends
  ShownPages shown;           // by visit, where it is asked for
  ShownCells cells;           // by visit: what it showed, or why it did not, to be held apart
  // Some two thousand looks at the dials, likewise, this far apart, and one after each instant at
  // which the plan or a surprise did something.
  std::vector<Gauges> gauges;
  Micros gauges_every;
  std::vector<Message> messages;
  std::vector<Sighting> sightings;     // visit by visit
  std::vector<StatusChange> statuses;  // in order of time, as are the next two
  std::vector<OwnWrite> writes;
  std::vector<Naming> namings;
  std::vector<AnomalyCase> cases;
  std::vector<std::int64_t> anomaly_exposure;  // by anomaly: how many operations could have had it
  std::vector<std::uint8_t> holds;  // by intent: bit p: she was promised something of promise p
  static_assert(limit::kPromises.most <= 8);
  std::vector<std::vector<std::int8_t>> chosen;  // by choice, by intent: her option; -1: not seen
  static_assert(limit::kOptions.most <= 128);
  std::vector<PlanEvent> plan;
  std::vector<OutageSpan> outages;
  std::vector<UntruePage> untrue;    // the first of them
  std::vector<SqlError> sql_errors;  // the first kinds of them, each call's of one text counted
  std::vector<ComplianceSample> compliance;  // whenever it had changed; of the rehearsed life only
  std::int64_t compliance_looks = 0;
  std::vector<PromiseWrite> promise_writes;  // in order of time; of a promise the first of a kind
  std::int64_t rows_carried = 0;             // written by the migrator, on either side
  std::uint64_t digest = 0;
  Micros ended;  // virtual instant reached
  bool interrupted = false;
  bool stopped = false;  // ended early by a `stop` line of the budget
  bool part() const { return interrupted || stopped; }  // it says nothing of what came later
  std::vector<Unfinished> unfinished;                   // of the plan
  std::vector<StepMet> met;         // by step of the plan that acted, in the plan's order
  std::vector<Unheard> unheard;     // by the end, in order of the idem
  std::int64_t beyond_horizon = 0;  // ledger entries and jobs still open at the end
  std::uint64_t statements = 0;

  // What an oracle writes down while the life goes on. Logs, which only grow, are not written but
  // for their lengths: a life that goes on from an earlier moment has them, and cuts them.
  template <class A>
  void archive(A& a) {
    a(holds, chosen, rows_carried, sql_errors);
    cut(a, visits);
    cut(a, shown);
    cut(a, cells);
    cut(a, messages);
    cut(a, sightings);
    cut(a, statuses);
    cut(a, writes);
    cut(a, namings);
    cut(a, plan);
    cut(a, outages);
    cut(a, untrue);
    cut(a, promise_writes);
  }
  template <class A, class Log>
  static void cut(A& a, Log& log) {
    std::uint64_t length = log.size();
    a(length);
    if constexpr (A::reading) log.resize(length);
  }
};

}  // namespace pindah
