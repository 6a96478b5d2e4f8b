// How each metric of a budget is measured (its row: metrics/verdict_metrics.cpp).
#include <algorithm>
#include <array>

#include "base/histogram.h"
#include "oracle/affected.h"
#include "verdict/cohorts.h"
#include "verdict/difference.h"
#include "verdict/measure.h"
#include "verdict/way_back.h"

namespace pindah {
namespace {

using Results = std::vector<Measured>;

template <class List, class Item>
bool is_among(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// A share in ppm, rounded up.
std::int64_t share_ppm(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : (part * 1'000'000 + whole - 1) / whole;
}

void close_shares(Results& results) {
  for (Measured& m : results)
    m.value =
        share_ppm(static_cast<std::int64_t>(m.instants.size()), m.samples.value_or(m.exposure));
}

// Calls see(visit, stretch) for what the cut lets through.
template <class See>
void each_visit(const Evidence& evidence, const Record& record,
                const std::vector<Stretch>& stretches, See see) {
  for (const Visit& v : record.visits) {
    if (v.intended_us + v.latency_us > evidence.cut.us) continue;
    const int stretch = stretch_of(stretches, {v.intended_us});
    if (stretch >= 0) see(v, static_cast<std::size_t>(stretch));
  }
}

// From when on a visit can have met the plan: its first step, or, of what fences alone do, a minute
// before the first that changed who answers. A plan that changes nothing: from the start.
struct Reach {
  explicit Reach(const Evidence& evidence) {
    if (Affected(evidence.world, evidence.timeline.scenario()).everything()) return;
    any = evidence.timeline.first_step();
    fenced = kNever;
    for (const StepMet& met : evidence.rehearsed.met)
      fenced = std::min(fenced, std::max(Micros{}, met.at - minutes(1)));
  }
  static bool met(const Visit& v, Micros from) { return v.intended_us + v.latency_us >= from.us; }
  Micros any, fenced;
};

bool page_asked(const MetricArguments& about, PageId page) {
  return about.none() || about.edge || is_among(about.pages, page);
}

// The session (and, where she noticed, the page) is of one of the cohorts; no cohort: everybody is.
bool in_cohort(const Evidence& evidence, const MetricArguments& about, std::uint32_t intent,
               PageId page) {
  return about.none() || is_among(about.personas, PersonaId{evidence.intents[intent].persona}) ||
         (page >= 0 && is_among(about.pages, page));
}

// The share of exposed sessions that carry a mark.
Results shares(const Evidence& evidence, const Question& asked, const std::vector<Mark>& marks) {
  const Comparison& comparison = evidence.comparison;
  const MetricArguments& about = asked.budget.arguments;
  Results results(asked.stretches.size());
  std::vector<int> last(evidence.intents.size(), -1);  // stretch in which she was last counted
  each_visit(evidence, evidence.rehearsed, asked.stretches, [&](const Visit& v, std::size_t s) {
    const bool exposed = comparison.exposed_at[v.intent] < asked.stretches[s].until;
    if (!exposed || !in_cohort(evidence, about, v.intent, v.page)) return;
    if (std::exchange(last[v.intent], static_cast<int>(s)) != static_cast<int>(s))
      ++results[s].exposure;
  });
  std::vector<PageId> page_of(evidence.intents.size(), -1);
  for (const Noticer& n : comparison.noticers) page_of[n.intent] = n.page;
  for (const Mark& mark : marks) {
    const int stretch = mark.at <= evidence.cut ? stretch_of(asked.stretches, mark.at) : -1;
    if (stretch >= 0 && in_cohort(evidence, about, mark.intent, page_of[mark.intent]))
      results[static_cast<std::size_t>(stretch)].instants.emplace_back(mark.at, 1);
  }
  close_shares(results);
  return results;
}

template <std::vector<Mark> Comparison::*marks>
Results marked(const Evidence& evidence, const Question& asked) {
  return shares(evidence, asked, evidence.comparison.*marks);
}

Results spilled(const Evidence& evidence, const Question& asked) {
  std::vector<Mark> marks;
  for (const Spilled& s : evidence.comparison.spilled) marks.push_back({s.intent, s.at});
  return shares(evidence, asked, marks);
}

// A page begun before a fence closed is no sign of it before its reply.
void know_late(const Evidence& evidence, Results& results) {
  std::vector<std::pair<Micros, Micros>> known;
  for (const Noticer& n : evidence.comparison.noticers) known.emplace_back(n.at, n.replied);
  std::sort(known.begin(), known.end());
  for (Measured& m : results) {
    auto next = known.begin();
    for (auto& [at, count] : m.instants) {
      next = std::lower_bound(next, known.end(), std::pair(at, Micros{}));
      if (next != known.end() && next->first == at) at = (next++)->second;
    }
    std::sort(m.instants.begin(), m.instants.end());
  }
}

Results noticed_share(const Evidence& evidence, const Question& asked) {
  std::vector<Mark> marks;
  for (const Noticer& n : evidence.comparison.noticers)
    if (n.replied <= evidence.cut) marks.push_back({n.intent, n.at});
  Results results = shares(evidence, asked, marks);
  know_late(evidence, results);
  return results;
}

Results masked(const Evidence& evidence, const Question& asked) {
  const MetricArguments& about = asked.budget.arguments;
  Results results(asked.stretches.size());
  const Reach reach(evidence);
  each_visit(evidence, evidence.rehearsed, asked.stretches, [&](const Visit& v, std::size_t s) {
    if (!in_cohort(evidence, about, v.intent, v.page)) return;
    if (Reach::met(v, reach.any)) ++results[s].exposure;
    results[s].samples = results[s].samples.value_or(0) + 1;
  });
  for (const Mark& mark : evidence.comparison.masks) {
    const int stretch = mark.at <= evidence.cut ? stretch_of(asked.stretches, mark.at) : -1;
    if (stretch >= 0 && in_cohort(evidence, about, mark.intent, -1))
      results[static_cast<std::size_t>(stretch)].instants.emplace_back(mark.at, 1);
  }
  close_shares(results);
  return results;
}

Results failures(const Evidence& evidence, const Question& asked) {
  Results results(asked.stretches.size());
  const Reach reach(evidence);
  each_visit(evidence, asked.record, asked.stretches, [&](const Visit& v, std::size_t s) {
    if (!page_asked(asked.budget.arguments, v.page)) return;
    if (Reach::met(v, reach.any)) ++results[s].exposure;
    results[s].samples = results[s].samples.value_or(0) + 1;
    if (failed(v)) results[s].instants.emplace_back(Micros{v.intended_us}, 1);
  });
  for (Measured& m : results) std::sort(m.instants.begin(), m.instants.end());
  close_shares(results);
  return results;
}

Results percentiles(const Evidence& evidence, const Question& asked) {
  std::vector<Histogram> latencies(asked.stretches.size());
  std::vector<std::int64_t> exposed(asked.stretches.size(), 0);
  const Reach reach(evidence);
  each_visit(evidence, asked.record, asked.stretches, [&](const Visit& v, std::size_t s) {
    if (v.audit || !page_asked(asked.budget.arguments, v.page)) return;
    latencies[s].add({v.latency_us});
    exposed[s] += Reach::met(v, reach.any) ? 1 : 0;
  });
  Results results;
  for (std::size_t s = 0; s < latencies.size(); ++s) {
    const Histogram& h = latencies[s];
    results.push_back(
        {h.percentile(asked.budget.metric->percentile_ppm).us, exposed[s], h.count(), {}});
  }
  return results;
}

using Spans = std::vector<std::pair<Micros, Micros>>;

// Exposure: the pages that met a stretch; any of them could have met a closed door.
Results longest(const Evidence& evidence, const Question& asked, const Spans& spans) {
  const std::vector<Stretch>& stretches = asked.stretches;
  Results results(stretches.size());
  const Reach reach(evidence);
  each_visit(evidence, asked.record, stretches, [&](const Visit& v, std::size_t s) {
    if (Reach::met(v, reach.fenced)) ++results[s].exposure;
    results[s].samples = results[s].samples.value_or(0) + 1;
  });
  const Micros end = std::min(evidence.cut, asked.record.ended);
  for (const auto& [from, until] : spans)
    for (std::size_t s = 0; s < stretches.size(); ++s) {
      const Micros begins = std::max(from, stretches[s].from);
      const Micros ends = std::min({until, stretches[s].until, end});
      if (ends - begins <= Micros{results[s].value}) continue;
      results[s].value = (ends - begins).us;
      results[s].instants = {{begins, results[s].value}};
    }
  return results;
}

Results longest_outage(const Evidence& evidence, const Question& asked) {
  const std::vector<ServiceId>& services = asked.budget.arguments.services;
  Spans spans;
  for (const OutageSpan& o : asked.record.outages)
    if (services.empty() || o.service == services.front()) spans.emplace_back(o.from, o.until);
  return longest(evidence, asked, spans);
}

Results freeze(const Evidence& evidence, const Question& asked) {
  Spans spans;
  if (asked.life == WhichLife::rehearsed)
    spans = evidence.timeline.fences(asked.budget.arguments.services.front());
  return longest(evidence, asked, spans);
}

// Exposure: how often the checklist was looked at.
Results compliance(const Evidence& evidence, const Question& asked) {
  Results results(asked.stretches.size());
  for (std::size_t s = 0; s < results.size(); ++s) {
    results[s].exposure = asked.record.compliance_looks;
    for (const ComplianceSample& sample : asked.record.compliance)
      if (sample.at <= std::min(asked.stretches[s].until, evidence.cut))
        results[s].value = sample.total_ppm;
  }
  return results;
}

// Exposure: the pages of the rehearsed life, each of which could have been carried or promised.
Results of_the_migration(const Evidence& evidence, std::int64_t value) {
  return {{value, static_cast<std::int64_t>(evidence.rehearsed.visits.size()), {}, {}}};
}

Results rows_carried(const Evidence& evidence, const Question&) {
  return of_the_migration(evidence, evidence.rehearsed.rows_carried);
}

Results lost_by_rollback(const Evidence& evidence, const Question&) {
  const WayBack back =
      way_back(evidence.world, evidence.timeline.scenario(), evidence.rehearsed, evidence.cut);
  return of_the_migration(evidence, back.promises);
}

Results two_systems(const Evidence& evidence, const Question&) {
  const Micros end = std::min(evidence.cut, evidence.rehearsed.ended);
  const Micros from = evidence.timeline.first_step();
  return of_the_migration(evidence,
                          from < end ? (std::min(end, evidence.timeline.retired()) - from).us : 0);
}

Results anomalies(const Evidence& evidence, const Question& asked) {
  Results results(asked.stretches.size());
  const auto number = static_cast<std::size_t>(asked.budget.anomaly);
  for (Measured& m : results)
    if (number < asked.record.anomaly_exposure.size())
      m.exposure = asked.record.anomaly_exposure[number];
  for (const AnomalyCase& c : asked.record.cases) {
    const int stretch = c.broke() <= evidence.cut ? stretch_of(asked.stretches, c.broke()) : -1;
    if (stretch < 0 || c.anomaly != asked.budget.anomaly) continue;
    Measured& m = results[static_cast<std::size_t>(stretch)];
    m.value += c.count;
    m.instants.emplace_back(c.broke(), c.count);
  }
  for (Measured& m : results) std::sort(m.instants.begin(), m.instants.end());
  return results;
}

constexpr std::array kMeasurings = std::to_array<Measuring>({
    {VerdictMetric::noticed, noticed_share},
    {VerdictMetric::annoyed, marked<&Comparison::annoyances>},
    {VerdictMetric::empty_handed, marked<&Comparison::empties>},
    {VerdictMetric::harmed, marked<&Comparison::harms>},
    {VerdictMetric::spillover, spilled},
    {VerdictMetric::masked, masked},
    {VerdictMetric::failures, failures},
    {VerdictMetric::p50, percentiles},
    {VerdictMetric::p99, percentiles},
    {VerdictMetric::longest_outage, longest_outage},
    {VerdictMetric::freeze, freeze},
    {VerdictMetric::compliance, compliance},
    {VerdictMetric::rows_carried, rows_carried},
    {VerdictMetric::two_systems, two_systems},
    {VerdictMetric::lost_by_rollback, lost_by_rollback},
    {VerdictMetric::anomaly, anomalies},
});

constexpr bool each_is_measured() {
  if (kMeasurings.size() != static_cast<std::size_t>(VerdictMetric::count)) return false;
  for (std::size_t i = 0; i < kMeasurings.size(); ++i)
    if (static_cast<std::size_t>(kMeasurings[i].id) != i || kMeasurings[i].measure == nullptr)
      return false;
  return true;
}
static_assert(each_is_measured(), "a way to measure each verdict metric, in their order");

}  // namespace

std::span<const Measuring> measurings() { return kMeasurings; }

}  // namespace pindah
