// What a deck is made of, whether a rehearsal is under way or a run file is open at one of its
// instants. Texts are fit to be drawn.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/deck/deck.h"
#include "gui/deck/plan_view.h"

namespace pindah::gui {

// The verdict so far, or at the end.
struct Judged {
  std::int64_t at_us = 0;  // of which instant it speaks
  std::string word, way_back;
  std::string before, limit;  // what is said before and after how many have noticed
  Mood mood{};
  std::vector<PastCohort> cohorts;
  std::vector<PastHarm> harms;
  std::vector<BudgetRow> budget;
  std::vector<RuleRow> rules;
  std::string rules_note;
  std::vector<Fact> facts;
};

// Who has noticed by the instant that is shown, and what befell them.
struct Befallen {
  std::int64_t at_us = 0;  // of which instant it speaks
  Counts counts;
  std::vector<Person> people;            // in order of their instants
  std::vector<std::int64_t> noticed_at;  // of the whole time that is known, in order
  std::int64_t lost_or_doubled = 0, charged_wrongly = 0;
  std::int64_t lost_by_rollback = 0;
};
Person person_of(const PastShopper& shopper);
Person person_of(const PastHarmed& harmed);
void sort_people(std::vector<Person>& people);
BudgetRow budget_row(const PastLine& line);

// What stood on the dials at the instant.
struct Dials {
  std::int64_t at_us = 0, rates_at_us = 0;  // of which instants they speak
  std::array<PlatformView, 2> platforms;
  std::vector<ServiceView> services;
  std::vector<LinkView> links;
  std::string front;
  double shoppers_per_second = 0;
  std::optional<double> p99_us, p99_control_us, compliance;
  std::int64_t compliance_at_us = 0;
};

class RunSource {
 public:
  virtual ~RunSource() = default;
  // Of the header: what it is, how long, where it stands; the rest of the deck is left empty.
  virtual Deck header() const = 0;
  virtual const Told& told() const = 0;
  virtual const Judged* judged() const = 0;  // null: nothing has been judged yet
  virtual const Befallen& befallen() const = 0;
  virtual const std::optional<TwoLives>& chosen() const = 0;
  virtual Dials dials() const = 0;
  virtual std::vector<Pin> by_hand() const { return {}; }  // interventions
  // Whether a step of the plan may be advanced or held.
  virtual bool waits(std::size_t /*place*/) const { return false; }
};

// Everything that is shown of it.
std::shared_ptr<Deck> build_deck(const RunSource& source);

}  // namespace pindah::gui
