#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "tests/command/program.h"

using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;
using nlohmann::json;

namespace {

const std::string kWithin = "  nobody notices: noticed <= 0.1%\n";
const std::string kOver = "  quick: p99(book) <= 1us\n";

struct Case : Folder {
  explicit Case(const std::string& budget) { write("a.yaml", small_scenario(budget)); }
  Ended run(std::vector<std::string> flags, const Environment& environment = {}) const {
    flags.insert(flags.begin(), {"run", "a.yaml"});
    return run_program(flags, environment, path());
  }
};

}  // namespace

TEST_CASE("The exit code is the verdict: within, over, stopped, inconclusive") {
  const Case within(kWithin);
  const Ended passed = within.run({});
  CHECK(passed.code == 0);
  CHECK(passed.err == "");
  CHECK_THAT(passed.out, StartsWith("PASS  0.00 % of shoppers noticed (0 of "));
  CHECK_THAT(passed.out, Contains("what the model leaves out: docs/not-modelled.md"));
  const Ended over = Case(kOver).run({});
  CHECK(over.code == 1);
  CHECK_THAT(over.out, StartsWith("FAIL  quick: "));
  const Ended stopped = Case("  quick: p99(book) <= 1us, stop\n").run({});
  CHECK(stopped.code == 3);
  const Ended unsure = within.run({"--set", "min_exposure=1000000"});
  CHECK(unsure.code == 4);
  CHECK_THAT(unsure.out, Contains(" of 1000000 needed"));
}

TEST_CASE("One thread or two, once or twice: the same digest") {
  const Case scenario(kWithin);
  const auto digest = [&](const char* threads) {
    return json::parse(scenario.run({"--json", "--threads", threads}).out)["run"]["digest"];
  };
  CHECK(digest("1") == digest("2"));
  const Ended twice = scenario.run({"--twice"});
  CHECK(twice.code == 0);
  CHECK_THAT(twice.out, Contains("TWICE the same digest " + std::string(digest("2"))));
  const Ended other = scenario.run({"--json", "--seed", "8"});
  CHECK(json::parse(other.out)["run"]["digest"] != digest("1"));
  CHECK(json::parse(other.out)["run"]["seed"] == 8);
}

TEST_CASE("Flags of the command line are part of the command that gives the run again") {
  const Ended ended = Case(kWithin).run({"--until", "1m", "--set", "settle=20m"});
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains(" run a.yaml --seed 7 --until 1m --set settle=20m --report"));
}

TEST_CASE("A dry run explains and runs nothing") {
  const Ended ended = Case(kOver).run({"-n"});
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("NEW SHOPPERS") && Contains("nothing was run"));
}

TEST_CASE("Quiet is one line") {
  const Ended ended = Case(kOver).run({"-q"});
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out, StartsWith("FAIL  quick: "));
  CHECK(std::count(ended.out.begin(), ended.out.end(), '\n') == 1);
}

TEST_CASE("Several files run one after another; the worst decides, and JUnit holds them all") {
  const Case folder(kWithin);
  folder.write("b.yaml", small_scenario(kOver));
  folder.write("c.yaml", "pindah: 1\n");
  const Ended ended =
      folder.run({"b.yaml", "c.yaml", "--report", "all.xml", "--report", "all.json"});
  CHECK(ended.code == 2);
  CHECK_THAT(ended.out, Contains("PASS  ") && Contains("\nFAIL  "));
  CHECK_THAT(ended.err, Contains("`world` is missing"));
  pugi::xml_document document;
  REQUIRE(document.load_string(folder.read("all.xml").c_str()));
  std::string seen;
  for (const pugi::xml_node suite : document.child("testsuites")) {
    seen += suite.attribute("file").value() + std::string(suite.attribute("failures").value()) +
            suite.attribute("errors").value() + " ";
  }
  CHECK(seen == "a.yaml00 b.yaml10 c.yaml01 ");
  CHECK(json::parse(folder.read("all.json")).size() == 3);
  CHECK(folder.run({"c.yaml"}).code == 2);
}

