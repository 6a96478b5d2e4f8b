#include "tests/mutants/mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "rehearsal/rehearsal.h"
#include "report/blame_words.h"
#include "report/harms.h"
#include "report/text.h"
#include "tests/mutants/mutator.h"
#include "tests/scratch.h"

namespace pindah::test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

// Files in which mistakes are made, in a stated order.
std::vector<std::string> files_of(const fs::path& world) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(world)) {
    const std::string name = fs::relative(entry.path(), world).string();
    const bool made = name.find("calls/") != std::string::npos || name.starts_with("moves/") ||
                      name.starts_with("truth/");
    if (entry.is_regular_file() && made && name.ends_with(".sql")) files.push_back(name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

// A folder with the scenario and its world beside it, gone with this.
class Copy {
 public:
  explicit Copy(const Ground& ground) : place_("mutants") {
    const fs::path root = PINDAH_SOURCE_DIR;
    fs::create_directories(place_.path());
    fs::copy(root / ground.world, world(), fs::copy_options::recursive);
    std::string text = text_of(root / ground.scenario);
    const std::size_t at = text.find("\nworld:") + 1;
    text.replace(at, text.find('\n', at) - at, "world: world");
    write(scenario(), text);
  }
  ~Copy() {
    std::error_code error;
    fs::remove_all(place_.path(), error);
  }
  fs::path world() const { return fs::path(place_.path()) / "world"; }
  std::string scenario() const { return place_.path() + "/scenario.yaml"; }

 private:
  ScratchFile place_;
};

// How the culprit of a mistake in this file is called.
std::string name_of(const std::string& file, const World& world) {
  const std::string stem = fs::path(file).stem().string();
  if (file.starts_with("moves/"))
    return "move " + stem + (file.starts_with("moves/backward") ? " (back)" : "");
  for (const Side side : {Side::source, Side::target}) {
    const Platform& platform = world.platforms[index(side)];
    if (!file.starts_with(fs::path(platform.folder).filename().string() + "/")) continue;
    return fmt::format("call {}.{} of {}", fs::path(file).parent_path().filename().string(), stem,
                       platform.name);
  }
  return file;
}

// Of the world's own mistakes, which name a call or a truth.
void judge_mistakes(const std::vector<WorldMistake>& mistakes, const std::string& wanted,
                    Outcome& outcome) {
  outcome.fate = Fate::mistaken;
  for (const WorldMistake& mistake : mistakes) {
    if (outcome.blamed.empty()) outcome.blamed = mistake.call + " | " + mistake.truth;
    outcome.named = outcome.named || "call " + mistake.call == wanted ||
                    mistake.truth.ends_with(outcome.file) ||
                    mistake.place.file.ends_with(outcome.file);
  }
}

void judge(const ScenarioAndWorld& input, const RehearsalResult& result, Outcome& outcome) {
  const ReportInput report{input.scenario, input.world, result};
  const int code = result.verdict.exit_code;
  outcome.fate = code == 0 ? Fate::passed : code == 4 ? Fate::uncertain : Fate::caught;
  if (code == 2)
    return judge_mistakes(result.verdict.mistakes, name_of(outcome.file, input.world), outcome);
  for (const auto& [name, count] : ranked(culprit_counts(report)))
    if (outcome.blamed.empty() && name != "not traced") outcome.blamed = name;
  if (outcome.blamed.empty())
    for (const Harm& harm : harms(report))
      if (outcome.blamed.empty()) outcome.blamed = harm.culprit;
  const std::string wanted = name_of(outcome.file, input.world);
  const std::size_t at = outcome.blamed.find(wanted);
  const bool whole =
      at != std::string::npos && !outcome.blamed.substr(at + wanted.size()).starts_with(" (back)");
  outcome.named = whole;
}

bool run(const Copy& copy, Outcome& outcome) {
  try {
    Problems problems;
    const auto input = read_scenario(copy.scenario(), {}, problems);
    if (!input) return false;
    judge(*input, rehearse(*input, {}), outcome);
  } catch (const WorldFault& fault) {
    outcome.fate = Fate::mistaken;
    outcome.blamed = fault.what();
    outcome.named = outcome.blamed.find(fs::path(outcome.file).filename()) != std::string::npos;
  } catch (const Defect& defect) {
    outcome.fate = Fate::broken;
    outcome.blamed = defect.what();
  }
  return true;
}

constexpr std::array<std::string_view, static_cast<std::size_t>(Fate::count)> kFates{
    "refused", "caught", "mistake", "uncertain", "passed", "exit 70"};

bool seen(const Outcome& outcome) {
  return outcome.fate == Fate::caught || outcome.fate == Fate::mistaken;
}

std::string kind_of(const std::string& file) {
  const std::size_t calls = file.find("/calls/");
  if (calls != std::string::npos) return "calls of " + file.substr(0, calls);
  return fs::path(file).parent_path().string();
}

}  // namespace

std::vector<Outcome> try_mutants(const Ground& ground, std::uint64_t from, std::uint64_t until) {
  const Copy copy(ground);
  const std::vector<std::string> files = files_of(copy.world());
  std::vector<Outcome> outcomes;
  for (std::uint64_t number = from; number < until; ++number) {
    // Steps that have no common divisor with the counts of files and operators.
    const std::string& file = files[number * 7919 % files.size()];
    const std::string sql = text_of(copy.world() / file);
    const auto mutant = mutate(sql, number * 104'729 + number / 13);
    if (!mutant) continue;
    Outcome outcome{file, mutant->how, mutant->line, {}, {}, false};
    write(copy.world() / file, mutant->text);
    if (run(copy, outcome)) outcomes.push_back(outcome);
    write(copy.world() / file, sql);
  }
  return outcomes;
}

std::string table_of(const std::vector<Outcome>& outcomes) {
  std::map<std::string, std::map<Fate, int>> counts;
  std::map<std::string, int> named;
  std::string list;
  for (const Outcome& outcome : outcomes) {
    for (const std::string& row : {kind_of(outcome.file), std::string("all")}) {
      ++counts[row][outcome.fate];
      named[row] += seen(outcome) && outcome.named ? 1 : 0;
    }
    if (seen(outcome) && outcome.named) continue;
    list += fmt::format("{:<9} {}:{}, {}{}{}\n", kFates[static_cast<std::size_t>(outcome.fate)],
                        outcome.file, outcome.line, outcome.how, outcome.blamed.empty() ? "" : ": ",
                        outcome.blamed);
  }
  std::string text = fmt::format("{:<28}", "");
  for (std::size_t fate = 1; fate < kFates.size(); ++fate)
    text += fmt::format("{:>10}", kFates[fate]);
  text += fmt::format("{:>10}\n", "named");
  for (const auto& [row, fates] : counts) {
    text += fmt::format("{:<28}", row);
    for (std::size_t fate = 1; fate < kFates.size(); ++fate) {
      const auto found = fates.find(static_cast<Fate>(fate));
      text += fmt::format("{:>10}", found == fates.end() ? 0 : found->second);
    }
    text += fmt::format("{:>10}\n", named[row]);
  }
  return text + list;
}

}  // namespace pindah::test
