// A YAML text as values with places, to be put together with another and written out again.
#pragma once

#include <string>
#include <vector>

#include "edit/apply.h"
#include "edit/layout.h"

namespace pindah {

struct Tree {
  Layout::Kind kind = Layout::Kind::nothing;
  Place place;
  std::string text;  // a scalar's value
  std::string raw;   // and as it is written, on one line
  struct Entry;
  std::vector<Entry> entries;  // of a list or map

  Tree* get(const std::string& key);
};

struct Tree::Entry {
  std::string key;  // of a map
  Place place;      // of the key
  Tree value;
};

// The values of a text, of which lay_out() says where they stand.
Tree tree_of(const SourceText& source, const Layout& layout);

// A scalar as a tree; `place`: where it is written.
Tree scalar_tree(const std::string& text, const Place& place);

// Maps merge, entry by entry; everything else of `over` replaces what was there.
void merge(Tree& tree, Tree over);

// The tree as a text in block style, in which every key and value came from its place.
SourceText write_tree(const Tree& tree);

}  // namespace pindah
