#include "edit/sources.h"

#include <algorithm>

#include "edit/names.h"
#include "edit/quantities.h"
#include "edit/resolve.h"
#include "edit/splice.h"
#include "edit/tree.h"

namespace pindah {
namespace {

// The edit of a composed scenario as one of its own file.
class OwnFile {
 public:
  OwnFile(const Edit& edit, const World& world, Sources& sources, Problems& problems)
      : edit_(edit),
        names_(names_in(world)),
        world_(world),
        sources_(sources),
        problems_(problems) {}

  std::optional<Edit> apply() {
    const std::optional<Layout> own = lay_out(sources_.own.text);
    if (!own || own->kind != Layout::Kind::map || edit_.path.empty() || is_plain(*own) ||
        stands_here(*own)) {
      return apply_edit(edit_, names_, sources_.own, problems_);
    }
    SaidAt said;
    std::optional<SourceText> whole = compose(sources_, world_, said, problems_);
    if (!whole) return {};
    const std::optional<Layout> root = lay_out(whole->text);
    const auto found = resolve(edit_, edit_.path, *root, names_, problems_);
    if (!found) return {};
    // What it says is asked there first, so that its mistakes are told.
    SourceText tried = *whole;
    if (!apply_edit(edit_, names_, tried, problems_)) return {};
    if (is_of_maps(*root, *found)) {
      if (const auto value = value_of(*root, *found, tried)) return say_key(*value);
    }
    return sources_.extends() ? say_edit() : from_set();
  }

 private:
  bool is_plain(const Layout& own) const {
    const Layout* budget = own.get("budget");
    return !sources_.extends() && (budget == nullptr || budget->get("use") == nullptr);
  }

  // In the file itself there is all that the edit is about; or the list with the entry that it
  // gives a key to, since the file's own list replaces an inherited one.
  bool stands_here(const Layout& own) const {
    Problems ignored;
    const auto found = resolve(edit_, edit_.path, own, names_, ignored);
    return found && (found->absent == 0 || !is_of_maps(own, *found));
  }

  // No list stands on the way.
  static bool is_of_maps(const Layout& root, const Resolved& found) {
    const Layout* node = &root;
    for (const std::size_t entry : found.entries) {
      if (node->kind == Layout::Kind::list) return false;
      node = &node->entries[entry].value;
    }
    return node->kind != Layout::Kind::list || found.absent == 0;
  }

  // What the value has become; none where a list is changed or an entry taken out.
  std::optional<std::string> value_of(const Layout& root, const Resolved& found,
                                      const SourceText& tried) const {
    if (edit_.verb == EditVerb::set && !edit_.verbatim) return edit_.value;
    if (edit_.verb == EditVerb::remove || edit_.verb == EditVerb::add) return {};
    if (node_at(root, found.entries).kind != Layout::Kind::scalar) return {};
    const std::optional<Layout> after = lay_out(tried.text);
    const Layout& value = node_at(*after, found.entries);
    return tried.text.substr(value.begin, value.end - value.begin);
  }

  std::optional<Edit> say_key(const std::string& value) {
    Edit set = edit_;
    set.verb = EditVerb::set;
    set.value = value;
    for (PathStep& step : set.path) step.name = false;  // made where it is not there
    return apply_edit(set, names_, sources_.own, problems_);
  }

  std::optional<Edit> say_edit() {
    const std::string before = sources_.own.text;
    const Layout own = *lay_out(before);
    const Splicer splicer(before, own);
    const std::string line = yaml_word(edit_text(edit_), false);
    const int list = own.find("edits");
    Splice splice;
    Edit inverse;
    if (list >= 0) {
      const auto entry = static_cast<std::size_t>(list);
      const std::size_t size = own.entries[entry].value.entries.size();
      splice = splicer.insert({entry}, size, {}, line);
      inverse = remove_edit({key_step("edits"), key_step(std::to_string(size))});
    } else {
      const auto behind = static_cast<std::size_t>(own.find("extends") + 1);
      splice = splicer.insert({}, behind, "edits", "[" + in_flow(edit_text(edit_)) + "]");
      inverse = remove_edit({key_step("edits")});
      as_list(line, splice);
    }
    put(splice);
    return undoing(std::move(inverse), before);
  }

  static std::string in_flow(const std::string& text) { return yaml_word(text, true); }

  // A list on lines of its own reads better than one in brackets.
  void as_list(const std::string& line, Splice& splice) {
    const std::size_t key = splice.text.find("edits:");
    const std::size_t end = splice.text.find_first_of("\r\n", key);
    const bool fed = end != std::string::npos;
    const std::string feed = fed && splice.text[end] == '\r' ? "\r\n" : "\n";
    const std::string tail = fed ? splice.text.substr(end) : "";
    splice.text = splice.text.substr(0, key) + "edits:" + feed + "  - " + line + tail;
    splice.value_at = splice.text.size() - tail.size() - line.size();
  }

  void put(const Splice& splice) {
    Place value = edit_problem(edit_, 0, {}).place;
    sources_.own.origins.replace(splice.begin, splice.end, splice.text.size(),
                                 {{0, value}, {splice.value_at, value}});
    sources_.own.text.replace(splice.begin, splice.end - splice.begin, splice.text);
  }

  std::optional<Edit> undoing(Edit inverse, const std::string& before) {
    SourceText back = sources_.own;
    Problems ignored;
    if (apply_edit(inverse, names_, back, ignored) && back.text == before) return inverse;
    inverse = set_edit({}, before);
    inverse.verbatim = true;
    return inverse;
  }

  std::optional<Edit> from_set() {
    problems_.add(edit_problem(edit_, 0, "this line of the budget comes from a set of the world's",
                               "a line of the same name goes before it"));
    return {};
  }

  const Edit& edit_;
  NamesOf names_;
  const World& world_;
  Sources& sources_;
  Problems& problems_;
};

}  // namespace

std::optional<Edit> apply_edit(const Edit& edit, const World& world, Sources& sources,
                               Problems& problems) {
  return OwnFile(edit, world, sources, problems).apply();
}

}  // namespace pindah
