// What is on: a rehearsal that is flown, or a run file.
#pragma once

#include <memory>
#include <string>

#include "gui/deck/deck.h"
#include "gui/driver/driver.h"
#include "gui/window/ui.h"
#include "runfile/reader.h"

namespace pindah::gui {

class Show {
 public:
  virtual ~Show() = default;
  virtual std::shared_ptr<const Deck> deck() const = 0;
  virtual const Parties& parties() const = 0;
  virtual void send(const Command& command) = 0;
  // Blocks until there is no more to come.
  virtual void wait_until_it_stands(const std::atomic<bool>* /*stop*/) {}
  virtual std::string failure() const { return {}; }
};

std::unique_ptr<Show> show_flight(ScenarioAndWorld input, const DriverOptions& options);
// At its end unless another instant is given. Nothing after a report.
std::unique_ptr<Show> show_run(const std::string& file, std::optional<Micros> at,
                               Problems& problems);

}  // namespace pindah::gui
