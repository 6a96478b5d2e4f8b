#include <catch2/catch.hpp>

#include "command/exit_code.h"
#include "command/progress.h"
#include "tests/command/program.h"

using namespace pindah;
using namespace pindah::test;
using Catch::Contains;

namespace {

const Environment kXterm{{"TERM", "xterm"}};
std::string nothing(const std::string&) { return ""; }

}  // namespace

TEST_CASE("Of several exit codes the worst counts") {
  const int order[] = {70, 130, 124, 2, 3, 1, 4, 0};
  for (int i = 0; i < 8; ++i) {
    for (int j = i; j < 8; ++j) {
      CHECK(worse(order[i], order[j]) == order[i]);
      CHECK(worse(order[j], order[i]) == order[i]);
    }
  }
}

TEST_CASE("The progress line shows bar, virtual clock, speed and what is left, and fits") {
  const std::string line = progress_line(minutes(30), hours(2), seconds(3), "x", 120);
  CHECK(line == "[######..................]  25 %  00:30:00 of 02:00:00  600x  9s left  x");
  CHECK(progress_line(minutes(30), hours(2), seconds(3), "x", 20).size() == 19);
  CHECK(progress_line({}, {}, {}, "x", 120) ==
        "[........................]   0 %  00:00:00 of 00:00:00  x");
}

TEST_CASE("On a terminal there are colours and a progress bar, and the bar is wiped") {
  const Folder folder;
  const std::string file = folder.write("a.yaml", small_scenario("  x: noticed <= 0.1%\n"));
  const Ended ended = run_on_terminal({"run", file}, kXterm, nothing);
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("\x1b[32mPASS\x1b[0m"));
  const std::size_t bar = ended.out.find("] ");
  CHECK(bar < ended.out.find("PASS"));
  CHECK_THAT(ended.out, Contains("\r\x1b[K\x1b[32mPASS"));
}

TEST_CASE("Colours can be declined in four ways") {
  const Folder folder;
  const std::string file = folder.write("a.yaml", small_scenario("  x: noticed <= 0.1%\n"));
  struct Way {
    std::vector<std::string> line;
    Environment environment;
  };
  for (const Way& way :
       std::vector<Way>{{{"run", file, "-q"}, {{"TERM", "dumb"}}},
                        {{"run", file}, {{"TERM", "dumb"}}},
                        {{"run", file, "--no-color", "-q"}, kXterm},
                        {{"run", file, "-q"}, {{"TERM", "xterm"}, {"NO_COLOR", "1"}}}}) {
    const Ended ended = run_on_terminal(way.line, way.environment, nothing);
    CHECK(ended.code == 0);
    CHECK_THAT(ended.out, Contains("PASS") && !Contains("\x1b"));
  }
}

namespace {

// A run on a terminal whose first scenario takes long, with Ctrl-C as soon as its clock shows.
Ended interrupted(std::vector<std::string> arguments) {
  bool pressed = false;
  return run_on_terminal(arguments, kXterm, [&](const std::string& out) {
    if (pressed || out.find("00:") == std::string::npos) return "";
    pressed = true;
    return "\x03";
  });
}

std::string long_scenario() {
  std::string text = small_scenario("  x: noticed <= 0.1%\n");
  return text.replace(text.find("length: 2m"), 10, "length: 90h");
}

}  // namespace

TEST_CASE("Ctrl-C stops a run, which tells what it has, writes its reports and exits 130") {
  const Folder folder;
  const std::string file = folder.write("a.yaml", long_scenario());
  const Ended ended = interrupted({"run", file, file, "--report", folder.file("r.xml")});
  CHECK(ended.code == 130);
  CHECK_THAT(ended.out, Contains("INTERRUPTED") && Contains("a part only"));
  CHECK_THAT(folder.read("r.xml"),
             Contains("INTERRUPTED") && Contains("interrupted before it began"));
}

TEST_CASE("Ctrl-C leaves a table's rows, those that were not begun too") {
  const Folder folder;
  const std::string file = folder.write("a.yaml", long_scenario());
  const Ended ended =
      interrupted({"compare", file, "never-begun.yaml", "--report", folder.file("t.csv")});
  CHECK(ended.code == 130);
  CHECK_THAT(folder.read("t.csv"),
             Contains("never-begun.yaml,INTERRUPTED") && Contains("a,INTERRUPTED,"));
}
