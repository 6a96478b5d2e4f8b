#include "world/loading.h"

#include <algorithm>
#include <cctype>

#include "base/quantity.h"

namespace pindah {
namespace {

constexpr const char* kDurations = "a duration such as 250ms, 20s, 1h30m";
constexpr std::size_t kMostListed = 12;

std::string listed(const std::vector<std::string>& names) {
  if (names.empty() || names.size() > kMostListed) return {};
  std::string all = "one of: ";
  for (std::size_t i = 0; i < names.size(); ++i) all += (i == 0 ? "" : ", ") + names[i];
  return all;
}

// An exact decimal of at most six places, in millionths; up to a million.
std::optional<std::int64_t> parse_millionths(std::string_view text) {
  std::int64_t number = 0;
  int places = -1;
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && places < 0) {
      places = 0;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 12 || places >= 6) return {};
    number = number * 10 + (c - '0');
    if (places >= 0) ++places;
  }
  if (digits == 0 || text.back() == '.') return {};
  for (int i = std::max(places, 0); i < 6; ++i) number *= 10;
  return number;
}

}  // namespace

SlotId slot_of(Loading& loading, const std::string& name) {
  const SlotId known = loading.world.slot(name);
  if (known >= 0) return known;
  loading.world.slots.push_back(name);
  return static_cast<SlotId>(loading.world.slots.size()) - 1;
}

SlotId filled_slot(Loading& loading, const std::string& name) {
  loading.filled.insert(name);
  return slot_of(loading, name);
}

int need_name(Loading& loading, const Place& place, const std::string& kind,
              const std::string& name, const std::vector<std::string>& names) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it != names.end()) return static_cast<int>(it - names.begin());
  loading.problems.add(place, "there is no " + kind + " `" + name + "`", listed(names),
                       did_you_mean(name, names));
  return -1;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  if (std::isdigit(static_cast<unsigned char>(text[0])) != 0) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
}

bool check_name(Loading& loading, const Yaml& key, const std::string& kind) {
  if (is_name(key.text())) return true;
  loading.problems.add(key.place, "`" + key.text() + "` is not a name for " + kind,
                       "letters, digits and `_`, at most 64, no digit first");
  return false;
}

void check_count(Loading& loading, const std::vector<Yaml>& items, const Limit& limit) {
  const auto most = static_cast<std::size_t>(limit.most);
  if (items.size() <= most) return;
  loading.problems.add(items[most].place,
                       std::to_string(items.size()) + " " + std::string(limit.what),
                       "at most " + std::to_string(most));
}

void check_count(Loading& loading, const std::vector<std::pair<Yaml, Yaml>>& entries,
                 const Limit& limit) {
  std::vector<Yaml> names;
  for (const auto& entry : entries) names.push_back(entry.first);
  check_count(loading, names, limit);
}

std::optional<Micros> duration(Loading& loading, const Yaml& yaml) {
  const auto value = yaml.is_scalar() ? parse_duration(yaml.text()) : std::nullopt;
  if (value && value->us >= 0) return value;
  loading.problems.add(yaml.place, "`" + yaml.text() + "` is not a duration", kDurations,
                       parse_millionths(yaml.text()) ? "write its unit" : "");
  return {};
}

std::optional<Micros> duration(Loading& loading, YamlMap& map, std::string_view key, bool needed) {
  const auto yaml = needed ? map.need(key) : map.get(key);
  return yaml ? duration(loading, *yaml) : std::nullopt;
}

std::optional<std::int64_t> millionths(Loading& loading, const Yaml& yaml) {
  const auto value = yaml.is_scalar() ? parse_millionths(yaml.text()) : std::nullopt;
  if (!value) {
    loading.problems.add(yaml.place, "`" + yaml.text() + "` is not a decimal number",
                         "digits with at most six places, such as .25 or 1.9");
  }
  return value;
}

std::vector<Yaml> items(Loading& loading, const Yaml& yaml, const std::string& what) {
  if (!yaml.is_list()) loading.problems.add(yaml.place, what + " must be a list");
  return items_of(yaml);
}

std::optional<Yaml> need_text(Loading& loading, YamlMap& map, std::string_view key) {
  auto yaml = map.need(key);
  if (!yaml) return {};
  if (yaml->is_scalar() && !yaml->text().empty()) return yaml;
  loading.problems.add(yaml->place, "`" + std::string(key) + "` must be text");
  return {};
}

std::optional<Yaml> read_yaml(Loading& loading, const std::string& name) {
  const auto text = loading.files.read(name);
  if (!text) return {};
  return parse_yaml(*text, loading.files.shown(name), loading.problems);
}

}  // namespace pindah
