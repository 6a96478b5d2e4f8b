// Runs the program on files that were changed at random, and holds it to what it promises: it ends
// with 0 to 4, in bounded time and memory, and where it refuses a file it says where.
//
//   pindah_mutate FIRST..LAST     each number is a mutant, the same on every machine
//
// Prints what does not hold, with the mutant's file kept, and at the end how the mutants ended.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "tests/command/program.h"
#include "tests/mutate/mutator.h"

using namespace pindah::test;
namespace fs = std::filesystem;

namespace {

// Of the machine, for one mutant: seconds of CPU, KiB of memory.
constexpr const char* kBounds = "ulimit -t 120; ulimit -v 4000000; ";

struct Mutant {
  std::string file;  // in the folder, that was changed
  std::string what;  // how
  std::string command;
  Ended ended;
};

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

// The same plan with few people, so that a mutant takes a moment.
std::string small(const std::string& scenario) {
  std::istringstream lines(scenario);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("scale:")) continue;
    text += line.starts_with("world:")
                ? "world: library\nscale: { readers: 60, books: 40, past_loans: 30 }\n"
                : line + "\n";
  }
  return text;
}

class Mutants {
 public:
  Mutants() {
    for (const char* name : {"lending", "lending-choices", "lending-there-and-back"})
      scenarios_.push_back(small(read_source(std::string("tests/scenarios/") + name + ".yaml")));
    const Folder folder;
    folder.write("a.yaml", scenarios_.front());
    run_shell("\"$PINDAH\" run a.yaml -q --until 3m --report a.pindah", folder.path());
    run_file_ = folder.read("a.pindah");
  }

  // Whether it did what it promises.
  bool hold(std::uint64_t number) {
    Dice dice(number);
    const Folder folder;
    folder.write("a.yaml", dice.of(scenarios_));
    Mutant mutant = dice.one_in(8) ? of_run_file(folder, dice) : of_text(folder, dice);
    ++ends_[mutant.ended.code];
    const std::string fault = fault_of(mutant);
    if (fault.empty()) return true;
    const std::string kept = (fs::current_path() / ("mutant-" + std::to_string(number))).string();
    fs::copy(folder.path(), kept, fs::copy_options::recursive | fs::copy_options::update_existing);
    std::printf("%llu: %s\n  %s: %s\n  %s\n  %s\n", static_cast<unsigned long long>(number),
                fault.c_str(), mutant.file.c_str(), mutant.what.c_str(),
                mutant.ended.err.substr(0, 600).c_str(), kept.c_str());
    return false;
  }

  void tell() const {
    for (const auto& [code, count] : ends_) std::printf("exit %d: %d\n", code, count);
  }

 private:
  static std::string read_source(const std::string& name) {
    const Ended ended = run_shell("cat '" + name + "'");
    return ended.out;
  }

  Mutant of_text(const Folder& folder, Dice& dice) {
    std::vector<std::string> files = files_below(folder.path());
    const std::string file = dice.one_in(2) ? folder.file("a.yaml") : dice.of(files);
    Mutant mutant;
    mutant.file = fs::relative(file, folder.path()).string();
    std::string text = folder.read(mutant.file);
    const std::size_t times = 1 + dice.below(3);
    for (std::size_t i = 0; i < times; ++i) {
      Mutation mutation = mutate(text, dice);
      text = std::move(mutation.text);
      mutant.what += (i == 0 ? "" : "; ") + mutation.what;
    }
    folder.write(mutant.file, text);
    mutant.command = dice.one_in(6)    ? "check a.yaml"
                     : dice.one_in(10) ? "explain a.yaml"
                                       : run_line(dice);
    mutant.ended = run_shell(kBounds + ("\"$PINDAH\" " + mutant.command), folder.path());
    return mutant;
  }

  static std::string run_line(Dice& dice) {
    return std::string(
               "run a.yaml -q --until 4m --report r.json --report r.xml --report r.pindah") +
           (dice.one_in(4) ? " --threads 1" : "");
  }

  Mutant of_run_file(const Folder& folder, Dice& dice) {
    Mutant mutant;
    mutant.file = "a.pindah";
    const Mutation mutation = damage(run_file_, dice);
    mutant.what = mutation.what;
    folder.write("a.pindah", mutation.text);
    folder.write("b.pindah", run_file_);
    static const std::vector<std::string> kCommands{
        "replay a.pindah", "replay a.pindah --shopper 3", "diff a.pindah b.pindah",
        "diff b.pindah a.pindah"};
    mutant.command = dice.of(kCommands);
    mutant.ended = run_shell(kBounds + ("\"$PINDAH\" " + mutant.command), folder.path());
    return mutant;
  }

  static std::string fault_of(const Mutant& mutant) {
    const Ended& ended = mutant.ended;
    if (ended.code < 0 || ended.code > 4) return "ended with " + std::to_string(ended.code);
    if (ended.code != 2) return {};
    const bool of_run = mutant.file.ends_with(".pindah");
    static const std::regex place("(^|\n)[^\n:]+:[0-9]+(:[0-9]+)?: ");
    static const std::regex file("[^\n:]+: ");
    // A file as a whole has no line: it cannot be read, is empty, is too large.
    static const std::regex whole(
        "(empty|larger than|cannot read|there is no (file|folder|world)|"
        "nobody with the number|zero byte|two nights|is missing)");
    if (std::regex_search(ended.err, of_run ? file : place)) return {};
    return std::regex_search(ended.err, whole) ? std::string() : "refused without a place";
  }

  std::vector<std::string> scenarios_;
  std::string run_file_;
  std::map<int, int> ends_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::string range = argc == 2 ? argv[1] : "";
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos) {
    std::fprintf(stderr, "pindah_mutate FIRST..LAST\n");
    return 2;
  }
  const std::uint64_t first = std::strtoull(range.c_str(), nullptr, 10);
  const std::uint64_t last = std::strtoull(range.c_str() + dots + 2, nullptr, 10);
  Mutants mutants;
  int failed = 0;
  for (std::uint64_t number = first; number <= last; ++number) {
    failed += mutants.hold(number) ? 0 : 1;
    std::fflush(stdout);
  }
  mutants.tell();
  std::printf("%d of %llu did not hold\n", failed,
              static_cast<unsigned long long>(last - first + 1));
  return failed == 0 ? 0 : 1;
}
