// What the window says and where, without anything that draws.
#include <catch2/catch.hpp>

#include "gui/deck/lives.h"
#include "gui/deck/plan_view.h"
#include "gui/deck/tiles.h"
#include "gui/plots/ticks.h"
#include "gui/window/table.h"

using namespace pindah;
using namespace pindah::gui;

TEST_CASE("ticks are round, reach the top, and are not too many") {
  for (double most = 0.0007; most < 1e9; most *= 1.37) {
    const std::vector<double> ticks = round_ticks(most, 5);
    INFO(most);
    CHECK(ticks.front() == 0);
    CHECK(ticks.back() >= most * 0.999);
    CHECK(ticks.size() <= 7);
    CHECK(ticks.size() >= 2);
    CHECK(ticks[ticks.size() - 2] < most);
    const double step = ticks[1];
    const double mantissa = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
    CHECK((mantissa == Approx(1) || mantissa == Approx(2) || mantissa == Approx(5)));
  }
}

TEST_CASE("instants on an axis are round and within") {
  const std::int64_t from = 13'000'000, until = 3'700'000'000;
  const auto ticks = time_ticks(from, until, 8);
  REQUIRE(ticks.size() >= 3);
  CHECK(ticks.size() <= 9);
  for (const std::int64_t at : ticks) {
    CHECK(at >= from);
    CHECK(at <= until);
    CHECK(at % 600'000'000 == 0);
  }
  CHECK(tick_text(600'000'000, 600'000'000) == "00:10");
  CHECK(tick_text(12'000'000, 2'000'000) == "00:00:12");
  CHECK(tick_text(30LL * 86'400'000'000, 86'400'000'000) == "d 30");
}

