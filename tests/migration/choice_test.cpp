// Each choice of a step, flipped: the same writes at the same instants end otherwise. The writes
// are placed by hand; nothing else happens.
#include "tests/migration/bench.h"

using namespace pindah;
using namespace pindah::test;

namespace {

using Twist = std::function<void(PlanStep&)>;

// Capture, copy and apply at once.
std::vector<PlanStep> stream(const Twist& change = {}) {
  std::vector<PlanStep> plan{step(StepKind::capture, "capture of loans", seconds(1)),
                             step(StepKind::copy, "copy of loans", seconds(2)),
                             step(StepKind::apply, "apply of loans", seconds(2))};
  if (change)
    for (PlanStep& s : plan) change(s);
  return plan;
}

std::vector<PlanStep> with(std::vector<PlanStep> plan, PlanStep more) {
  plan.push_back(std::move(more));
  return plan;
}

PlanStep changed(PlanStep made, const Twist& change) {
  change(made);
  return made;
}

void kill(Bench& bench, Micros from, Micros until) {
  bench.at(from, [&] { bench.migrator->die(); });
  bench.at(until, [&] { bench.migrator->resume(); });
}

bool equal(Bench& bench) { return bench.loans(Side::source) == bench.loans(Side::target); }

// What a copied row does to a stale one that is there already.
struct Met {
  std::int64_t status = 0, rows = 0;
  bool stopped = false;
};
Met copy_onto_stale(CopyConflict conflict) {
  Bench bench({changed(step(StepKind::copy, "first", seconds(1)),
                       [](PlanStep& s) { s.options<Copy>().conflict = CopyConflict::upsert; }),
               changed(step(StepKind::copy, "second", seconds(10)),
                       [&](PlanStep& s) { s.options<Copy>().conflict = conflict; })});
  const std::int64_t loan = bench.any_loan();
  std::int64_t before = 0;
  bench.at(seconds(9), [&] {
    bench.pay(Side::source, loan);
    before = bench.rows_written;
  });
  bench.run_until(seconds(30));
  return {bench.on_target(loan), bench.rows_written - before, bench.told(PlanEventKind::aborted)};
}

}  // namespace

TEST_CASE("a copied row mends a stale one, leaves it, or stops at it, as its conflict rule says") {
  const Met upsert = copy_onto_stale(CopyConflict::upsert);
  CHECK(upsert.status == kPaid);
  const Met replace = copy_onto_stale(CopyConflict::replace);
  CHECK(replace.status == kPaid);
  CHECK(replace.rows > upsert.rows);
  CHECK(copy_onto_stale(CopyConflict::ignore).status == kWaiting);
  CHECK(copy_onto_stale(CopyConflict::ignore).rows == 0);
  CHECK(copy_onto_stale(CopyConflict::fail).status == kWaiting);
  CHECK(copy_onto_stale(CopyConflict::fail).stopped);
  CHECK_FALSE(upsert.stopped);
}

TEST_CASE("a locking copy makes writes of its chunk wait, and no older row lands on a newer one") {
  const auto outcome = [](bool locking) {
    Bench bench({changed(step(StepKind::copy, "copy", seconds(2)), [&](PlanStep& s) {
      s.options<Copy>().locking = locking;
      s.options<Copy>().conflict = CopyConflict::upsert;
    })});
    cut(bench, millis(2014), millis(2016));
    const std::int64_t loan = bench.any_loan();
    RanEnd during{}, after{};
    bench.at(millis(2100), [&] {
      during = bench.call(Side::source, "loans.paid", {{"idem", loan}}).end;
    });
    bench.at(seconds(4), [&] {
      after = bench.call(Side::source, "loans.paid", {{"idem", loan}}).end;
    });
    bench.run_until(seconds(9));
    CHECK(after == RanEnd::ok);
    return during;
  };
  CHECK(outcome(true) == RanEnd::locked);
  CHECK(outcome(false) == RanEnd::ok);
}

TEST_CASE("children that are copied before their parents are refused or hang in the air") {
  const auto first_move = [](CopyOrder order) {
    Bench bench({changed(step(StepKind::copy, "copy", seconds(2)), [&](PlanStep& s) {
      s.options<Copy>().order = order;
      s.options<Copy>().rows_per_second = 50;
      s.options<Copy>().chunk = 1000;
    })});
    bench.run_until(millis(2100));
    return bench.number(Side::target, "SELECT count(*) FROM lending WHERE home = 'source'");
  };
  CHECK(first_move(CopyOrder::parents_first) > 0);
  CHECK(first_move(CopyOrder::parents_last) == 0);
}

