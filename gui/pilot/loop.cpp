#include "gui/pilot/loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "command/write_file.h"
#include "report/facts.h"

namespace pindah::gui {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr microseconds kSlice = milliseconds(8);     // of real time: so long a pause may take
constexpr microseconds kPublish = milliseconds(16);  // no deck is made more often
constexpr int kJudgingShare = 25;                    // comparing takes at most one part in so many

}  // namespace

Loop::Loop(const World& world, Flight& flight, bool playing, Speed speed,
           std::optional<Micros> stop_at)
    : flight_(flight),
      recorder_(world, flight),
      made_(world, flight, recorder_),
      playing_(playing),
      speed_(speed),
      stop_at_(stop_at),
      paced_(Clock::now()) {}

void Loop::run_to(Micros instant) {
  flight_.run_until(std::min(instant, flight_.end()));
  recorder_.take();
  reached_ = std::max(reached_, flight_.now());
}

void Loop::obey(const Command& command) {
  message_.clear();
  switch (command.verb) {
    case Verb::play:
      playing_ = !playing_;
      stop_at_.reset();
      paced_ = Clock::now();
      break;
    case Verb::step_event:
      playing_ = false;
      run_to(flight_.next_event());
      break;
    case Verb::step_second:
      playing_ = false;
      run_to(flight_.now() + seconds(1));
      break;
    case Verb::speed:
      speed_ = static_cast<Speed>(std::clamp<std::int64_t>(command.number, 0, 3));
      paced_ = Clock::now();
      break;
    case Verb::go_to:
      go_to({std::clamp<std::int64_t>(command.number, 0, flight_.end().us)});
      break;
    case Verb::choose:
      made_.choose(command.number);
      break;
    case Verb::intervene:
      intervene(command);
      break;
    case Verb::save:
      save(command.text);
      break;
    case Verb::open:
      break;
  }
}

void Loop::go_to(Micros instant) {
  if (instant == flight_.now()) return;
  if (instant > flight_.now()) {
    stop_at_ = instant;
    playing_ = true;
    speed_ = Speed::most;
    return;
  }
  playing_ = false;
  flight_.rewind(instant);
  recorder_.taken_back();
}

void Loop::intervene(const Command& command) {
  message_ = flight_.intervene(command.intervention);
  if (message_.empty()) message_ = "done at " + clock_text(flight_.now(), true);
}

void Loop::save(const std::string& path) {
  if (path.empty()) {
    message_ = "Say under which name it is to be saved.";
  } else if (write_file(path, flight_.scenario_text())) {
    message_ = fmt::format("saved; pindah run {} gives the same digest", shell_word(path));
  } else {
    message_ = "cannot write to " + path;
  }
  message_ = plain_text(message_);
}

// How far to fly now, at most to where the pace has got; zero: it is too early.
Micros Loop::slice() {
  if (speed_ == Speed::most) return stride_;
  constexpr std::int64_t kFactors[] = {1, 10, 100};
  const auto passed = std::chrono::duration_cast<microseconds>(Clock::now() - paced_).count();
  if (passed < kSlice.count()) return {};
  paced_ = Clock::now();
  // A machine that cannot keep up falls behind instead of jumping.
  const std::int64_t owed = std::min<std::int64_t>(passed, 100'000);
  return {owed * kFactors[static_cast<std::size_t>(speed_)]};
}

bool Loop::go_on() {
  if (stands()) return false;
  const Micros by = slice();
  if (by.us == 0) {
    std::this_thread::sleep_for(milliseconds(2));
    return true;
  }
  Micros until = flight_.now() + by;
  if (stop_at_) until = std::min(until, *stop_at_);
  const auto before = Clock::now();
  run_to(until);
  const auto took = std::max<Clock::duration>(Clock::now() - before, microseconds(1));
  if (speed_ == Speed::most && by == stride_) {
    // Towards slices of equal real time, by at most a factor of two.
    const double wanted = std::clamp(
        static_cast<double>(kSlice.count()) * 1e3 / static_cast<double>(took.count()), 0.5, 2.0);
    stride_ = {std::clamp<std::int64_t>(
        static_cast<std::int64_t>(static_cast<double>(stride_.us) * wanted), 1000, hours(24).us)};
  }
  if (stop_at_ && flight_.now() >= *stop_at_) {
    stop_at_.reset();
    playing_ = false;
  }
  return true;
}

std::shared_ptr<Deck> Loop::look(bool at_once) {
  const auto now = Clock::now();
  if (!at_once && now - published_ < kPublish) return nullptr;
  published_ = now;
  if (at_once || now - judged_ > judging_ * kJudgingShare) {
    made_.judge();
    judged_ = Clock::now();
    judging_ = judged_ - now;
  }
  std::shared_ptr<Deck> deck = made_.make();
  deck->playing = playing_ && !flight_.over();
  deck->speed = static_cast<int>(speed_);
  deck->reached_us = reached_.us;
  deck->message = message_;
  return deck;
}

}  // namespace pindah::gui
