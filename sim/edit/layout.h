// Where each value of a YAML text stands, to the byte: what an edit changes, and nothing beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pindah {

// A node of a YAML text. Bytes are counted from 0; an end is one past the last.
struct Layout {
  enum class Kind : std::uint8_t { nothing, scalar, list, map };
  struct Entry;

  Kind kind = Kind::nothing;
  bool flow = false;               // a list or map in brackets
  std::size_t begin = 0, end = 0;  // without comments; of nothing: both where the value would stand
  std::string text;                // a scalar's value, without quotes
  bool quoted = false;             // a scalar in quotes, or a block of lines (| and >)
  std::vector<Entry> entries;      // of a list or map, in file order

  // The entry of that key; -1: none.
  int find(std::string_view key) const;
  // The value of that key; null: none.
  const Layout* get(std::string_view key) const;
};

// One item of a list, or one key of a map with its value.
struct Layout::Entry {
  std::size_t begin = 0;  // its dash, its key; in a flow list its value
  std::size_t slot = 0;   // behind the dash or the colon; in a flow list where the value begins
  std::string key;        // of a map
  Layout value;

  std::size_t end() const;  // of the value; behind the slot where there is none
};

// The layout of a text that parse_yaml() takes. Nothing where it is not of the usual form (a key
// behind a question mark, a pair without braces in a flow list): such a text can be read, and not
// edited.
std::optional<Layout> lay_out(const std::string& text);

// The same values, whatever their form and the order of keys.
bool same_values(const Layout& a, const Layout& b);

}  // namespace pindah
