// Where the news of money that came late arrives, and how often.
#include "tests/traffic/callbacks_bench.h"

namespace pindah {
namespace {

using namespace bench;

using Messages = std::vector<std::pair<std::uint32_t, PageEnd>>;
constexpr Micros kTransfer = minutes(1);  // after which its money comes
const std::uint32_t kBuyer = intent_of(kIdem);

ServiceId money() { return service("money"); }

}  // namespace

TEST_CASE(
    "Money that comes later is told once to the platform that asked for it, and to the buyer") {
  CallbacksBench bench;
  bench.buys("transfer");
  bench.run_until(seconds(30));
  CHECK(bench.only().end == PageEnd::ok);
  CHECK(bench.written() == "take place start");
  CHECK(bench.outstanding(Side::source) == 1);
  bench.run_until(minutes(10));
  CHECK(bench.written() == "take place start settle");
  CHECK(bench.messages() == Messages{{kBuyer, PageEnd::ok}});
  CHECK(bench.entry().told);
  CHECK(bench.outstanding(Side::source) == 0);
}

TEST_CASE("A callback comes also where the answer was given, so that one that was lost is healed") {
  CallbacksBench bench;
  bench.buys("coin");
  bench.run_until(minutes(10));
  CHECK(bench.written() == "take place start settle settle");
  CHECK(bench.messages().size() == 1);
}

TEST_CASE("An old address that nobody forwards from hears nothing, and the ledger gives up") {
  CallbacksBench bench;
  bench.buys("transfer");
  bench.at(seconds(30), [&] { bench.gates->set_owner(money(), Side::target, seconds(30)); });
  bench.run_until(hours(1));
  CHECK(bench.written() == "take place start");
  CHECK(bench.messages().empty());
  CHECK_FALSE(bench.entry().told);
  CHECK(bench.entry().callbacks == 2);  // after the first one
  CHECK(bench.outstanding(Side::source) == 1);
}

TEST_CASE("An old address that is forwarded from hands over to the new owner") {
  CallbacksBench bench;
  bench.gates->forward_callbacks(money(), true);
  bench.buys("transfer");
  bench.at(seconds(30), [&] { bench.gates->set_owner(money(), Side::target, seconds(30)); });
  bench.run_until(hours(1));
  CHECK(bench.written() == "take place start [settle]");
  CHECK(bench.messages() == Messages{{kBuyer, PageEnd::ok}});
  CHECK(bench.entry().callbacks == 0);
}

TEST_CASE("Forwarding that comes before the last try is in time") {
  CallbacksBench bench;
  bench.buys("transfer");
  bench.at(seconds(30), [&] { bench.gates->set_owner(money(), Side::target, seconds(30)); });
  bench.at(kTransfer + seconds(20),
           [&] { bench.gates->forward_callbacks(money(), true); });  // tries at 0, 10 and 30 s
  bench.run_until(hours(1));
  CHECK(bench.written() == "take place start [settle]");
  CHECK(bench.entry().callbacks == 2);
}

TEST_CASE("A callback that finds its platform down or cut off is tried again") {
  struct Case {
    const char* what;
    std::function<void(CallbacksBench&, bool on)> trouble;
  };
  for (const Case& c : {Case{"down",
                             [](CallbacksBench&b, bool on) {
                               if (on)
                                 b.kill(Side::source);
                               else
                                 b.workers[0].restart();
                             }},
                        Case{"cut off", [](CallbacksBench&b, bool on) {
                               b.links->cut(LinkId::gateway, Direction::back, on);
                             }}}) {
    INFO(c.what);
    CallbacksBench bench;
    bench.buys("transfer");
    bench.at(seconds(30), [&] { c.trouble(bench, true); });
    bench.at(kTransfer + seconds(5), [&] { c.trouble(bench, false); });
    bench.run_until(hours(1));
    CHECK(bench.written() == "take place start settle");
    CHECK(bench.entry().callbacks == 1);
    CHECK(bench.entry().told);
  }
}

TEST_CASE("A callback that finds its platform switched off for good is given up") {
  CallbacksBench bench;
  bench.buys("transfer");
  bench.at(seconds(30), [&] { bench.gates->retire(money(), Side::source, Retired::everything); });
  // What is off stays off, whatever is retired after it.
  bench.at(seconds(31), [&] { bench.gates->retire(money(), Side::source, Retired::writes); });
  bench.run_until(hours(1));
  CHECK(bench.written() == "take place start");
  CHECK(bench.entry().callbacks == 2);  // after the first one
  CHECK_FALSE(bench.entry().told);
}

TEST_CASE("A callback whose answer is lost between the platforms comes again, and settles again") {
  // Whoever writes such a call owes it a key: the engine takes nothing away.
  CallbacksBench bench;
  bench.gates->forward_callbacks(money(), true);
  bench.buys("transfer");
  bench.at(seconds(30), [&] { bench.gates->set_owner(money(), Side::target, seconds(30)); });
  bench.at(kTransfer, [&] { bench.links->cut(LinkId::source_target, Direction::back, true); });
  bench.at(kTransfer + seconds(5),
           [&] { bench.links->cut(LinkId::source_target, Direction::back, false); });
  bench.run_until(hours(1));
  CHECK(bench.written() == "take place start [settle] [settle]");
  CHECK(bench.messages() == Messages{{kBuyer, PageEnd::failed}, {kBuyer, PageEnd::ok}});
}

TEST_CASE("A refusal is an answer: the ledger does not call again") {
  CallbacksBench bench;
  bench.buys("transfer");
  bench.at(seconds(30), [&] { bench.pages->undo(bench.run_of("buy", kIdem), ~std::uint64_t{0}); });
  bench.run_until(hours(1));
  CHECK(bench.written() == "take place start stop cancel untake");
  CHECK(bench.messages() == Messages{{kBuyer, PageEnd::refused}});
  CHECK(bench.entry().told);
}

TEST_CASE("Callbacks of the target's own people need no owner") {
  CallbacksBench bench;
  bench.start("buy", kIdem, {.home = Side::target, .method = "transfer"});
  bench.run_until(hours(1));
  CHECK(bench.written() == "[take] [place] [start] [settle]");
  CHECK(bench.entry().address == Side::target);
}

}  // namespace pindah
