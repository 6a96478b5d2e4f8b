#include "audit/audit.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/scratch.h"
#include "world/load.h"

namespace pindah::test {
namespace {

namespace fs = std::filesystem;

// The library with one text of one file replaced.
class Changed {
 public:
  Changed() : place_("audit") {
    fs::copy(fs::path(PINDAH_SOURCE_DIR) / "tests/worlds/library", place_.path(),
             fs::copy_options::recursive);
  }
  ~Changed() {
    std::error_code error;
    fs::remove_all(place_.path(), error);
  }
  Changed& in(const std::string& file, const std::string& from, const std::string& to) {
    const fs::path path = fs::path(place_.path()) / file;
    std::ostringstream whole;
    whole << std::ifstream(path).rdbuf();
    std::string text = whole.str();
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(path) << text;
    return *this;
  }
  audit::Report report(int people = 6) const {
    Problems problems;
    const auto world = load_world(place_.path(), problems);
    INFO(problems.text());
    REQUIRE(world);
    audit::Options options;
    options.roots = people * 60;
    options.people = people;
    return audit::audit(*world, options);
  }

 private:
  ScratchFile place_;
};

// Some finding that nobody declared names the file and the column.
bool names(const audit::Report& report, const std::string& file, const std::string& what) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& finding) {
    return finding.declared.empty() && finding.what == what &&
           std::any_of(finding.places.begin(), finding.places.end(), [&](const Place& place) {
             return place.file.ends_with(file) && place.line > 0 && place.column > 0;
           });
  });
}

}  // namespace

TEST_CASE("The library has no finding that is not declared, and no declaration without one") {
  const audit::Report report = Changed().report(12);
  for (const audit::Finding& finding : report.findings) {
    INFO(finding.subject << ", " << finding.what);
    CHECK(!finding.declared.empty());
  }
  CHECK(report.unused.empty());
  CHECK(report.calls > 500);
}

TEST_CASE("The same seed finds the same") {
  Changed world;
  world.in("moves/forward/20-loans.sql", "minor(l.total) AS total", "minor(l.total) * 10 AS total");
  const audit::Report one = world.report();
  const audit::Report two = world.report();
  REQUIRE(one.findings.size() == two.findings.size());
  for (std::size_t i = 0; i < one.findings.size(); ++i) {
    CHECK(one.findings[i].what == two.findings[i].what);
    CHECK(one.findings[i].count == two.findings[i].count);
  }
}

TEST_CASE("A wrong factor in a move is found with its file and column") {
  Changed world;
  world.in("moves/forward/20-loans.sql", "minor(l.total) AS total", "minor(l.total) * 10 AS total");
  CHECK(names(world.report(), "moves/forward/20-loans.sql", "loan.total"));
}

TEST_CASE("A column that a move forgets is found") {
  Changed world;
  world.in("moves/backward/40-fees.sql", "ref = excluded.ref, amount", "amount")
      .in("moves/backward/40-fees.sql", ":lending_no, :ref,",
          ":lending_no, :_key + (:ref IS NULL),");
  CHECK(names(world.report(), "moves/backward/40-fees.sql", "fee.ref"));
}

TEST_CASE("A swapped status in a move is found") {
  Changed world;
  world.in("moves/forward/20-loans.sql", "WHEN 'WAITING' THEN 10 WHEN 'PAID' THEN 20",
           "WHEN 'WAITING' THEN 20 WHEN 'PAID' THEN 10");
  CHECK(names(world.report(), "moves/forward/20-loans.sql", "loan.status"));
}

TEST_CASE("A call that writes something else than its twin is found") {
  Changed world;
  world.in("rak/calls/loans/hand_out.sql", "30", "20");
  CHECK(world.report().undeclared() > 0);
}

TEST_CASE("A row that the other side does not take is a finding, and the others go on") {
  Changed world;
  world.in("moves/forward/20-loans.sql", "WHEN 'LENT' THEN 30 ELSE 0 END,\n        :total",
           "WHEN 'LENT' THEN 31 ELSE 0 END,\n        :total");
  const audit::Report report = world.report();
  CHECK(std::any_of(report.findings.begin(), report.findings.end(), [](const auto& finding) {
    return finding.kind == audit::FindingKind::refused && finding.count > 1;
  }));
}

TEST_CASE("A loss that a move declares is told with its reason, and is none to be mended") {
  Changed world;
  world
      .in("moves/forward/20-loans.sql", "minor(l.total) AS total",
          "minor(l.total) / 100 * 100 AS total")
      .in("moves/forward/20-loans.sql",
          "-- drops:", "-- drops: total, pieces of a rupiah are cut\n-- drops:");
  const audit::Report report = world.report();
  CHECK(std::any_of(report.findings.begin(), report.findings.end(), [](const auto& finding) {
    return finding.what == "loan.total" && finding.declared == "pieces of a rupiah are cut";
  }));
}

TEST_CASE("Empty tables are no finding") {
  Changed world;
  world.in("world.yaml", "past_loans: 400", "past_loans: 0");
  CHECK(world.report().undeclared() == 0);
}

}  // namespace pindah::test
