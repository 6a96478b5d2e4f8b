#include "tests/gui/stage.h"

namespace pindah::test {

using namespace pindah::gui;

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
                {"Behind", "0 s", "no rows differed", Mood::good},
                {"Compliance", "60 %", "of the checklist", Mood::doubt}};
  deck.bands = {{"capture of orders", BandKind::stream, 10 * kMinute, kNoInstant, 0},
                {"cutover of orders", BandKind::move, 44 * kMinute, kNoInstant, 1}};
  deck.pins = {{PinKind::surprise, 20 * kMinute, "surprise: slow link"}};
  deck.noticed_at = {44 * kMinute, 44 * kMinute + 1'000'000};
  deck.platforms = {PlatformView{"Old", 12, 80, false}, PlatformView{"New", 0, 9, true}};
  deck.services = {{"carts", 0, 0, 0, 0, 0, 0, false},
                   {"orders", 0.3, 1, 2'000'000, 40, 7, 1, true}};
  deck.links = {{"edge to source", {}, 0, 0},
                {"edge to target", {true, true}, 0, 0},
                {"source to target", {}, 150'000, 0},
                {"platforms to gateway", {}, 0, 10'000}};
  deck.front = "Shop";
  deck.weather = {"slow link"};
  deck.people = {{11, 44 * kMinute, 0, "buyer", "Old", "checkout", "refused",
                  "refused during the fence", "cutover of orders: fence", "", true},
                 {5, 44 * kMinute + 1'000'000, 900'000, "window", "Old", "list", "slower", "slower",
                  "cutover of orders: drain", "", false}};
  deck.budget = {{LineState::fail, "shoppers who noticed", "noticed <= 0.1%", "2.2 %, limit 0.1 %",
                  "cutover of orders: fence", 90, 30, 44 * kMinute, Mood::bad}};
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
