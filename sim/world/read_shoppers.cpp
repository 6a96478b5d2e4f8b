// shoppers.yaml: clients, think times, choices, mixes and personas with their page graphs.
#include <algorithm>

#include "base/quantity.h"
#include "world/loading.h"

namespace pindah {
namespace {

constexpr std::int64_t kOne = 1'000'000;

// `{ a: .25, b: .75 }`: names with weights that sum to 1.
std::vector<std::pair<Yaml, std::int64_t>> weights(Loading& loading, const Yaml& yaml,
                                                   const std::string& what) {
  std::vector<std::pair<Yaml, std::int64_t>> list;
  YamlMap map(yaml, what, loading.problems);
  const auto entries = map.entries();
  std::int64_t sum = 0;
  for (const auto& [name, value] : entries) {
    const auto weight = millionths(loading, value);
    if (!weight) return {};
    sum += *weight;
    list.emplace_back(name, *weight);
  }
  if (sum == kOne || !yaml.is_map()) return list;
  const std::string text =
      std::to_string(sum / kOne) + "." + std::to_string(kOne + sum % kOne).substr(1);
  loading.problems.add(yaml.place, what + " sums to " + text, "1");
  return {};
}

std::vector<Transition> transitions(Loading& loading, const Yaml& yaml, const std::string& what,
                                    bool exit_allowed) {
  std::vector<Transition> row;
  std::vector<std::string> names = names_of(loading.world.pages);
  if (exit_allowed) {
    row.push_back({-1, 0});  // stands first, so that who leaves is monotone in one draw
    names.push_back("exit");
  }
  for (const auto& [name, weight] : weights(loading, yaml, what)) {
    const int to = need_name(loading, name.place, "page", name.text(), names);
    if (to < 0) continue;
    if (name.text() == "exit") {
      row[0].ppm = weight;
    } else {
      row.push_back({to, weight});
    }
  }
  return row;
}

ThinkTime think_time(Loading& loading, const Yaml& yaml) {
  YamlMap map(yaml, "think", loading.problems);
  const auto mean = duration(loading, map, "mean", true);
  const auto cap = duration(loading, map, "cap", true);
  const auto least = duration(loading, map, "least", true);
  map.finish();
  if (!mean || !cap || !least) return {};
  const ThinkTime think{*mean, *cap, *least};
  if (think.least > think.mean || think.mean > think.cap) {
    loading.problems.add(yaml.place, "think times are out of order", "least <= mean <= cap");
  }
  return think;
}

// Whoever comes to a page needs a row that leads on from it.
void check_graph(Loading& loading, const Persona& persona, const Yaml& yaml) {
  std::set<PageId> reached;
  for (const Transition& step : persona.entry) reached.insert(step.to);
  for (const auto& row : persona.rows) {
    for (const Transition& step : row) reached.insert(step.to);
  }
  for (const PageId page : reached) {
    if (page < 0 || !persona.rows[static_cast<std::size_t>(page)].empty()) continue;
    const std::string& name = loading.world.pages[static_cast<std::size_t>(page)].name;
    loading.problems.add(
        yaml.place,
        "persona " + persona.name + " comes to page `" + name + "` and has no row for it",
        name + ": { …, exit: … }");
  }
}

// A row for each page; `add: cart` leads on from `add` as from `cart`.
void read_rows(Loading& loading, YamlMap& map, Persona& persona) {
  const World& world = loading.world;
  std::vector<std::pair<std::size_t, Yaml>> alike;
  for (std::size_t page = 0; page < world.pages.size(); ++page) {
    const auto row = map.get(world.pages[page].name);
    if (!row) continue;
    if (row->is_scalar()) {
      alike.emplace_back(page, *row);
      continue;
    }
    persona.rows[page] = transitions(
        loading, *row, "the row of " + persona.name + " for " + world.pages[page].name, true);
  }
  for (const auto& [page, named] : alike) {
    const int as = need_name(loading, named.place, "page", named.text(), names_of(world.pages));
    if (as < 0) continue;
    const auto& row = persona.rows[static_cast<std::size_t>(as)];
    const bool written = std::none_of(alike.begin(), alike.end(), [&](const auto& one) {
      return one.first == static_cast<std::size_t>(as);
    });
    if (row.empty() || !written) {
      loading.problems.add(
          named.place,
          "persona " + persona.name + " has no row of its own for `" + named.text() + "`",
          named.text() + ": { …, exit: … }");
      continue;
    }
    persona.rows[page] = row;
  }
}

void read_persona(Loading& loading, const Yaml& name, const Yaml& yaml,
                  const std::vector<Transition>& entry) {
  World& world = loading.world;
  YamlMap map(yaml, "a persona", loading.problems);
  Persona persona;
  persona.name = name.text();
  persona.think = world.think;
  persona.entry = entry;
  persona.rows.resize(world.pages.size());
  const auto who = map.get("who");
  persona.who = need_name(loading, who ? who->place : yaml.place, "pool",
                          who ? who->text() : "buyer", names_of(world.pools));
  if (persona.who >= 0) {
    loading.filled.insert(world.pools[static_cast<std::size_t>(persona.who)].name);
  }
  if (const auto own = map.get("entry")) {
    persona.entry = transitions(loading, *own, "the entry of " + persona.name, false);
  }
  if (const auto think = map.get("think")) persona.think = think_time(loading, *think);
  read_rows(loading, map, persona);
  map.finish();
  check_graph(loading, persona, yaml);
  world.personas.push_back(std::move(persona));
}

void read_personas(Loading& loading, YamlMap& shoppers) {
  std::vector<Transition> entry;
  if (const auto yaml = shoppers.get("entry")) entry = transitions(loading, *yaml, "entry", false);
  const auto yaml = shoppers.need("personas");
  if (!yaml) return;
  YamlMap map(*yaml, "personas", loading.problems);
  const auto entries = map.entries();
  check_count(loading, entries, limit::kPersonas);
  for (const auto& [name, value] : entries) {
    if (!check_name(loading, name, "a persona")) continue;
    read_persona(loading, name, value, entry);
    if (loading.world.personas.back().entry.empty()) {
      loading.problems.add(name.place, "persona `" + name.text() + "` has no entry",
                           "an entry of its own or of the file");
    }
  }
}

void read_mixes(Loading& loading, YamlMap& shoppers) {
  const auto yaml = shoppers.need("mixes");
  if (!yaml) return;
  YamlMap map(*yaml, "mixes", loading.problems);
  for (const auto& [name, value] : map.entries()) {
    Mix mix;
    mix.name = name.text();
    for (const auto& [persona, share] : weights(loading, value, "mix " + mix.name)) {
      const int id = need_name(loading, persona.place, "persona", persona.text(),
                               names_of(loading.world.personas));
      mix.shares.emplace_back(id, share);
    }
    loading.world.mixes.push_back(std::move(mix));
  }
}

void read_client(Loading& loading, YamlMap& shoppers) {
  const auto yaml = shoppers.need("client");
  if (!yaml) return;
  YamlMap map(*yaml, "client", loading.problems);
  loading.world.client.timeout = duration(loading, map, "timeout", true).value_or(seconds(10));
  const auto retries = map.list("retries");
  check_count(loading, retries, limit::kRetries);
  for (const Yaml& retry : retries) {
    loading.world.client.retries.push_back(duration(loading, retry).value_or(Micros{}));
  }
  map.finish();
}

void read_leaving(Loading& loading, YamlMap& shoppers) {
  const auto yaml = shoppers.get("leaving");
  if (!yaml) return;
  for (const Yaml& item : items(loading, *yaml, "leaving")) {
    YamlMap map(item, "leaving", loading.problems);
    Leaving leaving;
    leaving.at = duration(loading, map, "at", true).value_or(Micros{});
    if (const auto times = map.need("times")) {
      leaving.times_ppm = millionths(loading, *times).value_or(kOne);
    }
    map.finish();
    auto& list = loading.world.leaving;
    const Leaving before = list.empty() ? Leaving{} : list.back();
    if (leaving.times_ppm < before.times_ppm || (!list.empty() && leaving.at <= before.at)) {
      loading.problems.add(item.place, "leaving must grow",
                           "later `at` and larger `times`, from 1");
    }
    list.push_back(leaving);
  }
}

void read_notice(Loading& loading, YamlMap& shoppers) {
  const auto yaml = shoppers.get("notice");
  if (!yaml) return;
  Notice& notice = loading.world.notice;
  YamlMap map(*yaml, "notice", loading.problems);
  if (const auto by = map.get("slower_by")) {
    const auto ppm = parse_ppm(by->text());
    if (!ppm) loading.problems.add(by->place, "`" + by->text() + "` is not a share", "such as 20%");
    notice.slower_by_ppm = ppm.value_or(notice.slower_by_ppm);
  }
  notice.at_least = duration(loading, map, "at_least", false).value_or(notice.at_least);
  notice.over = duration(loading, map, "over", false).value_or(notice.over);
  map.finish();
}

}  // namespace

void read_choices(Loading& loading, YamlMap& shoppers) {
  const auto yaml = shoppers.get("choices");
  if (!yaml) return;
  YamlMap map(*yaml, "choices", loading.problems);
  for (const auto& [name, value] : map.entries()) {
    if (!check_name(loading, name, "a list of choices")) continue;
    Choice choice;
    choice.name = name.text();
    choice.slot = slot_of(loading, choice.name);
    if (value.is_map()) {
      check_count(loading, YamlMap(value, "choices", loading.problems).entries(), limit::kOptions);
    }
    for (const auto& [option, share] : weights(loading, value, "choice " + choice.name)) {
      choice.options.emplace_back(option.text(), share);
    }
    loading.world.choices.push_back(std::move(choice));
  }
}

void read_shoppers(Loading& loading, YamlMap& shoppers) {
  read_client(loading, shoppers);
  if (const auto think = shoppers.need("think")) loading.world.think = think_time(loading, *think);
  read_leaving(loading, shoppers);
  read_notice(loading, shoppers);
  if (const auto pages = shoppers.integer("longest_session", 1, limit::kSession.most)) {
    loading.world.longest_session = static_cast<int>(*pages);
  }
  read_personas(loading, shoppers);
  read_mixes(loading, shoppers);
}

}  // namespace pindah
