// A rehearsal under way as the window shows it.
#pragma once

#include <memory>

#include "flight/flight.h"
#include "gui/deck/deck.h"
#include "gui/deck/recorder.h"

namespace pindah::gui {

// What can be looked at every frame, and what takes so long that it is looked at now and then.
class FlightDeck {
 public:
  // All outlive it. `flags`: of the command line that changed the scenario.
  FlightDeck(const World& world, const Flight& flight, const Recorder& recorder, std::string flags);
  // Compares the lives so far and judges them: some ten milliseconds.
  void judge();
  // Of the last judge(): whose lives are shown; -1: nobody's.
  void choose(std::int64_t shopper);
  std::shared_ptr<Deck> make() const;

 private:
  void put_judged(Deck& deck) const;
  void put_dials(Deck& deck) const;
  void put_plan(Deck& deck) const;
  void put_tiles(Deck& deck, const Gauges& gauges) const;

  const World& world_;
  const Flight& flight_;
  const Recorder& recorder_;
  std::string flags_;
  std::int64_t chosen_ = -1;
  struct Judged;
  std::shared_ptr<const Judged> judged_;
};

}  // namespace pindah::gui
