#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "base/utf8.h"

namespace pindah {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;
constexpr std::size_t kMostDepth = 40;
constexpr const char* kControl = "a control character is not allowed";
constexpr const char* kNoText = "an escape in this text gives no UTF-8";
constexpr const char* kWriteIt = "write the character itself, or as \\u and four digits";

Place place_of(const std::string& file, const YAML::Mark& mark) {
  return {file, mark.line + 1, mark.column + 1};
}

// C0 (but tab and line breaks), DEL and C1: none has a place in a text that ends on a terminal.
bool is_control(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c == 0xC2 && at + 1 < text.size()) return static_cast<unsigned char>(text[at + 1]) < 0xA0;
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

// The parser takes some control characters for the end of the file and lets broken UTF-8 through.
bool is_clean_text(std::string_view text, const std::string& file, Problems& problems) {
  int line = 1;
  std::size_t line_start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    const bool control = is_control(text, at);
    if (length == 0 || control) {
      problems.add({file, line, static_cast<int>(at - line_start) + 1},
                   control ? kControl : "not UTF-8");
      return false;
    }
    if (text[at] == '\n') ++line, line_start = at + 1;
    at += length;
  }
  return true;
}

// A first pass over the parser's events: what a tree of nodes no longer shows, and an end to
// documents that would cost more than their size before any tree is built.
class StrictPass : public YAML::EventHandler {
 public:
  StrictPass(const std::string& file, Problems& problems) : file_(file), problems_(problems) {}
  struct Stop {};

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    problems_.add(place_of(file_, mark), "a second document in one file");
    throw Stop();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    node(mark, "", anchor, nullptr);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "an alias");
    node(mark, "", 0, nullptr, true);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    node(mark, tag, anchor, &value);
    // By an escape such as "\x1b"; the parser makes single bytes, which are no UTF-8, of "\N" and
    // "\_".
    for (std::size_t at = 0; at < value.size();) {
      if (is_control(value, at)) return problems_.add(place_of(file_, mark), kControl);
      const std::size_t length = utf8_length(value, at);
      if (length == 0) return problems_.add(place_of(file_, mark), kNoText, {}, kWriteIt);
      at += length;
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    node(mark, tag, anchor, nullptr);
    open(mark, false);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    node(mark, tag, anchor, nullptr);
    open(mark, true);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Open {
    bool map = false;
    bool key_next = true;
    std::map<std::string, int> lines;  // of the keys so far
  };

  void refuse(const YAML::Mark& mark, const std::string& what) {
    problems_.add(place_of(file_, mark), what + " is not allowed", {}, "write the value out");
  }

  void open(const YAML::Mark& mark, bool map) {
    if (open_.size() >= kMostDepth) {
      problems_.add(place_of(file_, mark), "nested deeper than 40");
      throw Stop();
    }
    open_.push_back({map, true, {}});
  }

  void node(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            const std::string* scalar, bool alias = false) {
    if (anchor != 0) refuse(mark, "an anchor");
    // The parser itself marks plain nodes "?" and quoted ones "!".
    if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "a tag");
    if (open_.empty() || !open_.back().map) return;
    Open& map = open_.back();
    if (map.key_next && !alias) key(map, mark, scalar);
    map.key_next = !map.key_next;
  }

  void key(Open& map, const YAML::Mark& mark, const std::string* scalar) {
    const Place place = place_of(file_, mark);
    if (scalar == nullptr) return problems_.add(place, "a key must be a word");
    const auto [first, added] = map.lines.emplace(*scalar, place.line);
    if (!added) {
      problems_.add(place, "duplicate key `" + *scalar + "`", {},
                    "the first one stands in line " + std::to_string(first->second));
    }
  }

  const std::string& file_;
  Problems& problems_;
  int documents_ = 0;
  std::vector<Open> open_;
};

