// What `pindah gui` shows when it is not told what to open.
#pragma once

#include <vector>

#include "gui/deck/catalogue.h"
#include "gui/window/draw.h"

namespace pindah::gui {

// `note`: what was wrong with the one that was chosen last; may be empty.
void draw_picker(const std::vector<Entry>& entries, const std::string& note, Ui& ui,
                 Commands& commands);
// While the world is being populated.
void draw_loading(const Deck& deck);

}  // namespace pindah::gui
