#include "scenario/steps/verify.h"

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

std::string verify_words(const PlanStep& step, const World& world) {
  const Verify& verify = step.options<Verify>();
  std::string text = "Compares " + services_of(step, world) + " on both sides, ";
  text += verify.sample_ppm < 1'000'000 ? show(Unit::ppm, verify.sample_ppm) + " of the rows"
                                        : std::string("row by row");
  if (verify.cursor == VerifyCursor::copy)
    text += ", of what the copy says it has copied (a known hazard)";
  if (verify.rechecks == 0) text += ", without a second look (a known hazard)";
  return text + ".";
}

std::vector<Field> verify_fields() {
  return {field<&Verify::sample_ppm>(
              {.key = "sample", .sentence = "of the roots", .type = FieldType::share}),
          field<&Verify::compared_per_second>(
              {.key = "speed", .sentence = "roots a second", .type = FieldType::rows}),
          field<&Verify::rechecks>(
              {.key = "rechecks",
               .sentence = "looks, a second apart, before a difference counts",
               .least = 0,
               .most = 1000,
               .dangers = {{"0", "rows on their way count as different",
                            where<Verify>([](const Verify& v) { return v.rechecks == 0; })}}}),
          field<&Verify::cursor>(
              {.key = "cursor",
               .sentence = "its own, to the end, or `copy`: what the copy says that it has copied",
               .words = {"own", "copy"},
               .dangers = {{"copy", "what the copy has skipped is not compared"}}})};
}

}  // namespace

StepSpec verify_spec() {
  StepSpec spec = vocabulary::step<Verify>("verify");
  spec.sentence = "compare both sides through the moves";
  spec.needs = {{Need::copied}};
  spec.effects = vocabulary::always<Effect::verifies>;
  spec.precedence = 1;
  spec.sort = Sort::check;
  spec.explained = verify_words;
  spec.fields = verify_fields();
  return spec;
}

}  // namespace pindah
