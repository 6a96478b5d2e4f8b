// What the driver's thread does: commands, pace, slices of virtual time, looks at the result.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "gui/deck/from_flight.h"
#include "gui/window/ui.h"

namespace pindah::gui {

class Loop {
 public:
  struct Pace {
    bool playing = true;
    Speed speed = Speed::most;
    std::optional<Micros> stop_at;  // where it pauses
  };
  // Both outlive it. `flags`: of the command line that changed the scenario.
  Loop(const World& world, Flight& flight, Pace pace, std::string flags);

  // What obeying will be at for a while, in words; empty: it will be done at once.
  std::string takes_long(const Command& command) const;
  void obey(const Command& command);
  // Flies one slice if it is time to; false: it stands still until a command comes.
  bool go_on();
  // Once in a while, and whenever it has just come to stand.
  std::shared_ptr<Deck> look(bool at_once);
  bool stands() const { return !pace_.playing || flight_.over(); }

 private:
  using Clock = std::chrono::steady_clock;
  void run_to(Micros instant);
  void go_to(Micros instant);
  void intervene(const Command& command);
  std::string done(const Command& command) const;
  void save(const Command& command);
  bool is_open(const std::string& path) const;
  std::string companion(const std::string& run) const;
  std::string free_name() const;
  bool save_run(const std::string& path);
  std::string text_for(const std::string& path) const;  // the flown scenario, saved under it
  Micros slice();

  const World& world_;
  Flight& flight_;
  Pace pace_;
  std::string flags_;
  Recorder recorder_;
  FlightDeck made_;
  std::string message_, in_the_way_;
  mutable std::string free_name_;
  Micros reached_;
  Micros stride_ = seconds(1);  // of virtual time in a slice at full speed
  Clock::time_point paced_, judged_, counted_, published_;
  Clock::duration judging_{}, counting_{};
};

}  // namespace pindah::gui
