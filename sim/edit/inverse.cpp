#include "edit/inverse.h"

#include <algorithm>

#include "edit/resolve.h"
#include "edit/splice.h"

namespace pindah {
namespace {

// Whether a key can stand behind a dot.
bool is_key(const std::string& text) {
  Problems problems;
  const std::optional<Edit> edit = parse_edit(text + " = x", {}, problems);
  return edit && edit->path.size() == 1 && !edit->path[0].name && edit->path[0].text == text;
}

// A way as a path: keys, and numbers in lists.
EditPath numbered(const Layout& root, const EntryPath& entries) {
  EditPath path;
  const Layout* node = &root;
  for (const std::size_t entry : entries) {
    const std::string& key = node->entries[entry].key;
    if (node->kind == Layout::Kind::list) {
      path.push_back(key_step(std::to_string(entry)));
    } else {
      path.push_back(is_key(key) ? key_step(key) : name_step(key));
    }
    node = &node->entries[entry].value;
  }
  return path;
}

class Inverses {
 public:
  Inverses(const Edit& edit, const NamesOf& names, const std::string& before, const Layout& root)
      : edit_(edit), names_(names), before_(before), root_(root), splicer_(before, root) {}

  std::vector<Edit> all() {
    Problems ignored;
    if (const auto found = resolve(edit_, edit_.path, root_, names_, ignored)) {
      at_ = *found;
      if (edit_.verb == EditVerb::add) {
        added();
      } else if (at_.absent > 0) {
        const std::size_t first = edit_.path.size() - at_.absent;
        take_out({edit_.path.begin(), edit_.path.begin() + static_cast<std::ptrdiff_t>(first) + 1});
        EditPath path = numbered(root_, at_.entries);
        path.push_back(edit_.path[first]);
        take_out(path);
      } else if (edit_.verb == EditVerb::remove) {
        removed();
      } else {
        changed();
      }
      for (EntryPath path = at_.entries; !path.empty(); path.pop_back()) put_back(path);
    }
    verbatim({}, before_);
    return std::move(edits_);
  }

 private:
  void put(Edit edit) { edits_.push_back(std::move(edit)); }

  void verbatim(EditPath path, const std::string& bytes) {
    Edit edit = set_edit(std::move(path), bytes);
    edit.verbatim = true;
    put(std::move(edit));
  }
  void put_back(const EntryPath& path) { verbatim(numbered(root_, path), splicer_.verbatim(path)); }
  void take_out(EditPath path) { put(remove_edit(std::move(path))); }

  // By its name, by its key, or by its number.
  void added() {
    if (at_.absent > 0) return take_out(edit_.path);
    const Layout& into = node_at(root_, at_.entries);
    EditPath path = edit_.path;
    if (into.kind == Layout::Kind::map && !edit_.verbatim) {
      const std::optional<Layout> value = lay_out(edit_.value);
      path.push_back(name_step(value->entries.at(0).key));
      return take_out(path);
    }
    if (!edit_.verbatim) {
      const std::optional<Layout> one = lay_out("[" + edit_.value + "]");
      const std::string key = edit_.path.size() == 1 ? edit_.path[0].text : std::string();
      const std::vector<EntryName> names = names_(key, *one);
      if (!names.empty() && !names[0].name.empty()) {
        path.push_back(name_step(names[0].name));
        take_out(path);
        path.pop_back();
      }
    }
    path.push_back(key_step(std::to_string(into.entries.size())));
    take_out(path);
  }

  // Back to where it was, beside a neighbour that has a name or else a number.
  void removed() {
    const EntryPath parent(at_.entries.begin(), at_.entries.end() - 1);
    const Layout& list = node_at(root_, parent);
    const std::size_t index = at_.entries.back();
    const Splice out = splicer_.remove(at_.entries);
    const std::string bytes = before_.substr(out.begin, out.end - out.begin);
    const EditPath path(edit_.path.begin(), edit_.path.end() - 1);
    if (index + 1 < list.entries.size()) beside(path, list, index + 1, EditPlace::before, bytes);
    if (index > 0) beside(path, list, index - 1, EditPlace::after, bytes);
  }

  void beside(const EditPath& path, const Layout& list, std::size_t neighbour, EditPlace place,
              const std::string& bytes) {
    Edit edit = add_edit(path, bytes);
    edit.verbatim = true;
    edit.place = place;
    const std::string key = path.size() == 1 ? path[0].text : std::string();
    if (list.kind == Layout::Kind::map) {
      edit.beside = name_step(list.entries[neighbour].key);
    } else {
      const std::vector<EntryName> names = names_(key, list);
      const bool named =
          neighbour < names.size() && !names[neighbour].name.empty() && !names[neighbour].shared;
      // Numbers are those of the text without the entry.
      const std::size_t number = place == EditPlace::before ? neighbour - 1 : neighbour;
      edit.beside = named ? name_step(names[neighbour].name) : key_step(std::to_string(number));
    }
    put(std::move(edit));
  }

  // A value on one line reads best as it stood.
  void changed() {
    const Layout& old = node_at(root_, at_.entries);
    const std::string value = before_.substr(old.begin, old.end - old.begin);
    const bool one_line = !value.empty() && value.find_first_of("\n\r") == std::string::npos;
    if (one_line) {
      put(set_edit(edit_.path, value));
      put(set_edit(numbered(root_, at_.entries), value));
    }
    verbatim(edit_.path, splicer_.verbatim(at_.entries));
  }

  const Edit& edit_;
  const NamesOf& names_;
  const std::string& before_;
  const Layout& root_;
  Splicer splicer_;
  Resolved at_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> possible_inverses(const Edit& edit, const NamesOf& names,
                                    const std::string& before, const Layout& root) {
  return Inverses(edit, names, before, root).all();
}

}  // namespace pindah
