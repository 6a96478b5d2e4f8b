// A small world, scenario and pair of records made by hand, for the pure functions of the verdict.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "metrics/expression.h"
#include "scenario/parse.h"
#include "verdict/verdict.h"

namespace pindah::verdict_bench {

enum Pages : PageId { kHome, kPay, kOrder };
enum Services : ServiceId { kCatalogue, kOrders };

inline World small_world() {
  World world;
  world.platforms[0].name = "Old";
  world.platforms[1].name = "New";
  world.services.resize(2);
  world.services[kCatalogue].name = "catalogue";
  world.services[kOrders].name = "orders";
  world.slots = {"buyer", "idem", "method"};
  Call front;
  front.name = "catalogue.front";
  front.service = kCatalogue;
  Call place;
  place.name = "orders.place";
  place.service = kOrders;
  Call open;
  open.name = "orders.open";
  open.service = kOrders;
  world.calls = {front, place, open};
  const auto page = [](std::string name, CallId call) {
    Page p;
    p.name = name;
    p.as = std::move(name);
    PageStep step;
    step.call = call;
    p.steps = {step};
    return p;
  };
  world.pages = {page("home", 0), page("pay", 1), page("order", 2)};
  Persona buyer;
  buyer.name = "buyer";
  buyer.who = 0;
  Persona window = buyer;
  window.name = "window";
  world.personas = {buyer, window};
  Choice method;
  method.name = "method";
  method.slot = 2;
  method.options = {{"card", 500'000}, {"cash", 500'000}};
  world.choices = {method};
  Anomaly lost;
  lost.name = "lost_orders";
  lost.kind = &row_of(AnomalyKind::lost);
  lost.promises = {0};
  Anomaly stale = lost;
  stale.name = "stale_reads";
  stale.kind = &row_of(AnomalyKind::stale);
  world.anomalies = {lost, stale};
  Promise order;
  order.name = "order";
  order.service = kOrders;
  world.promises = {order};
  return world;
}

// Sessions of different buyers, a second apart.
inline std::vector<Intent> some_intents(std::uint32_t count) {
  std::vector<Intent> intents;
  for (std::uint32_t i = 0; i < count; ++i) {
    Intent intent;
    intent.arrives = seconds(i);
    intent.who = i;
    intents.push_back(intent);
  }
  return intents;
}

inline Visit visit(std::uint32_t intent, std::uint16_t number, std::int16_t page, Micros at,
                   Micros latency = millis(50)) {
  Visit v;
  v.intent = intent;
  v.visit = number;
  v.page = page;
  v.intended_us = at.us;
  v.latency_us = latency.us;
  return v;
}

inline Record blank_record(const World& world, std::size_t intents) {
  Record record;
  record.holds.assign(intents, 0);
  record.chosen.assign(world.choices.size(), std::vector<std::int8_t>(intents, -1));
  record.anomaly_exposure.assign(world.anomalies.size(), 1000);
  record.ended = hours(4);
  return record;
}

// Two lives that are the same, to be spoiled by a test.
struct Lives {
  World world = small_world();
  Scenario scenario;
  std::vector<Intent> intents;
  Record control, rehearsed;

  explicit Lives(std::uint32_t sessions) : intents(some_intents(sessions)) {
    control = rehearsed = blank_record(world, sessions);
  }
  // The same visit in both.
  void both(const Visit& v) {
    control.visits.push_back(v);
    rehearsed.visits.push_back(v);
  }
  // Every session opens home and then pay.
  void walk() {
    for (std::uint32_t i = 0; i < intents.size(); ++i) both(visit(i, 0, kHome, intents[i].arrives));
    for (std::uint32_t i = 0; i < intents.size(); ++i)
      both(visit(i, 1, kPay, intents[i].arrives + seconds(5)));
  }
  Visit& hers(std::uint32_t intent, std::uint16_t number) {
    for (Visit& v : rehearsed.visits)
      if (v.intent == intent && v.visit == number) return v;
    throw Defect("no such visit");
  }
  Visit& twins(std::uint32_t intent, std::uint16_t number) {
    for (Visit& v : control.visits)
      if (v.intent == intent && v.visit == number) return v;
    throw Defect("no such visit");
  }
  void drop(Record& life, std::uint32_t intent, std::uint16_t number) {
    std::erase_if(life.visits,
                  [&](const Visit& v) { return v.intent == intent && v.visit == number; });
  }
  void add_step(StepKind kind, std::string name, std::vector<ServiceId> services) {
    PlanStep step;
    step.kind = kind;
    step.name = std::move(name);
    step.services = std::move(services);
    scenario.plan.push_back(step);
  }
  // `place`: of the step in the plan, or of the surprise.
  void event(Micros at, PlanEventKind kind, std::size_t place, Phase phase = Phase::none) {
    PlanEvent event;
    event.at = at;
    event.kind = kind;
    event.phase = phase;
    if (kind == PlanEventKind::surprise)
      event.surprise = surprise_id(scenario.surprises[place].name);
    else
      event.step = step_id(scenario.plan[place].name);
    rehearsed.plan.push_back(std::move(event));
  }
  void budget(std::string text) {
    Names names = world_names(world);
    for (const PlanStep& step : scenario.plan) names.steps.push_back(step.name);
    Problems problems;
    const auto parsed = parse_budget(text, {"test.yaml", 1, 1}, names, problems);
    if (!parsed) throw Defect(problems.text());
    scenario.budget.push_back({{"test.yaml", 1, 1}, text, text, *parsed, {}});
  }
  Comparison compared() const { return compare(world, scenario, intents, control, rehearsed); }
  Verdict judged() const { return judge(world, scenario, intents, compared(), control, rehearsed); }
};

}  // namespace pindah::verdict_bench
