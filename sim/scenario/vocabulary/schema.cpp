#include "scenario/vocabulary/schema.h"

#include <algorithm>

#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/reference.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah {
namespace {

using Json = nlohmann::ordered_json;

Json defined(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }
Json needing(const std::vector<std::string>& keys) { return {{"required", keys}}; }
Json any_of(std::vector<Json> schemas) { return {{"anyOf", std::move(schemas)}}; }

void add_fields(const std::vector<Field>& fields, const void* options, Json& kind) {
  for (const Field& field : fields) {
    Json schema = schema_of(field);
    // Beside a reference everything else would be ignored.
    if (schema.contains("$ref")) schema = {{"allOf", Json::array({std::move(schema)})}};
    schema["description"] = described(field, options);
    kind["properties"][field.key] = std::move(schema);
    if (field.needed) kind["required"].push_back(field.key);
    if (field.needed_unless.empty()) continue;
    kind["allOf"].push_back(any_of({needing({field.key}), needing({field.needed_unless})}));
  }
}

Json kind_of(const std::string& word, Json value, const std::string& sentence) {
  value["description"] = sentence;
  return {{"type", "object"},
          {"additionalProperties", false},
          {"required", Json::array({word})},
          {"properties", {{word, std::move(value)}}}};
}

Json step_schema(const StepSpec& spec, const PlanStep& usual) {
  Json target = {{"allOf", Json::array({defined(spec.of == Of::text ? "text" : "names")})}};
  Json kind = kind_of(spec.word, std::move(target), spec.sentence);
  kind["anyOf"] = Json::array({needing({"at"}), needing({"when"}), needing({"after"})});
  add_fields(common_step_fields(), &usual, kind);
  add_fields(spec.fields, spec.in(usual), kind);
  return kind;
}

bool known_without_world(PartKind kind) {
  return kind == PartKind::link || kind == PartKind::platform || kind == PartKind::migrator;
}

Json part_schema(const std::vector<PartKind>& kinds) {
  if (kinds.front() == PartKind::edge)
    return {{"type", "string"}, {"pattern", "^edge ([1-9]|[1-5][0-9]|6[0-4])$"}};
  if (!std::all_of(kinds.begin(), kinds.end(), known_without_world)) return {{"type", "string"}};
  std::vector<std::string> names;
  for (const PartKind kind : kinds)
    for (const std::string& name : names_of(kind, {}, 0)) names.push_back(name);
  return {{"enum", names}};
}

Json surprise_schema(const SurpriseSpec& spec) {
  const Surprise usual;
  Json kind = kind_of(spec.word, part_schema(spec.parts), spec.sentence);
  add_fields(spec.fields, &usual, kind);
  kind["properties"]["name"] = defined("text");
  add_fields(common_surprise_fields(), &usual, kind);
  return kind;
}

// One of the kinds, by the key that says which; those that `first` says rule out the others.
Json one_of_kinds(const std::string& prefix, const std::vector<std::string>& words,
                  const std::vector<std::string>& first) {
  std::vector<Json> given, each, ruling;
  for (const std::string& word : first) ruling.push_back(needing({word}));
  for (const std::string& word : words) {
    given.push_back(needing({word}));
    Json here = needing({word});
    const bool rules = std::find(first.begin(), first.end(), word) != first.end();
    if (!rules && !first.empty()) here["not"] = any_of(ruling);
    each.push_back({{"if", std::move(here)}, {"then", defined(prefix + word)}});
  }
  return {{"type", "object"}, {"anyOf", std::move(given)}, {"allOf", std::move(each)}};
}

}  // namespace

Json vocabulary_schema() {
  Json all = Json::object();
  std::vector<std::string> first;
  for (const StepSpec& spec : step_specs())
    if (spec.composite) first.push_back(spec.word);
  all["step"] = one_of_kinds("step-", step_words(), first);
  for (std::size_t i = 0; i < step_specs().size(); ++i)
    all["step-" + step_specs()[i].word] =
        step_schema(step_specs()[i], step_of(static_cast<StepKind>(i)));
  all["surprise"] = one_of_kinds("surprise-", surprise_words(), {});
  for (const SurpriseSpec& spec : surprise_specs())
    all["surprise-" + spec.word] = surprise_schema(spec);
  return all;
}

}  // namespace pindah
