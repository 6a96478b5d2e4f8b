#include "gui/deck/from_flight.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "gui/deck/lives.h"
#include "gui/deck/tiles.h"
#include "report/blame_words.h"
#include "report/lived.h"
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

std::vector<Fact> facts_of(const ReportInput& input, bool by_hand, bool over) {
  const RehearsalResult& result = input.result;
  return {{"file", plain_text(input.scenario.file)},
          {"world", plain_text(input.scenario.world_folder)},
          {"seed", std::to_string(input.scenario.seed)},
          {over ? "digest" : "digest so far", hex_text(result.digest)},
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

// Before anybody has lived nothing holds and nothing is broken.
void put_word_so_far(std::int64_t shoppers, Judged& judged) {
  const bool broken = std::any_of(judged.budget.begin(), judged.budget.end(),
                                  [](const BudgetRow& row) { return row.mood == Mood::bad; });
  judged.word = broken ? "OVER BUDGET" : "WITHIN BUDGET SO FAR";
  judged.mood = broken ? Mood::bad : Mood::good;
  if (broken || shoppers > 0) return;
  judged.word = "NOT BEGUN";
  judged.mood = Mood::plain;
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

ReportInput FlightDeck::input() const {
  return {flight_.scenario(), world_, people_, false, flags_};
}

// Another past, or other people: nothing of what was known holds.
void FlightDeck::start_anew() {
  past_ = flight_.past();
  over_ = flight_.over();
  version_ = 0;
  cases_ = 0;
  harms_.emplace(world_);
  cases_of_.clear();
  known_.clear();
  people_.intents = flight_.intents();
  befallen_ = {};
  lives_of_ = 0;
}

void FlightDeck::take_cases() {
  const std::vector<AnomalyCase> found = flight_.cases_after(cases_);
  cases_ += found.size();
  for (const AnomalyCase& one : found) {
    harms_->add(one);
    cases_of_[one.intent].push_back(one);
  }
  befallen_.lost_or_doubled = harms_->so_far().lost_or_doubled;
  befallen_.charged_wrongly = harms_->so_far().charged_wrongly;
}

Person FlightDeck::person_of_harm(std::uint32_t intent, Micros at) const {
  Noticer who;
  who.intent = intent;
  const Lived lived = lived_of(input(), who);
  PastHarmed past{intent, at.us, lived.persona, lived.home, {}, {}, {}};
  const auto cases = cases_of_.find(intent);
  for (const AnomalyCase& one :
       cases == cases_of_.end() ? std::vector<AnomalyCase>{} : cases->second) {
    if (one.at != at || !past.name.empty()) continue;
    past.name = world_.anomalies[static_cast<std::size_t>(one.anomaly)].name;
    past.detail = one.detail;
    past.culprit = BlameWords(world_, flight_.scenario()).sentence(one.culprit, one.how);
  }
  return person_of(past);
}

// Of those who stand as they stood nothing is looked up again.
Person FlightDeck::person_of_noticer(const Noticer& noticer) {
  const auto same = [](const Noticer& a, const Noticer& b) {
    return std::tie(a.at, a.visit, a.cause, a.culprit, a.harm, a.harm_culprit, a.harmed, a.annoyed,
                    a.empty_handed) == std::tie(b.at, b.visit, b.cause, b.culprit, b.harm,
                                                b.harm_culprit, b.harmed, b.annoyed,
                                                b.empty_handed);
  };
  const auto known = known_.find(noticer.intent);
  if (known != known_.end() && same(known->second.first, noticer)) return known->second.second;
  Person person = person_of(past_shopper(input(), noticer));
  known_[noticer.intent] = {noticer, person};
  return person;
}

void FlightDeck::name_harms(Person& person) const {
  const auto cases = cases_of_.find(static_cast<std::uint32_t>(person.id));
  if (cases == cases_of_.end() || !person.harmed) return;
  std::set<std::string> names;
  for (const AnomalyCase& one : cases->second)
    names.insert(plain_text(world_.anomalies[static_cast<std::size_t>(one.anomaly)].name));
  person.harm_names.assign(names.begin(), names.end());
}

void FlightDeck::put_people() {
  befallen_.people.clear();
  befallen_.noticed_at.clear();
  const Running& running = flight_.running();
  for (const auto& [intent, noticer] : running.noticers()) {
    befallen_.people.push_back(person_of_noticer(noticer));
    befallen_.noticed_at.push_back(noticer.replied.us);
  }
  for (const auto& [intent, at] : running.harms())
    if (running.noticers().count(intent) == 0)
      befallen_.people.push_back(person_of_harm(intent, at));
  for (Person& person : befallen_.people) name_harms(person);
  sort_people(befallen_.people);
  std::sort(befallen_.noticed_at.begin(), befallen_.noticed_at.end());
  const Running::Counts& counts = running.counts();
  befallen_.counts = {counts.noticed, counts.exposed, counts.annoyed, counts.empty_handed,
                      counts.harmed};
}

// All that is new since the last deck.
void FlightDeck::take() {
  if (past_ != flight_.past() || over_ != flight_.over() || !harms_) start_anew();
  take_cases();
  befallen_.lost_by_rollback = flight_.way_back().promises;
  befallen_.at_us = flight_.running().at().us;
  if (version_ == flight_.running().version() && version_ != 0) return;
  put_people();
  version_ = flight_.running().version();
}

void FlightDeck::count() { flight_.recount(); }

void FlightDeck::judge() {
  const RehearsalResult result = flight_.result();
  const ReportInput input{flight_.scenario(), world_, result, false, flags_};
  auto judged = std::make_shared<Judged>();
  judged->at_us = flight_.now().us;
  judged->word = result.verdict.word;
  judged->mood = mood_of_word(judged->word);
  judged->before = plain_text(broken_text(result.verdict));
  if (flight_.over()) {
    const std::string all = answer(input), noticed = noticed_text(input);
    judged->before = plain_text(all.substr(0, all.size() - noticed.size()));
  }
  judged->limit = plain_text(limit_text(result.verdict));
  judged->way_back = plain_text(way_back_text(result.verdict.way_back));
  for (const PastLine& line : past_lines(result.verdict))
    judged->budget.push_back(budget_row(line));
  if (!flight_.over()) put_word_so_far(result.comparison.shoppers, *judged);
  judged->cohorts = past_cohorts(result.comparison);
  judged->harms = past_harms(input);
  if (!result.rehearsed.compliance.empty())
    compliance_ = static_cast<double>(result.rehearsed.compliance.back().total_ppm) / 1e6;
  judged->rules = rules_of(world_, result.rehearsed);
  if (world_.compliance) judged->rules_note = plain_text(world_.compliance->note);
  judged->facts = facts_of(input, !flight_.interventions().empty(), flight_.over());
  judged_ = std::move(judged);
}

void FlightDeck::choose(std::int64_t shopper) {
  chosen_ = shopper;
  lives_of_ = 0;
}

// Her lives go on while they are looked at.
void FlightDeck::put_lives() {
  const std::size_t visits = flight_.so_far(Life::rehearsed).visits.size() + 1;
  if (chosen_ < 0) lives_.reset();
  if (chosen_ < 0 || lives_of_ == visits) return;
  lives_of_ = visits;
  lives_.reset();
  const auto who = std::find_if(befallen_.people.begin(), befallen_.people.end(),
                                [&](const Person& person) { return person.id == chosen_; });
  if (who == befallen_.people.end()) return;
  const auto known = known_.find(static_cast<std::uint32_t>(chosen_));
  const bool noticed = who->noticed && known != known_.end();
  lives_ = two_lives(*who, noticed ? std::int64_t{known->second.first.visit} : std::int64_t{-1},
                     pages_of(world_, flight_.so_far(Life::control), chosen_),
                     pages_of(world_, flight_.so_far(Life::rehearsed), chosen_));
}

Dials FlightDeck::dials() const {
  Dials dials;
  dials.at_us = dials.rates_at_us = flight_.now().us;
  const PerSide<double> pages = recorder_.pages_per_second();
  const Gauges gauges = flight_.life(Life::rehearsed).gauges();
  for (const Side side : {Side::source, Side::target}) {
    const auto which = index(side);
    dials.platforms[which] = {plain_text(world_.platforms[which].name), gauges.queue[which],
                              pages[which], gauges.down[which]};
  }
  for (std::size_t i = 0; i < gauges.services.size(); ++i) {
    const ServiceGauges& service = gauges.services[i];
    ServiceView view;
    view.name = plain_text(world_.services[i].name);
    view.moved = static_cast<double>(service.on_target_ppm) / 1e6;
    view.copied = static_cast<double>(service.copied_ppm) / 1e6;
    view.lag_us = service.lag.us;
    view.backlog = service.backlog;
    view.fenced = service.fenced;
    view.held = service.held;
    view.refused = service.refused;
    view.carried = service.carried;
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
  dials.compliance_at_us = judged_ ? judged_->at_us : 0;
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
  take();
  put_lives();
  return build_deck(*this);
}

}  // namespace pindah::gui
