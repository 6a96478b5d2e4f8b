#include "edit/layout.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

namespace pindah {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// An unusual form: the text is left alone.
struct Unusual {};

// Walks over the text as the parser's events say what comes next.
class Surveyor : public YAML::EventHandler {
 public:
  explicit Surveyor(const std::string& text)
      : text_(text), shift_(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0) {
    cursor_ = shift_;
  }

  Layout take() {
    if (!root_) throw Unusual();
    return std::move(*root_);
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { throw Unusual(); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Layout node;
    // Written out, as a tilde or a word, or left out; then the mark is that of what comes next.
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (std::string_view(text_).substr(place(mark)).starts_with(word)) node.text = word;
    }
    node.begin = place(mark);
    node.end = node.begin + node.text.size();
    const bool written = !node.text.empty();
    node.text.clear();
    const std::size_t end = written ? node.end : 0;
    put(std::move(node), end);
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                const std::string& value) override {
    Layout node;
    node.kind = Layout::Kind::scalar;
    node.begin = place(mark);
    node.text = value;
    node.end = scalar_end(node);
    put(std::move(node), node.end);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value style) override {
    open(mark, Layout::Kind::list, style == YAML::EmitterStyle::Flow);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value style) override {
    open(mark, Layout::Kind::map, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapEnd() override { close('}'); }

 private:
  struct Open {
    Layout node;
    bool key_next = true;
  };

  std::size_t place(const YAML::Mark& mark) const {
    return static_cast<std::size_t>(mark.pos) + shift_;
  }
  char at(std::size_t byte) const { return byte < text_.size() ? text_[byte] : '\0'; }

  // Over blanks, commas and comments.
  std::size_t next_sign(std::size_t byte) const {
    while (byte < text_.size()) {
      const bool comment = text_[byte] == '#' && (byte == 0 || is_blank(text_[byte - 1]));
      if (comment) {
        byte = std::min(text_.find('\n', byte), text_.size());
      } else if (is_blank(text_[byte]) || text_[byte] == ',') {
        ++byte;
      } else {
        break;
      }
    }
    return byte;
  }

  void open(const YAML::Mark& mark, Layout::Kind kind, bool flow) {
    Layout node;
    node.kind = kind;
    node.flow = flow;
    node.begin = place(mark);
    if (flow && at(node.begin) != (kind == Layout::Kind::list ? '[' : '{')) throw Unusual();
    begin_value(node.begin);
    cursor_ = node.begin + (flow ? 1 : 0);
    open_.push_back({std::move(node), true});
  }

  void close(char bracket) {
    Layout node = std::move(open_.back().node);
    open_.pop_back();
    if (node.flow) {
      const std::size_t end = next_sign(cursor_);
      if (at(end) != bracket) throw Unusual();
      node.end = end + 1;
    } else {
      node.end = node.entries.empty() ? node.begin : node.entries.back().end();
    }
    finish(std::move(node));
  }

  // A value or a key of the innermost list or map, which ends at `end`.
  void put(Layout node, std::size_t end) {
    if (!open_.empty() && open_.back().node.kind == Layout::Kind::map && open_.back().key_next) {
      return key(node, end);
    }
    begin_value(node.begin);
    if (node.kind == Layout::Kind::nothing && node.begin == node.end)
      node.begin = node.end = cursor_;
    finish(std::move(node));
  }

  void key(const Layout& node, std::size_t end) {
    while (is_blank(at(end)) && at(end) != '\n') ++end;
    if (node.kind != Layout::Kind::scalar || at(end) != ':') throw Unusual();
    Layout::Entry entry;
    entry.begin = node.begin;
    entry.slot = cursor_ = end + 1;
    entry.key = node.text;
    open_.back().node.entries.push_back(std::move(entry));
    open_.back().key_next = false;
  }

  // In a list, its dash comes before the value.
  void begin_value(std::size_t begin) {
    if (open_.empty() || open_.back().node.kind != Layout::Kind::list) return;
    Layout::Entry entry;
    entry.begin = entry.slot = begin;
    if (!open_.back().node.flow) {
      entry.begin = next_sign(cursor_);
      if (at(entry.begin) != '-') throw Unusual();
      cursor_ = entry.slot = entry.begin + 1;
    }
    open_.back().node.entries.push_back(std::move(entry));
  }

  void finish(Layout node) {
    cursor_ = node.end;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& into = open_.back();
    into.node.entries.back().value = std::move(node);
    into.key_next = true;
  }

  std::size_t scalar_end(Layout& node) {
    const char first = at(node.begin);
    node.quoted = first == '"' || first == '\'' || first == '|' || first == '>';
    if (first == '"' || first == '\'') return quoted_end(node.begin);
    if (first == '|' || first == '>') return block_end(node.begin);
    return plain_end(node);
  }

  std::size_t quoted_end(std::size_t byte) const {
    const char quote = at(byte++);
    while (byte < text_.size()) {
      if (quote == '"' && text_[byte] == '\\') {
        byte += 2;
      } else if (text_[byte] != quote) {
        ++byte;
      } else if (quote == '\'' && at(byte + 1) == quote) {
        byte += 2;
      } else {
        return byte + 1;
      }
    }
    throw Unusual();
  }

  // To the last line that is indented deeper than what the block belongs to.
  std::size_t block_end(std::size_t begin) const {
    const std::size_t outer = open_.empty() ? 0 : column(open_.back().node.begin);
    std::size_t end = line_end(begin);
    for (std::size_t line = end; line < text_.size();) {
      const std::size_t first = text_.find_first_not_of(' ', line + 1);
      const std::size_t stop = line_end(line + 1);
      const bool blank = first == std::string::npos || is_blank(text_[first]);
      if (!blank && column(first) <= outer && !open_.empty()) break;
      if (!blank) end = stop;
      line = stop;
    }
    while (end > begin && is_blank(text_[end - 1])) --end;
    return end;
  }

  // The text of a plain scalar is its value, but for line breaks.
  std::size_t plain_end(const Layout& node) const {
    std::size_t byte = node.begin;
    for (const char c : node.text) {
      if (at(byte) == c) {
        ++byte;
        continue;
      }
      std::size_t next = byte;
      while (is_blank(at(next))) ++next;
      if (at(next) == c) {
        byte = next + 1;
      } else if (!is_blank(c)) {
        throw Unusual();
      }
    }
    return byte;
  }

  std::size_t line_end(std::size_t byte) const {
    return std::min(text_.find('\n', byte), text_.size());
  }
  std::size_t column(std::size_t byte) const {
    const std::size_t line = byte == 0 ? std::string::npos : text_.rfind('\n', byte - 1);
    return byte - (line == std::string::npos ? 0 : line + 1);
  }

  const std::string& text_;
  std::size_t shift_;
  std::size_t cursor_ = 0;  // behind what has been seen
  std::vector<Open> open_;
  std::optional<Layout> root_;
};

}  // namespace

std::size_t Layout::Entry::end() const { return value.end; }

int Layout::find(std::string_view key) const {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (kind == Kind::map && entries[i].key == key) return static_cast<int>(i);
  }
  return -1;
}

const Layout* Layout::get(std::string_view key) const {
  const int entry = find(key);
  return entry < 0 ? nullptr : &entries[static_cast<std::size_t>(entry)].value;
}

std::optional<Layout> lay_out(const std::string& text) {
  try {
    Surveyor surveyor(text);
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(surveyor)) return {};
    return surveyor.take();
  } catch (const YAML::Exception&) {
    return {};
  } catch (const Unusual&) {
    return {};
  }
}

bool same_values(const Layout& a, const Layout& b) {
  if (a.kind != b.kind || a.entries.size() != b.entries.size()) return false;
  if (a.kind == Layout::Kind::scalar) return a.text == b.text;
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    const Layout* other =
        a.kind == Layout::Kind::map ? b.get(a.entries[i].key) : &b.entries[i].value;
    if (other == nullptr || !same_values(a.entries[i].value, *other)) return false;
  }
  return true;
}

}  // namespace pindah
