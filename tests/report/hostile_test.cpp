#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "tests/report/sample.h"

using namespace pindah;
using pindah::test::format;
using pindah::test::Sample;

namespace {

// Everything that has a meaning somewhere: a terminal's codes, markup, a workflow command, a
// formula, bytes that are no text.
const std::string kHostile =
    "=x\x1b[31m\r\n::error::\x07\x9b\xc2\x9b\xff<script>alert(1)</"
    "script>&\"'|`[a](b:c)@u##[add]\u202e"
    "]]>\n::set-env::";

bool has_control(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\n' && c != '\r') || c == 0x7f) return true;
    if (c == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return text.find("\u202e") != std::string::npos || text.find('\xff') != std::string::npos;
}

std::string with_an_error(const ReportFormat& format, const Sample& sample) {
  return join_pieces(format,
                     {format.piece(sample.input()), error_piece(format, "x" + kHostile, kHostile)});
}

struct Poisoned : Sample {
  Poisoned() { poison(*this, kHostile); }
};

}  // namespace

TEST_CASE("Text that is shown keeps letters of every script and shows the rest as escapes") {
  CHECK(plain_text("Rp 5.000 · naïve 你好 🏠") == "Rp 5.000 · naïve 你好 🏠");
  CHECK(plain_text("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(plain_text("a\nb\tc\r") == "a\\nb\\tc\\r");
  CHECK(plain_text("\xc2\x9b") == "\\u009b");
  CHECK(plain_text("\xff\xc0\xaf\xed\xa0\x80") == "\\xff\\xc0\\xaf\\xed\\xa0\\x80");
  CHECK(plain_text("a\u202eb\u200bc\ufeff") == "a\\u202eb\\u200bc\\ufeff");
  CHECK(plain_text("\xf4\x8f\xbf\xbf") == "\\U0010ffff");
  CHECK(plain_text("\xe4\xbd") == "\\xe4\\xbd");
}

TEST_CASE("A hostile text reaches no terminal as a control sequence, nor makes lines of its own") {
  const Poisoned sample;
  const std::string text = terminal_summary(sample.input(), {});
  CHECK_FALSE(has_control(text));
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = text.find('\n', from);
    CHECK(text.substr(from, end - from).find_first_not_of(' ') !=
          text.substr(from, end - from).find("::"));
    from = end + 1;
  }
}

TEST_CASE("A hostile text stays a text in JSON, and no log takes it for a command") {
  const Poisoned sample;
  const std::string text = with_an_error(format(".json"), sample);
  CHECK_FALSE(has_control(text));
  CHECK(text.find("##[") == std::string::npos);
  const nlohmann::json list = nlohmann::json::parse(text);
  const std::string title = list[0]["run"]["title"];
  CHECK(title.find("<script>") != std::string::npos);
  CHECK(title.find("##[add]") != std::string::npos);
}

TEST_CASE("A hostile text adds no element to JUnit") {
  const Poisoned hostile;
  const Sample tame;
  pugi::xml_document a, b;
  const std::string text = with_an_error(format(".xml"), hostile);
  CHECK_FALSE(has_control(text));
  REQUIRE(a.load_string(text.c_str()));
  REQUIRE(b.load_string(with_an_error(format(".xml"), tame).c_str()));
  struct Counter : pugi::xml_tree_walker {
    int elements = 0;
    bool for_each(pugi::xml_node& node) override {
      elements += node.type() == pugi::node_element;
      return true;
    }
  } in_a, in_b;
  a.traverse(in_a);
  b.traverse(in_b);
  // One test and its error more: the poisoned run is inconclusive as well.
  CHECK(in_a.elements == in_b.elements + 2);
}

TEST_CASE("A hostile text adds no element, attribute or script to the HTML report") {
  const Poisoned sample;
  const std::string text = with_an_error(format(".html"), sample);
  CHECK_FALSE(has_control(text));
  CHECK(text.find("<script") == std::string::npos);
  CHECK(text.find("alert(1)</") == std::string::npos);
  CHECK(text.find("&#60;script&#62;") != std::string::npos);
  CHECK(text.find("default-src 'none'") != std::string::npos);
  for (const char* outside : {"http://", "https://", "src=", "href=", "@import", "url("}) {
    INFO(outside);
    CHECK(text.find(outside) == std::string::npos);
  }
}

TEST_CASE("The HTML report is well formed, hostile texts or not") {
  for (const bool hostile : {false, true}) {
    Sample sample;
    if (hostile) poison(sample, kHostile);
    std::string text = with_an_error(format(".html"), sample);
    text.erase(0, text.find('\n') + 1);  // the doctype
    for (const std::string name : {"<meta", "<br"}) {
      for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; ++at) {
        text.insert(text.find('>', at), "/");
      }
    }
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_string(text.c_str());
    INFO(parsed.description() << " at "
                              << text.substr(static_cast<std::size_t>(parsed.offset), 80));
    CHECK(parsed);
  }
}

TEST_CASE("A hostile text is no link, mention, markup or table cell in Markdown") {
  const Poisoned sample;
  const std::string text = format(".md").piece(sample.input());
  CHECK_FALSE(has_control(text));
  const std::string prose = text.substr(0, text.rfind("```\npindah"));
  for (const char* mark : {"<script", "@u", "](b:c)", "](b", "b:c"}) {
    INFO(mark);
    CHECK(prose.find(mark) == std::string::npos);
  }
  CHECK(prose.find("&#60;script&#62;") != std::string::npos);
}

TEST_CASE("Markdown's block of code ends where it should") {
  const std::string text = error_piece(format(".md"), "x.yaml", "a\n```\n# b\n````\nc");
  CHECK(text.ends_with("`````\na\n```\n# b\n````\nc\n`````\n\n"));
}

TEST_CASE("No cell of the CSV report is a formula") {
  const Poisoned sample;
  const std::string text = format(".csv").piece(sample.input());
  CHECK_FALSE(has_control(text));
  CHECK(text.find(",=") == std::string::npos);
  CHECK(text.find("\"=") == std::string::npos);
  CHECK(text.find("\"'=x") != std::string::npos);
}

TEST_CASE("A hostile text gives GitHub no command of its own") {
  const Poisoned sample;
  const std::vector<std::string> commands = github_commands(sample.input());
  REQUIRE(commands.size() == 3);
  for (const std::string& command : commands) {
    CHECK_FALSE(has_control(command));
    CHECK(command.find('\n') == std::string::npos);
    CHECK(command.find('\r') == std::string::npos);
    // The properties end where they should: at the first ::, which is ours.
    const std::size_t end = command.find("::", 2);
    CHECK(command.substr(0, end).find("alert(1)") != std::string::npos);
  }
}
