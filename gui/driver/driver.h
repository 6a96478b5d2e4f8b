// Flies a rehearsal on a thread of its own, at the pace that is asked for, and keeps the deck
// fresh. Pacing never changes a result: it decides when the flight goes on, not what happens.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "edit/read.h"
#include "flight/flight.h"
#include "gui/deck/deck.h"
#include "gui/window/ui.h"

namespace pindah::gui {

struct DriverOptions {
  int threads = 2;
  bool playing = true;  // once the world is populated
  Speed speed = Speed::most;
  std::optional<Micros> stop_at;  // paused there
  std::string flags = {};         // of the command line that changed the scenario
};

class Driver {
 public:
  Driver(ScenarioAndWorld input, const DriverOptions& options);
  ~Driver();  // stops within a slice

  // What there is to see; never null. A deck with `loading` until the world is populated.
  std::shared_ptr<const Deck> deck() const;
  // At most 256 wait; more are dropped.
  void send(Command command);
  // What a surprise may concern.
  const Parties& parties() const { return parties_; }
  // Blocks until the flight stands: paused, at its end, or failed.
  void wait_until_it_stands(const std::atomic<bool>* stop = nullptr);
  // What went wrong with the world or the program; empty: nothing.
  std::string failure() const;

 private:
  void fly();
  void publish(std::shared_ptr<Deck> deck);
  void show_busy(const std::string& what);

  ScenarioAndWorld input_;
  DriverOptions options_;
  Parties parties_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Deck> deck_;
  std::deque<Command> commands_;
  bool stands_ = false;
  std::string failure_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace pindah::gui
