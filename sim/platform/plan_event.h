// What the plan and the surprises did, as facts. Whoever tells it to people makes the sentences
// (report/plan_words.h); nobody reads facts out of sentences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/value.h"
#include "scenario/scenario.h"
#include "scenario/step_id.h"
#include "world/world.h"

namespace pindah {

enum class PlanEventKind : std::uint8_t {
  started,
  phase,
  finished,
  skipped,
  aborted,
  waiting,  // it is stuck, and tries on
  surprise,
  count
};

// What a step is at, or what it has found.
enum class Phase : std::uint8_t {
  none,
  fence,  // to `release`: of a cutover or a rollback, in the order of a safe one
  drain,
  copy,  // also of a copy that stopped
  position,
  catch_up,
  verify,  // also of a verify that stopped
  switch_over,
  release,
  verified,      // of a verify: what it found of a service
  shadow_reads,  // of shadow reads: what they found of a service
  apply,         // of an apply that is stuck
  second_write,  // of a dual write one of whose second writes failed
  on,            // of a surprise
  off,
  compare,  // of a cutover, before it closes its fence
  count
};

// Run files hold these words, and people read them: "started", "catch up"; none: empty.
std::string_view word_of(PlanEventKind kind);
std::string_view word_of(Phase phase);
// Nothing: no such word.
std::optional<PlanEventKind> plan_event_kind(std::string_view word);
std::optional<Phase> phase_of(std::string_view word);

// A root that both sides do not hold alike.
struct Mismatch {
  int move = -1;
  Value key;
  bool at_rest = true;  // false: changes of it were always on their way
  template <class A>
  void archive(A& a) {
    a(move, key, at_rest);
  }
};

// A read that both sides did not answer alike.
struct ShadowMismatch {
  CallId call = -1;
  SlotId slot = -1;             // that differs; -1: one side alone answered
  bool owner_answered = false;  // which of the two that was
  std::string here, there;      // what the slot held on the owner and on the other side
  template <class A>
  void archive(A& a) {
    a(call, slot, owner_answered, here, there);
  }
};

// What a condition of the plan was, when it did not hold.
struct Seen {
  struct Service {
    ServiceId service = -1;
    bool finished = false;  // it was verified to the end
    std::int64_t mismatches = 0;
    std::optional<Mismatch> first;
    template <class A>
    void archive(A& a) {
      a(service, finished, mismatches, first);
    }
  };
  std::int64_t value = 0;
  int condition = 0;              // which of several it is
  std::vector<Service> services;  // of `verified(…)` that is false
  template <class A>
  void archive(A& a) {
    a(value, condition, services);
  }
};

// Why a step was skipped or aborted, or is stuck.
enum class Why : std::uint8_t {
  none,
  needs,              // skipped: what it needs did not hold; `seen`
  owned_already,      // skipped: it would give `service` to whom it belongs
  target_owns,        // skipped: a verify of what the target owns
  freeze_limit,       // aborted, or waiting: the fence was closed for as long as it may be
  copy_failed,        // aborted: the copy under the fence
  differs,            // aborted: what was caught up
  migrator_killed,    // aborted: a cutover
  owner_changed,      // aborted: a verify
  refused,            // aborted, or waiting: a database said `error`
  changelog_dropped,  // waiting: the changelog does not reach back far enough
  not_copied,         // skipped: a cutover of what is not wholly copied
  paused,             // waiting: the copy's `pause_when` holds
};

// What hindered a step, and where.
struct Setback {
  Why why{};
  Phase phase{};  // that it was at
  ServiceId service = -1;
  Side owner{};       // owned_already; of a stream that is stuck, where its changes come from
  Seen seen;          // needs
  std::string error;  // refused
  Micros since{};     // of what waits
  template <class A>
  void archive(A& a) {
    a(why, phase, service, owner, seen, error, since);
  }
};

// What a verify, or shadow reads, found of a service.
struct Findings {
  std::int64_t count = 0;  // roots, or reads
  std::int64_t unequal = 0;
  std::optional<Mismatch> root;        // the first that was unequal
  std::optional<ShadowMismatch> read;  // likewise
  template <class A>
  void archive(A& a) {
    a(count, unequal, root, read);
  }
};

struct PlanEvent {
  Micros at;
  PlanEventKind kind{};
  StepId step{};                      // none: of a surprise, or of a stream of a cutover's own
  std::optional<StepKind> step_kind;  // of that step
  SurpriseId surprise{};              // none: of a step
  ServiceId service = -1;
  Phase phase{};
  // fence: writes in flight as it closes; release: requests it held; compare, verify (inside a
  // cutover): roots to be compared.
  std::int64_t count = -1;
  StepId with{};                     // finished: the step whose end was its end; none: by itself
  std::optional<Setback> setback;    // skipped, aborted, waiting
  std::optional<Findings> compared;  // verified, shadow_reads
  template <class A>
  void archive(A& a) {
    a(at, kind, step, step_kind, surprise, service, phase, count, with, setback, compared);
  }
};

// Who met a step that changes who answers: people's calls of its services (platform/gates.h).
struct StepMet {
  StepId step{};
  Micros at;                  // when it began to act: the fence closed, the owner changed
  Micros last = kNever;       // a shopper's last call before that; kNever: there was none
  std::int64_t before = 0;    // in flight then, or begun in the minute before
  std::int64_t hindered = 0;  // held or turned away by its fence
  std::int64_t during = 0;    // begun while it led more and more of them over
  std::int64_t after = 0;     // begun since
  std::int64_t answered = 0;  // by the new owner since
};

// A step that had not ended well by the end of the run.
struct Unfinished {
  enum class How : std::uint8_t {
    running,       // `setback`, where it waits for something
    skipped,       // `setback`
    failed,        // `setback`, where it told one
    stuck,         // it goes on trying; `setback`
    kept_waiting,  // its time had come, and another step was at work on its services
    held,          // by hand
    too_early,     // the time it was to begin at did not come
    never_asked,   // its condition was never looked at, since what it needs was not there
    after,         // the step that it comes after did not end well
    unmet          // its condition did not hold, or not for long enough; `seen`
  };
  StepId step{};
  How how{};
  bool held_too_briefly = false;
  Seen seen;  // at the last look
  std::optional<Setback> setback;
};

}  // namespace pindah
