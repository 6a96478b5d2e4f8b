#include <algorithm>

#include "scenario/dangers.h"
#include "scenario/format.h"
#include "scenario/parse.h"

namespace pindah {
namespace {

using Plan = std::vector<PlanStep>;
using Does = bool (*)(const PlanStep&);

bool captures(const PlanStep& step) { return step.kind == StepKind::capture; }
bool copies(const PlanStep& step) {
  return step.kind == StepKind::copy || (step.kind == StepKind::cutover && step.copy_under_fence);
}
bool verifies(const PlanStep& step) {
  return step.kind == StepKind::verify ||
         (step.kind == StepKind::cutover && step.verify_at_cutover);
}
bool retires(const PlanStep& step) { return step.kind == StepKind::retire; }
bool cuts_over(const PlanStep& step) { return step.kind == StepKind::cutover; }
bool cuts_all_over(const PlanStep& step) { return cuts_over(step) && step.share_ppm == kWhole; }
bool switches(const PlanStep& step) {
  return cuts_over(step) || step.kind == StepKind::rollback ||
         (step.kind == StepKind::dual_write && step.authoritative);
}
bool writes_twice(const PlanStep& step) { return step.kind == StepKind::dual_write && step.on; }
// The target owns the service, or a part of it, afterwards.
bool moves_over(const PlanStep& step) {
  return cuts_over(step) || (step.kind == StepKind::route && step.writes_ppm.value_or(0) > 0) ||
         (writes_twice(step) && step.authoritative == Side::target);
}
bool moves(const PlanStep& step) { return moves_over(step) || step.kind == StepKind::rollback; }
bool reads_twice(const PlanStep& step) { return step.kind == StepKind::shadow_read && step.on; }

// Whether `first` can have begun when `then` begins, by the times that both state.
bool can_precede(const PlanStep& first, const PlanStep& then) {
  return !first.at || !then.at || *first.at <= *then.at;
}

class Check {
 public:
  explicit Check(const Reading& reading) : reading_(reading), plan_(reading.scenario.plan) {}

  void run() {
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      for (const ServiceId service : plan_[i].services) check(i, service);
    }
    check_conditions();
  }

 private:
  std::string named(ServiceId service) const {
    return "`" + reading_.world.services[static_cast<std::size_t>(service)].name + "`";
  }
  void refuse(const PlanStep& step, std::string what, std::string expected = {},
              std::string hint = {}) {
    reading_.problems.add(step.place, std::move(what), std::move(expected), std::move(hint));
  }
  // The last step before the i-th that does it to the service, or null.
  const PlanStep* earlier(std::size_t i, ServiceId service, Does does) const {
    for (std::size_t j = i; j-- > 0;) {
      const PlanStep& step = plan_[j];
      if (does(step) && concerns(step, service) && can_precede(step, plan_[i])) return &step;
    }
    return nullptr;
  }
  void need(std::size_t i, ServiceId service, Does does, const std::string& verb) {
    if (earlier(i, service, does) != nullptr) return;
    const std::string word = step_words()[static_cast<std::size_t>(plan_[i].kind)];
    refuse(plan_[i],
           "no earlier step " + verb + " " + named(service) + ", so " + word + " cannot work");
  }
  void need_move(const PlanStep& step, ServiceId service, Side from) {
    const auto& moves = reading_.world.moves;
    if (std::any_of(moves.begin(), moves.end(), [&](const Move& move) {
          return move.service == service && move.from == from;
        })) {
      return;
    }
    refuse(step, "the world has no move of " + named(service) + " from " +
                     side_words()[index(from)] + " to " + side_words()[index(other(from))]);
  }

  void check(std::size_t i, ServiceId service) {
    const PlanStep& step = plan_[i];
    switch (step.kind) {
      case StepKind::copy:
        return need_move(step, service, Side::source);
      case StepKind::apply:
        need(i, service, captures, "captures");
        return need_move(step, service, Side::source);
      case StepKind::verify:
      case StepKind::route:
        return need(i, service, copies, "copies");
      case StepKind::shadow_read:
        if (step.on) need(i, service, copies, "copies");
        return;
      case StepKind::dual_write:
        if (step.authoritative == Side::target) need(i, service, copies, "copies");
        return need_move(step, service, Side::source);
      case StepKind::reverse:
        need(i, service, captures, "captures");
        return need_move(step, service, Side::target);
      case StepKind::cutover:
        return check_cutover(i, service);
      case StepKind::rollback:
        return check_rollback(i, service);
      case StepKind::capture:
      case StepKind::forward_callbacks:
      case StepKind::rename:
      case StepKind::retire:
      case StepKind::close:
      case StepKind::open:
        return;
    }
  }

