#include "runfile/series.h"

#include <algorithm>
#include <map>

#include "base/histogram.h"
#include "report/harms.h"
#include "scenario/words.h"
#include "verdict/difference.h"

namespace pindah {
namespace {

// Visits of one window by their intended start; audits are no load.
struct Period {
  std::int64_t pages = 0, failed = 0, on_target = 0, arrivals = 0;
  Histogram latency;
};

// A dial that never moved from where it stands by itself is no series.
void add(std::vector<Series>& all, const std::string& name, const char* life,
         std::vector<std::pair<Micros, std::int64_t>> points, std::int64_t still = 0) {
  const bool moved =
      std::any_of(points.begin(), points.end(), [&](const auto& p) { return p.second != still; });
  if (moved) all.push_back({name, life, std::move(points)});
}

void of_dials(const World& world, const Record& record, const char* life,
              std::vector<Series>& all) {
  const auto each = [&](const std::string& name, auto read) {
    std::vector<std::pair<Micros, std::int64_t>> points;
    for (const Gauges& gauges : record.gauges) points.emplace_back(gauges.at, read(gauges));
    add(all, name, life, std::move(points));
  };
  for (const Side side : {Side::source, Side::target}) {
    const std::string of = side == Side::source ? "(source)" : "(target)";
    each("queue" + of, [&](const Gauges& g) { return g.queue[index(side)]; });
    each("commits" + of, [&](const Gauges& g) { return g.commits[index(side)]; });
    each("down" + of, [&](const Gauges& g) { return std::int64_t{g.down[index(side)]}; });
  }
  for (std::size_t i = 0; i < world.services.size(); ++i) {
    const std::string of = "(" + world.services[i].name + ")";
    each("lag" + of, [&](const Gauges& g) { return g.services[i].lag.us; });
    each("backlog" + of, [&](const Gauges& g) { return g.services[i].backlog; });
    each("differing" + of, [&](const Gauges& g) { return g.services[i].differing; });
    each("held" + of, [&](const Gauges& g) { return g.services[i].held; });
    each("fenced" + of, [&](const Gauges& g) { return std::int64_t{g.services[i].fenced}; });
    each("refused" + of, [&](const Gauges& g) { return g.services[i].refused; });
    for (const Side side : {Side::source, Side::target})
      each(carried_series(world.services[i].name, side), [&](const Gauges& g) {
        return static_cast<std::int64_t>(g.services[i].carried[index(side)]);
      });
    each("copied" + of, [&](const Gauges& g) { return g.services[i].copied_ppm; });
    each("on_target" + of, [&](const Gauges& g) { return g.services[i].on_target_ppm; });
  }
}

void of_links(const Record& record, const char* life, std::vector<Series>& all) {
  const std::vector<std::string> links = link_words();
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto each = [&](const std::string& name, auto read) {
      std::vector<std::pair<Micros, std::int64_t>> points;
      for (const Gauges& gauges : record.gauges)
        points.emplace_back(gauges.at, read(gauges.links[i]));
      const std::int64_t still = points.empty() ? 0 : points.front().second;
      add(all, name, life, std::move(points), still);
    };
    each("cut(" + links[i] + ", there)", [](const LinkState& l) { return std::int64_t{l.cut[0]}; });
    each("cut(" + links[i] + ", back)", [](const LinkState& l) { return std::int64_t{l.cut[1]}; });
    each("delay(" + links[i] + ")", [](const LinkState& l) { return l.delay.us; });
    each("loss(" + links[i] + ")", [](const LinkState& l) { return l.loss_ppm; });
  }
}

// Replies that failed, page by page.
void of_failures(const World& world, const Record& record, const char* life, Micros length,
                 std::vector<Series>& all) {
  std::map<std::int16_t, std::map<std::int64_t, std::int64_t>> counts;
  for (const Visit& visit : record.visits)
    if (!visit.audit && failed(visit)) ++counts[visit.page][visit.intended_us / length.us];
  for (const auto& [page, windows] : counts) {
    std::vector<std::pair<Micros, std::int64_t>> points;
    for (const auto& [number, count] : windows) {
      // Zeros around it, so that a curve comes down again.
      if (number > 0 && (points.empty() || points.back().first < length * (number - 1)))
        points.emplace_back(length * (number - 1), 0);
      points.emplace_back(length * number, count);
      if (!windows.count(number + 1)) points.emplace_back(length * (number + 1), 0);
    }
    add(all, "failures(" + world.pages[static_cast<std::size_t>(page)].name + ")", life,
        std::move(points));
  }
}

void of_pages(const Record& record, const char* life, Micros length, std::vector<Series>& all) {
  std::vector<Period> windows;
  for (const Visit& visit : record.visits) {
    if (visit.audit) continue;
    const auto number = static_cast<std::size_t>(visit.intended_us / length.us);
    if (number >= windows.size()) windows.resize(number + 1);
    Period& window = windows[number];
    ++window.pages;
    window.failed += failed(visit) ? 1 : 0;
    window.on_target += visit.on_target ? 1 : 0;
    window.arrivals += visit.visit == 0 ? 1 : 0;
    window.latency.add({visit.latency_us});
  }
  const auto each = [&](const char* name, auto read) {
    std::vector<std::pair<Micros, std::int64_t>> points;
    for (std::size_t i = 0; i < windows.size(); ++i)
      points.emplace_back(length * static_cast<std::int64_t>(i), read(windows[i]));
    add(all, name, life, std::move(points));
  };
  each("arrivals", [](const Period& w) { return w.arrivals; });
  each("pages", [](const Period& w) { return w.pages; });
  each("pages(target)", [](const Period& w) { return w.on_target; });
  each("failures", [](const Period& w) { return w.failed; });
  each("p50(edge)", [](const Period& w) { return w.latency.percentile(500'000).us; });
  each("p99(edge)", [](const Period& w) { return w.latency.percentile(990'000).us; });
}

using Points = std::vector<std::pair<Micros, std::int64_t>>;

// How many there were by each of these instants.
void add_counts(std::vector<Series>& all, const std::string& name, std::vector<Micros> at) {
  std::sort(at.begin(), at.end());
  Points points;
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (points.empty() || points.back().first != at[i]) points.emplace_back(at[i], 0);
    points.back().second = static_cast<std::int64_t>(i) + 1;
  }
  add(all, name, "rehearsed", std::move(points));
}

// The reply of the page that began or went on at her instant.
std::vector<Micros> replies_at(const Record& rehearsed, const std::vector<Micros>& instants) {
  std::vector<Micros> replies = instants, began(instants.size(), Micros{-1});
  for (const Visit& visit : rehearsed.visits) {
    if (visit.intent >= instants.size()) continue;
    const Micros from{visit.intended_us}, replied{visit.intended_us + visit.latency_us};
    const Micros at = instants[visit.intent];
    if (at == kNever || from > at || replied < at || from < began[visit.intent]) continue;
    began[visit.intent] = from;
    replies[visit.intent] = replied;
  }
  return replies;
}

void of_shoppers(const ReportInput& input, std::vector<Series>& all) {
  const Comparison& comparison = input.result.comparison;
  std::vector<Micros> noticed, exposed;
  for (const auto& [intent, at] : known_instants(input.result)) noticed.push_back(at);
  for (const Micros at : replies_at(input.result.rehearsed, comparison.exposed_at))
    if (at != kNever) exposed.push_back(at);
  add_counts(all, "noticed", std::move(noticed));
  add_counts(all, "exposed", std::move(exposed));
  for (const auto& [name, marks] : {std::pair{"annoyed", &comparison.annoyances},
                                    {"empty-handed", &comparison.empties},
                                    {"harmed", &comparison.harms}}) {
    std::vector<Micros> at;
    for (const Mark& mark : *marks) at.push_back(mark.at);
    add_counts(all, name, std::move(at));
  }
}

void of_harms(const ReportInput& input, std::vector<Series>& all) {
  HarmCount count(input.world);
  Points lost, charged;
  for (const AnomalyCase& found : input.result.rehearsed.cases) {
    count.add(found);
    const Harmed& so_far = count.so_far();
    for (const auto& [points, value] :
         {std::pair{&lost, so_far.lost_or_doubled}, std::pair{&charged, so_far.charged_wrongly}}) {
      if (points->empty() || points->back().first != found.at) points->emplace_back(found.at, 0);
      points->back().second = value;
    }
  }
  add(all, "lost or doubled", "rehearsed", std::move(lost));
  add(all, "charged wrongly", "rehearsed", std::move(charged));
}

}  // namespace

std::string carried_series(const std::string& service, Side from) {
  return "carried(" + service + (from == Side::source ? ", there)" : ", back)");
}

// What differs is known when both lives have answered.
std::map<std::uint32_t, Micros> known_instants(const RehearsalResult& result) {
  std::map<std::uint32_t, Micros> known;
  std::map<std::uint32_t, const Noticer*> noticers;
  for (const Noticer& noticer : result.comparison.noticers) {
    known[noticer.intent] = noticer.replied;
    const bool of_message =
        noticer.difference == Difference::message || noticer.difference == Difference::no_message;
    if (!of_message) noticers[noticer.intent] = &noticer;
  }
  for (const Visit& visit : result.control.visits) {
    const auto found = noticers.find(visit.intent);
    if (found == noticers.end() || found->second->visit != visit.visit) continue;
    Micros& at = known[visit.intent];
    at = std::max(at, Micros{visit.intended_us + visit.latency_us});
  }
  return known;
}

std::vector<Series> series_of(const ReportInput& input) {
  std::vector<Series> all;
  const Micros length = std::max(seconds(10), input.result.rehearsed.gauges_every);
  for (const auto& [life, record] :
       {std::pair{"control", &input.result.control}, {"rehearsed", &input.result.rehearsed}}) {
    of_dials(input.world, *record, life, all);
    of_links(*record, life, all);
    of_pages(*record, life, length, all);
    of_failures(input.world, *record, life, length, all);
  }
  of_shoppers(input, all);
  of_harms(input, all);
  std::vector<std::pair<Micros, std::int64_t>> compliance;
  for (const ComplianceSample& sample : input.result.rehearsed.compliance)
    compliance.emplace_back(sample.at, sample.total_ppm);
  add(all, "compliance", "rehearsed", std::move(compliance));
  return all;
}

}  // namespace pindah
