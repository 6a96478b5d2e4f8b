// What an edit does to a text: the value, and nothing beside it. Each case's inverse is applied,
// too (tests/edit/bench.h).
#include "edit/apply.h"

#include "tests/edit/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

const std::string kNight =
    "# The night of the sale · größer als je\n"
    "pindah: 1\n"
    "world: shop\n"
    "seed: 5        # every draw\n"
    "length: 1h\n"
    "\n"
    "links:\n"
    "  source-target: { delay: 9ms }   # the slow one\n"
    "\n"
    "traffic:\n"
    "  - { hold: 2/s }\n"
    "  - { at: 10m, spike: 50/s, rise: 10s, half_life: 30s }\n"
    "\n"
    "plan:                             # in order\n"
    "  - { at: 1m, capture: [payments, orders] }\n"
    "  # the past\n"
    "  - { at: 2m, copy: [payments, orders], speed: 1000 rows/s }   # gently\n"
    "  - at: 5m\n"
    "    verify: orders\n"
    "    needs: \"copied(orders) == 100%\"\n"
    "\n"
    "  # and now\n"
    "  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
    "\n"
    "surprises:\n"
    "  - { at: 3m, slow: gateway, by: 1s, for: 1m }\n"
    "\n"
    "budget:\n"
    "  nobody notices: noticed == 0%\n"
    "  nobody loses an order: lost_orders == 0   # not one\n";

// The text after an edit, as the lines that differ: `-` those that were, `+` those that are.
std::string change(const std::string& edit, const std::string& text = kNight) {
  const Edited result = edited(text, edit);
  if (!result.mistakes.empty()) return result.mistakes;
  const auto lines = [](const std::string& all) {
    std::vector<std::string> list;
    std::size_t begin = 0;
    for (std::size_t end; (end = all.find('\n', begin)) != std::string::npos; begin = end + 1)
      list.push_back(all.substr(begin, end - begin));
    list.push_back(all.substr(begin));
    return list;
  };
  std::vector<std::string> before = lines(text), after = lines(result.text);
  while (!before.empty() && !after.empty() && before.front() == after.front()) {
    before.erase(before.begin());
    after.erase(after.begin());
  }
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before.pop_back();
    after.pop_back();
  }
  std::string told;
  for (const std::string& line : before) told += "-" + line + "\n";
  for (const std::string& line : after) told += "+" + line + "\n";
  return told;
}

std::string inverse(const std::string& edit, const std::string& text = kNight) {
  return edited(text, edit).inverse;
}

}  // namespace

TEST_CASE("a value that is there is replaced where it stands", "[edit]") {
  CHECK(change("seed = 7") == "-seed: 5        # every draw\n+seed: 7        # every draw\n");
  CHECK(change("links.source-target.delay = 30ms") ==
        "-  source-target: { delay: 9ms }   # the slow one\n"
        "+  source-target: { delay: 30ms }   # the slow one\n");
  CHECK(change("plan[verify of orders].needs = verified(orders)") ==
        "-    needs: \"copied(orders) == 100%\"\n+    needs: verified(orders)\n");
  CHECK(change("plan[capture of payments and orders].capture = orders") ==
        "-  - { at: 1m, capture: [payments, orders] }\n+  - { at: 1m, capture: orders }\n");
  CHECK(change("budget[nobody notices] = noticed <= 1%") ==
        "-  nobody notices: noticed == 0%\n+  nobody notices: noticed <= 1%\n");
  CHECK(change("plan.3 = { at: 9m, rename: x }") ==
        "-  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
        "+  - { at: 9m, rename: x }\n");
  // A list on lines of its own gives way to one on a line, and the comment at its key stays.
  CHECK(change("plan = []").find("+plan: []                             # in order\n") !=
        std::string::npos);
}

TEST_CASE("within braces a condition with a comma gets its quotes", "[edit]") {
  CHECK(change("plan[cutover of orders].needs = copied(payments, orders) == 100%") ==
        "-  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
        "+  - { at: 9m, cutover: orders, needs: \"copied(payments, orders) == 100%\" }\n");
  CHECK(change("plan[verify of orders].needs = copied(payments, orders) == 100%") ==
        "-    needs: \"copied(orders) == 100%\"\n+    needs: copied(payments, orders) == 100%\n");
}

TEST_CASE("a value that is absent is put in after the manner of its neighbours", "[edit]") {
  CHECK(change("plan[cutover of orders].drain = false") ==
        "-  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
        "+  - { at: 9m, cutover: orders, needs: \"verified(orders)\", drain: false }\n");
  CHECK(change("plan[verify of orders].rechecks = 0") == "+    rechecks: 0\n");
  CHECK(change("settle = 2h") == "+settle: 2h\n");
  CHECK(edited(kNight, "settle = 2h").text.find("length: 1h\nsettle: 2h\n\n") != std::string::npos);
  CHECK(change("settings.unpaid_for = 2h") == "+settings: { unpaid_for: 2h }\n");
  CHECK(change("links.gateway.delay = 30ms") == "+  gateway: { delay: 30ms }\n");
  CHECK(change("links.source-target.loss = 1%") ==
        "-  source-target: { delay: 9ms }   # the slow one\n"
        "+  source-target: { delay: 9ms, loss: 1% }   # the slow one\n");
  CHECK(change("budget.few = noticed <= 1%") == "+  few: noticed <= 1%\n");
}

