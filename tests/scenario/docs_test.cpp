#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "scenario/vocabulary/reference.h"
#include "tests/scenario/named_world.h"

using namespace pindah;

namespace {

std::string manual() {
  std::ifstream file(PINDAH_SOURCE_DIR "/docs/scenario.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> examples(const std::string& text) {
  std::vector<std::string> all;
  const std::string fence = "```";
  for (std::size_t at = text.find(fence + "yaml\n"); at != std::string::npos;
       at = text.find(fence + "yaml\n", at)) {
    at += fence.size() + 5;
    all.push_back(text.substr(at, text.find(fence, at) - at));
  }
  return all;
}

// First cells of the table whose first column has this name.
std::vector<std::string> rows(const std::string& text, const std::string& column) {
  std::istringstream stream(text.substr(text.find("| " + column + " | ")));
  std::vector<std::string> cells;
  std::string line;
  std::getline(stream, line), std::getline(stream, line);
  while (std::getline(stream, line) && line.rfind("| `", 0) == 0) {
    cells.push_back(line.substr(3, line.find("` |") - 3));
  }
  return cells;
}

// What stands between the marks of a part that is made from the rows.
void replace(std::string& text, const std::string& part, const std::string& made) {
  const std::string begin = "<!-- " + part + ": made by `pindah explain --reference` -->\n";
  const std::size_t from = text.find(begin) + begin.size();
  const std::size_t to = text.find("<!-- end of " + part + " -->");
  REQUIRE(text.find(begin) != std::string::npos);
  REQUIRE(to != std::string::npos);
  text.replace(from, to - from, "\n" + made + "\n");
}

}  // namespace

TEST_CASE("Every example of the manual is a scenario without mistakes") {
  const auto all = examples(manual());
  REQUIRE(all.size() == 11);
  for (const std::string& example : all) {
    INFO(example);
    const bool whole = example.rfind("pindah:", 0) == 0;
    CHECK((whole ? read_text(example).mistakes : mistakes(example)) == "");
  }
}

TEST_CASE("Every metric stands in the manual with an example that parses") {
  const Names names = world_names(named_world());
  Problems problems;
  std::vector<OperatorMetric> seen;
  for (const std::string& row : rows(manual(), "condition")) {
    const auto condition = parse_condition(row, {"scenario.md", 1, 1}, names, problems);
    if (condition) seen.push_back(condition->metric->id);
  }
  std::vector<VerdictMetric> judged;
  for (const std::string& row : rows(manual(), "line")) {
    const auto budget = parse_budget(row, {"scenario.md", 1, 1}, names, problems);
    if (budget) judged.push_back(budget->metric->id);
  }
  CHECK(problems.text() == "");
  REQUIRE(seen.size() == static_cast<std::size_t>(OperatorMetric::count));
  for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == static_cast<OperatorMetric>(i));
  REQUIRE(judged.size() == static_cast<std::size_t>(VerdictMetric::count));
  for (std::size_t i = 0; i < judged.size(); ++i) CHECK(judged[i] == static_cast<VerdictMetric>(i));
}

TEST_CASE("The manual's reference of steps and surprises is what their rows say") {
  std::string text = manual();
  const std::string before = text;
  replace(text, "steps", step_reference());
  replace(text, "surprises", surprise_reference());
  // PINDAH_WRITE=1 writes it anew.
  if (std::getenv("PINDAH_WRITE") != nullptr && text != before)
    std::ofstream(PINDAH_SOURCE_DIR "/docs/scenario.md") << text;
  CHECK(before == text);
}

TEST_CASE("Every key that the reader offers beside steps and surprises stands in an example") {
  std::string all;
  for (const std::string& example : examples(manual())) all += example;
  // Two files are no example that is read alone.
  all += manual().substr(manual().find("## Extending a scenario"));
  // What unknown keys are answered with is what the reader knows.
  const std::string offered =
      mistakes("x: 1\n") + mistakes("traffic: [{ x: 1, spike: 1/s }]\n") +
      mistakes("platforms: { source: { x: 1, service_time: { x: 1 } } }\n") +
      mistakes("links: { x: 1, gateway: { x: 1 } }\n") +
      mistakes("surprises: [{ x: 1 }]\nplan: [{ x: 1 }]\n");
  const std::string before = "one of: ";
  int words = 0;
  for (std::size_t at = offered.find(before); at != std::string::npos;
       at = offered.find(before, at)) {
    at += before.size();
    std::istringstream stream(offered.substr(at, offered.find_first_of("|\n", at) - at));
    for (std::string word; stream >> word; ++words) {
      if (word.back() == ',') word.pop_back();
      INFO(word);
      CHECK(all.find(word + ":") != std::string::npos);
    }
  }
  CHECK(words > 40);
}
