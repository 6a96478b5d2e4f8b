#include "report/harms.h"

#include <algorithm>

#include "report/blame_words.h"

namespace pindah {

std::vector<Harm> harms(const ReportInput& input) {
  const BlameWords words(input.world, input.scenario);
  std::vector<Harm> all(input.world.anomalies.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i].name = input.world.anomalies[i].name;
  for (const AnomalyCase& c : input.result.rehearsed.cases) {
    const auto number = static_cast<std::size_t>(c.anomaly);
    if (c.anomaly < 0 || number >= all.size()) continue;
    if (all[number].units == 0) {
      all[number].example = c.detail;
      all[number].culprit = words.sentence(c.culprit, c.how);
    }
    all[number].units += c.count;
  }
  std::erase_if(all, [](const Harm& harm) { return harm.units == 0; });
  return all;
}

namespace {

bool of_money(const World& world, const Anomaly& what) {
  return std::any_of(what.ledgers.begin(), what.ledgers.end(), [&](LedgerId ledger) {
    return world.ledgers[static_cast<std::size_t>(ledger)].amount >= 0;
  });
}

std::int64_t most(const std::map<int, std::int64_t>& names) {
  std::int64_t most = 0;
  for (const auto& [anomaly, count] : names) most = std::max(most, count);
  return most;
}

}  // namespace

void HarmCount::add_once(Names& names, const AnomalyCase& found, std::int64_t& total) {
  total -= most(names);
  names[found.anomaly] += found.count;
  total += most(names);
}

void HarmCount::add(const AnomalyCase& found) {
  if (found.anomaly < 0) return;
  const Anomaly& what = world_.anomalies[static_cast<std::size_t>(found.anomaly)];
  const bool charge = of_money(world_, what);
  if (!charge && what.kind->harm != HarmClass::lost_or_doubled) return;
  std::int64_t& total = charge ? so_far_.charged_wrongly : so_far_.lost_or_doubled;
  // Of what nobody in particular was promised each case is another thing.
  if (found.witness <= 0)
    total += found.count;
  else if (charge)
    add_once(charges_[found.witness], found, total);
  else
    add_once(promises_[{found.witness, what.promises}], found, total);
}

Harmed harmed_of(const World& world, const Record& rehearsed) {
  HarmCount count(world);
  for (const AnomalyCase& found : rehearsed.cases) count.add(found);
  return count.so_far();
}

}  // namespace pindah
