#include "scenario/read.h"

#include <algorithm>

#include "scenario/find_world.h"
#include "scenario/overrides.h"
#include "scenario/parse.h"
#include "scenario/write.h"
#include "world/load.h"

namespace pindah {
namespace {

// The world's name stands first, because without it no other name can be judged.
std::optional<World> load_its_world(const Yaml& yaml, std::string& folder, Problems& problems) {
  YamlMap map(yaml, "a scenario", problems);
  if (!yaml.is_map() || !map.need("world")) return {};
  const std::optional<std::string> name = map.text("world");
  if (!name) return {};
  const std::optional<std::string> found =
      find_world(*name, map.get("world")->place, yaml.place.file, problems);
  if (!found) return {};
  folder = *found;
  return load_world(folder, problems);
}

// `--until`: nobody comes any more, whatever the traffic says.
void shorten(Scenario& scenario, Micros length) {
  scenario.length = length;
  std::vector<TrafficEntry> kept;
  for (TrafficEntry& entry : scenario.traffic) {
    entry.until = std::min(entry.until, length);
    if (entry.at < entry.until) kept.push_back(std::move(entry));
  }
  scenario.traffic = std::move(kept);
}

}  // namespace

std::optional<ScenarioAndWorld> read_scenario(const std::string& file, const Overrides& overrides,
                                              Problems& problems) {
  const std::size_t before = problems.list().size();
  std::optional<Yaml> yaml = load_yaml(file, problems);
  if (!yaml) return {};
  for (const auto& [path, value] : overrides.set) set_value(*yaml, path, value, problems);
  std::string folder;
  std::optional<World> world = load_its_world(*yaml, folder, problems);
  if (!world) return {};
  std::optional<Scenario> scenario = parse_scenario(*yaml, *world, problems);
  if (!scenario || problems.list().size() != before) return {};
  scenario->world_folder = folder;
  if (overrides.seed) scenario->seed = *overrides.seed;
  if (overrides.length && *overrides.length < scenario->length) {
    shorten(*scenario, *overrides.length);
  }
  scenario->effective_yaml = write_scenario(*scenario, *world);
  return ScenarioAndWorld{std::move(*scenario), std::move(*world)};
}

}  // namespace pindah
