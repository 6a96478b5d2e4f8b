// What is to be known of each kind of step: a row each, written in scenario/steps/. Reader, writer,
// checks, dangers, schema, `explain`, the manual, the timeline and the window walk the rows. What a
// step does when its time has come is in migration/steps/.
#pragma once

#include <any>
#include <initializer_list>
#include <string>
#include <vector>

#include "scenario/vocabulary/field.h"

namespace pindah {

// What stands beside the kind: `cutover: orders`, `close: checkout`, `rename: "Shop"`.
enum class Of : std::uint8_t { services, pages, text };

// What a step brings about, for the steps and conditions that need it.
enum class Effect : std::uint8_t {
  captures,
  copies,
  verifies,
  retires,
  switches,        // a fence opens on another owner, or the authority is flipped
  moves_over,      // the target owns the service afterwards, or a part of it
  moves_all_over,  // all of it
  moves_back,
  writes_twice,
  reads_twice,
  streams_back
};
class Effects {
 public:
  Effects() = default;
  Effects(std::initializer_list<Effect> list) {
    for (const Effect effect : list) add(effect);
  }
  void add(Effect effect) { bits_ |= 1U << static_cast<unsigned>(effect); }
  bool has(Effect effect) const { return (bits_ >> static_cast<unsigned>(effect) & 1U) != 0; }

 private:
  std::uint32_t bits_ = 0;
};

// What must be so before a step, of each of its services.
enum class Need : std::uint8_t {
  captured,      // by an earlier step
  copied,        // by an earlier step
  way_there,     // the world has a move from the source
  way_back,      // and one from the target
  moved_over,    // the last step that moved it moved it to the target
  not_retired,   // by an earlier step, as far as both state a time
  not_all_moved  // the last step that moved it did not move all of it to the target
};
struct Requirement {
  Need need{};
  bool (*where)(const PlanStep& step) = nullptr;  // null: always
  std::string said_where = {};                    // the same for people: "with `reverse`"
  std::string so = {};    // what cannot be otherwise: "nothing can be reversed"; empty: the step
  std::string hint = {};  // what to do
};

// How much of its services changes its owner.
enum class Moves : std::uint8_t { none, share, all };

// What part of a move it is: as what it is drawn.
enum class Sort : std::uint8_t { other, stream, copy, check, share, move };

// What is dangerous about a step beside others of its plan.
struct PlanDanger {
  std::string why;
  bool (*holds)(const PlanStep& step, const Scenario& scenario) = nullptr;
};

struct StepSpec {
  std::string word;
  // Its options have the names of other kinds: beside it, they are its options.
  bool composite = false;
  Of of = Of::services;
  std::string sentence;       // what it does, without a full stop
  std::vector<Field> fields;  // of its options, in the order in which they are written
  std::vector<Requirement> needs;
  Effects (*effects)(const PlanStep& step) = [](const PlanStep&) { return Effects{}; };
  Moves moves = Moves::none;
  // Trouble after it is put down to it, until the next such step.
  bool looked_back_to = false;
  // Of several steps under way the one with the highest counts as what happens now: 0 to 3.
  int precedence = 0;
  Sort sort = Sort::other;
  // It goes on after it is done, until the next step that moves. Null: never.
  bool (*outlasts)(const PlanStep& step) = nullptr;
  std::vector<PlanDanger> dangers;
  // Whether its failing is what the rehearsal wants to see. Null: never.
  bool (*may_fail)(const PlanStep& step) = nullptr;
  // What it will do, in a sentence or two.
  std::string (*explained)(const PlanStep& step, const World& world) = nullptr;
  // Sets defaults that hang on the world and the steps before. Null: there are none.
  void (*derive)(PlanStep& step, const Reading& reading) = nullptr;
  // A step with its options as they are where nothing is said, and where they are.
  void (*make)(PlanStep& step) = nullptr;
  const void* (*in)(const PlanStep& step) = nullptr;
  void* (*into)(PlanStep& step) = nullptr;
};

// By StepKind, in the order in which they are listed to people.
const std::vector<StepSpec>& step_specs();
const StepSpec& spec_of(StepKind kind);
const StepSpec& spec_of(const PlanStep& step);
std::vector<std::string> step_words();
// A step of a kind as it is where nothing is said of it.
PlanStep step_of(StepKind kind);

// What every step has beside its options: when it begins, and its name.
const std::vector<Field>& common_step_fields();

bool does(const PlanStep& step, Effect effect);
bool concerns(const PlanStep& step, ServiceId service);
// Others answer afterwards than before: a cutover, a rollback, a route, an authority that is
// flipped, a retirement.
bool changes_who_answers(const PlanStep& step);

// For sentences: "orders and payments", "by shopper".
std::string services_of(const PlanStep& step, const World& world);
std::string by_words(std::size_t by, const World& world);

// One more kind, for as long as this lives; for tests. Nothing may be read or run meanwhile on
// another thread.
class AddedStep {
 public:
  explicit AddedStep(StepSpec spec);
  ~AddedStep();
  AddedStep(const AddedStep&) = delete;
  AddedStep& operator=(const AddedStep&) = delete;
  StepKind kind() const { return kind_; }

 private:
  StepKind kind_;
};

namespace vocabulary {

// The beginning of a row: a kind whose options are these.
template <class Options>
StepSpec step(std::string word) {
  StepSpec spec;
  spec.word = std::move(word);
  spec.make = [](PlanStep& step) { step.does = Options{}; };
  spec.in = [](const PlanStep& step) -> const void* { return &step.options<Options>(); };
  spec.into = [](PlanStep& step) -> void* { return &step.options<Options>(); };
  return spec;
}

// For StepSpec::effects: whatever its options are.
template <Effect... effects>
Effects always(const PlanStep&) {
  return {effects...};
}

}  // namespace vocabulary
}  // namespace pindah
