#include "gui/driver/driver.h"

#include "gui/driver/loop.h"
#include "report/report.h"

namespace pindah::gui {
namespace {

constexpr std::size_t kMostCommands = 256;

std::shared_ptr<Deck> loading_deck(const Scenario& scenario, double share) {
  auto deck = std::make_shared<Deck>();
  deck->loading = share;
  deck->title = plain_text(scenario.title.empty() ? scenario.file : scenario.title);
  deck->seed = scenario.seed;
  return deck;
}

Parties parties_of(const ScenarioAndWorld& input) {
  Parties parties;
  for (const Service& service : input.world.services)
    parties.services.push_back(plain_text(service.name));
  for (const Ledger& ledger : input.world.ledgers)
    parties.ledgers.push_back(plain_text(ledger.name));
  for (std::size_t i = 0; i < 2; ++i)
    parties.platforms[i] = plain_text(input.world.platforms[i].name);
  parties.edges = input.scenario.edges;
  return parties;
}

}  // namespace

Driver::Driver(ScenarioAndWorld input, const DriverOptions& options)
    : input_(std::move(input)),
      options_(options),
      parties_(parties_of(input_)),
      deck_(loading_deck(input_.scenario, 0)) {
  thread_ = std::thread([this] {
    try {
      fly();
    } catch (const WorldFault& fault) {
      Problems problems;
      problems.add(fault.problem);
      const std::lock_guard lock(mutex_);
      failure_ = problems.text();
    } catch (const std::exception& e) {
      const std::lock_guard lock(mutex_);
      failure_ = std::string("internal error in Pindah: ") + plain_text(e.what());
    }
    const std::lock_guard lock(mutex_);
    stands_ = true;
    changed_.notify_all();
  });
}

Driver::~Driver() {
  stop_ = true;
  {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  thread_.join();
}

std::shared_ptr<const Deck> Driver::deck() const {
  const std::lock_guard lock(mutex_);
  return deck_;
}

std::string Driver::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Driver::send(Command command) {
  const std::lock_guard lock(mutex_);
  if (commands_.size() >= kMostCommands) return;
  stands_ = false;
  commands_.push_back(std::move(command));
  changed_.notify_all();
}

void Driver::wait_until_it_stands(const std::atomic<bool>* stop) {
  std::unique_lock lock(mutex_);
  const auto stands = [this] { return (stands_ && commands_.empty()) || !failure_.empty(); };
  while (!changed_.wait_for(lock, std::chrono::milliseconds(50), stands))
    if (stop != nullptr && *stop) return;
}

void Driver::publish(std::shared_ptr<Deck> deck) {
  if (!deck) return;
  const std::lock_guard lock(mutex_);
  deck_ = std::move(deck);
}

// What stood there before, with what is being done.
void Driver::show_busy(const std::string& what) {
  if (what.empty()) return;
  auto busy = std::make_shared<Deck>(*deck());
  busy->busy = what;
  publish(std::move(busy));
}

void Driver::fly() {
  const auto progress = [this](std::int64_t ppm) {
    publish(loading_deck(input_.scenario, static_cast<double>(ppm) / 1e6));
  };
  Flight flight(input_, prepare(input_, options_.threads, progress),
                {options_.threads, FlightOptions{}.keyframe_bytes, FlightOptions{}.keyframe_every});
  Loop loop(input_.world, flight, {options_.playing, options_.speed, options_.stop_at},
            options_.flags);
  publish(loop.look(true));
  while (!stop_) {
    std::deque<Command> commands;
    {
      std::unique_lock lock(mutex_);
      if (commands_.empty() && loop.stands()) {
        stands_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return stop_ || !commands_.empty(); });
      }
      commands.swap(commands_);
    }
    for (const Command& command : commands) {
      show_busy(loop.takes_long(command));
      loop.obey(command);
    }
    const bool went_on = loop.go_on();
    publish(loop.look(!commands.empty() || !went_on || loop.stands()));
  }
}

}  // namespace pindah::gui
