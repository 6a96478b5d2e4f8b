// The rows of steps and surprises: whole, and what everybody else makes of them.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "command/schema_texts.h"
#include "scenario/dangers.h"
#include "scenario/format.h"
#include "scenario/vocabulary/reference.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"
#include "scenario/write.h"
#include "tests/scenario/json_schema.h"
#include "tests/scenario/named_world.h"

using namespace pindah;
using namespace pindah::test;

namespace {

void check_row(const Field& field) {
  INFO(field.key);
  CHECK_FALSE(field.key.empty());
  CHECK_FALSE(field.sentence.empty());
  CHECK_FALSE(field.sentence.ends_with("."));
  CHECK((field.type == FieldType::word) == !field.words.empty());
  CHECK((field.type != FieldType::count || field.least <= field.most));
  for (const Danger& danger : field.dangers) {
    CHECK_FALSE(danger.why.empty());
    // Without a predicate it is the value itself that is looked for.
    const std::vector<std::string> words = words_of(field);
    const bool said = std::find(words.begin(), words.end(), danger.value) != words.end();
    CHECK((danger.holds || said));
  }
}

// A value that the reader takes, as a person would write it.
std::string sample(const Field& field) {
  switch (field.type) {
    case FieldType::duration:
    case FieldType::instant:
      return field.most > 0 ? exact_duration({field.most}) : "90s";
    case FieldType::share:
      return "12.5%";
    case FieldType::count:
      return std::to_string(field.most);
    case FieldType::rows:
      return "70 rows/s";
    case FieldType::flag:
      return "false";
    case FieldType::word:
      return field.words.back();
    case FieldType::condition:
      return "p99(edge) > 400ms";
    case FieldType::partition:
      return "request";
    case FieldType::text:
      break;
  }
  return "some text";
}

// What the reader refuses, and what a schema can know of.
std::vector<std::string> wrong_samples(const Field& field) {
  switch (field.type) {
    case FieldType::duration:
      return {"90", "1s2m", "[1s]"};
    case FieldType::instant:
      return {"90", "always"};
    case FieldType::share:
      return {"12", "100.1%", "12.34567%"};
    case FieldType::count:
      return {std::to_string(field.most + 1), std::to_string(field.least - 1), "1.5", "many"};
    case FieldType::rows:
      return {"70", "0 rows/s", "1000001 rows/s"};
    case FieldType::flag:
      return {"no", "1"};
    case FieldType::word:
      return {"zzz"};
    case FieldType::condition:
      return {"{ a: b }", "[]"};
    case FieldType::partition:
    case FieldType::text:
      break;
  }
  return {"[a]"};
}

const std::string kBefore = "  - { at: 1m, capture: orders }\n  - { at: 1m, copy: orders }\n";

std::string target_of(const StepSpec& spec) {
  return spec.of == Of::services ? "orders" : spec.of == Of::pages ? "checkout" : "Name";
}

// A plan in which a step of this kind can stand, with more of its keys.
std::string plan_with(const StepSpec& spec, const std::string& more) {
  const bool back = spec.word == "rollback";
  std::string text = "pindah: 1\nworld: shop\nplan:\n" + kBefore;
  if (back) text += "  - { at: 2m, cutover: orders }\n";
  text += "  - { at: 5m, " + spec.word + ": " + target_of(spec);
  if (spec.word == "route" && more.find("reads") == std::string::npos) text += ", reads: 5%";
  return text + more + " }\n";
}

std::string surprise_with(const SurpriseSpec& spec, const std::string& skip,
                          const std::string& more) {
  const std::string part = spec.parts.front() == PartKind::edge       ? "edge 1"
                           : spec.parts.front() == PartKind::platform ? "source"
                                                                      : "gateway";
  std::string text = "pindah: 1\nworld: shop\nsurprises:\n  - { " + spec.word + ": " + part;
  for (const auto* rows : {&spec.fields, &common_surprise_fields()})
    for (const Field& field : *rows)
      if (field.needed && field.key != skip) text += ", " + field.key + ": " + sample(field);
  return text + more + " }\n";
}

// What the reader and the schema say of a text must be the same.
void same_answer(const JsonSchema& schema, const std::string& text, bool taken) {
  INFO(text);
  const ReadText read = read_text(text);
  INFO(read.mistakes);
  CHECK(read.scenario.has_value() == taken);
  CHECK(schema.takes(as_json(YAML::Load(text))) == taken);
}

// One more kind of step and of surprise, as somebody would add them.
struct Ring {
  Micros every = seconds(3);
  bool loud = true;
};
StepSpec ring_spec() {
  StepSpec spec = vocabulary::step<Ring>("ring");
  spec.sentence = "ring a bell";
  spec.needs = {{Need::copied}};
  spec.precedence = 4;
  spec.explained = [](const PlanStep& step, const World& world) {
    return "Rings for " + services_of(step, world) + " every " +
           duration_text(step.options<Ring>().every) + ".";
  };
  spec.fields = {vocabulary::field<&Ring::every>({.key = "every",
                                                  .sentence = "how often it rings",
                                                  .least = seconds(1).us,
                                                  .most = hours(1).us}),
                 vocabulary::field<&Ring::loud>({.key = "loud",
                                                 .sentence = "whether anybody hears it",
                                                 .dangers = {{"false", "nobody hears it"}}})};
  return spec;
}

}  // namespace

