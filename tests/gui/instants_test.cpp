// What the window shows of an instant is what is so then: while a rehearsal runs, paused, gone
// back, and from a run file, held against a rehearsal that nobody looked at and that was cut there.
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "gui/deck/from_run.h"
#include "gui/deck/plan_view.h"
#include "gui/driver/loop.h"
#include "report/harms.h"
#include "report/text.h"
#include "runfile/writer.h"
#include "tests/scratch.h"

using namespace pindah;
using namespace pindah::gui;
using namespace pindah::test;

namespace {

ScenarioAndWorld read(const std::string& name) {
  Problems problems;
  auto input =
      read_scenario(PINDAH_SOURCE_DIR "/tests/scenarios/instants-" + name + ".yaml", {}, problems);
  INFO(problems.text());
  REQUIRE(input);
  return std::move(*input);
}

const FlightOptions kOptions{2, 2LL << 30, minutes(1)};

// What is so at an instant.
struct Truth {
  std::int64_t at = 0;
  Counts counts;
  std::set<std::int64_t> noticed;
  Harmed harmed;
  std::int64_t lost_by_rollback = 0;
  Gauges gauges;
  std::array<double, 2> pages{};
  std::vector<std::int64_t> latencies;  // of the pages that a percentile is taken over, in order
  std::vector<std::string> lines;       // what each line of the budget says
  std::size_t begun = 0;                // steps
  std::string front;
};

// Of the last second or so, and of six times that.
void count_pages(const Flight& flight, Truth& truth) {
  const std::int64_t length = std::max<std::int64_t>(1'000'000, flight.scenario().length.us / 1200);
  const std::int64_t by = std::min(length, truth.at);
  for (const Visit& visit : flight.so_far(Life::rehearsed).visits) {
    const std::int64_t replied = visit.intended_us + visit.latency_us;
    if (visit.audit || replied > truth.at) continue;
    if (replied > truth.at - by)
      truth.pages[visit.on_target ? 1 : 0] += 1e6 / static_cast<double>(by);
    if (replied > truth.at - 6 * length) truth.latencies.push_back(visit.latency_us);
  }
  std::sort(truth.latencies.begin(), truth.latencies.end());
}

Truth truth_of(const World& world, const Flight& flight) {
  const RehearsalResult result = flight.result();
  const Comparison& comparison = result.comparison;
  Truth truth;
  truth.at = flight.now().us;
  truth.counts = {static_cast<std::int64_t>(comparison.noticers.size()), comparison.exposed,
                  comparison.annoyed, comparison.empty_handed, comparison.harmed};
  for (const Noticer& noticer : comparison.noticers) truth.noticed.insert(noticer.intent);
  truth.harmed = harmed_of(world, result.rehearsed);
  truth.lost_by_rollback = result.verdict.way_back.promises;
  truth.gauges = flight.life(Life::rehearsed).gauges();
  count_pages(flight, truth);
  for (const LineResult& line : result.verdict.lines) truth.lines.push_back(line.says);
  for (const PlanEvent& event : result.rehearsed.plan)
    truth.begun += event.kind == PlanEventKind::started ? 1 : 0;
  truth.front = flight.life(Life::rehearsed).front();
  return truth;
}

// Each instant by a flight that goes straight there.
std::vector<Truth> truths_at(const ScenarioAndWorld& input,
                             const std::vector<std::int64_t>& instants) {
  Flight flight(input, prepare(input, 2), kOptions);
  std::vector<Truth> truths;
  for (const std::int64_t at : instants) {
    flight.run_until({at});
    truths.push_back(truth_of(input.world, flight));
  }
  return truths;
}

// Evenly, and right after what the plan and the surprises did.
std::vector<std::int64_t> instants_of(const RehearsalResult& result, const Scenario& scenario) {
  constexpr int kHalf = 10;
  std::set<std::int64_t> instants;
  for (int i = 0; i < kHalf; ++i) instants.insert(scenario.length.us * (2 * i + 1) / (2 * kHalf));
  std::vector<std::int64_t> events;
  for (const PlanEvent& event : result.rehearsed.plan)
    if (event.at < scenario.length) events.push_back(event.at.us);
  for (std::size_t i = 0; i < kHalf; ++i)
    instants.insert(events[i * events.size() / kHalf] + static_cast<std::int64_t>(i % 3));
  return {instants.begin(), instants.end()};
}

void hold_owners(const Deck& deck, const Gauges& gauges) {
  REQUIRE(deck.services.size() == gauges.services.size());
  for (std::size_t i = 0; i < deck.services.size(); ++i) {
    const ServiceView& room = deck.services[i];
    const ServiceGauges& service = gauges.services[i];
    INFO(room.name);
    CHECK(room.moved == Approx(static_cast<double>(service.on_target_ppm) / 1e6));
    CHECK(room.fenced == service.fenced);
    CHECK(room.carried == service.carried);
  }
  for (std::size_t i = 0; i < deck.links.size(); ++i) {
    INFO(deck.links[i].name);
    CHECK(deck.links[i].cut == gauges.links[i].cut);
    CHECK(deck.links[i].loss_ppm == gauges.links[i].loss_ppm);
  }
}

void hold_dials(const Deck& deck, const Gauges& gauges) {
  for (std::size_t i = 0; i < deck.services.size(); ++i) {
    const ServiceView& room = deck.services[i];
    const ServiceGauges& service = gauges.services[i];
    INFO(room.name);
    CHECK(room.copied == Approx(static_cast<double>(service.copied_ppm) / 1e6));
    CHECK(room.lag_us == service.lag.us);
    CHECK(room.backlog == service.backlog);
    CHECK(room.held == service.held);
    CHECK(room.refused == service.refused);
    CHECK(room.differing == service.differing);
  }
  for (const std::size_t side : {0u, 1u}) {
    CHECK(deck.platforms[side].queue == gauges.queue[side]);
    CHECK(deck.platforms[side].down == gauges.down[side]);
  }
}

void hold_counts(const Deck& deck, const Truth& truth) {
  CHECK(deck.counts.noticed == truth.counts.noticed);
  CHECK(deck.counts.exposed == truth.counts.exposed);
  CHECK(deck.counts.annoyed == truth.counts.annoyed);
  CHECK(deck.counts.empty_handed == truth.counts.empty_handed);
  CHECK(deck.counts.harmed == truth.counts.harmed);
  std::set<std::int64_t> noticed;
  for (const Person& person : deck.people)
    if (person.noticed) noticed.insert(person.id);
  CHECK(noticed == truth.noticed);
  CHECK(static_cast<std::int64_t>(deck.noticed_at.size()) == truth.counts.noticed);
  REQUIRE(deck.tiles.size() == 6);
  if (truth.counts.exposed > 0)
    CHECK(deck.tiles[0].value ==
          grouped(truth.counts.noticed) + " of " + grouped(truth.counts.exposed));
  CHECK(deck.tiles[1].value == grouped(truth.harmed.lost_or_doubled));
  CHECK(deck.tiles[2].value == grouped(truth.harmed.charged_wrongly));
  CHECK(deck.lost_by_rollback == truth.lost_by_rollback);
}

// Everything that a rehearsal under way shows, but what is judged now and then.
void hold(const Deck& deck, const Truth& truth) {
  INFO("at " << clock_text({truth.at}, true));
  CHECK(deck.now_us == truth.at);
  CHECK(deck.counted_us <= truth.at);
  if (deck.counted_us == truth.at) hold_counts(deck, truth);
  hold_owners(deck, truth.gauges);
  hold_dials(deck, truth.gauges);
  CHECK(deck.dials_us == truth.at);
  for (const std::size_t side : {0u, 1u})
    CHECK(deck.platforms[side].pages_per_second == Approx(truth.pages[side]));
  const auto& took = truth.latencies;
  if (took.empty()) CHECK(deck.tiles[3].value == "–");
  if (!took.empty()) CHECK(deck.tiles[3].value != "–");
  CHECK(deck.bands.size() == truth.begun);
  CHECK(deck.front == truth.front);
  for (const Band& band : deck.bands) CHECK(band.from_us <= truth.at);
  CHECK(deck.judged_us <= truth.at);
}

void hold_judged(const Deck& deck, const Truth& truth) {
  CHECK(deck.judged_us == truth.at);
  CHECK(deck.counted_us == truth.at);
  REQUIRE(deck.budget.size() == truth.lines.size());
  for (std::size_t i = 0; i < truth.lines.size(); ++i) CHECK(deck.budget[i].says == truth.lines[i]);
}

void until_it_stands(Loop& loop) {
  while (loop.go_on()) {
  }
}

// At whatever instants decks are made; the last one is the end's.
std::vector<std::shared_ptr<Deck>> decks_while_it_runs(Loop& loop) {
  std::vector<std::shared_ptr<Deck>> decks;
  while (loop.go_on())
    if (auto deck = loop.look(false)) decks.push_back(std::move(deck));
  return decks;
}

// A scenario, what became of it without a window, and twenty of its instants.
struct Night {
  explicit Night(const std::string& name) : input(read(name)) {
    RehearsalOptions options;
    options.keep_pages = true;
    result = rehearse(input, options);
    truths = truths_at(input, instants_of(result, input.scenario));
  }
  ScenarioAndWorld input;
  RehearsalResult result;
  std::vector<Truth> truths;
};

// Made once, for all that is held against it.
const Night& night(const std::string& name) {
  static std::map<std::string, std::unique_ptr<Night>> nights;
  auto& one = nights[name];
  if (!one) one = std::make_unique<Night>(name);
  return *one;
}

// How many had noticed by an instant: when both lives had answered.
std::int64_t noticed_by(const RehearsalResult& result, std::int64_t at) {
  std::int64_t count = 0;
  for (const Noticer& noticer : result.comparison.noticers) {
    std::int64_t known = noticer.replied.us;
    for (const Visit& visit : result.control.visits)
      if (visit.intent == noticer.intent && visit.visit == noticer.visit)
        known = std::max(known, visit.intended_us + visit.latency_us);
    count += known <= at ? 1 : 0;
  }
  return count;
}

// By what the whole run knows: whose lives parted later is not among them, though a run that is cut
// before that still counts her. She is exposed when the page is answered that she has open then.
std::int64_t exposed_by(const RehearsalResult& result, std::int64_t at) {
  const std::vector<Micros>& since = result.comparison.exposed_at;
  std::vector<const Visit*> open(since.size(), nullptr);
  for (const Visit& visit : result.rehearsed.visits) {
    if (visit.intent >= since.size() || since[visit.intent] == kNever) continue;
    const std::int64_t instant = since[visit.intent].us;
    if (visit.intended_us > instant || visit.intended_us + visit.latency_us < instant) continue;
    const Visit*& known = open[visit.intent];
    if (known == nullptr || visit.intended_us >= known->intended_us) known = &visit;
  }
  std::int64_t count = 0;
  for (std::size_t intent = 0; intent < since.size(); ++intent) {
    const Visit* page = open[intent];
    const std::int64_t known = page ? page->intended_us + page->latency_us : since[intent].us;
    count += since[intent] != kNever && known <= at ? 1 : 0;
  }
  return count;
}

void hold_file(const Deck& deck, const Truth& truth, const RehearsalResult& result) {
  INFO("at " << clock_text({truth.at}, true) << " of the run file");
  hold_owners(deck, truth.gauges);
  CHECK(deck.counts.noticed == noticed_by(result, truth.at));
  CHECK(deck.counts.exposed == exposed_by(result, truth.at));
  CHECK(deck.front == truth.front);
  std::size_t begun = 0;
  for (const Band& band : deck.bands) begun += band.from_us <= truth.at ? 1 : 0;
  CHECK(begun == truth.begun);
  // What is sampled is that of its sample, and says of when that is.
  const auto& looks = result.rehearsed.gauges;
  const auto look = std::find_if(looks.begin(), looks.end(),
                                 [&](const Gauges& g) { return g.at.us == deck.dials_us; });
  REQUIRE(look != looks.end());
  CHECK((std::next(look) == looks.end() || std::next(look)->at.us > truth.at));
  hold_dials(deck, *look);
  const std::int64_t length = result.rehearsed.gauges_every.us;
  CHECK(deck.rates_us == truth.at / length * length);
  std::array<std::int64_t, 2> pages{};
  for (const Visit& visit : result.rehearsed.visits)
    if (!visit.audit && visit.intended_us / length == truth.at / length - 1)
      ++pages[visit.on_target ? 1 : 0];
  for (const std::size_t side : {0u, 1u})
    CHECK(deck.platforms[side].pages_per_second ==
          Approx(static_cast<double>(pages[side]) * 1e6 / static_cast<double>(length)));
}

}  // namespace

