// Small things that several panels draw.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

#include "gui/window/palette.h"
#include "gui/window/ui.h"

namespace pindah::gui {

inline float em() { return ImGui::GetFontSize(); }
float text_width(std::string_view text);
// Remembers where the last item is.
void mark(Ui& ui, const std::string& name);
// A button with a key's name in its tooltip; greyed and dead where it would do nothing.
bool button(Ui& ui, const std::string& name, const char* label, const char* tip, bool live = true,
            bool lit = false);
// Text within a width, its end replaced by "…" where it does not fit; the whole is in a tooltip.
void fitted(std::string_view text, float width, ImU32 colour = palette::kText);
// The same, straight into a draw list. Gives the width that was drawn.
float fitted_at(ImDrawList& list, ImVec2 at, std::string_view text, float width, ImU32 colour);
// Text on a ground of its own, so that what lies under it does not run through it.
void labelled(ImDrawList& list, ImVec2 at, const std::string& text, ImU32 colour, ImU32 ground);
// Whether what is of one instant has to say so beside what is of the deck's, and how it does:
// "as of 00:10:07", "at the end".
bool is_stale(const Deck& deck, std::int64_t at_us);
std::string as_of(const Deck& deck, std::int64_t at_us);
std::string shortened(std::string_view text, float width);
// A panel's frame and its title; what it holds begins below.
bool begin_panel(const char* name, const char* title, ImVec2 size);
void end_panel();
void faint(const char* text);

}  // namespace pindah::gui
