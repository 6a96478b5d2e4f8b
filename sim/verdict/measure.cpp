#include "verdict/measure.h"

#include <algorithm>

#include "base/histogram.h"
#include "verdict/cohorts.h"
#include "verdict/difference.h"
#include "verdict/way_back.h"

namespace pindah {
namespace {

// A share in ppm, rounded up.
std::int64_t share_ppm(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : (part * 1'000'000 + whole - 1) / whole;
}

void close_shares(std::vector<Measured>& results) {
  for (Measured& m : results)
    m.value = share_ppm(static_cast<std::int64_t>(m.instants.size()), m.exposure);
}

}  // namespace

int stretch_of(const std::vector<Stretch>& stretches, Micros instant) {
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), instant,
                                      [](Micros t, const Stretch& s) { return t < s.from; });
  if (after == stretches.begin()) return -1;
  const auto it = after - 1;
  return instant < it->until ? static_cast<int>(it - stretches.begin()) : -1;
}

Measures::Measures(const World& world, const std::vector<Intent>& intents,
                   const Comparison& comparison, const Record& control, const Record& rehearsed,
                   const Timeline& timeline, Micros cut)
    : world_(world),
      intents_(intents),
      comparison_(comparison),
      control_(control),
      rehearsed_(rehearsed),
      timeline_(timeline),
      cut_(cut) {}

template <class See>
void Measures::each_visit(const Record& record, const std::vector<Stretch>& stretches,
                          See see) const {
  for (const Visit& v : record.visits) {
    if (v.intended_us + v.latency_us > cut_.us) continue;
    const int stretch = stretch_of(stretches, {v.intended_us});
    if (stretch >= 0) see(v, static_cast<std::size_t>(stretch));
  }
}

bool Measures::page_asked(const Budget& budget, PageId page) const {
  if (budget.arguments.empty() || budget.arguments.front() == "edge") return true;
  return reported_as(world_, page) == budget.arguments.front();
}

bool Measures::in_cohort(const Budget& budget, std::uint32_t intent, PageId page) const {
  if (budget.arguments.empty()) return true;
  const std::string& persona = world_.personas[intents_[intent].persona].name;
  for (const std::string& name : budget.arguments)
    if (name == persona || (page >= 0 && reported_as(world_, page) == name)) return true;
  return false;
}

std::vector<Mark> Measures::marks(VerdictMetric metric) const {
  switch (metric) {
    case VerdictMetric::annoyed:
      return comparison_.annoyances;
    case VerdictMetric::empty_handed:
      return comparison_.empties;
    case VerdictMetric::harmed:
      return comparison_.harms;
    case VerdictMetric::spillover:
      return comparison_.spilled;
    default:
      break;
  }
  std::vector<Mark> marks;
  for (const Noticer& n : comparison_.noticers)
    if (n.replied <= cut_) marks.push_back({n.intent, n.at});
  return marks;
}

std::vector<Measured> Measures::shares(const Budget& budget,
                                       const std::vector<Stretch>& stretches) const {
  std::vector<Measured> results(stretches.size());
  std::vector<int> last(intents_.size(), -1);  // stretch in which she was last counted
  each_visit(rehearsed_, stretches, [&](const Visit& v, std::size_t stretch) {
    const bool exposed = comparison_.exposed_at[v.intent] < stretches[stretch].until;
    if (!exposed || !in_cohort(budget, v.intent, v.page)) return;
    if (std::exchange(last[v.intent], static_cast<int>(stretch)) != static_cast<int>(stretch))
      ++results[stretch].exposure;
  });
  std::vector<PageId> page_of(intents_.size(), -1);
  for (const Noticer& n : comparison_.noticers) page_of[n.intent] = n.page;
  for (const Mark& mark : marks(budget.metric)) {
    const int stretch = mark.at <= cut_ ? stretch_of(stretches, mark.at) : -1;
    if (stretch >= 0 && in_cohort(budget, mark.intent, page_of[mark.intent]))
      results[static_cast<std::size_t>(stretch)].instants.emplace_back(mark.at, 1);
  }
  close_shares(results);
  return results;
}

std::vector<Measured> Measures::masked(const Budget& budget,
                                       const std::vector<Stretch>& stretches) const {
  std::vector<Measured> results(stretches.size());
  each_visit(rehearsed_, stretches, [&](const Visit& v, std::size_t stretch) {
    if (in_cohort(budget, v.intent, v.page)) ++results[stretch].exposure;
  });
  for (const Mark& mark : comparison_.masks) {
    const int stretch = mark.at <= cut_ ? stretch_of(stretches, mark.at) : -1;
    if (stretch >= 0 && in_cohort(budget, mark.intent, -1))
      results[static_cast<std::size_t>(stretch)].instants.emplace_back(mark.at, 1);
  }
  close_shares(results);
  return results;
}

std::vector<Measured> Measures::failures(const Budget& budget, const Record& record,
                                         const std::vector<Stretch>& stretches) const {
  std::vector<Measured> results(stretches.size());
  each_visit(record, stretches, [&](const Visit& v, std::size_t stretch) {
    if (!page_asked(budget, v.page)) return;
    ++results[stretch].exposure;
    if (failed(v)) results[stretch].instants.emplace_back(Micros{v.intended_us}, 1);
  });
  for (Measured& m : results) std::sort(m.instants.begin(), m.instants.end());
  close_shares(results);
  return results;
}

