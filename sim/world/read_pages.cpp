// world.yaml: pages, and what nobody compares.
#include <algorithm>
#include <charconv>
#include <sstream>

#include "world/loading.h"

namespace pindah {
namespace {

constexpr std::int64_t kMostBelow = 1'000'000'000'000;

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> step_names(const World& world) {
  std::vector<std::string> names = names_of(world.calls);
  for (const Ledger& ledger : world.ledgers) {
    if (!ledger.enter.empty()) names.push_back(ledger.name + "." + ledger.enter);
    if (!ledger.reverse.empty()) names.push_back(ledger.name + "." + ledger.reverse);
  }
  return names;
}

std::optional<PageStep> ledger_step(const World& world, const std::string& name) {
  for (std::size_t i = 0; i < world.ledgers.size(); ++i) {
    const Ledger& ledger = world.ledgers[i];
    const bool enters = !ledger.enter.empty() && name == ledger.name + "." + ledger.enter;
    const bool reverses = !ledger.reverse.empty() && name == ledger.name + "." + ledger.reverse;
    if (!enters && !reverses) continue;
    PageStep step;
    step.ledger = static_cast<LedgerId>(i);
    step.reverses = reverses;
    return step;
  }
  return {};
}

// `orders.paid if state = captured`
void read_step(Loading& loading, Page& page, const Yaml& yaml) {
  const std::vector<std::string> words = words_of(yaml.text());
  const bool conditional = words.size() == 5 && words[1] == "if" && words[3] == "=";
  if (words.empty() || (words.size() != 1 && !conditional)) {
    loading.problems.add(yaml.place, "`" + yaml.text() + "` is not a step of a page",
                         "SERVICE.CALL or SERVICE.CALL if SLOT = LITERAL");
    return;
  }
  PageStep step;
  if (const auto ledger = ledger_step(loading.world, words[0])) {
    step = *ledger;
  } else {
    step.call = loading.world.call(words[0]);
    if (step.call < 0) {
      need_name(loading, yaml.place, "call", words[0], step_names(loading.world));
      return;
    }
  }
  if (conditional) {
    step.if_slot = slot_of(loading, words[2]);
    step.if_equals = words[4];
    if (loading.filled.count(words[2]) == 0) {
      need_name(loading, yaml.place, "slot", words[2],
                {loading.filled.begin(), loading.filled.end()});
    }
  }
  page.steps.push_back(step);
}

void read_draw(Loading& loading, Page& page, const Yaml& name, const Yaml& value) {
  const World& world = loading.world;
  const std::vector<std::string> words = words_of(value.text());
  PageDraw draw;
  draw.slot = filled_slot(loading, name.text());
  if (words.size() == 1) {
    draw.kind = DrawKind::choice;
    draw.choice =
        need_name(loading, value.place, "list of choices", words[0], names_of(world.choices));
  } else if (words.size() == 2 && (words[0] == "zipf" || words[0] == "pick")) {
    draw.kind = words[0] == "zipf" ? DrawKind::zipf : DrawKind::pick;
    draw.pool = need_name(loading, value.place, "pool", words[1], names_of(world.pools));
  } else if (words.size() == 2 && words[0] == "below") {
    draw.kind = DrawKind::below;
    const std::string& n = words[1];
    const auto [end, error] = std::from_chars(n.data(), n.data() + n.size(), draw.below);
    if (error != std::errc() || end != n.data() + n.size() || draw.below < 1 ||
        draw.below > kMostBelow) {
      loading.problems.add(value.place, "`" + n + "` is not a number to draw below",
                           "a whole number from 1 to " + std::to_string(kMostBelow));
    }
  } else {
    loading.problems.add(value.place, "`" + value.text() + "` is not a draw",
                         "zipf POOL, pick POOL, below N, or a list of choices of shoppers.yaml");
    return;
  }
  page.draws.push_back(draw);
}

void read_undo(Loading& loading, Page& page, const Yaml& name, const Yaml& value) {
  const World& world = loading.world;
  std::vector<std::string> done;
  for (const PageStep& step : page.steps) {
    if (step.call >= 0) done.push_back(world.calls[static_cast<std::size_t>(step.call)].name);
  }
  const int of = need_name(loading, name.place, "call of this page", name.text(), done);
  const int by = need_name(loading, value.place, "call", value.text(), names_of(world.calls));
  if (of < 0 || by < 0) return;
  for (PageStep& step : page.steps) {
    if (step.call >= 0 && step.call == world.call(name.text())) step.undo = by;
  }
}

void read_page(Loading& loading, PageId id, const Yaml& yaml) {
  Page page = loading.world.pages[static_cast<std::size_t>(id)];
  YamlMap map(yaml, "a page", loading.problems);
  page.as = page.name;
  if (map.has("as")) {
    const auto as = need_text(loading, map, "as");
    if (as &&
        need_name(loading, as->place, "page", as->text(), names_of(loading.world.pages)) >= 0) {
      page.as = as->text();
    }
  }
  if (const auto draws = map.get("draw")) {
    YamlMap entries(*draws, "draw", loading.problems);
    for (const auto& [name, value] : entries.entries()) {
      if (check_name(loading, name, "a slot")) read_draw(loading, page, name, value);
    }
  }
  map.need("calls");
  const auto steps = map.list("calls");
  for (const Yaml& step : steps) read_step(loading, page, step);
  if (map.has("calls") && steps.empty()) loading.problems.add(map.place(), "a page without calls");
  check_count(loading, steps, limit::kSteps);
  if (const auto undo = map.get("undo")) {
    YamlMap entries(*undo, "undo", loading.problems);
    for (const auto& [name, value] : entries.entries()) read_undo(loading, page, name, value);
  }
  for (const Yaml& name : map.list("keep")) {
    if (need_name(loading, name.place, "slot", name.text(),
                  {loading.filled.begin(), loading.filled.end()}) >= 0) {
      page.keep.push_back(slot_of(loading, name.text()));
    }
  }
  loading.hidden[static_cast<std::size_t>(id)] = map.list("hidden");
  map.finish();
  loading.world.pages[static_cast<std::size_t>(id)] = std::move(page);
}

std::vector<SlotId> results_of(const World& world, const Page& page) {
  std::vector<SlotId> slots;
  const auto add = [&](SlotId slot) {
    if (slot >= 0 && std::find(slots.begin(), slots.end(), slot) == slots.end()) {
      slots.push_back(slot);
    }
  };
  for (const PageStep& step : page.steps) {
    if (step.ledger >= 0) {
      const Ledger& ledger = world.ledgers[static_cast<std::size_t>(step.ledger)];
      add(step.reverses ? ledger.refund_state : ledger.state);
      continue;
    }
    for (const SlotId slot : world.calls[static_cast<std::size_t>(step.call)].results) add(slot);
  }
  return slots;
}

void need_result(Loading& loading, const Yaml& name, const std::vector<SlotId>& results) {
  std::vector<std::string> names;
  for (const SlotId slot : results) {
    names.push_back(loading.world.slots[static_cast<std::size_t>(slot)]);
  }
  need_name(loading, name.place, "result column", name.text(), names);
}

}  // namespace

void read_pages(Loading& loading, YamlMap& world_map) {
  static const std::vector<std::string> kTaken{"exit", "who", "entry", "think", "edge"};
  loading.ignored = world_map.list("ignore");
  const auto yaml = world_map.need("pages");
  if (!yaml) return;
  YamlMap pages(*yaml, "pages", loading.problems);
  const auto entries = pages.entries();
  check_count(loading, entries, limit::kPages);
  std::vector<const Yaml*> bodies;
  for (const auto& [name, value] : entries) {
    if (!check_name(loading, name, "a page")) continue;
    if (std::find(kTaken.begin(), kTaken.end(), name.text()) != kTaken.end()) {
      loading.problems.add(name.place, "no page can be called `" + name.text() + "`");
      continue;
    }
    Page page;
    page.name = name.text();
    loading.world.pages.push_back(std::move(page));
    bodies.push_back(&value);
  }
  loading.hidden.resize(bodies.size());
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    read_page(loading, static_cast<PageId>(i), *bodies[i]);
  }
}

void fill_shown(Loading& loading) {
  World& world = loading.world;
  std::set<SlotId> never(world.tokens.begin(), world.tokens.end());
  never.insert(world.slot_list);
  std::vector<SlotId> all;
  for (const Call& call : world.calls) {
    all.insert(all.end(), call.results.begin(), call.results.end());
  }
  for (const Yaml& name : loading.ignored) {
    need_result(loading, name, all);
    never.insert(world.slot(name.text()));
  }
  for (std::size_t i = 0; i < world.pages.size(); ++i) {
    const std::vector<SlotId> results = results_of(world, world.pages[i]);
    std::set<SlotId> hidden;
    for (const Yaml& name : loading.hidden[i]) {
      need_result(loading, name, results);
      hidden.insert(world.slot(name.text()));
    }
    for (const SlotId slot : results) {
      if (never.count(slot) == 0 && hidden.count(slot) == 0) world.pages[i].shown.push_back(slot);
    }
  }
}

}  // namespace pindah
