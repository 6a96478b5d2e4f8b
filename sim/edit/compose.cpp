#include <algorithm>

#include "edit/names.h"
#include "edit/sources.h"
#include "edit/tree.h"

namespace pindah {
namespace {

Place inside_quotes(const Tree& scalar) {
  Place place = scalar.place;
  const bool quoted = scalar.raw.starts_with('"') || scalar.raw.starts_with('\'');
  if (quoted && place.column > 0) ++place.column;
  return place;
}

void drop(Tree& map, const std::string& key) {
  std::erase_if(map.entries, [&](const Tree::Entry& entry) { return entry.key == key; });
}

Place key_place(const Tree& map, const std::string& key) {
  for (const Tree::Entry& entry : map.entries) {
    if (entry.key == key) return entry.place;
  }
  return map.place;
}

class Composer {
 public:
  Composer(const Sources& sources, const World& world, SaidAt& said, Problems& problems)
      : sources_(sources), world_(world), said_(said), problems_(problems) {}

  std::optional<SourceText> compose() {
    const std::optional<Layout> layout = lay_out(sources_.own.text);
    if (sources_.extends() && !layout) {
      problems_.add({sources_.file, 0, 0}, "this file cannot be put together with what it extends",
                    "keys and values in the usual form");
      return {};
    }
    if (!layout || layout->kind != Layout::Kind::map) return sources_.own;
    const Layout* budget = layout->get("budget");
    const bool uses = budget != nullptr && budget->get("use") != nullptr;
    const bool edits = layout->get("edits") != nullptr;
    if (!sources_.extends() && !uses && !edits) return sources_.own;
    Tree own = tree_of(sources_.own, *layout);
    const std::size_t before = problems_.list().size();
    if (Tree* lines = own.get("budget")) use_sets(*lines, nullptr);
    std::optional<Tree> whole = sources_.extends() ? base_of(own) : without_base(own);
    drop(own, "extends");
    drop(own, "edits");
    if (whole) merge(*whole, std::move(own));
    if (!whole || problems_.list().size() != before) return {};
    return write_tree(*whole);
  }

 private:
  std::optional<Tree> without_base(const Tree& own) {
    for (const Tree::Entry& entry : own.entries) {
      if (entry.key == "edits")
        problems_.add(entry.place, "`edits` change what a scenario extends", "`extends: FILE`");
    }
    Tree none;
    none.kind = Layout::Kind::map;
    none.place = own.place;
    return none;
  }

  // What is extended, with its own sets and with the scenario's `edits:`.
  std::optional<Tree> base_of(Tree& own) {
    SourceText text{sources_.base, Origins(sources_.base_file, sources_.base)};
    const std::optional<Layout> layout = lay_out(text.text);
    const Place extends = own.get("extends") ? own.get("extends")->place : own.place;
    if (!layout || layout->kind != Layout::Kind::map) {
      problems_.add(extends, "`" + sources_.base_file + "` is not a scenario that can be extended",
                    "a map of `key: value`");
      return {};
    }
    Tree base = tree_of(text, *layout);
    for (const char* key : {"extends", "edits"}) {
      if (base.get(key) == nullptr) continue;
      problems_.add(key_place(base, key), "what is extended may not extend in its turn", {},
                    "it is extended by " + sources_.file);
      return {};
    }
    if (Tree* lines = base.get("budget")) {
      use_sets(*lines, &extends);
      for (const Tree::Entry& line : lines->entries) said_.emplace(line.key, extends);
    }
    return with_edits(std::move(base), own);
  }

  std::optional<Tree> with_edits(Tree base, Tree& own) {
    Tree* edits = own.get("edits");
    if (edits == nullptr) return base;
    if (edits->kind != Layout::Kind::list) {
      problems_.add(edits->place, "`edits` must be a list of edits",
                    "such as - plan[cutover of orders].drain = false");
      return {};
    }
    SourceText text = write_tree(base);
    for (const Tree::Entry& entry : edits->entries) apply_line(entry.value, text);
    return tree_of(text, lay_out(text.text).value_or(Layout{}));
  }

  void apply_line(const Tree& line, SourceText& text) {
    if (line.kind != Layout::Kind::scalar) {
      problems_.add(line.place, "an edit is a text",
                    "such as - plan[cutover of orders].drain = false",
                    "one with a colon and a blank in it stands in quotes: - 'plan + { … }'");
      return;
    }
    const std::optional<Edit> edit = parse_edit(line.text, inside_quotes(line), problems_);
    if (edit) apply_edit(*edit, names_in(world_), text, problems_);
  }

  // The lines of a world's sets in place of `use:`; the budget's own lines go before them. `said`:
  // where they are said to hold, else at the name of each set.
  void use_sets(Tree& budget, const Place* said) {
    if (budget.kind != Layout::Kind::map || budget.get("use") == nullptr) return;
    Tree lines;
    lines.kind = Layout::Kind::map;
    lines.place = budget.place;
    for (const Tree::Entry& entry : budget.entries) {
      if (entry.key != "use") {
        lines.entries.push_back(entry);
      } else if (entry.value.kind == Layout::Kind::list) {
        for (const Tree::Entry& one : entry.value.entries) use_set(one.value, said, budget, lines);
      } else {
        use_set(entry.value, said, budget, lines);
      }
    }
    budget = std::move(lines);
  }

  void use_set(const Tree& name, const Place* said, Tree& budget, Tree& lines) {
    const auto& sets = world_.budget_sets;
    const auto set = std::find_if(sets.begin(), sets.end(),
                                  [&](const BudgetSet& one) { return one.name == name.text; });
    if (set == sets.end() || name.kind != Layout::Kind::scalar) return unknown_set(name);
    for (const BudgetSet::Line& line : set->lines) {
      if (budget.get(line.name) != nullptr || lines.get(line.name) != nullptr) continue;
      said_[line.name] = said != nullptr ? *said : name.place;
      lines.entries.push_back({line.name, line.place, scalar_tree(line.text, line.place)});
    }
  }

  void unknown_set(const Tree& name) {
    std::vector<std::string> known;
    std::string listed;
    for (const BudgetSet& set : world_.budget_sets) {
      known.push_back(set.name);
      listed += (listed.empty() ? "one of: " : ", ") + set.name;
    }
    problems_.add(name.place, "this world has no set of budget lines `" + name.text + "`",
                  listed.empty() ? "a budgets.yaml in the world's folder" : listed,
                  did_you_mean(name.text, known));
  }

  const Sources& sources_;
  const World& world_;
  SaidAt& said_;
  Problems& problems_;
};

}  // namespace

std::optional<SourceText> compose(const Sources& sources, const World& world, SaidAt& said,
                                  Problems& problems) {
  return Composer(sources, world, said, problems).compose();
}

}  // namespace pindah