TEST_CASE("a killed copy goes on from a checkpoint beside the data; one apart skips a chunk") {
  const auto same = [](Checkpoint checkpoint) {
    Bench bench({changed(step(StepKind::copy, "copy", seconds(2)), [&](PlanStep& s) {
      s.options<Copy>().checkpoint = checkpoint;
      s.options<Copy>().chunk = 40;
    })});
    kill(bench, millis(2016), seconds(5));  // the first chunk has been read and is on its way
    bench.run_until(seconds(30));
    CHECK(bench.unfinished().empty());
    return equal(bench);
  };
  CHECK(same(Checkpoint::with_data));
  CHECK_FALSE(same(Checkpoint::apart));
}

TEST_CASE("a stream goes on from a checkpoint beside the data; one apart loses a batch") {
  const auto outcome = [](Checkpoint checkpoint) {
    Bench bench(stream([&](PlanStep& s) {
      set<Copy, Apply>(s, [&](auto& options) { options.checkpoint = checkpoint; });
    }));
    const std::int64_t loan = bench.any_loan();
    bench.at(seconds(5), [&] { bench.pay(Side::source, loan); });
    kill(bench, seconds(5) + millis(10), seconds(8));  // the change has been read
    bench.run_until(seconds(20));
    return bench.on_target(loan);
  };
  CHECK(outcome(Checkpoint::with_data) == kPaid);
  CHECK(outcome(Checkpoint::apart) == kWaiting);
}

TEST_CASE("a migrator that is killed at any instant and goes on loses nothing") {
  for (int i = 0; i < 60; ++i) {
    Bench bench(with(stream([](PlanStep& s) { set<Copy>(s, [](Copy& copy) { copy.chunk = 25; }); }),
                     changed(step(StepKind::verify, "verify", seconds(4)),
                             [](PlanStep& s) { s.options<Verify>().chunk = 50; })));
    for (int w = 0; w < 40; ++w)
      bench.at(seconds(2) + millis(31) * w, [&bench, w] { bench.lend(Side::source, kNew + w); });
    const Micros at = seconds(2) + millis(53) * i;
    kill(bench, at, at + millis(700));
    bench.run_until(seconds(40));
    INFO(at.us);
    CHECK(equal(bench));
    CHECK(bench.unfinished().empty());
  }
}

