#include "verdict/line.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/problem.h"
#include "base/quantity.h"
#include "verdict/applies.h"

namespace pindah {
namespace {

// With fewer samples a percentile is an anecdote.
constexpr std::int64_t kSamplesForPercentile = 100;

// One is enough to break a count, however few there were.
bool is_count(const VerdictRow& metric, std::int64_t limit) {
  return metric.percentile_ppm == 0 && (metric.one_is_enough || limit == 0);
}

// What holds, and what would have to: `{}` is the limit.
struct Wording {
  const char* holds;
  const char* broken;
};

Wording wording(Compare compare) {
  switch (compare) {
    case Compare::less:
      return {"below {}", "must be below {}"};
    case Compare::less_equal:
      return {"limit {}", "limit {}"};
    case Compare::equal:
      return {"as required", "must be {}"};
    case Compare::greater_equal:
      return {"at least {}", "must be at least {}"};
    case Compare::greater:
      return {"above {}", "must be above {}"};
    case Compare::not_equal:
      return {"not {}", "must not be {}"};
  }
  throw Defect("a comparison without words");
}

// Two decimals of a percentage do, unless they would hide which side of the limit it is on.
std::string shown_beside(Unit unit, std::int64_t value, std::int64_t limit) {
  constexpr std::int64_t kHundredth = 100;  // ppm in 0.01 %
  const auto rounded = [](std::int64_t ppm) { return (ppm + kHundredth / 2) / kHundredth; };
  const bool hides = rounded(value) == rounded(limit) || rounded(value) == 0;
  if (unit != Unit::ppm || hides) return show(unit, value);
  return show(unit, rounded(value) * kHundredth);
}

std::string judgement(const Budget& budget, const LineResult& result, bool broken) {
  const Unit unit = budget.metric->unit;
  const Wording words = wording(*budget.compare);
  return shown_beside(unit, result.value, result.limit) + ", " +
         fmt::format(fmt::runtime(broken ? words.broken : words.holds), show(unit, result.limit));
}

bool larger_is_worse(Compare compare) {
  return compare != Compare::greater && compare != Compare::greater_equal;
}

// When the value went past the limit, as its parts came in.
Micros broke_at(const Budget& budget, const Measured& measured, std::int64_t limit,
                const Stretch& stretch) {
  if (!larger_is_worse(*budget.compare)) return stretch.from;
  const bool share = budget.metric->unit == Unit::ppm;
  std::int64_t so_far = 0;
  for (const auto& [at, count] : measured.instants) {
    so_far += count;
    const std::int64_t whole =
        std::max<std::int64_t>(measured.samples.value_or(measured.exposure), 1);
    const std::int64_t value = share ? (so_far * 1'000'000 + whole - 1) / whole : so_far;
    if (!holds(*budget.compare, value, limit)) return at;
  }
  return stretch.from;
}

}  // namespace

// A window of a line against its limit.
struct Lines::Judged {
  bool enough = false;   // samples, to break it
  bool exposed = false;  // enough of what could have broken it, to hold it
  bool breaks = false;
};

Lines::Lines(const World& world, const Scenario& scenario, const Measures& measures,
             const Timeline& timeline, Micros cut, Micros ended)
    : world_(world),
      scenario_(scenario),
      measures_(measures),
      timeline_(timeline),
      cut_(cut),
      ended_(ended) {}

std::vector<Stretch> Lines::stretches(const Budget& budget) const {
  std::vector<Stretch> bases;
  if (budget.during == StepId::none)
    bases.push_back({budget.after, kNever});
  else
    for (const auto& [from, until] : timeline_.spans(budget.during))
      bases.push_back({std::max(from, budget.after), until});
  std::vector<Stretch> result;
  const Micros known = std::min(cut_, ended_);
  for (const Stretch& base : bases) {
    if (base.from >= base.until) continue;
    if (budget.window == Window::whole) result.push_back(base);
    if (budget.window == Window::whole) continue;
    const bool once = budget.window == Window::within;
    const Micros last =
        once ? base.from + budget.window_length : std::min(base.until, scenario_.length);
    for (Micros from = base.from; from < last; from += budget.window_length) {
      const Micros until = std::min(from + budget.window_length, base.until);
      if (until <= known) result.push_back({from, until});
    }
  }
  return result;
}

std::int64_t Lines::needed(const VerdictRow& metric) const {
  return metric.percentile_ppm > 0 ? kSamplesForPercentile : scenario_.min_exposure;
}

Lines::Judged Lines::window(const Budget& budget, const Measured& measured,
                            std::int64_t limit) const {
  Judged judged;
  judged.enough = measured.samples.value_or(measured.exposure) >= needed(*budget.metric);
  judged.exposed = measured.exposure >= needed(*budget.metric);
  judged.breaks = !holds(*budget.compare, measured.value, limit) &&
                  (judged.enough || is_count(*budget.metric, limit));
  return judged;
}

std::string Lines::where(Micros instant) const {
  const StepSpan* span = timeline_.under_way(instant, instant, -1);
  if (!span) {
    const StepSpan* before = timeline_.moved_before(instant);
    return before ? "after " + before->step->name : std::string();
  }
  return StepSpans::text(*span, StepSpans::phase(*span, instant));
}

void Lines::conclude(const Budget& budget, const std::vector<Measured>& measured,
                     const std::vector<std::int64_t>& limits, LineResult& result) const {
  const std::vector<Stretch> all = stretches(budget);
  bool any_enough = false, broken = false;
  std::size_t shown = 0;  // the window that the line shows: the first broken one, or the worst
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const Judged judged = window(budget, measured[i], limits[i]);
    any_enough = any_enough || judged.exposed;
    if (judged.breaks && !broken) {
      broken = true;
      shown = i;
      result.from = broke_at(budget, measured[i], limits[i], all[i]);
      result.where = where(result.from);
    }
    const bool worse = larger_is_worse(*budget.compare) ? measured[i].value > measured[shown].value
                                                        : measured[i].value < measured[shown].value;
    if (!broken && judged.enough && worse) shown = i;
  }
  if (!measured.empty()) {
    result.value = measured[shown].value;
    result.limit = limits[shown];
  }
  result.state = broken ? (budget.on_fail == OnFail::warn   ? LineState::warn
                           : budget.on_fail == OnFail::stop ? LineState::stop
                                                            : LineState::fail)
                        : (any_enough ? LineState::pass : LineState::inconclusive);
  result.says = judgement(budget, result, broken);
  if (result.state != LineState::inconclusive) return;
  const std::string why = never_exposed(world_, scenario_, budget);
  if (!why.empty()) {
    result.state = LineState::not_applicable;
    result.says = "not applicable: " + why;
  } else {
    result.says = fmt::format("too little could have broken it: {} of {} needed", result.exposure,
                              result.exposure_needed);
  }
}

