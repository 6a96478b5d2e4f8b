// The parts of the two platforms and between them that a surprise may befall, by their names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario/parse.h"

namespace pindah {

// "link", "ledger": what people call a part of this kind.
std::string word_of(PartKind kind);
// "payments", "edge-source", "edge 2": as a scenario names it.
std::string name_of(const Part& part, const World& world);
// The same as YAML: names that a world chooses stand in quotes.
std::string written(const Part& part, const World& world);
// The names of all parts of a kind; of edges, as many as the scenario has.
std::vector<std::string> names_of(PartKind kind, const World& world, int edges);
// Whether there is such a part.
bool exists(const Part& part, const World& world, int edges);

// The part of one of these kinds that the value names; where several kinds have one of that name,
// the kind that stands first. Reports what is none.
std::optional<Part> read_part(const Yaml& value, const std::vector<PartKind>& kinds,
                              const Reading& reading);

}  // namespace pindah
