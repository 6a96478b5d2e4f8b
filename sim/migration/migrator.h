// The migration of one universe: runs the plan. It sees what operators see and sets what the
// platform layer does.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "metrics/recent.h"
#include "platform/call_hooks.h"
#include "platform/custody.h"
#include "platform/gauges.h"
#include "platform/roots.h"
#include "platform/site.h"

namespace pindah {

// What the migrator may touch. Everything outlives it.
struct MigrationSite {
  Site site;
  const Recent& recent;  // pages' latency, errors and rates of the last minute; the index beyond
                         // the last page is `edge`
  Custody& custody;
  Observer& observer;
  std::function<void(const std::string&)> rename;    // sets the shop front's name
  std::function<void(const RunName&, bool)> answer;  // a second write that was waited for is over
  std::function<void(PageId, bool)> offer;           // the front offers a page, or does not
};

class Migrator : public CallHooks {
 public:
  explicit Migrator(MigrationSite site);
  ~Migrator() override;

  void start();  // pushes the first tick; a plan without steps pushes nothing
  // EventClass::plan (ticks, steps `at:`) and EventClass::migration (work that ended, messages that
  // arrived, waits).
  void handle(const Event& event);
  // Steps were added to the plan, or begin at other times.
  void amended();
  bool waits(StepId step) const;
  // Work of the migrator that a killed platform dropped.
  void dropped(const Event& event);
  // Each commit of either side, right after it, with the roots it touches (of the moves that start
  // at that side); tells whether a changelog took it down.
  bool committed(const Commit& commit, const std::vector<RootKey>& roots);
  // A changelog, or the log of what is written twice, ends with this commit.
  bool logged(const Commit& commit) const;
  // A row that this transaction is about to write is held by a copy.
  bool locks(const Commit& commit, const std::vector<RootKey>& roots) const;
  bool locking(ServiceId service, Side side) const;
  // Whether the roots of the migrator's own commits are asked for, too.
  bool echoes(ServiceId service, Side side) const;
  // The dials of a service: how far behind, in time and in changes; how much is copied; which
  // platform's changes are brought to the other.
  void read(ServiceId service, ServiceGauges& gauges) const;
  // Killed: what was on its way is lost. Back: it goes on from its checkpoints.
  void die();
  void resume();
  bool wrote(const RunName& run) override;
  bool compares(ServiceId service, Side home, const Buckets& buckets) override;
  void was_read(const ReadSeen& seen) override;
  // Steps whose condition never held, that were skipped or aborted, by the end of the run.
  std::vector<Unfinished> unfinished() const;
  // Of the steps that changed who answers and have begun to: who met them so far.
  std::vector<StepMet> met() const;
  // Runs of pages that wait for a second write, and the serials of what is on its way.
  void under_way(std::vector<RunName>& answers_waited_for,
                 std::vector<std::uint64_t>& transfers) const;
  template <class A>
  void archive(A& a);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pindah
