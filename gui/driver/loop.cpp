#include "gui/driver/loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "base/shell.h"
#include "command/write_file.h"
#include "report/report.h"
#include "runfile/writer.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah::gui {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr microseconds kSlice = milliseconds(8);     // of real time: so long a pause may take
constexpr microseconds kPublish = milliseconds(16);  // no deck is made more often
constexpr std::string_view kRunSuffix = ".pindah";
constexpr int kJudgingShare = 60;   // judging takes at most one part in so many
constexpr int kCountingShare = 10;  // and counting who noticed

}  // namespace

Loop::Loop(const World& world, Flight& flight, Pace pace, std::string flags)
    : world_(world),
      flight_(flight),
      pace_(pace),
      flags_(std::move(flags)),
      recorder_(world, flight),
      made_(world, flight, recorder_, flags_),
      paced_(Clock::now()) {}

void Loop::run_to(Micros instant) {
  flight_.run_until(std::min(instant, flight_.end()));
  recorder_.take();
  reached_ = std::max(reached_, flight_.now());
}

void Loop::obey(const Command& command) {
  message_.clear();
  in_the_way_.clear();
  switch (command.verb) {
    case Verb::play:
      pace_.playing = !pace_.playing;
      pace_.stop_at.reset();
      paced_ = Clock::now();
      break;
    case Verb::step_event:
      pace_.playing = false;
      run_to(flight_.next_event());
      break;
    case Verb::step_second:
      pace_.playing = false;
      run_to(flight_.now() + seconds(1));
      break;
    case Verb::speed:
      pace_.speed = static_cast<Speed>(std::clamp<std::int64_t>(command.number, 0, 3));
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
      save(command);
      break;
    case Verb::open:
      break;
  }
}

std::string Loop::takes_long(const Command& command) const {
  if (command.verb != Verb::go_to || command.number >= flight_.now().us) return {};
  return "Going back to " + clock_text({std::max<std::int64_t>(command.number, 0)}, true) + " …";
}

void Loop::go_to(Micros instant) {
  if (instant == flight_.now()) return;
  if (instant > flight_.now()) {
    pace_.stop_at = instant;
    pace_.playing = true;
    pace_.speed = Speed::most;
    return;
  }
  pace_.playing = false;
  flight_.rewind(instant);
  recorder_.taken_back();
}

// What it takes effect on is shown at once, also while the rehearsal stands: it is flown for the
// microsecond after which it does.
void Loop::intervene(const Command& command) {
  const std::string what = done(command);
  message_ = flight_.intervene(command.intervention);
  if (!message_.empty()) return;
  run_to(flight_.interventions().back().at);
  message_ = what + " at " + clock_text(flight_.now(), true);
}

// "payments cut over: begun".
std::string Loop::done(const Command& command) const {
  const Intervention& hand = command.intervention;
  const auto& plan = flight_.scenario().plan;
  const auto place = static_cast<std::size_t>(hand.step);
  const std::string step =
      hand.step >= 0 && place < plan.size() ? plain_text(plan[place].name) : "";
  switch (hand.kind) {
    case InterventionKind::surprise:
      return fmt::format("{} {}: on for {}", spec_of(hand.surprise.kind).word,
                         plain_text(name_of(hand.surprise.part, world_)),
                         duration_text(hand.surprise.duration));
    case InterventionKind::advance:
      return step + ": begun";
    case InterventionKind::hold:
      return step + ": held";
    case InterventionKind::roll_back:
      return "rollback of all that the target owns: begun";
    case InterventionKind::traffic:
      break;
  }
  return fmt::format("{:.3g} shoppers a second: from now on,",
                     static_cast<double>(hand.shoppers_per_second_micro) / 1e6);
}

// The scenario that is written beside a run that was intervened in.
std::string Loop::companion(const std::string& run) const {
  return flight_.interventions().empty() ? std::string()
                                         : run.substr(0, run.size() - kRunSuffix.size()) + ".yaml";
}

// A run that was intervened in is the run of another scenario, which is written beside it, with all
// that the command line's flags had changed.
bool Loop::save_run(const std::string& path) {
  Scenario flown = flight_.scenario();
  const bool another = !flight_.interventions().empty();
  if (another) {
    flown.file = companion(path);
    if (!write_file(flown.file, text_for(flown.file)).empty()) return false;
  }
  const RehearsalResult result = flight_.result();
  const ReportInput input{flown, world_, result, false, another ? std::string() : flags_};
  return write_file(path, run_piece(input)).empty();
}

std::string Loop::text_for(const std::string& path) const {
  return text_to_save(flight_.sources(), flight_.scenario(), path);
}

