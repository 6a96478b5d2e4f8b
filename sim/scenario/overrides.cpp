#include "scenario/overrides.h"

#include <charconv>

namespace pindah {
namespace {

// A copy without marks: its places are not in the scenario's file.
YAML::Node unmarked(const YAML::Node& node) {
  YAML::Node copy;
  if (node.IsScalar()) return YAML::Node(node.Scalar());
  if (node.IsSequence()) {
    copy = YAML::Node(YAML::NodeType::Sequence);
    for (const auto& item : node) copy.push_back(unmarked(item));
  } else if (node.IsMap()) {
    copy = YAML::Node(YAML::NodeType::Map);
    for (const auto& entry : node) copy[entry.first.Scalar()] = unmarked(entry.second);
  }
  return copy;
}

std::string span_of(std::size_t size) {
  return size == 0 ? "nothing" : "items 0 to " + std::to_string(size - 1);
}

class Setter {
 public:
  Setter(const std::string& path, const YAML::Node& value, Problems& problems)
      : path_(path), value_(value), problems_(problems) {}

  // `from`: where in the path the key for `node` begins.
  void descend(YAML::Node node, std::size_t from) {
    const std::size_t dot = path_.find('.', from);
    const std::string key = path_.substr(from, dot - from);
    const bool last = dot == std::string::npos;
    if (key.empty()) return fail("has an empty key", "");
    if (node.IsSequence()) return item(node, from, key, dot);
    if (!node.IsMap()) return fail("leads into a value", name(from) + " has no keys");
    if (last) {
      node.remove(key);  // so that the new value brings its own place
      node[key] = value_;
      return;
    }
    if (!node[key].IsDefined()) node[key] = YAML::Node(YAML::NodeType::Map);
    descend(node[key], dot + 1);
  }

 private:
  void item(YAML::Node node, std::size_t from, const std::string& key, std::size_t dot) {
    std::size_t at = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), at);
    if (error != std::errc() || end != key.data() + key.size() || at >= node.size()) {
      return fail("names no item", name(from) + " has " + span_of(node.size()));
    }
    if (dot == std::string::npos) {
      node[at] = value_;
    } else {
      descend(node[at], dot + 1);
    }
  }

  std::string name(std::size_t from) const {
    return from == 0 ? "the scenario" : "`" + path_.substr(0, from - 1) + "`";
  }
  void fail(const std::string& what, std::string expected) {
    problems_.add({"--set", 0, 0}, "`" + path_ + "` " + what, std::move(expected));
  }

  const std::string& path_;
  const YAML::Node value_;
  Problems& problems_;
};

}  // namespace

void set_value(Yaml& yaml, const std::string& path, const std::string& value, Problems& problems) {
  if (value.empty()) {
    problems.add({"--set", 0, 0}, "`" + path + "` is set to nothing", "a.b=value");
    return;
  }
  const std::optional<Yaml> read = parse_yaml(value, "--set", problems);
  if (read) Setter(path, unmarked(read->node), problems).descend(yaml.node, 0);
}

}  // namespace pindah
