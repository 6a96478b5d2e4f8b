#include "scenario/steps/dual_write.h"
#include "scenario/words.h"

#include <fmt/format.h>

namespace pindah {
namespace {

using vocabulary::field;
using vocabulary::where;

std::string dual_write_words(const PlanStep& step, const World& world) {
  const WriteTwice& twice = step.options<WriteTwice>();
  const std::string services = services_of(step, world);
  if (!twice.on) return "Writes of " + services + " go to their owner alone again.";
  std::string text = "Every write of " + services + " goes to both sides";
  text += twice.sync() ? ", and its answer waits for the second"
                       : fmt::format(", the second behind the answer, {} at once", twice.slots);
  if (!twice.sync() && twice.when_busy == WhenBusy::drop)
    text += "; when all are busy it is dropped (a known hazard)";
  if (!twice.ordered) text += "; whichever arrives last stays (a known hazard)";
  constexpr const char* kHalves[] = {"tried until it is done", "forgotten (a known hazard)",
                                     "an error to the shopper (a known hazard)"};
  text += fmt::format(". A second write that fails is {}.",
                      kHalves[static_cast<std::size_t>(twice.half_write)]);
  if (twice.authoritative)
    text += fmt::format(" From now on the {} answers, without a fence (a known hazard).",
                        side_words()[index(*twice.authoritative)]);
  return text;
}

Effects dual_write_effects(const PlanStep& step) {
  const WriteTwice& twice = step.options<WriteTwice>();
  Effects all;
  if (twice.on) all.add(Effect::writes_twice);
  if (twice.authoritative) all.add(Effect::switches);
  if (twice.on && twice.authoritative == Side::target) all.add(Effect::moves_over);
  return all;
}

template <auto Holds>
std::function<bool(const void*)> while_on() {
  return where<WriteTwice>([](const WriteTwice& twice) { return twice.on && Holds(twice); });
}

constexpr auto ignores = [](const WriteTwice& t) { return t.half_write == HalfWrite::ignore; };
constexpr auto fails = [](const WriteTwice& t) { return t.half_write == HalfWrite::fail; };
constexpr auto drops = [](const WriteTwice& t) {
  return !t.sync() && t.when_busy == WhenBusy::drop;
};
constexpr auto unordered = [](const WriteTwice& t) { return !t.ordered; };
constexpr auto to_source = [](const WriteTwice& t) { return t.authoritative == Side::source; };
constexpr auto to_target = [](const WriteTwice& t) { return t.authoritative == Side::target; };

std::vector<Field> dual_write_fields() {
  const char* const unfenced = "the owner changes without a fence";
  return {
      field<&WriteTwice::on>(
          {.key = "on", .sentence = "whether it does so from now on, or no longer"}),
      field<&WriteTwice::mode>(
          {.key = "mode",
           .sentence = "the answer waits for the second write, or `async`: it follows behind",
           .words = {"sync", "async"}}),
      field<&WriteTwice::slots>({.key = "slots",
                                 .sentence = "asynchronous second writes on their way",
                                 .least = 1,
                                 .most = 10'000}),
      field<&WriteTwice::when_busy>(
          {.key = "when_busy",
           .sentence = "what becomes of one when every slot is taken",
           .words = {"wait", "drop"},
           .dangers = {{"drop", "writes are dropped when slots are taken", while_on<drops>()}}}),
      field<&WriteTwice::half_write>(
          {.key = "half_write",
           .sentence = "what becomes of a second write that fails: tried until it is done, "
                       "forgotten, or told as an error",
           .words = {"retry", "ignore", "fail"},
           .dangers = {{"ignore", "half a write is forgotten", while_on<ignores>()},
                       {"fail", "half a write is told as none", while_on<fails>()}}}),
      field<&WriteTwice::ordered>(
          {.key = "ordered",
           .sentence = "of two writes of a root the newer stays; false: whichever arrives last",
           .dangers = {{"false", "the older of two writes may stay", while_on<unordered>()}}}),
      field<&WriteTwice::authoritative>(
          {.key = "authoritative",
           .sentence = "the side that owns the service from now on, without a fence",
           .words = side_words(),
           .derived = "who owns it",
           .dangers = {{"source", unfenced, while_on<to_source>()},
                       {"target", unfenced, while_on<to_target>()}}})};
}

}  // namespace

StepSpec dual_write_spec() {
  StepSpec spec = vocabulary::step<WriteTwice>("dual_write");
  spec.sentence = "write to both sides, through the moves";
  spec.needs = {{Need::copied,
                 [](const PlanStep& step) {
                   return step.options<WriteTwice>().authoritative == Side::target;
                 },
                 "with `authoritative: target`"},
                {Need::way_there}};
  spec.effects = dual_write_effects;
  spec.precedence = 1;
  spec.sort = Sort::share;
  spec.explained = dual_write_words;
  spec.fields = dual_write_fields();
  return spec;
}

}  // namespace pindah
