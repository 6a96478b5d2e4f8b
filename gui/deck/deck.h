// What the window shows, as plain data: made by whoever watches a rehearsal or opens a run file,
// drawn by whoever has a screen. Instants are µs from the start of the scenario.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/deck/tracks.h"
#include "platform/gauges.h"
#include "runfile/past.h"
#include "scenario/vocabulary/steps.h"

namespace pindah::gui {

constexpr std::int64_t kNoInstant = INT64_MAX;

// How good a number is. Each has a glyph and a word beside its colour.
enum class Mood : std::uint8_t { plain, good, doubt, bad };

// What is older than this beside the instant that is shown bears its own.
constexpr std::int64_t kStale = 1'000'000;

// One of the large numbers at the top.
struct Tile {
  std::string name, value, note;
  Mood mood{};
  // The instants of value and note; kNoInstant: that of the deck.
  std::int64_t value_at_us = kNoInstant, note_at_us = kNoInstant;
  const char* tab = nullptr;  // where it is told at length
};

// As what a step is drawn: its row says it.
using BandKind = Sort;
// A step of the plan from its start to its end (kNoInstant: still under way).
struct Band {
  std::string name;
  BandKind kind{};
  std::int64_t from_us = 0, until_us = kNoInstant;
  int lane = 0;
};

// An instant on the timeline.
enum class PinKind : std::uint8_t { move, back, trouble, surprise, intervention };
struct Pin {
  PinKind kind{};
  std::int64_t at_us = 0;
  std::string text;
};

// A platform.
struct PlatformView {
  std::string name;
  std::int64_t queue = 0;
  double pages_per_second = 0;
  bool down = false;
};
// A service. Shares are 0 to 1.
struct ServiceView {
  std::string name;
  double moved = 0, copied = 0;
  std::int64_t lag_us = 0, backlog = 0, held = 0, refused = 0, differing = 0;
  bool fenced = false;
  std::array<Carried, 2> carried{};  // what the source commits to the target, and back
};
constexpr std::array<const char*, 4> kLinks{"edge to source", "edge to target", "source to target",
                                            "platforms to gateway"};
struct LinkView {
  std::string name;
  std::array<bool, 2> cut{};  // there, back
  std::int64_t slower_us = 0, loss_ppm = 0;
};

// A shopper who noticed, or was harmed.
struct Person {
  std::int64_t id = 0, at_us = 0, slower_us = 0;  // at: when she saw it, or was harmed
  std::string persona, home, page, difference, cause, culprit, harm;
  bool empty_handed = false, annoyed = false, harmed = false;
  bool noticed = true;
  std::int64_t began_us = kNoInstant;   // the page that she saw it on
  std::vector<std::string> harm_names;  // what the world calls what befell her
};
// Of all those who noticed or were harmed, how many did what.
struct Counts {
  std::int64_t noticed = 0, exposed = 0, annoyed = 0, empty_handed = 0, harmed = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};
// What shoppers have in common, and how many they are.
enum class SumKind : std::uint8_t { cause, culprit, cohort, harm };
constexpr std::array<const char*, 4> kSums{"why", "by", "who", "harm"};
struct Sum {
  SumKind kind{};
  std::string name;
  std::int64_t count = 0, exposed = 0;  // exposed: of a cohort
  std::string note;                     // of a harm: its first case, and why
};
// One page of her, in both lives.
struct TwoPages {
  std::int64_t visit = 0, at_us = 0;
  std::string page, control, rehearsed;
  bool first_difference = false, differs = false;
};
struct TwoLives {
  Person who;
  std::vector<TwoPages> pages;
  std::vector<ShownApart> shown;  // on the page of the first difference
};

struct BudgetRow {
  LineState state{};
  std::string name, expression, says, where;
  std::int64_t exposure = 0, needed = 0, from_us = kNoInstant;
  Mood mood{};
  std::int64_t value = 0;  // what was measured, in the metric's unit
  std::optional<VerdictMetric> metric;
  std::string arguments;
  std::int64_t after_us = 0;
};
struct EventRow {
  std::int64_t at_us = 0;
  std::string what, detail;
  Mood mood{};
};
struct RuleRow {
  std::string group, name, cites;
  int weight = 0;
  double met = 0;
};
struct StepRow {
  int number = 0;  // into the plan
  std::string name, state;
  bool waits = false;  // it may be advanced or held
};
struct Fact {
  std::string key, value;
};

// How fast virtual time goes; `most` is as fast as the machine does.
enum class Speed : std::uint8_t { one, ten, hundred, most };
constexpr std::array<const char*, 4> kSpeeds{"1×", "10×", "100×", "max"};

enum class Source : std::uint8_t { flight, file };

struct Deck {
  Source source{};
  double loading = -1;  // 0 to 1: the world is being populated, and nothing else is known yet
  // the header
  std::string title, file;
  std::uint64_t seed = 0;
  std::int64_t length_us = 0, end_us = 0, now_us = 0, reached_us = 0;
  std::int64_t known_us = 0;  // bands, pins and curves until then: now, or the end of a run file
  std::string date;           // the scenario's own clock at now
  std::string phase;          // "cutover of orders: fence"
  bool over = false, playing = false;
  Speed speed = Speed::most;
  std::string word, answer, way_back;
  Mood mood{};
  std::int64_t judged_us = 0;  // the instant of the word, the budget, the rules, cohorts and harms
  std::int64_t dials_us = 0;   // of lags, queues, and of how many requests fences hold
  std::int64_t rates_us = 0;   // of pages a second and of percentiles
  std::int64_t lost_by_rollback = 0;  // promises, if all came back now
  bool returns = false;               // something can be rolled back
  Counts counts;
  std::int64_t counted_us = 0;  // of which instant they and the people are
  // the panels
  std::vector<Tile> tiles;
  std::vector<Band> bands;
  std::vector<Pin> pins;
  std::vector<std::int64_t> noticed_at;  // in order
  std::array<PlatformView, 2> platforms;
  std::vector<ServiceView> services;
  std::vector<LinkView> links;
  std::string front;                 // what the shop is called at present
  std::vector<std::string> weather;  // surprises that are on
  std::vector<Person> people;
  std::optional<TwoLives> chosen;
  std::vector<Sum> sums;
  std::vector<BudgetRow> budget;
  std::vector<EventRow> events;
  std::vector<RuleRow> rules;
  std::string rules_note;
  std::vector<StepRow> steps;
  std::vector<Fact> facts;
  double shoppers_per_second = 0;  // that arrive at present
  std::optional<double> p99_limit_us;
  std::shared_ptr<const Tracks> tracks;
  std::shared_ptr<const Tracks> branch;  // what another past of this rehearsal became
  std::string message;                   // the answer to the last command; may be empty
  std::string busy;                      // what is being done that takes its time; may be empty
  std::string save_as;                   // a name that is free
  std::string in_the_way;                // the file that a saving would have replaced
};

}  // namespace pindah::gui
