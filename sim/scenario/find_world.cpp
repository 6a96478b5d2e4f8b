#include "scenario/find_world.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace pindah {
namespace {

namespace fs = std::filesystem;

constexpr int kMostUp = 8;

bool stays_below(const fs::path& name) {
  return !name.empty() && name.is_relative() &&
         std::none_of(name.begin(), name.end(), [](const fs::path& part) { return part == ".."; });
}

bool is_world(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "world.yaml", error);
}

bool is_below(const fs::path& folder, const fs::path& base) {
  const auto [end, rest] = std::mismatch(base.begin(), base.end(), folder.begin(), folder.end());
  return end == base.end();
}

// `data` of each folder from the scenario's upwards, and the folders themselves; nearest first.
std::vector<fs::path> places(const std::string& scenario_file) {
  std::error_code error;
  fs::path folder = fs::weakly_canonical(fs::absolute(scenario_file, error), error).parent_path();
  std::vector<fs::path> all;
  for (int up = 0; up <= kMostUp && !folder.empty(); ++up) {
    all.push_back(folder / "data");
    all.push_back(folder);
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return all;
}

// The worlds of the `data` folders, for a suggestion.
std::vector<std::string> known_worlds(const std::vector<fs::path>& bases) {
  std::vector<std::string> names;
  for (const fs::path& base : bases) {
    std::error_code error;
    if (base.filename() != "data") continue;
    for (const auto& entry : fs::directory_iterator(base, error)) {
      if (is_world(entry.path())) names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// The scenarios of these folders, for a suggestion.
std::vector<std::string> known_scenarios(const std::vector<fs::path>& bases) {
  std::vector<std::string> names;
  for (const fs::path& base : bases) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(base, error)) {
      if (entry.path().extension() == ".yaml") names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The first of the places that has it; a link that leads out is a mistake. `what`: "the world".
std::optional<std::string> find(const std::vector<fs::path>& bases, const std::string& name,
                                bool (*is)(const fs::path&), const std::string& what,
                                const Place& place, Problems& problems) {
  for (const fs::path& base : bases) {
    std::error_code error;
    const fs::path found = fs::canonical(base / name, error);
    if (error || !is(found)) continue;
    const fs::path real_base = fs::canonical(base, error);
    if (!error && is_below(found, real_base)) return found.string();
    problems.add(place, what + " `" + name + "` is a link that leads out of its folder");
    return {};
  }
  return {};
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

}  // namespace

std::optional<std::string> find_world(const std::string& name, const Place& place,
                                      const std::string& scenario_file, Problems& problems) {
  if (!stays_below(name)) {
    problems.add(place, "a world is not read from `" + name + "`",
                 "a name, or a folder below the scenario's or one above it, without `..`");
    return {};
  }
  const std::vector<fs::path> bases = places(scenario_file);
  const std::size_t before = problems.count();
  const auto found = find(bases, name, is_world, "the world", place, problems);
  if (found || problems.count() != before) return found;
  const std::vector<std::string> known = known_worlds(bases);
  std::string listed;
  for (const std::string& world : known) listed += (listed.empty() ? "one of: " : ", ") + world;
  problems.add(place, "no world `" + name + "` is beside the scenario or in a folder `data` above",
               listed, did_you_mean(name, known));
  return {};
}

std::optional<std::string> find_extended(const std::string& name, const Place& place,
                                         const std::string& scenario_file, Problems& problems) {
  if (!stays_below(name)) {
    problems.add(place, "a scenario does not extend `" + name + "`",
                 "a file below the scenario's folder or one above it, without `..`");
    return {};
  }
  std::vector<fs::path> bases;
  for (const fs::path& base : places(scenario_file)) {
    if (base.filename() != "data") bases.push_back(base);
  }
  const std::size_t before = problems.count();
  const auto found = find(bases, name, is_file, "the scenario", place, problems);
  if (!found) {
    if (problems.count() == before)
      problems.add(place, "no file `" + name + "` is beside the scenario or above it", {},
                   did_you_mean(name, known_scenarios(bases)));
    return {};
  }
  std::error_code error;
  if (!fs::equivalent(*found, scenario_file, error)) return found;
  problems.add(place, "a scenario does not extend itself");
  return {};
}

}  // namespace pindah
