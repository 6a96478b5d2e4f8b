#include <algorithm>
#include <tuple>

#include "gui/deck/source.h"
#include "gui/deck/sums.h"
#include "gui/deck/tiles.h"
#include "report/summary.h"
#include "report/text.h"

namespace pindah::gui {

Person person_of(const PastShopper& shopper) {
  Person person;
  person.id = shopper.id;
  person.at_us = shopper.replied_us;
  person.began_us = shopper.noticed_at_us;
  person.slower_us = shopper.slower_us;
  person.persona = plain_text(shopper.persona);
  person.home = plain_text(shopper.home);
  person.page = plain_text(shopper.page);
  person.difference = plain_text(shopper.difference);
  person.cause = plain_text(shopper.cause);
  person.culprit = plain_text(shopper.culprit);
  person.harm = plain_text(shopper.harm);
  person.annoyed = shopper.annoyed;
  person.empty_handed = shopper.empty_handed;
  person.harmed = shopper.harmed;
  return person;
}

Person person_of(const PastHarmed& harmed) {
  Person person;
  person.id = harmed.id;
  person.at_us = harmed.at_us;
  person.noticed = false;
  person.harmed = true;
  person.persona = plain_text(harmed.persona);
  person.home = plain_text(harmed.home);
  person.harm_names = {plain_text(harmed.name)};
  person.harm = plain_text(harmed.detail);
  if (!harmed.culprit.empty()) person.harm += "; " + plain_text(harmed.culprit);
  return person;
}

void sort_people(std::vector<Person>& people) {
  std::sort(people.begin(), people.end(), [](const Person& a, const Person& b) {
    return std::tie(a.at_us, a.id) < std::tie(b.at_us, b.id);
  });
}

namespace {

void put_judged(const Judged& judged, Deck& deck) {
  deck.judged_us = judged.at_us;
  deck.word = judged.word;
  deck.mood = judged.mood;
  deck.way_back = judged.way_back;
  deck.budget = judged.budget;
  deck.rules = judged.rules;
  deck.rules_note = judged.rules_note;
  deck.facts = judged.facts;
}

std::string answer_of(const Judged& judged, const Befallen& befallen) {
  return judged.before +
         plain_text(noticed_text(befallen.counts.noticed, befallen.counts.exposed)) +
         (befallen.counts.exposed > 0 ? judged.limit : std::string()) +
         first_and_most(befallen.people);
}

void put_befallen(const RunSource& source, Deck& deck) {
  const Befallen& befallen = source.befallen();
  deck.counts = befallen.counts;
  deck.counted_us = befallen.at_us;
  deck.people = befallen.people;
  deck.noticed_at = befallen.noticed_at;
  deck.lost_by_rollback = befallen.lost_by_rollback;
  deck.chosen = source.chosen();
  const Judged* judged = source.judged();
  if (judged == nullptr) return;
  deck.answer = answer_of(*judged, befallen);
  deck.sums = sums_of(befallen.people, judged->cohorts, judged->harms);
}

void put_dials(Dials dials, const RunSource& source, Deck& deck) {
  TileFacts facts;
  facts.counts = deck.counts;
  facts.counted_us = deck.counted_us;
  facts.lost_or_doubled = source.befallen().lost_or_doubled;
  facts.charged_wrongly = source.befallen().charged_wrongly;
  if (const Judged* judged = source.judged()) {
    facts.budget = judged->budget;
    facts.judged_us = judged->at_us;
  }
  facts.now_us = deck.now_us;
  facts.over = deck.over && deck.now_us >= deck.judged_us;
  for (const ServiceView& view : dials.services) {
    facts.lag_us = std::max(facts.lag_us, view.lag_us);
    facts.differing += view.differing;
    deck.returns = deck.returns || view.moved > 0;
  }
  facts.dials_us = dials.at_us;
  facts.rates_us = dials.rates_at_us;
  facts.p99_us = dials.p99_us;
  facts.p99_control_us = dials.p99_control_us;
  facts.compliance = dials.compliance;
  facts.compliance_us = dials.compliance_at_us;
  deck.tiles = tiles_of(facts);
  deck.dials_us = dials.at_us;
  deck.rates_us = dials.rates_at_us;
  deck.platforms = std::move(dials.platforms);
  deck.services = std::move(dials.services);
  deck.links = std::move(dials.links);
  deck.front = std::move(dials.front);
  deck.shoppers_per_second = dials.shoppers_per_second;
}

// How far a step has come: its last event that says so.
std::string state_of(const Told& told, const PastStep& step, std::int64_t until_us) {
  std::string state = "waits";
  Endings endings(told);
  for (const PastEvent& event : told.events) {
    if (event.name != step.name || event.kind == PlanEventKind::surprise || event.at_us > until_us)
      continue;
    if (event.kind == PlanEventKind::started) state = "began " + clock_text({event.at_us});
    if (event.kind == PlanEventKind::finished && endings.ends(event))
      state = "over " + clock_text({event.at_us});
    if (event.kind == PlanEventKind::skipped || event.kind == PlanEventKind::aborted)
      state = word_of(event.kind);
  }
  return state;
}

void put_plan(const RunSource& source, Deck& deck) {
  const Told& told = source.told();
  deck.bands = bands_of(told);
  deck.pins = pins_of(told);
  const std::vector<Pin> hands = source.by_hand();
  deck.pins.insert(deck.pins.end(), hands.begin(), hands.end());
  deck.events = rows_of(told);
  deck.phase = phase_at(told, deck.now_us);
  deck.weather = weather_at(told, deck.now_us);
  for (std::size_t i = 0; i < told.steps.size(); ++i)
    deck.steps.push_back({static_cast<int>(i), told.steps[i].name,
                          state_of(told, told.steps[i], deck.now_us), source.waits(i)});
}

}  // namespace

BudgetRow budget_row(const PastLine& line) {
  return {line.state,
          plain_text(line.name),
          plain_text(line.expression),
          plain_text(line.says),
          plain_text(line.where),
          line.exposure,
          line.exposure_needed,
          line.broke_at_us.value_or(kNoInstant),
          mood_of(line.state),
          line.value,
          line.metric,
          plain_text(line.arguments),
          line.after_us};
}

std::shared_ptr<Deck> build_deck(const RunSource& source) {
  auto deck = std::make_shared<Deck>(source.header());
  if (const Judged* judged = source.judged()) put_judged(*judged, *deck);
  put_befallen(source, *deck);
  put_dials(source.dials(), source, *deck);
  put_plan(source, *deck);
  return deck;
}

}  // namespace pindah::gui
