#include "edit/read.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/yaml.h"
#include "edit/budget_sets.h"
#include "edit/names.h"
#include "scenario/find_world.h"
#include "scenario/parse.h"
#include "scenario/write.h"
#include "world/load.h"

namespace pindah {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSet = "--set";

// A path as the scenario's own was given: relative to here where that was.
std::string shown_path(const std::string& path, const std::string& scenario_file) {
  std::error_code error;
  if (fs::path(scenario_file).is_absolute()) return path;
  const fs::path near = fs::proximate(path, error);
  return error ? path : near.string();
}

// The text of a file that is YAML; nothing after a problem.
std::optional<std::string> yaml_text(const std::string& file, Problems& problems) {
  std::optional<std::string> text = read_text_file(file, problems);
  if (!text || !parse_yaml(*text, file, problems)) return {};
  constexpr std::string_view kMark = "\xEF\xBB\xBF";  // of byte order
  if (text->starts_with(kMark)) text->erase(0, kMark.size());
  return text;
}

// Edits of `--set` carry their number as a line below zero, until the reader's mistakes have got
// their texts: then as many as there are edits have one place, `--set`.
std::vector<Edit> numbered(std::vector<Edit> edits) {
  int number = 0;
  for (Edit& edit : edits) {
    if (edit.from.file == kSet) edit.from.line = --number;
  }
  return edits;
}

Edit seed_edit(std::uint64_t seed) {
  Edit edit = set_edit({key_step("seed")}, std::to_string(seed));
  edit.from.file = "--seed";
  return edit;
}

void tell(const Problems& found, const std::vector<Edit>& edits, Problems& problems) {
  for (Problem problem : found.list()) {
    if (problem.place.line < 0) {
      const auto number = static_cast<std::size_t>(-problem.place.line);
      if (problem.source.empty() && number <= edits.size())
        problem.source = edits[number - 1].source;
      problem.place.line = 0;
    }
    problems.add(std::move(problem));
  }
  problems.count_more_of(found);
}

bool changes(const Edit& edit, std::string_view key) {
  return !edit.path.empty() && edit.path[0].text == key;
}

// Reads the files of a scenario, so far as they can be found.
class SourceReader {
 public:
  SourceReader(const std::string& file, Problems& problems) : problems_(problems) {
    sources_.file = file;
  }

  // Its own text; then, as that says, what it extends and the world.
  bool read(const std::vector<Edit>& edits) {
    const std::optional<std::string> own = yaml_text(sources_.file, problems_);
    if (!own) return false;
    sources_.own = {*own, Origins(sources_.file, *own)};
    // Which files these are hangs on them.
    const NamesOf none = [](const std::string&, const Layout&) { return std::vector<EntryName>(); };
    for (const Edit& edit : edits) {
      if (changes(edit, "world") || changes(edit, "extends"))
        pindah::apply_edit(edit, none, sources_.own, problems_);
    }
    return !problems_.any() && read_base();
  }

  std::optional<World> load_its_world() {
    const auto [file, text] = names_world(sources_.own.text) || !sources_.extends()
                                  ? std::pair(sources_.file, sources_.own)
                                  : std::pair(base_path_, base_text());
    const std::optional<Yaml> yaml = parse_yaml(text.text, text.origins, problems_);
    if (!yaml) return {};
    YamlMap map(*yaml, "a scenario", problems_);
    if (!yaml->is_map() || !map.need("world")) return {};
    const std::optional<std::string> name = map.text("world");
    if (!name) return {};
    const auto found = find_world(*name, map.get("world")->place, file, problems_);
    std::optional<World> world = found ? load_world(*found, problems_) : std::nullopt;
    if (world) check_budget_sets(*world, problems_);
    if (problems_.any()) return {};
    return world;
  }

  Sources& sources() { return sources_; }

 private:
  bool read_base() {
    const std::optional<Yaml> yaml = parse_yaml(sources_.own.text, sources_.own.origins, problems_);
    if (!yaml || !yaml->is_map()) return yaml.has_value();
    YamlMap map(*yaml, "a scenario", problems_);
    if (!map.has("extends")) return true;
    const std::optional<std::string> name = map.text("extends");
    if (!name) return false;
    const auto found = find_extended(*name, map.get("extends")->place, sources_.file, problems_);
    if (!found) return false;
    base_path_ = *found;
    sources_.base_file = shown_path(*found, sources_.file);
    const std::optional<std::string> text = yaml_text(sources_.base_file, problems_);
    if (text) sources_.base = *text;
    return text.has_value();
  }

  static bool names_world(const std::string& text) {
    const std::optional<Layout> layout = lay_out(text);
    return layout && layout->get("world") != nullptr;
  }

