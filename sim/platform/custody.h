// Who wrote the versions of a root's rows, on both sides: the facts from which a culprit is read
// off.
#pragma once

#include <map>
#include <vector>

#include "platform/observer.h"
#include "platform/roots.h"

namespace pindah {

// One write of a root, in the order of commits.
struct Handover {
  Side side{};
  Micros at;
  std::uint64_t lsn = 0;
  Writer writer;
  Side owner{};           // of the service at that instant
  bool captured = false;  // a changelog of that side took it down
  bool erased = false;    // the migrator was told that the root is gone, and took its rows away
  template <class A>
  void archive(A& a) {
    a(side, at, lsn, writer, owner, captured, erased);
  }
};

// Keeps every write of every root. A root is named as on its origin (RootKey): a call's commit on
// the source stands under the roots of the forward moves, and so do the chunk and the change that
// brought it to the target; what was written on the target after the switch stands under the roots
// of the backward moves.
class Custody {
 public:
  Custody() = default;
  Custody(Custody&&) = default;  // not copied: it views into its histories
  Custody& operator=(Custody&&) = default;
  // Its history, which ends with this.
  const std::vector<Handover>& record(const RootKey& root, const Handover& handover);
  const std::vector<Handover>* history(const RootKey& root) const;
  using Histories = std::map<RootKey, std::vector<Handover>>;
  const Histories& histories() const { return histories_; }
  // How many were recorded here, not counting those that were read back; all after the first
  // `size` are forgotten.
  std::size_t size() const { return order_.size(); }
  void resize(std::size_t size);
  template <class A>
  void archive(A& a) {
    if constexpr (A::reading) order_.clear();
    a(histories_);
  }

 private:
  Histories histories_;
  std::vector<Histories::iterator> order_;  // which one each was added to
};

}  // namespace pindah