// Whether it is one of the files that this rehearsal was read from, by whatever name.
bool Loop::is_open(const std::string& path) const {
  const auto same = [&](const std::string& file) {
    std::error_code error;
    return !file.empty() && (file == path || std::filesystem::equivalent(file, path, error));
  };
  const Scenario& scenario = flight_.scenario();
  return same(scenario.file) || same(flight_.sources().base_file) ||
         std::any_of(scenario.budget.begin(), scenario.budget.end(),
                     [&](const BudgetLine& line) { return same(line.stands.file); });
}

// Of the names "NAME-flown", "NAME-flown-2", … the first that neither a scenario nor a run has.
std::string Loop::free_name() const {
  const std::string& file = flight_.scenario().file;
  const std::string stem = file.substr(0, file.rfind(".yaml")) + "-flown";
  const auto taken = [](const std::string& name) {
    std::error_code error;
    return std::filesystem::exists(name + ".yaml", error) ||
           std::filesystem::exists(name + std::string(kRunSuffix), error);
  };
  std::string name = stem;
  for (int number = 2; taken(name) && number < 1000; ++number)
    name = fmt::format("{}-{}", stem, number);
  return name + ".yaml";
}

// `number` 1: whatever is in the way may be replaced, but never what is open.
void Loop::save(const Command& command) {
  const std::string& path = command.text;
  const bool run = path.ends_with(kRunSuffix);
  free_name_.clear();
  if (path.empty()) {
    message_ = "Say under which name it is to be saved.";
    return;
  }
  for (const std::string& file : {path, run ? companion(path) : std::string()}) {
    std::error_code error;
    if (file.empty()) continue;
    if (is_open(file)) {
      message_ = plain_text(file) + " is what this rehearsal was read from. Choose another name.";
      return;
    }
    if (command.number == 1 || !std::filesystem::exists(file, error)) continue;
    in_the_way_ = path;
    message_ = plain_text(file) + " is there already. Replace it, or choose another name.";
    return;
  }
  if (run && !flight_.over()) {
    message_ = "A run file holds a finished run: let it go on to its end first.";
  } else if (run ? !save_run(path) : !write_file(path, text_for(path)).empty()) {
    message_ = "cannot write to " + path;
  } else {
    message_ = fmt::format("saved; pindah {} {} {}", run ? "gui" : "run", shell_word(path),
                           run ? "opens it" : "gives the same digest");
  }
  message_ = plain_text(message_);
}

// How far to fly now, at most to where the pace has got; zero: it is too early.
Micros Loop::slice() {
  if (pace_.speed == Speed::most) return stride_;
  constexpr std::int64_t kFactors[] = {1, 10, 100};
  const auto passed = std::chrono::duration_cast<microseconds>(Clock::now() - paced_).count();
  if (passed < kSlice.count()) return {};
  paced_ = Clock::now();
  // A machine that cannot keep up falls behind instead of jumping.
  const std::int64_t owed = std::min<std::int64_t>(passed, 100'000);
  return {owed * kFactors[static_cast<std::size_t>(pace_.speed)]};
}

bool Loop::go_on() {
  if (stands()) return false;
  const Micros by = slice();
  if (by.us == 0) {
    std::this_thread::sleep_for(milliseconds(2));
    return true;
  }
  Micros until = flight_.now() + by;
  if (pace_.stop_at) until = std::min(until, *pace_.stop_at);
  const auto before = Clock::now();
  run_to(until);
  const auto took = std::max<Clock::duration>(Clock::now() - before, microseconds(1));
  if (pace_.speed == Speed::most && by == stride_) {
    // Towards slices of equal real time, by at most a factor of two.
    const double wanted = std::clamp(
        static_cast<double>(kSlice.count()) * 1e3 / static_cast<double>(took.count()), 0.5, 2.0);
    stride_ = {std::clamp<std::int64_t>(
        static_cast<std::int64_t>(static_cast<double>(stride_.us) * wanted), 1000, hours(24).us)};
  }
  if (pace_.stop_at && flight_.now() >= *pace_.stop_at) {
    pace_.stop_at.reset();
    pace_.playing = false;
  }
  return true;
}

std::shared_ptr<Deck> Loop::look(bool at_once) {
  const auto now = Clock::now();
  if (!at_once && now - published_ < kPublish) return nullptr;
  published_ = now;
  if (at_once || now - judged_ > judging_ * kJudgingShare) {
    made_.judge();
    judged_ = counted_ = Clock::now();
    judging_ = judged_ - now;
  } else if (now - counted_ > counting_ * kCountingShare) {
    made_.count();
    counted_ = Clock::now();
    counting_ = counted_ - now;
  }
  std::shared_ptr<Deck> deck = made_.make();
  deck->playing = pace_.playing && !flight_.over();
  deck->speed = pace_.speed;
  deck->reached_us = reached_.us;
  deck->message = message_;
  deck->in_the_way = in_the_way_;
  if (free_name_.empty()) free_name_ = free_name();
  deck->save_as = free_name_;
  return deck;
}

}  // namespace pindah::gui
