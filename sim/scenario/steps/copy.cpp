#include "scenario/steps/copy.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

std::string copy_words(const PlanStep& step, const World& world) {
  const Copy& copy = step.options<Copy>();
  std::string text =
      fmt::format("Copies the rows of {} in chunks of {}", services_of(step, world), copy.chunk);
  text += copy.rows_per_second == 0 ? ", as fast as the workers go"
                                    : fmt::format(", at most {} rows/s", copy.rows_per_second);
  for (std::size_t i = 0; i < copy.pause_when.size(); ++i)
    text += (i == 0 ? ", pausing while " : " and ") + copy.pause_when[i].text;
  if (copy.locking) text += ", locking them until they are over";
  if (copy.order == CopyOrder::parents_last) text += ", children first (a known hazard)";
  if (copy.checkpoint == Checkpoint::apart)
    text += ", its checkpoint written before the rows (a known hazard)";
  constexpr const char* kConflicts[] = {
      "What the changelog brought later is kept.",
      "A copied row overwrites what the changelog brought (a known hazard).",
      "A copied row replaces what is there, with what hangs on it (a known hazard).",
      "A row that is there already is left as it is (a known hazard).",
      "A row that is there already stops the copy."};
  return text + ". " + kConflicts[static_cast<std::size_t>(copy.conflict)];
}

// A changelog that begins after the copy has begun misses what changes in between.
bool captured_late(const PlanStep& copy, const Scenario& scenario) {
  return std::any_of(scenario.plan.begin(), scenario.plan.end(), [&](const PlanStep& step) {
    const bool same = std::any_of(copy.services.begin(), copy.services.end(),
                                  [&](ServiceId id) { return concerns(step, id); });
    return does(step, Effect::captures) && same && step.at && copy.at && *step.at > *copy.at;
  });
}

// Nothing takes down, or writes twice, what changes of a service while it is copied.
bool captured_never(const PlanStep& copy, const Scenario& scenario) {
  return std::any_of(copy.services.begin(), copy.services.end(), [&](ServiceId id) {
    return std::none_of(scenario.plan.begin(), scenario.plan.end(), [&](const PlanStep& step) {
      const bool takes = does(step, Effect::captures) || does(step, Effect::writes_twice);
      return takes && concerns(step, id);
    });
  });
}

// By the times that both state, or else as they are written.
bool before(const PlanStep& first, const PlanStep& then) {
  if (first.at && then.at && *first.at != *then.at) return *first.at < *then.at;
  return &first < &then;  // both are of one plan
}

// The last step before it that moved a service moved all of it to the target.
bool onto_owner(const PlanStep& copy, const Scenario& scenario) {
  return std::any_of(copy.services.begin(), copy.services.end(), [&](ServiceId id) {
    const PlanStep* last = nullptr;
    for (const PlanStep& step : scenario.plan) {
      const bool moves = does(step, Effect::switches) || does(step, Effect::moves_over);
      if (!moves || !concerns(step, id) || !before(step, copy)) continue;
      if (last == nullptr || before(*last, step)) last = &step;
    }
    return last != nullptr && does(*last, Effect::moves_over);
  });
}

std::vector<Field> copy_fields() {
  return {
      field<&Copy::rows_per_second>(
          {.key = "speed", .sentence = "roots a second", .type = FieldType::rows}),
      field<&Copy::chunk>(
          {.key = "chunk", .sentence = "roots read at once", .least = 1, .most = 100'000}),
      field<&Copy::order>({.key = "order",
                           .sentence = "which rows of a root come first",
                           .words = {"parents_first", "parents_last"},
                           .dangers = {{"parents_last", "children come before their parents"}}}),
      field<&Copy::locking>({.key = "locking",
                             .sentence =
                                 "whether writes of a chunk's roots wait from its read until "
                                 "it is loaded"}),
      field<&Copy::pause_when>(
          {.key = "pause_when",
           .sentence = "while it holds no chunk is read, such as `p99(edge) > 400ms`",
           .derived = "never"}),
      field<&Copy::conflict>(
          {.key = "conflict",
           .sentence =
               "what a copied row does to one that is there: `changelog_wins` leaves alone what "
               "has changed since the chunk was read, `upsert` overwrites it, `replace` takes what "
               "hangs on it along, `ignore` leaves it as it is, `fail` stops the copy",
           .words = {"changelog_wins", "upsert", "replace", "ignore", "fail"},
           .dangers = {{"upsert", "an old chunk overwrites a newer change",
                        where<Copy>([](const Copy& copy) {
                          return copy.conflict == CopyConflict::upsert && !copy.locking;
                        })},
                       {"replace", "replacing a row takes along what hangs on it"},
                       {"ignore", "a stale row stays as it is"}}}),
      field<&Copy::checkpoint>(
          {.key = "checkpoint",
           .sentence =
               "where it is kept how far the copy is: with the rows, or written before them",
           .words = {"with_data", "apart"},
           .dangers = {{"apart", "a chunk is skipped if the migrator dies"}}})};
}

}  // namespace

StepSpec copy_spec() {
  StepSpec spec = vocabulary::step<Copy>("copy");
  spec.sentence = "backfill, in chunks by root";
  spec.needs = {{Need::way_there}};
  spec.effects = vocabulary::always<Effect::copies>;
  spec.precedence = 1;
  spec.sort = Sort::copy;
  spec.explained = copy_words;
  spec.dangers = {{"what changes before the changelog begins is missed", captured_late},
                  {"nothing captures what changes during the copy", captured_never},
                  {"it copies onto a target that owns the rows by then", onto_owner}};
  spec.fields = copy_fields();
  return spec;
}

}  // namespace pindah
