#include <fmt/format.h>

#include <iterator>

#include "scenario/format.h"
#include "scenario/parse.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah {
namespace {

using fmt::format_to;

class Writer {
 public:
  Writer(const Scenario& scenario, const World& world) : scenario_(scenario), world_(world) {}

  std::string text() {
    head();
    platforms();
    links();
    traffic();
    plan();
    surprises();
    budget();
    return std::move(out_);
  }

 private:
  template <class... T>
  void put(fmt::format_string<T...> format, T&&... values) {
    format_to(std::back_inserter(out_), format, std::forward<T>(values)...);
  }
  // A list or map, with what it says when it is empty.
  void open(const char* key, bool empty, const char* nothing) {
    put("{}:{}{}\n", key, empty ? " " : "", empty ? nothing : "");
  }

  void head() {
    const Scenario& s = scenario_;
    put("pindah: 1\ntitle: {}\nworld: {}\n", in_quotes(s.title), in_quotes(s.world));
    put("seed: {}\nstarts: {}\n", s.seed, moment_text({s.starts_us, s.utc_offset}));
    put("length: {}\nsettle: {}\n", exact_duration(s.length), exact_duration(s.settle));
    put("edges: {}\nroute_refresh: {}\n", s.edges, exact_duration(s.route_refresh));
    put("max_control_p99: {}\n", exact_duration(s.max_control_p99));
    put("min_exposure: {}\n", s.min_exposure);
    open("scale", s.scale.empty(), "{}");
    for (const auto& [name, number] : s.scale) put("  {}: {}\n", in_quotes(name), number);
    open("settings", s.settings.empty(), "{}");
    for (const auto& [name, duration] : s.settings) {
      put("  {}: {}\n", in_quotes(name), exact_duration(duration));
    }
  }

  void platforms() {
    put("platforms:\n");
    for (const Side side : {Side::source, Side::target}) {
      const PlatformCapacity& p = scenario_.platforms[index(side)];
      put("  {}: {{ workers: {}, queue: {}, service_time: {{ median: {}, p99: {} }} }}\n",
          side_words()[index(side)], p.workers, p.queue, exact_duration(p.service_time.median),
          exact_duration(p.service_time.p99));
    }
  }

  void links() {
    put("links:\n");
    for (std::size_t i = 0; i < scenario_.links.size(); ++i) {
      const LinkSpec& link = scenario_.links[i];
      put("  {}: {{ delay: {}, loss: {} }}\n", link_words()[i], exact_duration(link.delay),
          exact_share(link.loss_ppm));
    }
  }

  void traffic() {
    open("traffic", scenario_.traffic.empty(), "[]");
    for (const TrafficEntry& entry : scenario_.traffic) {
      put("  - {{ at: {}, {}: {}", exact_duration(entry.at),
          shape_words()[static_cast<std::size_t>(entry.shape)], exact_rate(entry.rate_micro));
      if (entry.shape == Shape::ramp) put(", over: {}", exact_duration(entry.rise));
      if (entry.shape == Shape::spike) {
        put(", rise: {}, half_life: {}", exact_duration(entry.rise),
            exact_duration(entry.half_life));
      }
      put(", until: {}, mix: {}, home: {} }}\n", exact_duration(entry.until),
          in_quotes(world_.mixes[static_cast<std::size_t>(entry.mix)].name),
          side_words()[index(entry.home)]);
    }
  }

  void plan() {
    open("plan", scenario_.plan.empty(), "[]");
    for (const PlanStep& step : scenario_.plan) {
      const std::string word = step_words()[static_cast<std::size_t>(step.kind)];
      put("  - {}: {}\n", word,
          step.kind == StepKind::rename ? in_quotes(step.text) : services(step));
      if (!step.name.empty()) line("name", in_quotes(step.name));
      if (step.at) line("at", *step.at == kNever ? "never" : exact_duration(*step.at));
      condition("when", step.when);
      condition("needs", step.needs);
      options(step);
    }
  }

  // Or pages.
  std::string services(const PlanStep& step) const {
    std::vector<std::string> names;
    for (const ServiceId id : step.services)
      names.push_back(in_quotes(world_.services[static_cast<std::size_t>(id)].name));
    for (const PageId id : step.pages)
      names.push_back(in_quotes(world_.pages[static_cast<std::size_t>(id)].name));
    return fmt::format("[{}]", fmt::join(names, ", "));
  }
  void line(const char* key, const std::string& value) { put("    {}: {}\n", key, value); }
  void condition(const char* key, const std::optional<Expression>& condition) {
    if (condition) line(key, in_quotes(condition->text));
  }
  void flag(const char* key, bool value) { line(key, value ? "true" : "false"); }

