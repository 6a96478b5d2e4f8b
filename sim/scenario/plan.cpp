#include <algorithm>

#include "base/fixed.h"
#include "metrics/cursor.h"
#include "scenario/format.h"
#include "scenario/parse.h"

namespace pindah {
namespace {

constexpr std::int64_t kFastestCopy = 1'000'000;  // rows a second of a copy
constexpr std::int64_t kMostHeld = 1'000'000;     // requests held by a fence

// Steps whose options have the names of other kinds: with one of these, nothing else is the kind.
constexpr StepKind kComposite[] = {StepKind::cutover, StepKind::rollback};
constexpr StepKind kOfPages[] = {StepKind::close, StepKind::open};

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
  const auto value = fields.map().get("at");
  if (value && value->text() == "never") {
    fields.map().text("at");
    step.at = kNever;
  } else if (fields.duration("at", time, {}, reading.end())) {
    step.at = time;
  }
  fields.condition("when", step.when, reading.names);
  fields.condition("needs", step.needs, reading.names);
}

// Pages by their names, or by what they count as.
void read_pages(Fields& fields, const std::string& key, PlanStep& step, Reading& reading) {
  for (const Yaml& item : fields.map().list(key)) {
    const std::string name = item.text();
    const std::size_t before = step.pages.size();
    for (std::size_t i = 0; i < reading.world.pages.size(); ++i) {
      const Page& page = reading.world.pages[i];
      if (page.name == name || page.as == name) step.pages.push_back(static_cast<PageId>(i));
    }
    if (step.pages.size() == before)
      reading.problems.add(item.place, "unknown page `" + name + "`",
                           "one of: " + listed(reading.names.pages),
                           did_you_mean(name, reading.names.pages));
  }
  const std::optional<Yaml> value = fields.map().get(key);
  if (value && value->is_list() && value->node.size() == 0)
    reading.problems.add(value->place, "`" + key + "` names no page");
}

// `by:` one of the world's partitions, or each request for itself.
void read_by(Fields& fields, PlanStep& step, Reading& reading) {
  std::vector<std::string> words;
  for (const Partition& partition : reading.world.partitions) words.push_back(partition.name);
  words.push_back("request");
  const auto by = fields.map().word("by", words);
  if (by) step.by = *by + 1 == words.size() ? kPartitionsMax : *by;
}

// `2000 rows/s` or `unlimited`.
void read_speed(Fields& fields, std::int64_t& speed) {
  const std::optional<Yaml> value = fields.map().get("speed");
  if (!value) return;
  constexpr std::string_view kRows = " rows/s";
  const std::string text = value->text();
  const std::size_t rows = text.rfind(kRows);
  const bool ends = rows != std::string::npos && rows + kRows.size() == text.size();
  const std::int64_t number = ends ? parse_scaled(text.substr(0, rows), 1).value_or(0) : 0;
  if (text == "unlimited") {
    speed = 0;
  } else if (number >= 1 && number <= kFastestCopy) {
    speed = number;
  } else {
    fields.problems().add(value->place, "`speed` must be rows a second, not " + shown(*value),
                          "from 1 rows/s to 1000000 rows/s, or unlimited");
  }
}

void read_copy(Fields& fields, PlanStep& step, Reading& reading) {
  read_speed(fields, step.rows_per_second);
  fields.integer("chunk", step.chunk, 1, 100'000);
  fields.word("order", step.order, {"parents_first", "parents_last"});
  fields.flag("locking", step.locking);
  fields.condition("pause_when", step.pause_when, reading.names);
  fields.word("conflict", step.conflict, {"changelog_wins", "upsert", "replace", "ignore", "fail"});
  fields.word("checkpoint", step.checkpoint, {"with_data", "apart"});
}

void read_apply(Fields& fields, PlanStep& step) {
  fields.duration("poll", step.poll, millis(1), hours(1));
  fields.integer("batch", step.batch, 1, 100'000);
  fields.integer("at_once", step.at_once, 1, 64);
  fields.word("missing", step.missing, {"insert", "ignore", "fail"});
  // In the order of CopyConflict, without its first.
  if (const auto rule = fields.map().word("conflict", {"upsert", "replace", "ignore", "fail"}))
    step.conflict = static_cast<CopyConflict>(*rule + 1);
  fields.word("carries", step.carries, {"state", "images"});
  fields.word("checkpoint", step.checkpoint, {"with_data", "apart"});
}

void read_verify(Fields& fields, PlanStep& step) {
  fields.share("sample", step.sample_ppm);
  read_speed(fields, step.compared_per_second);
  fields.integer("rechecks", step.rechecks, 0, 1000);
  enum class Cursor : std::uint8_t { own, copy } cursor = Cursor::own;
  fields.word("cursor", cursor, {"own", "copy"});
  step.own_cursor = cursor == Cursor::own;
}

void read_dual_write(Fields& fields, PlanStep& step) {
  fields.flag("on", step.on);
  enum class Mode : std::uint8_t { sync, async } mode = Mode::sync;
  fields.word("mode", mode, {"sync", "async"});
  step.sync = mode == Mode::sync;
  fields.integer("slots", step.slots, 1, 10'000);
  fields.word("when_busy", step.when_busy, {"wait", "drop"});
  fields.word("half_write", step.half_write, {"retry", "ignore", "fail"});
  fields.flag("ordered", step.ordered);
  if (const auto side = fields.map().word("authoritative", side_words()))
    step.authoritative = static_cast<Side>(*side);
}

void read_shadow_read(Fields& fields, PlanStep& step, Reading& reading) {
  fields.flag("on", step.on);
  fields.share("share", step.reads_compared_ppm);
  read_by(fields, step, reading);
}

void read_fence(Fields& fields, PlanStep& step) {
  fields.duration("freeze_at_most", step.freeze_at_most, millis(1), hours(24));
  fields.word("at_limit", step.at_limit, {"abort", "go_on"});
  fields.flag("may_abort", step.may_abort);
  fields.word("fence", step.fence, {"hold", "refuse"});
  fields.flag("drain", step.drain);
  fields.word("position", step.position, {"after_drain", "before_drain"});
  fields.integer("hold_at_most", step.hold_at_most, 0, kMostHeld);
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
  fields.share("share", step.share_ppm);
  read_by(fields, step, reading);
}

void read_share(Fields& fields, const char* key, std::optional<std::int64_t>& into) {
  std::int64_t ppm = 0;
  if (fields.share(key, ppm)) into = ppm;
}

void read_route(Fields& fields, PlanStep& step, Reading& reading) {
  if (!fields.has("writes")) fields.map().need("reads");
  read_share(fields, "reads", step.reads_ppm);
  read_share(fields, "writes", step.writes_ppm);
  fields.duration("over", step.over, {}, reading.end());
  read_by(fields, step, reading);
}

void read_reverse(Fields& fields, PlanStep& step) {
  fields.flag("on", step.on);
  fields.flag("origin_tag", step.origin_tag);
}

void read_rollback(Fields& fields, PlanStep& step) {
  read_fence(fields, step);
  fields.flag("failback", step.failback);
}

void read_options(Fields& fields, PlanStep& step, Reading& reading) {
  switch (step.kind) {
    case StepKind::copy:
      return read_copy(fields, step, reading);
    case StepKind::apply:
      return read_apply(fields, step);
    case StepKind::verify:
      return read_verify(fields, step);
    case StepKind::cutover:
      return read_cutover(fields, step, reading);
    case StepKind::rollback:
      return read_rollback(fields, step);
    case StepKind::route:
      return read_route(fields, step, reading);
    case StepKind::reverse:
      return read_reverse(fields, step);
    case StepKind::dual_write:
      return read_dual_write(fields, step);
    case StepKind::shadow_read:
      return read_shadow_read(fields, step, reading);
    case StepKind::capture:
      fields.duration("retention", step.retention, seconds(1), reading.end());
      return;
    case StepKind::retire:
      fields.duration("read_only_first", step.read_only_first, {}, reading.end());
      return;
    case StepKind::forward_callbacks:
    case StepKind::rename:
    case StepKind::close:
    case StepKind::open:
      return;
  }
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

void read_step(const Yaml& yaml, Reading& reading) {
  Fields fields(yaml, "a step", reading.problems);
  if (!yaml.is_map()) return;
  const std::optional<StepKind> kind = read_kind(fields, yaml, reading.problems);
  if (!kind) return;
  const std::string word = step_words()[static_cast<std::size_t>(*kind)];
  PlanStep step;
  step.kind = *kind;
  step.place = fields.place_of(word);
  const bool of_pages =
      std::find(std::begin(kOfPages), std::end(kOfPages), *kind) != std::end(kOfPages);
  if (*kind == StepKind::rename) {
    fields.text(word, step.text);
  } else if (of_pages) {
    read_pages(fields, word, step, reading);
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
