#include "oracle/state.h"

namespace pindah {

OracleState::OracleState(const LifeInputs& p)
    : inputs(p),
      world(p.world),
      promises(world.promises.size()),
      captures(world),
      cases(world),
      shown_checks(world, promises, captures, cases),
      exposure(world, p.scenario) {
  record.holds.assign(p.intents.size(), 0);
  record.chosen.assign(world.choices.size(), std::vector<std::int8_t>(p.intents.size(), -1));
}

std::string OracleState::owner_of(PromiseId promise, std::uint32_t intent) const {
  if (intent >= inputs.intents.size()) return {};
  const Intent& who = inputs.intents[intent];
  const PoolId pool = world.personas[who.persona].who;
  const SlotId known_by = world.pools[static_cast<std::size_t>(pool)].slot;
  if (known_by != world.promises[static_cast<std::size_t>(promise)].belongs_to) return {};
  return to_text(inputs.pools[static_cast<std::size_t>(pool)][index(who.home)][who.who]);
}

void OracleState::amended() {
  exposure.amended(inputs.scenario);
  const std::size_t people = inputs.intents.size();
  record.holds.resize(people, 0);
  for (auto& chosen : record.chosen) chosen.resize(people, -1);
}

const Value& slot_of(const PageSeen& seen, SlotId slot) {
  static const Value null;
  if (slot < 0 || !seen.slots || static_cast<std::size_t>(slot) >= seen.slots->size()) return null;
  return (*seen.slots)[static_cast<std::size_t>(slot)];
}

}  // namespace pindah
