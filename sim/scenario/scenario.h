// A scenario as read from its YAML file: plain data, names resolved against its world.
#pragma once

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
  rollback
};
enum class CopyConflict : std::uint8_t { changelog_wins, chunk_wins };
// What happens when the fence has been closed for freeze_at_most.
enum class AtLimit : std::uint8_t { abort, go_on };
enum class PositionWhen : std::uint8_t { after_drain, before_drain };
enum class FenceDoes : std::uint8_t { hold, refuse };

// One step of the plan. Which fields matter depends on `kind`.
struct PlanStep {
  Place place;  // of the value beside the kind: `payments` in `cutover: payments`
  StepKind kind{};
  std::string name;  // "cutover of orders", unique: for reports and `during`
  std::vector<ServiceId> services;
  std::optional<Micros> at;         // or
  std::optional<Expression> when;   // operator metrics
  std::optional<Expression> needs;  // checked at the step's time; false: skipped, run inconclusive
  // copy
  std::int64_t rows_per_second = 2000;  // roots a second; 0: no limit
  int chunk = 500;                      // roots
  std::optional<Expression> pause_when;
  CopyConflict conflict = CopyConflict::changelog_wins;
  // apply
  Micros poll = millis(50);
  int batch = 200;
  // cutover
  Micros freeze_at_most = seconds(2);
  AtLimit at_limit = AtLimit::abort;
  bool may_abort =
      false;  // an abort is what the rehearsal wants to see, and leaves nothing unfinished
  FenceDoes fence = FenceDoes::hold;
  bool drain = true;
  PositionWhen position = PositionWhen::after_drain;
  bool reverse = true;  // by default where every service is captured and has a way back
  bool forward_callbacks = true;
  bool verify_at_cutover = true;
  bool copy_under_fence = false;  // knife-edge: stop, copy everything, switch, start
  int hold_at_most = 10000;       // requests held by the fence
  // route
  std::int64_t reads_ppm = 0;
  Micros over;
  // reverse
  bool on = true;
  // rename
  std::string text;
};

enum class SurpriseKind : std::uint8_t {
  slow_link,
  cut_link,
  lossy_link,
  slow_ledger,
  slow_platform,
  slow_service,
  pause_platform,
  kill_platform,
  stale_edge
};
struct Surprise {
  Place place;
  SurpriseKind kind{};
  std::string name;     // "slow gateway", unique
  Micros at, duration;  // kill: how long it is down
  LinkId link = LinkId::source_target;
  int direction = 0;  // cut: 0 both, 1 first to second only, 2 second to first only
  Side platform = Side::source;
  ServiceId service = -1;
  LedgerId ledger = -1;
  int edge = -1;         // from 0; people count from 1
  Micros by;             // slow
  std::int64_t ppm = 0;  // lossy
  bool also_in_control = false;
};

struct BudgetLine {
  Place place;       // of the expression
  std::string name;  // the human sentence
  std::string text;  // the expression as written
  Budget budget;     // parsed (metrics/expression.h)
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
