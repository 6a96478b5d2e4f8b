#include "edit/apply.h"

#include <algorithm>

#include "edit/inverse.h"
#include "edit/quantities.h"
#include "edit/resolve.h"
#include "edit/splice.h"
#include "scenario/parse.h"
#include "scenario/words.h"

namespace pindah {
namespace {

EntryPath below(EntryPath path, std::size_t entry) {
  path.push_back(entry);
  return path;
}

// YAML on one line, fit for where it is put: brackets and commas need quotes among others.
std::string fit(const std::string& value, bool in_flow) {
  const std::optional<Layout> layout = lay_out(value);
  const bool plain = layout && layout->kind == Layout::Kind::scalar && !layout->quoted;
  return in_flow && plain ? yaml_word(layout->text, true) : value;
}

// What an edit does to one text, as changes of it; they do not overlap, and stand in order.
class Applying {
 public:
  Applying(const Edit& edit, const NamesOf& names, const SourceText& source, const Layout& root,
           Problems& problems)
      : edit_(edit), names_(names), root_(root), splicer_(source.text, root), problems_(problems) {}

  std::vector<Splice> splices() {
    if (edit_.path.empty()) return {{0, whole_end(), edit_.value, 0}};
    const std::optional<Resolved> found = resolve(edit_, edit_.path, root_, names_, problems_);
    if (!found) return {};
    at_ = *found;
    switch (edit_.verb) {
      case EditVerb::set:
        return set();
      case EditVerb::later:
      case EditVerb::earlier:
        return move();
      case EditVerb::times:
        return multiply();
      case EditVerb::add:
        return add();
      case EditVerb::remove:
        return remove();
    }
    return {};
  }

 private:
  std::size_t whole_end() const { return splicer_.verbatim({}).size(); }

  std::vector<Splice> fail(std::size_t at, std::string what, std::string expected = {},
                           std::string hint = {}) {
    problems_.add(edit_problem(edit_, at, std::move(what), std::move(expected), std::move(hint)));
    return {};
  }

  // The path is there in full; reports otherwise.
  bool is_there() {
    if (at_.absent == 0) return true;
    const std::size_t step = edit_.path.size() - at_.absent;
    const EditPath before(edit_.path.begin(),
                          edit_.path.begin() + static_cast<std::ptrdiff_t>(step));
    std::vector<std::string> known;
    for (const Layout::Entry& entry : node_at(root_, at_.entries).entries)
      known.push_back(entry.key);
    const std::string of = step == 0 ? "the scenario" : "`" + path_text(before) + "`";
    fail(place_of_step(edit_, step), of + " has no `" + edit_.path[step].text + "` here", {},
         did_you_mean(edit_.path[step].text, known));
    return false;
  }

  std::vector<Splice> set() {
    if (at_.absent > 0) return {make(edit_.value)};
    if (edit_.verbatim) return {splicer_.set_verbatim(at_.entries, edit_.value)};
    return {splicer_.set(at_.entries, fit(edit_.value, splicer_.in_flow(parent_of(at_.entries))))};
  }

  // Keys that are not there, with a value at their end.
  Splice make(const std::string& value) {
    const Layout& into = node_at(root_, at_.entries);
    const std::size_t first = edit_.path.size() - at_.absent;
    std::string lead;
    for (std::size_t i = first + 1; i < edit_.path.size(); ++i)
      lead += "{ " + yaml_word(edit_.path[i].text, true) + ": ";
    const bool in_flow = !lead.empty() || splicer_.in_flow(at_.entries) || into.entries.empty();
    std::string made = lead + fit(value, in_flow);
    for (std::size_t i = first + 1; i < edit_.path.size(); ++i) made += " }";
    const std::size_t home =
        at_.entries.empty() ? splicer_.home_of_line(into) : into.entries.size();
    Splice splice = splicer_.insert(at_.entries, home, edit_.path[first].text, made);
    splice.value_at += lead.size();
    return splice;
  }

