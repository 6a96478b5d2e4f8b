// How well mistakes in a world's SQL are seen, and whether the right file is blamed: each mutant is
// a world of its own with one mistake, and a rehearsal of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pindah::test {

// Where mutants are made: a world's folder, and a scenario of the tests that moves it.
struct Ground {
  std::string world;     // below the repository: "tests/worlds/library"
  std::string scenario;  // "tests/scenarios/mutants-library.yaml"
};

// What became of a mutant.
enum class Fate {
  refused,   // by the reader: no world at all
  caught,    // the verdict fails, or a step compared it and was not done
  mistaken,  // told as the world's own mistake, with a place
  passed,    // somebody saw another thing in one of the lives, and the verdict passes
  alike,     // the same, but both lives saw it alike: the world is another one
  unseen,    // nobody saw another thing in either life
  broken,    // a defect of Pindah itself: never
  count
};

struct Outcome {
  std::string file, how;  // below the world's folder; the operator
  int line = 0;
  Fate fate{};
  std::string blamed;  // the culprit that was named most often
  bool named = false;  // it is of that file, or the call of that name on either side
};

// Mutants number `from` to `until` (not included) of a ground. Those that the reader refuses, and
// numbers that change nothing, leave no outcome.
std::vector<Outcome> try_mutants(const Ground& ground, std::uint64_t from, std::uint64_t until);

// Counts by kind of file, and each mutant that passed, broke or was blamed on another file.
std::string table_of(const std::vector<Outcome>& outcomes);

}  // namespace pindah::test