  void check_cutover(std::size_t i, ServiceId service) {
    const PlanStep& step = plan_[i];
    if (step.copy_under_fence) {
      need_move(step, service, Side::source);
    } else {
      need(i, service, copies, "copies");
    }
    if (step.reverse) {
      need_move(step, service, Side::target);
      if (earlier(i, service, captures) == nullptr) {
        refuse(step, "no earlier step captures " + named(service) + ", so nothing can be reversed",
               {}, "capture it, or write reverse: false");
      }
    }
    const PlanStep* last = last_move(i, service);
    if (last == nullptr || !cuts_all_over(*last)) return;
    refuse(step, named(service) + " is cut over twice", {},
           "the first time is in line " + std::to_string(last->place.line));
  }

  void check_rollback(std::size_t i, ServiceId service) {
    const PlanStep* last = last_move(i, service);
    if (last == nullptr || !moves_over(*last))
      return refuse(plan_[i],
                    "no earlier step cuts " + named(service) + " over, so rollback cannot work");
    const PlanStep* retired = earlier(i, service, retires);
    if (retired == nullptr || !retired->at || !plan_[i].at) return;  // their order is not known yet
    refuse(plan_[i], named(service) + " is retired before, so there is nowhere to roll back to", {},
           "it is retired in line " + std::to_string(retired->place.line));
  }

  const PlanStep* last_move(std::size_t i, ServiceId service) const {
    for (std::size_t j = i; j-- > 0;) {
      if (moves(plan_[j]) && concerns(plan_[j], service) && can_precede(plan_[j], plan_[i]))
        return &plan_[j];
    }
    return nullptr;
  }

  // What must happen before a metric can change; null: it changes by itself.
  static Does moved_by(OperatorMetric metric) {
    switch (metric) {
      case OperatorMetric::lag:
      case OperatorMetric::backlog:
        return captures;
      case OperatorMetric::copied:
        return copies;
      case OperatorMetric::verified:
      case OperatorMetric::mismatches:
        return verifies;
      case OperatorMetric::freeze:
      case OperatorMetric::owner_is:
        return switches;
      case OperatorMetric::shared_out:
        return moves;
      case OperatorMetric::shadow_reads:
      case OperatorMetric::shadow_mismatches:
        return reads_twice;
      case OperatorMetric::half_writes:
        return writes_twice;
      case OperatorMetric::in_flight:
      case OperatorMetric::queue:
      case OperatorMetric::errors:
      case OperatorMetric::p50:
      case OperatorMetric::p99:
      case OperatorMetric::rate:
        return nullptr;
    }
    return nullptr;
  }

  // Services among the arguments that no step in `among` moves. `self` cannot start itself.
  std::vector<ServiceId> unmoved(const Expression& condition, const std::vector<bool>& among,
                                 std::size_t self) const {
    std::vector<ServiceId> missing;
    const Does does = moved_by(condition.metric);
    if (does == nullptr) return missing;
    for (const std::string& argument : condition.arguments) {
      const ServiceId service = reading_.world.service(argument);
      if (service < 0) continue;  // a platform
      bool moved = false;
      for (std::size_t j = 0; j < plan_.size(); ++j) {
        moved = moved || (among[j] && j != self && does(plan_[j]) && concerns(plan_[j], service));
      }
      if (!moved) missing.push_back(service);
    }
    return missing;
  }

  void check_conditions() {
    const std::vector<bool> all(plan_.size(), true);
    const std::size_t nobody = plan_.size();
    const std::vector<bool> starting = can_start();
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      const PlanStep& step = plan_[i];
      if (step.when) check_waiting(*step.when, starting, i);
      if (step.needs) check_moved(*step.needs, all, i);
      if (step.pause_when) check_moved(*step.pause_when, all, nobody);
      for (const auto* condition : {&step.when, &step.needs, &step.pause_when}) {
        if (*condition && (*condition)->hold >= reading_.end()) {
          reading_.problems.add((*condition)->place, "no condition holds as long as the run");
        }
      }
    }
  }

  // Steps that can begin: those with a time, and those whose condition others can bring about.
  std::vector<bool> can_start() const {
    std::vector<bool> starting(plan_.size(), false);
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < plan_.size(); ++i) {
        if (starting[i]) continue;
        starting[i] = !plan_[i].when || unmoved(*plan_[i].when, starting, i).empty();
        more = more || starting[i];
      }
    }
    return starting;
  }

  bool check_moved(const Expression& condition, const std::vector<bool>& among, std::size_t self) {
    const std::vector<ServiceId> missing = unmoved(condition, among, self);
    if (missing.empty()) return true;
    reading_.problems.add(condition.place, "nothing else in the plan changes " +
                                               std::string(name_of(condition.metric)) + " of " +
                                               named(missing.front()) +
                                               ", so this can never be judged");
    return false;
  }

  void check_waiting(const Expression& condition, const std::vector<bool>& starting,
                     std::size_t i) {
    const std::vector<bool> all(plan_.size(), true);
    if (!check_moved(condition, all, i) || starting[i]) return;
    reading_.problems.add(condition.place,
                          "this waits for steps that wait for it, or for each other");
  }

  const Reading& reading_;
  const Plan& plan_;
};

}  // namespace

void check_plan(const Reading& reading) { Check(reading).run(); }

}  // namespace pindah
