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
// What a copied row does to one that is there already. changelog_wins: it leaves alone what the
// changelog (or a dual write) touched since the chunk was read; otherwise upsert.
enum class CopyConflict : std::uint8_t { changelog_wins, upsert, replace, ignore, fail };
enum class CopyOrder : std::uint8_t { parents_first, parents_last };
// Where the migrator keeps how far it is: committed together with the rows, or on its own before.
enum class Checkpoint : std::uint8_t { with_data, apart };
// What applying a change does where the destination does not hold the root yet.
enum class MissingRow : std::uint8_t { insert, ignore, fail };
// What an apply brings: the root as it is when the migrator reads it, or as the change left it.
enum class Carries : std::uint8_t { state, images };
// What becomes of a dual write whose second half fails.
enum class HalfWrite : std::uint8_t { retry, ignore, fail };
// What becomes of an asynchronous second write when every slot is taken.
enum class WhenBusy : std::uint8_t { wait, drop };
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
  CopyOrder order = CopyOrder::parents_first;
  bool locking = false;  // writes of the chunk's roots wait from its read until it is loaded
  Checkpoint checkpoint = Checkpoint::with_data;  // also of apply
  // capture
  Micros retention;  // how long a change is kept; zero: until it is applied
  // apply
  Micros poll = millis(50);
  int batch = 200;
  int at_once = 1;  // batches on their way; more than one: in no order
  MissingRow missing = MissingRow::insert;
  Carries carries = Carries::state;
  // verify
  std::int64_t sample_ppm = 1'000'000;  // of the roots
  // Roots; 0: no limit. Gentle, and yet through a large service in minutes: a choice.
  std::int64_t compared_per_second = 5'000;
  // Looks after the first one at a root that differs, a second apart, before it counts. 0: nor is
  // it asked whether changes of it are on their way.
  int rechecks = 5;
  bool own_cursor = true;  // false: only what the copy says that it has copied
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
  bool copy_under_fence = false;       // knife-edge: stop, copy everything, switch, start
  int hold_at_most = 10000;            // requests held by the fence
  std::int64_t share_ppm = 1'000'000;  // of the service that changes its owner
  std::size_t by =
      0;  // also of route and shadow_read: a partition, or kPartitionsMax: each request
  // rollback
  bool failback = true;  // wait until what the target took has come back
  // route
  std::optional<std::int64_t> reads_ppm, writes_ppm;  // none: as it was; at least one
  Micros over;
  // reverse, dual_write, shadow_read
  bool on = true;
  bool origin_tag = true;  // reverse: what came from the other side is not sent back
  // dual_write
  bool sync = true;  // the answer waits for the second write
  int slots = 8;     // asynchronous writes on their way
  WhenBusy when_busy = WhenBusy::wait;
  HalfWrite half_write = HalfWrite::retry;
  bool ordered = true;  // of two writes of a root the newer stays, whichever arrives first
  std::optional<Side> authoritative;  // takes the service over at once; none: its owner
  // shadow_read
  std::int64_t reads_compared_ppm = 1'000'000;
  // retire
  Micros read_only_first;  // so long it refuses writes alone
  // rename
  std::string text;
  // close, open
  std::vector<PageId> pages;
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
