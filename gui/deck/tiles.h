// The verdict tiles, from what a flight or a run file knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/deck/deck.h"

namespace pindah::gui {

struct TileFacts {
  std::int64_t noticed = 0, exposed = 0;
  std::vector<BudgetRow> budget;
  std::int64_t lost_or_doubled = 0, charged_wrongly = 0;
  std::optional<double> p99_us, p99_control_us;  // of the last window
  std::int64_t lag_us = 0, differing = 0;
  std::optional<double> compliance;  // 0 to 1
  bool over = false;
};

std::vector<Tile> tiles_of(const TileFacts& facts);

// The row of the first line whose expression begins with the metric and that limits it; null: none.
const BudgetRow* row_of(const std::vector<BudgetRow>& budget, std::string_view metric);
// What a state of a budget line is for the one who looks.
Mood mood_of(LineState state);
// What a verdict's word is.
Mood mood_of_word(std::string_view word);

}  // namespace pindah::gui