  SourceText base_text() const {
    return {sources_.base, Origins(sources_.base_file, sources_.base)};
  }

  Problems& problems_;
  Sources sources_;
  std::string base_path_;  // absolute
};

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

// The files do not say it: what is left stands in one text.
void cut_off(Micros length, const World& world, Scenario& scenario, Sources& sources) {
  shorten(scenario, length);
  scenario.effective_yaml = write_scenario(scenario, world);
  sources.own = {scenario.effective_yaml, Origins(sources.file, scenario.effective_yaml)};
  sources.base_file.clear();
  sources.base.clear();
}

// Where a line of the budget is said to hold: in the scenario's own file.
void annotate(BudgetLine& line, const Sources& sources, const SaidAt& said) {
  line.place.line = std::max(line.place.line, 0);
  const auto at = said.find(line.name);
  if (line.place.file == sources.file || line.place.file == kSet || at == said.end()) return;
  line.stands = line.place;
  line.stands.file = shown_path(line.place.file, sources.file);
  line.place = at->second;
  line.place.line = std::max(line.place.line, 0);
}

}  // namespace

std::optional<Scenario> read_sources(const Sources& sources, const World& world,
                                     Problems& problems) {
  SaidAt said;
  const std::optional<SourceText> text = compose(sources, world, said, problems);
  if (!text) return {};
  std::optional<Yaml> yaml = parse_yaml(text->text, text->origins, problems);
  if (!yaml) return {};
  yaml->place.file = sources.file;
  std::optional<Scenario> scenario = parse_scenario(*yaml, world, problems);
  if (!scenario) return {};
  for (BudgetLine& line : scenario->budget) annotate(line, sources, said);
  scenario->world_folder = world.folder;
  scenario->effective_yaml = write_scenario(*scenario, world);
  return scenario;
}

std::optional<Sources> load_sources(const std::string& file, Problems& problems) {
  Problems found;
  SourceReader reader(file, found);
  const bool read = reader.read({});
  tell(found, {}, problems);
  return read ? std::optional(std::move(reader.sources())) : std::nullopt;
}

std::optional<ScenarioAndWorld> read_scenario(const std::string& file, const Overrides& overrides,
                                              Problems& problems) {
  std::vector<Edit> edits = numbered(overrides.edits);
  if (overrides.seed) edits.push_back(seed_edit(*overrides.seed));
  Problems found;
  SourceReader reader(file, found);
  std::optional<World> world;
  std::optional<Scenario> scenario;
  if (reader.read(edits)) world = reader.load_its_world();
  if (world) {
    for (const Edit& edit : edits) {
      if (!changes(edit, "world") && !changes(edit, "extends"))
        apply_edit(edit, *world, reader.sources(), found);
    }
    Problems of_reader;
    scenario = read_sources(reader.sources(), *world, of_reader);
    found.add(of_reader);
  }
  tell(found, edits, problems);
  if (!scenario || found.any()) return {};
  if (overrides.length && *overrides.length < scenario->length)
    cut_off(*overrides.length, *world, *scenario, reader.sources());
  return ScenarioAndWorld{std::move(*scenario), std::move(*world), std::move(reader.sources())};
}

std::string text_to_save(const Sources& sources, const Scenario& scenario,
                         const std::string& path) {
  if (!sources.extends()) return sources.own.text;
  const std::optional<Layout> own = lay_out(sources.own.text);
  const Layout* name = own ? own->get("extends") : nullptr;
  Problems ignored;
  const auto found = name ? find_extended(name->text, {}, path, ignored) : std::nullopt;
  std::error_code error;
  const bool same = found && fs::equivalent(*found, sources.base_file, error);
  return same ? sources.own.text : scenario.effective_yaml;
}

std::vector<Problem> steps_to_name(const ScenarioAndWorld& input) {
  std::vector<Problem> asked;
  SaidAt said;
  Problems ignored;
  const auto text = compose(input.sources, input.world, said, ignored);
  const std::optional<Layout> layout = text ? lay_out(text->text) : std::nullopt;
  const Layout* plan = layout ? layout->get("plan") : nullptr;
  if (plan == nullptr) return asked;
  const std::vector<EntryName> names = names_in(input.world)("plan", *plan);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Layout::Entry& step = plan->entries[i];
    const bool named = step.value.get("name") != nullptr;
    if (!names[i].shared || named) continue;
    Place place = text->origins.at(step.value.begin);
    place.line = std::max(place.line, 0);
    asked.push_back({place,
                     "`" + names[i].name + "` is called so by its place in the plan alone",
                     "a name of its own",
                     "name: …",
                     {}});
  }
  return asked;
}

}  // namespace pindah
