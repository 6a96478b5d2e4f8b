#include "scenario/steps/route.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

std::string route_words(const PlanStep& step, const World& world) {
  const Route& route = step.options<Route>();
  std::vector<std::string> shares;
  if (route.reads_ppm) shares.push_back(show(Unit::ppm, *route.reads_ppm) + " of the reads");
  if (route.writes_ppm) shares.push_back(show(Unit::ppm, *route.writes_ppm) + " of the writes");
  std::string text = fmt::format("Sends {} of {} to the target, {}", fmt::join(shares, " and "),
                                 services_of(step, world), by_words(route.by, world));
  if (route.writes_ppm) text += ", without a fence (a known hazard)";
  if (route.over.us > 0) text += ", reached over " + duration_text(route.over);
  return text + ".";
}

bool leads_writes(const Route& route) { return route.writes_ppm.value_or(0) > 0; }

// A route that leads some of the requests over goes on doing so until the next step that moves.
bool outlasts(const PlanStep& step) {
  const Route& route = step.options<Route>();
  return route.reads_ppm.value_or(0) > 0 || leads_writes(route);
}

// Only a cutover lets the old platform hand callbacks over by itself.
bool forgets_callbacks(const PlanStep& route, const Scenario& scenario) {
  if (!leads_writes(route.options<Route>())) return false;
  return std::any_of(route.services.begin(), route.services.end(), [&](ServiceId id) {
    return std::none_of(scenario.plan.begin(), scenario.plan.end(), [&](const PlanStep& step) {
      return step.kind == StepKind::forward_callbacks && concerns(step, id);
    });
  });
}

std::vector<Field> route_fields() {
  return {
      field<&Route::reads_ppm>({.key = "reads",
                                .sentence = "the share of the reads that goes to the target",
                                .needed_unless = "writes",
                                .derived = "as it was",
                                .type = FieldType::share}),
      field<&Route::writes_ppm>(
          {.key = "writes",
           .sentence =
               "the share of the writes, and of the reads with them where those are not led",
           .derived = "as it was",
           .dangers = {{"more than 0%", "writes are led over without a fence",
                        where<Route>(leads_writes)}},
           .type = FieldType::share}),
      field<&Route::over>({.key = "over", .sentence = "how long the shares take to get there"}),
      field<&Route::by>(
          {.key = "by",
           .sentence = "what a share goes by: a partition of the world; `request`: each for itself",
           .derived = "the world's first partition",
           .dangers = {{"request", "nobody stays on one side",
                        where<Route>([](const Route& r) { return r.by == kPartitionsMax; })}}})};
}

}  // namespace

StepSpec route_spec() {
  StepSpec spec = vocabulary::step<Route>("route");
  spec.sentence = "lead a share of the requests to the target, without a fence";
  spec.needs = {{Need::copied}};
  spec.effects = [](const PlanStep& step) {
    return leads_writes(step.options<Route>()) ? Effects{Effect::moves_over} : Effects{};
  };
  spec.moves = Moves::share;
  spec.looked_back_to = true;
  spec.precedence = 2;
  spec.outlasts = outlasts;
  spec.sort = Sort::share;
  spec.explained = route_words;
  spec.dangers = {{"callbacks still come to the platform that asked, and nothing forwards them",
                   forgets_callbacks}};
  spec.fields = route_fields();
  return spec;
}

}  // namespace pindah