// What the strict pass found goes to `found`; a YAML::Exception is the parser's own complaint.
void pass(const std::string& text, const std::string& file, Problems& found) {
  StrictPass strict(file, found);
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  try {
    if (!parser.HandleNextDocument(strict)) found.add({file, 0, 0}, "the file is empty");
    while (parser.HandleNextDocument(strict)) {
    }
  } catch (const StrictPass::Stop&) {
  }
}

Yaml child(const YAML::Node& node, const std::string& file,
           const std::shared_ptr<const Origins>& origins) {
  if (!origins) return {node, place_of(file, node.Mark()), {}};
  return {node, origins->at(static_cast<std::size_t>(node.Mark().pos)), origins};
}

std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::string kind_of(const Yaml& yaml) {
  if (yaml.is_map()) return "a map";
  if (yaml.is_list()) return "a list";
  return yaml.is_scalar() ? "`" + yaml.text() + "`" : "nothing";
}

}  // namespace

std::optional<Yaml> load_yaml(const std::string& file, Problems& problems) {
  const std::optional<std::string> text = read_text_file(file, problems);
  if (!text) return {};
  return parse_yaml(*text, file, problems);
}

std::optional<std::string> read_text_file(const std::string& file, Problems& problems) {
  std::error_code error;
  const auto kind = std::filesystem::status(file, error).type();
  const bool regular = kind == std::filesystem::file_type::regular;
  // Opening a pipe would wait for its writer.
  std::ifstream stream;
  if (regular) stream.open(file, std::ios::binary);
  if (!stream.is_open()) {
    const bool piped = file == "-" || kind == std::filesystem::file_type::fifo;
    problems.add({file, 0, 0}, "cannot read `" + file + "`", "a file",
                 piped ? "standard input and pipes are not read: the world, and what a scenario "
                         "extends, are found from where its file lies"
                       : "");
    return {};
  }
  std::string text(kMostBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

std::optional<Yaml> parse_yaml(const std::string& text, const std::string& file,
                               Problems& problems) {
  if (text.size() > kMostBytes) {
    problems.add({file, 0, 0}, "the file is larger than 1 MiB");
    return {};
  }
  if (!is_clean_text(text, file, problems)) return {};
  try {
    Problems found;
    pass(text, file, found);
    problems.add(found);
    if (!found.any()) return Yaml{YAML::Load(text), {file, 1, 1}, {}};
  } catch (const YAML::Exception& e) {
    // What was found before a broken place is often only what the break looks like.
    const bool known = !e.mark.is_null();
    problems.add(known ? place_of(file, e.mark) : Place{file, 0, 0}, "not YAML: " + e.msg);
  }
  return {};
}

std::optional<Yaml> parse_yaml(const std::string& text, const Origins& origins,
                               Problems& problems) {
  const std::string file = origins.at(0).file;
  Problems found;
  std::optional<Yaml> yaml = parse_yaml(text, file, found);
  // Byte offsets of lines, so that a place in the text becomes one in what it was made of.
  std::vector<std::size_t> lines{0};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') lines.push_back(at + 1);
  }
  for (Problem problem : found.list()) {
    const auto line = static_cast<std::size_t>(problem.place.line);
    if (line >= 1 && line <= lines.size()) {
      const int column = std::max(problem.place.column, 1) - 1;
      problem.place = origins.at(lines[line - 1] + static_cast<std::size_t>(column));
    }
    problems.add(std::move(problem));
  }
  problems.count_more_of(found);
  if (yaml) {
    yaml->place = origins.at(0);
    yaml->origins = std::make_shared<const Origins>(origins);
  }
  return yaml;
}

std::vector<Yaml> items_of(const Yaml& list) {
  std::vector<Yaml> items;
  if (!list.is_list()) return items;
  for (const auto& node : list.node) {
    items.push_back(child(node, list.place.file, list.origins));
  }
  return items;
}

YamlMap::YamlMap(const Yaml& yaml, std::string what, Problems& problems)
    : what_(std::move(what)),
      problems_(problems),
      place_(yaml.place),
      origins_(yaml.origins),
      is_map_(yaml.is_map()) {
  if (!is_map_) {
    problems_.add(yaml.place, what_ + " must be a map of `key: value`, not " + kind_of(yaml));
    return;
  }
  for (const auto& entry : yaml.node) {
    const Yaml key = child(entry.first, place_.file, origins_);
    // Where nothing stands, the parser's mark is that of what comes next.
    const bool nothing = entry.second.IsNull();
    entries_.emplace_back(key, nothing ? Yaml{entry.second, key.place, origins_}
                                       : child(entry.second, place_.file, origins_));
  }
}

bool YamlMap::has(std::string_view key) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const auto& entry) { return entry.first.text() == key; });
}

