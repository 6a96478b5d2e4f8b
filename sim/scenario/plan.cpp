#include <algorithm>

#include "metrics/cursor.h"
#include "scenario/format.h"
#include "scenario/parse.h"

namespace pindah {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kMostRows = 1'000'000;  // rows a second of a copy

// Steps whose options have the names of other kinds: with one of these, nothing else is the kind.
constexpr StepKind kComposite[] = {StepKind::cutover, StepKind::rollback};

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
  for (const StepKind kind : kComposite) {
    if (fields.has(words[static_cast<std::size_t>(kind)])) return kind;
  }
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
  const bool at = fields.has("at");
  const bool when = fields.has("when");
  if (at == when) {
    reading.problems.add(
        at ? fields.place_of("when") : fields.place(),
        at ? "a step has either `at` or `when`, not both" : "a step needs `at` or `when`",
        "at: 5m, or when: lag(SERVICE) < 1s");
  }
  Micros time;
  if (fields.duration("at", time, {}, reading.end())) step.at = time;
  fields.condition("when", step.when, reading.names);
  fields.condition("needs", step.needs, reading.names);
}

// `2000 rows/s` or `unlimited`.
void read_speed(Fields& fields, PlanStep& step) {
  const std::optional<Yaml> value = fields.map().get("speed");
  if (!value) return;
  constexpr std::string_view kRows = " rows/s";
  const std::string text = value->text();
  const std::size_t rows = text.rfind(kRows);
  const bool ends = rows != std::string::npos && rows + kRows.size() == text.size();
  const std::int64_t number = ends ? parse_scaled(text.substr(0, rows), 1).value_or(0) : 0;
  if (text == "unlimited") {
    step.rows_per_second = 0;
  } else if (number >= 1 && number <= kMostRows) {
    step.rows_per_second = number;
  } else {
    fields.problems().add(value->place, "`speed` must be rows a second, not " + shown(*value),
                          "from 1 rows/s to 1000000 rows/s, or unlimited");
  }
}

void read_copy(Fields& fields, PlanStep& step, Reading& reading) {
  read_speed(fields, step);
  fields.integer("chunk", step.chunk, 1, 100'000);
  fields.condition("pause_when", step.pause_when, reading.names);
  fields.word("conflict", step.conflict, {"changelog_wins", "chunk_wins"});
}

void read_fence(Fields& fields, PlanStep& step) {
  fields.duration("freeze_at_most", step.freeze_at_most, millis(1), hours(24));
  fields.word("at_limit", step.at_limit, {"abort", "go_on"});
  fields.flag("may_abort", step.may_abort);
  fields.word("fence", step.fence, {"hold", "refuse"});
  fields.flag("drain", step.drain);
  fields.word("position", step.position, {"after_drain", "before_drain"});
  fields.integer("hold_at_most", step.hold_at_most, 0, kMillion);
}

bool has_changelog(const PlanStep& step, const Reading& reading) {
  return std::all_of(step.services.begin(), step.services.end(), [&](ServiceId service) {
    const auto& plan = reading.scenario.plan;
    const auto& moves = reading.world.moves;
    const bool captured = std::any_of(plan.begin(), plan.end(), [&](const PlanStep& earlier) {
      return earlier.kind == StepKind::capture &&
             std::find(earlier.services.begin(), earlier.services.end(), service) !=
                 earlier.services.end();
    });
    return captured && std::any_of(moves.begin(), moves.end(), [&](const Move& move) {
             return move.service == service && move.from == Side::target;
           });
  });
}

void read_cutover(Fields& fields, PlanStep& step, Reading& reading) {
  read_fence(fields, step);
  step.reverse = has_changelog(step, reading);
  fields.flag("reverse", step.reverse);
  fields.flag("forward_callbacks", step.forward_callbacks);
  fields.flag("verify", step.verify_at_cutover);
  enum class Copy : std::uint8_t { before, under_fence } copy = Copy::before;
  fields.word("copy", copy, {"before", "under_fence"});
  step.copy_under_fence = copy == Copy::under_fence;
}

void read_route(Fields& fields, PlanStep& step, Reading& reading) {
  if (fields.map().need("reads")) fields.share("reads", step.reads_ppm);
  fields.duration("over", step.over, {}, reading.end());
}

void read_options(Fields& fields, PlanStep& step, Reading& reading) {
  switch (step.kind) {
    case StepKind::copy:
      return read_copy(fields, step, reading);
    case StepKind::apply:
      fields.duration("poll", step.poll, millis(1), hours(1));
      return fields.integer("batch", step.batch, 1, 100'000);
    case StepKind::cutover:
      return read_cutover(fields, step, reading);
    case StepKind::rollback:
      return read_fence(fields, step);
    case StepKind::route:
      return read_route(fields, step, reading);
    case StepKind::reverse:
      return fields.flag("on", step.on);
    case StepKind::capture:
    case StepKind::verify:
    case StepKind::forward_callbacks:
    case StepKind::rename:
    case StepKind::retire:
      return;
  }
}

void read_name(Fields& fields, const std::string& word, PlanStep& step, Reading& reading) {
  const std::vector<std::string>& taken = reading.names.steps;
  if (fields.map().get("name")) {
    fields.text("name", step.name);
    if (std::find(taken.begin(), taken.end(), step.name) != taken.end()) {
      reading.problems.add(fields.place_of("name"),
                           "another step is named `" + step.name + "` already");
    }
    return;
  }
  std::vector<std::string> services;
  for (const ServiceId id : step.services) {
    services.push_back(reading.world.services[static_cast<std::size_t>(id)].name);
  }
  step.name = unique_name(services.empty() ? word : word + " of " + join(services), taken);
}

void read_step(const Yaml& yaml, Reading& reading) {
  Fields fields(yaml, "a step", reading.problems);
  if (!yaml.is_map()) return;
  const std::optional<StepKind> kind = read_kind(fields, yaml, reading.problems);
  if (!kind) return;
  const std::string word = step_words()[static_cast<std::size_t>(*kind)];
  PlanStep step;
  step.kind = *kind;
  step.place = fields.place_of(word);
  if (*kind == StepKind::rename) {
    fields.text(word, step.text);
  } else {
    read_services(fields, word, step, reading);
  }
  read_start(fields, step, reading);
  read_options(fields, step, reading);
  read_name(fields, word, step, reading);
  fields.finish();
  reading.names.steps.push_back(step.name);
  reading.scenario.plan.push_back(std::move(step));
}

}  // namespace

void read_plan(const Yaml& yaml, Reading& reading) {
  const std::size_t before = reading.problems.list().size();
  for (const Yaml& item : maps_of(yaml, "the plan", reading.problems)) read_step(item, reading);
  // A step that was not understood would be missed here and blamed on another.
  if (reading.problems.list().size() == before) check_plan(reading);
}

}  // namespace pindah
