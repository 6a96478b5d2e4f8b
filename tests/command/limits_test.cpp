// What a stranger's file, a full disk, a short night or a small machine may do: the program says so
// in words, and ends with a code that says it too.
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/command/program.h"

using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

struct Small : Folder {
  Small() { write("a.yaml", small_scenario("  nobody notices: noticed <= 0.1%\n")); }
  Ended shell(const std::string& line) const { return run_shell(line, path()); }
  // Files whose names begin so, below the folder's root.
  int left(const std::string& begin) const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path()))
      count += entry.path().filename().string().starts_with(begin) ? 1 : 0;
    return count;
  }
};

}  // namespace

TEST_CASE("A report that cannot be written is refused before anything runs") {
  const Small small;
  for (const char* report : {"no/such/r.json", "data.json"}) {
    std::filesystem::create_directories(small.file("data.json"));
    const Ended ended = small.shell(std::string("\"$PINDAH\" run a.yaml --report ") + report);
    INFO(report);
    CHECK(ended.code == 2);
    CHECK(ended.out == "");
    CHECK_THAT(ended.err, StartsWith("--report: cannot write `"));
  }
  const Ended many = small.shell("\"$PINDAH\" run a.yaml --seeds 1..3 --report r.pindah");
  CHECK(many.code == 2);
  CHECK(many.out == "");
  CHECK_THAT(many.err, Contains("`r.pindah` holds one run, and here are 3"));
  CHECK(small.shell("\"$PINDAH\" compare a.yaml --report no/such/r.csv").code == 2);
}

TEST_CASE("A link beside a report is not followed, and nothing is left beside it") {
  const Small small;
  small.write("victim", "mine");
  std::filesystem::create_symlink("victim", small.file("r.json.partial"));
  std::filesystem::create_symlink("victim", small.file("r.json"));
  CHECK(small.shell("\"$PINDAH\" run a.yaml -q --report r.json").code == 0);
  CHECK(small.read("victim") == "mine");
  CHECK_FALSE(std::filesystem::is_symlink(small.file("r.json")));
  CHECK(small.read("r.json").size() > 100);
  CHECK(small.left(".pindah-") == 0);
}

TEST_CASE("A disk that is full during the run leaves the old report, and shows in the exit code") {
  const Small small;
  small.write("r.json", "old");
  // Files of a few KiB at most, and no signal for more.
  const Ended full = small.shell(
      "trap '' XFSZ; ulimit -f 1; \"$PINDAH\" run a.yaml -q --report "
      "r.json");
  CHECK(full.code == 2);
  CHECK_THAT(full.err, Contains("cannot write the report r.json: File too large"));
  CHECK(small.read("r.json") == "old");
  CHECK(small.left(".pindah-") == 0);
}

TEST_CASE("A pipe that nobody reads is not waited for, and one that is read gets the report") {
  const Small small;
  REQUIRE(mkfifo(small.file("r.json").c_str(), 0600) == 0);
  const Ended nobody = small.shell("timeout 60 \"$PINDAH\" run a.yaml -q --report r.json");
  CHECK(nobody.code == 2);
  CHECK_THAT(nobody.err, Contains("it is a pipe, and nobody reads it"));
  const Ended read = small.shell(
      "cat r.json > copy & \"$PINDAH\" run a.yaml -q --report r.json; "
      "code=$?; wait; exit $code");
  CHECK(read.code == 0);
  CHECK(nlohmann::json::parse(small.read("copy"))["verdict"] == "PASS");
}

TEST_CASE("A scenario is not read from a pipe, which is said at once") {
  const Small small;
  REQUIRE(mkfifo(small.file("p.yaml").c_str(), 0600) == 0);
  for (const char* input : {"p.yaml", "-"}) {
    const Ended ended = small.shell(std::string("timeout 60 \"$PINDAH\" check ") + input);
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, Contains("standard input and pipes are not read"));
  }
}

TEST_CASE("One SIGTERM ends the run also while the databases are filled") {
  const Small small;
  const std::string populate = "data/library/pustaka/populate.sql";
  small.write(
      populate,
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000) "
      "SELECT count(*) FROM n;\n" +
          small.read(populate));
  const Ended ended = small.shell(
      "\"$PINDAH\" run a.yaml --report r.xml & sleep 2; kill -TERM $!; "
      "wait $!");
  CHECK(ended.code == 130);
  CHECK_THAT(ended.err, Contains("interrupted before it began"));
  CHECK_THAT(small.read("r.xml"), Contains("errors=\"1\""));
}

