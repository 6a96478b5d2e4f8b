#include <fmt/format.h>

#include <ctime>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "report/pieces.h"
#include "report/plan_words.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/version.h"

namespace pindah {
namespace {

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(plain_text(value).c_str());
}

std::string text_of(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
  return out.str();
}

// A text that has been made safe line by line may hold line ends.
void add_body(pugi::xml_node node, const std::string& text) {
  node.append_child(pugi::node_pcdata).set_value(text.c_str());
}

// The name, or with " (2)" where it has been given away: viewers take tests of one name for one.
std::string unique(const std::string& name, std::set<std::string>& given) {
  std::string unique = name;
  for (int i = 2; !given.insert(unique).second; ++i) unique = fmt::format("{} ({})", name, i);
  return unique;
}

// What stands in it is what Jenkins' schema allows (junit-10.xsd): a testcase has neither a file
// nor a line, so that these are properties of the suite, and in the texts.
struct Suite {
  pugi::xml_document document;
  pugi::xml_node node, properties;
  std::set<std::string> names;
  int tests = 0, failures = 0, errors = 0, skipped = 0;

  Suite(const std::string& name, const std::string& file) {
    node = document.append_child("testsuite");
    set(node, "name", name);
    set(node, "file", file);
    properties = node.append_child("properties");
  }
  void property(const std::string& name, const std::string& value) {
    pugi::xml_node added = properties.append_child("property");
    set(added, "name", name);
    set(added, "value", value);
  }
  pugi::xml_node test(const std::string& classname, const std::string& name) {
    ++tests;
    const pugi::xml_node added = node.append_child("testcase");
    set(added, "name", unique(name, names));
    set(added, "classname", classname);
    return added;
  }
  void error(const std::string& classname, const char* test_name, const char* type,
             const std::string& message, const std::string& body) {
    ++errors;
    pugi::xml_node added = test(classname, test_name).append_child("error");
    set(added, "type", type);
    set(added, "message", message);
    add_body(added, body);
  }
  std::string finish() {
    for (const auto& [name, count] : {std::pair{"tests", tests},
                                      {"failures", failures},
                                      {"errors", errors},
                                      {"skipped", skipped}}) {
      node.append_attribute(name).set_value(count);
    }
    return text_of(document);
  }
};

void add_properties(const ReportInput& input, Suite& suite) {
  const auto add = [&suite](const char* name, const std::string& value) {
    suite.property(name, value);
  };
  add("verdict", input.result.verdict.word);
  add("answer", answer(input));
  add("seed", fmt::format("{}", input.scenario.seed));
  add("digest", hex_text(input.result.digest));
  add("digest_control", hex_text(input.result.control.digest));
  add("digest_rehearsed", hex_text(input.result.rehearsed.digest));
  add("sqlite", sqlite_text());
  const PlanWords words(input.world, input.scenario);
  for (const MetStep& met : input.result.verdict.met)
    add("met", words.name(met.of.step) + ": " + PlanWords::beside_name(met));
  add("replay", replay_command(input, "pindah"));
  add("not_modelled", "docs/not-modelled.md");
}

std::string place_text(const Place& place) { return fmt::format("{}:{}", place.file, place.line); }

std::string line_text(const LineResult& line) {
  std::string text = plain_text(place_text(line.line->place)) + ": ";
  text += plain_text(line.line->text) + ": " + plain_text(line.says);
  if (line.from != kNever) text += ", from " + clock_text(line.from);
  if (!line.where.empty()) text += ", " + plain_text(line.where);
  const std::string stands = stands_text(*line.line);
  if (!stands.empty()) text += ", as " + plain_text(stands) + " says";
  return text + "; exposure " + grouped(line.exposure);
}

void add_line(const LineResult& line, const std::string& classname, const std::string& replay,
              Suite& suite) {
  pugi::xml_node test = suite.test(classname, line.line->name);
  suite.property("place of " + line.line->name, place_text(line.line->place));
  const std::string text = line_text(line);
  switch (line.state) {
    case LineState::pass:
      return;
    case LineState::fail:
    case LineState::stop: {
      ++suite.failures;
      pugi::xml_node failure = test.append_child("failure");
      set(failure, "type", "BudgetExceeded");
      set(failure, "message", text);
      add_body(failure, text + "\nagain: " + plain_text(replay));
      return;
    }
    case LineState::inconclusive: {
      ++suite.skipped;
      set(test.append_child("skipped"), "message", "inconclusive: " + text);
      return;
    }
    case LineState::not_applicable: {
      ++suite.skipped;
      set(test.append_child("skipped"), "message", text);
      return;
    }
    case LineState::warn:
      add_body(test.append_child("system-out"), "warning: " + text);
      return;
    case LineState::reported:
      add_body(test.append_child("system-out"), text);
      return;
  }
}

// "2023-12-11T16:00:00" in UTC.
std::string iso_time(std::int64_t epoch_seconds) {
  const auto seconds = static_cast<std::time_t>(epoch_seconds);
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr) return {};
  char text[32];
  return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts));
}

