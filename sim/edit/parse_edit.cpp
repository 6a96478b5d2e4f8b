#include <algorithm>

#include "base/yaml.h"
#include "edit/edit.h"
#include "edit/layout.h"

namespace pindah {
namespace {

constexpr std::size_t kLongestEdit = 1 << 16;  // bytes
constexpr std::size_t kDeepest = 16;           // steps of a path

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Thrown away once its problem has been reported.
struct Refused {};

class EditReader {
 public:
  EditReader(std::string_view text, const Place& from, Problems& problems)
      : text_(text), problems_(problems) {
    edit_.from = from;
    edit_.source = std::string(text);
  }

  Edit read() {
    if (text_.size() > kLongestEdit) fail(0, "an edit is at most 64 KiB long");
    const std::size_t line = text_.find_first_of("\n\r");
    if (line != std::string_view::npos) fail(line, "an edit is one line");
    skip_blanks();
    const std::size_t begin = at_;
    if (starts_step()) read_path();
    skip_blanks();
    read_verb(begin);
    return std::move(edit_);
  }

 private:
  [[noreturn]] void fail(std::size_t at, std::string what, std::string expected = {},
                         std::string hint = {}) {
    problems_.add(edit_problem(edit_, at, std::move(what), std::move(expected), std::move(hint)));
    throw Refused();
  }

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  bool take(std::string_view sign) {
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  bool starts_step() const { return peek() == '[' || is_word(peek()); }

  PathStep read_step() {
    if (peek() == '[') return name_step(read_name());
    const std::size_t begin = at_;
    while (is_word(peek()) || (peek() == '-' && at_ > begin && is_word(peek(1)))) ++at_;
    if (at_ == begin) fail(begin, "`" + shown() + "` has an empty key");
    return key_step(std::string(text_.substr(begin, at_ - begin)));
  }

  // Behind the opening bracket, to the closing one.
  std::string read_name() {
    const std::size_t open = at_++;
    const bool quoted = peek() == '"';
    std::size_t end = at_;
    if (quoted) {
      end = end_of_quotes(at_);
    } else {
      end = std::min(text_.find(']', at_), text_.size());
    }
    if (end >= text_.size() || text_[end] != ']') fail(open, "this bracket is not closed");
    std::string name(text_.substr(at_, end - at_));
    if (quoted) name = unquoted(at_, end);
    if (name.empty()) fail(open, "a name is missing between the brackets");
    at_ = end + 1;
    return name;
  }

  // One past the closing quote of the quotes that open at `begin`.
  std::size_t end_of_quotes(std::size_t begin) const {
    for (std::size_t at = begin + 1; at < text_.size(); ++at) {
      if (text_[at] == '\\') {
        ++at;
      } else if (text_[at] == '"') {
        return at + 1;
      }
    }
    return text_.size();
  }

  // The text within the quotes from `begin` to `end`.
  std::string unquoted(std::size_t begin, std::size_t end) {
    const std::string quoted(text_.substr(begin, end - begin));
    Problems found;
    const std::optional<Yaml> yaml = parse_yaml(quoted, "", found);
    if (!yaml || !yaml->is_scalar()) fail(begin, "these quotes hold no text");
    return yaml->text();
  }

  void read_path() {
    edit_.path.push_back(read_step());
    while (peek() == '.' || peek() == '[') {
      if (edit_.path.size() == kDeepest) fail(at_, "this leads deeper than a scenario goes");
      if (peek() == '.') ++at_;
      edit_.path.push_back(read_step());
    }
  }

  std::string shown() const {
    const std::size_t sign = std::min(text_.find('='), text_.size());
    std::string_view path = text_.substr(0, sign);
    while (!path.empty() && path.back() == ' ') path.remove_suffix(1);
    return std::string(path);
  }

  void read_verb(std::size_t begin) {
    constexpr std::string_view kSigns[] = {"+=", "-=", "=", "*", "+", "-"};
    constexpr EditVerb kVerbs[] = {EditVerb::later, EditVerb::earlier, EditVerb::set,
                                   EditVerb::times, EditVerb::add,     EditVerb::remove};
    const std::size_t sign = at_;
    for (std::size_t i = 0; i < std::size(kSigns); ++i) {
      if (!take(kSigns[i])) continue;
      edit_.verb = kVerbs[i];
      skip_blanks();
      const bool whole = edit_.path.empty();
      if (whole && edit_.verb == EditVerb::set && peek() != '@')
        fail(begin, "`" + shown() + "` has an empty key");
      if (whole && edit_.verb != EditVerb::set && edit_.verb != EditVerb::remove)
        fail(begin, "what is to be changed is missing", "such as plan[cutover of orders].drain");
      if (edit_.verb == EditVerb::remove) return read_removed();
      return read_value();
    }
    fail_at_sign(sign);
  }

  [[noreturn]] void fail_at_sign(std::size_t sign) {
    const std::size_t later = text_.find_first_of("=+*", sign);
    std::string hint;
    if (later != std::string_view::npos && later > sign)
      hint = "a name with blanks stands in brackets: plan[cutover of orders]";
    fail(sign, "`" + std::string(text_) + "` sets nothing", "PATH = VALUE, such as a.b=c", hint);
  }

  void read_removed() {
    if (!starts_step()) fail(at_, "what is to be taken out is missing", "a key, or a [name]");
    edit_.path.push_back(read_step());
    read_end();
  }

  void read_end() {
    skip_blanks();
    if (at_ < text_.size())
      fail(at_, "`" + std::string(text_.substr(at_)) + "` is more than an edit says");
  }

  void read_value() {
    if (at_ >= text_.size()) fail(at_, "`" + shown() + "` is set to nothing", "a.b=value");
    edit_.value_at = at_;
    const bool may_be = edit_.verb == EditVerb::set || edit_.verb == EditVerb::add;
    if (peek() == '@' && may_be) {
      read_verbatim();
    } else {
      read_yaml();
    }
    if (edit_.verb == EditVerb::add) read_beside();
    read_end();
  }

  void read_verbatim() {
    const std::size_t begin = ++at_;
    if (peek() != '"') fail(begin, "a text in quotes is missing behind the @");
    at_ = end_of_quotes(begin);
    edit_.value = unquoted(begin, at_);
    edit_.verbatim = true;
  }

  // A value of one line, without a comment behind it.
  void read_yaml() {
    const std::size_t begin = at_;
    std::size_t end = edit_.verb == EditVerb::add ? end_of_map() : text_.size();
    const std::string value(text_.substr(begin, end - begin));
    if (value.front() == '#') fail(begin, "`" + shown() + "` is set to nothing", "a.b=value");
    check_yaml(value, begin);
    const std::optional<Layout> layout = lay_out(value);
    const bool block = layout && !layout->flow && !layout->entries.empty();
    if (!layout || block) {
      fail(begin, "a value is written on one line, a list or a map in brackets",
           "[a, b] or { a: b }");
    }
    if (layout->kind == Layout::Kind::nothing && layout->begin == layout->end)
      fail(begin, "`" + shown() + "` is set to nothing", "a.b=value");
    if (layout->kind == Layout::Kind::scalar &&
        (value[layout->begin] == '|' || value[layout->begin] == '>'))
      fail(begin, "a value is written on one line");
    edit_.value = value.substr(layout->begin, layout->end - layout->begin);
    at_ = end;
  }

  void check_yaml(const std::string& value, std::size_t begin) {
    Problems found;
    if (parse_yaml(value, "", found)) return;
    for (const Problem& problem : found.list()) {
      const auto column = static_cast<std::size_t>(std::max(problem.place.column, 1) - 1);
      problems_.add(
          edit_problem(edit_, begin + column, problem.what, problem.expected, problem.hint));
    }
    throw Refused();
  }

  // One past the brace that closes the one here.
  std::size_t end_of_map() {
    if (peek() != '{')
      fail(at_, "an entry is a map in braces", "such as { at: 9m, capture: orders }");
    std::size_t depth = 0;
    for (std::size_t at = at_; at < text_.size(); ++at) {
      const char c = text_[at];
      // An apostrophe within a word opens no quotes.
      const bool opens = c == '"' || c == '\'';
      if (opens && std::string_view(" {[,:").find(text_[at - 1]) != std::string_view::npos) {
        at = c == '"' ? end_of_quotes(at) - 1 : end_of_single_quotes(at);
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return at + 1;
      }
    }
    fail(at_, "this brace is not closed");
  }

  std::size_t end_of_single_quotes(std::size_t begin) const {
    for (std::size_t at = begin + 1; at < text_.size(); ++at) {
      if (text_[at] != '\'') continue;
      if (at + 1 >= text_.size() || text_[at + 1] != '\'') return at;
      ++at;
    }
    return text_.size();
  }

  void read_beside() {
    skip_blanks();
    if (take("before ")) {
      edit_.place = EditPlace::before;
    } else if (take("after ")) {
      edit_.place = EditPlace::after;
    } else {
      return;
    }
    skip_blanks();
    if (!starts_step()) fail(at_, "beside what is missing", "a [name], or a number from 0");
    edit_.beside = read_step();
  }

  std::string_view text_;
  Problems& problems_;
  Edit edit_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Edit> parse_edit(std::string_view text, const Place& from, Problems& problems) {
  try {
    return EditReader(text, from, problems).read();
  } catch (const Refused&) {
    return {};
  }
}

}  // namespace pindah