TEST_CASE("A limit of time ends the run with a code and words of its own") {
  const Small small;
  const std::string populate = "data/library/pustaka/populate.sql";
  const std::string whole = small.read(populate);
  small.write(
      populate,
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000) "
      "SELECT count(*) FROM n;\n" +
          whole);
  const Ended filling = small.shell("\"$PINDAH\" run a.yaml --time-limit 1s");
  CHECK(filling.code == 124);
  CHECK_THAT(filling.err, Contains("out of time while the databases were filled"));
  small.write(populate, whole);
  const Ended living = small.shell(
      "\"$PINDAH\" run a.yaml --set length=200h --time-limit 2s "
      "--report r.json");
  CHECK(living.code == 124);
  CHECK_THAT(living.out, StartsWith("OUT OF TIME  at "));
  CHECK(nlohmann::json::parse(small.read("r.json"))["exit_code"] == 124);
  CHECK(small.shell("\"$PINDAH\" run a.yaml -q --time-limit 10h").code == 0);
  CHECK(small.shell("\"$PINDAH\" run a.yaml -q --time-limit 10").code == 2);
}

TEST_CASE("Databases that grow above the limit of memory are told, with what to do") {
  const Small small;
  const Ended little = small.shell(
      "\"$PINDAH\" run a.yaml --memory 1MiB "
      "--set scale.readers=20000");
  CHECK(little.code == 2);
  CHECK_THAT(little.err, Contains("a.yaml: the databases need more than 1MiB of memory") &&
                             Contains("a smaller `scale` needs less; --memory allows more"));
  CHECK(small.shell("\"$PINDAH\" run a.yaml -q --memory 500MiB").code == 0);
  CHECK(small.shell("\"$PINDAH\" run a.yaml -q --memory 500").code == 2);
  const std::string schema = "data/library/pustaka/schema.sql";
  small.write(schema, small.read(schema) +
                          "CREATE INDEX large ON book (printf('%.*c', 9000000, title));\n");
  const Ended hostile = small.shell("\"$PINDAH\" run a.yaml --memory 100MiB");
  CHECK(hostile.code == 2);
  CHECK_THAT(hostile.err, Contains("the databases need more than 100MiB of memory"));
}

TEST_CASE("A hundred thousand mistakes are refused as fast as they are read") {
  const Small small;
  std::string keys;
  for (int i = 0; i < 100'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  small.write("bad.yaml", "pindah: 1\nworld: library\n" + keys);
  const Ended ended = small.shell("ulimit -t 120; \"$PINDAH\" check bad.yaml");
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err, Contains("bad.yaml:3:1: unknown key `k0`"));
  CHECK_THAT(ended.err, Contains("\nand 99"));
  CHECK(ended.err.size() < 200'000);
}

TEST_CASE("A broken file is told once, with however many seeds") {
  const Small small;
  small.write("bad.yaml", "pindah: 1\n");
  const Ended ended = small.shell("\"$PINDAH\" run bad.yaml --seeds 1..5 --report r.xml");
  CHECK(ended.code == 2);
  CHECK(ended.err.find("`world` is missing") == ended.err.rfind("`world` is missing"));
  const std::string junit = small.read("r.xml");
  CHECK(junit.find("<testsuite ") == junit.rfind("<testsuite "));
}

TEST_CASE("Escapes that give no UTF-8 are refused with their place, those that do are kept") {
  const Small small;
  const auto check = [&](const std::string& title) {
    std::string text = small_scenario("  nobody notices: noticed <= 0.1%\n");
    text.replace(text.find("A quiet hour"), 12, title);
    small.write("b.yaml", text);
    return small.shell("\"$PINDAH\" run b.yaml --report r.json");
  };
  for (const char* title : {"\"a\\Nb\"", "\"a\\_b\"", "\"\\x85\"", "\"\\xe9\\x00\"", "\"\\e\""}) {
    const Ended ended = check(title);
    INFO(title);
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, StartsWith("b.yaml:2:8: "));
  }
  for (const char* title : {"\"a\\Lb\"", "\"a\\Pb\"", "\"\\u00e9\\xe9\"", "\"\\U0001F600\""}) {
    INFO(title);
    CHECK(check(title).code == 0);
    CHECK(nlohmann::json::parse(small.read("r.json"))["verdict"] == "PASS");
  }
}

TEST_CASE("A folder that is no world is checked scenario by scenario, and `help` is help") {
  const Small small;
  std::filesystem::create_directory(small.file("plans"));
  std::filesystem::rename(small.file("a.yaml"), small.file("plans/a.yaml"));
  std::filesystem::rename(small.file("data"), small.file("plans/data"));
  small.write("plans/bad.yaml", "pindah: 1\n");
  const Ended ended = small.shell("\"$PINDAH\" check plans");
  CHECK(ended.code == 2);
  CHECK_THAT(ended.out, Contains("ok  plans/a.yaml"));
  CHECK_THAT(ended.err, StartsWith("plans/bad.yaml:1:1: "));
  CHECK(run_program({"help", "run"}).out == run_program({"run", "--help"}).out);
  CHECK(run_program({"help"}).out == run_program({"--help"}).out);
}
