// A scenario of more than one file: what it extends, its `edits:`, and the world's sets of budget
// lines.
#include "edit/sources.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "edit/read.h"
#include "scenario/write.h"
#include "tests/edit/sets.h"
#include "tests/scenario/named_world.h"

using namespace pindah;
using namespace pindah::test;
namespace fs = std::filesystem;

namespace {

const std::string kAfternoon =
    "# An afternoon\n"
    "pindah: 1\n"
    "world: library\n"
    "length: 1h\n"
    "platforms:\n"
    "  source: { workers: 16, queue: 500 }\n"
    "traffic:\n"
    "  - { hold: 1/s }\n"
    "plan:\n"
    "  - { at: 1m, capture: [loans, fees] }\n"
    "  - { at: 2m, copy: [loans, fees], speed: 100 rows/s }\n"
    "  - { at: 30m, cutover: loans }\n"
    "surprises:\n"
    "  - { at: 3m, slow: cashier, by: 1s, for: 1m }\n"
    "budget:\n"
    "  readers who noticed: noticed <= 0.5%\n"
    "  use: nobody is harmed\n";

const std::string kSets =
    "nobody is harmed:\n"
    "  nobody loses a loan: lost_loans == 0\n"
    "  nobody pays twice: double_fees == 0\n"
    "nobody is misled:\n"
    "  nobody sees yesterday's news: stale_reads == 0\n";

// A folder with the library in data/, sets of budget lines in it, and files as they are written.
class Shelf {
 public:
  Shelf() {
    path_ = fs::canonical(fs::temp_directory_path()) /
            ("pindah-sources-test-" + std::to_string(::getpid()));
    fs::remove_all(path_);
    fs::create_directories(path_ / "data");
    fs::copy(PINDAH_SOURCE_DIR "/tests/worlds/library", path_ / "data/library",
             fs::copy_options::recursive);
    write("data/library/budgets.yaml", kSets);
    write("plans/nights/afternoon.yaml", kAfternoon);
  }
  ~Shelf() { fs::remove_all(path_); }
  std::string write(const std::string& file, const std::string& text) const {
    fs::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file, std::ios::binary) << text;
    return (path_ / file).string();
  }

  std::optional<ScenarioAndWorld> read(const std::string& text, const Overrides& overrides = {}) {
    problems = {};
    return read_scenario(write("plans/mine.yaml", text), overrides, problems);
  }
  // The mistakes of such a scenario, without the folder.
  std::string mistakes(const std::string& text, const Overrides& overrides = {}) {
    CHECK_FALSE(read(text, overrides));
    std::string all;
    for (const Problem& problem : problems.list()) {
      std::string file = problem.place.file;
      if (file.starts_with(path_.string())) file = fs::path(file).filename().string();
      Problems one;
      one.add(problem);
      all += file + " " + told(one);
    }
    return all;
  }

  Problems problems;

 private:
  fs::path path_;
};

const std::string kMine = "extends: nights/afternoon.yaml\ntitle: Mine\n";

const BudgetLine& line(const Scenario& scenario, const std::string& name) {
  for (const BudgetLine& one : scenario.budget)
    if (one.name == name) return one;
  throw std::runtime_error("no line " + name);
}

}  // namespace

TEST_CASE("what is extended is merged: maps entry by entry, lists and values replaced",
          "[edit][extends]") {
  Shelf place;
  const auto read =
      place.read(kMine +
                 "length: 2h\n"
                 "platforms: { source: { workers: 8 } }\n"
                 "traffic: [{ hold: 2/s }, { hold: 3/s }]\n"
                 "budget: { nobody pays twice: double_fees <= 1, mine: spillover }\n");
  INFO(place.problems.text());
  REQUIRE(read);
  const Scenario& scenario = read->scenario;
  CHECK(scenario.title == "Mine");
  CHECK(scenario.length == hours(2));
  CHECK(scenario.platforms[0].workers == 8);
  CHECK(scenario.platforms[0].queue == 500);
  CHECK(scenario.traffic.size() == 2);
  CHECK(scenario.plan.size() == 3);
  CHECK(line(scenario, "nobody pays twice").text == "double_fees <= 1");
  CHECK(scenario.budget.size() == 4);
  // In full, it needs none of its files.
  Problems problems;
  const auto yaml = parse_yaml(scenario.effective_yaml, "full.yaml", problems);
  const auto again = parse_scenario(*yaml, read->world, problems);
  REQUIRE(again);
  CHECK(write_scenario(*again, read->world) == scenario.effective_yaml);
}

