#include "scenario/scenario.h"

#include <algorithm>
#include <filesystem>

#include "scenario/format.h"
#include "scenario/parse.h"
#include "scenario/words.h"

namespace pindah {
namespace {

constexpr std::int64_t kMostRows = 10'000'000;        // of one name of `scale`
constexpr Micros kLongest = hours(24 * 366);          // length and settle together
constexpr Micros kLongestSetting = hours(24 * 3652);  // as long as a world may set it
constexpr Micros kLongestService = minutes(10);       // p99 of a service time; delay of a link

void read_service_time(const Yaml& yaml, LogNormal& into, Problems& problems) {
  Fields fields(yaml, "a service time", problems);
  fields.need_duration("median", into.median, {1}, kLongestService);
  fields.need_duration("p99", into.p99, {1}, kLongestService);
  fields.finish();
  if (into.p99 < into.median) {
    problems.add(fields.place_of("p99"), "`p99` is below `median`");
  }
}

void read_platforms(const Yaml& yaml, Reading& reading) {
  Fields sides(yaml, "`platforms`", reading.problems);
  for (const Side side : {Side::source, Side::target}) {
    const std::optional<Yaml> one = sides.map().get(side_words()[index(side)]);
    if (!one) continue;
    PlatformCapacity& into = reading.scenario.platforms[index(side)];
    Fields fields(*one, "a platform", reading.problems);
    fields.integer("workers", into.workers, 1, 10'000);
    fields.integer("queue", into.queue, 0, 1'000'000);
    if (const auto time = fields.map().get("service_time")) {
      read_service_time(*time, into.service_time, reading.problems);
    }
    fields.finish();
  }
  sides.finish();
}

void read_links(const Yaml& yaml, Reading& reading) {
  Fields links(yaml, "`links`", reading.problems);
  for (std::size_t i = 0; i < link_words().size(); ++i) {
    const std::optional<Yaml> one = links.map().get(link_words()[i]);
    if (!one) continue;
    Fields fields(*one, "a link", reading.problems);
    fields.duration("delay", reading.scenario.links[i].delay, {}, kLongestService);
    fields.share("loss", reading.scenario.links[i].loss_ppm);
    fields.finish();
  }
  links.finish();
}

template <class Value>
std::vector<std::string> keys_of(const std::map<std::string, Value>& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

// The world's numbers that a scenario may set: first its own, then what the scenario says.
void read_scale(const Yaml& yaml, Reading& reading) {
  Fields fields(yaml, "`scale`", reading.problems);
  for (const std::string& name : keys_of(reading.world.scale)) {
    fields.integer(name, reading.scenario.scale[name], 0, kMostRows);
  }
  fields.finish();
}

void read_settings(const Yaml& yaml, Reading& reading) {
  Fields fields(yaml, "`settings`", reading.problems);
  for (const std::string& name : keys_of(reading.world.settings)) {
    fields.duration(name, reading.scenario.settings[name], {}, kLongestSetting);
  }
  fields.finish();
}

void read_start(Fields& fields, Scenario& scenario) {
  const std::optional<Yaml> value = fields.map().get("starts");
  if (!value) return;
  const std::optional<LocalInstant> moment = parse_instant(value->text());
  if (!moment) {
    fields.problems().add(value->place, "`starts` must be a moment, not " + shown(*value),
                          "date, time and offset: 2023-12-11 23:00 +07:00");
    return;
  }
  scenario.starts_us = moment->us;
  scenario.utc_offset = moment->utc_offset;
}

void read_head(Fields& fields, Scenario& scenario) {
  // Two files have become one text before it comes here.
  for (const char* key : {"extends", "edits"}) fields.map().get(key);
  int version = 1;
  if (fields.map().need("pindah")) fields.integer("pindah", version, 1, 1);
  scenario.title = std::filesystem::path(scenario.file).stem().string();
  fields.text("title", scenario.title);
  if (fields.map().need("world")) fields.text("world", scenario.world);
  fields.integer("seed", scenario.seed, 0, INT64_MAX);
  read_start(fields, scenario);
  const bool length = fields.duration("length", scenario.length, seconds(1), kLongest);
  const bool settle = fields.duration("settle", scenario.settle, {}, kLongest);
  if ((length || settle) && scenario.length + scenario.settle > kLongest) {
    fields.problems().add(fields.place_of(length ? "length" : "settle"),
                          "`length` and `settle` together must be at most 366d");
  }
  fields.integer("edges", scenario.edges, 1, 64);
  fields.duration("route_refresh", scenario.route_refresh, millis(1), hours(1));
  fields.duration("max_control_p99", scenario.max_control_p99, millis(1), hours(1));
  fields.integer("min_exposure", scenario.min_exposure, 0, 1'000'000'000);
}

using ReadPart = void (*)(const Yaml&, Reading&);

void read_part(Fields& fields, std::string_view key, ReadPart part, Reading& reading) {
  if (const std::optional<Yaml> yaml = fields.map().get(key)) part(*yaml, reading);
}

// The parts are read in their own order; people read down the file.
void add_sorted(const Problems& found, Problems& into) {
  std::vector<Problem> sorted = found.list();
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  for (Problem& problem : sorted) into.add(std::move(problem));
  into.count_more_of(found);
}

}  // namespace

std::optional<Scenario> parse_scenario(const Yaml& yaml, const World& world, Problems& problems) {
  Problems found;
  Scenario scenario;
  scenario.file = yaml.place.file;
  scenario.scale = world.scale;
  scenario.settings = world.settings;
  Reading reading{world, world_names(world), found, scenario};
  Fields fields(yaml, "a scenario", found);
  read_head(fields, scenario);
  read_part(fields, "scale", read_scale, reading);
  read_part(fields, "settings", read_settings, reading);
  read_part(fields, "platforms", read_platforms, reading);
  read_part(fields, "links", read_links, reading);
  const int mix = fields.map().get("mix") ? read_mix(fields, world) : 0;
  if (const auto traffic = fields.map().get("traffic")) read_traffic(*traffic, mix, reading);
  read_part(fields, "plan", read_plan, reading);
  read_part(fields, "surprises", read_surprises, reading);
  read_part(fields, "budget", read_budget, reading);
  fields.finish();
  add_sorted(found, problems);
  if (found.any()) return {};
  return scenario;
}

}  // namespace pindah
