// Where values stand in a YAML text, to the byte.
#include "edit/layout.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

// Every scalar, list and map as it stands, in order, one a line; deeper ones behind blanks.
void put(const std::string& text, const Layout& node, const std::string& indent, std::string& all) {
  std::string shown = text.substr(node.begin, node.end - node.begin);
  for (char& c : shown) c = c == '\n' ? '~' : c;
  if (node.kind == Layout::Kind::scalar || node.flow || node.entries.empty())
    all += indent + shown + "\n";
  for (const Layout::Entry& entry : node.entries) {
    if (!entry.key.empty()) all += indent + entry.key + ":\n";
    put(text, entry.value, indent + "  ", all);
  }
}

std::string laid_out(const std::string& text) {
  const auto layout = lay_out(text);
  if (!layout) return "unusual";
  std::string all;
  put(text, *layout, "", all);
  return all;
}

}  // namespace

TEST_CASE("values are found in block and flow style, in quotes and without", "[edit]") {
  CHECK(laid_out("a: 1   # one\nb: 'it''s'\nc: \"x \\\" y\"  # z\nd: größer als · das\n") ==
        "a:\n  1\nb:\n  'it''s'\nc:\n  \"x \\\" y\"\nd:\n  größer als · das\n");
  CHECK(laid_out("a: { b: 1, c: [x, 'y, z'] } # end\nd: []\ne: {}\n") ==
        "a:\n  { b: 1, c: [x, 'y, z'] }\n  b:\n    1\n  c:\n    [x, 'y, z']\n      x\n      'y, "
        "z'\nd:\n  []\ne:\n  {}\n");
  CHECK(laid_out("plan:\n  # first\n  - a: 1\n    b: 2 # two\n  - { c: 3 }\n\n  - x\n") ==
        "plan:\n    a:\n      1\n    b:\n      2\n    { c: 3 }\n    c:\n      3\n    x\n");
  CHECK(laid_out("plan:\n- a\n- - b\n  - c\n") == "plan:\n    a\n      b\n      c\n");
  CHECK(laid_out("a: b\r\nc:\r\n  - d\r\n") == "a:\n  b\nc:\n    d\n");
  CHECK(laid_out("\xEF\xBB\xBF"
                 "a: b\n") == "a:\n  b\n");
}

TEST_CASE("values of several lines end where they end", "[edit]") {
  CHECK(laid_out("a: one\n  two\n\n  three  # c\nb: x\n") == "a:\n  one~  two~~  three\nb:\n  x\n");
  CHECK(laid_out("a: |\n  one\n   two\n\n# c\nb: x\n") == "a:\n  |~  one~   two\nb:\n  x\n");
  CHECK(laid_out("a: >-\n  one\n  two") == "a:\n  >-~  one~  two\n");
  CHECK(laid_out("a: [x,   # c ]\n  y]\nb: x\n") ==
        "a:\n  [x,   # c ]~  y]\n    x\n    y\nb:\n  x\n");
}

TEST_CASE("what is left out stands where it would stand", "[edit]") {
  const std::string text = "a:\nb: ~\nc:   # c\n  - 1\n  -\nd: null\ne:";
  const auto layout = lay_out(text);
  REQUIRE(layout);
  CHECK(layout->entries[0].end() == 2);
  CHECK(text.substr(layout->get("b")->begin, 1) == "~");
  CHECK(layout->get("c")->entries[1].end() == text.find("-\nd") + 1);
  CHECK(text.substr(layout->get("d")->begin, layout->get("d")->end - layout->get("d")->begin) ==
        "null");
  CHECK(layout->entries[4].end() == text.size());
}

TEST_CASE("a text of an unusual form is not laid out", "[edit]") {
  CHECK(laid_out("? a\n: b\n") == "unusual");
  CHECK(laid_out("[a: b]") == "unusual");
  CHECK(laid_out("a: [b") == "unusual");
}