TEST_CASE("a line of the budget is said to hold where the scenario says so, and stands elsewhere",
          "[edit][extends]") {
  Shelf place;
  const auto read = place.read(kMine + "budget:\n  use: [nobody is misled]\n  mine: spillover\n");
  INFO(place.problems.text());
  REQUIRE(read);
  const auto where = [&](const std::string& name) {
    const BudgetLine& one = line(read->scenario, name);
    CHECK(fs::path(one.place.file).filename() == "mine.yaml");
    const std::string stands = one.stands.line == 0
                                   ? ""
                                   : " (" + fs::path(one.stands.file).filename().string() + ":" +
                                         std::to_string(one.stands.line) + ")";
    return std::to_string(one.place.line) + ":" + std::to_string(one.place.column) + stands;
  };
  CHECK(where("mine") == "5:9");
  CHECK(where("readers who noticed") == "1:10 (afternoon.yaml:16)");
  CHECK(where("nobody loses a loan") == "1:10 (budgets.yaml:2)");
  CHECK(where("nobody sees yesterday's news") == "4:9 (budgets.yaml:5)");
}

TEST_CASE("edits address what is inherited by name", "[edit][extends]") {
  Shelf place;
  const auto read = place.read(kMine +
                               "edits:\n"
                               "  - plan[cutover of loans].at += 8m\n"
                               "  - 'plan + { at: 40m, rename: x } before [cutover of loans]'\n"
                               "  - plan[copy of loans and fees].speed = 500 rows/s\n"
                               "  - surprises - [slow cashier]\n"
                               "  - budget - [nobody pays twice]\n"
                               "  - traffic * 2\n");
  INFO(place.problems.text());
  REQUIRE(read);
  REQUIRE(read->scenario.plan.size() == 4);
  CHECK(read->scenario.plan[2].name == "rename");
  CHECK(read->scenario.plan[3].at == minutes(38));
  CHECK(read->scenario.surprises.empty());
  CHECK(read->scenario.budget.size() == 2);
  CHECK(read->scenario.traffic[0].rate_micro == 2'000'000);
}

TEST_CASE("a mistake has its place in whichever file it stands", "[edit][extends]") {
  Shelf place;
  CHECK(place.mistakes(kMine + "edits:\n  - plan[cutover of loan].drain = false\n") ==
        "mine.yaml 4:10 no step is called `cutover of loan` | one of: capture of loans and fees, "
        "copy of loans and fees, cutover of loans | did you mean `cutover of loans`?\n");
  CHECK(place.mistakes(kMine + "edits:\n  - plan[cutover of loans].drain = maybe\n") ==
        "mine.yaml 4:36 `drain` cannot be `maybe` | one of: false, true\n");
  CHECK(place.mistakes(kMine + "edits:\n  - plan + { at: 1m }\n")
            .find("mine.yaml 4:5 an edit is a text") == 0);
  CHECK(place.mistakes(kMine + "lenght: 1h\n").find("mine.yaml 3:1 unknown key `lenght`") == 0);
  CHECK(place.mistakes(kMine + "budget: { use: nobody is harmd }\n") ==
        "mine.yaml 3:16 this world has no set of budget lines `nobody is harmd` | one of: nobody "
        "is harmed, nobody is misled | did you mean `nobody is harmed`?\n");
  CHECK(place.mistakes("pindah: 1\nworld: library\nedits: []\n") ==
        "mine.yaml 3:1 `edits` change what a scenario extends | `extends: FILE`\n");
  place.write("plans/nights/afternoon.yaml", kAfternoon + "  late: noticd\n");
  CHECK(place.mistakes(kMine).find("afternoon.yaml 18:9 unknown metric `noticd`") == 0);
}

TEST_CASE("what is extended is found as worlds are, and does not extend in its turn",
          "[edit][extends]") {
  Shelf place;
  CHECK(place.mistakes("extends: ../x.yaml\n")
            .find("mine.yaml 1:10 a scenario does not extend `../x.yaml`") == 0);
  CHECK(
      place.mistakes("extends: nights/afternon.yaml\n")
          .find(
              "mine.yaml 1:10 no file `nights/afternon.yaml` is beside the scenario or above it") ==
      0);
  CHECK(place.mistakes("extends: mine.yaml\n") ==
        "mine.yaml 1:10 a scenario does not extend itself\n");
  place.write("plans/nights/afternoon.yaml", "extends: other.yaml\n" + kAfternoon);
  CHECK(place.mistakes(kMine).find(
            "afternoon.yaml 1:1 what is extended may not extend in its turn") == 0);
  // From above, as well.
  place.write("plans/nights/afternoon.yaml", kAfternoon);
  Problems problems;
  const std::string below = place.write("plans/a/b/deep.yaml", kMine);
  CHECK(read_scenario(below, {}, problems));
  INFO(problems.text());
  CHECK_FALSE(problems.any());
}

