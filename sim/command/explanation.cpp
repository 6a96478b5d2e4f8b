#include "command/explanation.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/dangers.h"
#include "scenario/format.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"
#include "verdict/applies.h"

namespace pindah {
namespace {

// One thing that will happen, and when.
struct Item {
  Micros at = kNever;  // kNever: at a condition
  std::string when;
  std::string what;
  std::string words;
};

// Lines of at most 90 bytes, broken at blanks, each indented.
std::string wrapped(const std::string& text, const std::string& indent) {
  constexpr std::size_t kWidth = 90;
  std::string out, line;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    const std::string word = text.substr(from, end - from);
    if (!line.empty() && line.size() + 1 + word.size() > kWidth) {
      out += indent + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    from = end + 1;
  }
  return line.empty() ? out : out + indent + line + "\n";
}

std::string name_of_mix(const World& world, int mix) {
  const auto number = static_cast<std::size_t>(mix);
  return mix >= 0 && number < world.mixes.size() ? world.mixes[number].name : "no";
}

std::string traffic_words(const TrafficEntry& entry, const World& world) {
  const std::string rate = show(Unit::per_second_micro, entry.rate_micro);
  std::string text;
  switch (entry.shape) {
    case Shape::hold:
      text = rate;
      break;
    case Shape::ramp:
      text = "rising to " + rate + " over " + duration_text(entry.rise);
      break;
    case Shape::spike:
      text = fmt::format("a spike to {} within {}, halving every {}", rate,
                         duration_text(entry.rise), duration_text(entry.half_life));
      break;
    case Shape::day:
      text = "the course of a day with a mean of " + rate;
      break;
  }
  return fmt::format("{} to {}  {} ({} mix, of {})", clock_text(entry.at), clock_text(entry.until),
                     text, name_of_mix(world, entry.mix), world.platforms[index(entry.home)].name);
}

std::string people(const Scenario& scenario, const World& world) {
  std::string text = "NEW SHOPPERS\n";
  for (const TrafficEntry& entry : scenario.traffic) {
    text += "  " + plain_text(traffic_words(entry, world)) + "\n";
  }
  return scenario.traffic.empty() ? text + "  none\n" : text;
}

std::string words_of(const Surprise& surprise, const World& world) {
  std::string text = spec_of(surprise).explained(surprise, world) + ", for " +
                     duration_text(surprise.duration) + ".";
  text += surprise.also_in_control ? " In both lives: weather, not the plan's fault."
                                   : " Only in the rehearsed life.";
  return text;
}

std::string all_words(const Conditions& conditions) {
  std::string text;
  for (const Expression& one : conditions) text += (text.empty() ? "" : " and ") + one.text;
  return text;
}

// "at 00:05:00", "from 00:05:00 on, after cutover of orders, when lag(orders) < 1s"
std::string start_words(const PlanStep& step) {
  const bool waits = !step.when.empty() || !step.after.empty();
  if (!waits) return "at " + clock_text(step.at.value_or(kNever));
  std::string text = step.at ? "from " + clock_text(*step.at) + " on" : "";
  const auto add = [&text](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
  if (!step.after.empty()) add("after " + step.after);
  if (!step.when.empty()) add("when " + all_words(step.when));
  return text;
}

std::vector<Item> items_of(const Scenario& scenario, const World& world) {
  std::vector<Item> items;
  for (const PlanStep& step : scenario.plan) {
    Item item{step.at.value_or(kNever), {}, step.name, spec_of(step).explained(step, world)};
    item.when = start_words(step);
    if (!step.needs.empty()) item.words += " Skipped unless " + all_words(step.needs) + ".";
    if (step.quiet.value_or(false)) item.words += " It comes while nobody is there.";
    items.push_back(std::move(item));
  }
  for (const Surprise& surprise : scenario.surprises) {
    items.push_back({surprise.at, "at " + clock_text(surprise.at), "surprise: " + surprise.name,
                     words_of(surprise, world)});
  }
  return items;
}

// Steps that wait for a condition stand where they were written: after the steps before them.
std::vector<Item> in_order(std::vector<Item> items) {
  std::vector<std::pair<Micros, std::size_t>> order;
  Micros last;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].at != kNever) last = items[i].at;
    order.emplace_back(last, i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Item> sorted;
  for (const auto& [at, i] : order) sorted.push_back(std::move(items[i]));
  return sorted;
}

// What is dangerous about it, a line each.
std::string warnings(const Scenario& scenario) {
  std::string text;
  for (const std::string& danger : dangers(scenario)) text += wrapped(plain_text(danger), "  ");
  return text.empty() ? text : "DANGERS\n" + text + "\n";
}

std::string plan(const Scenario& scenario, const World& world) {
  std::string text = "PLAN AND SURPRISES\n";
  const std::vector<Item> items = in_order(items_of(scenario, world));
  for (const Item& item : items) {
    text += "  " + plain_text(item.when) + "\n      " + plain_text(item.what) + "\n";
    text += wrapped(plain_text(item.words), "      ");
  }
  return items.empty() ? text + "  nothing happens\n" : text;
}

std::string budget(const Scenario& scenario, const World& world) {
  std::size_t width = 0;
  for (const BudgetLine& line : scenario.budget) {
    width = std::max(width, plain_text(line.name).size());
  }
  std::string text = "LIMITS\n";
  for (const BudgetLine& line : scenario.budget) {
    text += fmt::format("  {:<{}}  {}\n", plain_text(line.name), width, plain_text(line.text));
    const std::string why = never_exposed(world, scenario, line.budget);
    if (!why.empty()) text += wrapped(plain_text("not applicable: " + why), "      ");
  }
  return scenario.budget.empty() ? text + "  none: the run can only report\n" : text;
}

}  // namespace

std::string explanation(const Scenario& scenario, const World& world) {
  const Platform& source = world.platforms[index(Side::source)];
  const Platform& target = world.platforms[index(Side::target)];
  std::string text = plain_text(scenario.title) + "\n";
  text +=
      plain_text(fmt::format("  {}: from {} to {}", world.title, source.name, target.name)) + "\n";
  text +=
      fmt::format("  starts {}, shoppers arrive for {}, then {} to settle, seed {}\n\n",
                  instant_text({scenario.starts_us, scenario.utc_offset}),
                  duration_text(scenario.length), duration_text(scenario.settle), scenario.seed);
  return text + people(scenario, world) + "\n" + plan(scenario, world) + "\n" + warnings(scenario) +
         budget(scenario, world);
}

}  // namespace pindah
