#include "runfile/series.h"

#include <algorithm>
#include <map>

#include "base/histogram.h"
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

}  // namespace

std::vector<Series> series_of(const ReportInput& input) {
  std::vector<Series> all;
  const auto& dials = input.result.rehearsed.gauges;
  const Micros length = dials.size() < 2 ? seconds(10) : dials[1].at - dials[0].at;
  for (const auto& [life, record] :
       {std::pair{"control", &input.result.control}, {"rehearsed", &input.result.rehearsed}}) {
    of_dials(input.world, *record, life, all);
    of_links(*record, life, all);
    of_pages(*record, life, length, all);
    of_failures(input.world, *record, life, length, all);
  }
  std::vector<std::pair<Micros, std::int64_t>> noticed;
  for (const Noticer& noticer : input.result.comparison.noticers)
    noticed.emplace_back(noticer.replied, 0);
  std::sort(noticed.begin(), noticed.end());
  std::vector<std::pair<Micros, std::int64_t>> so_far;
  for (std::size_t i = 0; i < noticed.size(); ++i) {
    const auto count = static_cast<std::int64_t>(i) + 1;
    if (!so_far.empty() && so_far.back().first == noticed[i].first)
      so_far.back().second = count;
    else
      so_far.emplace_back(noticed[i].first, count);
  }
  add(all, "noticed", "rehearsed", std::move(so_far));
  std::vector<std::pair<Micros, std::int64_t>> compliance;
  for (const ComplianceSample& sample : input.result.rehearsed.compliance)
    compliance.emplace_back(sample.at, sample.total_ppm);
  add(all, "compliance", "rehearsed", std::move(compliance));
  return all;
}

}  // namespace pindah
