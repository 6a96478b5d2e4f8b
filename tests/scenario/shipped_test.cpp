// What is shipped, written out with every default, is read again as the same: run files keep that
// text, and what is flown by hand goes through it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "base/yaml.h"
#include "scenario/parse.h"
#include "scenario/write.h"
#include "scenario/read.h"

using namespace pindah;

namespace {

std::vector<std::string> shipped() {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const char* folder : {"scenarios", "tests/scenarios"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(PINDAH_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

// Worlds take their time to load: each once.
const World& world_of(const Yaml& yaml, const std::string& file) {
  static std::map<std::string, World> worlds;
  const std::string name = yaml.node["world"].as<std::string>();
  const auto known = worlds.find(name);
  if (known != worlds.end()) return known->second;
  Problems problems;
  auto input = read_scenario(file, {}, problems);
  INFO(problems.text());
  REQUIRE(input);
  return worlds.emplace(name, std::move(input->world)).first->second;
}

std::string written(const Yaml& yaml, const World& world) {
  Problems problems;
  const auto scenario = parse_scenario(yaml, world, problems);
  INFO(problems.text());
  REQUIRE(scenario);
  return write_scenario(*scenario, world);
}

}  // namespace

TEST_CASE("each shipped scenario is read again from what is written of it") {
  const std::vector<std::string> files = shipped();
  REQUIRE(files.size() > 30);
  for (const std::string& file : files) {
    INFO(file);
    Problems problems;
    const auto yaml = load_yaml(file, problems);
    REQUIRE(yaml);
    const World& world = world_of(*yaml, file);
    const std::string once = written(*yaml, world);
    const auto again = parse_yaml(once, file, problems);
    REQUIRE(again);
    CHECK(written(*again, world) == once);
  }
}
