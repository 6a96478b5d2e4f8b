#include "gui/deck/tiles.h"

#include <fmt/format.h>

#include "gui/plots/ticks.h"
#include "report/text.h"

namespace pindah::gui {

Mood mood_of(LineState state) {
  switch (state) {
    case LineState::pass:
      return Mood::good;
    case LineState::fail:
    case LineState::stop:
      return Mood::bad;
    case LineState::reported:
    case LineState::not_applicable:
      return Mood::plain;
    case LineState::warn:
    case LineState::inconclusive:
      break;
  }
  return Mood::doubt;
}

Mood mood_of_word(std::string_view word) {
  if (word == "PASS") return Mood::good;
  return word == "FAIL" || word == "STOPPED" ? Mood::bad : Mood::doubt;
}

namespace {

int weight(Mood mood) {
  switch (mood) {
    case Mood::bad:
      return 3;
    case Mood::doubt:
      return 2;
    case Mood::good:
      return 1;
    case Mood::plain:
      break;
  }
  return 0;
}

}  // namespace

const BudgetRow* row_of(const std::vector<BudgetRow>& budget, VerdictMetric metric,
                        std::int64_t now_us, bool parts) {
  const BudgetRow* best = nullptr;
  for (const BudgetRow& row : budget) {
    if (row.metric != metric || row.state == LineState::reported || row.after_us > now_us) continue;
    if (row.state == LineState::not_applicable) continue;
    if (!parts && !row.arguments.empty()) continue;
    const auto better = [&] {
      if (row.after_us != best->after_us) return row.after_us > best->after_us;
      return weight(row.mood) > weight(best->mood);
    };
    if (best == nullptr || better()) best = &row;
  }
  return best;
}

namespace {

void put_limit(const TileFacts& facts, const BudgetRow* row, Tile& tile) {
  if (row == nullptr) return;
  tile.mood = mood_of(row->state);
  tile.note = row->says;
  if (row->state == LineState::inconclusive)
    tile.note =
        fmt::format("too little yet: {} of {}", grouped(row->exposure), grouped(row->needed));
  tile.note_at_us = facts.judged_us;
}

// Zero is what everybody hopes for; whether more is allowed the budget's own rows say.
Tile zero_tile(std::string name, std::int64_t count, bool over) {
  Tile tile{std::move(name), grouped(count), "", count == 0 ? Mood::good : Mood::bad};
  tile.note = count == 0 ? (over ? "none" : "none so far") : (over ? "in all" : "so far");
  tile.tab = "who";
  return tile;
}

Tile noticed_tile(const TileFacts& facts) {
  Tile tile{"Shoppers who noticed", grouped(facts.counts.noticed), "no limit is set", Mood::plain};
  tile.tab = "who";
  tile.value_at_us = facts.counted_us;
  if (facts.counts.exposed > 0) tile.value += " of " + grouped(facts.counts.exposed);
  put_limit(facts, row_of(facts.budget, VerdictMetric::noticed, facts.now_us), tile);
  if (facts.counts.exposed > 0) return tile;
  tile.note = "nobody was exposed yet";
  tile.note_at_us = kNoInstant;
  tile.mood = Mood::doubt;
  return tile;
}

// "p99(checkout) <= 1.2 x control": what the budget's line says of that page, all the while.
Tile limited_latency_tile(const TileFacts& facts, const BudgetRow& row) {
  Tile tile{"Slowest 1 % of " + row.arguments, "–", "", Mood::plain};
  if (row.arguments.empty()) tile.name = "Slowest 1 % of pages";
  if (row.state != LineState::inconclusive) tile.value = show(Unit::micros, row.value);
  put_limit(facts, &row, tile);
  tile.value_at_us = facts.judged_us;
  tile.tab = "budget";
  return tile;
}

Tile latency_tile(const TileFacts& facts) {
  const BudgetRow* row = row_of(facts.budget, VerdictMetric::p99, facts.now_us, true);
  if (row != nullptr) return limited_latency_tile(facts, *row);
  Tile tile{"Slowest 1 % of pages", "–", "", Mood::plain};
  tile.value_at_us = tile.note_at_us = facts.rates_us;
  if (facts.p99_us) tile.value = quantity_text(Quantity::micros, *facts.p99_us);
  tile.note = facts.p99_control_us
                  ? "without: " + quantity_text(Quantity::micros, *facts.p99_control_us)
                  : "no page of late";
  return tile;
}

Tile behind_tile(const TileFacts& facts) {
  Tile tile{"Behind", quantity_text(Quantity::micros, static_cast<double>(facts.lag_us)), "",
            facts.differing > 0 ? Mood::bad : Mood::good};
  tile.note = facts.differing == 0 ? "no rows differed" : grouped(facts.differing) + " rows differ";
  tile.value_at_us = tile.note_at_us = facts.dials_us;
  tile.tab = "tables";
  return tile;
}

Tile compliance_tile(const TileFacts& facts) {
  Tile tile{"Compliance", "–", "no checklist", Mood::plain};
  tile.tab = "compliance";
  if (!facts.compliance) return tile;
  tile.value = fmt::format("{:.0f} %", *facts.compliance * 100 - 0.499);
  tile.value_at_us = facts.compliance_us;
  tile.note = "of the checklist";
  put_limit(facts, row_of(facts.budget, VerdictMetric::compliance, facts.now_us), tile);
  return tile;
}

}  // namespace

std::vector<Tile> tiles_of(const TileFacts& facts) {
  return {noticed_tile(facts),
          zero_tile("Lost or doubled", facts.lost_or_doubled, facts.over),
          zero_tile("Charged wrongly", facts.charged_wrongly, facts.over),
          latency_tile(facts),
          behind_tile(facts),
          compliance_tile(facts)};
}

}  // namespace pindah::gui
