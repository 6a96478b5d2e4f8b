#include "gui/deck/from_flight.h"

#include <fmt/format.h>

#include <algorithm>

#include "gui/deck/lives.h"
#include "gui/deck/tiles.h"
#include "report/harms.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/version.h"
#include "runfile/past.h"
#include "traffic/intents.h"

namespace pindah::gui {

namespace {

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
  judged->mood = mood_of_word(judged->word);
  judged->answer = plain_text(flight_.over() ? answer(input) : noticed_text(input));
  judged->way_back = plain_text(way_back_text(result.verdict.way_back));
  first_.clear();
  for (const Noticer& noticer : result.comparison.noticers) {
    const PastShopper shopper = past_shopper(input, noticer);
    judged->people.push_back(person_of(shopper));
    first_.push_back(shopper.visit);
  }
  complete(*judged);
  for (const PastLine& line : past_lines(result.verdict))
    judged->budget.push_back(budget_row(line));
  if (!flight_.over()) {
    const bool broken = std::any_of(judged->budget.begin(), judged->budget.end(),
                                    [](const BudgetRow& row) { return row.mood == Mood::bad; });
    judged->word = broken ? "OVER BUDGET" : "WITHIN BUDGET SO FAR";
    judged->mood = broken ? Mood::bad : Mood::good;
  }
  judged->noticed = static_cast<std::int64_t>(result.comparison.noticers.size());
  judged->exposed = result.comparison.exposed;
  const Harmed harmed = harmed_of(world_, result.rehearsed);
  judged->lost_or_doubled = harmed.lost_or_doubled;
  judged->charged_wrongly = harmed.charged_wrongly;
  if (!result.rehearsed.compliance.empty())
    compliance_ = static_cast<double>(result.rehearsed.compliance.back().total_ppm) / 1e6;
  judged->rules = rules_of(world_, result.rehearsed);
  if (world_.compliance) judged->rules_note = plain_text(world_.compliance->note);
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
      judged->chosen = two_lives(judged->people[i], first_[i],
                                 pages_of(world_, flight_.so_far(Life::control), shopper),
                                 pages_of(world_, flight_.so_far(Life::rehearsed), shopper));
  judged_ = std::move(judged);
}

Dials FlightDeck::dials() const {
  Dials dials;
  const Gauges gauges = flight_.life(Life::rehearsed).gauges();
  for (const Side side : {Side::source, Side::target}) {
    const auto which = index(side);
    dials.platforms[which] = {plain_text(world_.platforms[which].name), gauges.queue[which],
                              recorder_.pages_per_second(side), gauges.down[which]};
  }
  for (std::size_t i = 0; i < gauges.services.size(); ++i) {
    const ServiceGauges& service = gauges.services[i];
    ServiceView view;
    view.name = plain_text(world_.services[i].name);
    view.moved = static_cast<double>(service.on_target_ppm) / 1e6;
    view.copied = static_cast<double>(service.copied_ppm) / 1e6;
    view.lag_us = service.lag.us;
    view.backlog = service.backlog;
    view.held = service.held;
    view.differing = service.differing;
    dials.services.push_back(std::move(view));
  }
  for (std::size_t i = 0; i < gauges.links.size(); ++i) {
    const LinkState& link = gauges.links[i];
    dials.links.push_back({kLinks[i], link.cut, (link.delay - flight_.scenario().links[i].delay).us,
                           link.loss_ppm - flight_.scenario().links[i].loss_ppm});
  }
  dials.front = plain_text(flight_.life(Life::rehearsed).front());
  for (const TrafficEntry& entry : flight_.scenario().traffic)
    dials.shoppers_per_second +=
        static_cast<double>(rate_micro(entry, flight_.now(), flight_.scenario())) / 1e6;
  dials.p99_us = recorder_.p99_us(Life::rehearsed);
  dials.p99_control_us = recorder_.p99_us(Life::control);
  dials.compliance = compliance_;
  return dials;
}

bool FlightDeck::waits(std::size_t place) const {
  return flight_.waits(step_id(flight_.scenario().plan[place].name));
}

std::vector<Pin> FlightDeck::by_hand() const {
  std::vector<Pin> pins;
  for (const Intervention& hand : flight_.interventions()) {
    constexpr const char* kHands[] = {"a surprise", "a step begun", "a step held", "roll back",
                                      "traffic changed"};
    pins.push_back({PinKind::intervention, hand.at.us,
                    std::string("by hand: ") + kHands[static_cast<std::size_t>(hand.kind)]});
  }
  return pins;
}

Deck FlightDeck::header() const {
  Deck deck;
  const Scenario& scenario = flight_.scenario();
  deck.title = plain_text(scenario.title.empty() ? scenario.file : scenario.title);
  deck.file = scenario.file;
  deck.seed = scenario.seed;
  deck.length_us = scenario.length.us;
  deck.end_us = flight_.end().us;
  deck.now_us = deck.known_us = flight_.now().us;
  deck.over = flight_.over();
  deck.date = date_text(scenario, flight_.now());
  for (const BudgetLine& line : scenario.budget)
    if (line.budget.metric->id == VerdictMetric::p99 && line.budget.compare &&
        !line.budget.times_control_ppm)
      deck.p99_limit_us = static_cast<double>(line.budget.value);
  deck.tracks = recorder_.tracks();
  deck.branch = recorder_.branch();
  return deck;
}

std::shared_ptr<Deck> FlightDeck::make() {
  const Scenario& scenario = flight_.scenario();
  Told told;
  for (const Service& service : world_.services) told.services.push_back(service.name);
  told.steps = past_steps(world_, scenario);
  told.events = past_events(world_, scenario, flight_.so_far(Life::rehearsed).plan);
  told_ = drawable(std::move(told));
  return build_deck(*this);
}

}  // namespace pindah::gui
