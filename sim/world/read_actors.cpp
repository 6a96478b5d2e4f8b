// actors.yaml: ledgers, jobs, settings.
#include <algorithm>

#include "world/loading.h"

namespace pindah {
namespace {

Method read_method(Loading& loading, const Yaml& name, const Yaml& yaml) {
  YamlMap map(yaml, "a method", loading.problems);
  Method method;
  method.name = name.text();
  map.need("answers");
  const auto answers = map.word("answers", {"at once", "later", "never"});
  method.answers = static_cast<Answers>(answers.value_or(0));
  const bool answering = answers && method.answers != Answers::never;
  method.delay.median = duration(loading, map, "median", answering).value_or(Micros{});
  method.delay.p99 = duration(loading, map, "p99", answering).value_or(method.delay.median);
  method.cap = duration(loading, map, "cap", false).value_or(Micros{});
  map.finish();
  if (method.delay.p99 < method.delay.median) {
    loading.problems.add(yaml.place, "p99 is less than the median");
  }
  return method;
}

SlotId ledger_slot(Loading& loading, YamlMap& map, std::string_view key, bool needed) {
  if (!needed && !map.has(key)) return -1;
  const auto name = need_text(loading, map, key);
  if (!name || !check_name(loading, *name, "a slot")) return -1;
  return slot_of(loading, name->text());
}

void read_operations(Loading& loading, Ledger& ledger, YamlMap& map) {
  const auto yaml = map.need("calls");
  if (!yaml) return;
  YamlMap calls(*yaml, "calls of a ledger", loading.problems);
  for (const auto& entry : calls.entries()) {
    const std::string name = entry.first.text();
    const auto word = calls.word(name, {"enter", "reverse"});
    if (!check_name(loading, entry.first, "a call of a ledger") || !word) continue;
    std::string& operation = *word == 0 ? ledger.enter : ledger.reverse;
    if (!operation.empty()) {
      loading.problems.add(entry.first.place, "two calls of one ledger do the same");
    }
    operation = name;
  }
}

void name_ledger(Loading& loading, const Yaml& name, const Yaml& yaml) {
  Ledger ledger;
  ledger.name = name.text();
  if (loading.world.service(ledger.name) >= 0) {
    loading.problems.add(name.place,
                         "a ledger and a service are both called `" + ledger.name + "`");
  }
  YamlMap map(yaml, "a ledger", loading.problems);
  read_operations(loading, ledger, map);
  ledger.ref = ledger_slot(loading, map, "ref", true);
  ledger.amount = ledger_slot(loading, map, "amount", false);
  ledger.by = ledger_slot(loading, map, "by", false);
  ledger.state = filled_slot(loading, "state");
  ledger.refund_state = filled_slot(loading, "refund_state");
  if (const auto service = need_text(loading, map, "service")) {
    ledger.service = need_name(loading, service->place, "service", service->text(),
                               names_of(loading.world.services));
  }
  if (const auto methods = map.need("methods")) {
    YamlMap entries(*methods, "methods", loading.problems);
    for (const auto& [method, value] : entries.entries()) {
      ledger.methods.push_back(read_method(loading, method, value));
    }
    if (ledger.methods.empty()) loading.problems.add(methods->place, "a ledger needs a method");
  }
  const auto retries = map.list("callback_retries");
  check_count(loading, retries, limit::kCallbackRetries);
  for (const Yaml& retry : retries) {
    ledger.callback_retries.push_back(duration(loading, retry).value_or(Micros{}));
  }
  map.get("callback");
  map.finish();
  loading.world.ledgers.push_back(std::move(ledger));
}

// The page that a ledger calls back with: known only once the pages are.
void read_callbacks(Loading& loading, const Yaml& yaml) {
  YamlMap ledgers(yaml, "ledgers", loading.problems);
  for (const auto& [name, value] : ledgers.entries()) {
    const LedgerId id = loading.world.ledger(name.text());
    if (id < 0 || !value.is_map()) continue;
    YamlMap map(value, "a ledger", loading.problems);
    Ledger& ledger = loading.world.ledgers[static_cast<std::size_t>(id)];
    if (const auto page = map.get("callback")) {
      ledger.callback =
          need_name(loading, page->place, "page", page->text(), names_of(loading.world.pages));
      continue;
    }
    const bool later = std::any_of(ledger.methods.begin(), ledger.methods.end(),
                                   [](const Method& m) { return m.answers == Answers::later; });
    if (later) {
      loading.problems.add(map.place(),
                           "ledger " + ledger.name + " answers later and has no callback",
                           "callback: PAGE");
    }
  }
}

void read_job(Loading& loading, const Yaml& name, const Yaml& yaml) {
  YamlMap map(yaml, "a job", loading.problems);
  const World& world = loading.world;
  Job job;
  job.name = name.text();
  job.every = duration(loading, map, "every", true).value_or(seconds(1));
  if (job.every < millis(100)) loading.problems.add(yaml.place, "a job runs too often", ">= 100ms");
  if (const auto list = need_text(loading, map, "list")) {
    job.list = need_name(loading, list->place, "call", list->text(), names_of(world.calls));
    if (job.list >= 0 && world.calls[static_cast<std::size_t>(job.list)].results !=
                             std::vector<SlotId>{world.slot_list}) {
      loading.problems.add(list->place, list->text() + " does not answer a job's list",
                           "one column `list`: a JSON array of objects");
    }
  }
  if (const auto each = need_text(loading, map, "each")) {
    job.each = need_name(loading, each->place, "page", each->text(), names_of(world.pages));
  }
  map.finish();
  loading.world.jobs.push_back(std::move(job));
}

}  // namespace

void read_settings(Loading& loading, YamlMap& actors) {
  const auto yaml = actors.get("settings");
  if (!yaml) return;
  YamlMap map(*yaml, "settings", loading.problems);
  for (const auto& [name, value] : map.entries()) {
    if (!check_name(loading, name, "a setting")) continue;
    const Micros setting = duration(loading, value).value_or(Micros{});
    loading.world.settings[name.text()] = setting;
    loading.constants[name.text()] = setting.us;
  }
}

void name_ledgers(Loading& loading, YamlMap& actors) {
  const auto yaml = actors.get("ledgers");
  if (!yaml) return;
  YamlMap map(*yaml, "ledgers", loading.problems);
  const auto entries = map.entries();
  check_count(loading, entries, limit::kLedgers);
  for (const auto& [name, value] : entries) {
    if (check_name(loading, name, "a ledger")) name_ledger(loading, name, value);
  }
}

void read_actors(Loading& loading, YamlMap& actors) {
  if (const auto ledgers = actors.get("ledgers"); ledgers && ledgers->is_map()) {
    read_callbacks(loading, *ledgers);
  }
  const auto jobs = actors.get("jobs");
  if (!jobs) return;
  YamlMap map(*jobs, "jobs", loading.problems);
  const auto entries = map.entries();
  check_count(loading, entries, limit::kJobs);
  for (const auto& [name, value] : entries) {
    if (check_name(loading, name, "a job")) read_job(loading, name, value);
  }
}

}  // namespace pindah
