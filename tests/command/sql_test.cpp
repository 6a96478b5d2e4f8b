// Looking into a platform's database at an instant of either life.
#include <catch2/catch.hpp>

#include "tests/command/program.h"

namespace pindah::test {
namespace {

using Catch::Matchers::Contains;

const std::string kMoved =
    "pindah: 1\ntitle: t\nworld: data/library\nseed: 3\nstarts: 2024-03-01 12:00 +07:00\n"
    "length: 6m\nsettle: 2m\nscale: { readers: 60, books: 40, past_loans: 50 }\nmin_exposure: 1\n"
    "mix: readers\ntraffic:\n  - { at: 0m, hold: 1/s }\n"
    "plan:\n  - { at: 30s, capture: loans }\n  - { at: 40s, apply: loans }\n"
    "  - { at: 1m, copy: loans, speed: 5000 rows/s }\n"
    "  - { at: 3m, cutover: loans, reverse: true }\n"
    "budget: { readers who noticed: noticed <= 5% }\n";

struct Night {
  Night() { folder.write("a.yaml", kMoved); }
  Ended sql(const std::string& rest) const {
    return run_shell("\"$PINDAH\" sql a.yaml " + rest, folder.path());
  }
  Folder folder;
};

}  // namespace

TEST_CASE("A table is what it is at the instant, on the side and in the life that are asked for") {
  const Night night;
  const auto count = [&](const std::string& flags) {
    const Ended ended = night.sql(flags + " --json \"SELECT count(*) AS n FROM lending\"");
    CHECK(ended.err == "");
    CHECK(ended.code == 0);
    const std::size_t at = ended.out.find(':');
    REQUIRE(at != std::string::npos);
    return std::stoi(ended.out.substr(at + 1));
  };
  const int before = count("--side target --at 20s");
  const int copied = count("--side target --at 00:02");
  const int later = count("--side target --at 5m");
  CHECK(copied > before);
  CHECK(later > copied);
  CHECK(count("--side target --at 20s --life control") == before);
  CHECK(count("--side target --at 5m --life control") < copied);
  CHECK(count("--side Rak --at 5m") == later);
  CHECK(count("--side target --at 00:05:00.0") == later);
  CHECK(count("--side target") >= later);
}

TEST_CASE("What is found is a table, with what is missing and what does not fit told as that") {
  const Night night;
  const Ended ended =
      night.sql("--side source --at 1m \"SELECT 1 AS one, NULL AS none, x'00ff' AS b\"");
  CHECK(ended.code == 0);
  CHECK(ended.out == "one  none  b\n1    NULL  x'00ff'\n");
  CHECK(night.sql("--side source --at 1m \"SELECT 1 WHERE 0\"").out == "1\nno rows\n");
  const Ended many = night.sql(
      "--side source --at 1m \"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 600) SELECT i FROM n\"");
  CHECK_THAT(many.out, Contains("\n500\nand 100 rows more\n"));
  CHECK_THAT(night.sql("--side source --at 1m \"SELECT now() AS t\"").out, Contains("t\n"));
  // A text cannot give the terminal a command.
  CHECK(night.sql("--side source --at 1m \"SELECT char(27) || '[31m' AS t\"").out.find('\x1b') ==
        std::string::npos);
}

TEST_CASE("Statements come from standard input as well, until one is wrong") {
  const Night night;
  const Ended two = run_shell(
      "printf 'SELECT 1 AS a;\\nSELECT\\n 2 AS b' | \"$PINDAH\" sql a.yaml --side source --at 1m",
      night.folder.path());
  CHECK(two.out == "a\n1\nb\n2\n");
  CHECK(two.code == 0);
  const Ended wrong = run_shell(
      "printf 'SELECT 1 AS a;\\nSELECT 2 AS ;\\nSELECT 3 AS c;\\n' | \"$PINDAH\" sql a.yaml "
      "--side source --at 1m",
      night.folder.path());
  CHECK(wrong.out == "a\n1\n");
  CHECK(wrong.code == 2);
}

TEST_CASE("Nothing is changed by looking, and mistakes are told with their place") {
  const Night night;
  for (const char* change : {"DELETE FROM lending", "VACUUM INTO 'stolen'", "ATTACH 'x' AS y",
                             "CREATE TABLE t (a)", "BEGIN; COMMIT; DROP TABLE lending"}) {
    const Ended ended = night.sql(std::string("--side target --at 1m \"") + change + "\"");
    INFO(change);
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, Contains("SQL:1:"));
    CHECK(run_shell("ls", night.folder.path()).out.find("stolen") == std::string::npos);
  }
  const Ended wrong = night.sql("--side target --at 1m \"SELECT 1;\nSELECT nowhere FROM lending\"");
  CHECK(wrong.code == 2);
  CHECK_THAT(wrong.out, Contains("1\n1\n"));
  CHECK_THAT(wrong.err, Contains("SQL:2:8") && Contains("no such column: nowhere"));
  for (const auto& [flags, says] : std::vector<std::pair<std::string, std::string>>{
           {"--side left \"SELECT 1\"", "there is no side `left`"},
           {"--side source --at noon \"SELECT 1\"", "`noon` is not an instant"},
           {"--side source --at 99h \"SELECT 1\"", "the lives are over at"},
           {"--side source --life other \"SELECT 1\"", "other"}}) {
    const Ended ended = night.sql(flags);
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, Contains(says));
  }
}

TEST_CASE("A statement without an end is ended by the limit of time") {
  const Night night;
  const Ended ended = night.sql(
      "--side source --at 1m --time-limit 3s \"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
      "i + 1 FROM n) SELECT count(*) FROM n\"");
  CHECK(ended.code == 124);
}

}  // namespace pindah::test
