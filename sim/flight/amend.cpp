#include "flight/amend.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/wide.h"
#include "base/yaml.h"
#include "scenario/parse.h"
#include "scenario/write.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/steps.h"
#include "traffic/intents.h"

namespace pindah {
namespace {

// `(mix, home)`: their rate.
using Rates = std::map<std::pair<int, Side>, std::int64_t>;

Rates rates_at(const Scenario& scenario, Micros now) {
  Rates rates;
  for (const TrafficEntry& entry : scenario.traffic) {
    const std::int64_t rate = rate_micro(entry, now, scenario);
    if (rate > 0) rates[{entry.mix, entry.home}] += rate;
  }
  return rates;
}

// As they come at present; where nobody comes, as the scenario meant them to.
Rates mixture(const Scenario& scenario, Micros now) {
  Rates rates = rates_at(scenario, now);
  if (rates.empty())
    for (const TrafficEntry& entry : scenario.traffic)
      rates[{entry.mix, entry.home}] += std::max<std::int64_t>(entry.rate_micro, 1);
  return rates;
}

std::string change_traffic(Scenario& scenario, const Intervention& hand) {
  if (hand.at >= scenario.length) return "Nobody arrives any more: the scenario's length is over.";
  const Rates rates = mixture(scenario, hand.at);
  std::int64_t all = 0;
  for (const auto& [who, rate] : rates) all += rate;
  for (TrafficEntry& entry : scenario.traffic) {
    if (entry.at >= hand.at)
      entry.rate_micro = 0;  // and stays in its place, by which its shoppers are drawn
    else
      entry.until = std::min(entry.until, hand.at);
  }
  if (hand.shoppers_per_second_micro <= 0) return {};
  for (const auto& [who, rate] : rates) {
    TrafficEntry entry;
    entry.at = hand.at;
    entry.until = scenario.length;
    entry.mix = who.first;
    entry.home = who.second;
    entry.rate_micro = static_cast<std::int64_t>(Wide{rate} * hand.shoppers_per_second_micro / all);
    if (entry.rate_micro > 0) scenario.traffic.push_back(entry);
  }
  return {};
}

std::string begin_surprise(Scenario& scenario, const World& world, const Intervention& hand) {
  Surprise surprise = hand.surprise;
  if (!exists(surprise.part, world, scenario.edges))
    return "There is nothing of that kind in this world.";
  surprise.at = hand.at;
  scenario.surprises.push_back(surprise);
  return {};
}

std::string roll_back(Scenario& scenario, const World& world, const Universe& rehearsed,
                      const Intervention& hand) {
  PlanStep step = step_of(StepKind::rollback);
  step.at = hand.at;
  const Gauges gauges = rehearsed.gauges();
  for (std::size_t i = 0; i < gauges.services.size(); ++i) {
    if (gauges.services[i].on_target_ppm == 0) continue;
    step.services.push_back(static_cast<ServiceId>(i));
  }
  if (step.services.empty())
    return fmt::format("There is nothing to roll back: {} owns everything.",
                       world.platforms[index(Side::source)].name);
  for (const PlanStep& other : scenario.plan) {
    if (!does(other, Effect::retires) || rehearsed.waits(step_id(other.name))) continue;
    for (const ServiceId service : other.services)
      if (std::find(step.services.begin(), step.services.end(), service) != step.services.end())
        return world.services[static_cast<std::size_t>(service)].name +
               " is retired on the source, so there is nowhere to roll back to.";
  }
  scenario.plan.push_back(step);
  return {};
}

std::string move_step(Scenario& scenario, const Universe& rehearsed, const Intervention& hand) {
  if (hand.step < 0 || hand.step >= static_cast<int>(scenario.plan.size()))
    return "The plan has no such step.";
  PlanStep& step = scenario.plan[static_cast<std::size_t>(hand.step)];
  if (!rehearsed.waits(step_id(step.name))) return step.name + " does not wait any more.";
  step.when.reset();
  step.at = hand.hand == Hand::advance ? hand.at : kNever;
  return {};
}

// What the reader makes of the scenario's own text; its complaints in `why`.
std::optional<Scenario> read_again(const Scenario& scenario, const World& world, std::string& why) {
  Problems problems;
  const auto yaml = parse_yaml(write_scenario(scenario, world), scenario.file, problems);
  std::optional<Scenario> read;
  if (yaml) read = parse_scenario(*yaml, world, problems);
  if (!read || problems.any()) {
    why = problems.list().empty() ? "That cannot be." : problems.list().front().what;
    return {};
  }
  read->file = scenario.file;
  read->world_folder = scenario.world_folder;
  read->effective_yaml = write_scenario(*read, world);
  return read;
}

}  // namespace

Scenario amend(const Scenario& scenario, const World& world, const Universe& rehearsed,
               const Intervention& hand, std::string& why) {
  Scenario edited = scenario;
  switch (hand.hand) {
    case Hand::surprise:
      why = begin_surprise(edited, world, hand);
      break;
    case Hand::advance:
    case Hand::hold:
      why = move_step(edited, rehearsed, hand);
      break;
    case Hand::roll_back:
      why = roll_back(edited, world, rehearsed, hand);
      break;
    case Hand::traffic:
      why = change_traffic(edited, hand);
      break;
  }
  if (!why.empty()) return scenario;
  const std::optional<Scenario> read = read_again(edited, world, why);
  return read ? *read : scenario;
}

}  // namespace pindah
