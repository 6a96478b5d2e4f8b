#include <fmt/format.h>

#include <algorithm>

#include "base/histogram.h"
#include "verdict/difference.h"
#include "verdict/line.h"
#include "verdict/met.h"
#include "verdict/verdict.h"
#include "verdict/way_back.h"
#include "verdict/world_mistakes.h"

namespace pindah {
namespace {

// The control is unhealthy above these shares (its p99 limit is the scenario's).
constexpr std::int64_t kFailedPpm = 10'000;
constexpr std::int64_t kMaskedPpm = 1'000;
constexpr Micros kLookEvery = minutes(1);

enum ExitCode {
  kWithin = 0,
  kOver = 1,
  kWorldAtFault = 2,
  kStopped = 3,
  kInconclusive = 4,
  kInterrupted = 130
};

class Judging {
 public:
  Judging(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
          const Comparison& comparison, const Record& control, const Record& rehearsed)
      : world_(world),
        scenario_(scenario),
        intents_(intents),
        comparison_(comparison),
        control_(control),
        rehearsed_(rehearsed),
        timeline_(scenario, rehearsed.plan) {}

  bool stops(Micros now) const {
    return std::any_of(scenario_.budget.begin(), scenario_.budget.end(),
                       [&](const BudgetLine& line) {
                         return line.budget.on_fail == OnFail::stop &&
                                judge_line(line, now).state == LineState::stop;
                       });
  }

  Verdict run() {
    verdict_.cut = find_cut();
    for (const BudgetLine& line : scenario_.budget)
      verdict_.lines.push_back(judge_line(line, verdict_.cut));
    for (const Noticer& n : comparison_.noticers) {
      if (n.replied > verdict_.cut) continue;
      ++verdict_.causes[n.cause];
      ++verdict_.culprits[n.culprit];
    }
    verdict_.met = met_of(scenario_, rehearsed_);
    verdict_.way_back = way_back(world_, scenario_, rehearsed_, verdict_.cut);
    if (!control_.part() && !rehearsed_.part())
      verdict_.mistakes = world_mistakes(world_, scenario_, intents_, control_);
    control_health();
    loose_ends();
    conclude();
    return std::move(verdict_);
  }

 private:
  LineResult judge_line(const BudgetLine& line, Micros cut) const;
  Micros find_cut() const;
  void control_health();
  void loose_ends();
  void conclude();

  const World& world_;
  const Scenario& scenario_;
  const std::vector<Intent>& intents_;
  const Comparison& comparison_;
  const Record& control_;
  const Record& rehearsed_;
  Timeline timeline_;
  Verdict verdict_;
};

// "; loans.place (place.sql:3) on the target: no such table: loan (800 times)", the most frequent.
std::string by_what(const World& world, const Record& life) {
  const auto& errors = life.sql_errors;
  const auto most =
      std::max_element(errors.begin(), errors.end(),
                       [](const SqlError& a, const SqlError& b) { return a.count < b.count; });
  if (most == errors.end()) return {};
  const Place place = world.place(most->call, most->side);
  return fmt::format("; {} ({}:{}) on {}: {} ({} times)",
                     world.calls[static_cast<std::size_t>(most->call)].name, place.file, place.line,
                     world.platforms[index(most->side)].name, most->says, most->count);
}

LineResult Judging::judge_line(const BudgetLine& line, Micros cut) const {
  const Measures measures({world_, intents_, comparison_, control_, rehearsed_, timeline_, cut});
  return Lines(world_, scenario_, measures, timeline_, cut, rehearsed_.ended).judge(line);
}

// The first whole minute at which a `stop` line is broken by what is known then.
Micros Judging::find_cut() const {
  if (rehearsed_.stopped) return rehearsed_.ended;
  Micros cut = kNever;
  for (const BudgetLine& line : scenario_.budget) {
    if (line.budget.on_fail != OnFail::stop) continue;
    for (Micros now = kLookEvery; now < std::min(cut, rehearsed_.ended); now += kLookEvery)
      if (judge_line(line, now).state == LineState::stop) cut = now;
    if (judge_line(line, rehearsed_.ended).state == LineState::stop)
      cut = std::min(cut, rehearsed_.ended);
  }
  return cut;
}

void Judging::control_health() {
  std::int64_t pages = 0, broken = 0;
  Histogram latencies;
  for (const Visit& v : control_.visits) {
    ++pages;
    if (failed(v)) ++broken;
    if (!v.audit) latencies.add({v.latency_us});
  }
  auto& reasons = verdict_.inconclusive;
  if (broken * 1'000'000 > pages * kFailedPpm)
    reasons.push_back(fmt::format("the control is unhealthy: {} of its {} pages failed{}", broken,
                                  pages, by_what(world_, control_)));
  const Micros p99 = latencies.percentile(990'000);
  if (p99 > scenario_.max_control_p99)
    reasons.push_back(fmt::format("the control is unhealthy: its p99 is {}, over {}",
                                  duration_text(p99), duration_text(scenario_.max_control_p99)));
  if (comparison_.masked * 1'000'000 > pages * kMaskedPpm)
    reasons.push_back(
        fmt::format("{} pages failed in both lives, so the control hides what the "
                    "plan did to them",
                    comparison_.masked));
}

void Judging::loose_ends() {
  auto& reasons = verdict_.inconclusive;
  if (verdict_.cut != kNever) return;
  reasons.insert(reasons.end(), rehearsed_.unfinished.begin(), rehearsed_.unfinished.end());
  for (const MetStep& met : verdict_.met)
    if (!met.enough()) reasons.push_back(met);
  for (const Record* life : {&control_, &rehearsed_})
    if (life->beyond_horizon > 0)
      reasons.push_back(fmt::format("{} payments or jobs were still open at the end of the {} life",
                                    life->beyond_horizon,
                                    life == &control_ ? "control" : "rehearsed"));
}

void Judging::conclude() {
  const auto any = [&](LineState state) {
    return std::any_of(verdict_.lines.begin(), verdict_.lines.end(),
                       [&](const LineResult& line) { return line.state == state; });
  };
  const auto end = [&](ExitCode code, const char* word) {
    verdict_.exit_code = code;
    verdict_.word = word;
  };
  if (control_.interrupted || rehearsed_.interrupted) return end(kInterrupted, "INTERRUPTED");
  const bool of_movers = std::any_of(verdict_.mistakes.begin(), verdict_.mistakes.end(),
                                     [](const WorldMistake& m) { return m.of_movers; });
  if (of_movers) return end(kWorldAtFault, "WORLD AT FAULT");
  if (any(LineState::stop)) return end(kStopped, "STOPPED");
  if (any(LineState::fail)) return end(kOver, "FAIL");
  // What the target does wrong to its own people is not the plan's; that nobody who moved met it
  // says little.
  if (!verdict_.mistakes.empty()) return end(kWorldAtFault, "WORLD AT FAULT");
  if (any(LineState::inconclusive) || !verdict_.inconclusive.empty())
    return end(kInconclusive, "INCONCLUSIVE");
  end(kWithin, "PASS");
}

}  // namespace

bool stops(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
           const Comparison& comparison, const Record& control, const Record& rehearsed,
           Micros now) {
  return Judging(world, scenario, intents, comparison, control, rehearsed).stops(now);
}

Verdict judge(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
              const Comparison& comparison, const Record& control, const Record& rehearsed) {
  return Judging(world, scenario, intents, comparison, control, rehearsed).run();
}

}  // namespace pindah