TEST_CASE("an entry is added at the end, or beside another one", "[edit]") {
  CHECK(change("plan + { at: 20m, rename: x }") == "+  - { at: 20m, rename: x }\n");
  CHECK(change("plan + { at: 5m, apply: orders } before [cutover of orders]") ==
        "+  - { at: 5m, apply: orders }\n");
  CHECK(edited(kNight, "plan + { at: 5m, apply: orders } before [cutover of orders]")
            .text.find("\n\n  - { at: 5m, apply: orders }\n  # and now\n") != std::string::npos);
  // Beside a step on lines of its own it gets lines, too.
  CHECK(edited(kNight, "plan + { at: 4m, apply: orders } before [verify of orders]")
            .text.find("gently\n  - at: 4m\n    apply: orders\n  - at: 5m\n") != std::string::npos);
  CHECK(change("surprises + { at: 4m, kill: target, for: 3s }") ==
        "+  - { at: 4m, kill: target, for: 3s }\n");
  CHECK(change("budget + { nobody pays twice: double_charges == 0 }") ==
        "+  nobody pays twice: double_charges == 0\n");
  CHECK(change("plan + { at: 1m, rename: x }", "pindah: 1\nplan: []   # none yet\n") ==
        "-plan: []   # none yet\n+plan:   # none yet\n+  - { at: 1m, rename: x }\n");
  CHECK(change("plan + { at: 1m, rename: x }", "pindah: 1\nworld: shop") ==
        "+plan: [{ at: 1m, rename: x }]\n");
  CHECK(change("plan + { at: 1m, rename: x }", "{ plan: [{ at: 1m, copy: orders }] }") ==
        "-{ plan: [{ at: 1m, copy: orders }] }\n"
        "+{ plan: [{ at: 1m, copy: orders }, { at: 1m, rename: x }] }\n");
}

TEST_CASE("an entry is taken out with its comments, and comes back with them", "[edit]") {
  CHECK(
      change("plan - [copy of payments and orders]") ==
      "-  # the past\n-  - { at: 2m, copy: [payments, orders], speed: 1000 rows/s }   # gently\n");
  CHECK(inverse("plan - [copy of payments and orders]") ==
        "plan + @\"  # the past\\n  - { at: 2m, copy: [payments, orders], speed: 1000 rows/s }   "
        "# gently\\n\" before [verify of orders]");
  CHECK(change("plan - [verify of orders]") ==
        "-  - at: 5m\n-    verify: orders\n-    needs: \"copied(orders) == 100%\"\n");
  CHECK(change("plan[verify of orders] - needs") == "-    needs: \"copied(orders) == 100%\"\n");
  CHECK(change("plan[cutover of orders] - needs") ==
        "-  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
        "+  - { at: 9m, cutover: orders }\n");
  CHECK(change("plan[cutover of orders] - at") ==
        "-  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
        "+  - { cutover: orders, needs: \"verified(orders)\" }\n");
  CHECK(change("plan[verify of orders] - at") ==
        "-  - at: 5m\n-    verify: orders\n+  - verify: orders\n");
  CHECK(change("surprises - [slow gateway]") ==
        "-surprises:\n-  - { at: 3m, slow: gateway, by: 1s, for: 1m }\n+surprises: []\n");
  CHECK(change("budget - [nobody loses an order]") ==
        "-  nobody loses an order: lost_orders == 0   # not one\n");
  CHECK(change("links.source-target - delay") ==
        "-  source-target: { delay: 9ms }   # the slow one\n"
        "+  source-target: {}   # the slow one\n");
  // The comment before a blank line belongs to nobody.
  CHECK(change("plan.1 - at", "plan:\n  - at: 1m\n  # x\n\n  - at: 2m   # y\n    rename: x\n") ==
        "-  - at: 2m   # y\n-    rename: x\n+  - rename: x\n");
}

