// compliance.yaml: the checklist of a regulator, if the world has one.
#include <fmt/format.h>

#include <algorithm>

#include "world/loading.h"

namespace pindah {
namespace {

constexpr int kHundred = 100;

void read_groups(Loading& loading, YamlMap& map, Compliance& compliance) {
  const auto yaml = map.need("groups");
  if (!yaml) return;
  YamlMap groups(*yaml, "groups", loading.problems);
  int sum = 0;
  for (const auto& [name, value] : groups.entries()) {
    const auto weight = groups.integer(name.text(), 1, kHundred);
    if (!weight) continue;
    compliance.groups.emplace_back(name.text(), static_cast<int>(*weight));
    sum += static_cast<int>(*weight);
  }
  if (sum != kHundred)
    loading.problems.add(yaml->place, fmt::format("the groups weigh {} together", sum), "100");
}

void read_query(Loading& loading, const Yaml& text, Side side, ComplianceRule& rule) {
  SqlText sql{text.place, text.text()};
  if (text.node.Tag() == "!") ++sql.place.column;  // the text stands after its quote
  if (const auto facts = examine(loading, sql, {side, -1, false})) {
    check_parameters(loading, sql, *facts, {"now"}, "`:now` (µs since 1970), a setting or a scale");
    if (facts->columns != std::vector<std::string>{"met", "of"})
      loading.problems.add(sql.place, "a rule's columns are `met` and `of`",
                           "SELECT sum(…) AS met, count(*) AS of FROM …");
  }
  rule.sql[index(side)] = sql;
}

void read_rule(Loading& loading, const Yaml& name, const Yaml& value, Compliance& compliance) {
  ComplianceRule rule;
  rule.name = name.text();
  YamlMap map(value, "a rule", loading.problems);
  if (const auto group = need_text(loading, map, "group")) {
    std::vector<std::string> known;
    for (const auto& [known_group, weight] : compliance.groups) known.push_back(known_group);
    need_name(loading, group->place, "group", group->text(), known);
    rule.group = group->text();
  }
  if (map.need("weight"))
    rule.weight = static_cast<int>(map.integer("weight", 1, kHundred).value_or(0));
  if (const auto cites = need_text(loading, map, "cites")) rule.cites = cites->text();
  if (map.has("owner"))
    if (const auto owner = need_text(loading, map, "owner"))
      rule.owner = need_name(loading, owner->place, "service", owner->text(),
                             names_of(loading.world.services));
  rule.front = map.text("front").value_or("");
  for (const Side side : kSides)
    if (map.has(side_name(side)))
      if (const auto text = need_text(loading, map, side_name(side)))
        read_query(loading, *text, side, rule);
  constexpr std::string_view kChecks[] = {"owner", "front", "source", "target"};
  const bool checks = std::any_of(std::begin(kChecks), std::end(kChecks),
                                  [&](std::string_view key) { return map.has(key); });
  if (!checks)
    loading.problems.add(value.place, "this rule checks nothing", "owner, front, source or target");
  map.finish();
  compliance.rules.push_back(std::move(rule));
}

void check_weights(Loading& loading, const Place& place, const Compliance& compliance) {
  for (const auto& [group, weight] : compliance.groups) {
    int sum = 0;
    for (const ComplianceRule& rule : compliance.rules)
      if (rule.group == group) sum += rule.weight;
    if (sum == weight) continue;
    loading.problems.add(place, fmt::format("the rules of `{}` weigh {} together", group, sum),
                         fmt::format("{}, as the group does", weight));
  }
}

}  // namespace

void read_compliance(Loading& loading) {
  if (!loading.files.has("compliance.yaml")) return;
  const auto yaml = read_yaml(loading, "compliance.yaml");
  if (!yaml) return;
  YamlMap map(*yaml, "compliance.yaml", loading.problems);
  Compliance compliance;
  if (const auto title = need_text(loading, map, "title")) compliance.title = title->text();
  compliance.note = map.text("note").value_or("");
  read_groups(loading, map, compliance);
  if (const auto rules = map.need("rules")) {
    YamlMap list(*rules, "rules", loading.problems);
    for (const auto& [name, value] : list.entries()) read_rule(loading, name, value, compliance);
    check_weights(loading, rules->place, compliance);
  }
  map.finish();
  loading.world.compliance = std::move(compliance);
}

}  // namespace pindah