TEST_CASE("the window shows of every instant what is so then", "[instants]") {
  const std::string name = GENERATE("named", "share", "back");
  INFO(name);
  const ScenarioAndWorld& input = night(name).input;
  const RehearsalResult& result = night(name).result;
  const std::vector<Truth>& truths = night(name).truths;
  REQUIRE(truths.size() >= 18);
  Flight flight(input, prepare(input, 2), kOptions);
  Loop loop(input.world, flight, {true, Speed::most, {}}, "");

  SECTION("paused, and then gone back") {
    for (const Truth& truth : truths) {
      loop.obey({Verb::go_to, truth.at, {}, {}});
      until_it_stands(loop);
      const auto deck = loop.look(true);
      hold(*deck, truth);
      hold_judged(*deck, truth);
    }
    for (std::size_t i = truths.size(); i-- > 0;) {
      if (i % 4 != 1) continue;
      loop.obey({Verb::go_to, truths[i].at, {}, {}});
      const auto deck = loop.look(true);
      hold(*deck, truths[i]);
      hold_judged(*deck, truths[i]);
    }
  }
  SECTION("while it runs") {
    std::vector<std::shared_ptr<Deck>> decks = decks_while_it_runs(loop);
    std::vector<std::int64_t> at;
    std::vector<std::shared_ptr<Deck>> some;
    for (std::size_t i = 0; i < decks.size(); i += std::max<std::size_t>(1, decks.size() / 20)) {
      if (decks[i]->over || (!at.empty() && at.back() == decks[i]->now_us)) continue;
      some.push_back(decks[i]);
      at.push_back(decks[i]->now_us);
    }
    const std::vector<Truth> then = truths_at(input, at);
    for (std::size_t i = 0; i < some.size(); ++i) hold(*some[i], then[i]);
  }
  SECTION("from a run file") {
    const ScratchFile file("instants-" + name + ".pindah");
    loop.obey({Verb::go_to, flight.end().us, {}, {}});
    until_it_stands(loop);
    loop.obey({Verb::save, 0, file.path(), {}});
    Problems problems;
    auto run = RunFile::open(file.path(), problems);
    INFO(problems.text());
    REQUIRE(run);
    RunDeck deck(std::move(*run), file.path());
    for (const Truth& truth : truths) hold_file(*deck.at(truth.at), truth, result);
    const auto end = deck.at(deck.end_us()), flown = loop.look(true);
    CHECK(end->counts == flown->counts);
    CHECK(end->tiles[1].value == flown->tiles[1].value);
    CHECK(end->tiles[2].value == flown->tiles[2].value);
    CHECK(end->answer == flown->answer);
    CHECK(end->sums.size() == flown->sums.size());
  }
}
