#include "rehearsal/stopping.h"

#include <algorithm>
#include <exception>

#include "base/beside.h"

namespace pindah {
namespace {

constexpr Micros kLookEvery = minutes(1);

class InStep {
 public:
  InStep(const LifeInputs& inputs, const RehearsalOptions& options)
      : inputs_(inputs),
        options_(options),
        control_(inputs, Life::control, nullptr, options.keep_pages),
        rehearsed_(
            std::make_unique<WatchedLife>(inputs, Life::rehearsed, nullptr, options.keep_pages)) {}

  std::unique_ptr<WatchedLife> live(RehearsalResult& result) {
    const Micros end = rehearsed_->universe().end();
    bool whole = true, broken = false;
    for (Micros now; whole && !broken && now < end;) {
      now = std::min(next_look(now), end);
      whole = run_until(now);
      if (options_.progress) options_.progress(rehearsed_->universe().now(), end);
      broken = whole && now < end && is_broken(inputs_, control_, *rehearsed_);
    }
    result.control = finish(control_, !whole, broken);
    result.rehearsed = finish(*rehearsed_, !whole, broken);
    return std::move(rehearsed_);
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
    whole = rehearsed_->run_until(now, options_.stop);
    other.finish();
    if (failure) std::rethrow_exception(failure);
    return whole && other_whole;
  }

  const LifeInputs& inputs_;
  const RehearsalOptions& options_;
  WatchedLife control_;
  std::unique_ptr<WatchedLife> rehearsed_;
};

}  // namespace

bool can_stop(const Scenario& scenario) {
  return std::any_of(scenario.budget.begin(), scenario.budget.end(),
                     [](const BudgetLine& line) { return line.budget.on_fail == OnFail::stop; });
}

bool is_look(Micros instant) { return instant.us % kLookEvery.us == 0; }
Micros next_look(Micros now) { return Micros{(now.us / kLookEvery.us + 1) * kLookEvery.us}; }

// Before the plan or a surprise has done anything both lives are the same.
bool is_broken(const LifeInputs& inputs, const WatchedLife& control, const WatchedLife& rehearsed) {
  if (rehearsed.so_far().plan.empty()) return false;
  const Record one = control.part(), other = rehearsed.part();
  const Comparison comparison = compare(inputs.world, inputs.scenario, inputs.intents, one, other);
  return stops(inputs.world, inputs.scenario, inputs.intents, comparison, one, other,
               rehearsed.universe().now());
}

Record finish(WatchedLife& life, bool interrupted, bool stopped) {
  Record record = life.finish(interrupted || stopped);
  record.interrupted = interrupted;
  record.stopped = stopped;
  return record;
}

std::unique_ptr<WatchedLife> live_until_broken(const LifeInputs& inputs, const SharedSetup& setup,
                                               const RehearsalOptions& options,
                                               RehearsalResult& result) {
  std::unique_ptr<InStep> lives;
  {
    const std::lock_guard lock(*setup.beginning);
    lives = std::make_unique<InStep>(inputs, options);
  }
  return lives->live(result);
}

}  // namespace pindah
