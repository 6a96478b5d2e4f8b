#include "world/limits.h"

#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "rehearsal/rehearsal.h"
#include "tests/world/broken_world.h"

namespace pindah {
namespace {

// `text` for each number from the first to the last, each "#" in it replaced by the number.
std::string many(std::int64_t first, std::int64_t last, const std::string& text) {
  std::string all;
  for (std::int64_t i = first; i <= last; ++i) {
    std::string one = text;
    for (std::size_t at = one.find('#'); at != std::string::npos; at = one.find('#', at))
      one.replace(at, 1, std::to_string(i));
    all += one;
  }
  return all;
}

using Grow = std::function<void(const BrokenWorld&, std::int64_t count)>;

// A limit, how a library gets exactly `count` of what it limits, and what stands where the reader
// says that one is too many ("#": its number; "": in the file as a whole).
struct Bound {
  Limit limit;
  const char* file;
  const char* at;
  Grow grow;
};

// Lines before a mark, or at the end of the file; the library `has` some of them already.
Grow lines(const char* file, std::int64_t has, const char* before, const char* each) {
  return [=](const BrokenWorld& world, std::int64_t count) {
    const std::string all = many(has + 1, count, each);
    if (before[0] == '\0')
      world.write(file, world.read(file) + all);
    else
      world.replace(file, before, all + before);
  };
}

// A list of the same in place of another list.
Grow list(const char* file, const char* instead_of, const char* item) {
  return [=](const BrokenWorld& world, std::int64_t count) {
    const std::string others = many(2, count, std::string(", ") + item);
    world.replace(file, instead_of, std::string("[") + item + others + "]");
  };
}

void add_promises(const BrokenWorld& world, std::int64_t count) {
  const std::string shelf = R"(  shelf#: { service: shelf, made_by: shelf.add, belongs_to: buyer,
    key: item, must_show: { shelf: lines }, ends_with: [shelf.clear] }
)";
  const std::string loan = R"(  loan#: { service: loans, made_by: loans.place, token: loan_token,
    belongs_to: buyer, status: status, ranks: [waiting, paid, lent, cancelled], fixed: [total],
    opened_by: loan }
)";
  world.replace("promises.yaml",
                "tokens:", many(3, count - 1, shelf) + many(count, count, loan) + "tokens:");
  for (const std::string side : {"source", "target"}) {
    const auto copy = [&](const std::string& from, const std::string& to) {
      const std::string folder = "truth/" + side + "/";
      world.write(folder + to + ".sql", world.read(folder + from + ".sql"));
    };
    for (std::int64_t i = 3; i < count; ++i) copy("shelf_item", "shelf" + std::to_string(i));
    copy("loan", "loan" + std::to_string(count));
  }
}

void add_tables(const BrokenWorld& world, std::int64_t count) {
  const std::string schema = "pustaka/schema.sql";
  world.write(schema, world.read(schema) +
                          many(13, count, "CREATE TABLE more# (id INTEGER PRIMARY KEY) STRICT;\n"));
  world.replace("world.yaml", "[reader, branch", "[reader, branch" + many(13, count, ", more#"));
}

void set_options(const BrokenWorld& world, std::int64_t count) {
  const std::string rest = std::to_string(1000 - (count - 1));
  world.replace("shoppers.yaml", "choices:\n",
                "choices:\n  colour: { " + many(1, count - 1, "c#: .001, ") +
                    many(count, count, "c#: .") + rest + " }\n");
  world.replace("world.yaml", "  home: { calls", "  home: { draw: { colour: colour }, calls");
}

void set_session(const BrokenWorld& world, std::int64_t count) {
  world.replace("shoppers.yaml", "longest_session: 60",
                "longest_session: " + std::to_string(count));
}

const std::vector<Bound>& bounds() {
  static const std::vector<Bound> kAll{
      {limit::kServices, "world.yaml",
       "s#:", lines("world.yaml", 5, "pools:\n", "  s#: { source: [], target: [] }\n")},
      {limit::kTables, "pustaka/schema.sql", "", add_tables},
      {limit::kPages, "world.yaml",
       "p#:", lines("world.yaml", 13, "ignore:", "  p#: { calls: [catalogue.front] }\n")},
      {limit::kSteps, "world.yaml", "shelf.show] }\n  checkout",
       list("world.yaml", "[shelf.show]", "shelf.show")},
      {limit::kPartitions, "world.yaml",
       "part#:", lines("world.yaml", 0, "  # partitions", "  part#: item\n")},
      {limit::kPersonas, "shoppers.yaml", "who#:",
       lines("shoppers.yaml", 2, "", "  who#: { entry: { home: 1 }, home: { exit: 1 } }\n")},
      {limit::kOptions, "shoppers.yaml", "c#:", set_options},
      {limit::kRetries, "shoppers.yaml", "1s] }", list("shoppers.yaml", "[1s, 3s]", "1s")},
      {limit::kSession, "shoppers.yaml", "#", set_session},
      {limit::kPromises, "promises.yaml", "loan#:", add_promises},
      {limit::kLedgers, "actors.yaml", "bank#:",
       lines("actors.yaml", 1, "jobs:\n",
             "  bank#: { service: fees, calls: {}, ref: fee_token, methods: { any: { answers: "
             "never } } }\n")},
      {limit::kCallbackRetries, "actors.yaml", "1s]\n",
       list("actors.yaml", "[30s, 2m, 10m]", "1s")},
      {limit::kJobs, "actors.yaml", "job#:",
       lines("actors.yaml", 3,
             "settings:", "  job#: { every: 30s, list: loans.overdue, each: expire }\n")}};
  return kAll;
}

