// The shape of a world's SQL files: a comment that documents, directives, statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace pindah {

// A directive that carries a value: `-- root: orders(id)`. What follows three spaces or more is a
// remark. Comment lines right below that begin with three spaces or more are more of the value.
struct SqlHeader {
  std::string name;
  std::string value;
  Place place;  // of the value
};

struct SqlSection {
  std::string name;  // "" before the first section
  Place place;
  std::vector<SqlText> statements;
};

struct SqlFile {
  std::string summary;  // the first comment, joined to one line
  std::vector<SqlHeader> headers;
  std::vector<SqlSection> sections;  // the unnamed one first

  const SqlSection* section(std::string_view name) const;
};

// `headers` and `sections` are the directives that this kind of file knows; other comments are
// comments.
SqlFile parse_sql_file(const std::string& text, const std::string& file,
                       const std::vector<std::string>& headers,
                       const std::vector<std::string>& sections);

// The statements of a text, each from its first word to before its semicolon. Text without one
// statement gives none. Bodies of triggers stay in one piece.
std::vector<SqlText> split_statements(const SqlText& text);

}  // namespace pindah
