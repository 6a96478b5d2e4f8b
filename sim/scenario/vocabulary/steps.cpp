#include "scenario/vocabulary/steps.h"

#include <algorithm>

#include "scenario/steps/apply.h"
#include "scenario/steps/capture.h"
#include "scenario/steps/copy.h"
#include "scenario/steps/cutover.h"
#include "scenario/steps/dual_write.h"
#include "scenario/steps/forward_callbacks.h"
#include "scenario/steps/pages.h"
#include "scenario/steps/rename.h"
#include "scenario/steps/retire.h"
#include "scenario/steps/reverse.h"
#include "scenario/steps/rollback.h"
#include "scenario/steps/route.h"
#include "scenario/steps/shadow_read.h"
#include "scenario/steps/verify.h"

namespace pindah {
namespace {

// In the order of StepKind.
std::vector<StepSpec>& all_steps() {
  static std::vector<StepSpec> specs{
      capture_spec(),     copy_spec(),    apply_spec(),    verify_spec(),
      cutover_spec(),     reverse_spec(), route_spec(),    forward_callbacks_spec(),
      rename_spec(),      retire_spec(),  rollback_spec(), dual_write_spec(),
      shadow_read_spec(), close_spec(),   open_spec()};
  return specs;
}

}  // namespace

const std::vector<StepSpec>& step_specs() { return all_steps(); }

const StepSpec& spec_of(StepKind kind) { return all_steps().at(static_cast<std::size_t>(kind)); }

const StepSpec& spec_of(const PlanStep& step) { return spec_of(step.kind); }

std::vector<std::string> step_words() {
  std::vector<std::string> words;
  for (const StepSpec& spec : all_steps()) words.push_back(spec.word);
  return words;
}

PlanStep step_of(StepKind kind) {
  PlanStep step;
  step.kind = kind;
  spec_of(kind).make(step);
  return step;
}

const std::vector<Field>& common_step_fields() {
  using vocabulary::field;
  static const std::vector<Field> fields{
      field<&PlanStep::name>({.key = "name",
                              .sentence = "what it is called in reports, and by `during`",
                              .derived = "what it does: \"cutover of orders\""}),
      field<&PlanStep::at>({.key = "at",
                            .sentence = "when it begins; `never`: it is kept back, as somebody "
                                        "does by hand",
                            .type = FieldType::instant}),
      field<&PlanStep::after>({.key = "after",
                               .sentence = "it begins once the step of this name has ended well",
                               .derived = "none",
                               .optional = true}),
      field<&PlanStep::when>(
          {.key = "when",
           .sentence = "it begins once this holds; of a list, once all hold at an instant; looked "
                       "at from the moment on when the step could make sense",
           .derived = "nothing"}),
      field<&PlanStep::needs>({.key = "needs",
                               .sentence = "looked at when it begins; where it does not hold (or "
                                           "one of a list) the step is skipped and the run proves "
                                           "nothing",
                               .derived = "nothing"}),
      field<&PlanStep::met_at_least>(
          {.key = "met_at_least",
           .sentence = "of a step that changes who answers: how many calls must meet it; with "
                       "fewer the run proves nothing",
           .least = 1,
           .most = 1'000'000'000,
           .derived = std::to_string(kMetAtLeast)}),
      field<&PlanStep::quiet>(
          {.key = "quiet",
           .sentence = "that it comes while nobody is there: asked instead is that `min_exposure` "
                       "calls are answered by the new owner afterwards",
           .derived = "false"})};
  return fields;
}

bool does(const PlanStep& step, Effect effect) { return spec_of(step).effects(step).has(effect); }

bool changes_who_answers(const PlanStep& step) {
  return spec_of(step).moves != Moves::none || does(step, Effect::switches) ||
         does(step, Effect::retires);
}

bool concerns(const PlanStep& step, ServiceId service) {
  return std::find(step.services.begin(), step.services.end(), service) != step.services.end();
}

std::string services_of(const PlanStep& step, const World& world) {
  std::string text;
  for (std::size_t i = 0; i < step.services.size(); ++i) {
    if (i > 0) text += i + 1 == step.services.size() ? " and " : ", ";
    text += world.services[static_cast<std::size_t>(step.services[i])].name;
  }
  return text;
}

std::string by_words(std::size_t by, const World& world) {
  if (by == kPartitionsMax) return "by request, so that nobody stays where she was";
  return "by " + world.partitions[by].name;
}

AddedStep::AddedStep(StepSpec spec) : kind_(static_cast<StepKind>(all_steps().size())) {
  all_steps().push_back(std::move(spec));
}

AddedStep::~AddedStep() { all_steps().pop_back(); }

}  // namespace pindah
