// What the pilot's thread does: commands, pace, slices of virtual time, looks at the result.
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
  // All outlive it.
  Loop(const World& world, Flight& flight, bool playing, Speed speed,
       std::optional<Micros> stop_at);

  void obey(const Command& command);
  // Flies one slice if it is time to; false: it stands still until a command comes.
  bool go_on();
  // Once in a while, and whenever it has just come to stand.
  std::shared_ptr<Deck> look(bool at_once);
  bool stands() const { return !playing_ || flight_.over(); }

 private:
  using Clock = std::chrono::steady_clock;
  void run_to(Micros instant);
  void go_to(Micros instant);
  void intervene(const Command& command);
  void save(const std::string& path);
  Micros slice();

  Flight& flight_;
  Recorder recorder_;
  FlightDeck made_;
  bool playing_;
  Speed speed_;
  std::optional<Micros> stop_at_;  // where it pauses
  std::string message_;
  Micros reached_;
  Micros stride_ = seconds(1);  // of virtual time in a slice at full speed
  Clock::time_point paced_, judged_, published_;
  Clock::duration judging_{};
};

}  // namespace pindah::gui
