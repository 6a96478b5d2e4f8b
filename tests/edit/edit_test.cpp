// The text of an edit.
#include "edit/edit.h"

#include <catch2/catch.hpp>

#include "tests/edit/sets.h"
#include "tests/scenario/named_world.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::string mistake(const std::string& text) {
  Problems problems;
  CHECK_FALSE(parse_edit(text, {"--set", 0, 0}, problems));
  return told(problems);
}

// With its column.
std::string placed_mistake(const std::string& text) {
  Problems problems;
  CHECK_FALSE(parse_edit(text, {"night.yaml", 3, 5}, problems));
  return told(problems);
}

}  // namespace

TEST_CASE("an edit's text reads back as the same edit", "[edit]") {
  const std::string text = GENERATE(
      as<std::string>(), "plan[cutover of orders].drain = false", "seed = 7",
      "plan[copy of orders].speed = 500 rows/s", "plan[cutover of orders].at += 8m",
      "plan[cutover of orders].at -= 8m", "plan + { at: 9m, capture: [payments, orders] }",
      "plan + { at: 9m, capture: orders } before [cutover of orders]",
      "plan + { at: 9m, capture: orders } after 3", "plan - [verify of orders]",
      "plan[verify of orders] - needs", "- budget", "surprises[slow gateway].by = 4s",
      "traffic * 1.5", "budget[nobody pays twice] = double_charges == 0",
      "budget + { nobody pays twice: double_charges == 0 }", "links.source-target.delay = 30ms",
      R"(plan["a ] and a \" in it"].at = 3m)", R"(plan.3 = @" { at: 3m }  # now\n")",
      R"(= @"pindah: 1\r\n")", R"(plan + @"  - x\n" before [a])", "plan[x].name = 'it''s'",
      "plan[x].name = \"a # b\"");
  const Edit edit = edit_of(text);
  CHECK(edit_text(edit) == text);
  CHECK(edit_of(edit_text(edit)) == edit);
}

TEST_CASE("an edit is read as it is typed on a command line, too", "[edit]") {
  CHECK(edit_text(edit_of("plan.5.drain=false")) == "plan.5.drain = false");
  CHECK(edit_text(edit_of("plan-[x y]")) == "plan - [x y]");
  CHECK(edit_text(edit_of("plan[x].at+=8m")) == "plan[x].at += 8m");
  CHECK(edit_text(edit_of("traffic*2")) == "traffic * 2");
  CHECK(edit_text(edit_of("  seed =  7   # of the night")) == "seed = 7");
  CHECK(edit_text(edit_of("[plan][x].at = 1m")) == "[plan][x].at = 1m");
  // A condition holds an equals sign of its own.
  const Edit needs = edit_of("plan.4.needs=copied(payments) == 100%");
  CHECK(needs.verb == EditVerb::set);
  CHECK(needs.value == "copied(payments) == 100%");
}

TEST_CASE("edits are equal by what they do, and have an order", "[edit]") {
  CHECK(edit_of("seed=7") == edit_of(" seed = 7"));
  CHECK(edit_of("seed=7") != edit_of("seed=8"));
  CHECK(edit_of("seed=7") < edit_of("seed=8"));
  CHECK(edit_of("length=7m") < edit_of("seed=1"));
  CHECK(edit_of("plan[a].at = 1m") != edit_of("plan.a.at = 1m"));
}

TEST_CASE("a mistake in an edit is told with its column and what was expected", "[edit]") {
  CHECK(placed_mistake("plan[cutover.drain = false") == "3:9 this bracket is not closed\n");
  CHECK(placed_mistake("plan[].drain = false") == "3:9 a name is missing between the brackets\n");
  CHECK(placed_mistake("seed = [1") == "3:12 not YAML: end of sequence flow not found\n");
  CHECK(placed_mistake("plan + { at: 1m") == "3:12 this brace is not closed\n");
  CHECK(placed_mistake("plan + [a]") ==
        "3:12 an entry is a map in braces | such as { at: 9m, capture: orders }\n");
  CHECK(mistake("plan cutover of orders = x") ==
        "--set `plan cutover of orders = x` sets nothing | PATH = VALUE, such as a.b=c | a name "
        "with blanks stands in brackets: plan[cutover of orders]\n");
  CHECK(mistake("seed") == "--set `seed` sets nothing | PATH = VALUE, such as a.b=c\n");
  CHECK(mistake("=1") == "--set `` has an empty key\n");
  CHECK(mistake("plan..drain=1") == "--set `plan..drain` has an empty key\n");
  CHECK(mistake("seed=") == "--set `seed` is set to nothing | a.b=value\n");
  CHECK(mistake("seed=  # none") == "--set `seed` is set to nothing | a.b=value\n");
  CHECK(mistake("- ") == "--set what is to be taken out is missing | a key, or a [name]\n");
  CHECK(mistake("* 2") ==
        "--set what is to be changed is missing | such as plan[cutover of orders].drain\n");
  CHECK(mistake("plan - [a] b") == "--set `b` is more than an edit says\n");
  CHECK(mistake("a = b\nc = d") == "--set an edit is one line\n");
  CHECK(mistake("plan = - a") ==
        "--set a value is written on one line, a list or a map in brackets | [a, b] or { a: b }\n");
  CHECK(mistake("a = &x b") == "--set an anchor is not allowed |  | write the value out\n");
  Problems problems;
  parse_edit("plan[cutover.drain = false", {"--set", 0, 0}, problems);
  CHECK(problems.text() ==
        "--set: this bracket is not closed\n  plan[cutover.drain = false\n      ^\n");
}
