#include <algorithm>

#include "metrics/cursor.h"
#include "scenario/vocabulary/steps.h"

namespace pindah {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) all += i + 1 == words.size() ? " and " : ", ";
    all += words[i];
  }
  return all;
}

std::optional<StepKind> read_kind(Fields& fields, const Yaml& yaml, Problems& problems) {
  const std::vector<std::string> words = step_words();
  for (std::size_t i = 0; i < words.size(); ++i)
    if (step_specs()[i].composite && fields.has(words[i])) return static_cast<StepKind>(i);
  std::vector<std::string> given;
  std::size_t kind = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!fields.has(words[i])) continue;
    given.push_back(words[i]);
    kind = i;
  }
  if (given.size() == 1) return static_cast<StepKind>(kind);
  if (given.size() > 1) {
    problems.add(yaml.place, "a step does one thing, not " + join(given), "two steps");
    return {};
  }
  std::string hint;
  for (const auto& entry : fields.map().entries()) {
    if (hint.empty()) hint = did_you_mean(entry.first.text(), words);
  }
  problems.add(yaml.place, "this step does nothing", "one of: " + listed(words), hint);
  return {};
}

void read_services(Fields& fields, const std::string& key, PlanStep& step, Reading& reading) {
  for (const Yaml& item : fields.map().list(key)) {
    const std::string name = item.text();
    const ServiceId service = reading.world.service(name);
    if (service < 0) {
      reading.problems.add(item.place, "unknown service `" + name + "`",
                           "one of: " + listed(reading.names.services),
                           did_you_mean(name, reading.names.services));
    } else if (std::find(step.services.begin(), step.services.end(), service) !=
               step.services.end()) {
      reading.problems.add(item.place, "`" + name + "` is named twice");
    } else {
      step.services.push_back(service);
    }
  }
  const std::optional<Yaml> value = fields.map().get(key);
  if (value && value->is_list() && value->node.size() == 0) {
    reading.problems.add(value->place, "`" + key + "` names no service");
  }
}

void read_start(Fields& fields, PlanStep& step, Reading& reading) {
  if (!fields.has("at") && !fields.has("when") && !fields.has("after"))
    reading.problems.add(fields.place(), "a step needs `at`, `when` or `after`",
                         "at: 5m, when: lag(SERVICE) < 1s, or after: STEP");
  for (const Field& field : common_step_fields())
    if (field.key != "name") read_field(field, &step, fields, reading);
}

// Pages by their names, or by what they count as.
void read_pages(Fields& fields, const std::string& key, PlanStep& step, Reading& reading) {
  for (const Yaml& item : fields.map().list(key)) {
    const std::string name = item.text();
    bool there = false;
    for (std::size_t i = 0; i < reading.world.pages.size(); ++i) {
      const Page& page = reading.world.pages[i];
      const auto id = static_cast<PageId>(i);
      const bool known = std::find(step.pages.begin(), step.pages.end(), id) != step.pages.end();
      if (page.name != name && page.as != name) continue;
      there = true;
      if (!known) step.pages.push_back(id);
    }
    if (!there)
      reading.problems.add(item.place, "unknown page `" + name + "`",
                           "one of: " + listed(reading.names.page_names()),
                           did_you_mean(name, reading.names.page_names()));
  }
  const std::optional<Yaml> value = fields.map().get(key);
  if (value && value->is_list() && value->node.size() == 0)
    reading.problems.add(value->place, "`" + key + "` names no page");
}

// Events and states know a step by its id alone.
void refuse_equal_id(Fields& fields, const PlanStep& step, const std::vector<std::string>& taken,
                     Problems& problems) {
  for (const std::string& other : taken)
    if (other != step.name && step_id(other) == step_id(step.name))
      problems.add(fields.place(), "the names `" + step.name + "` and `" + other +
                                       "` have the same id: give one of the steps another `name:`");
}

void read_name(Fields& fields, const std::string& word, PlanStep& step, Reading& reading) {
  const std::vector<std::string>& taken = reading.names.steps;
  if (fields.map().get("name")) {
    fields.text("name", step.name);
    if (std::find(taken.begin(), taken.end(), step.name) != taken.end()) {
      reading.problems.add(fields.place_of("name"),
                           "another step is named `" + step.name + "` already");
    }
    return refuse_equal_id(fields, step, taken, reading.problems);
  }
  std::vector<std::string> services;  // or pages
  for (const ServiceId id : step.services) {
    services.push_back(reading.world.services[static_cast<std::size_t>(id)].name);
  }
  for (const PageId page : step.pages) {
    const std::string& name = reading.world.pages[static_cast<std::size_t>(page)].name;
    services.push_back(name);
  }
  step.name = unique_name(services.empty() ? word : word + " of " + join(services), taken);
  refuse_equal_id(fields, step, taken, reading.problems);
}

// What is asked of who meets a step makes sense only where others answer afterwards.
void check_meeting(Fields& fields, const PlanStep& step, Problems& problems) {
  for (const char* key : {"met_at_least", "quiet"})
    if (fields.has(key) && !changes_who_answers(step))
      problems.add(fields.place_of(key),
                   "`" + std::string(key) + "` is of steps that change who answers",
                   "a cutover, a rollback, a route, a retirement, or a dual_write with "
                   "`authoritative`");
  if (step.met_at_least && step.quiet.value_or(false))
    problems.add(fields.place_of("met_at_least"),
                 "a step has either `met_at_least` or `quiet`, not both");
}

// What stands beside the kind.
void read_target(Fields& fields, const StepSpec& spec, PlanStep& step, Reading& reading) {
  switch (spec.of) {
    case Of::services:
      return read_services(fields, spec.word, step, reading);
    case Of::pages:
      return read_pages(fields, spec.word, step, reading);
    case Of::text:
      return fields.text(spec.word, step.text);
  }
}

void read_step(const Yaml& yaml, Reading& reading) {
  Fields fields(yaml, "a step", reading.problems);
  if (!yaml.is_map()) return;
  const std::optional<StepKind> kind = read_kind(fields, yaml, reading.problems);
  if (!kind) return;
  const StepSpec& spec = spec_of(*kind);
  PlanStep step = step_of(*kind);
  step.place = fields.place_of(spec.word);
  read_target(fields, spec, step, reading);
  read_start(fields, step, reading);
  if (spec.derive != nullptr) spec.derive(step, reading);
  for (const Field& field : spec.fields) read_field(field, spec.into(step), fields, reading);
  read_name(fields, spec.word, step, reading);
  check_meeting(fields, step, reading.problems);
  fields.finish();
  reading.names.steps.push_back(step.name);
  reading.scenario.plan.push_back(std::move(step));
}

}  // namespace

void read_plan(const Yaml& yaml, Reading& reading) {
  const std::size_t before = reading.problems.count();
  for (const Yaml& item : maps_of(yaml, "the plan", reading.problems)) read_step(item, reading);
  // A step that was not understood would be missed here and blamed on another.
  if (reading.problems.count() == before) check_plan(reading);
}

}  // namespace pindah
