// Takes a life up where a snapshot left it, in a process that has seen nothing of it, and prints
// the digest that it ends with:
//   pindah_resume SCENARIO control|rehearsed SNAPSHOT-FILE [PATH=VALUE ...]
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/edit/sets.h"
#include "tests/universe/read.h"

using namespace pindah;

namespace {

std::uint64_t resume(const std::string& file, const std::string& life, const std::string& snapshot,
                     const Overrides& overrides) {
  const test::Reading reading(file, overrides);
  std::ifstream stream(snapshot, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  Observer nobody;
  Universe universe(reading.inputs(), life == "control" ? Life::control : Life::rehearsed, nobody,
                    bytes);
  universe.run_until(universe.end());
  return universe.digest();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 4) throw std::runtime_error("SCENARIO, LIFE and SNAPSHOT-FILE are needed");
    Overrides overrides;
    for (int i = 4; i < argc; ++i) {
      const std::string set = argv[i];
      overrides.edits.push_back(test::edit_of(set));
    }
    const std::uint64_t digest = resume(argv[1], argv[2], argv[3], overrides);
    std::printf("%016llx", static_cast<unsigned long long>(digest));
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
