#include "verdict/world_mistakes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "oracle/roles.h"
#include "verdict/difference.h"
#include "verdict/lives.h"

namespace pindah {
namespace {

class Weather {
 public:
  Weather(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
          const Record& control)
      : touched_(intents.size(), false) {
    for (const LinkSpec& link : scenario.links) loses_ = loses_ || link.loss_ppm > 0;
    for (const Surprise& surprise : scenario.surprises) loses_ = loses_ || surprise.also_in_control;
    for (const Visit& v : control.visits)
      if (failed(v) || v.tries > 1) touched_[v.intent] = any_ = true;
    for (const auto& sessions : by_buyer(world, intents)) {
      const bool one = std::any_of(sessions.begin(), sessions.end(),
                                   [&](std::uint32_t intent) { return touched_[intent]; });
      for (const std::uint32_t intent : sessions) touched_[intent] = one;
    }
  }
  // Of what befell a session, or nobody in particular.
  bool explains(std::uint32_t intent) const {
    return intent < touched_.size() ? touched_[intent] : any_ || loses_;
  }
  bool explains_money() const { return any_ || loses_; }

 private:
  bool loses_ = false, any_ = false;
  std::vector<bool> touched_;  // by intent: hers, or another session of the same person
};

class Mistakes {
 public:
  Mistakes(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
           const Record& control)
      : world_(world), intents_(intents), weather_(world, scenario, intents, control) {
    for (const UntruePage& page : control.untrue) untrue(page);
    for (const AnomalyCase& found : control.cases) anomaly(found);
  }
  std::vector<WorldMistake> take() { return std::move(all_); }

 private:
  void untrue(const UntruePage& page) {
    if (weather_.explains(page.intent) || page.call < 0) return;
    const SqlText* truth =
        page.promise < 0
            ? nullptr
            : &world_.promises[static_cast<std::size_t>(page.promise)].truth[index(page.side)];
    add(page.call, page.side, truth, page.detail, home_of(page.intent));
  }

  void anomaly(const AnomalyCase& found) {
    const Anomaly& what = world_.anomalies[static_cast<std::size_t>(found.anomaly)];
    const bool money = !what.ledgers.empty() && weather_.explains_money();
    const bool a_sight = what.kind->exposed_by == ExposedBy::sights;  // an untrue page says it
    if (a_sight || money || weather_.explains(found.intent)) return;
    const Side home = home_of(found.intent);
    const CallId call = found.culprit.call >= 0 ? found.culprit.call : maker(what);
    add(call, home, truth_of(what, home), what.name + ": " + found.detail, home);
  }

  Side home_of(std::uint32_t intent) const {
    return intent < intents_.size() ? intents_[intent].home : Side::source;
  }

  CallId maker(const Anomaly& what) const {
    if (what.promises.empty()) return -1;
    return world_.promises[static_cast<std::size_t>(what.promises.front())].made_by;
  }

  const SqlText* truth_of(const Anomaly& what, Side side) const {
    if (!what.promises.empty())
      return &world_.promises[static_cast<std::size_t>(what.promises.front())].truth[index(side)];
    if (!what.ledgers.empty()) {
      const auto& truth = world_.ledgers[static_cast<std::size_t>(what.ledgers.front())].truth;
      return truth ? &(*truth)[index(side)] : nullptr;
    }
    return what.stock ? &world_.stock->stock[index(side)] : nullptr;
  }

  void add(CallId call, Side side, const SqlText* truth, const std::string& detail, Side home) {
    const auto [known, is_new] = place_of_.emplace(
        std::tuple(call, side, truth ? truth->place.file : std::string()), all_.size());
    if (is_new) all_.push_back(made(call, side, truth, detail));
    WorldMistake& mistake = all_[known->second];
    ++mistake.count;
    mistake.of_movers = mistake.of_movers || home == Side::source;
  }

  WorldMistake made(CallId call, Side side, const SqlText* truth, const std::string& detail) const {
    WorldMistake mistake;
    mistake.detail = detail;
    if (truth) {
      mistake.place = truth->place;
      mistake.truth = truth->place.file;
    }
    if (call < 0) return mistake;
    const Call& answers = world_.calls[static_cast<std::size_t>(call)];
    mistake.call = fmt::format("{} of {}", answers.name, world_.platforms[index(side)].name);
    const auto& statements = answers.body[index(side)].statements;
    if (!statements.empty()) mistake.place = statements.back().place;
    return mistake;
  }

  const World& world_;
  const std::vector<Intent>& intents_;
  Weather weather_;
  std::vector<WorldMistake> all_;
  std::map<std::tuple<CallId, Side, std::string>, std::size_t> place_of_;  // by truth's file
};

}  // namespace

std::vector<WorldMistake> world_mistakes(const World& world, const Scenario& scenario,
                                         const std::vector<Intent>& intents,
                                         const Record& control) {
  return Mistakes(world, scenario, intents, control).take();
}

void keep_own_cases(const std::vector<AnomalyCase>& control, std::vector<AnomalyCase>& rehearsed) {
  using Name = std::tuple<int, std::uint32_t, std::int64_t, std::string>;
  const auto name = [](const AnomalyCase& c) {
    return Name{c.anomaly, c.intent, c.witness, c.thing};
  };
  std::map<Name, std::int64_t> units;
  for (const AnomalyCase& c : control) units[name(c)] += c.count;
  std::erase_if(rehearsed, [&](AnomalyCase& c) {
    const auto known = units.find(name(c));
    if (known == units.end()) return false;
    c.count -= std::min(c.count, known->second);
    return c.count == 0;
  });
}

}  // namespace pindah
