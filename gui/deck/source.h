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
  std::string word, answer, way_back;
  Mood mood{};
  std::vector<Person> people;
  std::vector<std::int64_t> noticed_at;  // in order
  std::vector<BudgetRow> budget;
  std::vector<RuleRow> rules;
  std::string rules_note;
  std::vector<Fact> facts;
  std::int64_t noticed = 0, exposed = 0, lost_or_doubled = 0, charged_wrongly = 0;
  std::optional<TwoLives> chosen;
};
// Sorts the people's instants, and adds to the answer who was first and what most of them met.
void complete(Judged& judged);
Person person_of(const PastShopper& shopper);
BudgetRow budget_row(const PastLine& line);

// What stood on the dials at the instant.
struct Dials {
  std::array<PlatformView, 2> platforms;
  std::vector<ServiceView> services;  // `streams` is left to the builder
  std::vector<LinkView> links;
  std::string front;
  double shoppers_per_second = 0;
  std::optional<double> p99_us, p99_control_us, compliance;
};

class RunSource {
 public:
  virtual ~RunSource() = default;
  // Of the header: what it is, how long, where it stands; the rest of the deck is left empty.
  virtual Deck header() const = 0;
  virtual const Told& told() const = 0;
  virtual const Judged* judged() const = 0;  // null: nothing has been judged yet
  virtual Dials dials() const = 0;
  virtual std::vector<Pin> by_hand() const { return {}; }  // interventions
  // Whether a step of the plan may be advanced or held.
  virtual bool waits(std::size_t /*place*/) const { return false; }
};

// Everything that is shown of it.
std::shared_ptr<Deck> build_deck(const RunSource& source);

}  // namespace pindah::gui
