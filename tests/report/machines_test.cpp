#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <set>

#include "tests/report/sample.h"

using namespace pindah;
using nlohmann::json;
using pindah::test::format;
using pindah::test::Sample;

namespace {

std::string whole(const ReportFormat& format, const Sample& sample) {
  return join_pieces(format, {format.piece(sample.input())});
}

std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '"') {
      if (quoted && i + 1 < csv.size() && csv[i + 1] == '"') {
        rows.back().back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back({""});
    } else if (c != '\r') {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

}  // namespace

TEST_CASE("The suffix of a file chooses the report's format") {
  CHECK(format_of(report_formats(), "a/run.json") == &format(".json"));
  CHECK(format_of(report_formats(), "run.xml") == &format(".xml"));
  CHECK(format_of(report_formats(), "run.md") == &format(".md"));
  CHECK(format_of(report_formats(), "run.html") == &format(".html"));
  CHECK(format_of(report_formats(), "run.csv") == &format(".csv"));
  CHECK(format_of(report_formats(), "run.txt") == nullptr);
  CHECK(format_of(report_formats(), "json") == nullptr);
}

TEST_CASE("The JSON report carries verdict, lines, people, harm and how to run again") {
  const Sample sample;
  const json report = json::parse(whole(format(".json"), sample));
  CHECK(report["verdict"] == "FAIL");
  CHECK(report["exit_code"] == 1);
  CHECK(report["budget"][0]["state"] == "fail");
  CHECK(report["budget"][0]["line"] == 28);
  CHECK(report["budget"][0]["broke_at_us"] == 2'472'000'000);
  CHECK(report["budget"][1]["broke_at_us"].is_null());
  CHECK(report["budget"][2]["state"] == "inconclusive");
  CHECK(report["who"]["noticed"] == 412);
  CHECK(report["who"]["first_noticers"][2]["page"] == "checkout");
  CHECK(report["who"]["first_noticers"][2]["harmed"] == true);
  CHECK(report["causes"][0]["name"] == "refused during the fence");
  CHECK(report["harm"][0]["units"] == 3);
  CHECK(report["run"]["digest"] == "00000000000000d1");
  CHECK(report["replay"] == "pindah run scenarios/night.yaml --seed 1212");
}

TEST_CASE("The way back and the checklist stand in every report for people and machines") {
  const Sample sample;
  const json parsed = json::parse(format(".json").piece(sample.input()));
  CHECK(parsed["way_back"]["point_of_no_return_us"] == 2'500'000'000);
  CHECK(parsed["way_back"]["promises_after"] == 1234);
  CHECK(parsed["compliance"]["series"][1]["ppm"] == 600'000);
  CHECK(parsed["compliance"]["series"][1]["met_ppm"][0] == 1'000'000);
  CHECK(parsed["compliance"]["rules"][1]["weight"] == 40);
  for (const ReportFormat& prose : {format(".md"), format(".html")}) {
    const std::string text = prose.piece(sample.input());
    for (const char* told : {"a rollback loses nothing before 00", "99 % of the statute at the end",
                             "missing 1 %", "weights are made up"})
      CHECK_THAT(text, Catch::Contains(told));
  }
}

TEST_CASE("Several runs are a JSON list, and one that could not run is in it") {
  const Sample sample;
  const json list = json::parse(
      join_pieces(format(".json"), {format(".json").piece(sample.input()),
                                    error_piece(format(".json"), "broken.yaml", "line 3: no")}));
  REQUIRE(list.size() == 2);
  CHECK(list[0]["verdict"] == "FAIL");
  CHECK(list[1]["verdict"] == "ERROR");
  CHECK(list[1]["error"] == "line 3: no");
}

TEST_CASE("JUnit has a suite for the scenario and a test for each budget line") {
  const Sample sample;
  pugi::xml_document document;
  REQUIRE(document.load_string(whole(format(".xml"), sample).c_str()));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  CHECK(suite.attribute("name").value() == std::string("Orders on the night of the sale"));
  CHECK(suite.attribute("file").value() == std::string("scenarios/night.yaml"));
  CHECK(suite.attribute("tests").as_int() == 3);
  CHECK(suite.attribute("failures").as_int() == 1);
  CHECK(suite.attribute("skipped").as_int() == 1);
  CHECK_FALSE(suite.attribute("timestamp"));
  const pugi::xml_node test = suite.child("testcase");
  CHECK(test.attribute("name").value() == std::string("shoppers who noticed"));
  CHECK(test.attribute("classname").value() == std::string("scenarios/night"));
  const pugi::xml_node failure = test.child("failure");
  CHECK(failure.attribute("type").value() == std::string("BudgetExceeded"));
  const std::string message = failure.attribute("message").value();
  CHECK(message.find("scenarios/night.yaml:28: ") == 0);
  CHECK(message.find("0.62 %, limit 0.10 %, from 00:41:12") != std::string::npos);
  CHECK(std::string(failure.text().get()).find(message) != std::string::npos);
  const pugi::xml_node properties = suite.child("properties");
  const auto value = [&](const char* name) {
    return std::string(
        properties.find_child_by_attribute("property", "name", name).attribute("value").value());
  };
  CHECK(value("place of shoppers who noticed") == "scenarios/night.yaml:28");
  CHECK(value("seed") == "1212");
  CHECK(value("digest") == "00000000000000d1");
  CHECK(value("replay") == "pindah run scenarios/night.yaml --seed 1212");
}

TEST_CASE("A JUnit viewer that only counts sees a run that says nothing, or could not run") {
  Sample sample;
  sample.result.verdict.inconclusive = {std::string("the control itself is unhealthy")};
  pugi::xml_document document;
  const std::string text = join_pieces(
      format(".xml"),
      {format(".xml").piece(sample.input()), error_piece(format(".xml"), "x.yaml", "a\nb <c>\n")});
  REQUIRE(document.load_string(text.c_str()));
  const pugi::xml_node first = document.child("testsuites").first_child();
  CHECK(first.attribute("errors").as_int() == 1);
  CHECK(first.last_child().child("error").attribute("type").value() == std::string("Inconclusive"));
  const pugi::xml_node second = document.child("testsuites").last_child();
  CHECK(second.attribute("errors").as_int() == 1);
  const pugi::xml_node error = second.child("testcase").child("error");
  CHECK(error.attribute("message").value() == std::string("a"));
  CHECK(error.text().get() == std::string("a\nb <c>\n"));
}

namespace {

// What junit-10.xsd of Jenkins allows: an element, its attributes, what may stand in it.
struct Allowed {
  std::string attributes, children;
};
const std::map<std::string, Allowed>& junit_schema() {
  static const std::string said = " type message ";
  static const std::map<std::string, Allowed> schema{
      {"testsuites", {" name time tests failures errors ", " testsuite "}},
      {"testsuite",
       {" name tests failures errors group time skipped timestamp hostname id package file log "
        "url ",
        " testsuite properties testcase system-out system-err "}},
      {"properties", {"", " property "}},
      {"property", {" name value ", ""}},
      {"testcase",
       {" name time classname group ", " skipped error failure system-out system-err "}},
      {"failure", {said, ""}},
      {"error", {said, ""}},
      {"skipped", {said, ""}},
      {"system-out", {"", ""}}};
  return schema;
}

// What the schema does not allow in the node; empty: nothing.
std::string against_schema(const pugi::xml_node& node) {
  const auto found = junit_schema().find(node.name());
  if (found == junit_schema().end()) return std::string("element ") + node.name();
  std::string wrong;
  for (const pugi::xml_attribute attribute : node.attributes())
    if (found->second.attributes.find(" " + std::string(attribute.name()) + " ") ==
        std::string::npos)
      wrong += std::string(node.name()) + "/" + attribute.name() + " ";
  for (const pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (found->second.children.find(" " + std::string(child.name()) + " ") == std::string::npos)
      wrong += std::string(node.name()) + " holds " + child.name() + " ";
    wrong += against_schema(child);
  }
  return wrong;
}

}  // namespace

TEST_CASE("JUnit is what Jenkins' schema allows, and names no two tests alike") {
  Sample sample;
  sample.result.verdict.inconclusive = {std::string("the control itself is unhealthy")};
  const std::string piece = format(".xml").piece(sample.input());
  const std::string text = join_pieces(format(".xml"),
                                       {piece, piece, error_piece(format(".xml"), "x.yaml", "a\n"),
                                        error_piece(format(".xml"), "x.yaml", "b\n")},
                                       1'702'310'400);
  pugi::xml_document document;
  REQUIRE(document.load_string(text.c_str()));
  CHECK(against_schema(document.child("testsuites")) == "");
  std::set<std::string> suites, tests;
  for (const pugi::xml_node suite : document.child("testsuites")) {
    CHECK(suites.insert(suite.attribute("name").value()).second);
    for (const pugi::xml_node test : suite.children("testcase"))
      CHECK(tests
                .insert(std::string(test.attribute("classname").value()) + "/" +
                        test.attribute("name").value())
                .second);
  }
}

TEST_CASE("A run that is inconclusive for its lines alone is an error to a viewer that counts") {
  Sample sample;
  sample.result.verdict.exit_code = 4;
  pugi::xml_document document;
  REQUIRE(document.load_string(whole(format(".xml"), sample).c_str()));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  CHECK(suite.attribute("errors").as_int() == 1);
  CHECK(suite.last_child().child("error").attribute("type").value() == std::string("Inconclusive"));
}

TEST_CASE("JUnit has a timestamp for a stated epoch alone") {
  const Sample sample;
  const std::string piece = format(".xml").piece(sample.input());
  const std::string text = join_pieces(format(".xml"), {piece}, 1'702'310'400);
  CHECK(text.find("timestamp=\"2023-12-11T16:00:00\"") != std::string::npos);
}

TEST_CASE("Several seeds of a scenario keep their names apart") {
  const Sample sample;
  ReportInput input = sample.input();
  input.name_seed = true;
  const std::string text = format(".xml").piece(input);
  CHECK(text.find("classname=\"scenarios/night seed 1212\"") != std::string::npos);
  CHECK(text.find("name=\"Orders on the night of the sale (seed 1212)\"") != std::string::npos);
}

TEST_CASE("The CSV report has a row for each shopper who noticed, as wide as its head") {
  const Sample sample;
  const auto rows = rows_of(whole(format(".csv"), sample));
  REQUIRE(rows.size() == 413);
  for (const auto& row : rows) REQUIRE(row.size() == rows[0].size());
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) -
                                    rows[0].begin());
  };
  CHECK(rows[2][column("shopper")] == "1");
  CHECK(rows[2][column("noticed_at")] == "00:41:12.002");
  CHECK(rows[2][column("page")] == "checkout");
  CHECK(rows[2][column("cause")] == "refused during the fence");
  CHECK(rows[2][column("harmed")] == "yes");
  CHECK(rows[5][column("harmed")] == "no");
}

TEST_CASE("GitHub gets an annotation for each broken line, at most nine and how many more") {
  const Sample sample;
  const std::vector<std::string> commands = github_commands(sample.input());
  REQUIRE(commands.size() == 2);
  CHECK(commands[0].starts_with(
      "::error file=scenarios/night.yaml,line=28,col=3,title=shoppers who noticed::noticed <= "
      "0.1%25: 0.62 %25, limit 0.10 %25"));
  CHECK(commands[1].starts_with("::warning file=scenarios/night.yaml,line=30"));
  const std::string few = github_annotations(std::vector<std::string>(9, commands[0]));
  CHECK(std::count(few.begin(), few.end(), '\n') == 9);
  const std::string many = github_annotations(std::vector<std::string>(12, commands[0]));
  CHECK(std::count(many.begin(), many.end(), '\n') == 10);
  CHECK(many.ends_with("3 more\n"));
}

TEST_CASE("Problems of a file become annotations at their place") {
  Problems problems;
  problems.add({"a,b.yaml", 3, 7}, "unknown key `plann`", "one of: plan", "did you mean `plan`?");
  CHECK(github_commands(problems) ==
        std::vector<std::string>{"::error file=a%2Cb.yaml,line=3,col=7,title=cannot be read::"
                                 "unknown key `plann`; expected one of: plan; did you mean "
                                 "`plan`?"});
}