// What makes the whole run say nothing, or a part only, is not one line's: a viewer that only
// counts must see it.
void add_doubt(const ReportInput& input, const std::string& classname, Suite& suite) {
  const Verdict& verdict = input.result.verdict;
  if (input.result.control.interrupted || input.result.rehearsed.interrupted) {
    const std::string text = plain_text(verdict.word + ": " + answer(input));
    return suite.error(classname, "the rehearsal comes to its end", "Interrupted", text, text);
  }
  std::vector<std::string> reasons = doubts(input);
  for (const LineResult& line : verdict.lines)
    if (line.line != nullptr && line.state == LineState::inconclusive && verdict.exit_code == 4)
      reasons.push_back(line.line->name + ": " + line.says);
  if (reasons.empty()) return;
  std::string text;
  for (const std::string& reason : reasons) text += plain_text(reason) + "\n";
  suite.error(classname, "the rehearsal is conclusive", "Inconclusive", reasons.front(), text);
}

// No two tests of the file have one name and one class, whatever the scenarios are called.
void name_apart(pugi::xml_node suites) {
  std::set<std::string> names, classes;
  for (pugi::xml_node suite : suites.children("testsuite")) {
    const std::string name = suite.attribute("name").value();
    suite.attribute("name").set_value(unique(name, names).c_str());
    const std::string own = suite.child("testcase").attribute("classname").value();
    const std::string other = unique(own, classes);
    if (other == own) continue;
    for (pugi::xml_node test : suite.children("testcase"))
      test.attribute("classname").set_value(other.c_str());
  }
}

}  // namespace

std::string junit_piece(const ReportInput& input) {
  const std::string classname = short_name(input);
  std::string name = input.scenario.title.empty() ? classname : input.scenario.title;
  if (input.name_seed) name += fmt::format(" (seed {})", input.scenario.seed);
  Suite suite(name, input.scenario.file);
  add_properties(input, suite);
  const std::string replay = replay_command(input, "pindah");
  for (const LineResult& line : input.result.verdict.lines) {
    if (line.line != nullptr) add_line(line, classname, replay, suite);
  }
  add_doubt(input, classname, suite);
  return suite.finish();
}

std::string junit_error(const std::string& file, const std::string& why) {
  Suite suite(file, file);
  std::istringstream lines(why);
  std::string body;
  for (std::string line; std::getline(lines, line);) body += plain_text(line) + "\n";
  suite.error(file, "the scenario runs", "CouldNotRun", why.substr(0, why.find('\n')), body);
  return suite.finish();
}

std::string junit_file(const std::vector<std::string>& pieces,
                       std::optional<std::int64_t> epoch_seconds) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  pugi::xml_node suites = document.append_child("testsuites");
  set(suites, "name", "pindah");
  for (const std::string& piece : pieces) {
    pugi::xml_document suite;
    // pcdata is kept as written, so that joining changes nothing.
    ensure(suite.load_string(piece.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single),
           "a JUnit piece that is no XML");
    suites.append_copy(suite.first_child());
  }
  name_apart(suites);
  if (epoch_seconds) {
    for (pugi::xml_node suite : suites) set(suite, "timestamp", iso_time(*epoch_seconds));
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

}  // namespace pindah
