// The parts of a universe that a request meets.
#pragma once

#include "base/draws.h"
#include "platform/backend.h"
#include "platform/edges.h"
#include "platform/gates.h"
#include "platform/ledgers.h"
#include "platform/links.h"
#include "platform/sim_state.h"
#include "platform/workers.h"

namespace pindah {

// References to what one universe owns; copied freely, and used from that universe's thread only.
struct Site {
  const World& world;
  const Scenario& scenario;
  Draws draws;
  SimState& sim;
  PerSide<Backend*> backends;
  PerSide<Workers*> workers;
  Links& links;
  Gates& gates;
  Edges& edges;
  Ledgers& ledgers;
};

}  // namespace pindah
