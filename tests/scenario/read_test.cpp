#include "edit/read.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "scenario/find_world.h"
#include "scenario/steps/cutover.h"
#include "scenario/write.h"
#include "tests/edit/sets.h"
#include "tests/scenario/named_world.h"

using namespace pindah;
namespace fs = std::filesystem;

namespace {

// A folder of its own for each test, gone afterwards.
struct Folder {
  fs::path path =
      fs::canonical(fs::temp_directory_path()) / ("pindah-read-test-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name, const std::string& text) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
};

// A scenario of the world of tests/worlds with these lines, as a file.
struct Library {
  Folder folder;
  Problems problems;
  std::optional<ScenarioAndWorld> read(const std::string& rest, const Overrides& overrides = {}) {
    // A copy, because a link that leads out of the folder is a mistake.
    const fs::path data = folder.path / "data" / "library";
    if (!fs::exists(data)) {
      fs::create_directories(data.parent_path());
      fs::copy(PINDAH_SOURCE_DIR "/tests/worlds/library", data, fs::copy_options::recursive);
    }
    const std::string file =
        folder.file("scenarios/night.yaml", "pindah: 1\nworld: library\n" + rest);
    return read_scenario(file, overrides, problems);
  }
};

const std::string kSteps =
    "length: 2h\n"
    "traffic: [{ hold: 1/s }, { at: 1h, hold: 1/s }, { hold: 2/s, until: 20m }]\n"
    "plan:\n"
    "  - { at: 1m, capture: [loans, fees] }\n"
    "  - { at: 2m, copy: [loans, fees] }\n"
    "  - { at: 30m, cutover: loans }\n";

// The scenario's text of named_world() after `--set`, or its mistakes.
std::string after_set(const std::string& path, const std::string& value) {
  Problems problems;
  const std::string text =
      "pindah: 1\nworld: shop\nseed: 5\nplan:\n  - { at: 1m, rename: x }\n  - { at: 2m, cutover: "
      "orders, copy: under_fence }\n";
  static const World world = named_world();
  Sources sources{"night.yaml", {text, Origins("night.yaml", text)}, {}, {}};
  const auto edit = parse_edit(path + "=" + value, {"--set", 0, 0}, problems);
  if (edit) apply_edit(*edit, world, sources, problems);
  if (problems.any()) return told(problems);
  const auto scenario = read_sources(sources, world, problems);
  return problems.any() ? told(problems) : scenario->effective_yaml;
}

bool has(const std::string& text, const std::string& part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A scenario is read from its file together with its world") {
  Library library;
  const auto read = library.read(kSteps);
  INFO(library.problems.text());
  REQUIRE(read);
  CHECK(read->world.folder == read->scenario.world_folder);
  CHECK(fs::path(read->scenario.world_folder).filename() == "library");
  CHECK(read->scenario.title == "night");
  CHECK(read->scenario.plan.size() == 3);
  CHECK(has(read->scenario.effective_yaml, "world: \"library\"\n"));
}

TEST_CASE("The command line goes before the file") {
  Library library;
  Overrides overrides;
  overrides.seed = 99;
  overrides.length = minutes(30);
  overrides.edits = test::edits_of({{"plan.2.drain", "false"}, {"links.gateway.delay", "3s"}});
  const auto read = library.read(kSteps, overrides);
  INFO(library.problems.text());
  REQUIRE(read);
  CHECK(read->scenario.seed == 99);
  CHECK(read->scenario.length == minutes(30));
  REQUIRE(read->scenario.traffic.size() == 2);  // the entry of the second hour is gone
  CHECK(read->scenario.traffic[0].until == minutes(30));
  CHECK(read->scenario.traffic[1].until == minutes(20));
  CHECK_FALSE(read->scenario.plan[2].options<Cutover>().fence.drain);
  CHECK(read->scenario.links[static_cast<std::size_t>(LinkId::gateway)].delay == seconds(3));
  const std::string written =
      read->scenario.effective_yaml.substr(read->scenario.effective_yaml.find("seed:"));
  const auto again = library.read(written);
  INFO(library.problems.text());
  REQUIRE(again);
  CHECK(has(again->scenario.effective_yaml, written));
}

TEST_CASE("A scenario of a faulty or absent file gives mistakes and nothing else") {
  Library library;
  CHECK_FALSE(library.read("plan: [{ at: 1m, capture: loan }]\n"));
  CHECK(told(library.problems) ==
        "3:27 unknown service `loan` | one of: catalogue, readers, shelf, loans, fees | did you "
        "mean `loans`?\n");
  Problems problems;
  CHECK_FALSE(read_scenario("no-such.yaml", {}, problems));
  CHECK(told(problems) == "no-such.yaml cannot read `no-such.yaml` | a file\n");
}

TEST_CASE("Setting a value by --set changes it, makes an absent key and reaches into lists") {
  CHECK(has(after_set("seed", "7"), "seed: 7\n"));
  CHECK(has(after_set("platforms.target.workers", "3"), "target: { workers: 3,"));
  CHECK(has(after_set("plan.1.drain", "false"), "drain: false\n"));
  CHECK(has(after_set("plan.1.cutover", "[orders, payments]"),
            "cutover: [\"orders\", \"payments\"]\n"));
  CHECK(has(after_set("plan.0", "{ at: 3m, rename: y }"), "rename: \"y\"\n"));
  CHECK(has(after_set("budget.few", "noticed <= 1%"), "\"few\": \"noticed <= 1%\"\n"));
}

TEST_CASE("A bad --set is a mistake that names what is there") {
  CHECK(has(after_set("plann.1.drain", "false"), "did you mean `plan`?"));
  CHECK(has(after_set("plan.1.drian", "false"),
            "--set unknown key `drian` in a step | one of: after, at, at_limit, by, copy, "));
  CHECK(has(after_set("plan.1.drian", "false"), "did you mean `drain`?"));
  CHECK(after_set("plan.2.drain", "false") ==
        "--set `plan.2.drain` names no item | `plan` has items 0 to 1\n");
  CHECK(after_set("plan.first", "false") ==
        "--set `plan.first` names no item | `plan` has items 0 to 1\n");
  CHECK(after_set("seed.x", "1") == "--set `seed.x` leads into a value | `seed` has no keys\n");
  CHECK(after_set("plan..drain", "1") == "--set `plan..drain` has an empty key\n");
  CHECK(after_set("", "1") == "--set `` has an empty key\n");
  CHECK(after_set("seed", "") == "--set `seed` is set to nothing | a.b=value\n");
  CHECK(after_set("seed", "[1") == "--set not YAML: end of sequence flow not found\n");
  CHECK(after_set("seed", "x") ==
        "--set `seed` must be a whole number from 0 to 9223372036854775807, not `x`\n");
}

TEST_CASE("A world is found beside the scenario, above it, and in folders named data") {
  Folder folder;
  folder.file("data/shop/world.yaml", "");
  folder.file("a/b/near/world.yaml", "");
  folder.file("a/data/shop/world.yaml", "");
  folder.file("a/worlds/other/world.yaml", "");
  const std::string scenario = folder.file("a/b/night.yaml", "");
  Problems problems;
  const auto found = [&](const std::string& name) {
    const auto world = find_world(name, {}, scenario, problems);
    return world ? fs::path(*world).lexically_relative(folder.path).string() : "none";
  };
  CHECK(found("near") == "a/b/near");
  CHECK(found("shop") == "a/data/shop");  // the nearest
  CHECK(found("worlds/other") == "a/worlds/other");
  CHECK(found("./near") == "a/b/near");
  CHECK_FALSE(problems.any());
}

TEST_CASE("A world elsewhere is a mistake, whatever way leads there") {
  Folder folder;
  folder.file("outside/world.yaml", "");
  folder.file("inside/data/shop/world.yaml", "");
  fs::create_directory_symlink(folder.path / "outside", folder.path / "inside/data/link");
  const std::string scenario = folder.file("inside/night.yaml", "");
  const Place place{"night.yaml", 2, 8};
  const auto mistake = [&](const std::string& name) {
    Problems problems;
    CHECK_FALSE(find_world(name, place, scenario, problems));
    return told(problems);
  };
  const std::string expected =
      " | a name, or a folder below the scenario's or one above it, without `..`\n";
  CHECK(mistake("../outside") == "2:8 a world is not read from `../outside`" + expected);
  CHECK(mistake("data/../../outside") ==
        "2:8 a world is not read from `data/../../outside`" + expected);
  const std::string absolute = (folder.path / "outside").string();
  CHECK(mistake(absolute) == "2:8 a world is not read from `" + absolute + "`" + expected);
  CHECK(mistake("link") == "2:8 the world `link` is a link that leads out of its folder\n");
  CHECK(mistake("shpo") ==
        "2:8 no world `shpo` is beside the scenario or in a folder `data` above | one of: link, "
        "shop | did you mean `shop`?\n");
}
