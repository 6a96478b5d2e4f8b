#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "command/scaffold.h"
#include "oracle/affected.h"
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

// Pages that somebody of a mix can come to, as far as they ask a service that can move.
std::set<PageId> pages_of(const World& world, const Mix& mix) {
  std::set<PageId> pages;
  const auto add = [&](PageId page) {
    if (page < 0) return;
    const auto& steps = world.pages[static_cast<std::size_t>(page)].steps;
    if (std::any_of(steps.begin(), steps.end(), [&](const PageStep& step) {
          const ServiceId service = service_of(world, step);
          return service >= 0 && can_move(world, service);
        }))
      pages.insert(page);
  };
  for (const auto& [number, ppm] : mix.shares) {
    const Persona& persona = world.personas[static_cast<std::size_t>(number)];
    for (const Transition& entry : persona.entry) add(entry.to);
    for (const std::vector<Transition>& row : persona.rows)
      for (const Transition& next : row) add(next.to);
  }
  return pages;
}

// The world's first mix, and every further one that comes to pages where nobody of those before
// comes: each service that moves has to meet somebody.
std::vector<const Mix*> mixes_of(const World& world) {
  std::vector<const Mix*> mixes;
  std::set<PageId> covered;
  for (const Mix& mix : world.mixes) {
    const std::size_t before = covered.size();
    covered.merge(pages_of(world, mix));
    if (mixes.empty() || covered.size() > before) mixes.push_back(&mix);
  }
  return mixes;
}

// Services that can move, and that somebody asks.
std::set<ServiceId> moving_ids(const World& world) {
  std::set<ServiceId> ids;
  for (const Mix* mix : mixes_of(world))
    for (const PageId page : pages_of(world, *mix))
      for (const PageStep& step : world.pages[static_cast<std::size_t>(page)].steps) {
        const ServiceId service = service_of(world, step);
        if (service >= 0 && can_move(world, service)) ids.insert(service);
      }
  return ids;
}

std::vector<std::string> movable(const World& world) {
  std::vector<std::string> names;
  for (const ServiceId id : moving_ids(world))
    names.push_back(world.services[static_cast<std::size_t>(id)].name);
  return names;
}

std::string traffic_of(const World& world) {
  std::string text = "traffic:\n  - { hold: 8/s }\n";
  const std::vector<const Mix*> mixes = mixes_of(world);
  for (std::size_t i = 1; i < mixes.size(); ++i)
    text += fmt::format("  - {{ hold: 1/s, mix: {} }}\n", in_quotes(mixes[i]->name));
  return text;
}

std::string plan_of(const std::vector<std::string>& services) {
  if (services.empty()) return "plan: []   # no service of this world has moves both ways\n";
  const std::string all = fmt::format("{}", fmt::join(services, ", "));
  std::string text = fmt::format(
      "plan:\n"
      "  - {{ at: 2m, capture: [{0}] }}\n"
      "  - {{ at: 3m, apply: [{0}] }}\n"
      "  - {{ at: 3m, copy: [{0}], speed: 2000 rows/s }}\n",
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

// The anomaly that a line limits; null: it limits something else.
const Anomaly* anomaly_of(const World& world, const std::string& text) {
  for (const Anomaly& anomaly : world.anomalies)
    if (text == anomaly.name || text.starts_with(anomaly.name + " ")) return &anomaly;
  return nullptr;
}

// The limits of a scenario that moves these services: none that it could not break.
class BudgetText {
 public:
  BudgetText(const World& world, std::set<ServiceId> moving)
      : world_(world), moving_(std::move(moving)) {}

  std::string text() {
    std::vector<std::string> whole;
    std::string lines;
    for (const BudgetSet& set : world_.budget_sets) {
      const bool all = std::all_of(set.lines.begin(), set.lines.end(), [this](const auto& line) {
        return applies(anomaly_of(world_, line.text));
      });
      if (all) whole.push_back(in_quotes(set.name));
      for (const BudgetSet::Line& line : set.lines) {
        const Anomaly* anomaly = anomaly_of(world_, line.text);
        if (anomaly != nullptr) limited_.insert(anomaly->name);
        if (!all && applies(anomaly))
          lines += fmt::format("  {}: {}\n", in_quotes(line.name), in_quotes(line.text));
      }
    }
    for (const Anomaly& anomaly : world_.anomalies)
      if (applies(&anomaly) && limited_.count(anomaly.name) == 0)
        lines += fmt::format("  {}: {} == 0\n", sentence(anomaly.name), anomaly.name);
    return (whole.empty() ? "" : fmt::format("  use: [{}]\n", fmt::join(whole, ", "))) + lines;
  }

 private:
  // What nobody moves cannot break; where nothing moves, everything counts.
  bool applies(const Anomaly* anomaly) const {
    if (anomaly == nullptr || moving_.empty()) return true;
    return concerns_any(world_, *anomaly,
                        [this](ServiceId service) { return moving_.count(service) != 0; });
  }
  static std::string sentence(std::string name);
  const World& world_;
  std::set<ServiceId> moving_;
  std::set<std::string> limited_;
};

// "lost_orders" as a person says it.
std::string BudgetText::sentence(std::string name) {
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
      "mix: {}\n{}\n",
      in_quotes(title), in_quotes(world_name), world.mixes.empty() ? "" : world.mixes[0].name,
      traffic_of(world));
  text += plan_of(movable(world)) + "\nbudget:\n  shoppers who noticed: noticed <= 0.1%\n";
  text += BudgetText(world, moving_ids(world)).text();
  return text + "  short freeze: longest_outage <= 2s\n";
}

}  // namespace pindah
