#include "report/compliance.h"

#include <fmt/format.h>

#include "report/text.h"

namespace pindah {

std::optional<ComplianceTold> compliance_told(const ReportInput& input) {
  constexpr std::int64_t kPercent = 10'000;  // ppm
  std::vector<ComplianceSample> samples = input.result.rehearsed.compliance;
  std::erase_if(samples, [&](const ComplianceSample& sample) {
    return sample.at > input.result.verdict.cut;
  });
  if (!input.world.compliance || samples.empty()) return {};
  const Compliance& compliance = *input.world.compliance;
  ComplianceTold told;
  told.note = compliance.note;
  std::int64_t level = -1;
  for (const ComplianceSample& sample : samples) {
    if (sample.total_ppm / kPercent == level) continue;
    level = sample.total_ppm / kPercent;
    told.levels.push_back(fmt::format("{} {} %", date_text(input.scenario, sample.at), level));
  }
  told.answer = fmt::format("{} % of {} at the end", level, compliance.title);
  for (std::size_t r = 0; r < compliance.rules.size(); ++r) {
    const ComplianceRule& rule = compliance.rules[r];
    const std::int64_t lacks = (1'000'000 - samples.back().met_ppm[r]) * rule.weight;
    if (lacks == 0) continue;
    told.missing.push_back(
        fmt::format("missing {} %: {} ({})", (lacks + 999'999) / 1'000'000, rule.name, rule.cites));
  }
  return told;
}

}  // namespace pindah
