#include "gui/host/show.h"

#include "gui/deck/from_run.h"

namespace pindah::gui {
namespace {

class Flown : public Show {
 public:
  Flown(ScenarioAndWorld input, const DriverOptions& options)
      : driver_(std::move(input), options) {}
  std::shared_ptr<const Deck> deck() const override { return driver_.deck(); }
  const Parties& parties() const override { return driver_.parties(); }
  void send(const Command& command) override { driver_.send(command); }
  void wait_until_it_stands(const std::atomic<bool>* stop) override {
    driver_.wait_until_it_stands(stop);
  }
  std::string failure() const override { return driver_.failure(); }

 private:
  Driver driver_;
};

class Past : public Show {
 public:
  Past(RunFile run, const std::string& file, std::optional<Micros> at)
      : run_(std::move(run), file), deck_(run_.at(at ? at->us : run_.end_us())) {}
  std::shared_ptr<const Deck> deck() const override { return deck_; }
  const Parties& parties() const override { return parties_; }
  void send(const Command& command) override {
    if (command.verb == Verb::choose) run_.choose(command.number);
    if (command.verb == Verb::choose) deck_ = run_.at(deck_->now_us);
    if (command.verb == Verb::go_to) deck_ = run_.at(command.number);
  }

 private:
  RunDeck run_;
  Parties parties_;
  std::shared_ptr<const Deck> deck_;
};

}  // namespace

std::unique_ptr<Show> show_flight(ScenarioAndWorld input, const DriverOptions& options) {
  return std::make_unique<Flown>(std::move(input), options);
}

std::unique_ptr<Show> show_run(const std::string& file, std::optional<Micros> at,
                               Problems& problems) {
  auto run = RunFile::open(file, problems);
  if (!run) return nullptr;
  return std::make_unique<Past>(std::move(*run), file, at);
}

}  // namespace pindah::gui
