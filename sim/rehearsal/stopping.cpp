#include "rehearsal/stopping.h"

#include <algorithm>
#include <exception>

#include "base/beside.h"
#include "rehearsal/watched_life.h"

namespace pindah {
namespace {

constexpr Micros kLookEvery = minutes(1);

class InStep {
 public:
  InStep(const LifeInputs& inputs, const RehearsalOptions& options)
      : inputs_(inputs),
        options_(options),
        control_(inputs, Life::control, nullptr, options.keep_pages),
        rehearsed_(inputs, Life::rehearsed, nullptr, options.keep_pages) {}

  void live(RehearsalResult& result) {
    const Micros end = rehearsed_.universe().end();
    bool whole = true, broken = false;
    for (Micros now; whole && !broken && now < end;) {
      now = std::min(now + kLookEvery, end);
      whole = run_until(now);
      if (options_.progress) options_.progress(rehearsed_.universe().now(), end);
      broken = whole && now < end && breaks(now);
    }
    result.control = finish(control_, !whole, broken);
    result.rehearsed = finish(rehearsed_, !whole, broken);
  }

 private:
  // One minute of both; on two threads where two may be used.
  bool run_until(Micros now) {
    bool whole = true, other_whole = true;
    std::exception_ptr failure;
    const auto control = [&] {
      try {
        other_whole = control_.run_until(now, options_.stop);
      } catch (...) {
        failure = std::current_exception();
      }
    };
    Beside other(options_.threads > 1, control);
    whole = rehearsed_.run_until(now, options_.stop);
    other.finish();
    if (failure) std::rethrow_exception(failure);
    return whole && other_whole;
  }

  // Before the plan or a surprise has done anything both lives are the same.
  bool breaks(Micros now) const {
    if (rehearsed_.so_far().plan.empty()) return false;
    const Record control = control_.part(), rehearsed = rehearsed_.part();
    const Comparison comparison =
        compare(inputs_.world, inputs_.scenario, inputs_.intents, control, rehearsed);
    return stops(inputs_.world, inputs_.scenario, inputs_.intents, comparison, control, rehearsed,
                 now);
  }

  static Record finish(WatchedLife& life, bool interrupted, bool stopped) {
    Record record = life.finish(interrupted || stopped);
    record.interrupted = interrupted;
    record.stopped = stopped;
    return record;
  }

  const LifeInputs& inputs_;
  const RehearsalOptions& options_;
  WatchedLife control_, rehearsed_;
};

}  // namespace

bool can_stop(const Scenario& scenario) {
  return std::any_of(scenario.budget.begin(), scenario.budget.end(),
                     [](const BudgetLine& line) { return line.budget.on_fail == OnFail::stop; });
}

void live_until_broken(const LifeInputs& inputs, const SharedSetup& setup,
                       const RehearsalOptions& options, RehearsalResult& result) {
  std::unique_ptr<InStep> lives;
  {
    const std::lock_guard lock(*setup.beginning);
    lives = std::make_unique<InStep>(inputs, options);
  }
  lives->live(result);
}

}  // namespace pindah
