#include "base/problem.h"

#include <catch2/catch.hpp>

using namespace pindah;

TEST_CASE("A problem is told with its place, its line, a caret and help") {
  Problems problems;
  problems.add({{"shop.yaml", 3, 5},
                "unknown key `plann`",
                "one of: plan",
                "did you mean `plan`?",
                "a:  plann: 1"});
  problems.add({"world.yaml", 0, 0}, "the file is empty");
  CHECK(problems.any());
  CHECK(problems.text() ==
        "shop.yaml:3:5: unknown key `plann`\n"
        "  a:  plann: 1\n"
        "      ^\n"
        "  expected one of: plan\n"
        "  did you mean `plan`?\n"
        "\n"
        "world.yaml: the file is empty\n");
}

TEST_CASE("The line is read from the file when nobody gave it") {
  Problems problems;
  problems.add({PINDAH_SOURCE_DIR "/tests/base/problem_test.cpp", 1, 10}, "here");
  CHECK(problems.text().find("  #include \"base/problem.h\"\n           ^\n") != std::string::npos);
}

TEST_CASE("The caret stands under the byte of its column, and a long line is cut around it") {
  Problems problems;
  problems.add({{"f", 1, 5}, "x", "", "", "éé!"});
  problems.add(
      {{"f", 1, 1001}, "x", "", "", std::string(1000, '.') + "!" + std::string(1000, '.')});
  const std::string text = problems.text();
  CHECK(text.find("  éé!\n    ^\n") != std::string::npos);
  CHECK(text.size() < 400);
  const std::size_t mark = text.rfind('!'), caret = text.rfind('^');
  const auto column = [&](std::size_t at) { return at - text.rfind('\n', at); };
  CHECK(column(mark) == column(caret));
}

TEST_CASE("Nothing of a stranger's file reaches the terminal as a control sequence") {
  CHECK(printable("a\x1b[31mb\r\n\t\x7f") == "a\\x1b[31mb\\x0d\\x0a\\x09\\x7f");
  CHECK(printable("\xc2\x9b") == "\\xc2\\x9b");
  CHECK(printable("\u202Eabc\u2066") == "\\xe2\\x80\\xaeabc\\xe2\\x81\\xa6");
  CHECK(printable("héllo — ✓ \u00a0") == "héllo — ✓ \u00a0");
  Problems problems;
  problems.add({"f\x1b", 1, 1}, "w\x1b", "e\x1b", "h\x1b");
  CHECK(problems.text().find('\x1b') == std::string::npos);
}

TEST_CASE("The nearest known name is suggested when it is near enough") {
  const std::vector<std::string> known = {"plan", "platforms", "shoppers"};
  CHECK(did_you_mean("plann", known) == "did you mean `plan`?");
  CHECK(did_you_mean("plaftorms", known) == "did you mean `platforms`?");
  CHECK(did_you_mean("shopers", known) == "did you mean `shoppers`?");
  CHECK(did_you_mean("paln", known) == "did you mean `plan`?");  // one swap, not two changes
  CHECK(did_you_mean("budget", known).empty());
  CHECK(did_you_mean("", known).empty());
  CHECK(did_you_mean(std::string(5000, 'a'), known).empty());
}

TEST_CASE("A broken invariant is a defect") {
  CHECK_NOTHROW(ensure(true, "fine"));
  CHECK_THROWS_AS(ensure(false, "not fine"), Defect);
}
