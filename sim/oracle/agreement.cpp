#include "oracle/agreement.h"

#include <fmt/format.h>

#include <algorithm>

#include "oracle/roles.h"

namespace pindah {
namespace {

const char* status_text(const Promise& promise, int rank) {
  return rank < 0 ? "present" : promise.ranks[static_cast<std::size_t>(rank)].c_str();
}

bool is_known(const Cases& cases, HeldId id, Micros looked) {
  const auto& all = cases.all();
  return std::any_of(all.begin(), all.end(), [&](const Found& found) {
    return found.held == id && found.looked == looked;
  });
}

std::string sentence(const World& world, const Held& held, Side owner, const FinalRow* row) {
  const Promise& promise = world.promises[static_cast<std::size_t>(held.promise)];
  return fmt::format("{} {}: seen {} at {}; nothing wrote it since, and {} has it {}", promise.name,
                     held.witness,
                     held.look.present ? status_text(promise, held.look.rank) : "missing",
                     clock_text(held.look.at, true), world.platforms[index(owner)].name,
                     row ? status_text(promise, row->rank) : "missing");
}

// The call of the page that shows the promise.
CallId shower(const World& world, const Held& held) {
  const Promise& promise = world.promises[static_cast<std::size_t>(held.promise)];
  for (const auto& [page, column] : promise.must_show)
    if (page == held.look.page) return answerer(world, page, column);
  const PageId page = held.look.page;
  const CallId opens = answerer(world, page, world.slot_idem);
  return opens >= 0 ? opens : answerer(world, page, promise.status);
}

}  // namespace

bool conclusive(const Held& held, Side owner, Micros copied_at) {
  return held.look.at != kNever && held.look.side == owner && held.touched_at < held.look.at &&
         copied_at < held.look.at && !held.indeterminate;
}

void hold_against_the_end(const World& world, const Ending& ending, const EndState& end_state,
                          const std::deque<Held>& promised,
                          const std::vector<PerSide<Micros>>& copied_at, Cases& cases,
                          std::vector<UntruePage>& untrue) {
  for (std::size_t i = 0; i < promised.size(); ++i) {
    const Held& held = promised[i];
    const auto id = static_cast<HeldId>(i);
    const Promise& promise = world.promises[static_cast<std::size_t>(held.promise)];
    const Side owner = ending.owner(promise.service, held.home);
    const auto service = static_cast<std::size_t>(promise.service);
    if (!conclusive(held, owner, copied_at[service][index(owner)])) continue;
    const FinalRow* row = end_state.row(held.promise, owner, held.witness);
    const bool same_status =
        !row || promise.status < 0 || held.look.rank < 0 || held.look.rank == row->rank;
    if (held.look.present == (row != nullptr) && (!held.look.present || same_status)) continue;
    if (is_known(cases, id, held.look.replied)) continue;
    Found found;
    found.what.intent = held.look.intent;
    found.what.witness = held.idem;
    found.what.thing = held.witness;
    found.what.at = held.look.replied;
    found.what.detail = sentence(world, held, owner, row);
    found.held = id;
    found.looked = held.look.replied;
    untrue.push_back({held.look.intent, static_cast<std::int16_t>(held.look.page), owner,
                      shower(world, held), held.look.replied, found.what.detail, held.promise});
    cases.add({AnomalyKind::untrue, held.promise, -1, false, false}, std::move(found));
  }
}

}  // namespace pindah
