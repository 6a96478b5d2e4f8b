// A rehearsal under way as the window shows it.
#pragma once

#include <memory>

#include "flight/flight.h"
#include "gui/deck/deck.h"
#include "gui/deck/recorder.h"
#include "gui/deck/source.h"

namespace pindah::gui {

// What can be looked at every frame, and what takes so long that it is looked at now and then.
class FlightDeck : private RunSource {
 public:
  // All outlive it. `flags`: of the command line that changed the scenario.
  FlightDeck(const World& world, const Flight& flight, const Recorder& recorder, std::string flags);
  // Compares the lives so far and judges them: some ten milliseconds.
  void judge();
  // Of the last judge(): whose lives are shown; -1: nobody's.
  void choose(std::int64_t shopper);
  std::shared_ptr<Deck> make();

 private:
  Deck header() const override;
  const Told& told() const override { return told_; }
  const Judged* judged() const override { return judged_.get(); }
  Dials dials() const override;
  std::vector<Pin> by_hand() const override;
  bool waits(std::size_t place) const override;

  const World& world_;
  const Flight& flight_;
  const Recorder& recorder_;
  std::string flags_;
  std::int64_t chosen_ = -1;
  std::shared_ptr<const Judged> judged_;
  std::vector<std::int64_t> first_;   // by person: her first different visit
  std::optional<double> compliance_;  // when it was judged
  Told told_;                         // of the deck being made
};

}  // namespace pindah::gui
