#include "runfile/version_1.h"

#include <algorithm>

#include "base/yaml.h"
#include "scenario/vocabulary/steps.h"

namespace pindah {
namespace {

std::optional<PastStep> step_of(const Yaml& yaml) {
  Problems ignored;
  YamlMap map(yaml, "a step", ignored);
  PastStep step;
  const auto entries = map.entries();
  if (entries.empty()) return {};
  // What it does comes first; options have some of the same words.
  const std::string word = entries.front().first.text();
  const std::optional<StepKind> kind = step_kind_of(word);
  const std::optional<std::string> name = map.text("name");
  if (!kind || !name) return {};
  step.name = *name;
  step.kind = *kind;
  if (spec_of(step.kind).of == Of::services)
    for (const Yaml& service : map.list(word)) step.services.push_back(service.text());
  for (const char* share : {"reads", "writes"})
    if (step.kind == StepKind::route && map.has(share))
      step.lasts = step.lasts || map.text(share).value_or("0%") != "0%";
  return step;
}

}  // namespace

std::optional<StepKind> step_kind_of(std::string_view word) {
  const std::vector<std::string> words = step_words();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return {};
  return static_cast<StepKind>(found - words.begin());
}

std::vector<PastStep> steps_of_version_1(const std::string& scenario) {
  Problems ignored;
  const std::optional<Yaml> yaml = parse_yaml(scenario, "", ignored);
  if (!yaml || !yaml->is_map()) return {};
  const std::optional<Yaml> plan = YamlMap(*yaml, "a scenario", ignored).get("plan");
  std::vector<PastStep> steps;
  if (!plan || !plan->is_list()) return {};
  for (const Yaml& item : items_of(*plan))
    if (std::optional<PastStep> step = step_of(item)) steps.push_back(std::move(*step));
  return steps;
}

void complete_version_1(const std::vector<PastStep>& steps, std::vector<PastEvent>& events) {
  for (PastEvent& event : events) {
    if (event.kind == PlanEventKind::surprise) continue;
    const auto step = std::find_if(steps.begin(), steps.end(),
                                   [&](const PastStep& s) { return s.name == event.name; });
    if (step == steps.end()) continue;
    event.step_kind = step->kind;
    if (event.kind != PlanEventKind::finished) continue;
    const std::string before = event.name + ": over with ";
    if (event.text.starts_with(before)) event.with = event.text.substr(before.size());
    if (step->kind == StepKind::rename) event.renamed = event.text;
  }
}

}  // namespace pindah
