#include "scenario/steps/pages.h"

#include <fmt/format.h>

namespace pindah {
namespace {

std::string pages_of(const PlanStep& step, const World& world) {
  std::vector<std::string> names;
  for (const PageId page : step.pages)
    names.push_back(world.pages[static_cast<std::size_t>(page)].name);
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

StepSpec close_spec() {
  StepSpec spec = vocabulary::step<Close>("close");
  spec.of = Of::pages;
  spec.sentence = "the front no longer offers these pages";
  spec.precedence = 3;
  spec.explained = [](const PlanStep& step, const World& world) {
    return "The front no longer offers " + pages_of(step, world) + ".";
  };
  return spec;
}

StepSpec open_spec() {
  StepSpec spec = vocabulary::step<Open>("open");
  spec.of = Of::pages;
  spec.sentence = "the front offers these pages again";
  spec.looked_back_to = true;
  spec.precedence = 2;
  spec.explained = [](const PlanStep& step, const World& world) {
    return "The front offers " + pages_of(step, world) + " again.";
  };
  return spec;
}

}  // namespace pindah