  std::vector<Splice> move() {
    if (!is_there()) return {};
    const Layout& old = node_at(root_, at_.entries);
    const std::optional<Layout> by = lay_out(edit_.value);
    const bool later = edit_.verb == EditVerb::later;
    const auto sum = old.kind == Layout::Kind::scalar && by && by->kind == Layout::Kind::scalar
                         ? moved(old.text, by->text, later)
                         : std::nullopt;
    if (sum) return {splicer_.set(at_.entries, *sum)};
    return fail(edit_.value_at,
                "`" + path_text(edit_.path) + "`" + shown(old) + " cannot be moved by `" +
                    edit_.value + "`",
                "two quantities with the same unit, and a result that is not below zero");
  }

  static std::string shown(const Layout& node) {
    return node.kind == Layout::Kind::scalar ? ", `" + node.text + "`," : "";
  }

  std::vector<Splice> multiply() {
    if (!is_there()) return {};
    const std::optional<std::int64_t> factor = parse_factor(edit_.value);
    if (!factor)
      return fail(edit_.value_at, "`" + edit_.value + "` is not a factor", "a number, such as 1.5");
    std::vector<Splice> splices;
    for (const EntryPath& path : quantities()) {
      const auto product = scaled(node_at(root_, path).text, *factor);
      if (product) splices.push_back(splicer_.set(path, *product));
    }
    if (splices.empty())
      return fail(0, "`" + path_text(edit_.path) + "` holds nothing that can be multiplied",
                  "a quantity with its unit, a number, or traffic");
    return splices;
  }

  // The value itself, the values of a map, or the rates of traffic.
  std::vector<EntryPath> quantities() const {
    const Layout& node = node_at(root_, at_.entries);
    if (node.kind == Layout::Kind::scalar) return {at_.entries};
    std::vector<EntryPath> paths;
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
      const Layout& value = node.entries[i].value;
      if (node.kind == Layout::Kind::map && value.kind == Layout::Kind::scalar)
        paths.push_back(below(at_.entries, i));
      for (std::size_t j = 0; j < value.entries.size(); ++j) {
        const std::vector<std::string> shapes = shape_words();
        const bool rate =
            std::find(shapes.begin(), shapes.end(), value.entries[j].key) != shapes.end();
        if (node.kind == Layout::Kind::list && rate)
          paths.push_back(below(below(at_.entries, i), j));
      }
    }
    return paths;
  }

  std::vector<Splice> add() {
    if (at_.absent > 1 || (at_.absent == 1 && edit_.verbatim)) {
      is_there();
      return {};
    }
    if (edit_.verbatim) return add_verbatim();
    const Layout value = *lay_out(edit_.value);
    if (at_.absent == 1) return {add_to_nothing()};
    const Layout& into = node_at(root_, at_.entries);
    if (into.kind == Layout::Kind::map) return add_line(into, value);
    const bool empty = into.kind == Layout::Kind::nothing;
    if (into.kind != Layout::Kind::list && !empty)
      return fail(0, "`" + path_text(edit_.path) + "` has no entries");
    if (!has_free_name(into)) return {};
    std::size_t index = into.entries.size();
    if (edit_.place != EditPlace::last) {
      const std::optional<std::size_t> beside = beside_of();
      if (!beside) return {};
      index = *beside + (edit_.place == EditPlace::after ? 1 : 0);
    }
    const bool above = edit_.place == EditPlace::before;
    return {splicer_.insert(at_.entries, index, {}, edit_.value, above)};
  }

  // A name that is taken would be another one's, or become so when that one goes.
  bool has_free_name(const Layout& list) {
    const std::string key = edit_.path.size() == 1 ? edit_.path[0].text : std::string();
    const std::string added = "[" + edit_.value + "]";
    const std::optional<Layout> one = lay_out(added);
    const std::vector<EntryName> fresh = names_(key, *one);
    if (fresh.empty() || fresh[0].name.empty()) return true;
    for (const EntryName& taken : names_(key, list)) {
      if (taken.name != fresh[0].name) continue;
      fail(edit_.value_at, "another one is called `" + taken.name + "` already", {},
           "give this one a name of its own: name: …");
      return false;
    }
    return true;
  }

  // A list that is not there yet, with its first entry.
  Splice add_to_nothing() const {
    const Layout& into = node_at(root_, at_.entries);
    const std::string& key = edit_.path.back().text;
    const bool budget = at_.entries.empty() && key == "budget";
    if (budget || !at_.entries.empty()) {
      const std::string made = budget ? edit_.value : "[" + edit_.value + "]";
      return splicer_.insert(at_.entries, into.entries.size(), key, made);
    }
    return splicer_.insert(at_.entries, splicer_.home_of_list(into), key, "[" + edit_.value + "]");
  }

