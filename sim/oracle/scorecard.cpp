#include "oracle/scorecard.h"

#include <algorithm>

namespace pindah {
namespace {

constexpr std::int64_t kHundred = 100;

// A rule's query gives one row of two integers.
std::pair<std::int64_t, std::int64_t> met_of(BoundStatement& query, const SqlText& text,
                                             std::int64_t epoch_us) {
  const Value now{epoch_us};
  if (const int number = query.parameter("now"); number > 0) query.statement.bind(number, now);
  try {
    std::pair<std::int64_t, std::int64_t> found{};
    if (query.statement.step())
      found = {integer_or(query.statement.column(0), 0), integer_or(query.statement.column(1), 0)};
    query.statement.reset();
    return found;
  } catch (const SqlFailure& failure) {
    throw WorldFault({place_in(text, failure.offset), failure.what(), {}, {}, {}});
  }
}

}  // namespace

Scorecard::Scorecard(const World& world, const Constants& constants,
                     const PerSide<Database*>& databases)
    : compliance_(*world.compliance) {
  for (const ComplianceRule& rule : compliance_.rules) {
    auto& queries = queries_.emplace_back();
    for (const Side side : {Side::source, Side::target})
      if (const auto& sql = rule.sql[index(side)])
        queries[index(side)] = prepare(*databases[index(side)], *sql, world, constants);
  }
}

std::int64_t Scorecard::queried(std::size_t rule, std::int64_t epoch_us) {
  std::int64_t met = 0, of = 0;
  for (const Side side : {Side::source, Side::target}) {
    const auto& sql = compliance_.rules[rule].sql[index(side)];
    if (!sql) continue;
    const auto [more, all] = met_of(queries_[rule][index(side)], *sql, epoch_us);
    met += more;
    of += all;
  }
  return of <= 0 ? 0 : std::clamp<std::int64_t>(met * kWhole / of, 0, kWhole);
}

ComplianceSample Scorecard::look(Micros now, std::int64_t epoch_us, const Routing& routing) {
  ComplianceSample sample{now, 0, {}};
  for (std::size_t r = 0; r < compliance_.rules.size(); ++r) {
    const ComplianceRule& rule = compliance_.rules[r];
    std::int64_t met = kWhole;
    if (rule.owner >= 0 && routing.owners[static_cast<std::size_t>(rule.owner)] != Side::target)
      met = 0;
    if (!rule.front.empty() && routing.front != rule.front) met = 0;
    const bool asks = met > 0 && (rule.sql[0] || rule.sql[1]);
    if (asks) met = queried(r, epoch_us);
    sample.met_ppm.push_back(met);
    sample.total_ppm += met * rule.weight / kHundred;
  }
  return sample;
}

}  // namespace pindah
