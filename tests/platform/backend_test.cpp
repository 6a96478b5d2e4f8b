// A platform's database, its calls run directly.
#include "tests/platform/site_bench.h"

namespace pindah {
namespace {

using namespace bench;

struct Told : CommitSink {
  std::vector<std::uint64_t> lsns;
  bool locked = false;
  void committed(Commit commit) override { lsns.push_back(commit.lsn); }
  bool locks(const Commit&) override { return locked; }
};

struct BackendBench {
  Told told;
  Backend backend{counters(), Side::source, constants(), 1, kStartUs, told};
  BackendBench() { backend.start_from(populated().databases[0]); }

  Ran run(const std::string& call, std::int64_t idem, Slots& slots) {
    slots.resize(counters().slots.size());
    slots[static_cast<std::size_t>(counters().slot_idem)] = idem;
    Writer writer;
    writer.call = counters().call(call);
    return backend.run(writer.call, slots, seconds(1), writer);
  }
  std::int64_t rows() {
    Statement query(backend.database(), "SELECT count(*) FROM orders_log");
    query.step();
    return query.integer(0);
  }
};

Value of(const Slots& slots, const char* name) {
  return slots[static_cast<std::size_t>(slot(name))];
}

}  // namespace

TEST_CASE("One call twice with one key runs once, and gives the first answer again") {
  BackendBench bench;
  Slots first, second;
  CHECK(bench.run("orders.place", 7, first).end == RanEnd::ok);
  CHECK(bench.run("orders.place", 7, second).end == RanEnd::ok);
  CHECK(of(first, "order_token") == Value("o7"));
  CHECK(of(second, "order_token") == Value("o7"));
  CHECK(bench.rows() == 1);
  CHECK(bench.backend.lsn() == 1);
  CHECK(bench.told.lsns == std::vector<std::uint64_t>{1});  // what changed nothing is no commit
}

TEST_CASE("A call without a replay runs as often as it is asked to") {
  BackendBench bench;
  Slots slots;
  for (int i = 0; i < 3; ++i) bench.run("orders.add", 7, slots);
  CHECK(of(slots, "seen") == Value(std::int64_t{3}));
  CHECK(bench.told.lsns == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("A refusal leaves neither a row nor an answer, and says why") {
  BackendBench bench;
  Slots slots;
  bench.run("orders.cancel", 7, slots);  // a tombstone
  Slots late;
  const Ran ran = bench.run("orders.place", 7, late);
  CHECK(ran.end == RanEnd::refused);
  CHECK(ran.reason == "undone");
  CHECK(is_null(of(late, "order_token")));
  CHECK(bench.rows() == 1);
  CHECK(bench.backend.lsn() == 1);
}

TEST_CASE("What somebody holds a row of is rolled back, and runs when it is free") {
  BackendBench bench;
  Slots slots;
  bench.told.locked = true;
  CHECK(bench.run("orders.add", 7, slots).end == RanEnd::locked);
  CHECK(bench.rows() == 0);
  CHECK(bench.backend.lsn() == 0);
  bench.told.locked = false;
  CHECK(bench.run("orders.add", 7, slots).end == RanEnd::ok);
  CHECK(bench.rows() == 1);
}

}  // namespace pindah