  // A key and its value for a map.
  std::vector<Splice> add_line(const Layout& into, const Layout& value) {
    if (value.entries.size() != 1)
      return fail(edit_.value_at, "one entry is added at a time", "{ name: value }");
    const Layout::Entry& entry = value.entries[0];
    if (into.find(entry.key) >= 0)
      return fail(edit_.value_at,
                  "`" + path_text(edit_.path) + "` has `" + entry.key + "` already");
    std::size_t index = into.entries.size();
    if (edit_.place != EditPlace::last) {
      const std::optional<std::size_t> beside = beside_of();
      if (!beside) return {};
      index = *beside + (edit_.place == EditPlace::after ? 1 : 0);
    }
    const std::string raw =
        edit_.value.substr(entry.value.begin, entry.value.end - entry.value.begin);
    const bool flow = splicer_.in_flow(at_.entries) || into.entries.empty();
    const bool above = edit_.place == EditPlace::before;
    return {splicer_.insert(at_.entries, index, entry.key, fit(raw, flow), above)};
  }

  std::vector<Splice> add_verbatim() {
    const std::optional<std::size_t> beside = beside_of();
    if (!beside) return {};
    const bool before = edit_.place == EditPlace::before;
    return {splicer_.insert_verbatim(below(at_.entries, *beside), before, edit_.value)};
  }

  // The number of the entry that the new one is to stand beside.
  std::optional<std::size_t> beside_of() {
    EditPath path = edit_.path;
    path.push_back(edit_.beside);
    const std::optional<Resolved> found = resolve(edit_, path, root_, names_, problems_);
    if (found && found->absent == 0) return found->entries.back();
    if (found) fail(0, "there is no `" + edit_.beside.text + "` to stand beside");
    return {};
  }

  std::vector<Splice> remove() {
    if (!is_there()) return {};
    if (at_.entries.size() == 1 && root_.entries.size() == 1)
      return fail(0, "nothing would be left of the scenario");
    return {splicer_.remove(at_.entries)};
  }

  const Edit& edit_;
  const NamesOf& names_;
  const Layout& root_;
  Splicer splicer_;
  Problems& problems_;
  Resolved at_;
};

void replace(const Splice& splice, const Edit& edit, SourceText& source) {
  const Place at = edit_problem(edit, 0, {}).place;
  const Place value = edit_problem(edit, edit.value_at, {}).place;
  source.origins.replace(splice.begin, splice.end, splice.text.size(),
                         {{0, at}, {splice.value_at, value}});
  source.text.replace(splice.begin, splice.end - splice.begin, splice.text);
}

// The edited text, or nothing after a problem.
std::optional<SourceText> edited(const Edit& edit, const NamesOf& names, const SourceText& source,
                                 Problems& problems) {
  const std::optional<Layout> root = lay_out(source.text);
  if (!root || root->kind != Layout::Kind::map) {
    if (!edit.path.empty()) {
      problems.add(
          edit_problem(edit, 0, "this scenario cannot be edited", "a map of `key: value`"));
      return {};
    }
  }
  const std::vector<Splice> splices =
      Applying(edit, names, source, root ? *root : Layout{}, problems).splices();
  if (splices.empty()) return {};
  SourceText result = source;
  for (auto splice = splices.rbegin(); splice != splices.rend(); ++splice)
    replace(*splice, edit, result);
  if (lay_out(result.text)) return result;
  problems.add(edit_problem(edit, 0, "this cannot be written where it would have to stand"));
  return {};
}

}  // namespace

std::optional<Edit> apply_edit(const Edit& edit, const NamesOf& names, SourceText& source,
                               Problems& problems) {
  std::optional<SourceText> result = edited(edit, names, source, problems);
  if (!result) return {};
  const std::string before = source.text;
  const Layout root = lay_out(before).value_or(Layout{});
  source = std::move(*result);
  for (Edit& inverse : possible_inverses(edit, names, before, root)) {
    Problems ignored;
    const std::optional<SourceText> back = edited(inverse, names, source, ignored);
    if (back && back->text == before) return std::move(inverse);
  }
  throw Defect("an edit without an inverse");
}

}  // namespace pindah
