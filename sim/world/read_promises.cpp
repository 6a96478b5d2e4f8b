// promises.yaml, and the truth statements that go with it.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "world/loading.h"

namespace pindah {
namespace {

// A slot that a call, a draw or an actor fills, named by a scalar of the map.
SlotId known_slot(Loading& loading, YamlMap& map, std::string_view key, bool needed) {
  if (!needed && !map.has(key)) return -1;
  const auto name = need_text(loading, map, key);
  if (!name) return -1;
  const std::vector<std::string> known(loading.filled.begin(), loading.filled.end());
  return need_name(loading, name->place, "slot", name->text(), known) < 0
             ? -1
             : slot_of(loading, name->text());
}

CallId known_call(Loading& loading, const Yaml& name) {
  return need_name(loading, name.place, "call", name.text(), names_of(loading.world.calls));
}

// `PAGE: COLUMN` entries; the page answers that column.
std::vector<std::pair<PageId, SlotId>> page_columns(Loading& loading, YamlMap& map,
                                                    std::string_view key) {
  std::vector<std::pair<PageId, SlotId>> list;
  const auto yaml = map.get(key);
  if (!yaml) return list;
  const World& world = loading.world;
  YamlMap entries(*yaml, std::string(key), loading.problems);
  for (const auto& [name, column] : entries.entries()) {
    const PageId page = need_name(loading, name.place, "page", name.text(), names_of(world.pages));
    if (page < 0) continue;
    std::vector<std::string> answered;
    for (const PageStep& step : world.pages[static_cast<std::size_t>(page)].steps) {
      if (step.call < 0) continue;
      for (const SlotId slot : world.calls[static_cast<std::size_t>(step.call)].results) {
        answered.push_back(world.slots[static_cast<std::size_t>(slot)]);
      }
    }
    if (need_name(loading, column.place, "column of page " + name.text(), column.text(),
                  answered) >= 0) {
      list.emplace_back(page, slot_of(loading, column.text()));
    }
  }
  return list;
}

void read_ranks(Loading& loading, YamlMap& map, Promise& promise) {
  promise.status = known_slot(loading, map, "status", false);
  for (const Yaml& rank : map.list("ranks")) promise.ranks.push_back(rank.text());
  if (promise.status >= 0 && promise.ranks.empty()) map.need("ranks");
  const auto rank = [&](std::string_view key) {
    if (!map.has(key)) return -1;
    const auto name = need_text(loading, map, key);
    return name ? need_name(loading, name->place, "rank", name->text(), promise.ranks) : -1;
  };
  promise.paid_from = rank("paid_from");
  promise.voided = rank("void");
}

// A truth statement of one side with exactly the columns wanted; `may` are allowed beside.
SqlText truth(Loading& loading, Side side, const std::string& name,
              const std::vector<std::string>& wanted, const std::vector<std::string>& may = {}) {
  StatementFacts facts;
  const auto text = read_select(
      loading, std::string("truth/") + side_name(side) + "/" + name + ".sql", side, facts);
  if (!text) return {};
  const auto has = [](const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  for (const std::string& column : wanted) {
    if (!has(facts.columns, column)) {
      loading.problems.add(text->place, "the truth of " + name + " lacks column `" + column + "`",
                           fmt::format("{}", fmt::join(wanted, ", ")),
                           did_you_mean(column, facts.columns));
    }
  }
  for (const std::string& column : facts.columns) {
    if (!has(wanted, column) && !has(may, column)) {
      loading.problems.add(text->place, "the truth of " + name + " has a column `" + column + "`",
                           fmt::format("{}", fmt::join(wanted, ", ")),
                           did_you_mean(column, wanted));
    }
  }
  return *text;
}

void read_truth(Loading& loading, Promise& promise) {
  const auto slot_name = [&](SlotId slot) {
    return loading.world.slots[static_cast<std::size_t>(slot)];
  };
  std::vector<std::string> wanted{"witness", "root"};
  if (promise.belongs_to >= 0) wanted.push_back(slot_name(promise.belongs_to));
  if (promise.token >= 0) wanted.emplace_back("token");
  if (promise.status >= 0) wanted.emplace_back("status");
  for (const SlotId slot : promise.fixed) wanted.push_back(slot_name(slot));
  for (const Side side : kSides) {
    promise.truth[index(side)] = truth(loading, side, promise.name, wanted, {"token", "qty"});
  }
}

void read_promise(Loading& loading, const Yaml& name, const Yaml& yaml) {
  World& world = loading.world;
  YamlMap map(yaml, "a promise", loading.problems);
  Promise promise;
  promise.name = name.text();
  if (const auto service = need_text(loading, map, "service")) {
    promise.service =
        need_name(loading, service->place, "service", service->text(), names_of(world.services));
  }
  if (const auto call = need_text(loading, map, "made_by")) {
    promise.made_by = known_call(loading, *call);
  }
  promise.token = known_slot(loading, map, "token", false);
  promise.belongs_to = known_slot(loading, map, "belongs_to", true);
  promise.key = known_slot(loading, map, "key", false);
  promise.keyed_by_idem = promise.key < 0 || promise.key == world.slot_idem;
  if (promise.key < 0) promise.key = world.slot_idem;
  read_ranks(loading, map, promise);
  for (const Yaml& fixed : map.list("fixed")) {
    const std::vector<std::string> known(loading.filled.begin(), loading.filled.end());
    if (need_name(loading, fixed.place, "slot", fixed.text(), known) >= 0) {
      promise.fixed.push_back(slot_of(loading, fixed.text()));
    }
  }
  if (map.has("opened_by")) {
    if (const auto page = need_text(loading, map, "opened_by")) {
      promise.opened_by =
          need_name(loading, page->place, "page", page->text(), names_of(world.pages));
    }
  }
  promise.must_show = page_columns(loading, map, "must_show");
  for (const Yaml& call : map.list("ends_with")) {
    promise.ends_with.push_back(known_call(loading, call));
  }
  map.finish();
  read_truth(loading, promise);
  world.promises.push_back(std::move(promise));
}

void read_stock(Loading& loading, YamlMap& promises) {
  const auto yaml = promises.get("stock");
  if (!yaml) return;
  World& world = loading.world;
  YamlMap map(*yaml, "stock", loading.problems);
  Stock stock;
  if (const auto service = need_text(loading, map, "service")) {
    stock.service =
        need_name(loading, service->place, "service", service->text(), names_of(world.services));
  }
  if (const auto item = need_text(loading, map, "item")) stock.item = item->text();
  if (const auto sold = map.need("sold_in")) {
    YamlMap in(*sold, "sold_in", loading.problems);
    if (const auto promise = need_text(loading, in, "promise")) {
      stock.sold_in =
          need_name(loading, promise->place, "promise", promise->text(), names_of(world.promises));
    }
    stock.lines = known_slot(loading, in, "lines", true);
    in.finish();
  }
  stock.shown = page_columns(loading, map, "shown");
  map.finish();
  for (const Side side : kSides) {
    stock.stock[index(side)] = truth(loading, side, "stock", {stock.item, "available"});
    stock.units[index(side)] = truth(loading, side, "units", {stock.item, "units"});
  }
  world.stock = std::move(stock);
}

void read_ledger_truth(Loading& loading, Ledger& ledger) {
  const auto file = [&](Side side) {
    return std::string("truth/") + side_name(side) + "/" + ledger.name + ".sql";
  };
  if (!loading.files.has(file(Side::source)) && !loading.files.has(file(Side::target))) return;
  std::vector<std::string> wanted{"witness", "ref", "state", "by", "root"};
  if (ledger.amount >= 0) wanted.emplace_back("amount");
  ledger.truth.emplace();
  for (const Side side : kSides) {
    (*ledger.truth)[index(side)] = truth(loading, side, ledger.name, wanted, {"amount"});
  }
}

std::vector<std::string> facts_of(const std::string& text) {
  std::vector<std::string> facts;
  static const std::regex kWord(R"([^\s,]+)");
  for (std::sregex_iterator it(text.begin(), text.end(), kWord), end; it != end; ++it) {
    facts.push_back(it->str());
  }
  return facts;
}

// Fills the anomaly's facts; their kinds as letters, or "?" after a reported problem.
std::string resolve_facts(Loading& loading, const Place& place,
                          const std::vector<std::string>& facts, Anomaly& anomaly) {
  const World& world = loading.world;
  std::string letters;
  for (const std::string& fact : facts) {
    if (fact == "stock" && world.stock) {
      anomaly.stock = true;
      letters += 's';
    } else if (const PromiseId promise = world.promise(fact); promise >= 0) {
      anomaly.promises.push_back(promise);
      letters += 'p';
    } else if (const LedgerId ledger = world.ledger(fact); ledger >= 0) {
      anomaly.ledgers.push_back(ledger);
      letters += 'l';
    } else {
      std::vector<std::string> known = names_of(world.promises);
      for (const Ledger& l : world.ledgers) known.push_back(l.name);
      if (world.stock) known.emplace_back("stock");
      need_name(loading, place, "fact", fact, known);
      return "?";
    }
  }
  return letters;
}

// What a kind takes, in words.
std::string takes_text(const AnomalyRow& row) {
  const std::string_view facts = row.facts[0];
  return std::string(row.word) + " takes " +
         (facts.empty()  ? "none"
          : facts == "p" ? "a promise"
          : facts == "l" ? "a ledger"
          : facts == "s" ? "stock"
                         : "a promise and a ledger");
}

}  // namespace

void read_anomaly(Loading& loading, const Yaml& name, const Yaml& value,
                  std::span<const AnomalyRow> kinds) {
  static const std::regex kShape(R"(\s*(\w+)\s*\(([^()]*)\)\s*)");
  std::smatch match;
  const std::string text = value.text();
  if (text.size() > 200 || !std::regex_match(text, match, kShape)) {
    loading.problems.add(value.place, "`" + text + "` is not an anomaly", "KIND(FACT, …)");
    return;
  }
  std::vector<std::string> words;
  for (const AnomalyRow& row : kinds) words.emplace_back(row.word);
  const int id = need_name(loading, value.place, "kind of anomaly", match[1].str(), words);
  if (id < 0) return;
  const AnomalyRow& row = kinds[static_cast<std::size_t>(id)];
  Anomaly anomaly;
  anomaly.name = name.text();
  anomaly.kind = &row;
  const std::string letters =
      resolve_facts(loading, value.place, facts_of(match[2].str()), anomaly);
  if (letters == "?") return;
  const auto end = row.facts.begin() + static_cast<std::ptrdiff_t>(row.ways);
  if (std::find(row.facts.begin(), end, letters) == end) {
    loading.problems.add(value.place, "`" + text + "` has the wrong facts", takes_text(row));
    return;
  }
  anomaly.ledger_first = letters == "lp";
  loading.world.anomalies.push_back(std::move(anomaly));
}

void read_promises(Loading& loading, YamlMap& map) {
  World& world = loading.world;
  if (const auto yaml = map.need("promises")) {
    YamlMap promises(*yaml, "promises", loading.problems);
    const auto entries = promises.entries();
    check_count(loading, entries, limit::kPromises);
    for (const auto& [name, value] : entries) {
      if (check_name(loading, name, "a promise")) read_promise(loading, name, value);
    }
  }
  for (const Yaml& token : map.list("tokens")) {
    const std::vector<std::string> known(loading.filled.begin(), loading.filled.end());
    if (need_name(loading, token.place, "slot", token.text(), known) >= 0) {
      world.tokens.push_back(slot_of(loading, token.text()));
    }
  }
  read_stock(loading, map);
  for (Ledger& ledger : world.ledgers) read_ledger_truth(loading, ledger);
  world.log_in_again = map.text("log_in_again").value_or("");
  if (const auto yaml = map.need("anomalies")) {
    YamlMap anomalies(*yaml, "anomalies", loading.problems);
    for (const auto& [name, value] : anomalies.entries()) {
      if (check_name(loading, name, "an anomaly")) read_anomaly(loading, name, value);
    }
  }
}

}  // namespace pindah
