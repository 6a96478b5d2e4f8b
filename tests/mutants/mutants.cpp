#include "tests/mutants/mutants.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/digest.h"
#include "rehearsal/rehearsal.h"
#include "report/blame_words.h"
#include "report/harms.h"
#include "report/plan_words.h"
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

// What was seen in the control, and in the rehearsed life.
using Seen = std::array<std::uint64_t, 2>;

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

// What people of a life saw and were told, whenever it was.
std::uint64_t seen_in(const Record& record) {
  std::vector<std::array<std::uint64_t, 4>> seen;
  for (std::size_t i = 0; i < record.visits.size(); ++i) {
    const Visit& v = record.visits[i];
    Digest shown;
    for (std::size_t c = 0; c < record.cells.cells(i); ++c) shown.fold(record.cells.hash(i, c));
    seen.push_back({v.intent, v.visit, static_cast<std::uint64_t>(v.end), shown.value()});
  }
  for (const Message& m : record.messages)
    seen.push_back({m.intent, UINT64_MAX, static_cast<std::uint64_t>(m.page), 0});
  std::sort(seen.begin(), seen.end());
  Digest digest;
  for (const auto& one : seen)
    for (const std::uint64_t part : one) digest.fold(part);
  return digest.value();
}

Seen seen_in(const RehearsalResult& result) {
  return {seen_in(result.control), seen_in(result.rehearsed)};
}

// Of a plan that did not do what it was to do: what it compared.
std::string compared(const ReportInput& report) {
  for (const PlanEvent& event : report.result.rehearsed.plan)
    if (event.compared && event.compared->root) {
      Culprit move;
      move.link = BrokenLink::moved_wrongly;
      move.move = event.compared->root->move;
      return BlameWords(report.world, report.scenario).name(move);
    }
  return {};
}

// Both sides' calls of one name disagree, and which of them is wrong rows cannot tell.
std::string without_side(const std::string& name) {
  return name.starts_with("call ") ? name.substr(0, name.find(" of ") + 4) : name;
}

bool names(const std::string& text, const Outcome& outcome, const World& world) {
  if (text.find(outcome.file) != std::string::npos) return true;
  const std::string wanted = without_side(name_of(outcome.file, world));
  const std::size_t at = text.find(wanted);
  if (at == std::string::npos) return false;
  const std::string rest = text.substr(at + wanted.size());
  return wanted.ends_with(" (back)") || outcome.file.starts_with("moves/both/") ||
         !rest.starts_with(" (back)");
}

void judge(const ScenarioAndWorld& input, const RehearsalResult& result, const Seen& before,
           Outcome& outcome) {
  const ReportInput report{input.scenario, input.world, result};
  const int code = result.verdict.exit_code;
  const Seen seen = seen_in(result);
  outcome.fate = code == 2              ? Fate::mistaken
                 : code != 0            ? Fate::caught
                 : seen == before       ? Fate::unseen
                 : seen[0] != before[0] ? Fate::alike
                                        : Fate::passed;
  for (const auto& [name, count] : ranked(culprit_counts(report)))
    if (outcome.blamed.empty() && name != "not traced") outcome.blamed = name;
  if (outcome.blamed.empty())
    for (const Harm& harm : harms(report))
      if (outcome.blamed.empty()) outcome.blamed = harm.culprit;
  if (code == 2 || outcome.blamed.empty())
    for (const std::string& doubt : doubts(report)) outcome.blamed += doubt + " | ";
  if (outcome.blamed.empty() || code == 4) outcome.blamed += compared(report);
  outcome.named = names(outcome.blamed, outcome, input.world);
}

bool run(const Copy& copy, const Seen& before, Outcome& outcome) {
  try {
    Problems problems;
    const auto input = read_scenario(copy.scenario(), {}, problems);
    if (!input) return false;
    judge(*input, rehearse(*input, {}), before, outcome);
  } catch (const WorldFault& fault) {
    outcome.fate = Fate::mistaken;
    outcome.blamed = fault.problem.place.file + ": " + fault.problem.what;
    outcome.named = outcome.blamed.find(outcome.file) != std::string::npos;
  } catch (const Defect& defect) {
    outcome.fate = Fate::broken;
    outcome.blamed = defect.what();
  }
  return true;
}

// Without a mistake.
Seen as_it_is(const Copy& copy) {
  Problems problems;
  const auto input = read_scenario(copy.scenario(), {}, problems);
  if (!input) throw Defect(problems.text());
  const RehearsalResult result = rehearse(*input, {});
  if (result.verdict.exit_code != 0) throw Defect("the ground is not clean");
  return seen_in(result);
}

constexpr std::array<std::string_view, static_cast<std::size_t>(Fate::count)> kFates{
    "refused", "caught", "mistake", "passed", "alike", "unseen", "exit 70"};

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
  const Seen before = as_it_is(copy);
  std::vector<Outcome> outcomes;
  for (std::uint64_t number = from; number < until; ++number) {
    // Steps that have no common divisor with the counts of files and operators.
    const std::string& file = files[number * 7919 % files.size()];
    const std::string sql = text_of(copy.world() / file);
    const auto mutant = mutate(sql, number * 104'729 + number / 13);
    if (!mutant) continue;
    Outcome outcome{file, mutant->how, mutant->line, {}, {}, false};
    write(copy.world() / file, mutant->text);
    if (run(copy, before, outcome)) outcomes.push_back(outcome);
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
    if (seen(outcome) ? outcome.named : outcome.fate == Fate::unseen) continue;
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
