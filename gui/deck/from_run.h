// A run file as the window shows it.
#pragma once

#include <memory>

#include "gui/deck/deck.h"
#include "report/run_reader.h"

namespace pindah::gui {

// Everything but a chosen shopper's lives.
std::shared_ptr<Deck> deck_of(const RunFile& run, const std::string& file);
// Both lives of a shopper who noticed; nothing where there is none of that number.
std::optional<TwoLives> lives_of(const RunFile& run, std::int64_t shopper);

}  // namespace pindah::gui
