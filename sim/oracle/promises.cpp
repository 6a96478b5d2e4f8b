#include "oracle/promises.h"

namespace pindah {

int Held::rank_at(Micros instant) const {
  int rank = rank_populated;
  for (const Reached& r : reached)
    if (r.at <= instant) rank = r.rank;
  return rank;
}

HeldId Promises::find(PromiseId promise, Side home, std::string_view witness) const {
  const ByWitness& known = by_witness_[static_cast<std::size_t>(promise)][index(home)];
  const auto it = known.find(witness);
  return it == known.end() ? -1 : it->second;
}

HeldId Promises::get(PromiseId promise, Side home, std::string_view witness,
                     std::string_view owner) {
  if (const HeldId known = find(promise, home, witness); known >= 0) return known;
  const auto number = static_cast<std::size_t>(promise);
  const auto id = static_cast<HeldId>(held_.size());
  ByOwner& owners = by_owner_[number][index(home)];
  auto belongs = owners.find(owner);
  if (belongs == owners.end()) belongs = owners.try_emplace(keep(owner)).first;
  belongs->second.push_back(id);
  Held& held = held_.emplace_back();
  held.promise = promise;
  held.home = home;
  held.witness = keep(witness);
  held.owner = belongs->first;
  by_witness_[number][index(home)].emplace(held.witness, id);
  return id;
}

void Promises::put_back(const Held& held, std::string_view witness, std::string_view owner,
                        std::string_view token,
                        const std::vector<std::optional<std::string>>& fixed) {
  Held& made = (*this)[get(held.promise, held.home, witness, owner)];
  const std::string_view kept_witness = made.witness, kept_owner = made.owner;
  made = held;
  made.witness = kept_witness;
  made.owner = kept_owner;
  made.token = keep(token);
  made.fixed = keep(fixed);
}

FixedTexts Promises::keep(const std::vector<std::optional<std::string>>& fixed) {
  const auto kept = texts_.row<std::optional<std::string_view>>(fixed.size());
  for (std::size_t i = 0; i < fixed.size(); ++i)
    if (fixed[i]) kept[i] = keep(*fixed[i]);
  return kept;
}

const std::vector<HeldId>& Promises::of(PromiseId promise, Side home,
                                        std::string_view owner) const {
  const ByOwner& known = by_owner_[static_cast<std::size_t>(promise)][index(home)];
  const auto it = known.find(owner);
  return it == known.end() ? none_ : it->second;
}

}  // namespace pindah
