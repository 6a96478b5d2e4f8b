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
  held.age = age_;
  by_witness_[number][index(home)].emplace(held.witness, id);
  return id;
}

void Promises::remember(HeldId id) {
  Held& held = held_[static_cast<std::size_t>(id)];
  changes_.push_back({id, held});
  held.age = age_;
}

void Promises::back_to(std::size_t count, std::size_t changes) {
  for (; changes_.size() > changes; changes_.pop_back())
    held_[static_cast<std::size_t>(changes_.back().id)] = std::move(changes_.back().before);
  for (; held_.size() > count; held_.pop_back()) {
    const Held& held = held_.back();
    const auto number = static_cast<std::size_t>(held.promise);
    by_witness_[number][index(held.home)].erase(held.witness);
    by_owner_[number][index(held.home)][held.owner].pop_back();
  }
}

FixedTexts Promises::keep(const std::vector<std::optional<std::string>>& fixed) {
  const auto kept = texts_->row<std::optional<std::string_view>>(fixed.size());
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