TEST_CASE("Every row says what it is, and every kind stands where its number is") {
  std::set<std::string> words;
  for (std::size_t i = 0; i < step_specs().size(); ++i) {
    const StepSpec& spec = step_specs()[i];
    INFO(spec.word);
    CHECK(words.insert(spec.word).second);
    CHECK_FALSE(spec.sentence.empty());
    CHECK(spec.explained != nullptr);
    CHECK(step_of(static_cast<StepKind>(i)).does.has_value());
    for (const Field& field : spec.fields) check_row(field);
  }
  for (const SurpriseSpec& spec : surprise_specs()) {
    INFO(spec.word);
    CHECK(words.insert(spec.word).second);
    CHECK_FALSE(spec.parts.empty());
    for (const Field& field : spec.fields) check_row(field);
  }
  CHECK(spec_of(StepKind::capture).word == "capture");
  CHECK(spec_of(StepKind::cutover).word == "cutover");
  CHECK(spec_of(StepKind::rollback).word == "rollback");
  CHECK(spec_of(StepKind::open).word == "open");
  CHECK(spec_of(SurpriseKind::slow).word == "slow");
  CHECK(spec_of(SurpriseKind::stale).word == "stale");
}

TEST_CASE("Every option of every step is read, written, and read as the same") {
  const World world = named_world();
  for (const StepSpec& spec : step_specs())
    for (const Field& field : spec.fields) {
      const std::string text = plan_with(spec, ", " + field.key + ": " + sample(field));
      INFO(text);
      const ReadText read = read_text(text);
      CHECK(read.mistakes == "");
      REQUIRE(read.scenario);
      const PlanStep& step = read.scenario->plan.back();
      CHECK(written(field, spec.in(step), world).value_or("") ==
            (field.type == FieldType::condition || field.type == FieldType::text
                 ? in_quotes(sample(field))
                 : sample(field)));
      const std::string once = write_scenario(*read.scenario, world);
      const ReadText again = read_text(once);
      CHECK(again.mistakes == "");
      REQUIRE(again.scenario);
      CHECK(write_scenario(*again.scenario, world) == once);
    }
}

TEST_CASE("A duration beyond its bounds is refused with them") {
  int bounded = 0;
  for (const StepSpec& spec : step_specs())
    for (const Field& field : spec.fields) {
      if (field.type != FieldType::duration || field.most == kToTheEnd) continue;
      ++bounded;
      for (const std::int64_t us : {field.least - 1, field.most + 1}) {
        const std::string value = exact_duration({us});
        CHECK(read_text(plan_with(spec, ", " + field.key + ": " + value))
                  .mistakes.find(
                      "`" + field.key + "` must be from " + exact_duration({field.least}) + " to " +
                      exact_duration({field.most}) + ", not `" + value + "`") != std::string::npos);
      }
    }
  CHECK(bounded == 3);
}

TEST_CASE("The schema takes what the reader takes, and nothing else, of every option") {
  const JsonSchema schema(scenario_schema());
  for (const StepSpec& spec : step_specs()) {
    same_answer(schema, plan_with(spec, ""), true);
    same_answer(schema, plan_with(spec, ", zzz: 1"), false);
    same_answer(schema, plan_with(spec, ", when: lag(orders) < 1s"), true);
    same_answer(schema, plan_with(spec, ", when: [lag(orders) < 1s, errors(edge) < 1%]"), true);
    same_answer(schema, plan_with(spec, ", when: []"), false);
    for (const Field& field : spec.fields) {
      same_answer(schema, plan_with(spec, ", " + field.key + ": " + sample(field)), true);
      for (const std::string& wrong : wrong_samples(field))
        same_answer(schema, plan_with(spec, ", " + field.key + ": " + wrong), false);
    }
  }
  for (const SurpriseSpec& spec : surprise_specs()) {
    same_answer(schema, surprise_with(spec, "", ""), true);
    same_answer(schema, surprise_with(spec, "", ", zzz: 1"), false);
    for (const Field& field : spec.fields) {
      if (field.needed) same_answer(schema, surprise_with(spec, field.key, ""), false);
      for (const std::string& wrong : wrong_samples(field))
        same_answer(schema, surprise_with(spec, field.key, ", " + field.key + ": " + wrong), false);
    }
  }
}

