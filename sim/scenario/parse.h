// The parts of a scenario's reader. Each part reports its mistakes and reads on.
#pragma once

#include <string>
#include <vector>

#include "scenario/fields.h"
#include "scenario/scenario.h"

namespace pindah {

// What every part needs to know. Lives as long as one reading.
struct Reading {
  const World& world;
  Names names;  // steps: filled once the plan is read
  Problems& problems;
  Scenario& scenario;  // its length and settle are read first

  Micros end() const { return scenario.length + scenario.settle; }
};

// The names that a world gives to conditions and budget lines.
Names world_names(const World& world);

// Lists longer than this are mistakes.
constexpr std::size_t kMostEntries = 200;
// The items of a list, each of which must be a map; reports anything else. `what`: "the plan".
std::vector<Yaml> maps_of(const Yaml& yaml, const std::string& what, Problems& problems);

// Makes names unique: the second "verify of orders" becomes "verify of orders (2)".
std::string unique_name(std::string name, const std::vector<std::string>& taken);

void read_traffic(const Yaml& yaml, int default_mix, Reading& reading);
// The mix of a name, or -1 after a report.
int read_mix(Fields& fields, const World& world);
void read_plan(const Yaml& yaml, Reading& reading);
// Refuses plans that cannot work, with the reason.
void check_plan(const Reading& reading);
void read_surprises(const Yaml& yaml, Reading& reading);
void read_budget(const Yaml& yaml, Reading& reading);

// A scenario against its world. Nothing after any mistake.
std::optional<Scenario> parse_scenario(const Yaml& yaml, const World& world, Problems& problems);

}  // namespace pindah
