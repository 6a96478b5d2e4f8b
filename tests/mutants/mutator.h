// Mistakes that people make in SQL, made on purpose: one in one statement, chosen by a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pindah::test {

struct Mutant {
  std::string how;   // the operator: "drop a term"
  std::string text;  // of the whole file
  int line = 0;      // where it differs
};

// The operators, in their order.
std::vector<std::string_view> mutations();

// One mutant of a file of SQL, or nothing where the operator that the number chooses has nothing to
// change. The same number gives the same mutant.
std::optional<Mutant> mutate(const std::string& sql, std::uint64_t number);

}  // namespace pindah::test
