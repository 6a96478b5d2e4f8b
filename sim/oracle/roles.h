// What each page means to the oracle: which of its columns are facts, which promises it makes, ends
// and opens. Worked out once from the world.
#pragma once

#include <vector>

#include "world/world.h"

namespace pindah {

enum class RoleKind : std::uint8_t {
  plain,    // compared as it is
  stock,    // in bands
  status,   // of the promise that the page makes or opens
  witness,  // which promise was opened
  list      // JSON array of promises
};

struct Role {
  SlotId slot = -1;
  RoleKind kind = RoleKind::plain;
  PromiseId promise = -1;  // status, witness, list
};

// The call of a page's step, or -1; the call whose answer fills a slot of the page last, or -1.
CallId call_at(const World& world, PageId page, int step);
CallId answerer(const World& world, PageId page, SlotId slot);

// A step of a page that makes or ends a promise.
struct PromiseStep {
  PromiseId promise = -1;
  int step = -1;
};

struct PageRoles {
  std::vector<Role> shown;  // in the order shown; tokens are left out
  std::vector<PromiseStep> makes, ends;
  std::vector<PromiseStep> opens;  // step: the one whose answer says which promise it is
  // Steps (as bits) whose call takes goods; the step whose answer holds the lines sold.
  std::uint64_t takes = 0;
  int lines_step = -1;
};

std::vector<PageRoles> roles_of(const World& world);
// The last step whose call answers with the slot, or -1.
int filled_by(const World& world, const Page& page, SlotId slot);

// By call: what it does to promises and goods.
struct CallRole {
  std::vector<PromiseId> makes;
  std::vector<PromiseId> ends;
  bool takes = false;  // a write of the stock's service in a page that sells
};
std::vector<CallRole> call_roles_of(const World& world);

// Which of a person's promises an ending call ends, by what the call is given: the promise's key
// (that one), a list of objects with the key (those), or neither (all of hers).
struct EndScope {
  bool one = false;
  std::vector<SlotId> lists;  // slots that may hold such a list
  bool all() const { return !one && lists.empty(); }
};
EndScope scope_of(const World& world, const Promise& promise, CallId call);

}  // namespace pindah
