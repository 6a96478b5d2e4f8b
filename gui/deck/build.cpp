#include <algorithm>

#include "gui/deck/source.h"
#include "gui/deck/tiles.h"
#include "report/text.h"

namespace pindah::gui {

Person person_of(const PastShopper& shopper) {
  return {shopper.id,
          shopper.noticed_at_us,
          shopper.slower_us,
          plain_text(shopper.persona),
          plain_text(shopper.home),
          plain_text(shopper.page),
          plain_text(shopper.difference),
          plain_text(shopper.cause),
          plain_text(shopper.culprit),
          plain_text(shopper.harm),
          shopper.empty_handed};
}

namespace {

void put_judged(const Judged& judged, Deck& deck) {
  deck.word = judged.word;
  deck.mood = judged.mood;
  deck.answer = judged.answer;
  deck.way_back = judged.way_back;
  deck.people = judged.people;
  deck.noticed_at = judged.noticed_at;
  deck.budget = judged.budget;
  deck.rules = judged.rules;
  deck.rules_note = judged.rules_note;
  deck.facts = judged.facts;
  deck.chosen = judged.chosen;
}

void put_dials(Dials dials, const Judged* judged, Deck& deck) {
  TileFacts facts;
  if (judged) {
    facts.noticed = judged->noticed;
    facts.exposed = judged->exposed;
    facts.budget = judged->budget;
    facts.lost_or_doubled = judged->lost_or_doubled;
    facts.charged_wrongly = judged->charged_wrongly;
  }
  facts.over = deck.over;
  for (const ServiceView& view : dials.services) {
    facts.lag_us = std::max(facts.lag_us, view.lag_us);
    facts.differing += view.differing;
  }
  facts.p99_us = dials.p99_us;
  facts.p99_control_us = dials.p99_control_us;
  facts.compliance = dials.compliance;
  deck.tiles = tiles_of(facts);
  deck.platforms = std::move(dials.platforms);
  deck.services = std::move(dials.services);
  deck.links = std::move(dials.links);
  deck.front = std::move(dials.front);
  deck.shoppers_per_second = dials.shoppers_per_second;
}

// How far a step has come: its last event that says so.
std::string state_of(const Told& told, const PastStep& step) {
  std::string state = "waits";
  for (const PastEvent& event : told.events) {
    if (event.name != step.name || event.kind == PlanEventKind::surprise) continue;
    if (event.kind == PlanEventKind::started) state = "began " + clock_text({event.at_us});
    if (event.kind == PlanEventKind::finished) state = "over " + clock_text({event.at_us});
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
  put_streams(deck.services, told, deck.now_us);
  for (std::size_t i = 0; i < told.steps.size(); ++i)
    deck.steps.push_back(
        {static_cast<int>(i), told.steps[i].name, state_of(told, told.steps[i]), source.waits(i)});
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
          line.value};
}

void complete(Judged& judged) {
  for (const Person& person : judged.people) judged.noticed_at.push_back(person.at_us);
  std::sort(judged.noticed_at.begin(), judged.noticed_at.end());
  judged.answer += first_and_most(judged.people);
}

std::shared_ptr<Deck> build_deck(const RunSource& source) {
  auto deck = std::make_shared<Deck>(source.header());
  const Judged* judged = source.judged();
  if (judged) put_judged(*judged, *deck);
  put_dials(source.dials(), judged, *deck);
  put_plan(source, *deck);
  return deck;
}

}  // namespace pindah::gui
