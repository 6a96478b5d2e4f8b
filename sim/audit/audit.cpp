#include "audit/audit.h"

#include <algorithm>

#include "audit/parts.h"
#include "world/populate.h"
#include "world/prepare.h"

namespace pindah::audit {

namespace {

// The start of a scenario that does not say another.
constexpr std::int64_t kStart = 1'704'067'200'000'000;

Sampled sample_of(Stage& stage, const Move& move) {
  Statement count(stage.at(move.from).database(), "SELECT count(DISTINCT " +
                                                      quoted_name(move.root_column) + ") FROM " +
                                                      quoted_name(move.root_table));
  count.step();
  return {move.name, move.from, count.integer(0)};
}

using Part = std::function<void()>;

Constants scale_of(const World& world, const Options& options) {
  Constants scale = world.scale;
  if (!options.all)
    for (auto& [name, most] : scale) most = std::min(most, options.roots);
  return scale;
}

void run_parts(const Bench& bench, const Options& options, const std::vector<Part>& parts) {
  int done = 0;
  for (const Part& part : parts) {
    if (options.progress) options.progress(done++, static_cast<int>(parts.size()));
    if (bench.stopped()) return;
    part();
  }
}

}  // namespace

Report audit(const World& world, const Options& options) {
  const Constants constants = constants_of(world, scale_of(world, options));
  const Populated populated = populate(world, constants, options.seed, kStart, 1, {}, options.stop);
  const Pools pools = read_pools(world, populated);
  const Ground ground{world, constants, options.seed, kStart};
  const PerSide<const Database*> origin{&populated.databases[0], &populated.databases[1]};
  const People people(world, pools, origin);
  const Writes writes(ground);
  Book book(world);
  Report report;
  std::vector<bool> answered(world.calls.size());
  Stage untouched(ground, *origin[0], *origin[1]);
  Bench bench{ground, origin, untouched, pools,    people,
              writes, book,   report,    answered, options.stop};
  Stage stage(ground, *origin[0], *origin[1]);
  std::unique_ptr<Stage> back;
  run_parts(
      bench, options,
      {[&] { load_all(bench, stage, Side::source); },
       [&] {
         back = std::make_unique<Stage>(ground, stage.at(Side::source).database(),
                                        stage.at(Side::target).database());
       },
       [&] { influences(bench, stage, Side::source); },
       [&] { walk(bench, stage, Side::source, options.people); },
       [&] { read_everywhere(bench, stage, Side::source); }, [&] { compare_truths(bench, stage); },
       [&] { round_trips(bench, stage); }, [&] { try_deletes(bench, stage, Side::source); },
       [&] { load_all(bench, *back, Side::target); },
       [&] { walk(bench, *back, Side::target, options.people); },
       [&] { read_everywhere(bench, *back, Side::target); }, [&] { compare_truths(bench, *back); },
       [&] { round_trips(bench, *back); }, [&] { try_deletes(bench, *back, Side::target); }});
  for (std::size_t c = 0; c < world.calls.size(); ++c)
    if (!answered[c] && !bench.stopped()) report.idle.push_back(world.calls[c].name);
  report.interrupted = bench.stopped();
  for (const Move& move : world.moves)
    if (move.from == Side::source) report.sampled.push_back(sample_of(untouched, move));
  report.findings = book.findings(report.unused);
  return report;
}

}  // namespace pindah::audit