std::vector<Measured> Measures::percentiles(const Budget& budget, const Record& record,
                                            const std::vector<Stretch>& stretches) const {
  std::vector<Histogram> latencies(stretches.size());
  each_visit(record, stretches, [&](const Visit& v, std::size_t stretch) {
    if (!v.audit && page_asked(budget, v.page)) latencies[stretch].add({v.latency_us});
  });
  const std::int64_t ppm = budget.metric == VerdictMetric::p50 ? 500'000 : 990'000;
  std::vector<Measured> results;
  for (const Histogram& h : latencies) results.push_back({h.percentile(ppm).us, h.count(), {}});
  return results;
}

// Exposure: the pages that met a stretch; any of them could have met a closed door.
std::vector<Measured> Measures::spans(const Budget& budget, const Record& record, WhichLife life,
                                      const std::vector<Stretch>& stretches) const {
  const ServiceId service =
      budget.arguments.empty() ? -1 : world_.service(budget.arguments.front());
  std::vector<std::pair<Micros, Micros>> spans;
  if (budget.metric == VerdictMetric::freeze) {
    if (life == WhichLife::rehearsed) spans = timeline_.fences(service);
  } else {
    for (const OutageSpan& o : record.outages)
      if (service < 0 || o.service == service) spans.emplace_back(o.from, o.until);
  }
  std::vector<Measured> results(stretches.size());
  each_visit(record, stretches, [&](const Visit&, std::size_t s) { ++results[s].exposure; });
  const Micros end = std::min(cut_, record.ended);
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

// Exposure: how often the checklist was looked at.
std::vector<Measured> Measures::compliance(const Record& record,
                                           const std::vector<Stretch>& stretches) const {
  std::vector<Measured> results(stretches.size());
  for (std::size_t s = 0; s < stretches.size(); ++s) {
    results[s].exposure = record.compliance_looks;
    for (const ComplianceSample& sample : record.compliance)
      if (sample.at <= std::min(stretches[s].until, cut_)) results[s].value = sample.total_ppm;
  }
  return results;
}

// Exposure: the pages of the rehearsed life, each of which could have been carried or promised.
std::vector<Measured> Measures::whole(VerdictMetric metric,
                                      const std::vector<Stretch>& stretches) const {
  Measured measured;
  measured.exposure = static_cast<std::int64_t>(rehearsed_.visits.size());
  const Micros end = std::min(cut_, rehearsed_.ended);
  const Micros from = timeline_.first_step();
  if (metric == VerdictMetric::rows_carried)
    measured.value = rehearsed_.rows_carried;
  else if (metric == VerdictMetric::lost_by_rollback)
    measured.value = way_back(world_, timeline_.scenario(), rehearsed_, cut_).promises;
  else if (from < end)
    measured.value = (std::min(end, timeline_.retired()) - from).us;
  return std::vector<Measured>(stretches.size(), measured);
}

std::vector<Measured> Measures::anomalies(const Budget& budget, const Record& record,
                                          const std::vector<Stretch>& stretches) const {
  std::vector<Measured> results(stretches.size());
  const auto is_meant = [&](const Anomaly& a) { return a.name == budget.anomaly; };
  const auto& known = world_.anomalies;
  const auto anomaly = std::find_if(known.begin(), known.end(), is_meant) - known.begin();
  const auto number = static_cast<std::size_t>(anomaly);
  for (Measured& m : results)
    if (number < record.anomaly_exposure.size()) m.exposure = record.anomaly_exposure[number];
  for (const AnomalyCase& c : record.cases) {
    const int stretch = c.at <= cut_ ? stretch_of(stretches, c.at) : -1;
    if (stretch < 0 || c.anomaly != static_cast<int>(anomaly)) continue;
    Measured& m = results[static_cast<std::size_t>(stretch)];
    m.value += c.count;
    m.instants.emplace_back(c.at, c.count);
  }
  for (Measured& m : results) std::sort(m.instants.begin(), m.instants.end());
  return results;
}

std::vector<Measured> Measures::measure(const Budget& budget, WhichLife life,
                                        const std::vector<Stretch>& stretches) const {
  const Record& record = life == WhichLife::control ? control_ : rehearsed_;
  switch (budget.metric) {
    case VerdictMetric::noticed:
    case VerdictMetric::annoyed:
    case VerdictMetric::empty_handed:
    case VerdictMetric::harmed:
    case VerdictMetric::spillover:
      return shares(budget, stretches);
    case VerdictMetric::masked:
      return masked(budget, stretches);
    case VerdictMetric::failures:
      return failures(budget, record, stretches);
    case VerdictMetric::p50:
    case VerdictMetric::p99:
      return percentiles(budget, record, stretches);
    case VerdictMetric::longest_outage:
    case VerdictMetric::freeze:
      return spans(budget, record, life, stretches);
    case VerdictMetric::compliance:
      return compliance(record, stretches);
    case VerdictMetric::rows_carried:
    case VerdictMetric::two_systems:
    case VerdictMetric::lost_by_rollback:
      return whole(budget.metric, stretches);
    case VerdictMetric::anomaly:
      break;
  }
  return anomalies(budget, record, stretches);
}

}  // namespace pindah
