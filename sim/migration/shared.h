// What the parts of the migrator share: what they may touch, what they know (state.h), the
// statements that move rows, the transfers, and the few things that more than one of them does.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "migration/migrator.h"
#include "migration/move_statements.h"
#include "migration/state.h"
#include "migration/transfers.h"

namespace pindah::migration {

// A transaction of the migrator that failed is tried again after this long.
constexpr Micros kRetry = seconds(1);
constexpr int kFailuresMax = 5;  // in a row, before a copy or a verify gives up
// What never gives up waits twice as long each time, up to a minute: what a database refuses now it
// mostly refuses for good, and asking it each second would be most of a run's work.
constexpr Micros retry_after(int failures) {
  constexpr Micros kLongest = minutes(1);
  Micros wait = kRetry;
  for (int i = 1; i < failures && wait < kLongest; ++i) wait = wait * 2;
  return wait < kLongest ? wait : kLongest;
}

// One for each migrator, used by one thread. The references outlive it.
struct Shared {
  Shared(const MigrationSite& site, Observer& tells);

  ServiceState& service(ServiceId id) { return services[static_cast<std::size_t>(id)]; }
  const ServiceState& service(ServiceId id) const { return services[static_cast<std::size_t>(id)]; }
  Stream& stream(ServiceId id, Side origin) { return service(id).streams[index(origin)]; }
  // A step of the plan. It is there: nothing that has begun leaves a plan.
  const PlanStep& step(StepId id) const;
  // Of a step of this kind; of any other, what is so where a plan says nothing.
  template <class Options>
  const Options& options(StepId id) const {
    return step(id).options<Options>();
  }
  const std::string& name(ServiceId id) const {
    return world.services[static_cast<std::size_t>(id)].name;
  }
  Micros now() const { return sim.now; }
  Backend& backend(Side side) { return *backends[index(side)]; }

  // An event of EventClass::migration; what `entity` and `turn` mean depends on the kind.
  void push(Micros at, Kind kind, std::uint64_t entity, std::uint64_t turn);
  // Tells the observers: with the instant, and what the step is.
  void tell(PlanEvent event);
  void tell(StepId step, PlanEventKind kind, ServiceId service, Phase phase = Phase::none);
  // Of a step that ends with another.
  void tell_over(StepId step, ServiceId service, StepId with);
  void tell_setback(StepId step, PlanEventKind kind, Setback setback);
  // Drops the changelog's entries that nobody needs any more.
  void trim(ServiceId id, Side origin);

  // Fills the transfer's batches with its roots as they are now, in a transaction of its own.
  // Returns what the database says against it; empty: it went well.
  std::string extract_roots(Transfer& transfer);
  // The same inside a commit, where no transaction is to be had; a failure is in the transfer's
  // error.
  void picture(Transfer& transfer);
  // Reads (or compares) on a side; what the database says against it comes back as text.
  std::string reading(Side side, ServiceId id, const std::function<void()>& work);
  // Notes in the custody, under the origin's name, that a transfer wrote this root on the other
  // side. The root's history, which ends with that.
  const std::vector<Handover>& hand_over(const Transfer& transfer, const RootKey& root,
                                         WriterKind kind, bool erased);

  const World& world;
  const Scenario& scenario;
  const Draws draws;
  SimState& sim;
  const PerSide<Backend*> backends;
  const PerSide<Workers*> workers;
  Gates& gates;
  Ledgers& ledgers;
  const Recent& recent;
  Custody& custody;
  Observer& observer;
  // As in MigrationSite.
  const std::function<void(const std::string&)> rename;
  const std::function<void(const RunName&, bool)> answer;
  const std::function<void(PageId, bool)> offer;

  MoveSet moves;
  Transfers transfers;
  StepPlaces places;  // made anew when the plan has changed
  std::vector<ServiceState> services;
  bool dead = false;  // the migrator has been killed
  // Set by the migrator, once.
  std::function<void(ServiceId, Side)> on_applied;           // a position has moved
  std::function<void(StepId step, bool well)> on_step_over;  // copy, verify, cutover, route
  std::function<void(StepId step)> on_act;                   // a fence closes

 private:
  void extract(Transfer& transfer);
};

}  // namespace pindah::migration
