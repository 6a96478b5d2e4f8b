#include "oracle/roles.h"

#include <algorithm>

namespace pindah {
namespace {

template <class List, class T>
bool contains(const List& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

const Call& call_of(const World& world, const PageStep& step) {
  return world.calls[static_cast<std::size_t>(step.call)];
}

}  // namespace

int filled_by(const World& world, const Page& page, SlotId slot) {
  int found = -1;
  for (std::size_t i = 0; i < page.steps.size(); ++i)
    if (page.steps[i].call >= 0 && contains(call_of(world, page.steps[i]).results, slot))
      found = static_cast<int>(i);
  return found;
}

namespace {

// The call that fills a list's column on the page which must show it. Wherever else the same call
// fills the same column, the same list is shown.
CallId lister(const World& world, PageId page, SlotId slot) {
  const Page& p = world.pages[static_cast<std::size_t>(page)];
  const int step = filled_by(world, p, slot);
  return step < 0 ? -1 : p.steps[static_cast<std::size_t>(step)].call;
}

Role role_of(const World& world, PageId number, SlotId slot, const PageRoles& roles) {
  const Page& page = world.pages[static_cast<std::size_t>(number)];
  if (world.stock && contains(world.stock->shown, std::pair{number, slot}))
    return {slot, RoleKind::stock, -1};
  for (std::size_t i = 0; i < world.promises.size(); ++i) {
    const Promise& promise = world.promises[i];
    const auto id = static_cast<PromiseId>(i);
    const auto is_it = [&](const PromiseStep& s) { return s.promise == id; };
    const bool opens = std::any_of(roles.opens.begin(), roles.opens.end(), is_it);
    const bool makes = std::any_of(roles.makes.begin(), roles.makes.end(), is_it);
    if (opens && slot == world.slot_idem) return {slot, RoleKind::witness, id};
    if ((opens || makes) && slot >= 0 && slot == promise.status)
      return {slot, RoleKind::status, id};
    const int step = filled_by(world, page, slot);
    for (const auto& [on, column] : promise.must_show)
      if (slot == column && step >= 0 &&
          page.steps[static_cast<std::size_t>(step)].call == lister(world, on, column))
        return {slot, RoleKind::list, id};
  }
  return {slot, RoleKind::plain, -1};
}

PageRoles steps_of(const World& world, PageId number) {
  const Page& page = world.pages[static_cast<std::size_t>(number)];
  PageRoles roles;
  for (std::size_t p = 0; p < world.promises.size(); ++p) {
    const Promise& promise = world.promises[p];
    const auto id = static_cast<PromiseId>(p);
    for (std::size_t i = 0; i < page.steps.size(); ++i) {
      const CallId call = page.steps[i].call;
      if (call >= 0 && call == promise.made_by) roles.makes.push_back({id, static_cast<int>(i)});
      if (call >= 0 && contains(promise.ends_with, call))
        roles.ends.push_back({id, static_cast<int>(i)});
    }
    if (promise.opened_by == number && number >= 0)
      roles.opens.push_back({id, filled_by(world, page, world.slot_idem)});
  }
  return roles;
}

// A page that sells: it runs the call that makes the promise in which goods are sold.
bool sells(const World& world, const Page& page) {
  if (!world.stock) return false;
  const CallId made_by = world.promises[static_cast<std::size_t>(world.stock->sold_in)].made_by;
  return std::any_of(page.steps.begin(), page.steps.end(),
                     [&](const PageStep& step) { return step.call >= 0 && step.call == made_by; });
}

bool takes(const World& world, const PageStep& step) {
  return step.call >= 0 && call_of(world, step).writes &&
         call_of(world, step).service == world.stock->service;
}

}  // namespace

CallId call_at(const World& world, PageId page, int step) {
  if (page < 0 || step < 0) return -1;
  return world.pages[static_cast<std::size_t>(page)].steps[static_cast<std::size_t>(step)].call;
}

CallId answerer(const World& world, PageId page, SlotId slot) {
  if (page < 0) return -1;
  return call_at(world, page, filled_by(world, world.pages[static_cast<std::size_t>(page)], slot));
}

std::vector<PageRoles> roles_of(const World& world) {
  std::vector<PageRoles> all;
  for (std::size_t i = 0; i < world.pages.size(); ++i) {
    const Page& page = world.pages[i];
    const auto number = static_cast<PageId>(i);
    PageRoles roles = steps_of(world, number);
    for (const SlotId slot : page.shown)
      if (!contains(world.tokens, slot)) roles.shown.push_back(role_of(world, number, slot, roles));
    if (sells(world, page)) {
      roles.lines_step = filled_by(world, page, world.stock->lines);
      for (std::size_t s = 0; s < page.steps.size(); ++s)
        if (takes(world, page.steps[s])) roles.takes |= std::uint64_t{1} << s;
    }
    all.push_back(std::move(roles));
  }
  return all;
}

std::vector<CallRole> call_roles_of(const World& world) {
  std::vector<CallRole> roles(world.calls.size());
  for (std::size_t p = 0; p < world.promises.size(); ++p) {
    const Promise& promise = world.promises[p];
    if (promise.made_by >= 0)
      roles[static_cast<std::size_t>(promise.made_by)].makes.push_back(static_cast<PromiseId>(p));
    for (const CallId call : promise.ends_with)
      roles[static_cast<std::size_t>(call)].ends.push_back(static_cast<PromiseId>(p));
  }
  for (const Page& page : world.pages) {
    if (!sells(world, page)) continue;
    for (const PageStep& step : page.steps)
      if (takes(world, step)) roles[static_cast<std::size_t>(step.call)].takes = true;
  }
  return roles;
}

namespace {

// Names of the parameters that a call's statements mention, on the source (the same on both sides).
std::vector<std::string> parameters_of(const Call& call) {
  const auto is_word = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  std::vector<std::string> names;
  for (const SqlText& text : call.body[index(Side::source)].statements)
    for (std::size_t at = text.sql.find(':'); at != std::string::npos;
         at = text.sql.find(':', at + 1)) {
      std::size_t end = at + 1;
      while (end < text.sql.size() && is_word(text.sql[end])) ++end;
      names.push_back(text.sql.substr(at + 1, end - at - 1));
    }
  return names;
}

}  // namespace

EndScope scope_of(const World& world, const Promise& promise, CallId call) {
  EndScope scope;
  for (const std::string& name : parameters_of(world.calls[static_cast<std::size_t>(call)])) {
    const SlotId slot = world.slot(name);
    const bool filled_before = slot == world.slot_idem || slot == world.slot_at ||
                               slot == world.slot_home || slot == world.slot_front ||
                               slot == promise.belongs_to;
    if (slot < 0 || filled_before) continue;
    if (slot == promise.key) scope.one = true;
    if (!contains(scope.lists, slot)) scope.lists.push_back(slot);
  }
  if (scope.one) scope.lists.clear();
  return scope;
}

}  // namespace pindah
