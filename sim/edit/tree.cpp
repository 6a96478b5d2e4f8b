#include "edit/tree.h"

#include <utility>

#include "edit/splice.h"

namespace pindah {
namespace {

class TreeWriter {
 public:
  SourceText take() { return std::move(result_); }

  void write(const Tree& tree) {
    result_.origins.add(0, tree.place);
    entries(tree, "", false);
  }

 private:
  void put(const std::string& text) { result_.text += text; }
  void put(const std::string& text, const Place& place) {
    result_.origins.add(result_.text.size(), place);
    result_.text += text;
  }

  // Entries on lines of their own; the first one goes on in a line that has begun.
  void entries(const Tree& tree, const std::string& indent, bool begun) {
    for (const Tree::Entry& entry : tree.entries) {
      if (!std::exchange(begun, false)) put(indent);
      if (tree.kind == Layout::Kind::list) {
        put("- ");
        value(entry.value, indent + "  ", true);
      } else {
        put(yaml_word(entry.key, false), entry.place);
        put(":");
        value(entry.value, indent + "  ", false);
      }
    }
  }

  void value(const Tree& tree, const std::string& indent, bool dashed) {
    if (tree.kind == Layout::Kind::nothing) return put("\n");
    if (tree.kind == Layout::Kind::scalar) {
      put(dashed ? "" : " ");
      put(tree.raw, tree.place);
      return put("\n");
    }
    if (tree.entries.empty()) {
      put(dashed ? "" : " ");
      put(tree.kind == Layout::Kind::list ? "[]" : "{}", tree.place);
      return put("\n");
    }
    if (!dashed) put("\n");
    entries(tree, indent, dashed);
  }

  SourceText result_;
};

}  // namespace

Tree* Tree::get(const std::string& key) {
  for (Entry& entry : entries) {
    if (kind == Layout::Kind::map && entry.key == key) return &entry.value;
  }
  return nullptr;
}

Tree tree_of(const SourceText& source, const Layout& layout) {
  Tree tree;
  tree.kind = layout.kind;
  tree.place = source.origins.at(layout.begin);
  if (layout.kind == Layout::Kind::scalar) {
    tree.text = layout.text;
    tree.raw = source.text.substr(layout.begin, layout.end - layout.begin);
    const bool block = tree.raw.front() == '|' || tree.raw.front() == '>';
    if (block || tree.raw.find('\n') != std::string::npos) tree.raw = yaml_word(layout.text, false);
  }
  for (const Layout::Entry& entry : layout.entries) {
    tree.entries.push_back(
        {entry.key, source.origins.at(entry.begin), tree_of(source, entry.value)});
  }
  return tree;
}

Tree scalar_tree(const std::string& text, const Place& place) {
  Tree tree;
  tree.kind = Layout::Kind::scalar;
  tree.place = place;
  tree.text = text;
  tree.raw = yaml_word(text, false);
  return tree;
}

void merge(Tree& tree, Tree over) {
  if (tree.kind != Layout::Kind::map || over.kind != Layout::Kind::map) {
    tree = std::move(over);
    return;
  }
  for (Tree::Entry& entry : over.entries) {
    if (Tree* old = tree.get(entry.key)) {
      merge(*old, std::move(entry.value));
    } else {
      tree.entries.push_back(std::move(entry));
    }
  }
}

SourceText write_tree(const Tree& tree) {
  TreeWriter writer;
  writer.write(tree);
  return writer.take();
}

}  // namespace pindah
