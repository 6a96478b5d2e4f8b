// Rehearses scenarios on one thread and on two, and says where a digest is not the pinned one. A
// program of its own, so that a build without optimisation needs nothing but the engine.
#include <cstdio>
#include <exception>
#include <fstream>

#include "rehearsal/rehearsal.h"

using namespace pindah;

namespace {

std::string pinned(const std::string& scenario) {
  std::ifstream lines(PINDAH_SOURCE_DIR "/tests/golden/digests.txt");
  for (std::string name, digest; lines >> name >> digest;)
    if (name == scenario) return digest;
  return "no digest";
}

bool holds(const std::string& scenario, int threads) {
  Problems problems;
  const auto input = read_scenario(PINDAH_SOURCE_DIR "/" + scenario, {}, problems);
  if (!input) throw std::runtime_error(problems.text());
  RehearsalOptions options;
  options.threads = threads;
  char digest[17];
  std::snprintf(digest, sizeof digest, "%016llx",
                static_cast<unsigned long long>(rehearse(*input, options).digest));
  std::printf("%s, threads: %d: %s, pinned %s\n", scenario.c_str(), threads, digest,
              pinned(scenario).c_str());
  return pinned(scenario) == digest;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    bool all = argc > 1;
    for (int i = 1; i < argc; ++i)
      for (const int threads : {1, 2}) all = holds(argv[i], threads) && all;
    return all ? 0 : 1;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 2;
  }
}
