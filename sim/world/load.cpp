#include "world/load.h"

#include <algorithm>

#include "world/loading.h"

namespace pindah {
namespace {

void name_slots(Loading& loading) {
  World& world = loading.world;
  world.slot_buyer = filled_slot(loading, "buyer");
  world.slot_idem = filled_slot(loading, "idem");
  world.slot_at = filled_slot(loading, "at");
  world.slot_home = filled_slot(loading, "home");
  world.slot_front = filled_slot(loading, "front");
  world.slot_list = slot_of(loading, "list");
}

void read_head(Loading& loading, YamlMap& map) {
  if (map.need("pindah_world")) map.integer("pindah_world", 1, 1);
  if (const auto title = need_text(loading, map, "title")) loading.world.title = title->text();
}

// A map of each YAML file, so that unknown keys are told once everything has been read.
struct YamlFiles {
  explicit YamlFiles(Loading& loading) {
    for (const char* name : {"world.yaml", "shoppers.yaml", "promises.yaml", "actors.yaml"}) {
      if (const auto yaml = read_yaml(loading, name)) {
        maps.push_back(std::make_unique<YamlMap>(*yaml, name, loading.problems));
      }
    }
  }
  bool all() const { return maps.size() == 4; }
  YamlMap& world() { return *maps[0]; }
  YamlMap& shoppers() { return *maps[1]; }
  YamlMap& promises() { return *maps[2]; }
  YamlMap& actors() { return *maps[3]; }

  std::vector<std::unique_ptr<YamlMap>> maps;
};

// Names of the slots that only the objects of a job's list, or a ledger, fill in some page.
bool filled_elsewhere(const Loading& loading, CallId call) {
  const World& world = loading.world;
  bool used = false;
  for (std::size_t page = 0; page < world.pages.size(); ++page) {
    const auto& steps = world.pages[page].steps;
    const bool has = std::any_of(steps.begin(), steps.end(), [&](const PageStep& step) {
      return step.call == call || step.undo == call;
    });
    if (!has) continue;
    used = true;
    const bool job = std::any_of(world.jobs.begin(), world.jobs.end(),
                                 [&](const Job& j) { return j.each == static_cast<PageId>(page); });
    if (!job) return false;
  }
  return used;
}

}  // namespace

void check_slots(Loading& loading) {
  for (const auto& name : loading.world.scale) {
    if (loading.filled.count(name.first) == 0) continue;
    loading.problems.add({loading.files.shown("world.yaml"), 0, 0},
                         "`" + name.first + "` is a scale and a slot", "two names");
  }
  for (const auto& name : loading.world.constants) {
    if (loading.filled.count(name.first) == 0) continue;
    loading.problems.add({loading.files.shown("world.yaml"), 0, 0},
                         "`" + name.first + "` is a constant and a slot", "two names");
  }
  for (const auto& name : loading.world.settings) {
    if (loading.filled.count(name.first) == 0) continue;
    loading.problems.add({loading.files.shown("actors.yaml"), 0, 0},
                         "`" + name.first + "` is a setting and a slot", "two names");
  }
  std::vector<std::string> known(loading.filled.begin(), loading.filled.end());
  for (const auto& constant : loading.constants) known.push_back(constant.first);
  for (std::size_t call = 0; call < loading.calls.size(); ++call) {
    if (filled_elsewhere(loading, static_cast<CallId>(call))) continue;
    for (const Side side : kSides) {
      for (const auto& [name, place] : loading.calls[call].parameters[index(side)]) {
        if (loading.filled.count(name) != 0) continue;
        loading.problems.add(place, "nothing fills `:" + name + "`",
                             "a result, a drawn or kept slot, a setting or a scale",
                             did_you_mean(name, known));
      }
    }
  }
}

std::optional<World> load_world(const std::string& folder, Problems& problems) {
  const std::size_t before = problems.count();
  configure_sqlite();
  Loading loading(folder, problems);
  if (!loading.files.open()) return {};
  loading.world.folder = loading.files.absolute();
  name_slots(loading);
  YamlFiles yaml(loading);
  if (!yaml.all()) return {};
  read_head(loading, yaml.world());
  read_settings(loading, yaml.actors());
  if (!read_platforms(loading, yaml.world())) return {};
  read_calls(loading);
  read_choices(loading, yaml.shoppers());
  name_ledgers(loading, yaml.actors());
  read_pages(loading, yaml.world());
  read_actors(loading, yaml.actors());
  read_shoppers(loading, yaml.shoppers());
  read_promises(loading, yaml.promises());
  read_moves(loading);
  read_compliance(loading);
  read_budgets(loading);
  fill_shown(loading);
  check_slots(loading);
  for (const auto& map : yaml.maps) map->finish();
  if (problems.count() != before) return {};
  for (Platform& platform : loading.world.platforms) {
    platform.folder = loading.world.folder + "/" + platform.folder;
  }
  return std::move(loading.world);
}

}  // namespace pindah
