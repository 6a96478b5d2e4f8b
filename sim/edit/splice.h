// Changes of a YAML text at one place: which bytes give way to which. Comments, quotes and the
// layout of everything else stay as they are.
#pragma once

#include <string>
#include <vector>

#include "edit/layout.h"

namespace pindah {

// Bytes [begin, end) give way to `text`. What of it is the value begins at `value_at`.
struct Splice {
  std::size_t begin = 0, end = 0;
  std::string text;
  std::size_t value_at = 0;
};

// A way from the root of a text to one of its entries: in each list or map the entry to go on by.
using EntryPath = std::vector<std::size_t>;

EntryPath parent_of(const EntryPath& path);

// The node at the end of a way; the root for an empty one.
const Layout& node_at(const Layout& root, const EntryPath& path);

// Works on one text and its layout; both outlive it.
class Splicer {
 public:
  Splicer(const std::string& text, const Layout& root) : text_(text), root_(root) {}

  // The value at `path` becomes `value`, YAML on one line.
  Splice set(const EntryPath& path, const std::string& value) const;
  // All bytes behind the colon or dash of `path` up to the end of its value become `bytes`.
  Splice set_verbatim(const EntryPath& path, const std::string& bytes) const;
  std::string verbatim(const EntryPath& path) const;

  // A new entry of the list or map at `path`, as its entry `index`: directly behind the one before
  // it, or (`above`) above the comments of the one that has the number now. `value`: YAML on one
  // line; `key`: of a map.
  Splice insert(const EntryPath& path, std::size_t index, const std::string& key,
                const std::string& value, bool above = false) const;
  // Bytes that were taken out, where they were: before the entry's own bytes or behind them.
  Splice insert_verbatim(const EntryPath& beside, bool before, const std::string& bytes) const;
  // An entry with the comments that belong to it: behind it on its line, and whole lines of
  // comments directly above it. The last one leaves an empty list or map.
  Splice remove(const EntryPath& path) const;

  // Whether every value at `path` stands within brackets.
  bool in_flow(const EntryPath& path) const;
  // Where a key that is not there yet would look at home: one line behind the one-line keys at the
  // head of the file, a list behind the last list.
  std::size_t home_of_line(const Layout& map) const;
  std::size_t home_of_list(const Layout& map) const;

 private:
  struct Region {
    std::size_t begin, end;
  };

  Region region(const EntryPath& path) const;
  Region lined(const EntryPath& path) const;
  std::size_t line_begin(std::size_t byte) const;
  std::size_t line_end(std::size_t byte) const;  // of its line feed, or of the text
  std::string indent_of(std::size_t byte) const;
  bool is_first_on_line(std::size_t byte) const;
  std::string line_feed() const;
  Splice insert_in_flow(const Layout& node, std::size_t index, const std::string& entry,
                        std::size_t value_at) const;
  Splice insert_in_empty(const EntryPath& path, const std::string& key,
                         const std::string& value) const;
  Splice insert_in_block(const EntryPath& path, std::size_t index, const std::string& key,
                         const std::string& value, bool above) const;
  std::string item(const Layout& list, std::size_t index, const std::string& indent,
                   const std::string& value) const;

  const std::string& text_;
  const Layout& root_;
};

// A text as a plain key or value, or in quotes where it would read as something else there.
std::string yaml_word(const std::string& text, bool in_flow);

}  // namespace pindah
