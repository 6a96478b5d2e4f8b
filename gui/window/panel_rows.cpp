#include <array>

#include "gui/window/draw.h"
#include "gui/window/tabs.h"

namespace pindah::gui {
namespace {

constexpr std::array kPanels{
    PanelRow{"hands", "surprises, steps, traffic by hand; what was flown as a scenario", &Ui::hands,
             true,
             [](const PanelContext& in) {
               draw_hands(in.deck, in.parties, in.top, in.ui, in.commands);
             }},
    PanelRow{"help", "what everything is, and the keys", &Ui::help, false,
             [](const PanelContext& in) { draw_help(in.ui); }},
};

}  // namespace

std::span<const PanelRow> panel_rows() { return kPanels; }

}  // namespace pindah::gui
