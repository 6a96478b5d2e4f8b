#include "report/harms.h"

namespace pindah {

std::vector<Harm> harms(const ReportInput& input) {
  std::vector<Harm> all(input.world.anomalies.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i].name = input.world.anomalies[i].name;
  for (const AnomalyCase& c : input.result.rehearsed.cases) {
    const auto number = static_cast<std::size_t>(c.anomaly);
    if (c.anomaly < 0 || number >= all.size()) continue;
    if (all[number].units == 0) {
      all[number].example = c.detail;
      all[number].culprit = c.culprit;
    }
    all[number].units += c.count;
  }
  std::erase_if(all, [](const Harm& harm) { return harm.units == 0; });
  return all;
}

Harmed harmed_of(const World& world, const Record& rehearsed) {
  Harmed harmed;
  for (const AnomalyCase& found : rehearsed.cases) {
    if (found.anomaly < 0) continue;
    const Anomaly& what = world.anomalies[static_cast<std::size_t>(found.anomaly)];
    if (!what.ledgers.empty())
      harmed.charged_wrongly += found.count;
    else if (what.kind->harm == HarmClass::lost_or_doubled)
      harmed.lost_or_doubled += found.count;
  }
  return harmed;
}

}  // namespace pindah
