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

const BudgetRow* row_of(const std::vector<BudgetRow>& budget, std::string_view metric) {
  for (const BudgetRow& row : budget) {
    if (!row.expression.starts_with(metric) || row.state == LineState::reported) continue;
    const char next = row.expression.size() > metric.size() ? row.expression[metric.size()] : ' ';
    if (next == ' ' || next == '(') return &row;
  }
  return nullptr;
}

namespace {

std::string limit_note(const BudgetRow* row, const std::string& otherwise) {
  if (row == nullptr) return otherwise;
  return row->state == LineState::inconclusive ? "inconclusive: see budget" : row->says;
}

// Zero is what everybody hopes for; whether more is allowed the budget's own rows say.
Tile zero_tile(std::string name, std::int64_t count, bool over) {
  Tile tile{std::move(name), grouped(count), "", count == 0 ? Mood::good : Mood::bad};
  tile.note = count == 0 ? (over ? "none" : "none so far") : "see budget";
  return tile;
}

Tile noticed_tile(const TileFacts& facts) {
  Tile tile{"Shoppers who noticed", grouped(facts.noticed), "", Mood::plain};
  if (facts.exposed > 0) tile.value += " of " + grouped(facts.exposed);
  const BudgetRow* row = row_of(facts.budget, "noticed");
  tile.note = limit_note(row, "no limit is set");
  if (row != nullptr) tile.mood = mood_of(row->state);
  if (facts.exposed == 0) {
    tile.note = "nobody was exposed yet";
    tile.mood = Mood::doubt;
  }
  return tile;
}

// "p99(checkout) <= 1.2 x control": what the budget's line says of that page, all the while.
Tile limited_latency_tile(const BudgetRow& row) {
  Tile tile{"Slowest 1 % of pages", "–", limit_note(&row, ""), mood_of(row.state)};
  const std::size_t opens = row.expression.find('('), closes = row.expression.find(')');
  if (opens < closes && closes != std::string::npos)
    tile.name = "Slowest 1 % of " + row.expression.substr(opens + 1, closes - opens - 1);
  if (row.state != LineState::inconclusive) tile.value = show(Unit::micros, row.value);
  return tile;
}

Tile latency_tile(const TileFacts& facts) {
  if (const BudgetRow* row = row_of(facts.budget, "p99")) return limited_latency_tile(*row);
  Tile tile{"Slowest 1 % of pages", "–", "", Mood::plain};
  if (facts.p99_us) tile.value = quantity_text(Quantity::micros, *facts.p99_us);
  tile.note = facts.p99_control_us
                  ? "without: " + quantity_text(Quantity::micros, *facts.p99_control_us)
                  : "no page of late";
  return tile;
}

Tile behind_tile(const TileFacts& facts) {
  Tile tile{"Behind", quantity_text(Quantity::micros, static_cast<double>(facts.lag_us)), "",
            facts.differing > 0 ? Mood::bad : Mood::good};
  if (facts.lag_us == 0) tile.value = "0 s";
  tile.note = facts.differing == 0 ? "no rows differed" : grouped(facts.differing) + " rows differ";
  return tile;
}

Tile compliance_tile(const TileFacts& facts) {
  Tile tile{"Compliance", "–", "no checklist", Mood::plain};
  if (!facts.compliance) return tile;
  tile.value = fmt::format("{:.0f} %", *facts.compliance * 100 - 0.499);
  const BudgetRow* row = row_of(facts.budget, "compliance");
  tile.note = limit_note(row, "of the checklist");
  if (row != nullptr) tile.mood = mood_of(row->state);
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
