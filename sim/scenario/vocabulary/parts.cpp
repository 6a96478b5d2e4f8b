#include "scenario/vocabulary/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/cursor.h"
#include "scenario/format.h"
#include "scenario/words.h"

namespace pindah {
namespace {

template <class Named>
std::vector<std::string> names_in(const std::vector<Named>& list) {
  std::vector<std::string> names;
  for (const Named& one : list) names.push_back(one.name);
  return names;
}

bool chosen_by_world(PartKind kind) {
  return kind == PartKind::ledger || kind == PartKind::service;
}

}  // namespace

std::string word_of(PartKind kind) {
  constexpr const char* kWords[] = {"ledger", "link", "platform", "service", "migrator", "edge"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::vector<std::string> names_of(PartKind kind, const World& world, int edges) {
  switch (kind) {
    case PartKind::ledger:
      return names_in(world.ledgers);
    case PartKind::link:
      return link_words();
    case PartKind::platform:
      return side_words();
    case PartKind::service:
      return names_in(world.services);
    case PartKind::migrator:
      return {word_of(kind)};
    case PartKind::edge:
      break;
  }
  std::vector<std::string> names;
  for (int i = 1; i <= edges; ++i) names.push_back(fmt::format("edge {}", i));  // people count so
  return names;
}

bool exists(const Part& part, const World& world, int edges) {
  const auto count = static_cast<int>(names_of(part.kind, world, edges).size());
  return part.index >= 0 && part.index < count;
}

std::string name_of(const Part& part, const World& world) {
  return names_of(part.kind, world, part.index + 1).at(static_cast<std::size_t>(part.index));
}

std::string written(const Part& part, const World& world) {
  const std::string name = name_of(part, world);
  return chosen_by_world(part.kind) ? in_quotes(name) : name;
}

std::optional<Part> read_part(const Yaml& value, const std::vector<PartKind>& kinds,
                              const Reading& reading) {
  const int edges = reading.scenario.edges;
  std::vector<std::string> known;
  for (const PartKind kind : kinds) {
    const std::vector<std::string> names = names_of(kind, reading.world, edges);
    const auto found = std::find(names.begin(), names.end(), value.text());
    if (found != names.end()) return Part{kind, static_cast<int>(found - names.begin())};
    for (const std::string& name : names)
      if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  }
  const std::string what = kinds.size() == 1 ? word_of(kinds.front()) : "part";
  const std::string expected = kinds.front() == PartKind::edge
                                   ? known.front() + " to " + known.back()
                                   : "one of: " + listed(known);
  reading.problems.add(value.place, "unknown " + what + " " + shown(value), expected,
                       kinds.front() == PartKind::edge ? "" : did_you_mean(value.text(), known));
  return {};
}

}  // namespace pindah
