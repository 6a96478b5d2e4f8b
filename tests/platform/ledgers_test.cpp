// The bank of the world of three counters, asked directly.
#include "tests/platform/site_bench.h"

namespace pindah {
namespace {

using namespace bench;

constexpr LedgerId kBank = 0;

// The ledgers and the clock alone: every event is the ledgers' own.
class LedgersBench {
 public:
  Slots asked(const std::string& ref, const std::string& method, std::int64_t idem = kIdem,
              std::int64_t amount = 100) const {
    Slots slots(counters().slots.size());
    const auto set = [&](const char* name, Value value) {
      slots[static_cast<std::size_t>(slot(name))] = std::move(value);
    };
    set("ref", ref);
    set("method", method);
    set("idem", idem);
    set("amount", amount);
    return slots;
  }
  Ledgers::Entered enter(const Slots& slots, Side asked_by = Side::source,
                         Side home = Side::source) {
    return ledgers.enter(kBank, {slots, home, kNoBuckets, asked_by}, sim);
  }
  bool reverse(const std::string& ref) { return ledgers.reverse(kBank, asked(ref, "coin"), sim); }
  // Captures happen; callbacks that leave are noted, and answered with `heard`.
  void run_until(Micros instant) {
    while (sim.events.next_time() <= instant) {
      const Event event = sim.events.pop();
      sim.now = event.time;
      if (event.kind == Ledgers::capture) {
        ledgers.handle_capture(event, sim);
      } else {
        called_back.push_back(event.time);
        ledgers.called_back(static_cast<std::size_t>(event.a), heard, sim);
      }
    }
    sim.now = instant;
  }
  std::int64_t outstanding(Side side) const { return ledgers.outstanding(service("money"), side); }
  LedgerState state(std::size_t entry = 0) const { return ledgers.entries()[entry].state; }

  SimState sim;
  Notes notes;
  Ledgers ledgers{counters(), Draws(1), notes};
  std::vector<Micros> called_back;
  bool heard = true;
};

}  // namespace

TEST_CASE("A ledger that is asked twice takes the money once, and says the same") {
  LedgersBench bench;
  const Slots slots = bench.asked("r1", "coin");
  const Ledgers::Entered first = bench.enter(slots);
  CHECK(first.state == LedgerState::captured);
  CHECK(first.answer_after == millis(100));
  bench.sim.now = millis(40);
  const Ledgers::Entered second = bench.enter(slots);
  CHECK(second.state == LedgerState::captured);
  CHECK(second.answer_after == millis(60));  // when the first is answered
  bench.run_until(seconds(1));
  const Ledgers::Entered third = bench.enter(slots);
  CHECK(third.state == LedgerState::captured);
  CHECK(third.answer_after == Micros{});
  CHECK(bench.ledgers.entries().size() == 1);
  CHECK(bench.notes.ledger_states ==
        std::vector<std::pair<Micros, LedgerState>>{{Micros{}, LedgerState::pending},
                                                    {millis(100), LedgerState::captured},
                                                    {millis(100), LedgerState::captured}});
}

TEST_CASE("Another reference is another entry, also for the same key") {
  LedgersBench bench;
  bench.enter(bench.asked("r1", "coin"));
  bench.enter(bench.asked("r2", "coin"));
  CHECK(bench.ledgers.entries().size() == 2);
}

TEST_CASE("Money that comes later is pending until it comes, then it is called back") {
  LedgersBench bench;
  const Ledgers::Entered entered = bench.enter(bench.asked("r1", "transfer"), Side::target);
  CHECK(entered.state == LedgerState::pending);
  CHECK(entered.answer_after == Micros{});
  CHECK(bench.outstanding(Side::target) == 1);
  CHECK(bench.outstanding(Side::source) == 0);
  bench.run_until(minutes(1) - Micros{1});
  CHECK(bench.state() == LedgerState::pending);
  CHECK(bench.enter(bench.asked("r1", "transfer")).state == LedgerState::pending);
  bench.run_until(minutes(2));
  CHECK(bench.state() == LedgerState::captured);
  CHECK(bench.called_back == std::vector<Micros>{minutes(1)});
  CHECK(bench.outstanding(Side::target) == 0);
}

TEST_CASE("A callback that nobody hears is tried again as often as the world says, then no more") {
  LedgersBench bench;
  bench.heard = false;
  bench.enter(bench.asked("r1", "coin"));
  bench.run_until(hours(1));
  CHECK(bench.called_back ==
        std::vector<Micros>{millis(100), millis(100) + seconds(10), millis(100) + seconds(30)});
  CHECK_FALSE(bench.ledgers.entries()[0].told);
  CHECK(bench.outstanding(Side::source) == 1);
}

TEST_CASE("A method that never answers takes nothing, and calls nobody back") {
  LedgersBench bench;
  CHECK(bench.enter(bench.asked("r1", "never")).state == LedgerState::none);
  bench.run_until(hours(1));
  CHECK(bench.state() == LedgerState::none);
  CHECK(bench.called_back.empty());
  CHECK(bench.outstanding(Side::source) == 0);
  CHECK_FALSE(bench.reverse("r1"));
}

TEST_CASE("Only captured money goes back, once, and what the ledger does not know it says") {
  LedgersBench bench;
  CHECK_FALSE(bench.reverse("r1"));
  CHECK(bench.notes.refused_reversals == 1);
  bench.enter(bench.asked("r1", "transfer"));
  CHECK_FALSE(bench.reverse("r1"));  // it has not come yet
  bench.run_until(minutes(2));
  CHECK(bench.reverse("r1"));
  CHECK(bench.reverse("r1"));
  CHECK(bench.state() == LedgerState::refunded);
  CHECK(bench.ledgers.entries()[0].refunded == minutes(2));
  CHECK(bench.notes.refused_reversals == 1);
  CHECK(bench.notes.ledger_states.size() == 4);  // pending, captured, told, refunded
}

TEST_CASE("What belongs to the target's own people is not what a migration waits for") {
  LedgersBench bench;
  bench.enter(bench.asked("r1", "transfer"), Side::target, Side::target);
  CHECK(bench.outstanding(Side::target) == 0);
}

TEST_CASE("A ledger keeps amounts of more than 32 bits, and slowness adds to its answer") {
  LedgersBench bench;
  bench.ledgers.slow(kBank, seconds(2));
  const Ledgers::Entered entered =
      bench.enter(bench.asked("r1", "coin", kIdem, std::int64_t{3'000'000'000}));
  CHECK(entered.answer_after == seconds(2) + millis(100));
  CHECK(bench.ledgers.entries()[0].amount == 3'000'000'000);
  bench.ledgers.slow(kBank, seconds(-2));
  CHECK(bench.enter(bench.asked("r2", "coin")).answer_after == millis(100));
}

TEST_CASE("A ledger asked for a method that it does not know is the world's fault") {
  LedgersBench bench;
  CHECK_THROWS_AS(bench.enter(bench.asked("r1", "gold")), WorldFault);
}

}  // namespace pindah
