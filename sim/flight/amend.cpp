#include "flight/amend.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/wide.h"
#include "edit/names.h"
#include "edit/quantities.h"
#include "scenario/format.h"
#include "scenario/parse.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/words.h"
#include "scenario/write.h"
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

std::string time_text(Micros time) { return spoken_duration(time.us); }

// What an intervention changes, or why it cannot.
struct HandsEdits {
  std::vector<Edit> edits;
  std::string why;
};

EditPath traffic_path(std::size_t entry, const std::string& key) {
  return {key_step("traffic"), key_step(std::to_string(entry)), key_step(key)};
}

HandsEdits change_traffic(const Scenario& scenario, const World& world, const Intervention& hand) {
  if (hand.at >= scenario.length)
    return {{}, "Nobody arrives any more: the scenario's length is over."};
  const Rates rates = mixture(scenario, hand.at);
  std::int64_t all = 0;
  for (const auto& [who, rate] : rates) all += rate;
  HandsEdits change;
  for (std::size_t i = 0; i < scenario.traffic.size(); ++i) {
    const TrafficEntry& entry = scenario.traffic[i];
    // One that has not begun stays in its place, by which its shoppers are drawn.
    if (entry.at >= hand.at) {
      const std::string shape = shape_words()[static_cast<std::size_t>(entry.shape)];
      change.edits.push_back(set_edit(traffic_path(i, shape), "0/s"));
    } else if (entry.until > hand.at) {
      change.edits.push_back(set_edit(traffic_path(i, "until"), time_text(hand.at)));
    }
  }
  for (const auto& [who, rate] : rates) {
    const auto part = static_cast<std::int64_t>(Wide{rate} * hand.shoppers_per_second_micro / all);
    if (part <= 0) continue;
    const std::string& mix = world.mixes[static_cast<std::size_t>(who.first)].name;
    change.edits.push_back(
        add_edit({key_step("traffic")},
                 fmt::format("{{ at: {}, hold: {}, mix: {}, home: {} }}", time_text(hand.at),
                             exact_rate(part), in_quotes(mix), side_words()[index(who.second)])));
  }
  return change;
}

// The surprise as a map on one line, as the scenario's writer has it.
std::string surprise_text(const Scenario& scenario, const World& world, const Surprise& surprise) {
  Scenario alone = scenario;
  alone.surprises = {surprise};
  const std::string text = write_scenario(alone, world);
  const std::optional<Layout> layout = lay_out(text);
  std::string map;
  for (const Layout::Entry& entry : layout->get("surprises")->entries.at(0).value.entries)
    map += (map.empty() ? "{ " : ", ") + text.substr(entry.begin, entry.end() - entry.begin);
  return map + " }";
}

std::vector<std::string> names_of(const std::vector<Surprise>& surprises) {
  std::vector<std::string> names;
  for (const Surprise& surprise : surprises) names.push_back(surprise.name);
  return names;
}

HandsEdits begin_surprise(const Scenario& scenario, const World& world, const Intervention& hand) {
  Surprise surprise = hand.surprise;
  if (!exists(surprise.part, world, scenario.edges))
    return {{}, "There is nothing of that kind in this world."};
  surprise.at = hand.at;
  const std::string unnamed = "[" + surprise_text(scenario, world, surprise) + "]";
  const auto given = names_in(world)("surprises", *lay_out(unnamed));
  const std::vector<std::string> taken = names_of(scenario.surprises);
  if (surprise.name.empty() && !given.empty()) {
    const std::string name = unique_name(given[0].name, taken);
    if (name != given[0].name) surprise.name = name;
  }
  return {{add_edit({key_step("surprises")}, surprise_text(scenario, world, surprise))}, {}};
}