TEST_CASE("Several seeds are several runs") {
  const Ended ended = Case(kWithin).run({"--seeds", "3..4", "--json"});
  CHECK(ended.code == 0);
  const json list = json::parse(ended.out);
  REQUIRE(list.size() == 2);
  CHECK(list[0]["run"]["seed"] == 3);
  CHECK(list[1]["run"]["seed"] == 4);
}

TEST_CASE("The same run gives the same report, byte for byte") {
  const Case scenario(kOver);
  const std::vector<std::string> names{"r.json", "r.xml", "r.md", "r.html", "r.csv"};
  std::string first;
  for (int i = 0; i < 2; ++i) {
    std::vector<std::string> flags;
    for (const std::string& name : names) flags.insert(flags.end(), {"--report", name});
    CHECK(scenario.run(flags).code == 1);
    std::string all;
    for (const std::string& name : names) {
      CHECK(scenario.read(name).size() > 100);
      all += scenario.read(name);
    }
    if (i == 0) first = all;
    CHECK(all == first);
  }
}

TEST_CASE("A report that is lost costs neither the verdict nor the other reports") {
  for (const std::string& budget : {kWithin, kOver}) {
    const Case scenario(budget);
    std::filesystem::create_symlink("/dev/full", scenario.file("full.json"));
    const Ended lost = scenario.run({"--report", "full.json", "--report", "r.xml"});
    CHECK(lost.code == 2);
    CHECK_THAT(lost.out, StartsWith(budget == kWithin ? "PASS" : "FAIL"));
    CHECK_THAT(lost.err, Contains("cannot write the report full.json: No space left"));
    CHECK(scenario.read("r.xml").size() > 100);
  }
}

TEST_CASE("A reader that goes away does not change the exit code; a full disk does") {
  const Case over(kOver);
  const std::string run = "\"$PINDAH\" run a.yaml";
  CHECK(run_shell("(" + run + "; echo $? >&2) | true", over.path()).err == "1\n");
  CHECK(run_shell(run + " >&-", over.path()).code == 2);
  const Case within(kWithin);
  const Ended full = run_shell(run + " > /dev/full", within.path());
  CHECK(full.code == 2);
  CHECK_THAT(full.err, Contains("could not write the whole result to stdout"));
  CHECK(run_shell(run + " > /dev/full", over.path()).code == 2);
}

TEST_CASE("On GitHub Actions broken lines become annotations, and the page a summary") {
  const Case over(kOver);
  const Environment github{{"GITHUB_ACTIONS", "true"},
                           {"GITHUB_STEP_SUMMARY", over.file("summary.md")}};
  const Ended ended = over.run({}, github);
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out,
             Contains("\n::error file=a.yaml,line=13,col=10,title=quick::p99(book) <= 1us"));
  CHECK_THAT(over.read("summary.md"), StartsWith("## FAIL"));
  const Ended as_json = over.run({"--json"}, github);
  CHECK(json::parse(as_json.out)["verdict"] == "FAIL");
  CHECK_THAT(as_json.err, StartsWith("::error file=a.yaml"));
  over.write("bad.yaml", "pindah: 1\n");
  const Ended check = run_program({"check", "bad.yaml"}, github, over.path());
  CHECK_THAT(check.out,
             Contains("::error file=bad.yaml,line=1,col=1,title=cannot be read::`world`"));
}

TEST_CASE("A stranger's scenario gives no command to a CI log") {
  const Folder folder;
  std::string text = small_scenario("  \"##[add-matcher]x\": noticed <= 0.1%\n");
  text.replace(text.find("A quiet hour"), 12, "\"::stop-commands::x ##[error]y\"");
  folder.write("a.yaml", text);
  folder.write("b.yaml", text + "::error::x: ##[error]y\n");
  for (const char* flag : {"--no-color", "--json", "-q", "-n"}) {
    const Ended ended = run_program({"run", "a.yaml", flag}, {}, folder.path());
    INFO(flag);
    CHECK(ended.code == 0);
    CHECK_THAT(ended.out, !Contains("##[") && !StartsWith("::") && !Contains("\n::"));
  }
  const Ended bad = run_program({"check", "b.yaml"}, {}, folder.path());
  CHECK(bad.code == 2);
  CHECK_THAT(bad.err, !Contains("##[") && !Contains("\n::") && !Contains("\n  ::"));
}
