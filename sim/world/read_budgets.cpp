// budgets.yaml: sets of lines that the budgets of scenarios have in common, if the world has any.
// What the lines say is read with a budget's (edit/budget_sets.h).
#include "world/loading.h"

namespace pindah {
namespace {

constexpr std::size_t kLongestLine = 200;  // of a line's name, in bytes

void read_line(Loading& loading, const Yaml& name, const Yaml& value, BudgetSet& set) {
  if (name.text().empty() || name.text().size() > kLongestLine || name.text() == "use")
    loading.problems.add(name.place,
                         "the name of a budget line has 1 to 200 bytes, and is not `use`");
  if (!value.is_scalar()) {
    loading.problems.add(value.place, "a budget line is text", "such as noticed <= 0.1%");
    return;
  }
  Place text = value.place;
  if (value.node.Tag() == "!") ++text.column;  // it stands after its quote
  set.lines.push_back({name.text(), value.text(), text});
}

}  // namespace

void read_budgets(Loading& loading) {
  if (!loading.files.has("budgets.yaml")) return;
  const auto yaml = read_yaml(loading, "budgets.yaml");
  if (!yaml) return;
  YamlMap sets(*yaml, "budgets.yaml", loading.problems);
  for (const auto& [name, value] : sets.entries()) {
    BudgetSet set{name.text(), name.place, {}};
    YamlMap lines(value, "a set of budget lines", loading.problems);
    for (const auto& [line, text] : lines.entries()) read_line(loading, line, text, set);
    loading.world.budget_sets.push_back(std::move(set));
  }
}

}  // namespace pindah
