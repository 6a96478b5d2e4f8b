#include <algorithm>

#include "scenario/vocabulary/steps.h"
#include "scenario/words.h"

namespace pindah {
namespace {

using Plan = std::vector<PlanStep>;
bool moves(const PlanStep& step) {
  return does(step, Effect::moves_over) || does(step, Effect::moves_back);
}

// What a step does that changes what a metric tells; none: it changes by itself.
std::vector<Effect> changing(ChangedBy by) {
  static const std::vector<Effect> kEffects[] = {{},
                                                 {Effect::captures},
                                                 {Effect::copies},
                                                 {Effect::verifies},
                                                 {Effect::switches},
                                                 {Effect::moves_over, Effect::moves_back},
                                                 {Effect::reads_twice},
                                                 {Effect::writes_twice}};
  static_assert(std::size(kEffects) == static_cast<std::size_t>(ChangedBy::count));
  return kEffects[static_cast<std::size_t>(by)];
}

// Its `at` says only from when on it may begin.
bool waits(const PlanStep& step) { return !step.when.empty() || !step.after.empty(); }

// Whether `first` can have begun when `then` begins, by the times that both state.
bool can_precede(const PlanStep& first, const PlanStep& then) {
  if (then.after == first.name && !then.after.empty()) return true;
  return !first.at || !then.at || *first.at <= *then.at || waits(then);
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
  const PlanStep* earlier(std::size_t i, ServiceId service, Effect effect) const {
    for (std::size_t j = i; j-- > 0;) {
      const PlanStep& step = plan_[j];
      if (does(step, effect) && concerns(step, service) && can_precede(step, plan_[i]))
        return &step;
    }
    return nullptr;
  }
  void need(std::size_t i, ServiceId service, Effect effect, const std::string& verb,
            const Requirement& requirement) {
    if (earlier(i, service, effect) != nullptr) return;
    const std::string so =
        requirement.so.empty() ? spec_of(plan_[i]).word + " cannot work" : requirement.so;
    refuse(plan_[i], "no earlier step " + verb + " " + named(service) + ", so " + so, {},
           requirement.hint);
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
    for (const Requirement& requirement : spec_of(plan_[i]).needs)
      if (requirement.where == nullptr || requirement.where(plan_[i]))
        check(i, service, requirement);
  }

  void check(std::size_t i, ServiceId service, const Requirement& requirement) {
    switch (requirement.need) {
      case Need::captured:
        return need(i, service, Effect::captures, "captures", requirement);
      case Need::copied:
        return need(i, service, Effect::copies, "copies", requirement);
      case Need::way_there:
        return need_move(plan_[i], service, Side::source);
      case Need::way_back:
        return need_move(plan_[i], service, Side::target);
      case Need::moved_over:
        return need_moved_over(i, service);
      case Need::not_retired:
        return need_not_retired(i, service);
      case Need::not_all_moved:
        return need_not_all_moved(i, service);
    }
  }

  void need_moved_over(std::size_t i, ServiceId service) {
    const PlanStep* last = last_move(i, service);
    if (last != nullptr && does(*last, Effect::moves_over)) return;
    refuse(plan_[i], "no earlier step cuts " + named(service) + " over, so " +
                         spec_of(plan_[i]).word + " cannot work");
  }

  void need_not_retired(std::size_t i, ServiceId service) {
    const PlanStep* last = last_move(i, service);
    if (last == nullptr || !does(*last, Effect::moves_over)) return;  // refused already
    const PlanStep* retired = earlier(i, service, Effect::retires);
    if (retired == nullptr || !retired->at || !plan_[i].at) return;  // their order is not known yet
    refuse(plan_[i], named(service) + " is retired before, so there is nowhere to roll back to", {},
           "it is retired in line " + std::to_string(retired->place.line));
  }

  void need_not_all_moved(std::size_t i, ServiceId service) {
    const PlanStep* last = last_move(i, service);
    if (last == nullptr || !does(*last, Effect::moves_all_over)) return;
    refuse(plan_[i], named(service) + " is cut over twice", {},
           "the first time is in line " + std::to_string(last->place.line));
  }

  const PlanStep* last_move(std::size_t i, ServiceId service) const {
    for (std::size_t j = i; j-- > 0;) {
      if (moves(plan_[j]) && concerns(plan_[j], service) && can_precede(plan_[j], plan_[i]))
        return &plan_[j];
    }
    return nullptr;
  }

  // Services among the arguments that no step in `among` moves. `self` cannot start itself.
  std::vector<ServiceId> unmoved(const Expression& condition, const std::vector<bool>& among,
                                 std::size_t self) const {
    std::vector<ServiceId> missing;
    const std::vector<Effect> effects = changing(condition.metric->changed_by);
    if (effects.empty()) return missing;
    const auto moved_in = [&](const PlanStep& step) {
      return std::any_of(effects.begin(), effects.end(),
                         [&](Effect effect) { return does(step, effect); });
    };
    for (const ServiceId service : condition.arguments.services) {
      bool moved = false;
      for (std::size_t j = 0; j < plan_.size(); ++j) {
        moved =
            moved || (among[j] && j != self && moved_in(plan_[j]) && concerns(plan_[j], service));
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
      for (const Expression& one : step.when) check_waiting(one, starting, i);
      for (const Expression& one : step.needs) check_moved(one, all, i);
      for (const Expression* own : own_conditions(step)) check_moved(*own, all, nobody);
      check_after(i, starting);
      std::vector<const Expression*> conditions = own_conditions(step);
      for (const auto* all_of : {&step.when, &step.needs})
        for (const Expression& one : *all_of) conditions.push_back(&one);
      for (const Expression* condition : conditions)
        if (condition->hold >= reading_.end())
          reading_.problems.add(condition->place, "`for` must be shorter than the run");
    }
  }

  // -1: the step comes after none, or after one that is not there.
  int place_of_after(std::size_t i) const {
    for (std::size_t j = 0; j < plan_.size(); ++j)
      if (!plan_[i].after.empty() && plan_[j].name == plan_[i].after) return static_cast<int>(j);
    return -1;
  }

  void check_after(std::size_t i, const std::vector<bool>& starting) {
    const PlanStep& step = plan_[i];
    if (step.after.empty()) return;
    const std::vector<std::string>& names = reading_.names.steps;
    const int before = place_of_after(i);
    if (before < 0)
      return refuse(
          step, "`" + step.name + "` comes after `" + step.after + "`, and no step has that name",
          "one of: " + listed(names), did_you_mean(step.after, names));
    const PlanStep& first = plan_[static_cast<std::size_t>(before)];
    if (before == static_cast<int>(i) || !starting[static_cast<std::size_t>(before)])
      return refuse(step, "this waits for steps that wait for it, or for each other");
    if (step.at && first.at && *first.at != kNever && *step.at < *first.at)
      refuse(step,
             "`" + step.name + "` comes after `" + first.name + "`, which begins later than `at`");
  }

  // Those among its options.
  static std::vector<const Expression*> own_conditions(const PlanStep& step) {
    std::vector<const Expression*> all;
    for (const Field& field : spec_of(step).fields) {
      if (field.type != FieldType::condition) continue;
      for (const Expression& one : field.conditions(spec_of(step).in(step))) all.push_back(&one);
    }
    return all;
  }

  // Steps that can begin: those with a time, and those whose condition others can bring about.
  std::vector<bool> can_start() const {
    std::vector<bool> starting(plan_.size(), false);
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < plan_.size(); ++i) {
        if (starting[i]) continue;
        const Conditions& when = plan_[i].when;
        starting[i] = std::all_of(when.begin(), when.end(), [&](const Expression& one) {
          return unmoved(one, starting, i).empty();
        });
        if (const int before = place_of_after(i); before >= 0)
          starting[i] = starting[i] && starting[static_cast<std::size_t>(before)];
        more = more || starting[i];
      }
    }
    return starting;
  }

  bool check_moved(const Expression& condition, const std::vector<bool>& among, std::size_t self) {
    const std::vector<ServiceId> missing = unmoved(condition, among, self);
    if (missing.empty()) return true;
    reading_.problems.add(
        condition.place, "nothing else in the plan changes " + std::string(condition.metric->name) +
                             " of " + named(missing.front()) + ", so this can never be judged");
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