  void options(const PlanStep& step) {
    switch (step.kind) {
      case StepKind::copy:
        return copy(step);
      case StepKind::apply:
        return apply(step);
      case StepKind::verify:
        return verify(step);
      case StepKind::cutover:
        fence(step);
        flag("reverse", step.reverse);
        flag("forward_callbacks", step.forward_callbacks);
        flag("verify", step.verify_at_cutover);
        line("copy", step.copy_under_fence ? "under_fence" : "before");
        line("share", exact_share(step.share_ppm));
        return by(step);
      case StepKind::rollback:
        fence(step);
        return flag("failback", step.failback);
      case StepKind::route:
        if (step.reads_ppm) line("reads", exact_share(*step.reads_ppm));
        if (step.writes_ppm) line("writes", exact_share(*step.writes_ppm));
        line("over", exact_duration(step.over));
        return by(step);
      case StepKind::reverse:
        flag("on", step.on);
        return flag("origin_tag", step.origin_tag);
      case StepKind::dual_write:
        return dual_write(step);
      case StepKind::shadow_read:
        flag("on", step.on);
        line("share", exact_share(step.reads_compared_ppm));
        return by(step);
      case StepKind::capture:
        if (step.retention.us > 0) line("retention", exact_duration(step.retention));
        return;
      case StepKind::retire:
        return line("read_only_first", exact_duration(step.read_only_first));
      case StepKind::forward_callbacks:
      case StepKind::rename:
      case StepKind::close:
      case StepKind::open:
        return;
    }
  }

  template <class Enum>
  void word(const char* key, Enum value, std::initializer_list<const char*> words) {
    line(key, words.begin()[static_cast<std::size_t>(value)]);
  }
  static std::string speed(std::int64_t a_second) {
    return a_second == 0 ? "unlimited" : fmt::format("{} rows/s", a_second);
  }
  void checkpoint(const PlanStep& step) {
    word("checkpoint", step.checkpoint, {"with_data", "apart"});
  }
  void by(const PlanStep& step) {
    line("by", step.by == kPartitionsMax ? "request" : world_.partitions[step.by].name);
  }

  void copy(const PlanStep& step) {
    line("speed", speed(step.rows_per_second));
    line("chunk", std::to_string(step.chunk));
    word("order", step.order, {"parents_first", "parents_last"});
    flag("locking", step.locking);
    condition("pause_when", step.pause_when);
    word("conflict", step.conflict, {"changelog_wins", "upsert", "replace", "ignore", "fail"});
    checkpoint(step);
  }

  void apply(const PlanStep& step) {
    line("poll", exact_duration(step.poll));
    line("batch", std::to_string(step.batch));
    line("at_once", std::to_string(step.at_once));
    word("missing", step.missing, {"insert", "ignore", "fail"});
    word("conflict", step.conflict, {"upsert", "upsert", "replace", "ignore", "fail"});
    word("carries", step.carries, {"state", "images"});
    checkpoint(step);
  }

  void verify(const PlanStep& step) {
    line("sample", exact_share(step.sample_ppm));
    line("speed", speed(step.compared_per_second));
    line("rechecks", std::to_string(step.rechecks));
    line("cursor", step.own_cursor ? "own" : "copy");
  }

  void dual_write(const PlanStep& step) {
    flag("on", step.on);
    line("mode", step.sync ? "sync" : "async");
    line("slots", std::to_string(step.slots));
    word("when_busy", step.when_busy, {"wait", "drop"});
    word("half_write", step.half_write, {"retry", "ignore", "fail"});
    flag("ordered", step.ordered);
    if (step.authoritative) line("authoritative", side_words()[index(*step.authoritative)]);
  }

  void fence(const PlanStep& step) {
    line("freeze_at_most", exact_duration(step.freeze_at_most));
    line("at_limit", step.at_limit == AtLimit::abort ? "abort" : "go_on");
    flag("may_abort", step.may_abort);
    line("fence", step.fence == FenceDoes::hold ? "hold" : "refuse");
    flag("drain", step.drain);
    line("position", step.position == PositionWhen::after_drain ? "after_drain" : "before_drain");
    line("hold_at_most", std::to_string(step.hold_at_most));
  }

  void surprises() {
    open("surprises", scenario_.surprises.empty(), "[]");
    for (const Surprise& surprise : scenario_.surprises) {
      const SurpriseSpec& spec = spec_of(surprise);
      put("  - {}: {}\n", spec.word, written(surprise.part, world_));
      lines(spec.fields, &surprise);
      if (!surprise.name.empty()) line("name", in_quotes(surprise.name));
      lines(common_surprise_fields(), &surprise);
    }
  }

  void lines(const std::vector<Field>& fields, const void* options) {
    for (const Field& field : fields)
      if (const auto value = written(field, options, world_)) line(field.key.c_str(), *value);
  }

  void budget() {
    open("budget", scenario_.budget.empty(), "{}");
    for (const BudgetLine& one : scenario_.budget) {
      put("  {}: {}\n", in_quotes(one.name), in_quotes(one.text));
    }
  }

  const Scenario& scenario_;
  const World& world_;
  std::string out_;
};

}  // namespace

std::string write_scenario(const Scenario& scenario, const World& world) {
  return Writer(scenario, world).text();
}

}  // namespace pindah