LineResult Lines::judge(const BudgetLine& line) const {
  const Budget& budget = line.budget;
  const std::vector<Stretch> all = stretches(budget);
  const std::vector<Measured> measured = measures_.measure(budget, WhichLife::rehearsed, all);
  LineResult result;
  result.line = &line;
  result.exposure_needed = needed(*budget.metric);
  for (const Measured& m : measured)
    result.exposure =
        budget.metric->id == VerdictMetric::anomaly ? m.exposure : result.exposure + m.exposure;
  if (budget.metric->id == VerdictMetric::anomaly)
    for (const Measured& m : measures_.measure(budget, WhichLife::control, all))
      result.control += m.value;
  std::vector<std::int64_t> limits(all.size(), budget.value);
  if (budget.times_control_ppm) {
    const auto control = measures_.measure(budget, WhichLife::control, all);
    for (std::size_t i = 0; i < all.size(); ++i)
      limits[i] = (control[i].value * *budget.times_control_ppm + 999'999) / 1'000'000;
  }
  if (budget.compare) {
    conclude(budget, measured, limits, result);
    return result;
  }
  result.state = LineState::reported;
  for (const Measured& m : measured) result.value = std::max(result.value, m.value);
  result.says = show(budget.metric->unit, result.value);
  return result;
}

}  // namespace pindah
