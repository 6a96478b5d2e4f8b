#include "platform/saga.h"

namespace pindah {

void Saga::meet(Obstacle met, Micros size, ServiceId where) {
  const bool failed = met != Obstacle::fence_held && met != Obstacle::queue_wait &&
                      met != Obstacle::ledger && met != Obstacle::second_write &&
                      met != Obstacle::row_lock;
  if (size <= Micros{} && !failed) return;
  if (!failed && size < obstacle_size) return;
  obstacle = met;
  obstacle_size = size;
  service = where;
}

}  // namespace pindah