TEST_CASE("an edit of what is inherited is written into the scenario's own file",
          "[edit][extends]") {
  Shelf place;
  const auto read = place.read("# Mine\n" + kMine + "settle: 2h   # long\n");
  INFO(place.problems.text());
  REQUIRE(read);
  const auto after = [&](const std::string& edit) {
    Sources sources = read->sources;
    Problems problems;
    const std::string before = sources.own.text;
    const auto inverse = apply_edit(edit_of(edit), read->world, sources, problems);
    if (!inverse) return told(problems);
    const std::string text = sources.own.text;
    CHECK(sources.base == kAfternoon);
    CHECK(read_sources(sources, read->world, problems));
    INFO(problems.text());
    CHECK_FALSE(problems.any());
    apply_edit(*inverse, read->world, sources, problems);
    CHECK(sources.own.text == before);
    return text.substr(text.find("title: Mine\n") + 12);
  };
  const std::string rest = "settle: 2h   # long\n";
  CHECK(after("settle = 3h") == "settle: 3h   # long\n");
  CHECK(after("length = 2h") == rest + "length: 2h\n");
  CHECK(after("length += 10m") == rest + "length: 1h10m\n");
  CHECK(after("platforms.source.workers = 8") == rest + "platforms: { source: { workers: 8 } }\n");
  CHECK(after("budget[nobody pays twice] = double_fees <= 1") ==
        rest + "budget: { nobody pays twice: double_fees <= 1 }\n");
  Sources sources = read->sources;
  Problems problems;
  for (const std::string edit :
       {"plan[cutover of loans].at += 8m", "plan - [copy of loans and fees]",
        "plan + { at: 2m, copy: loans, name: again }", "traffic * 2"})
    apply_edit(edit_of(edit), read->world, sources, problems);
  INFO(problems.text());
  CHECK_FALSE(problems.any());
  CHECK(sources.own.text ==
        "# Mine\nextends: nights/afternoon.yaml\n"
        "edits:\n"
        "  - plan[cutover of loans].at += 8m\n"
        "  - plan - [copy of loans and fees]\n"
        "  - \"plan + { at: 2m, copy: loans, name: again }\"\n"
        "  - traffic * 2\n"
        "title: Mine\nsettle: 2h   # long\n");
  CHECK(after("plan[cutover of loan].at = 1m").find("no step is called `cutover of loan`") !=
        std::string::npos);
}

TEST_CASE("--set changes what is inherited, and its mistakes quote it", "[edit][extends]") {
  Shelf place;
  Overrides overrides;
  overrides.edits = edits_of({{"plan[cutover of loans].drain", "false"}, {"length", "50m"}});
  const auto read = place.read(kMine, overrides);
  INFO(place.problems.text());
  REQUIRE(read);
  CHECK(read->scenario.length == minutes(50));
  CHECK(read->scenario.effective_yaml.find("drain: false") != std::string::npos);
  overrides.edits = edits_of({{"plan[cutover of loans].drian", "false"}});
  CHECK_FALSE(place.read(kMine, overrides));
  CHECK(place.problems.text().find("--set: unknown key `drian` in a step\n") == 0);
  CHECK(place.problems.text().find("did you mean `drain`?") != std::string::npos);
}

TEST_CASE("where a file has a list of its own, --set gives its entries keys that they did not have",
          "[edit][extends]") {
  Shelf place;
  const std::string own =
      kMine +
      "plan:\n  - { at: 1m, capture: loans }\n  - { at: 9m, cutover: loans, copy: under_fence }\n";
  for (const std::string path : {"plan[cutover of loans].drain", "plan.1.drain"}) {
    INFO(path);
    Overrides overrides;
    overrides.edits = edits_of({{path, "false"}});
    const auto read = place.read(own, overrides);
    INFO(place.problems.text());
    REQUIRE(read);
    CHECK(read->scenario.effective_yaml.find("drain: false") != std::string::npos);
    CHECK(read->sources.own.text.find("edits") == std::string::npos);
  }
}

TEST_CASE("a world's sets of budget lines are checked with the world", "[edit][extends]") {
  Shelf place;
  place.write("data/library/budgets.yaml", kSets + "  late: p99(desk) <= 1s\n");
  CHECK(place.mistakes(kMine).find("budgets.yaml 6:13 unknown page `desk`") == 0);
}

TEST_CASE(
    "a scenario that extends is saved with its comments where it would be found, else in full",
    "[edit][extends]") {
  Shelf place;
  const auto read = place.read("# Mine\n" + kMine);
  REQUIRE(read);
  const std::string beside = fs::path(read->sources.file).parent_path() / "again.yaml";
  CHECK(text_to_save(read->sources, read->scenario, beside) == "# Mine\n" + kMine);
  const std::string elsewhere = fs::temp_directory_path() / "again.yaml";
  CHECK(text_to_save(read->sources, read->scenario, elsewhere) == read->scenario.effective_yaml);
}

TEST_CASE("check asks for names where steps are told apart by a number alone", "[edit][extends]") {
  Shelf place;
  const auto read = place.read(
      "pindah: 1\nworld: library\nplan:\n  - { at: 1m, rename: x }\n  - { at: 2m, rename: y }\n"
      "  - { at: 3m, rename: z, name: last }\n");
  INFO(place.problems.text());
  REQUIRE(read);
  const std::vector<Problem> asked = steps_to_name(*read);
  REQUIRE(asked.size() == 2);
  CHECK(asked[1].what == "`rename (2)` is called so by its place in the plan alone");
  CHECK(asked[1].place.line == 5);
}
