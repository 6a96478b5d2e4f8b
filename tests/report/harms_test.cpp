// What befell promises and money, counted once.
#include "report/harms.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

// A ledger of money, a promise, and three names for what may befall them.
World shop() {
  World world;
  world.ledgers.resize(1);
  world.ledgers[0].amount = 2;
  const auto add = [&](const char* name, AnomalyKind kind, std::vector<PromiseId> promises,
                       std::vector<LedgerId> ledgers) {
    Anomaly& anomaly = world.anomalies.emplace_back();
    anomaly.name = name;
    anomaly.kind = &row_of(kind);
    anomaly.promises = std::move(promises);
    anomaly.ledgers = std::move(ledgers);
  };
  add("charged_without_order", AnomalyKind::uncoupled, {0}, {0});
  add("money_not_conserved", AnomalyKind::unconserved, {}, {0});
  add("lost_orders", AnomalyKind::lost, {0}, {});
  return world;
}

AnomalyCase of(int anomaly, std::int64_t witness, std::int64_t count = 1) {
  AnomalyCase found;
  found.anomaly = anomaly;
  found.witness = witness;
  found.count = count;
  return found;
}

}  // namespace

TEST_CASE("a charge that is wrong under two names is charged wrongly once") {
  const World world = shop();
  Record record;
  record.cases = {of(0, 300), of(1, 300), of(0, 556), of(1, 812)};
  CHECK(harmed_of(world, record).charged_wrongly == 3);
  record.cases.push_back(of(1, 300));  // and twice under one of them
  CHECK(harmed_of(world, record).charged_wrongly == 4);
  CHECK(harmed_of(world, record).lost_or_doubled == 0);
}

TEST_CASE("what is lost is not what is charged, though one page promised and paid") {
  const World world = shop();
  Record record;
  record.cases = {of(0, 300), of(2, 300), of(2, 0), of(2, 0)};
  CHECK(harmed_of(world, record).charged_wrongly == 1);
  CHECK(harmed_of(world, record).lost_or_doubled == 3);  // nobody's are each another
}
