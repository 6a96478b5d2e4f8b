// What befell the rows of one fact on both platforms, in order of time: every write of its roots,
// by calls, chunks and changes, in both directions.
#pragma once

#include <optional>
#include <vector>

#include "platform/custody.h"

namespace pindah {

struct Deed {
  Handover write;
  int move = -1;  // under whose roots it stands: of an arrival, the move that brought it
  bool arrived() const { return write.writer.kind != WriterKind::call; }
};

class Story {
 public:
  Story(const Custody& custody, const std::vector<RootKey>& roots);

  bool empty() const { return deeds_.empty(); }
  const std::vector<Deed>& deeds() const { return deeds_; }
  // The last on a side up to an instant; null: none.
  const Deed* last_on(Side side, Micros until) const;
  // The newest write by a call up to an instant: on the owner, or, where there was none, anywhere.
  const Deed* newest_call(Micros until) const;
  // The first arrival on the other side of what `write` left; null: it never came.
  const Deed* carrier(const Deed& write) const;
  // What stands on the arrival's side since then has seen `write`, of the same side, by way of the
  // other platform.
  bool has_seen(const Deed& arrival, const Deed& write) const;
  // The last on the arrival's origin when its rows were read there; null: none in the run.
  const Deed* read_from(const Deed& arrival) const;

 private:
  std::vector<Deed> deeds_;
};

}  // namespace pindah