std::optional<Yaml> YamlMap::get(std::string_view key) {
  known_.emplace_back(key);
  for (const auto& [name, value] : entries_) {
    if (name.text() == key) return value;
  }
  return {};
}

std::optional<Yaml> YamlMap::need(std::string_view key) {
  std::optional<Yaml> value = get(key);
  if (!value && is_map_) problems_.add(place_, "`" + std::string(key) + "` is missing in " + what_);
  return value;
}

std::vector<std::pair<Yaml, Yaml>> YamlMap::entries() {
  for (const auto& entry : entries_) known_.push_back(entry.first.text());
  return entries_;
}

void YamlMap::finish() {
  std::vector<std::string> known = known_;
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  for (const auto& entry : entries_) {
    const std::string key = entry.first.text();
    if (std::binary_search(known.begin(), known.end(), key)) continue;
    const std::string hint = problems_.full() ? std::string() : did_you_mean(key, known);
    problems_.add(entry.first.place, "unknown key `" + key + "` in " + what_,
                  "one of: " + listed(known), hint);
  }
}

std::optional<std::string> YamlMap::text(std::string_view key) {
  const std::optional<Yaml> value = get(key);
  if (!value) return {};
  if (value->is_scalar() && !value->text().empty()) return value->text();
  problems_.add(value->place, "`" + std::string(key) + "` must be text, not " + kind_of(*value));
  return {};
}

std::optional<std::int64_t> YamlMap::integer(std::string_view key, std::int64_t least,
                                             std::int64_t most) {
  const std::optional<Yaml> value = get(key);
  if (!value) return {};
  const std::string text = value->text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
  if (whole && least <= number && number <= most) return number;
  problems_.add(value->place, "`" + std::string(key) + "` must be a whole number from " +
                                  std::to_string(least) + " to " + std::to_string(most) + ", not " +
                                  kind_of(*value));
  return {};
}

std::optional<bool> YamlMap::boolean(std::string_view key) {
  const std::optional<std::size_t> index = word(key, {"false", "true"});
  if (!index) return {};
  return *index == 1;
}

std::optional<std::size_t> YamlMap::word(std::string_view key,
                                         const std::vector<std::string>& words) {
  const std::optional<Yaml> value = get(key);
  if (!value) return {};
  const auto found = std::find(words.begin(), words.end(), value->text());
  if (value->is_scalar() && found != words.end()) {
    return static_cast<std::size_t>(found - words.begin());
  }
  problems_.add(value->place, "`" + std::string(key) + "` cannot be " + kind_of(*value),
                "one of: " + listed(words), did_you_mean(value->text(), words));
  return {};
}

std::vector<Yaml> YamlMap::list(std::string_view key) {
  const std::optional<Yaml> value = get(key);
  if (!value) return {};
  if (value->is_scalar()) return {*value};
  const std::vector<Yaml> items = items_of(*value);
  const bool scalars =
      std::all_of(items.begin(), items.end(), [](const Yaml& item) { return item.is_scalar(); });
  if (value->is_list() && scalars) return items;
  problems_.add(value->place, "`" + std::string(key) + "` must be a list of words, not " +
                                  (scalars ? kind_of(*value) : "a list with lists or maps in it"));
  return {};
}

}  // namespace pindah
