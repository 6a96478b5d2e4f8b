// What a world says once: views, constants, a platform's clock, rows that are another page's.
#include "tests/world/broken_world.h"
#include "world/prepare.h"

namespace pindah {
namespace {

std::string told_by(const BrokenWorld& world) {
  std::string all;
  const Problems problems = world.problems();
  for (const Problem& p : problems.list()) {
    all += p.place.file.substr(world.folder().size() + 1) + ":" + std::to_string(p.place.line) +
           ":" + std::to_string(p.place.column) + ": " + p.what + "\n";
  }
  return all;
}

// A view on Pustaka, read by the call that lists a reader's loans.
void read_view(const BrokenWorld& world, const std::string& view) {
  world.replace("pustaka/schema.sql", "CREATE TABLE loan_item",
                "CREATE VIEW seen AS " + view + ";\nCREATE TABLE loan_item");
  world.write(
      "pustaka/calls/loans/mine.sql",
      "-- Mine.\nSELECT json_group_array(idem) AS loans FROM seen WHERE reader = :buyer;\n");
}

std::optional<World> loaded(const BrokenWorld& world) {
  Problems problems;
  auto read = load_world(world.folder(), problems);
  INFO(problems.text());
  REQUIRE(read);
  return read;
}

}  // namespace

TEST_CASE("A call may read a view of its own service's tables, and of no other's") {
  const BrokenWorld own;
  read_view(own, "SELECT idem_key AS idem, reader_id AS reader FROM loan");
  CHECK(told_by(own) == "");
  const BrokenWorld foreign;
  read_view(foreign,
            "SELECT f.idem_key AS idem, l.reader_id AS reader FROM loan l"
            " JOIN fee f ON f.loan_id = l.id");
  CHECK(told_by(foreign) == "pustaka/calls/loans/mine.sql:2:1: `fee` belongs to service fees\n");
}

TEST_CASE("A move's scan is told wherever it hides: in a view, and in a view of a view") {
  const std::string move = "moves/backward/20-loans.sql";
  const auto told_of = [&](const std::string& views) {
    const BrokenWorld world;
    world.replace("pustaka/schema.sql", "CREATE TABLE loan_item",
                  views + ";\nCREATE TABLE loan_item");
    world.replace(move, "SELECT rak_no AS _key FROM loan WHERE rak_no BETWEEN",
                  "SELECT rak_no AS _key FROM seen WHERE rak_no BETWEEN");
    const std::string place = world.place_of(move, "SELECT rak_no AS _key FROM seen");
    return std::pair(told_by(world),
                     move + ":" + place + ": the plan scans the whole table `loan`\n");
  };
  const auto plain = told_of("CREATE VIEW seen AS SELECT x.rak_no FROM loan x");
  CHECK(plain.first == "");
  for (const char* views : {"CREATE VIEW seen AS SELECT x.rak_no + 0 AS rak_no FROM loan x",
                            "CREATE VIEW deep AS SELECT x.rak_no + 0 AS rak_no FROM loan x;\n"
                            "CREATE VIEW seen AS SELECT d.rak_no FROM deep d"}) {
    INFO(views);
    const auto [told, expected] = told_of(views);
    CHECK(told == expected);
  }
}

TEST_CASE("Truth reads tables, not what calls and moves make of them") {
  const BrokenWorld world;
  world.replace("truth/target/loan.sql", "FROM lending", "FROM lending_seen");
  CHECK(told_by(world) ==
        "truth/target/loan.sql:" + world.place_of("truth/target/loan.sql", "lending_seen") +
            ": truth reads the view `lending_seen`\n");
}

TEST_CASE("A constant is a whole number that every statement may read") {
  const BrokenWorld world;
  world.replace("world.yaml", "scale: {",
                "constants: { moved_in: 3000000000000000, before: -7 }\nscale: {");
  world.replace("pustaka/calls/loans/mine.sql", "reader_id = :buyer",
                "reader_id = :buyer AND idem_key > :before");
  const auto read = loaded(world);
  CHECK(read->constants.at("moved_in") == 3'000'000'000'000'000);
  CHECK(constants_of(*read).at("before") == -7);
  // It is no scale: a scenario has no say in it.
  CHECK(read->scale.count("before") == 0);
  struct Case {
    const char *constants, *told;
  };
  for (const Case& c : {Case{"books: 1", "`books` is a setting or a scale already"},
                        Case{"unpaid_for: 1", "`unpaid_for` is a setting or a scale already"},
                        Case{"item: 1", "`item` is a constant and a slot"},
                        Case{"half: 0.5", "`half`"}, Case{"2nd: 2", "`2nd` is not a name"}}) {
    const BrokenWorld wrong;
    wrong.replace("world.yaml",
                  "pools:", std::string("constants: { ") + c.constants + " }\npools:");
    INFO(c.constants);
    CHECK(told_by(wrong).find(c.told) != std::string::npos);
  }
}

TEST_CASE("A platform's clock is so many hours from UTC") {
  const BrokenWorld world;
  const std::string rak = "ids: integer";
  world.replace("world.yaml", rak, rak + ", time_zone: +07:00");
  const auto read = loaded(world);
  CHECK(read->platforms[0].east_s == 0);
  CHECK(read->platforms[1].east_s == 25'200);
  for (const char* zone : {"7h", "+7:00", "07:00", "+07:60", "+14:01", "[]"}) {
    const BrokenWorld wrong;
    wrong.replace("world.yaml", rak, rak + ", time_zone: " + zone);
    INFO(zone);
    CHECK(told_by(wrong).find("is not a time zone") != std::string::npos);
  }
  const BrokenWorld west;
  west.replace("world.yaml", rak, rak + ", time_zone: -03:30");
  CHECK(loaded(west)->platforms[1].east_s == -12'600);
}

TEST_CASE("A page may lead on as another page does") {
  const BrokenWorld world;
  const std::string row = "add: { checkout: .40, shelf: .10, book: .30, exit: .20 }";
  world.replace("shoppers.yaml", row, "add: shelf");
  const auto read = loaded(world);
  const Persona& reader = read->personas[0];
  const auto& add = reader.rows[static_cast<std::size_t>(read->page("add"))];
  const auto& shelf = reader.rows[static_cast<std::size_t>(read->page("shelf"))];
  REQUIRE(add.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(add[i].to == shelf[i].to);
    CHECK(add[i].ppm == shelf[i].ppm);
  }
  struct Case {
    const char *row, *told;
  };
  for (const Case& c : {Case{"add: shelv", "there is no page `shelv`"},
                        Case{"add: counter", "persona reader has no row of its own for `counter`"},
                        Case{"add: add", "persona reader has no row of its own for `add`"}}) {
    const BrokenWorld wrong;
    wrong.replace("shoppers.yaml", row, c.row);
    INFO(c.row);
    CHECK(told_by(wrong).find(c.told) != std::string::npos);
  }
  const BrokenWorld chain;
  chain.replace("shoppers.yaml", row, "add: shelf");
  chain.replace("shoppers.yaml", "shelf: { checkout: .50, book: .20, exit: .30 }", "shelf: book");
  CHECK(told_by(chain).find("no row of its own for `shelf`") != std::string::npos);
}

}  // namespace pindah