TEST_CASE("quantities are short") {
  CHECK(quantity_text(Quantity::micros, 0) == "0");
  CHECK(quantity_text(Quantity::micros, 850) == "850us");
  CHECK(quantity_text(Quantity::micros, 1'250'000) == "1.25s");
  CHECK(quantity_text(Quantity::micros, 100e6) == "100s");  // as ticks are
  CHECK(quantity_text(Quantity::micros, 630e6) == "10.5min");
  CHECK(quantity_text(Quantity::per_second, 350) == "350/s");
  CHECK(quantity_text(Quantity::count, 12'345) == "12.3k");
}

TEST_CASE("what is clicked on the timeline is what stands there") {
  const Scale scale(3'600'000'000, 14'400'000'000);
  for (const std::int64_t at :
       {0LL, 1'234'567'890LL, 3'600'000'000LL, 9'000'000'000LL, 14'400'000'000LL})
    CHECK(std::abs(scale.instant(scale.at(at)) - at) <= 2);
  CHECK(scale.at(3'600'000'000) == Approx(Scale::kBeforeKnee));
  CHECK(Scale(10, 10).instant(0.5) == 5);
}

namespace {

PastEvent event_of(std::int64_t at, PlanEventKind kind, const PastStep& step,
                   Phase phase = Phase::none) {
  PastEvent event;
  event.at_us = at;
  event.kind = kind;
  event.step_kind = step.kind;
  event.phase = phase;
  event.name = step.name;
  if (!step.services.empty()) event.service = step.services.front();
  return event;
}

PastEvent surprise_of(std::int64_t at, Phase phase) {
  PastEvent event;
  event.at_us = at;
  event.kind = PlanEventKind::surprise;
  event.phase = phase;
  event.name = "slow link";
  return event;
}

// A capture, a copy and a cutover of orders, called as the argument says.
Told night(const std::string& capture, const std::string& copy, const std::string& cutover) {
  Told told;
  told.services = {"orders"};
  told.steps = {{capture, StepKind::capture, {"orders"}},
                {copy, StepKind::copy, {"orders"}},
                {cutover, StepKind::cutover, {"orders"}}};
  const auto& s = told.steps;
  told.events = {event_of(0, PlanEventKind::started, s[0]),
                 event_of(10, PlanEventKind::started, s[1]),
                 event_of(20, PlanEventKind::finished, s[1]),
                 event_of(30, PlanEventKind::started, s[2]),
                 event_of(31, PlanEventKind::phase, s[2], Phase::fence),
                 event_of(33, PlanEventKind::phase, s[2], Phase::switch_over),
                 event_of(40, PlanEventKind::finished, s[2]),
                 surprise_of(50, Phase::on),
                 surprise_of(60, Phase::off)};
  told.events[4].count = 5;
  return told;
}

}  // namespace

TEST_CASE("steps become bands in lanes of their own while they overlap") {
  const Told told = night("capture of orders", "copy of orders", "cutover of orders");
  const auto bands = bands_of(told);
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].until_us == kNoInstant);
  CHECK(bands[0].lane == 0);
  CHECK(bands[1].lane == 1);
  CHECK(bands[2].lane == 1);
  CHECK(phase_at(told, 32) == "cutover of orders: fence");
  CHECK(phase_at(told, 15) == "copy of orders");
  CHECK(phase_at(told, 45) == "capture of orders");
  CHECK(weather_at(told, 55) == std::vector<std::string>{"slow link"});
  CHECK(weather_at(told, 65).empty());
  CHECK(pins_of(told).size() == 2);
  CHECK(rows_of(told)[4].detail == "fence, 5 writes in flight");
}

TEST_CASE("a step is what it does, whatever it is called") {
  // Named as if each were another.
  const Told told = night("cutover of everything", "retire the rest", "the night");
  const auto bands = bands_of(told);
  REQUIRE(bands.size() == 3);
  CHECK(bands[0].kind == BandKind::stream);
  CHECK(bands[1].kind == BandKind::copy);
  CHECK(bands[2].kind == BandKind::move);
  CHECK(phase_at(told, 32) == "the night: fence");
  CHECK(phase_at(told, 15) == "retire the rest");
  CHECK(pins_of(told).front().kind == PinKind::move);
  Told back = told;
  back.steps[2].kind = StepKind::rollback;
  for (PastEvent& event : back.events)
    if (event.step_kind == StepKind::cutover) event.step_kind = StepKind::rollback;
  CHECK(pins_of(back).front().kind == PinKind::back);
}

TEST_CASE("a step of several services is over with the last of them") {
  Told told;
  told.services = {"payments", "orders"};
  told.steps = {{"the bringing over", StepKind::apply, {"payments", "orders"}},
                {"both", StepKind::cutover, {"payments", "orders"}}};
  told.events = {event_of(0, PlanEventKind::started, told.steps[0]),
                 event_of(5, PlanEventKind::started, told.steps[1]),
                 event_of(10, PlanEventKind::finished, told.steps[0]),
                 event_of(20, PlanEventKind::finished, told.steps[1])};
  REQUIRE(bands_of(told).size() == 2);
  CHECK(bands_of(told)[0].until_us == kNoInstant);
  CHECK(bands_of(told)[1].until_us == 20);  // which tells its end once
  told.events.push_back(event_of(30, PlanEventKind::finished, told.steps[0]));
  told.events.back().service = "orders";
  CHECK(bands_of(told)[0].until_us == 30);
}

TEST_CASE("what is under way counts in the header as in the blame") {
  // A retirement goes before a copy, though it began earlier.
  Told told;
  told.services = {"orders"};
  told.steps = {{"retire of orders", StepKind::retire, {"orders"}},
                {"copy of orders", StepKind::copy, {"orders"}}};
  told.events = {event_of(10, PlanEventKind::started, told.steps[0]),
                 event_of(20, PlanEventKind::started, told.steps[1])};
  CHECK(phase_at(told, 30) == "retire of orders");
}

TEST_CASE("the shop is called what the last renaming says, whatever the step is called") {
  Told told;
  told.steps = {{"a new sign", StepKind::rename, {}}};
  told.events = {event_of(10, PlanEventKind::started, told.steps[0]),
                 event_of(10, PlanEventKind::finished, told.steps[0])};
  told.events[1].renamed = told.events[1].text = "New";
  CHECK(front_at(told, 5, "Old") == "Old");
  CHECK(front_at(told, 15, "Old") == "New");
  CHECK(rows_of(told)[1].detail == "finished: New");
}

TEST_CASE("a phase of a step of several services says of which it is") {
  Told told;
  told.services = {"payments", "orders"};
  told.steps = {{"both", StepKind::cutover, {"payments", "orders"}},
                {"one", StepKind::cutover, {"orders"}}};
  told.events = {event_of(0, PlanEventKind::phase, told.steps[0], Phase::fence),
                 event_of(0, PlanEventKind::aborted, told.steps[1], Phase::drain),
                 event_of(0, PlanEventKind::started, told.steps[0])};
  told.events[0].count = 2;
  told.events[1].text = "too long";
  const auto rows = rows_of(told);
  CHECK(rows[0].detail == "fence of payments, 2 writes in flight");
  CHECK(rows[1].detail == "aborted: too long");
  CHECK(rows[2].detail == "started");
}

TEST_CASE("columns get what they need, and the widest ones less where there is too little") {
  using Widths = std::vector<float>;
  CHECK(fitted_widths({10, 30}, 80) == Widths{20, 60});
  CHECK(fitted_widths({10, 30, 60}, 60) == Widths{10, 25, 25});
  CHECK(fitted_widths({10, 20, 60}, 60) == Widths{10, 20, 30});
  CHECK(fitted_widths({50, 50}, 20) == Widths{10, 10});
}

TEST_CASE("where there is too little room the spare columns go, the last one first") {
  const TableSpec table{"t", {{"a", false, true}, {"b"}, {"c", false, true}, {"d"}}, {}, "", -1,
                        -1};
  const auto shown = [&](float room) {
    std::vector<float> needed{10, 20, 30, 40};
    return std::pair{shown_columns(table, needed, room), needed};
  };
  CHECK(shown(100).first == std::vector<bool>{true, true, true, true});
  CHECK(shown(99).first == std::vector<bool>{true, true, false, true});
  CHECK(shown(99).second == std::vector<float>{10, 20, 0, 40});
  CHECK(shown(1).first == std::vector<bool>{false, true, false, true});
}

TEST_CASE("tiles say the limit and whether it holds") {
  TileFacts facts;
  facts.counts.noticed = 27;
  facts.counts.exposed = 392;
  facts.budget = {{LineState::fail, "who noticed", "noticed <= 0.1%", "6.9 %, limit 0.1 %", "", 392,
                   30, 5, Mood::bad, 0, VerdictMetric::noticed, "", 0}};
  facts.charged_wrongly = 2;
  facts.compliance = 0.876;
  const auto tiles = tiles_of(facts);
  REQUIRE(tiles.size() == 6);
  CHECK(tiles[0].value == "27 of 392");
  CHECK(tiles[0].note == "6.9 %, limit 0.1 %");
  CHECK(tiles[0].mood == Mood::bad);
  CHECK(tiles[1].mood == Mood::good);
  CHECK(tiles[2].mood == Mood::bad);
  CHECK(tiles[5].value == "87 %");  // what is met is rounded down
  CHECK(row_of(facts.budget, VerdictMetric::compliance, 0) == nullptr);
  // Of all pages of late, unless the budget limits those of one.
  CHECK(tiles[3].name == "Slowest 1 % of pages");
  CHECK(tiles[3].mood == Mood::plain);
  facts.p99_us = 2e6;
  CHECK(tiles_of(facts)[3].value == "2s");
  facts.budget.push_back({LineState::fail, "quick", "p99(checkout) <= 1.2 x control",
                          "3.6s, limit 3.5s", "", 900, 100, 5, Mood::bad, 3'600'000,
                          VerdictMetric::p99, "checkout", 0});
  const Tile limited = tiles_of(facts)[3];
  CHECK(limited.name == "Slowest 1 % of checkout");
  CHECK(limited.value == "3.6s");
  CHECK(limited.note == "3.6s, limit 3.5s");
  CHECK(limited.mood == Mood::bad);
  facts.budget.back().state = LineState::inconclusive;
  CHECK(tiles_of(facts)[3].value == "–");
}

TEST_CASE("a tile shows the line that counts at the instant, whatever it is called") {
  const auto line = [](std::int64_t after, LineState state, const char* says) {
    return BudgetRow{
        state, "noticed by half",         "compliance", says, "", 1, 1, kNoInstant, mood_of(state),
        0,     VerdictMetric::compliance, "",           after};
  };
  TileFacts facts;
  facts.compliance = 0.76;
  facts.budget = {line(10, LineState::pass, "75 % = 75 %"),
                  line(20, LineState::fail, "76 % != 87 %"),
                  line(30, LineState::inconclusive, "100 %")};
  CHECK(tiles_of(facts)[5].note == "of the checklist");
  facts.now_us = 15;
  CHECK(tiles_of(facts)[5].note == "75 % = 75 %");
  facts.now_us = 25;
  CHECK(tiles_of(facts)[5].note == "76 % != 87 %");
  CHECK(tiles_of(facts)[5].mood == Mood::bad);
  facts.now_us = 35;
  CHECK(tiles_of(facts)[5].note == "too little yet: 1 of 1");
}

TEST_CASE("two lives pair by visit, and say what the page showed otherwise") {
  Person who;
  who.id = 3;
  std::vector<PastPage> control(2), rehearsed(2);
  for (std::int64_t i = 0; i < 2; ++i) {
    for (auto* life : {&control, &rehearsed}) {
      PastPage& page = (*life)[static_cast<std::size_t>(i)];
      page.visit = i;
      page.page = "order";
      page.end = PageEnd::ok;
      page.intended_us = 100 * i;
      page.shown = R"({"total": 10, "state": "paid"})";
    }
  }
  rehearsed[1].shown = R"({"total": 10, "state": "unpaid"})";
  const TwoLives lives = two_lives(who, 1, control, rehearsed);
  REQUIRE(lives.pages.size() == 2);
  CHECK_FALSE(lives.pages[0].differs);
  CHECK(lives.pages[1].first_difference);
  REQUIRE(lives.shown.size() == 1);
  CHECK(lives.shown[0].name == "state");
  CHECK(lives.shown[0].rehearsed == "unpaid");
  CHECK(lives.pages[1].rehearsed.ends_with("; state: unpaid"));
}

TEST_CASE("tables sort by number where they are numbers") {
  const TableSpec table{
      "t", {{"name"}, {"count", true}}, {{{"b", 0}, {"9", 9}}, {{"a", 0}, {"10", 10}}}, "", -1, -1};
  CHECK(sorted_rows(table, 1, true) == std::vector<int>{0, 1});
  CHECK(sorted_rows(table, 1, false) == std::vector<int>{1, 0});
  CHECK(sorted_rows(table, 0, true) == std::vector<int>{1, 0});
  CHECK(sorted_rows(table, -1, true) == std::vector<int>{0, 1});
  CHECK(table_text(table) == "name\tcount\nb\t9\na\t10\n");
}
