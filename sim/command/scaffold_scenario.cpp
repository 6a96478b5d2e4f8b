#include <fmt/format.h>

#include <algorithm>

#include "command/scaffold.h"
#include "scenario/format.h"

namespace pindah {
namespace {

bool can_move(const World& world, ServiceId service) {
  const auto has = [&](Side from) {
    return std::any_of(world.moves.begin(), world.moves.end(), [&](const Move& move) {
      return move.service == service && move.from == from;
    });
  };
  return has(Side::source) && has(Side::target);
}

std::vector<std::string> movable(const World& world) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < world.services.size(); ++i) {
    if (can_move(world, static_cast<ServiceId>(i))) names.push_back(world.services[i].name);
  }
  return names;
}

std::string plan_of(const std::vector<std::string>& services) {
  if (services.empty()) return "plan: []   # no service of this world has moves both ways\n";
  const std::string all = fmt::format("{}", fmt::join(services, ", "));
  std::string text = fmt::format(
      "plan:\n"
      "  - {{ at: 2m, capture: [{0}] }}\n"
      "  - {{ at: 3m, apply: [{0}] }}\n"
      "  - {{ at: 3m, copy: [{0}], speed: 2000 rows/s, pause_when: p99(edge) > 400ms }}\n",
      all);
  for (const std::string& service : services) {
    text += fmt::format(
        "  - {{ when: \"copied({0}) == 100%\", verify: {0} }}\n"
        "  - {{ when: \"verified({0})\", cutover: {0}, freeze_at_most: 1500ms, at_limit: abort "
        "}}\n",
        service);
  }
  return text;
}

// The world's own sets of budget lines, all of them.
std::string use_of(const World& world) {
  std::vector<std::string> names;
  for (const BudgetSet& set : world.budget_sets) names.push_back(in_quotes(set.name));
  return names.empty() ? "" : fmt::format("  use: [{}]\n", fmt::join(names, ", "));
}

// Whether a line of theirs limits the anomaly.
bool is_used(const World& world, const std::string& anomaly) {
  for (const BudgetSet& set : world.budget_sets) {
    for (const BudgetSet::Line& line : set.lines) {
      if (line.text.starts_with(anomaly + " ") || line.text == anomaly) return true;
    }
  }
  return false;
}

// "lost_orders" as a person says it.
std::string sentence(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return "no " + name;
}

}  // namespace

std::string scaffold_scenario(const std::string& title, const std::string& world_name,
                              const World& world) {
  std::string text = fmt::format(
      "# yaml-language-server: $schema=./scenario.schema.json\n"
      "pindah: 1\ntitle: {}\nworld: {}\nseed: 1\nlength: 20m\n"
      "settle: 1h                    # late payments may still arrive; then everyone looks again\n"
      "mix: {}\ntraffic:\n  - {{ at: 0m, hold: 4/s }}\n\n",
      in_quotes(title), in_quotes(world_name), world.mixes.empty() ? "" : world.mixes[0].name);
  text += plan_of(movable(world)) + "\nbudget:\n  shoppers who noticed: noticed <= 0.1%\n";
  text += use_of(world);
  for (const Anomaly& anomaly : world.anomalies) {
    if (!is_used(world, anomaly.name))
      text += fmt::format("  {}: {} == 0\n", sentence(anomaly.name), anomaly.name);
  }
  return text + "  short freeze: longest_outage <= 2s\n";
}

}  // namespace pindah
