// YAML read strictly: anchors, tags, duplicate and unknown keys are mistakes with a place. On top
// of yaml-cpp.
#pragma once

#include <yaml-cpp/yaml.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/origins.h"
#include "base/problem.h"

namespace pindah {

// A node and where it stands.
struct Yaml {
  YAML::Node node;
  Place place;
  std::shared_ptr<const Origins> origins;  // none: the text is the file of `place`

  bool is_map() const { return node.IsMap(); }
  bool is_list() const { return node.IsSequence(); }
  bool is_scalar() const { return node.IsScalar(); }
  std::string text() const { return node.IsScalar() ? node.Scalar() : std::string(); }
};

// The document, or nothing after a problem: unreadable, larger than 1 MiB, nested deeper than 40,
// not YAML, an anchor, alias or tag, a duplicate key (each reported; all at once where the parser
// can go on).
std::optional<Yaml> load_yaml(const std::string& file, Problems& problems);
// The same from text; `file` names it in places.
std::optional<Yaml> parse_yaml(const std::string& text, const std::string& file,
                               Problems& problems);
// The same from a text that was put together: places are where its parts came from. No byte order
// mark.
std::optional<Yaml> parse_yaml(const std::string& text, const Origins& origins, Problems& problems);
// The bytes of a file of at most 1 MiB and one byte more; nothing after a problem.
std::optional<std::string> read_text_file(const std::string& file, Problems& problems);

// The items of a list; none of anything else.
std::vector<Yaml> items_of(const Yaml& list);

// Reads a map key by key and afterwards reports the keys that nobody asked for, with a suggestion.
class YamlMap {
 public:
  // Reports when `yaml` is not a map; it is then empty, and need() is silent.
  YamlMap(const Yaml& yaml, std::string what, Problems& problems);
  YamlMap(const YamlMap&) = delete;
  YamlMap& operator=(const YamlMap&) = delete;

  const Place& place() const { return place_; }
  bool has(std::string_view key) const;
  // The value of a key, remembered as known. Nothing: not there (need() reports that).
  std::optional<Yaml> get(std::string_view key);
  std::optional<Yaml> need(std::string_view key);
  // Every entry in file order (key with its place, value), all remembered as known.
  std::vector<std::pair<Yaml, Yaml>> entries();
  // Reports unknown keys: "unknown key `plann` in a scenario", "one of: …", "did you mean `plan`?".
  void finish();

  // Scalars; a mistake is reported with what was expected and gives nothing.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<bool> boolean(std::string_view key);  // true | false
  // One of a list of words: its index.
  std::optional<std::size_t> word(std::string_view key, const std::vector<std::string>& words);
  // A list of scalars, or one scalar as a list of one.
  std::vector<Yaml> list(std::string_view key);

 private:
  std::string what_;
  Problems& problems_;
  Place place_;
  std::shared_ptr<const Origins> origins_;
  bool is_map_;
  std::vector<std::pair<Yaml, Yaml>> entries_;
  std::vector<std::string> known_;
};

}  // namespace pindah
