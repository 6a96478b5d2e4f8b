#include "scenario/dangers.h"

#include "tests/scenario/named_world.h"

using namespace pindah;

namespace {

const std::string kSafe =
    "  - { at: 1m, capture: [payments, orders] }\n"
    "  - { at: 2m, copy: [payments, orders] }\n"
    "  - { at: 3m, apply: [payments, orders] }\n"
    "  - { at: 4m, verify: [payments, orders] }\n";

std::vector<std::string> of(const std::string& steps, const std::string& before = kSafe) {
  const ReadText read = read_text("pindah: 1\nworld: shop\nplan:\n" + before + steps);
  INFO(read.mistakes);
  REQUIRE(read.scenario);
  std::vector<std::string> told = dangers(*read.scenario);
  for (std::string& line : told) line = line.substr(line.find(": ") + 2);
  return told;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("A plan as its defaults make it is not called dangerous") {
  CHECK(of("  - { at: 9m, cutover: payments }\n"
           "  - { when: \"in_flight(payments, source) == 0\", retire: payments }\n")
            .empty());
  CHECK(of("  - { at: 9m, retire: payments, needs: \"in_flight(payments, source) == 0\" }\n")
            .empty());
}

TEST_CASE("Each dangerous choice is told with its step, all of a step in one line") {
  const auto [choice, said] = GENERATE(table<std::string, std::string>({
      {"cutover: orders, drain: false",
       "cutover of orders: writes in flight at the fence are not waited for"},
      {"cutover: orders, verify: false, fence: refuse",
       "cutover of orders: requests are refused, not held; nothing is compared under the fence"},
      {"cutover: orders, reverse: false", "cutover of orders: there is no way back without loss"},
      {"cutover: orders, forward_callbacks: false",
       "cutover of orders: late callbacks reach a platform that owns nothing"},
      {"copy: orders, conflict: upsert", "copy of orders: an old chunk overwrites a newer change"},
      {"apply: orders, at_once: 2", "apply of orders: batches overtake each other"},
      {"apply: orders, missing: ignore",
       "apply of orders: a change of a row that is not there is lost"},
      {"verify: orders, rechecks: 0", "verify of orders: rows on their way count as different"},
      {"route: orders, writes: 5%",
       "route of orders: writes are led over without a fence; callbacks still come to the platform "
       "that asked, and nothing forwards them"},
      {"dual_write: orders, half_write: fail",
       "dual_write of orders: half a write is told as none"},
      {"reverse: orders, origin_tag: false",
       "reverse of orders: changes are sent back to where they came from"},
      {"retire: orders", "retire of orders: nobody looks whether anything is still in flight"},
  }));
  CHECK(of("  - { at: 9m, " + choice + " }\n") == Lines{said});
}

TEST_CASE("A copy that nothing captures is dangerous, for any of its services") {
  const std::string never =
      "copy of orders and payments: nothing captures what changes during the copy";
  CHECK(of("", "  - { at: 1m, copy: [orders, payments] }\n") == Lines{never});
  CHECK(of("", "  - { at: 0m, capture: orders }\n  - { at: 1m, copy: [orders, payments] }\n") ==
        Lines{never});
  CHECK(of("", "  - { at: 0m, dual_write: orders }\n  - { at: 1m, copy: orders }\n").empty());
}

TEST_CASE("A copy onto a target that owns the rows by then is dangerous") {
  const Lines onto{"copy of orders: it copies onto a target that owns the rows by then"};
  CHECK(of("  - { at: 9m, cutover: orders }\n  - { at: 10m, copy: orders }\n") == onto);
  CHECK(of("  - { at: 9m, cutover: orders }\n  - { when: lag(orders) < 1s, copy: orders }\n") ==
        onto);
  CHECK(of("  - { at: 9m, cutover: orders }\n  - { at: 10m, rollback: orders }\n"
           "  - { at: 11m, copy: orders }\n")
            .empty());
}

TEST_CASE("A route of writes without a way for callbacks is dangerous, of reads it is not") {
  CHECK(of("  - { at: 9m, forward_callbacks: orders }\n  - { at: 9m, route: orders, writes: 5% "
           "}\n") == Lines{"route of orders: writes are led over without a fence"});
  CHECK(of("  - { at: 9m, route: orders, reads: 5% }\n").empty());
}

TEST_CASE("A changelog that begins after the copy is dangerous, and second writes are a way back") {
  CHECK(of("", "  - { at: 1m, copy: orders }\n  - { at: 2m, capture: orders }\n") ==
        Lines{"copy of orders: what changes before the changelog begins is missed"});
  CHECK(of("  - { at: 9m, cutover: orders }\n",
           "  - { at: 1m, dual_write: orders }\n  - { at: 2m, copy: orders }\n")
            .empty());
}
