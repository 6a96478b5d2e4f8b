#include "tests/gui/stage.h"

namespace pindah::test {

using namespace pindah::gui;

namespace {

// One left with nothing, one was slower and harmed, one harmed without noticing.
std::vector<Person> people(std::int64_t at_us) {
  std::vector<Person> all(3);
  all[0].id = 11;
  all[0].page = "checkout";
  all[0].cause = "refused during the fence";
  all[0].culprit = "cutover of orders: fence";
  all[0].empty_handed = all[0].annoyed = true;
  all[1].id = 5;
  all[1].slower_us = 900'000;
  all[1].page = "list";
  all[1].cause = "slower";
  all[1].culprit = "cutover of orders: drain";
  all[1].harm = "106 taken for order 7, which is missing";
  all[2].id = 6;
  all[2].noticed = false;
  all[2].harm = "order 8: told, not there";
  all[1].harmed = all[2].harmed = true;
  all[1].harm_names = all[2].harm_names = {"order_lost"};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].at_us = at_us + static_cast<std::int64_t>(i) * 1'000'000;
    all[i].persona = "buyer";
    all[i].home = "Old";
    if (all[i].noticed) all[i].began_us = all[i].at_us - 9;
  }
  return all;
}

// One where nothing happens, one in the middle of its move.
std::vector<ServiceView> rooms() {
  std::vector<ServiceView> all(2);
  all[0].name = "carts";
  ServiceView& orders = all[1];
  orders.name = "orders";
  orders.moved = 0.3;
  orders.copied = 1;
  orders.lag_us = 2'000'000;
  orders.backlog = 40;
  orders.fenced = true;
  orders.held = 7;
  orders.refused = 12;
  orders.differing = 1;
  orders.carried = {Carried::yes, Carried::stuck};
  return all;
}

}  // namespace

Deck full_deck() {
  constexpr std::int64_t kMinute = 60'000'000;
  Deck deck;
  deck.title = "A night";
  deck.file = "night.yaml";
  deck.seed = 7;
  deck.length_us = 60 * kMinute;
  deck.end_us = 240 * kMinute;
  deck.now_us = deck.known_us = 45 * kMinute;
  deck.reached_us = 50 * kMinute;
  deck.date = "2024-03-04 00:45";
  deck.phase = "cutover of orders: fence";
  deck.word = "OVER BUDGET";
  deck.mood = Mood::bad;
  deck.answer = "2 of 90 noticed";
  deck.tiles = {{"Shoppers who noticed", "2 of 90", "2.2 %, limit 0.1 %", Mood::bad},
                {"Lost or doubled", "0", "none so far", Mood::good},
                {"Charged wrongly", "0", "none so far", Mood::good},
                {"Slowest 1 % of pages", "1.2s", "without: 1s", Mood::plain},
                {"Behind", "0", "no rows differed", Mood::good},
                {"Compliance", "60 %", "of the checklist", Mood::doubt}};
  deck.bands = {{"capture of orders", BandKind::stream, 10 * kMinute, kNoInstant, 0},
                {"cutover of orders", BandKind::move, 44 * kMinute, kNoInstant, 1}};
  deck.pins = {{PinKind::surprise, 20 * kMinute, "surprise: slow link"}};
  deck.noticed_at = {44 * kMinute, 44 * kMinute + 1'000'000};
  deck.platforms = {PlatformView{"Old", 12, 80, false}, PlatformView{"New", 0, 9, true}};
  deck.services = rooms();
  deck.returns = true;
  deck.lost_by_rollback = 1118;
  deck.counts = {2, 90, 1, 1, 2};
  deck.judged_us = 44 * kMinute;
  deck.counted_us = deck.now_us;
  deck.dials_us = deck.rates_us = deck.now_us;
  deck.save_as = "night-flown.yaml";
  deck.links = {{"edge to source", {}, 0, 0},
                {"edge to target", {true, true}, 0, 0},
                {"source to target", {}, 150'000, 0},
                {"platforms to gateway", {}, 0, 10'000}};
  deck.front = "Shop";
  deck.weather = {"slow link"};
  deck.people = people(44 * kMinute);
  deck.sums = {{SumKind::cause, "slower", 1, 0, ""},
               {SumKind::harm, "order_lost", 2, 0, "order 8: told, not there"},
               {SumKind::cohort, "page checkout", 1, 40, ""}};
  deck.budget = {{LineState::fail, "shoppers who noticed", "noticed <= 0.1%", "2.2 %, limit 0.1 %",
                  "cutover of orders: fence", 90, 30, 44 * kMinute, Mood::bad, 0,
                  VerdictMetric::noticed, "", 0}};
  deck.events = {{44 * kMinute, "cutover of orders", "started", Mood::plain}};
  deck.rules = {{"payment", "payments are the target's", "art. 21", 60, 1}};
  deck.steps = {{0, "capture of orders", "over 00:10:00", false},
                {1, "cutover of payments", "waits", true}};
  deck.facts = {{"seed", "7"}};
  deck.shoppers_per_second = 4;
  deck.p99_limit_us = 2e6;
  auto tracks = std::make_shared<Tracks>(std::vector<std::string>{
      kPagesSource, kPagesTarget, kP50, kP99, kP99Control, kLag, kBacklog, "failures of checkout"});
  for (const std::string& name : tracks->names())
    for (std::int64_t i = 0; i < 45 * 60; ++i)
      tracks->find(name)->append({i * 1'000'000, static_cast<float>(i % 97)});
  deck.tracks = tracks;
  return deck;
}

}  // namespace pindah::test
