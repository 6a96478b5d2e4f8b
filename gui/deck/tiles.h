// The verdict tiles, from what a flight or a run file knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/deck/deck.h"

namespace pindah::gui {

struct TileFacts {
  Counts counts;
  std::vector<BudgetRow> budget;
  std::int64_t lost_or_doubled = 0, charged_wrongly = 0;
  std::optional<double> p99_us, p99_control_us;  // of the last window
  std::int64_t lag_us = 0, differing = 0;
  std::optional<double> compliance;  // 0 to 1
  bool over = false;
  std::int64_t now_us = 0, counted_us = 0, judged_us = 0, dials_us = 0, rates_us = 0,
               compliance_us = 0;
};

std::vector<Tile> tiles_of(const TileFacts& facts);

// Of the lines that limit the metric, of all of it or (`parts`) of a part, the one that counts at
// the instant: that whose time began last; of several the worst. Null: there is none.
const BudgetRow* row_of(const std::vector<BudgetRow>& budget, VerdictMetric metric,
                        std::int64_t now_us, bool parts = false);
// What a state of a budget line is for the one who looks.
Mood mood_of(LineState state);
// What a verdict's word is.
Mood mood_of_word(std::string_view word);

}  // namespace pindah::gui
