// One more kind of step and one more surprise, added by a row and a mechanism each, in a rehearsal.
#include <atomic>

#include "migration/steps/step.h"
#include "scenario/vocabulary/surprises.h"
#include "surprise/mechanisms.h"

#include "tests/self/rehearsed.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::atomic<int> knocks;
// Their instants, in µs.
std::atomic<std::int64_t> begun, ended;

// Knocks so often, two seconds apart.
struct Knocking {
  int times = 3;
};

StepSpec knocking_spec() {
  StepSpec spec = vocabulary::step<Knocking>("knocking");
  spec.sentence = "knock at the door";
  spec.explained = [](const PlanStep&, const World&) -> std::string { return "Knocks."; };
  spec.fields = {vocabulary::field<&Knocking::times>(
      {.key = "times", .sentence = "how often", .least = 1, .most = 9})};
  return spec;
}

void knock(migration::PlanRunner& plan, StepId step) {
  ++knocks;
  std::vector<std::int64_t>& memory = plan.memory(step);
  memory.resize(1);
  if (++memory[0] == plan.shared().options<Knocking>(step).times) return plan.done(step);
  plan.shared().push(plan.shared().now() + seconds(2), migration::step_goes_on,
                     static_cast<std::uint64_t>(step), 0);
}

SurpriseSpec fog_spec() {
  return {"fog",
          {PartKind::platform},
          {},
          "nobody sees anything",
          [](const Surprise&, const World&) -> std::string { return "Fog"; }};
}

}  // namespace

TEST_CASE("one more step and one more surprise are a row and a mechanism each") {
  knocks = 0;
  begun = ended = 0;
  const AddedStep step(knocking_spec());
  const migration::AddedStepMechanism how({step.kind(), knock, nullptr, knock});
  const AddedSurprise surprise(fog_spec());
  const AddedMechanism what(
      {surprise.kind(), PartKind::platform,
       [](const Surprise&, const SurpriseSite& at) {
         begun += at.sim.now.us;
         return std::vector<Work>{};
       },
       [](const Surprise&, const SurpriseSite& at) { ended += at.sim.now.us; }});
  const Rehearsed run = rehearse_test("lending", 1,
                                      {{"length", "6m"},
                                       {"plan", "[{ at: 4m, knocking: loans, times: 5 }]"},
                                       {"surprises", "[{ at: 5m, fog: target, for: 20s }]"}});
  CHECK(knocks == 5);
  CHECK(begun == minutes(5).us);
  CHECK(ended == (minutes(5) + seconds(20)).us);
  CHECK(run.result.rehearsed.unfinished.empty());
  std::vector<std::string> told;
  for (const PlanEvent& event : run.result.rehearsed.plan) {
    const bool of_step = event.step == step_id("knocking of loans");
    CHECK((of_step || event.surprise == surprise_id("fog target")));
    CHECK((!of_step || event.step_kind == step.kind()));
    told.push_back(std::string(word_of(event.kind)) + " " + std::string(word_of(event.phase)));
  }
  CHECK(told == std::vector<std::string>{"started ", "finished ", "surprise on", "surprise off"});
}