TEST_CASE("a fence whose migrator was killed opens unswitched when it is back") {
  Bench bench(with(stream(), step(StepKind::cutover, "cutover of loans", seconds(10))));
  bench.at(seconds(10) - millis(1),
           [&] { bench.gates->entered(bench.writing(Side::source)); });  // keeps the drain waiting
  kill(bench, seconds(10) + millis(20), seconds(14));
  bench.run_until(millis(13'900));
  CHECK(bench.gates->fenced_since(bench.loans_service()) == seconds(10));
  bench.run_until(seconds(15));
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK(bench.told(PlanEventKind::aborted));
}

TEST_CASE("the dead switch nothing, even when what they were waiting for arrives") {
  Bench bench(with(stream(), step(StepKind::cutover, "cutover of loans", seconds(10))));
  kill(bench, seconds(10) + millis(2), seconds(14));  // the position is being read
  bench.run_until(seconds(13));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  bench.run_until(seconds(20));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  CHECK_FALSE(bench.gates->fenced_since(bench.loans_service()));
}

TEST_CASE("a change of a row that is not there yet is inserted, left out, or stops the stream") {
  const auto outcome = [](MissingRow missing) {
    std::vector<PlanStep> plan =
        stream([&](PlanStep& s) { set<Apply>(s, [&](Apply& apply) { apply.missing = missing; }); });
    plan[1].at = seconds(50);  // the copy comes much later
    Bench bench(std::move(plan));
    const std::int64_t loan = bench.any_loan();
    bench.at(seconds(5), [&] {
      bench.pay(Side::source, loan);
      bench.lend(Side::source, kNew);  // a new row is no change of one that is missing
    });
    bench.run_until(seconds(20));
    CHECK(bench.told(PlanEventKind::waiting) == (missing == MissingRow::fail));
    CHECK((bench.on_target(kNew) == kWaiting) == (missing != MissingRow::fail));
    return bench.on_target(loan);
  };
  CHECK(outcome(MissingRow::insert) == kPaid);
  CHECK(outcome(MissingRow::ignore) == kAbsent);
  CHECK(outcome(MissingRow::fail) == kAbsent);
}

TEST_CASE("an old chunk lands on a change that was left out: that is lost for good") {
  const auto outcome = [](MissingRow missing) {
    Bench bench(stream([&](PlanStep& s) {
      set<Apply>(s, [&](Apply& apply) { apply.missing = missing; });
      set<Copy>(s, [](Copy& copy) { copy.conflict = CopyConflict::upsert; });
    }));
    cut(bench, millis(2014), millis(2016));
    const std::int64_t loan = bench.any_loan();
    bench.at(millis(2100), [&] { bench.pay(Side::source, loan); });
    bench.at(seconds(5), [&] { bench.pay(Side::source, bench.any_loan()); });
    bench.run_until(seconds(9));
    return bench.on_target(loan);
  };
  CHECK(outcome(MissingRow::ignore) == kWaiting);
}

TEST_CASE("batches that overtake each other leave the older row; one at a time does not") {
  const auto outcome = [](int at_once) {
    Bench bench(stream([&](PlanStep& s) {
      set<Apply>(s, [&](Apply& apply) {
        apply.at_once = at_once;
        apply.batch = 1;
      });
    }));
    const std::int64_t loan = bench.any_loan();
    bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
    bench.at(seconds(5) + millis(12), [&] { bench.pay(Side::source, kNew); });
    cut(bench, seconds(5) + millis(4), seconds(5) + millis(9));  // the first change's rows
    bench.run_until(seconds(20));
    CHECK(bench.on_target(loan) == kWaiting);
    return bench.on_target(kNew);
  };
  CHECK(outcome(1) == kPaid);
  CHECK(outcome(4) == kWaiting);
}

TEST_CASE("changes carried as they were left cost a row each; a root's state is carried once") {
  const auto rows = [](Carries carries) {
    Bench bench(stream([&](PlanStep& s) {
      set<Apply>(s, [&](Apply& apply) {
        apply.carries = carries;
        apply.poll = seconds(1);
      });
    }));
    std::int64_t before = 0;
    bench.at(seconds(5), [&] {
      before = bench.rows_written;
      bench.lend(Side::source, kNew);
    });
    bench.at(seconds(5) + millis(1), [&] { bench.pay(Side::source, kNew); });
    bench.run_until(seconds(20));
    CHECK(bench.on_target(kNew) == kPaid);
    return bench.rows_written - before;
  };
  CHECK(rows(Carries::images) > rows(Carries::state));
}

TEST_CASE("a conflict rule of apply that leaves rows alone never brings a change") {
  const auto outcome = [](PresentRow conflict) {
    Bench bench(stream(
        [&](PlanStep& s) { set<Apply>(s, [&](Apply& apply) { apply.conflict = conflict; }); }));
    const std::int64_t loan = bench.any_loan();
    bench.at(seconds(5), [&] { bench.pay(Side::source, loan); });
    bench.run_until(seconds(20));
    return bench.on_target(loan);
  };
  CHECK(outcome(PresentRow::upsert) == kPaid);
  CHECK(outcome(PresentRow::ignore) == kWaiting);
}

TEST_CASE("a changelog that is not kept long enough cannot be applied any more") {
  const auto told = [](Micros retention) {
    std::vector<PlanStep> plan = stream([&](PlanStep& s) {
      set<Capture>(s, [&](Capture& capture) { capture.retention = retention; });
    });
    plan[2].at = seconds(20);
    Bench bench(std::move(plan));
    bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });
    bench.at(seconds(15), [&] { bench.lend(Side::source, kNew + 1); });
    bench.run_until(seconds(30));
    CHECK((bench.on_target(kNew + 1) == kWaiting) == (retention.us != seconds(5).us));
    return bench.told(PlanEventKind::waiting);
  };
  CHECK_FALSE(told(Micros{}));
  CHECK_FALSE(told(minutes(1)));
  CHECK(told(seconds(5)));
}

TEST_CASE("a verify with a cursor of its own sees what the copy has left out") {
  const auto mismatches = [](bool own) {
    Bench bench({step(StepKind::copy, "copy", seconds(1)),
                 changed(step(StepKind::verify, "verify", seconds(10)), [&](PlanStep& s) {
                   s.options<Verify>().cursor = own ? VerifyCursor::own : VerifyCursor::copy;
                 })});
    bench.at(seconds(5), [&] { bench.lend(Side::source, kNew); });  // nobody carries it over
    bench.run_until(seconds(40));
    REQUIRE(bench.found());
    return bench.found()->unequal > 0;
  };
  CHECK(mismatches(true));
  CHECK_FALSE(mismatches(false));
}

TEST_CASE("a verify that looks only once takes what is on its way for a difference") {
  const auto mismatch = [](int rechecks) {
    Bench bench(with(
        stream([](PlanStep& s) { set<Apply>(s, [](Apply& apply) { apply.poll = seconds(1); }); }),
        changed(step(StepKind::verify, "verify", seconds(10)),
                [&](PlanStep& s) { s.options<Verify>().rechecks = rechecks; })));
    bench.at(seconds(10), [&] { bench.pay(Side::source, bench.any_loan()); });
    bench.run_until(seconds(40));
    REQUIRE(bench.found());
    return bench.found()->unequal > 0;
  };
  CHECK_FALSE(mismatch(5));
  CHECK(mismatch(0));
}

