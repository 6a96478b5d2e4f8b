#include "world/populate.h"

#include <catch2/catch.hpp>

#include "base/digest.h"
#include "tests/world/broken_world.h"
#include "world/load.h"
#include "world/prepare.h"

namespace pindah {
namespace {

World library() {
  Problems problems;
  auto world = load_world(PINDAH_SOURCE_DIR "/tests/worlds/library", problems);
  INFO(problems.text());
  REQUIRE(world);
  return *world;
}

PerSide<std::uint64_t> hashes(const World& world, const Constants& constants, std::uint64_t seed,
                              std::int64_t start_us, int threads) {
  const Populated populated = populate(world, constants, seed, start_us, threads);
  return {hash64(populated.databases[0].image()), hash64(populated.databases[1].image())};
}

std::int64_t count(const Database& db, const std::string& table) {
  Statement statement(db, "SELECT count(*) FROM " + table);
  statement.step();
  return statement.integer(0);
}

// What is wrong with a world that loads and cannot be filled.
Problem fault_of(const BrokenWorld& broken) {
  Problems problems;
  const auto world = load_world(broken.folder(), problems);
  INFO(problems.text());
  REQUIRE(world);
  try {
    populate(*world, constants_of(*world), 1, kStart, 2);
  } catch (const WorldFault& fault) {
    return fault.problem;
  }
  FAIL("it was populated");
  return {};
}

}  // namespace

TEST_CASE("The same seed fills the same databases, on one thread or two") {
  const World world = library();
  const Constants constants = constants_of(world);
  const auto first = hashes(world, constants, 1, kStart, 1);
  CHECK(first == hashes(world, constants, 1, kStart, 2));
  CHECK(first[0] != hashes(world, constants, 2, kStart, 1)[0]);
  CHECK(first[0] != hashes(world, constants, 1, kStart + 3'600'000'000, 1)[0]);
}

TEST_CASE("A scenario's scale decides how much there is") {
  const World world = library();
  const Populated small = populate(world, constants_of(world, {{"readers", 7}}), 1, kStart, 1);
  CHECK(count(small.databases[0], "reader") == 7);
  CHECK(count(small.databases[0], "book") == 200);
  CHECK(count(small.databases[1], "member") == 3);
}

TEST_CASE("Settings and scale become constants, a scenario's own first") {
  const World world = library();
  const Constants constants = constants_of(world, {{"books", 5}}, {{"unpaid_for", Micros{12}}});
  CHECK(constants.at("books") == 5);
  CHECK(constants.at("readers") == 300);
  CHECK(constants.at("unpaid_for") == 12);
  CHECK(constants.at("hand_out_after") == minutes(5).us);
}

TEST_CASE("A statement that fails while populating throws with its place") {
  const BrokenWorld broken;
  broken.replace("pustaka/populate.sql", "VALUES ('b1', 'Central')",
                 "VALUES ('b1', 'Central'), ('b1', 'Central')");
  const Problem fault = fault_of(broken);
  CHECK(fault.place.file == broken.folder() + "/pustaka/populate.sql");
  CHECK(fault.place.line == 7);
  CHECK(fault.what == "UNIQUE constraint failed: branch.id");
}

TEST_CASE("A row without its parent is told when all is filled, in whatever order") {
  const BrokenWorld broken;
  const std::string file = "pustaka/populate.sql";
  broken.write(file, broken.read(file) + "INSERT INTO loan_item VALUES ('nobody''s', 1, 'b1');\n");
  const Problem fault = fault_of(broken);
  CHECK(fault.place.file == broken.folder() + "/pustaka/populate.sql");
  CHECK(fault.what == "a row of `loan_item` has no `loan` when all is filled");
}

TEST_CASE("A prepared statement knows its slots, constants and names") {
  const World world = library();
  const Constants constants = constants_of(world);
  const Populated populated = populate(world, constants, 1, kStart, 1);
  SqlContext context{Draws(1), IdStyle::snowflake, kStart, {}};
  Database db;
  add_functions(db, context);
  db.copy_from(populated.databases[0]);
  const SqlText text{{"x.sql", 3, 5}, "SELECT :hand_out_after, :idem, :_key"};
  BoundStatement bound = prepare(db, text, world, constants);
  REQUIRE(bound.parameters.size() == 3);
  CHECK(bound.parameters[0].is_constant);
  CHECK(bound.parameters[1].slot == world.slot_idem);
  CHECK(bound.parameters[2].slot == -1);
  CHECK(bound.parameter("_key") == 3);
  bound.statement.bind(2, Value{std::int64_t{9}});
  for (int again = 0; again < 2; ++again) {  // constants outlive a reset
    REQUIRE(bound.statement.step());
    CHECK(bound.statement.integer(0) == minutes(5).us);
    CHECK(bound.statement.integer(1) == 9);
    bound.statement.reset();
  }
  try {
    prepare(db, {{"x.sql", 3, 5}, "SELECT 1,\n nonsense"}, world, constants);
    FAIL("it was prepared");
  } catch (const WorldFault& fault) {
    CHECK(fault.problem.place.line == 4);
    CHECK(fault.problem.place.column == 2);
  }
}

}  // namespace pindah
