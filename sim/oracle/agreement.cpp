#include "oracle/agreement.h"

#include <fmt/format.h>

namespace pindah {
namespace {

// The look was at what the final database still holds.
bool conclusive(const Held& held, Side owner, Micros copied_at) {
  return held.look.at != kNever && held.look.side == owner && held.touched_at < held.look.at &&
         copied_at < held.look.at && !held.indeterminate;
}

}  // namespace

void agree(const World& world, const Ending& ending, const EndState& end_state,
           const std::deque<Held>& promised, const std::vector<PerSide<Micros>>& copied_at) {
  for (const Held& held : promised) {
    const Promise& promise = world.promises[static_cast<std::size_t>(held.promise)];
    const Side owner = ending.owner(promise.service, held.home);
    const auto service = static_cast<std::size_t>(promise.service);
    if (!conclusive(held, owner, copied_at[service][index(owner)])) continue;
    const FinalRow* row = end_state.row(held.promise, owner, held.witness);
    const bool same_status =
        !row || promise.status < 0 || held.look.rank < 0 || held.look.rank == row->rank;
    if (held.look.present == (row != nullptr) && (!held.look.present || same_status)) continue;
    throw Defect(fmt::format(
        "{} {} was seen {} at {} and nothing wrote it since, but the final database of {} has it "
        "{}",
        promise.name, held.witness,
        !held.look.present   ? "missing"
        : held.look.rank < 0 ? "present"
                             : promise.ranks[static_cast<std::size_t>(held.look.rank)],
        clock_text(held.look.at, true), world.platforms[index(owner)].name,
        !row            ? "missing"
        : row->rank < 0 ? "present"
                        : promise.ranks[static_cast<std::size_t>(row->rank)]));
  }
}

}  // namespace pindah
