#include "world/sql_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <optional>

#include "world/prepare.h"

namespace pindah {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr int kMostInner = 200;  // statements in the body of one trigger

// The end of the quoted text, comment or single character that starts at `at`.
std::size_t token_end(std::string_view sql, std::size_t at) {
  const auto after = [&](std::string_view end, std::size_t from) {
    const std::size_t found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  const char c = sql[at];
  if (c == '\'' || c == '"' || c == '`') return after(std::string_view(&c, 1), at + 1);
  if (c == '[') return after("]", at + 1);
  if (sql.substr(at, 2) == "--") return after("\n", at + 2);
  if (sql.substr(at, 2) == "/*") return after("*/", at + 2);
  return at + 1;
}

bool is_comment(std::string_view sql, std::size_t at) {
  return sql.substr(at, 2) == "--" || sql.substr(at, 2) == "/*";
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

struct Directive {
  std::string name;
  std::string_view value;
};

// `-- name: value   remark`, if the name is one of `names`.
std::optional<Directive> directive(std::string_view line, const std::vector<std::string>& names) {
  if (line.substr(0, 2) != "--") return {};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string name(trimmed(line.substr(2, colon - 2)));
  if (std::find(names.begin(), names.end(), name) == names.end()) return {};
  std::string_view value = trimmed(line.substr(colon + 1));
  value = value.substr(0, value.find("   "));
  return Directive{name, value};
}

class FileParser {
 public:
  FileParser(const std::string& text, const std::string& file,
             const std::vector<std::string>& headers, const std::vector<std::string>& sections)
      : text_(text), file_(file), headers_(headers), sections_(sections) {}

  SqlFile parse() {
    open_section("", {file_, 1, 1}, 0, 1);
    for (std::size_t at = 0; at < text_.size(); ++line_) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      take_line(std::string_view(text_).substr(at, end - at), end + 1);
      at = end + 1;
    }
    close_section(text_.size());
    return std::move(result_);
  }

 private:
  void take_line(std::string_view line, std::size_t next) {
    if (in_header_ && line.starts_with("--   ")) return go_on(line.substr(2));
    in_header_ = false;
    if (const auto header = directive(line, headers_)) {
      in_summary_ = false;
      const int column = header->value.empty()
                             ? static_cast<int>(line.size())
                             : static_cast<int>(header->value.data() - line.data()) + 1;
      result_.headers.push_back({header->name, std::string(header->value), {file_, line_, column}});
      in_header_ = true;
    } else if (const auto section = directive(line, sections_)) {
      in_summary_ = false;
      close_section(static_cast<std::size_t>(line.data() - text_.data()));
      open_section(section->name, {file_, line_, 1}, std::min(next, text_.size()), line_ + 1);
    } else if (in_summary_ && line.substr(0, 2) == "--") {
      const std::string_view words = trimmed(line.substr(2));
      if (!result_.summary.empty() && !words.empty()) result_.summary += ' ';
      result_.summary += words;
    } else if (!trimmed(line).empty()) {
      in_summary_ = false;
    }
  }
  // More of the last header's value, under where it stands in the file.
  void go_on(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return;
    const std::string_view words = trimmed(text);
    result_.headers.back().value += "\n" + std::string(2 + first, ' ');
    result_.headers.back().value += words.substr(0, words.find("   "));
  }
  void open_section(std::string name, Place place, std::size_t from, int line) {
    result_.sections.push_back({std::move(name), std::move(place), {}});
    from_ = from;
    from_line_ = line;
  }
  void close_section(std::size_t end) {
    const SqlText body{{file_, from_line_, 1}, text_.substr(from_, end - from_)};
    result_.sections.back().statements = split_statements(body);
  }

  const std::string& text_;
  const std::string& file_;
  const std::vector<std::string>& headers_;
  const std::vector<std::string>& sections_;
  SqlFile result_;
  bool in_summary_ = true;
  bool in_header_ = false;
  int line_ = 1;
  std::size_t from_ = 0;
  int from_line_ = 1;
};

}  // namespace

const SqlSection* SqlFile::section(std::string_view name) const {
  for (const SqlSection& section : sections)
    if (section.name == name) return &section;
  return nullptr;
}

SqlFile parse_sql_file(const std::string& text, const std::string& file,
                       const std::vector<std::string>& headers,
                       const std::vector<std::string>& sections) {
  return FileParser(text, file, headers, sections).parse();
}

std::vector<SqlText> split_statements(const SqlText& text) {
  std::vector<SqlText> statements;
  const std::string_view sql = text.sql;
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t start = kNone;
  Place counted = text.place;
  std::size_t counted_to = 0;
  int inner = 0;  // semicolons of the statement so far: bounded, as each costs a look at all of it
  const auto finish = [&](std::size_t end) {
    // Places are counted on from the statement before, so that long files stay linear.
    counted = place_in({counted, text.sql.substr(counted_to, start - counted_to)},
                       static_cast<int>(start - counted_to));
    counted_to = start;
    statements.push_back({counted, std::string(trimmed(sql.substr(start, end - start)))});
    start = kNone;
    inner = 0;
  };
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = token_end(sql, at);
    const bool blank = kBlank.find(sql[at]) != kNone || is_comment(sql, at);
    if (start == kNone && !blank && sql[at] != ';') start = at;
    if (start != kNone && sql[at] == ';' &&
        (++inner > kMostInner ||
         sqlite3_complete(std::string(sql.substr(start, end - start)).c_str()) != 0)) {
      finish(at);
    }
    at = end;
  }
  if (start != kNone) finish(sql.size());
  return statements;
}

}  // namespace pindah