TEST_CASE("A step of two kinds is none for the schema as for the reader; a cutover's options are") {
  const JsonSchema schema(scenario_schema());
  const std::string before = "pindah: 1\nworld: shop\nplan:\n" + kBefore;
  same_answer(schema, before + "  - { at: 2m, capture: orders, verify: orders }\n", false);
  same_answer(schema, before + "  - { at: 2m }\n", false);
  same_answer(schema, before + "  - { at: 2m, cutover: orders, copy: before, verify: true }\n",
              true);
  same_answer(schema, before + "  - { at: 2m, cutover: orders, copy: orders }\n", false);
  same_answer(schema, before + "  - { at: 2m, route: orders }\n", false);
  same_answer(schema, before + "  - { at: 2m, route: orders, writes: 5% }\n", true);
}

TEST_CASE("Every scenario in the repository is one by the schema") {
  const JsonSchema schema(scenario_schema());
  int count = 0;
  for (const char* folder : {"scenarios", "tests/scenarios"})
    for (const auto& file : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(PINDAH_SOURCE_DIR) / folder)) {
      if (file.path().extension() != ".yaml") continue;
      INFO(file.path().string());
      const YAML::Node yaml = YAML::LoadFile(file.path().string());
      if (!yaml["pindah"]) continue;  // a part of one
      CHECK(schema.takes(as_json(yaml)));
      ++count;
    }
  CHECK(count > 20);
}

TEST_CASE("One more step is a row: it is read, written, checked, explained, and in the schema") {
  const std::string text = plan_with(ring_spec(), ", every: 5s, loud: false");
  CHECK_FALSE(read_text(text).scenario);
  CHECK_FALSE(JsonSchema(scenario_schema()).takes(as_json(YAML::Load(text))));
  const AddedStep ring(ring_spec());
  const ReadText read = read_text(text);
  CHECK(read.mistakes == "");
  REQUIRE(read.scenario);
  const PlanStep& step = read.scenario->plan.back();
  CHECK(step.kind == ring.kind());
  CHECK(step.options<Ring>().every == seconds(5));
  CHECK(step.name == "ring of orders");
  CHECK(spec_of(step).explained(step, named_world()) == "Rings for orders every 5s.");
  CHECK(write_scenario(*read.scenario, named_world())
            .find("  - ring: [\"orders\"]\n    name: \"ring of orders\"\n    at: 5m\n    every: "
                  "5s\n    loud: false\n") != std::string::npos);
  CHECK(dangers(*read.scenario) == std::vector<std::string>{"night.yaml:6: ring of orders: nobody "
                                                            "hears it"});
  CHECK(mistakes("plan: [{ at: 1m, ring: orders }]\n") ==
        "3:24 no earlier step copies `orders`, so ring cannot work\n");
  CHECK(mistakes("plan: [{ at: 1m, rin: orders }]\n").find("did you mean `ring`?") !=
        std::string::npos);
  same_answer(JsonSchema(scenario_schema()), text, true);
  same_answer(JsonSchema(scenario_schema()), plan_with(ring_spec(), ", every: 5"), false);
  CHECK(step_reference().find("#### `ring: SERVICES`\n\nRing a bell.\nIt needs a copy before.\n\n"
                              "- `every`: how often it rings.\n  1s to 1h, by default `3s`.\n"
                              "- `loud`: whether anybody hears it.\n"
                              "  `true` (the default) or `false`.\n"
                              "  Known to hurt: `false`, nobody hears it.\n") != std::string::npos);
  const std::vector<std::string> known = reference_words();
  CHECK(std::find(known.begin(), known.end(), "ring") != known.end());
}

TEST_CASE("One more surprise is a row: it is read, written, explained, and in the schema") {
  const auto fog = [] {
    return SurpriseSpec{
        "fog",
        {PartKind::platform},
        {vocabulary::field<&Surprise::by>(
            {.key = "by", .sentence = "how thick it is", .needed = true})},
        "nobody sees anything",
        [](const Surprise& s, const World&) { return "Fog of " + duration_text(s.by); }};
  };
  const std::string text = surprise_with(fog(), "", "");
  CHECK_FALSE(read_text(text).scenario);
  const AddedSurprise added(fog());
  const ReadText read = read_text(text);
  CHECK(read.mistakes == "");
  REQUIRE(read.scenario);
  const Surprise& surprise = read.scenario->surprises.front();
  CHECK(surprise.kind == added.kind());
  CHECK(surprise.name == "fog source");
  CHECK(surprise.by == seconds(90));
  CHECK(write_scenario(*read.scenario, named_world()).find("  - fog: source\n    by: 90s\n") !=
        std::string::npos);
  same_answer(JsonSchema(scenario_schema()), text, true);
  same_answer(JsonSchema(scenario_schema()), surprise_with(fog(), "by", ""), false);
  CHECK(surprise_reference().find("#### `fog:` platform\n") != std::string::npos);
}