HandsEdits roll_back(const Scenario& scenario, const World& world, const Universe& rehearsed,
                     const Intervention& hand) {
  std::vector<ServiceId> back;
  const Gauges gauges = rehearsed.gauges();
  for (std::size_t i = 0; i < gauges.services.size(); ++i) {
    if (gauges.services[i].on_target_ppm > 0) back.push_back(static_cast<ServiceId>(i));
  }
  if (back.empty())
    return {{},
            fmt::format("There is nothing to roll back: {} owns everything.",
                        world.platforms[index(Side::source)].name)};
  std::vector<std::string> taken;
  for (const PlanStep& other : scenario.plan) {
    taken.push_back(other.name);
    if (!does(other, Effect::retires) || rehearsed.waits(step_id(other.name))) continue;
    for (const ServiceId service : other.services)
      if (std::find(back.begin(), back.end(), service) != back.end())
        return {{},
                world.services[static_cast<std::size_t>(service)].name +
                    " is retired on the source, so there is nowhere to roll back to."};
  }
  std::string services;
  for (const ServiceId service : back)
    services += (services.empty() ? "" : ", ") +
                in_quotes(world.services[static_cast<std::size_t>(service)].name);
  std::string map = fmt::format("at: {}, rollback: [{}]", time_text(hand.at), services);
  const std::string unnamed = "[{ " + map + " }]";
  const std::string given = names_in(world)("plan", *lay_out(unnamed)).at(0).name;
  const std::string name = unique_name(given, taken);
  if (name != given) map += ", name: " + in_quotes(name);
  return {{add_edit({key_step("plan")}, "{ " + map + " }")}, {}};
}

// A step by its name, or by its number where the name is not its alone.
EditPath path_of_step(const Amended& now, const World& world, int step) {
  const std::string& name = now.scenario.plan[static_cast<std::size_t>(step)].name;
  SaidAt said;
  Problems ignored;
  const auto text = compose(now.sources, world, said, ignored);
  const std::optional<Layout> layout = text ? lay_out(text->text) : std::nullopt;
  const Layout* plan = layout ? layout->get("plan") : nullptr;
  bool its_own = plan != nullptr;
  if (its_own) {
    for (const EntryName& entry : names_in(world)("plan", *plan))
      its_own = its_own && !(entry.shared && entry.name == name);
  }
  return {key_step("plan"), its_own ? name_step(name) : key_step(std::to_string(step))};
}

HandsEdits move_step(const Amended& now, const World& world, const Universe& rehearsed,
                     const Intervention& hand) {
  if (hand.step < 0 || hand.step >= static_cast<int>(now.scenario.plan.size()))
    return {{}, "The plan has no such step."};
  const PlanStep& step = now.scenario.plan[static_cast<std::size_t>(hand.step)];
  if (!rehearsed.waits(step_id(step.name))) return {{}, step.name + " does not wait any more."};
  const EditPath path = path_of_step(now, world, hand.step);
  const auto key = [&](const char* word) {
    EditPath longer = path;
    longer.push_back(key_step(word));
    return longer;
  };
  HandsEdits change;
  change.edits.push_back(
      set_edit(key("at"), hand.kind == InterventionKind::advance ? time_text(hand.at) : "never"));
  if (!step.when.empty()) change.edits.push_back(remove_edit(key("when")));
  if (!step.after.empty()) change.edits.push_back(remove_edit(key("after")));
  return change;
}

HandsEdits change_of(const Amended& now, const World& world, const Universe& rehearsed,
                     const Intervention& hand) {
  switch (hand.kind) {
    case InterventionKind::surprise:
      return begin_surprise(now.scenario, world, hand);
    case InterventionKind::advance:
    case InterventionKind::hold:
      return move_step(now, world, rehearsed, hand);
    case InterventionKind::roll_back:
      return roll_back(now.scenario, world, rehearsed, hand);
    case InterventionKind::traffic:
      return change_traffic(now.scenario, world, hand);
  }
  return {};
}

}  // namespace

std::optional<Amended> amend(const Amended& now, const World& world, const Universe& rehearsed,
                             const Intervention& hand, std::string& why) {
  const HandsEdits change = change_of(now, world, rehearsed, hand);
  why = change.why;
  if (!why.empty()) return {};
  Problems problems;
  Sources sources = now.sources;
  for (const Edit& edit : change.edits) apply_edit(edit, world, sources, problems);
  std::optional<Scenario> read;
  if (!problems.any()) read = read_sources(sources, world, problems);
  if (!read || problems.any()) {
    why = problems.list().empty() ? "That cannot be." : problems.list().front().what;
    return {};
  }
  return Amended{std::move(*read), std::move(sources)};
}

}  // namespace pindah