TEST_CASE("quantities are moved and multiplied", "[edit]") {
  CHECK(change("plan[cutover of orders].at += 8m30s") ==
        "-  - { at: 9m, cutover: orders, needs: \"verified(orders)\" }\n"
        "+  - { at: 17m30s, cutover: orders, needs: \"verified(orders)\" }\n");
  CHECK(inverse("plan[cutover of orders].at += 8m30s") == "plan[cutover of orders].at = 9m");
  CHECK(change("length -= 10m") == "-length: 1h\n+length: 50m\n");
  CHECK(change("seed += 3") == "-seed: 5        # every draw\n+seed: 8        # every draw\n");
  CHECK(change("plan[copy of payments and orders].speed += 500 rows/s")
            .find("speed: 1500 rows/s }   # gently") != std::string::npos);
  CHECK(change("traffic * 1.5") ==
        "-  - { hold: 2/s }\n"
        "-  - { at: 10m, spike: 50/s, rise: 10s, half_life: 30s }\n"
        "+  - { hold: 3/s }\n"
        "+  - { at: 10m, spike: 75/s, rise: 10s, half_life: 30s }\n");
  CHECK(change("links.source-target.delay * 0.5") ==
        "-  source-target: { delay: 9ms }   # the slow one\n"
        "+  source-target: { delay: 4ms500us }   # the slow one\n");
  CHECK(change("length -= 2h") ==
        "--set `length`, `1h`, cannot be moved by `2h` | two quantities with the same unit, and a "
        "result that is not below zero\n");
  CHECK(change("length += 10%").find("cannot be moved by `10%`") != std::string::npos);
  CHECK(change("traffic * many") == "--set `many` is not a factor | a number, such as 1.5\n");
  CHECK(change("world * 2").find("holds nothing that can be multiplied") != std::string::npos);
}

TEST_CASE("files of every make keep their bytes", "[edit]") {
  std::string windows;
  for (const char c : kNight) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string& text : {windows, kNight.substr(0, kNight.size() - 1)}) {
    for (const std::string edit :
         {"seed = 7", "settle = 2h", "plan - [verify of orders]", "surprises - [slow gateway]",
          "budget - [nobody loses an order]", "budget + { a: noticed }", "plan = []",
          "plan + { at: 20m, rename: x }", "plan[verify of orders] - needs", "traffic * 3",
          "budget[nobody loses an order] = lost_orders <= 1", "plan[verify of orders].rechecks = 0",
          "settings.unpaid_for = 2h", "links - source-target", "plan - [cutover of orders]"}) {
      INFO(edit);
      const Edited result = edited(text, edit);
      CHECK(result.mistakes.empty());
      CHECK(result.text != text);
      const bool cr = text.find('\r') != std::string::npos;
      if (!cr) continue;
      for (std::size_t at = result.text.find('\n'); at != std::string::npos;
           at = result.text.find('\n', at + 1))
        CHECK(result.text[at - 1] == '\r');
    }
  }
}

TEST_CASE("a name that is not there is told with those that are", "[edit]") {
  CHECK(change("plan[cutover of ordres].drain = false") ==
        "--set no step is called `cutover of ordres` | one of: capture of payments and orders, "
        "copy of payments and orders, verify of orders, cutover of orders | did you mean `cutover "
        "of orders`?\n");
  CHECK(change("surprises[slow gatway].by = 4s") ==
        "--set no surprise is called `slow gatway` | one of: slow gateway | did you mean `slow "
        "gateway`?\n");
  CHECK(change("budget[nobody notces] = noticed") ==
        "--set `budget` has no `nobody notces` | one of: nobody notices, nobody loses an order | "
        "did you mean `nobody notices`?\n");
  CHECK(change("plann[cutover of orders].drain = false") ==
        "--set there is no `plann` in the scenario | one of: pindah, world, seed, length, links, "
        "traffic, plan, surprises, budget | did you mean `plan`?\n");
  CHECK(change("plan[verify of orders] - neds") ==
        "--set `plan[verify of orders]` has no `neds` here |  | did you mean `needs`?\n");
  CHECK(change("plan + { at: 9m, cutover: orders }") ==
        "--set another one is called `cutover of orders` already |  | give this one a name of its "
        "own: name: …\n");
  CHECK(change("traffic[x].hold = 1/s") ==
        "--set no entry is called `x` | `traffic` is addressed by number, from 0\n");
  CHECK(change("seed + { a: b }") == "--set `seed` has no entries\n");
}

TEST_CASE("a name that two steps share is refused, until they have names of their own", "[edit]") {
  const std::string text =
      "plan:\n  - { at: 1m, verify: orders }\n  - { at: 2m, verify: orders }\n"
      "  - { at: 3m, verify: orders, name: the last look }\n";
  for (const std::string name : {"verify of orders", "verify of orders (2)"}) {
    CHECK(change("plan - [" + name + "]", text) ==
          "--set more than one step is called `" + name +
              "` |  | give them names of their own: name: …\n");
  }
  CHECK(change("plan - [the last look]", text) ==
        "-  - { at: 3m, verify: orders, name: the last look }\n");
  CHECK(change("plan - 0", text) == "-  - { at: 1m, verify: orders }\n");
}

TEST_CASE("the inverse of a renaming finds the step again", "[edit]") {
  CHECK(inverse("plan[cutover of orders].name = the night") == "plan.3 - name");
  CHECK(inverse("plan[cutover of orders].cutover = payments") == "plan.3.cutover = orders");
}
