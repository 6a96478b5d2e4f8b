#include "platform/workers.h"

#include "base/problem.h"

namespace pindah {

Workers::Workers(Side side, const PlatformCapacity& capacity)
    : side_(side),
      queue_max_(capacity.queue),
      in_work_(static_cast<std::size_t>(capacity.workers)) {
  for (std::size_t i = in_work_.size(); i > 0; --i)
    idle_.push_back(static_cast<std::uint32_t>(i - 1));
}

void Workers::begin(const Work& work, SimState& sim) {
  ensure(!idle_.empty(), "work begins without an idle worker");
  const std::uint32_t worker = idle_.back();
  idle_.pop_back();
  in_work_[worker] = work;
  sim.events.push(
      {sim.now + work.service, EventClass::platform, index(side_), seq_++, 0, worker, epoch_});
}

bool Workers::submit(const Work& work, SimState& sim, bool even_if_full) {
  if (down_) return false;
  if (!idle_.empty()) {
    begin(work, sim);
    return true;
  }
  if (waiting() >= queue_max_ && !even_if_full) return false;
  queue_.push_back(work);
  return true;
}

std::optional<Work> Workers::finish(const Event& event, SimState& sim) {
  if (event.b != epoch_) return std::nullopt;
  if (sim.now < paused_until_) {
    Event later = event;
    later.time = paused_until_;
    sim.events.push(later);
    return std::nullopt;
  }
  const auto worker = static_cast<std::uint32_t>(event.a);
  std::optional<Work> done = std::move(in_work_[worker]);
  ensure(done.has_value(), "a worker ended without work");
  in_work_[worker].reset();
  idle_.push_back(worker);
  if (!queue_.empty()) {
    const Work next = queue_.front();
    queue_.pop_front();
    begin(next, sim);
  }
  done->then.time = sim.now;
  return done;
}

std::vector<Work> Workers::kill() {
  std::vector<Work> dropped;
  for (std::size_t i = 0; i < in_work_.size(); ++i) {
    if (!in_work_[i]) continue;
    dropped.push_back(*in_work_[i]);
    in_work_[i].reset();
    idle_.push_back(static_cast<std::uint32_t>(i));
  }
  dropped.insert(dropped.end(), queue_.begin(), queue_.end());
  queue_.clear();
  down_ = true;
  ++epoch_;
  return dropped;
}

}  // namespace pindah