// The library, with a place for partitions.
void prepare_to_grow(const BrokenWorld& world) {
  world.replace("world.yaml", "pages:\n", "partitions:\n  # partitions\npages:\n");
}

// Somebody who goes round from a book to her shelf and to the checkout until a session may last no
// longer, and pays each time.
void add_walker(const BrokenWorld& world) {
  world.replace("shoppers.yaml", "personas:\n",
                "personas:\n  walker: { entry: { book: 1 }, think: { mean: 1ms, cap: 1ms, least: "
                "1ms }, book: { add: 1 }, add: { checkout: 1 }, checkout: { book: 1 } }\n");
  world.replace("shoppers.yaml", "mixes:\n", "mixes:\n  walkers: { walker: 1 }\n");
  world.replace("shoppers.yaml", "over: 800ms", "over: 400ms");
}

ScenarioAndWorld walked(const BrokenWorld& world) {
  const std::string file = world.folder() + ".yaml";
  std::ofstream(file) << "pindah: 1\ntitle: At every limit\nworld: " +
                             std::filesystem::path(world.folder()).filename().string() +
                             "\nstarts: 2024-03-01 12:00 +07:00\nlength: 5m\nsettle: 20m\n"
                             "mix: walkers\nscale: { books: 2000 }\n"
                             "traffic:\n  - { at: 0m, hold: 0.1/s, until: 40s }\nplan: []\n"
                             "budget:\n  nobody loses a loan: lost_loans == 0\n";
  Problems problems;
  auto input = read_scenario(file, {}, problems);
  std::filesystem::remove(file);
  INFO(problems.text());
  REQUIRE(input);
  return std::move(*input);
}

}  // namespace

TEST_CASE("Each limit of a world is told with its place, one above it") {
  for (const Bound& bound : bounds()) {
    const BrokenWorld world;
    const std::int64_t most = bound.limit.most, count = most + 1;
    if (bound.limit.what == limit::kPartitions.what) prepare_to_grow(world);
    bound.grow(world, count);
    const Problems problems = world.problems();
    INFO(bound.limit.what << "\n" << problems.text());
    REQUIRE(problems.list().size() == 1);
    const Problem& told = problems.list()[0];
    if (bound.limit.what == limit::kSession.what) {
      CHECK(told.what == "`longest_session` must be a whole number from 1 to 256, not `257`");
    } else {
      CHECK(told.what == std::to_string(count) + " " + std::string(bound.limit.what));
      CHECK(told.expected == "at most " + std::to_string(most));
    }
    CHECK(told.place.file == world.folder() + "/" + bound.file);
    if (bound.at[0] != '\0')
      CHECK(std::to_string(told.place.line) + ":" + std::to_string(told.place.column) ==
            world.place_of(bound.file, many(count, count, bound.at)));
  }
}

TEST_CASE("Every limit but a list's has a case here") {
  std::set<std::string_view> here{limit::kList.what};
  for (const Bound& bound : bounds()) here.insert(bound.limit.what);
  for (const Limit& limit : kLimits) {
    INFO(limit.what);
    CHECK(here.count(limit.what) == 1);
  }
}

TEST_CASE("A world that is at every limit at once lives, and keeps everybody apart", "[life]") {
  const BrokenWorld world;
  prepare_to_grow(world);
  for (const Bound& bound : bounds())  // the walker is a persona, too
    bound.grow(world, bound.limit.most - (bound.limit.what == limit::kPersonas.what ? 1 : 0));
  add_walker(world);
  const ScenarioAndWorld input = walked(world);
  const RehearsalResult result = rehearse(input, {});
  const Record& life = result.rehearsed;
  CHECK(life.cases.empty());
  CHECK(result.comparison.noticers.empty());
  std::set<std::pair<std::uint32_t, std::uint32_t>> visits;
  std::uint32_t last = 0;
  std::int64_t audits = 0;
  for (const Visit& visit : life.visits) {
    CHECK(visits.emplace(visit.intent, visit.visit).second);
    CHECK(visit.audit == (visit.visit >= kAuditVisit));
    if (!visit.audit) last = std::max<std::uint32_t>(last, visit.visit);
    audits += visit.audit;
  }
  CHECK(last == limit::kSession.most - 1);
  // Of each of the two kinds of loan, each was opened once more, and the shelf looked at.
  CHECK(audits > 2 * 80);
  for (const std::uint8_t kinds : life.holds) CHECK(kinds == 0xff);
}

}  // namespace pindah
