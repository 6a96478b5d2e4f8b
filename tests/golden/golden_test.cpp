// Summaries of which every byte is known: whoever changes one says in the commit what changed and
// why.
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/command/program.h"
#include "tests/golden/pinned.h"

using namespace pindah::test;

namespace {

// The summary of a run, without the line that names the installed SQLite and the advice at the end,
// which names the program as it was called.
std::string summary_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  std::istringstream lines(run_program(arguments).out);
  std::string kept;
  for (std::string line; std::getline(lines, line) && !line.starts_with("NEXT");)
    if (line.find("SQLite 3.") == std::string::npos) kept += line + "\n";
  return kept;
}

}  // namespace

TEST_CASE("a run that passes and one that fails are told as they are pinned", "[night]") {
  check_golden("passes.txt", summary_of({"tests/scenarios/lending.yaml"}));
  check_golden("fails.txt", summary_of({"tests/scenarios/lending-busy.yaml", "--set",
                                        "plan[cutover of loans].drain=false"}));
}
