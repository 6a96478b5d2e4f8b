#include <catch2/catch.hpp>

#include "tests/command/program.h"

using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("Plans stand side by side, and the worst one decides the exit code") {
  const Folder folder;
  folder.write("calm.yaml", small_scenario("  readers who noticed: noticed <= 1%\n"));
  folder.write("strict.yaml", small_scenario("  somebody notices: noticed > 0%\n"));
  const Ended both =
      run_program({"compare", "calm.yaml", "strict.yaml", "--report", "t.md", "--report", "t.csv"},
                  {}, folder.path());
  INFO(both.err);
  CHECK(both.code == 1);
  CHECK_THAT(both.out, StartsWith("scenario  verdict"));
  CHECK_THAT(both.out, Contains("\ncalm      PASS") && Contains("\nstrict    FAIL"));
  CHECK_THAT(folder.read("t.md"), StartsWith("| scenario | verdict | noticed |") &&
                                      Contains("\n|-|-|-:|") && Contains("\n| strict | FAIL |"));
  CHECK_THAT(folder.read("t.csv"), StartsWith("scenario,verdict,noticed,worst cohort,") &&
                                       Contains("\r\ncalm,PASS,0.00 % (0),none,"));
}

TEST_CASE("A plan that cannot be read has a row too, and the others are rehearsed") {
  const Folder folder;
  folder.write("good.yaml", small_scenario("  readers who noticed: noticed <= 1%\n"));
  folder.write("bad.yaml", "pindah: 1\nplann: []\n");
  const Ended ended = run_program({"compare", "bad.yaml", "good.yaml"}, {}, folder.path());
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err, Contains("bad.yaml:1:1: `world` is missing"));
  CHECK_THAT(ended.out, Contains("\nbad.yaml  ERROR\n") && Contains("\ngood      PASS"));
}

TEST_CASE("A table is Markdown or CSV, and one that cannot be written is refused before the run") {
  const Folder folder;
  folder.write("good.yaml", small_scenario("  readers who noticed: noticed <= 1%\n"));
  const Ended format =
      run_program({"compare", "good.yaml", "--report", "t.pdf"}, {}, folder.path());
  CHECK(format.code == 2);
  CHECK(format.out == "");
  CHECK_THAT(format.err, Contains("`t.pdf` names no format of a table"));
  const Ended nowhere =
      run_program({"compare", "good.yaml", "--report", "no/where.md"}, {}, folder.path());
  CHECK(nowhere.code == 2);
  CHECK(nowhere.out == "");
  CHECK_THAT(nowhere.err, Contains("--report: cannot write `no/where.md`"));
}

TEST_CASE("Plans for one night, whose control is lived once, say what each says alone") {
  const Folder folder;
  const std::string line = "  readers who noticed: noticed <= 1%\n";
  const std::string slow = "surprises:\n  - { at: 1m, slow: source, by: 2s, for: 1m }\n";
  folder.write("a.yaml", small_scenario(line));
  folder.write("b.yaml", slow + small_scenario(line));
  const auto rows = [&](const std::vector<std::string>& files) {
    std::vector<std::string> arguments{"compare", "--report", "t.csv"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    run_program(arguments, {}, folder.path());
    const std::string table = folder.read("t.csv");
    return table.substr(table.find("\r\n") + 2);
  };
  const std::string alone = rows({"a.yaml"}) + rows({"b.yaml"});
  CHECK(alone.find("b,FAIL") != std::string::npos);
  CHECK(rows({"a.yaml", "b.yaml"}) == alone);
}

TEST_CASE("A dangerous plan is warned of, and rehearsed") {
  const Folder folder;
  folder.write("a.yaml", "plan: [ { at: 1m, retire: loans } ]\n" +
                             small_scenario("  readers who noticed: noticed <= 1%\n"));
  for (const char* command : {"compare", "check", "run"}) {
    const Ended ended = run_program({command, "a.yaml"}, {}, folder.path());
    INFO(command << ended.err);
    CHECK(ended.code == (std::string(command) == "check" ? 0 : 1));
    CHECK_THAT(ended.err, StartsWith("warning: a.yaml:1: retire of loans: nobody looks whether"));
  }
}
