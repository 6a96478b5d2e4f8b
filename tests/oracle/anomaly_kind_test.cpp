#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "oracle/cases.h"
#include "oracle/detectors.h"
#include "oracle/exposure_counters.h"
#include "tests/docs/made.h"
#include "tests/oracle/bench.h"
#include "world/loading.h"

using namespace pindah;

namespace {

// `lost(PROMISE)`, and where there are two ways to write it the other one too.
std::string usages(const AnomalyRow& row) {
  std::string all;
  for (std::size_t way = 0; way < row.ways; ++way) {
    std::string facts;
    for (const char fact : row.facts[way])
      facts += (facts.empty() ? "" : ", ") +
               std::string(fact == 'p' ? "PROMISE" : (fact == 'l' ? "LEDGER" : "stock"));
    all += (way == 0 ? "`" : ", `") + std::string(row.word) + "(" + facts + ")`";
  }
  return all;
}

std::string manual_of(std::span<const AnomalyRow> rows) {
  std::vector<std::vector<std::string>> cells;
  for (const AnomalyRow& row : rows) cells.push_back({usages(row), std::string(row.sentence)});
  return docs::table({"kind", "what it says of its first fact"}, cells);
}

std::vector<AnomalyRow> with_wilted() {
  std::vector<AnomalyRow> rows(anomaly_kinds().begin(), anomaly_kinds().end());
  rows.push_back({AnomalyKind::count,
                  "wilted",
                  {"p"},
                  1,
                  ExposedBy::sights,
                  HarmClass::lost_or_doubled,
                  "{} wilted",
                  "it has wilted"});
  return rows;
}

std::string source_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("The manual's kinds of anomaly are the table of the code") {
  docs::check_made("world.md", "anomaly-kinds", manual_of(anomaly_kinds()));
}

TEST_CASE(
    "Each kind of anomaly is looked for where its detectors are said to be, and nowhere else") {
  const std::filesystem::path oracle = std::string(PINDAH_SOURCE_DIR) + "/sim/oracle";
  for (const auto& entry : std::filesystem::directory_iterator(oracle)) {
    const std::string file = entry.path().filename().string();
    if (entry.path().extension() != ".cpp" || file == "detectors.cpp") continue;
    const std::string source = source_of(entry.path());
    for (const Detector& detector : detectors()) {
      const std::string kind = "AnomalyKind::" + std::string(row_of(detector.id).word);
      INFO(file << " and " << kind);
      CHECK((source.find(kind) != std::string::npos) ==
            (file == detector.watching || file == detector.at_the_end));
    }
  }
}

TEST_CASE("A kind of anomaly that is one row more is read, counted, found and documented") {
  const std::vector<AnomalyRow> rows = with_wilted();
  Problems problems;
  Loading loading(PINDAH_SOURCE_DIR "/tests/worlds/library", problems);
  loading.world = oracle_bench::library();
  loading.world.anomalies.clear();
  const auto read = [&](const std::string& text) {
    const auto yaml = parse_yaml(text, "promises.yaml", problems);
    REQUIRE(yaml);
    YamlMap map(*yaml, "anomalies", problems);
    for (const auto& [name, value] : map.entries()) read_anomaly(loading, name, value, rows);
  };
  read("gone_flowers: wilted(loan)\n");
  CHECK(problems.text() == "");
  REQUIRE(loading.world.anomalies.size() == 1);
  CHECK(loading.world.anomalies[0].kind == &rows.back());

  Scenario scenario;
  ExposureCounters exposure(loading.world, scenario);
  exposure.viewed(loading.world.promise("loan"));
  exposure.viewed(loading.world.promise("loan"));
  CHECK(exposure.exposure() == std::vector<std::int64_t>{2});
  Cases cases(loading.world);
  cases.add({AnomalyKind::count, loading.world.promise("loan"), -1, false, false}, {});
  CHECK(cases.all().size() == 1);
  CHECK(manual_of(rows).ends_with("| `wilted(PROMISE)` | it has wilted |\n"));

  read("gone_flowers: wilted()\n");
  CHECK(problems.text().find("wilted takes a promise") != std::string::npos);
  read("gone_flowers: wiltd(loan)\n");
  CHECK(problems.text().find("did you mean `wilted`?") != std::string::npos);
}
