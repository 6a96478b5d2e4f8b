#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/command/program.h"

using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("Every mistake of a scenario is told at once, with its place and a suggestion") {
  const Folder folder;
  const std::string file = folder.write("bad.yaml",
                                        "pindah: 1\n"
                                        "world: library\n"
                                        "lenght: 2m\n"
                                        "settle: 30\n"
                                        "budget:\n"
                                        "  a: lost_lones == 0\n");
  for (const char* command : {"run", "check", "explain"}) {
    const Ended ended = run_program({command, "bad.yaml"}, {}, folder.path());
    INFO(command);
    CHECK(ended.code == 2);
    CHECK(ended.out == "");
    CHECK_THAT(ended.err, Contains("bad.yaml:3:1: unknown key `lenght`"));
    CHECK_THAT(ended.err, Contains("did you mean `length`?"));
    CHECK_THAT(ended.err, Contains("bad.yaml:4:9: "));
    CHECK_THAT(ended.err, Contains("bad.yaml:6:6: ") && Contains("did you mean `lost_loans`?"));
  }
}

TEST_CASE("A file or a world that is not there is an error with its name") {
  const Ended file = run_program({"run", "no-such.yaml"});
  CHECK(file.code == 2);
  CHECK_THAT(file.err, Contains("cannot read `no-such.yaml`"));
  const Folder folder;
  const Ended world = run_program({"run", folder.write("a.yaml", "pindah: 1\nworld: libary\n")});
  CHECK(world.code == 2);
  CHECK_THAT(world.err, Contains("a.yaml:2:8: ") && Contains("did you mean `library`?"));
  CHECK(run_program({"check", folder.path()}).code == 2);
}

TEST_CASE("Checking takes scenarios and worlds, and one bad one decides the exit code") {
  const Folder folder;
  folder.write("good.yaml", small_scenario("  nobody notices: noticed <= 0.1%\n"));
  folder.write("bad.yaml", "pindah: 2\nworld: library\n");
  const Ended good = run_program({"check", "good.yaml", "data/library"}, {}, folder.path());
  CHECK(good.code == 0);
  CHECK_THAT(good.err,
             StartsWith("warning: data/library/pustaka/calls/catalogue/front.sql:2:1: the "
                        "call reads the whole table `book`"));
  CHECK_THAT(good.out, Contains("ok  good.yaml: scenario \"A quiet hour\"") &&
                           Contains("ok  data/library: world \"A public library's lending moves"));
  const Ended both = run_program({"check", "bad.yaml", "good.yaml"}, {}, folder.path());
  CHECK(both.code == 2);
  CHECK_THAT(both.out, Contains("ok  good.yaml"));
  CHECK_THAT(both.err, Contains("bad.yaml:1:9: "));
  const Ended json = run_program({"check", "--json", "bad.yaml"}, {}, folder.path());
  CHECK(json.code == 2);
  CHECK(json.err == "");
  const nlohmann::json list = nlohmann::json::parse(json.out);
  CHECK(list[0]["line"] == 1);
  CHECK(list[0]["column"] == 9);
}

TEST_CASE("A mistake in a world's SQL is told at its place in the file") {
  const Folder folder;
  folder.write("data/library/pustaka/calls/loans/mine.sql", "-- Mine.\nSELECT 1 AS loans FRM x;\n");
  const Ended ended = run_program({"check", "data/library"}, {}, folder.path());
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err, Contains("pustaka/calls/loans/mine.sql:2:"));
}

TEST_CASE("A plan is explained in words, with every default on request") {
  const Ended words = run_program({"explain", "tests/scenarios/lending.yaml"});
  CHECK(words.code == 0);
  CHECK_THAT(words.out, StartsWith("Fees first, then loans, on a busy afternoon\n"));
  CHECK_THAT(words.out, Contains("at 00:02:00\n      capture of loans and fees\n"));
  CHECK_THAT(words.out, Contains("when verified(fees)\n      cutover of fees\n"));
  CHECK_THAT(words.out, Contains("After 2s of freeze"));
  CHECK_THAT(words.out, Contains("Skipped unless verified(loans)."));
  CHECK_THAT(words.out, Contains("nobody pays twice"));
  const Folder folder;
  const Ended yaml = run_program({"explain", "--yaml", "tests/scenarios/lending-nothing.yaml"});
  CHECK(yaml.code == 0);
  CHECK_THAT(yaml.out, Contains("route_refresh: 1s"));
}

TEST_CASE("A world's moves are explained, with the SQL of those that nobody wrote") {
  const Folder folder;
  const auto run = [&](std::vector<std::string> line) {
    return run_program(line, {}, folder.path());
  };
  REQUIRE(run({"new", "world", "data/two-shops"}).code == 0);
  const Ended ended = run({"explain", "data/two-shops"});
  CHECK(ended.code == 0);
  for (const char* line :
       {"The old shop moves to the new shop\n\nMOVES FROM Old Shop TO New Shop\n",
        "  10-orders, of orders, by orders(id)\n"
        "      Orders of the old shop become purchases of the new one.\n",
        "  20-requests, of orders, by orders_request(idem_key): copied as it is\n",
        "      load     INSERT INTO purchase_request (idem_key, home, kind) "
        "VALUES (:_key, 'source', :kind) ON CONFLICT (idem_key) DO UPDATE "
        "SET kind = excluded.kind WHERE home = 'source'\n",
        "MOVES FROM New Shop TO Old Shop\n"})
    CHECK_THAT(ended.out, Contains(line));
  CHECK(run({"explain", "data"}).code == 2);
  const Ended misspelt = run({"explain", "coppy"});
  CHECK(misspelt.code == 2);
  CHECK_THAT(misspelt.err,
             Contains("no such word in a scenario") && Contains("did you mean `copy`?"));
}

TEST_CASE("What `new` writes passes `check`, runs within budget, and is never overwritten") {
  const Folder folder;
  const auto run = [&](std::vector<std::string> line) {
    return run_program(line, {}, folder.path());
  };
  const Ended world = run({"new", "world", "data/two-shops"});
  CHECK(world.code == 0);
  const Ended checked = run({"check", "data/two-shops"});
  CHECK(checked.code == 0);
  CHECK_THAT(checked.out, Contains("4 moves (2 of tables copied as they are)"));
  CHECK(run({"new", "world", "data/two-shops"}).code == 2);
  CHECK(run({"new", "scenario", "plan.yaml", "--world", "two-shops"}).code == 0);
  // The editor's schema that its first line names is there.
  CHECK_THAT(folder.read("plan.yaml"),
             StartsWith("# yaml-language-server: $schema=./scenario.schema.json\n"));
  CHECK(folder.read("scenario.schema.json") == run({"schema"}).out);
  CHECK(run({"check", "plan.yaml"}).code == 0);
  const Ended again = run({"new", "scenario", "plan.yaml", "--world", "two-shops"});
  CHECK(again.code == 2);
  CHECK_THAT(again.err, Contains("plan.yaml exists already"));
  const Ended rehearsed = run({"run", "plan.yaml"});
  INFO(rehearsed.out << rehearsed.err);
  CHECK(rehearsed.code == 0);
  CHECK_THAT(rehearsed.out, Contains("cutover of orders: done"));
  const Ended lost = run({"new", "scenario", "other.yaml", "--world", "three-shops"});
  CHECK(lost.code == 2);
  CHECK_THAT(lost.err, Contains("no world `three-shops`"));
}