TEST_CASE("a sample finds fewer differences, and a slower verify takes longer") {
  const auto outcome = [](const Twist& change) {
    Bench bench({step(StepKind::copy, "copy", seconds(1)),
                 changed(changed(step(StepKind::verify, "verify", seconds(10)), change),
                         [](PlanStep& s) { s.options<Verify>().rechecks = 0; })});
    bench.at(seconds(9), [&] {
      const Ran ran =
          bench.backend(Side::target).transact(bench.loans_service(), seconds(9), Writer{}, [&] {
            Statement(bench.backend(Side::target).database(),
                      "UPDATE lending SET amount = amount + 1 WHERE home = 'source'")
                .step();
          });
      REQUIRE(ran.end == RanEnd::ok);
    });
    bench.run_until(minutes(5));
    for (const PlanEvent& event : bench.events)
      if (event.phase == Phase::verified) return std::pair(event.compared->unequal, event.at);
    FAIL("it is not over");
    return std::pair(std::int64_t{0}, Micros{});
  };
  const auto all = outcome([](PlanStep&) {});
  const auto sample = outcome([](PlanStep& s) { s.options<Verify>().sample_ppm = 200'000; });
  CHECK(all.first == 120);
  CHECK(sample.first > 0);
  CHECK(sample.first < 60);
  const auto slow = outcome([](PlanStep& s) { s.options<Verify>().compared_per_second = 10; });
  CHECK(slow.first == all.first);
  CHECK(slow.second > all.second + seconds(5));
}

TEST_CASE("a rollback without failback leaves behind what has not come back yet") {
  const auto outcome = [](bool failback) {
    Bench bench(with(with(stream([](PlanStep& s) {
                            set<Apply>(s, [](Apply& apply) { apply.poll = minutes(1); });
                          }),
                          step(StepKind::cutover, "cutover of loans", seconds(10))),
                     changed(step(StepKind::rollback, "rollback of loans", seconds(20)),
                             [&](PlanStep& s) { s.options<Rollback>().failback = failback; })));
    bench.at(seconds(20) - millis(1), [&] { bench.lend(Side::target, kNew); });
    bench.run_until(seconds(30));
    CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
    CHECK(bench.on_target(kNew) == kWaiting);
    return bench.on_source(kNew);
  };
  CHECK(outcome(true) == "WAITING");
  CHECK(outcome(false) == "NULL");
}

TEST_CASE("a reverse stream without an origin tag sends a change back to where it came from") {
  const auto commits = [](bool tag) {
    Bench bench(
        with(stream(), changed(step(StepKind::reverse, "reverse", seconds(8)),
                               [&](PlanStep& s) { s.options<Reverse>().origin_tag = tag; })));
    std::uint64_t before = 0;
    bench.at(seconds(10), [&] {
      before = bench.backend(Side::source).lsn();
      bench.lend(Side::source, kNew);
    });
    bench.run_until(seconds(20));
    return bench.backend(Side::source).lsn() - before;
  };
  CHECK(commits(true) == 1);
  CHECK(commits(false) == 2);
}

TEST_CASE("a platform that retires slowly answers reads for a while, and then nothing") {
  Bench bench(with(with(stream(), step(StepKind::cutover, "cutover of loans", seconds(10))),
                   changed(step(StepKind::retire, "retire of loans", seconds(20)), [](PlanStep& s) {
                     s.options<Retire>().read_only_first = seconds(10);
                   })));
  const auto ask = [&](bool writes) {
    Knock knock = bench.writing(Side::source);
    knock.writes = writes;
    knock.routed_read = !writes;
    return bench.gates->ask(knock, bench.sim.now);
  };
  kill(bench, seconds(22), seconds(35));  // a platform's own timer goes on
  bench.run_until(seconds(25));
  CHECK(ask(true) == Admission::retired);
  CHECK(ask(false) == Admission::admit);
  bench.run_until(seconds(31));
  CHECK(ask(false) == Admission::retired);
}

TEST_CASE("a cutover of a share leaves the rest where it is, and both streams run") {
  Bench bench(
      with(stream(), changed(step(StepKind::cutover, "cutover of loans", seconds(10)),
                             [](PlanStep& s) { s.options<Cutover>().share_ppm = 100'000; })));
  bench.at(seconds(15), [&] {
    bench.lend(Side::target, kNew);
    bench.lend(Side::source, kNew + 1);
  });
  bench.run_until(seconds(20));
  CHECK(bench.gates->owner(bench.loans_service()) == Side::source);
  Buckets buckets = kNoBuckets;
  buckets[0] = 99;
  CHECK(bench.gates->owner(bench.loans_service(), Side::source, buckets) == Side::target);
  buckets[0] = 100;
  CHECK(bench.gates->owner(bench.loans_service(), Side::source, buckets) == Side::source);
  CHECK(bench.on_source(kNew) == "WAITING");
  CHECK(bench.on_target(kNew + 1) == kWaiting);
}
