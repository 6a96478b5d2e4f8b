#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "command/reports.h"
#include "report/side_by_side.h"
#include "report/suffix.h"
#include "tests/command/program.h"
#include "tests/report/sample.h"

using namespace pindah;
using pindah::test::Folder;
using pindah::test::Sample;

namespace {

// Every format, and tales.
std::vector<ReportFormat> with_tales() {
  std::vector<ReportFormat> rows(all_formats().begin(), all_formats().end());
  rows.push_back({".tale", "a tale",
                  [](const ReportInput& input) { return "once upon " + input.scenario.title; },
                  [](const std::string& file, const std::string&) { return "no tale of " + file; },
                  [](const std::vector<std::string>& pieces, std::optional<std::int64_t>) {
                    std::string all;
                    for (const std::string& piece : pieces) all += piece + "\n";
                    return all;
                  }});
  return rows;
}

}  // namespace

TEST_CASE("No two formats have the same suffix, and the README names them all") {
  std::stringstream readme;
  readme << std::ifstream(PINDAH_SOURCE_DIR "/README.md").rdbuf();
  for (const ReportFormat& format : all_formats()) {
    CHECK(format_of(all_formats(), std::string("a") + std::string(format.suffix)) == &format);
    CHECK(readme.str().find("`" + std::string(format.suffix) + "`") != std::string::npos);
  }
}

TEST_CASE("A format that is one row more is offered, kept and written") {
  const std::vector<ReportFormat> rows = with_tales();
  const Folder folder;
  const Sample sample;
  Problems problems;
  Reports reports({folder.file("a.tale")}, problems, rows);
  CHECK(problems.text() == "");
  CHECK(reports.wants(rows.back()));
  reports.add(sample.input());
  reports.add_error("broken.yaml", "line 3: no");
  CHECK(reports.write({}).empty());
  CHECK(folder.read("a.tale") ==
        "once upon " + sample.scenario.title + "\nno tale of broken.yaml\n");
  Reports({"a.txt"}, problems, rows);
  CHECK(problems.text().find(".pindah (a run file), .tale (a tale)") != std::string::npos);
}

TEST_CASE("What help offers as formats are the rows of the table") {
  const test::Ended run = test::run_program({"run", "--help"});
  for (const ReportFormat& format : all_formats())
    CHECK(run.out.find(format.suffix) != std::string::npos);
  const test::Ended compare = test::run_program({"compare", "--help"});
  for (const TableFormat& format : table_formats())
    CHECK(compare.out.find(format.suffix) != std::string::npos);
}
