#include <yaml-cpp/yaml.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/world/broken_world.h"
#include "world/limits.h"

namespace pindah {
namespace {

// A page of docs/, such as "world.md".
std::string manual_page(const std::string& name) {
  std::ifstream file(std::string(PINDAH_SOURCE_DIR "/docs/") + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// What stands between ```yaml and ```, in order.
std::vector<std::string> examples(const std::string& text) {
  std::vector<std::string> all;
  const std::string fence = "```";
  for (std::size_t at = text.find(fence + "yaml\n"); at != std::string::npos;
       at = text.find(fence + "yaml\n", at)) {
    at += fence.size() + 5;
    all.push_back(text.substr(at, text.find(fence, at) - at));
  }
  return all;
}

// Puts the entries of an example into a file: each replaces the one of its name, as a whole, and
// those of a map are put in one by one. Rows of a persona are, too.
void put_in(YAML::Node file, const YAML::Node& example, int depth) {
  for (const auto& entry : example) {
    const auto name = entry.first.as<std::string>();
    const int deeper = name == "personas" ? 1 : depth - 1;
    if (depth > 0 && entry.second.IsMap() && file[name] && file[name].IsMap())
      put_in(file[name], entry.second, deeper);
    else
      file[name] = entry.second;
  }
}

}  // namespace

TEST_CASE("The manual's examples of a world's files are the shop's own, and load in it") {
  const auto all = examples(manual_page("world.md"));
  const std::vector<std::string> files{"world.yaml",      "shoppers.yaml", "promises.yaml",
                                       "compliance.yaml", "budgets.yaml",  "actors.yaml"};
  REQUIRE(all.size() == files.size());
  const BrokenWorld world("data/shop-tokopedia");
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i] == "compliance.yaml" || files[i] == "budgets.yaml") {
      world.write(files[i], all[i]);
      continue;
    }
    YAML::Node file = YAML::Load(world.read(files[i]));
    put_in(file, YAML::Load(all[i]), 1);
    world.write(files[i], YAML::Dump(file));
  }
  CHECK(world.problems().text() == "");
}

TEST_CASE("The manual gives every limit of a world, with its number") {
  const std::string text = manual_page("world.md");
  for (const Limit& limit : kLimits) {
    const std::string row =
        "\n| " + std::string(limit.what) + " | " + std::to_string(limit.most) + " |\n";
    INFO(row);
    CHECK(text.find(row) != std::string::npos);
  }
}

}  // namespace pindah
