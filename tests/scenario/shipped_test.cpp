// What is shipped, written out with every default, is read again as the same: run files keep that
// text, and what is flown by hand goes through it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "base/yaml.h"
#include "edit/read.h"
#include "scenario/parse.h"
#include "scenario/write.h"

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
const World& world_of(const Sources& sources) {
  static std::map<std::string, World> worlds;
  std::string name;
  for (const std::string& text : {sources.own.text, sources.base}) {
    const auto layout = lay_out(text);
    const Layout* world = layout ? layout->get("world") : nullptr;
    if (name.empty() && world != nullptr) name = world->text;
  }
  const auto known = worlds.find(name);
  if (known != worlds.end()) return known->second;
  Problems problems;
  auto input = read_scenario(sources.file, {}, problems);
  INFO(problems.text());
  REQUIRE(input);
  return worlds.emplace(name, std::move(input->world)).first->second;
}

}  // namespace

TEST_CASE("each shipped scenario is read again from what is written of it") {
  const std::vector<std::string> files = shipped();
  REQUIRE(files.size() > 30);
  for (const std::string& file : files) {
    INFO(file);
    Problems problems;
    const auto sources = load_sources(file, problems);
    REQUIRE(sources);
    const World& world = world_of(*sources);
    const auto once = read_sources(*sources, world, problems);
    INFO(problems.text());
    REQUIRE(once);
    const auto yaml = parse_yaml(once->effective_yaml, file, problems);
    REQUIRE(yaml);
    const auto again = parse_scenario(*yaml, world, problems);
    REQUIRE(again);
    CHECK(write_scenario(*again, world) == once->effective_yaml);
  }
}
