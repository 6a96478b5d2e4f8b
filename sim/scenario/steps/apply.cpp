#include "scenario/steps/apply.h"

#include <fmt/format.h>

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

std::string apply_words(const PlanStep& step, const World& world) {
  const Apply& apply = step.options<Apply>();
  std::string text = fmt::format("Brings the changes of {} over, every {}, {} roots at a time",
                                 services_of(step, world), duration_text(apply.poll), apply.batch);
  if (apply.at_once > 1)
    text += fmt::format(", {} batches at once in no order (a known hazard)", apply.at_once);
  if (apply.carries == Carries::images) text += ", as each change left them";
  if (apply.missing == MissingRow::ignore)
    text += ", leaving out what is not there yet (a known hazard)";
  if (apply.missing == MissingRow::fail) text += ", stopping at what is not there yet";
  if (apply.checkpoint == Checkpoint::apart)
    text += ", its checkpoint written before the rows (a known hazard)";
  return text + ".";
}

std::vector<Field> apply_fields() {
  return {
      field<&Apply::poll>({.key = "poll",
                           .sentence = "how often it looks for changes",
                           .least = millis(1).us,
                           .most = hours(1).us}),
      field<&Apply::batch>(
          {.key = "batch", .sentence = "changes at once", .least = 1, .most = 100'000}),
      field<&Apply::at_once>(
          {.key = "at_once",
           .sentence = "batches on their way; with more than one they overtake each other",
           .least = 1,
           .most = 64,
           .dangers = {{"more than 1", "batches overtake each other",
                        where<Apply>([](const Apply& apply) { return apply.at_once > 1; })}}}),
      field<&Apply::missing>(
          {.key = "missing",
           .sentence =
               "what becomes of a change of a row that is not there yet; `fail`: the stream "
               "stops",
           .words = {"insert", "ignore", "fail"},
           .dangers = {{"ignore", "a change of a row that is not there is lost"}}}),
      field<&Apply::conflict>({.key = "conflict",
                               .sentence = "what becomes of a change of a row that is there",
                               .words = {"upsert", "replace", "ignore", "fail"},
                               .dangers = {{"ignore", "a change of a row that is there is lost"}}}),
      field<&Apply::carries>(
          {.key = "carries",
           .sentence = "each root as it is by then, once, or `images`: as every change left it",
           .words = {"state", "images"}}),
      field<&Apply::checkpoint>(
          {.key = "checkpoint",
           .sentence =
               "where it is kept how far the stream is: with the rows, or written before them",
           .words = {"with_data", "apart"},
           .dangers = {{"apart", "a batch is skipped if the migrator dies"}}})};
}

}  // namespace

StepSpec apply_spec() {
  StepSpec spec = vocabulary::step<Apply>("apply");
  spec.sentence = "stream the changes over";
  spec.needs = {{Need::captured}, {Need::way_there}};
  spec.sort = Sort::stream;
  spec.explained = apply_words;
  spec.fields = apply_fields();
  return spec;
}

}  // namespace pindah
