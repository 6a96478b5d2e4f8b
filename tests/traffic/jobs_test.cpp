// What background jobs work on, in which order, on which platform, and how often.
#include "tests/traffic/jobs_bench.h"

namespace pindah {
namespace {

using namespace bench;

constexpr Micros kTurn = seconds(10);  // the world's job runs so often

ServiceId orders() { return service("orders"); }

std::vector<std::uint32_t> messages(const JobsBench& bench) {
  std::vector<std::uint32_t> all;
  for (const Notes::PageTold& page : bench.notes.pages) all.push_back(page.intent);
  return all;
}

// Twenty orders, each on both platforms, as while a share of them moves.
struct OnBoth : JobsBench {
  OnBoth() {
    for (std::int64_t idem = 1000; idem < 1020; ++idem)
      for (const Side side : {Side::source, Side::target}) order(idem, side);
  }
  // How many were worked off on each side.
  PerSide<std::int64_t> swept() {
    PerSide<std::int64_t> counts{};
    for (const Side side : {Side::source, Side::target})
      counts[index(side)] = rows(side, "orders_log WHERE what = 'sweep'");
    return counts;
  }
};

}  // namespace

TEST_CASE("A job's turn asks for its list, and works each of it off once, in its order") {
  JobsBench bench;
  for (const std::int64_t idem : {1024, 512, 768}) bench.order(idem);
  bench.run_until(kTurn - Micros{1});
  CHECK(bench.written() == "");
  bench.run_until(kTurn + kWork * 4);
  CHECK(bench.written() == "sweep sweep sweep");
  CHECK(messages(bench) == std::vector{intent_of(512), intent_of(768), intent_of(1024)});
  bench.run_until(kTurn * 5);
  CHECK(bench.written() == "sweep sweep sweep");
}

TEST_CASE("A job that is still at its list when its turn comes lets that turn pass") {
  JobsBench bench([](Scenario& s) {
    for (PlatformCapacity& capacity : s.platforms) capacity.service_time = {seconds(4), seconds(4)};
  });
  for (const std::int64_t idem : {512, 768, 1024}) bench.order(idem);
  bench.run_until(kTurn + seconds(16));  // the list and three entries
  CHECK(bench.written() == "sweep sweep sweep");
  CHECK(bench.jobs.open() == 0);
  bench.run_until(kTurn * 6);
  CHECK(bench.written() == "sweep sweep sweep");
}

TEST_CASE("A job whose service moves meanwhile does the rest at its new owner") {
  JobsBench bench;
  for (const std::int64_t idem : {512, 768, 1024}) bench.order(idem);
  bench.at(kTurn + kWork * 2,
           [&] { bench.gates->set_owner(orders(), Side::target, bench.sim.now); });
  bench.run_until(kTurn + seconds(1));
  CHECK(bench.written() == "sweep [sweep] [sweep]");
}

TEST_CASE("An entry that fails is left for the next turn, and those behind it are not") {
  JobsBench bench;
  for (const std::int64_t idem : {512, 768}) bench.order(idem);
  bench.at(kTurn + kWork + Micros{1}, [&] {
    bench.kill(Side::source);
    bench.workers[0].restart();
  });
  bench.run_until(kTurn * 2 - seconds(1));
  CHECK(bench.written() == "sweep");
  CHECK(bench.written(768) == "sweep");
  bench.run_until(kTurn * 3);
  CHECK(bench.written(512) == "sweep");
  CHECK(messages(bench) == std::vector{intent_of(512), intent_of(768), intent_of(512)});
}

TEST_CASE("A list that could not be asked for is asked for again at the next turn") {
  JobsBench bench;
  bench.order(512);
  bench.at(seconds(5), [&] { bench.kill(Side::source); });
  bench.at(seconds(15), [&] { bench.workers[0].restart(); });
  bench.run_until(kTurn * 2 - seconds(1));
  CHECK(bench.written() == "");
  bench.run_until(kTurn * 3);
  CHECK(bench.written() == "sweep");
}

TEST_CASE("Where a share of the orders has moved, each is worked off where it lives, and once") {
  OnBoth bench;
  bench.gates->share_out(orders(), {500'000, 0}, Micros{});  // by shopper: two or three of four
  bench.run_until(kTurn + seconds(1));
  const PerSide<std::int64_t> swept = bench.swept();
  CHECK(swept[0] + swept[1] == 20);
  CHECK(swept[0] > 0);
  CHECK(swept[1] > 0);
}

TEST_CASE(
    "A turn that straddles the switch of a share, or of the rest, works everything off once") {
  for (const bool shared_before : {false, true})
    for (int after = 0; after <= 6; ++after) {
      OnBoth bench;
      if (shared_before) bench.gates->share_out(orders(), {500'000, 0}, Micros{});
      bench.at(kTurn + Micros{kWork.us * after / 2}, [&] {
        if (shared_before)
          bench.gates->set_owner(orders(), Side::target, bench.sim.now);
        else
          bench.gates->share_out(orders(), {500'000, 0}, bench.sim.now);
      });
      bench.run_until(kTurn + seconds(1));
      const PerSide<std::int64_t> swept = bench.swept();
      INFO("shared before: " << shared_before << ", switched after half works: " << after);
      CHECK(swept[0] + swept[1] == 20);
    }
}

TEST_CASE("Where every request draws its side, both platforms work on everything") {
  OnBoth bench;
  bench.gates->share_out(orders(), {500'000, static_cast<std::uint8_t>(kByRequest)}, Micros{});
  bench.run_until(kTurn + seconds(2));
  const PerSide<std::int64_t> swept = bench.swept();
  CHECK(swept[0] + swept[1] == 40);
}

TEST_CASE("Jobs that are stopped take no more turns") {
  JobsBench bench;
  bench.order(512);
  bench.at(seconds(5), [&] { bench.jobs.stop(); });
  bench.run_until(kTurn * 3);
  CHECK(bench.written() == "");
}

TEST_CASE("A list of more than a job may have is the world's fault, told with the call's place") {
  JobsBench bench;
  for (std::int64_t idem = 1; idem <= limit::kList.most; ++idem) bench.order(idem);
  bench.run_until(minutes(1));
  CHECK(bench.rows(Side::source, "orders_log WHERE what = 'sweep'") == limit::kList.most);
  for (std::int64_t idem = 1001; idem <= 1001 + limit::kList.most; ++idem) bench.order(idem);
  try {
    bench.run_until(minutes(2));
    FAIL("201 orders were taken");
  } catch (const WorldFault& fault) {
    CHECK(fault.problem.what == "job `sweep`: its list is not a JSON array of at most 200 objects");
    CHECK(fault.problem.place.file.ends_with("calls/orders/unswept.sql"));
  }
}

}  // namespace pindah
