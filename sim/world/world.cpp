#include "world/world.h"

#include <algorithm>

namespace pindah {
namespace {

template <class List>
int find_name(const List& list, std::string_view name) {
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].name == name) return static_cast<int>(i);
  return -1;
}

}  // namespace

ServiceId World::service(std::string_view name) const { return find_name(services, name); }
CallId World::call(std::string_view name) const { return find_name(calls, name); }
PageId World::page(std::string_view name) const { return find_name(pages, name); }
int World::mix(std::string_view name) const { return find_name(mixes, name); }
PromiseId World::promise(std::string_view name) const { return find_name(promises, name); }
LedgerId World::ledger(std::string_view name) const { return find_name(ledgers, name); }

Place World::place(CallId call, Side side) const {
  const CallBody& body = calls[static_cast<std::size_t>(call)].body[index(side)];
  if (!body.statements.empty()) return body.statements.front().place;
  return body.replay ? body.replay->place : Place{};
}

TableId World::table(Side side, std::string_view name) const {
  return find_name(platforms[index(side)].tables, name);
}

SlotId World::slot(std::string_view name) const {
  const auto it = std::find(slots.begin(), slots.end(), name);
  return it == slots.end() ? -1 : static_cast<SlotId>(it - slots.begin());
}

}  // namespace pindah
