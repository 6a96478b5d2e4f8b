#include "report/side_by_side.h"

#include <catch2/catch.hpp>

#include "tests/report/sample.h"

using namespace pindah;
using pindah::test::Sample;

namespace {

// The sample with pages in both lives, an outage and a carried row in the rehearsed one.
struct Busy : Sample {
  Busy() {
    scenario.length = hours(2);
    for (std::uint32_t intent = 0; intent < 200; ++intent) {
      Visit visit;
      visit.intent = intent;
      visit.page = 0;
      visit.latency_us = millis(200).us;
      result.control.visits.push_back(visit);
      visit.latency_us = millis(300).us;
      result.rehearsed.visits.push_back(visit);
      visit.latency_us = seconds(50).us;  // once more, when all is over: no load
      visit.intended_us = hours(3).us;
      visit.audit = true;
      result.rehearsed.visits.push_back(visit);
    }
    result.rehearsed.outages = {{0, seconds(2472), seconds(2475)},
                                {0, seconds(2480), seconds(2481)}};
    result.control.outages = {{0, seconds(10), seconds(100)}};
    result.rehearsed.rows_carried = 81'234;
    result.control.rows_carried = 7;
  }
};

std::string text_of(const std::vector<SideBySideRow>& rows) { return side_by_side_text(rows, {}); }

}  // namespace

TEST_CASE("A row tells the rehearsed life, and its p99 against the control's") {
  const Busy busy;
  const SideBySideRow row = side_by_side_row(busy.input());
  CHECK(row.cells == std::vector<std::string>{"scenarios/night", "FAIL", "0.62 % (412)",
                                              "page checkout 5.17 %", "11", "3s", "301ms", "1.50",
                                              "4h54m+", "81 234", "00:41:40"});
}

TEST_CASE("Two systems are kept from the first step until the last retirement") {
  Busy busy;
  busy.scenario.plan[1].kind = StepKind::retire;
  CHECK(side_by_side_row(busy.input()).cells[8] == "35m12s");
  busy.result.rehearsed.plan.clear();
  CHECK(side_by_side_row(busy.input()).cells[8] == "none");
}

TEST_CASE("Columns are as wide as their widest cell, numbers stand flush right") {
  const Busy busy;
  const SideBySideRow gap = side_by_side_gap("é.yaml", "ERROR");
  const std::string text = text_of({side_by_side_row(busy.input()), gap});
  const auto head = text.find("empty-handed");
  const auto second = text.find('\n') + 1;
  CHECK(text.substr(second + head + 10, 2) == "11");
  CHECK(text.ends_with("\né.yaml           ERROR\n"));
}

TEST_CASE("A hostile text stays in its cell") {
  Busy busy;
  test::poison(busy, "x\x1b[31m|\n=1,\"2");
  const std::vector<SideBySideRow> rows{side_by_side_row(busy.input())};
  CHECK(text_of(rows).find('\x1b') == std::string::npos);
  CHECK(std::count(rows[0].cells[0].begin(), rows[0].cells[0].end(), '\n') > 0);
  for (const std::string& text : {text_of(rows), side_by_side_csv(rows)})
    CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  const std::string markdown = side_by_side_markdown(rows);
  CHECK(std::count(markdown.begin(), markdown.end(), '\n') == 3);
  CHECK(markdown.find("\\|") != std::string::npos);
}
