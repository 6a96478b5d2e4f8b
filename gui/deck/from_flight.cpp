#include "gui/deck/from_flight.h"

#include <fmt/format.h>

#include <algorithm>

#include "gui/deck/lives.h"
#include "gui/deck/telling.h"
#include "gui/deck/tiles.h"
#include "report/facts.h"
#include "report/pieces.h"
#include "traffic/intents.h"

namespace pindah::gui {

struct FlightDeck::Judged {
  std::string word, answer, way_back;
  std::vector<Person> people;
  std::vector<std::pair<std::int64_t, std::int64_t>>
      first;  // by shopper: her first different visit
  std::vector<std::int64_t> noticed_at;
  std::vector<BudgetRow> budget;
  TileFacts tiles;
  std::vector<RuleRow> rules;
  std::vector<Fact> facts;
  std::optional<TwoLives> chosen;
};

namespace {

// With names and texts that can be drawn.
std::vector<PastEvent> events_of(const World& world, const Scenario& scenario,
                                 const std::vector<PlanEvent>& plan) {
  std::vector<PastEvent> events = past_events(world, scenario, plan);
  for (PastEvent& event : events)
    for (std::string* text : {&event.name, &event.service, &event.text}) *text = plain_text(*text);
  return events;
}

Person person_of(const ReportInput& input, const Noticer& noticer) {
  const Lived lived = lived_of(input, noticer);
  return {noticer.intent,
          noticer.at.us,
          noticer.slower_us,
          plain_text(lived.persona),
          plain_text(lived.home),
          plain_text(lived.page),
          std::string(word_of(noticer.difference)),
          plain_text(noticer.cause),
          plain_text(noticer.culprit),
          plain_text(noticer.harm),
          noticer.empty_handed};
}

std::vector<BudgetRow> budget_of(const Verdict& verdict) {
  std::vector<BudgetRow> rows;
  for (const LineResult& line : verdict.lines) {
    const std::string state(word_of(line.state));
    rows.push_back({std::string(mark_of(line.state)), state, plain_text(line.line->name),
                    plain_text(line.line->text), plain_text(line.says), plain_text(line.where),
                    line.exposure, line.exposure_needed,
                    line.from == kNever ? kNoInstant : line.from.us, mood_of(state)});
  }
  return rows;
}

std::vector<RuleRow> rules_of(const World& world, const Record& record) {
  std::vector<RuleRow> rows;
  if (!world.compliance || record.compliance.empty()) return rows;
  for (std::size_t i = 0; i < world.compliance->rules.size(); ++i) {
    const ComplianceRule& rule = world.compliance->rules[i];
    rows.push_back({plain_text(rule.group), plain_text(rule.name), plain_text(rule.cites),
                    rule.weight, static_cast<double>(record.compliance.back().met_ppm[i]) / 1e6});
  }
  return rows;
}

std::vector<Fact> facts_of(const ReportInput& input, bool by_hand) {
  const RehearsalResult& result = input.result;
  return {{"file", plain_text(input.scenario.file)},
          {"world", plain_text(input.scenario.world_folder)},
          {"seed", std::to_string(input.scenario.seed)},
          {"digest so far", hex_text(result.digest)},
          {"sessions", grouped(result.comparison.shoppers)},
          {"exposed", grouped(result.comparison.exposed)},
          {"pages of both lives", grouped(result.pages)},
          {"failed in both lives", grouped(result.comparison.masked)},
          {"spillover", grouped(result.comparison.spillover)},
          {"pindah", pindah_version()},
          {"sqlite", sqlite_text()},
          {"to see it again", by_hand ? "save it as a scenario (Hands on), and run that"
                                      : plain_text(replay_command(input, "pindah"))}};
}

// One life of a shopper, page by page.
std::vector<PastPage> pages_of(const World& world, const Record& record, std::int64_t shopper) {
  std::vector<PastPage> pages;
  for (std::size_t i = 0; i < record.visits.size(); ++i)
    if (record.visits[i].intent == shopper) pages.push_back(past_page(world, record, i));
  return pages;
}

}  // namespace

FlightDeck::FlightDeck(const World& world, const Flight& flight, const Recorder& recorder,
                       std::string flags)
    : world_(world), flight_(flight), recorder_(recorder), flags_(std::move(flags)) {}

void FlightDeck::judge() {
  const RehearsalResult result = flight_.result();
  const ReportInput input{flight_.scenario(), world_, result, false, flags_};
  auto judged = std::make_shared<Judged>();
  judged->word = result.verdict.word;
  judged->answer = plain_text(flight_.over() ? answer(input) : noticed_text(input));
  judged->way_back = plain_text(way_back_text(result.verdict.way_back));
  for (const Noticer& noticer : result.comparison.noticers) {
    judged->people.push_back(person_of(input, noticer));
    judged->first.emplace_back(noticer.intent, noticer.visit);
    judged->noticed_at.push_back(noticer.at.us);
  }
  std::sort(judged->noticed_at.begin(), judged->noticed_at.end());
  judged->answer += first_and_most(judged->people);
  judged->budget = budget_of(result.verdict);
  TileFacts& tiles = judged->tiles;
  tiles.noticed = static_cast<std::int64_t>(result.comparison.noticers.size());
  tiles.exposed = result.comparison.exposed;
  tiles.budget = judged->budget;
  const Harmed harmed = harmed_of(world_, result.rehearsed);
  tiles.lost_or_doubled = harmed.lost_or_doubled;
  tiles.charged_wrongly = harmed.charged_wrongly;
  if (!result.rehearsed.compliance.empty())
    tiles.compliance = static_cast<double>(result.rehearsed.compliance.back().total_ppm) / 1e6;
  judged->rules = rules_of(world_, result.rehearsed);
  judged->facts = facts_of(input, !flight_.interventions().empty());
  judged_ = std::move(judged);
  if (chosen_ >= 0) choose(chosen_);
}

void FlightDeck::choose(std::int64_t shopper) {
  chosen_ = shopper;
  if (!judged_) return;
  auto judged = std::make_shared<Judged>(*judged_);
  judged->chosen.reset();
  for (std::size_t i = 0; i < judged->people.size(); ++i)
    if (judged->people[i].id == shopper)
      judged->chosen = two_lives(judged->people[i], judged->first[i].second,
                                 pages_of(world_, flight_.so_far(Life::control), shopper),
                                 pages_of(world_, flight_.so_far(Life::rehearsed), shopper));
  judged_ = std::move(judged);
}

void FlightDeck::put_judged(Deck& deck) const {
  if (!judged_) return;
  deck.word = judged_->word;
  deck.mood = mood_of_word(deck.word);
  if (!deck.over) {
    const bool broken = std::any_of(judged_->budget.begin(), judged_->budget.end(),
                                    [](const BudgetRow& row) { return row.mood == Mood::bad; });
    deck.word = broken ? "OVER BUDGET" : "WITHIN BUDGET SO FAR";
    deck.mood = broken ? Mood::bad : Mood::good;
  }
  deck.answer = judged_->answer;
  deck.way_back = judged_->way_back;
  deck.people = judged_->people;
  deck.noticed_at = judged_->noticed_at;
  deck.budget = judged_->budget;
  deck.rules = judged_->rules;
  deck.facts = judged_->facts;
  deck.chosen = judged_->chosen;
  if (world_.compliance) deck.rules_note = plain_text(world_.compliance->note);
}

void FlightDeck::put_dials(Deck& deck) const {
  const Gauges gauges = flight_.life(Life::rehearsed).gauges();
  for (const Side side : {Side::source, Side::target}) {
    const auto which = index(side);
    deck.houses[which] = {plain_text(world_.platforms[which].name), gauges.queue[which],
                          recorder_.pages_per_second(side), gauges.down[which]};
  }
  for (std::size_t i = 0; i < gauges.services.size(); ++i) {
    const ServiceGauges& service = gauges.services[i];
    Room room;
    room.name = plain_text(world_.services[i].name);
    room.moved = static_cast<double>(service.on_target_ppm) / 1e6;
    room.copied = static_cast<double>(service.copied_ppm) / 1e6;
    room.lag_us = service.lag.us;
    room.backlog = service.backlog;
    room.held = service.held;
    room.differing = service.differing;
    deck.rooms.push_back(std::move(room));
  }
  for (std::size_t i = 0; i < gauges.links.size(); ++i) {
    const LinkState& link = gauges.links[i];
    deck.wires.push_back({kLinks[i], link.cut, (link.delay - flight_.scenario().links[i].delay).us,
                          link.loss_ppm - flight_.scenario().links[i].loss_ppm});
  }
  deck.front = plain_text(flight_.life(Life::rehearsed).front());
  put_tiles(deck, gauges);
}

void FlightDeck::put_tiles(Deck& deck, const Gauges& gauges) const {
  TileFacts facts = judged_ ? judged_->tiles : TileFacts{};
  facts.over = flight_.over();
  for (const ServiceGauges& service : gauges.services) {
    facts.lag_us = std::max(facts.lag_us, service.lag.us);
    facts.differing += service.differing;
  }
  facts.p99_us = recorder_.p99_us(Life::rehearsed);
  facts.p99_control_us = recorder_.p99_us(Life::control);
  deck.tiles = tiles_of(facts);
}

void FlightDeck::put_plan(Deck& deck) const {
  const Scenario& scenario = flight_.scenario();
  const auto events = events_of(world_, scenario, flight_.so_far(Life::rehearsed).plan);
  deck.bands = bands_of(events);
  deck.pins = pins_of(events);
  deck.events = rows_of(events);
  deck.phase = phase_at(events, flight_.now().us);
  deck.weather = weather_at(events, flight_.now().us);
  put_streams(deck.rooms, deck.bands, deck.now_us);
  for (std::size_t i = 0; i < scenario.plan.size(); ++i) {
    const int number = static_cast<int>(i);
    std::string state = "waits";
    for (const PastEvent& event : events) {
      if (event.name != scenario.plan[i].name) continue;
      if (event.kind == "started") state = "began " + clock_text({event.at_us});
      if (event.kind == "finished") state = "over " + clock_text({event.at_us});
      if (event.kind == "skipped" || event.kind == "aborted") state = event.kind;
    }
    deck.steps.push_back({number, plain_text(scenario.plan[i].name), state, flight_.waits(number)});
  }
  for (const Intervention& hand : flight_.interventions()) {
    constexpr const char* kHands[] = {"a surprise", "a step begun", "a step held", "roll back",
                                      "traffic changed"};
    deck.pins.push_back({PinKind::hand, hand.at.us,
                         std::string("by hand: ") + kHands[static_cast<std::size_t>(hand.hand)]});
  }
}

std::shared_ptr<Deck> FlightDeck::make() const {
  auto deck = std::make_shared<Deck>();
  const Scenario& scenario = flight_.scenario();
  deck->title = plain_text(scenario.title.empty() ? scenario.file : scenario.title);
  deck->file = scenario.file;
  deck->seed = scenario.seed;
  deck->length_us = scenario.length.us;
  deck->end_us = flight_.end().us;
  deck->now_us = deck->known_us = flight_.now().us;
  deck->over = flight_.over();
  deck->date = date_text(scenario, flight_.now());
  put_judged(*deck);
  put_dials(*deck);
  put_plan(*deck);
  double rate = 0;
  for (const TrafficEntry& entry : scenario.traffic)
    rate += static_cast<double>(rate_micro(entry, flight_.now(), scenario)) / 1e6;
  deck->shoppers_per_second = rate;
  for (const BudgetLine& line : scenario.budget)
    if (line.budget.metric == VerdictMetric::p99 && line.budget.compare &&
        !line.budget.times_control_ppm)
      deck->p99_limit_us = static_cast<double>(line.budget.value);
  deck->tracks = recorder_.tracks();
  deck->branch = recorder_.branch();
  return deck;
}

}  // namespace pindah::gui
