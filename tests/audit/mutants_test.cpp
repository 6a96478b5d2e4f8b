// How many mistakes in a world's SQL the audit finds and names, before any shopper comes.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "audit/audit.h"
#include "tests/mutants/mutator.h"
#include "tests/scratch.h"
#include "world/load.h"

namespace pindah::test {
namespace {

namespace fs = std::filesystem;

struct Tally {
  int tried = 0, found = 0, named = 0;
  std::string missed;
};
using Table = std::map<std::string, Tally>;  // by kind of file

std::string contents(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> sql_files(const fs::path& world) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(world)) {
    const std::string name = fs::relative(entry.path(), world).string();
    const bool tried = name.find("/calls/") != std::string::npos || name.starts_with("moves/");
    if (entry.is_regular_file() && tried && name.ends_with(".sql")) files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Calls of services that stay where they are have no mapping that could be on trial.
std::string kind_of(const std::string& file, const World& world) {
  if (file.starts_with("moves/")) return "moves";
  const ServiceId service = world.service(fs::path(file).parent_path().filename().string());
  const bool moves = std::any_of(world.moves.begin(), world.moves.end(),
                                 [&](const Move& move) { return move.service == service; });
  return moves ? "calls" : "calls of what stays";
}

// A copy of a world, in which one file at a time is wrong.
class Tried {
 public:
  explicit Tried(const std::string& world) : place_("audited") {
    fs::copy(fs::path(PINDAH_SOURCE_DIR) / world, place_.path(), fs::copy_options::recursive);
    files_ = sql_files(place_.path());
  }
  ~Tried() {
    std::error_code error;
    fs::remove_all(place_.path(), error);
  }
  // The files and their mistakes take turns.
  void look(std::uint64_t number, const audit::Options& options, Table& table) {
    const std::string& file = files_[number * 7 % files_.size()];
    const fs::path path = fs::path(place_.path()) / file;
    const std::string right = contents(path);
    const auto mutant = mutate(right, number * 5 + number / files_.size());
    if (!mutant) return;
    std::ofstream(path) << mutant->text;
    judge(file, *mutant, options, table);
    std::ofstream(path) << right;
  }

 private:
  void judge(const std::string& file, const Mutant& mutant, const audit::Options& options,
             Table& table) {
    Problems problems;
    const auto world = load_world(place_.path(), problems);
    if (!world || problems.any()) return;  // the reader found it
    bool found = false;
    bool named = false;
    const auto stands = [&](const Place& place) { return place.file.ends_with(file); };
    try {
      const audit::Report report = audit::audit(*world, options);
      for (const audit::Finding& finding : report.findings) {
        if (!finding.declared.empty()) continue;
        found = true;
        named = named || std::any_of(finding.places.begin(), finding.places.end(), stands);
      }
    } catch (const WorldFault& fault) {
      found = true;
      named = stands(fault.problem.place);
    }
    Tally& tally = table[kind_of(file, *world)];
    ++tally.tried;
    tally.found += found ? 1 : 0;
    tally.named += named ? 1 : 0;
    if (!named)
      tally.missed += fmt::format("  {}:{} {}{}\n", file, mutant.line, mutant.how,
                                  found ? ", found and not named" : "");
  }

  ScratchFile place_;
  std::vector<std::string> files_;
};

std::uint64_t most(std::uint64_t otherwise) {
  const char* wanted = std::getenv("PINDAH_MUTANTS");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : otherwise;
}

Table tried(const std::string& world, std::uint64_t number, std::int64_t roots) {
  audit::Options options;
  options.roots = roots;
  options.people = 6;
  Table table;
  Tried all(world);
  for (std::uint64_t i = 0; i < number; ++i) all.look(i, options, table);
  std::string text = world + "\n";
  for (const auto& [kind, tally] : table)
    text += fmt::format("{}: {} tried, {} found, {} named\n{}", kind, tally.tried, tally.found,
                        tally.named, tally.missed);
  WARN(text);
  return table;
}

}  // namespace

TEST_CASE("The audit finds and names most mistakes in the library's SQL", "[night][mutants]") {
  Table table = tried("tests/worlds/library", most(60), 120);
  CHECK(table["moves"].named * 100 >= table["moves"].tried * 70);
  CHECK(table["calls"].named * 100 >= table["calls"].tried * 40);
}

TEST_CASE("The audit finds and names most mistakes in the shop's SQL", "[night][mutants]") {
  Table table = tried("data/shop-tokopedia", most(40), 120);
  CHECK(table["moves"].named * 100 >= table["moves"].tried * 70);
  CHECK(table["calls"].named * 100 >= table["calls"].tried * 40);
}

}  // namespace pindah::test
