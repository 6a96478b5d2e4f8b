// A scenario as read from its YAML file: plain data, names resolved against its world.
#pragma once

#include <any>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fixed.h"
#include "base/problem.h"
#include "base/time.h"
#include "metrics/expression.h"
#include "scenario/step_id.h"
#include "world/world.h"

namespace pindah {

struct PlatformCapacity {
  int workers = 32;
  int queue = 2000;  // requests waiting; more are turned away
  LogNormal service_time{millis(6), millis(40)};
};

// gateway: between the platforms and the ledgers.
enum class LinkId : std::uint8_t { edge_source, edge_target, source_target, gateway, count };

struct LinkSpec {
  Micros delay = millis(1);
  std::int64_t loss_ppm = 0;
};

// hold: the same rate throughout. ramp: from nothing to the rate within `rise`, then on at it.
// spike: to the rate within `rise`, then half as much every `half_life`. day: the rate is the mean
// of a daily curve.
enum class Shape : std::uint8_t { hold, ramp, spike, day };
// New shoppers; entries add up.
struct TrafficEntry {
  Place place;
  Shape shape = Shape::hold;
  Micros at, until;             // nobody comes from `until` on; at most `length`
  std::int64_t rate_micro = 0;  // shoppers a second × 1e6
  Micros rise, half_life;       // ramp: rise; spike: both
  int mix = -1;
  Side home = Side::source;
};

// How many shoppers an entry brings; for a day, the mean over its time. Within a thousandth.
std::int64_t expected_shoppers(const TrafficEntry& entry);

// People's calls that must meet a step that changes who answers, where it does not say.
constexpr std::int64_t kMetAtLeast = 10;

// In the order of step_specs() (scenario/vocabulary/steps.h).
enum class StepKind : std::uint8_t {
  capture,
  copy,
  apply,
  verify,
  cutover,
  reverse,
  route,
  forward_callbacks,
  rename,
  retire,
  rollback,
  dual_write,
  shadow_read,
  close,
  open
};
// One step of the plan: what all have in common, and what its kind has.
struct PlanStep {
  Place place;  // of the value beside the kind: `payments` in `cutover: payments`
  StepKind kind{};
  std::string name;  // "cutover of orders", unique: for reports and `during`
  // Of these only that of its kind (StepSpec::of).
  std::vector<ServiceId> services;
  std::vector<PageId> pages;
  std::string text;
  // It begins when all of these are so that are said: the instant has come, the step of that name
  // has ended well, the conditions hold (operator metrics), each for as long as it says.
  std::optional<Micros> at;
  std::string after;  // empty: of none
  Conditions when;
  Conditions needs;  // checked at the step's time; one false: skipped, run inconclusive
  // Of a step that changes who answers: how many must meet it (nothing: kMetAtLeast), or that it
  // is to come while nobody is there.
  std::optional<std::int64_t> met_at_least;
  std::optional<bool> quiet;
  std::any does;  // the options of its kind: Copy, Cutover, … of scenario/steps/

  // Its options where it is of this kind; otherwise null.
  template <class Options>
  const Options* as() const {
    return std::any_cast<Options>(&does);
  }
  // Its options of a kind; of a step of another kind, what is so where nothing is said. To change
  // them, it must be of that kind.
  template <class Options>
  const Options& options() const {
    static const Options usual;
    return as<Options>() ? *as<Options>() : usual;
  }
  template <class Options>
  Options& options() {
    if (!does.has_value()) does = Options{};
    ensure(as<Options>() != nullptr, "options of another kind of step");
    return *std::any_cast<Options>(&does);
  }
};

// In the order of surprise_specs() (scenario/vocabulary/surprises.h).
enum class SurpriseKind : std::uint8_t { slow, cut, lossy, pause, kill, stale };

// Whom a surprise befalls; a new kind stands in scenario/vocabulary/parts.cpp.
enum class PartKind : std::uint8_t { ledger, link, platform, service, migrator, edge };
struct Part {
  PartKind kind{};
  int index = 0;  // LedgerId, LinkId, Side, ServiceId, 0, an edge from 0
};
// Which messages a cut link loses, from its first end to its second or the other way.
enum class Ways : std::uint8_t { both, there, back };

struct Surprise {
  Place place;
  SurpriseKind kind{};
  std::string name;  // "slow gateway", unique
  Part part;
  Micros at, duration;        // kill: how long it is down
  Micros by;                  // slow
  std::int64_t lost_ppm = 0;  // lossy
  Ways ways = Ways::both;     // cut
  bool also_in_control = false;
};

struct BudgetLine {
  Place place;       // of the expression, or of what says in the scenario's file that it holds
  std::string name;  // the human sentence
  std::string text;  // the expression as written
  Budget budget;     // parsed (metrics/expression.h)
  Place stands;      // of an expression in another file: there; otherwise without a line
};

struct Scenario {
  std::string file;
  std::string title;
  std::string world;         // as written
  std::string world_folder;  // absolute
  std::uint64_t seed = 1;
  std::int64_t starts_us = 1'704'067'200'000'000;  // µs since 1970 UTC; default 2024-01-01
  Micros utc_offset;                               // for showing
  Micros length = hours(1);
  Micros settle = hours(3);
  Constants scale;  // overrides of the world's
  std::map<std::string, Micros> settings;
  PerSide<PlatformCapacity> platforms;
  std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)> links;
  int edges = 4;
  Micros route_refresh = seconds(1);
  Micros max_control_p99 = seconds(2);  // the control is unhealthy above
  std::int64_t min_exposure = 30;
  std::vector<TrafficEntry> traffic;
  std::vector<PlanStep> plan;
  std::vector<Surprise> surprises;
  std::vector<BudgetLine> budget;
  // The scenario with every default and override written out; reading it gives the same again.
  std::string effective_yaml;
};

}  // namespace pindah
