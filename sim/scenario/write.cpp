#include "scenario/write.h"

#include <fmt/format.h>

#include <iterator>

#include "scenario/format.h"
#include "scenario/parse.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"
#include "scenario/words.h"

namespace pindah {
namespace {

using fmt::format_to;

class ScenarioWriter {
 public:
  ScenarioWriter(const Scenario& scenario, const World& world)
      : scenario_(scenario), world_(world) {}

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
    put("seed: {}\nstarts: {}\n", s.seed, instant_text({s.starts_us, s.utc_offset}));
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
      const StepSpec& spec = spec_of(step);
      put("  - {}: {}\n", spec.word, target(spec, step));
      if (!step.name.empty()) line("name", in_quotes(step.name));
      for (const Field& field : common_step_fields())
        if (field.key != "name") line(field, &step);
      for (const Field& field : spec.fields) line(field, spec.in(step));
    }
  }

  std::string target(const StepSpec& spec, const PlanStep& step) const {
    if (spec.of == Of::text) return in_quotes(step.text);
    std::vector<std::string> names;
    for (const ServiceId id : step.services)
      names.push_back(in_quotes(world_.services[static_cast<std::size_t>(id)].name));
    for (const PageId id : step.pages)
      names.push_back(in_quotes(world_.pages[static_cast<std::size_t>(id)].name));
    return fmt::format("[{}]", fmt::join(names, ", "));
  }
  void line(const std::string& key, const std::string& value) { put("    {}: {}\n", key, value); }
  void line(const Field& field, const void* options) {
    if (const auto value = written(field, options, world_)) line(field.key, *value);
  }

  void surprises() {
    open("surprises", scenario_.surprises.empty(), "[]");
    for (const Surprise& surprise : scenario_.surprises) {
      const SurpriseSpec& spec = spec_of(surprise);
      put("  - {}: {}\n", spec.word, written(surprise.part, world_));
      for (const Field& field : spec.fields) line(field, &surprise);
      if (!surprise.name.empty()) line("name", in_quotes(surprise.name));
      for (const Field& field : common_surprise_fields()) line(field, &surprise);
    }
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
  return ScenarioWriter(scenario, world).text();
}

}  // namespace pindah
