// A rehearsal under way as the window shows it.
#pragma once

#include <map>
#include <memory>

#include "flight/flight.h"
#include "gui/deck/deck.h"
#include "gui/deck/recorder.h"
#include "gui/deck/source.h"
#include "report/harms.h"

namespace pindah::gui {

// What can be looked at every frame, and what takes so long that it is looked at now and then.
class FlightDeck : private RunSource {
 public:
  // All outlive it. `flags`: of the command line that changed the scenario.
  FlightDeck(const World& world, const Flight& flight, const Recorder& recorder, std::string flags);
  // Compares the lives so far: a part of what judging takes.
  void count();
  // Compares the lives so far and judges them: some ten milliseconds.
  void judge();
  // Whose lives are shown; -1: nobody's.
  void choose(std::int64_t shopper);
  std::shared_ptr<Deck> make();

 private:
  Deck header() const override;
  const Told& told() const override { return told_; }
  const Judged* judged() const override { return judged_.get(); }
  const Befallen& befallen() const override { return befallen_; }
  const std::optional<TwoLives>& chosen() const override { return lives_; }
  Dials dials() const override;
  std::vector<Pin> by_hand() const override;
  bool waits(std::size_t place) const override;

  void start_anew();
  void take();
  void take_cases();
  void put_people();
  Person person_of_noticer(const Noticer& noticer);
  Person person_of_harm(std::uint32_t intent, Micros at) const;
  void name_harms(Person& person) const;
  void put_lives();
  ReportInput input() const;

  const World& world_;
  const Flight& flight_;
  const Recorder& recorder_;
  std::string flags_;
  std::int64_t chosen_ = -1;
  std::optional<TwoLives> lives_;
  std::size_t lives_of_ = 0;  // visits that there were when they were put together
  std::shared_ptr<const Judged> judged_;
  std::optional<double> compliance_;  // when it was judged
  Befallen befallen_;
  // What befallen_ was made from.
  std::uint64_t past_ = 0, version_ = 0;
  bool over_ = false;
  std::size_t cases_ = 0;
  std::optional<HarmCount> harms_;
  std::map<std::uint32_t, std::vector<AnomalyCase>> cases_of_;
  RehearsalResult people_;  // with the intents alone, for those who look people up in it
  std::map<std::uint32_t, std::pair<Noticer, Person>> known_;
  Told told_;  // of the deck being made
};

}  // namespace pindah::gui
