#include "gui/window/pieces.h"

#include <cstdlib>

#include "base/time.h"

namespace pindah::gui {

float text_width(std::string_view text) {
  return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x;
}

void mark(Ui& ui, const std::string& name) {
  if (ui.boxes == nullptr) return;
  const ImVec2 least = ImGui::GetItemRectMin(), most = ImGui::GetItemRectMax();
  (*ui.boxes)[name] = {least.x, least.y, most.x, most.y};
}

bool button(Ui& ui, const std::string& name, const char* label, const char* tip, bool live,
            bool lit) {
  ImGui::BeginDisabled(!live);
  if (lit) ImGui::PushStyleColor(ImGuiCol_Button, ImGui::GetColorU32(ImGuiCol_ButtonActive));
  const bool pressed = ImGui::Button((std::string(label) + "##" + name).c_str());
  if (lit) ImGui::PopStyleColor();
  mark(ui, name);
  ImGui::EndDisabled();
  if (tip != nullptr && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
    ImGui::SetTooltip("%s", tip);
  return pressed && live;
}

bool is_stale(const Deck& deck, std::int64_t at_us) {
  return at_us != kNoInstant && std::abs(at_us - deck.now_us) > kStale;
}

std::string as_of(const Deck& deck, std::int64_t at_us) {
  return at_us >= deck.end_us ? "at the end" : "as of " + clock_text({at_us});
}

std::string shortened(std::string_view text, float width) {
  if (text_width(text) <= width) return std::string(text);
  const float room = width - text_width("…");
  std::size_t low = 0, high = text.size();
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (text_width(text.substr(0, middle)) <= room) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  // Not in the middle of a character of several bytes.
  while (low > 0 && (static_cast<unsigned char>(text[low]) & 0xC0u) == 0x80u) --low;
  return std::string(text.substr(0, low)) + "…";
}

float fitted_at(ImDrawList& list, ImVec2 at, std::string_view text, float width, ImU32 colour) {
  const std::string shown = shortened(text, width);
  list.AddText(at, colour, shown.c_str());
  return text_width(shown);
}

void labelled(ImDrawList& list, ImVec2 at, const std::string& text, ImU32 colour, ImU32 ground) {
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const float pad = em() * 0.2F;
  list.AddRectFilled({at.x - pad, at.y}, {at.x + size.x + pad, at.y + size.y}, ground);
  list.AddText(at, colour, text.c_str());
}

void fitted(std::string_view text, float width, ImU32 colour) {
  const std::string shown = shortened(text, width);
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextUnformatted(shown.c_str());
  ImGui::PopStyleColor();
  if (shown.size() == text.size() || !ImGui::IsItemHovered()) return;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(em() * 40);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

bool begin_panel(const char* name, const char* title, ImVec2 size) {
  const bool open = ImGui::BeginChild(
      name, size, false, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const ImVec2 least = ImGui::GetWindowPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(least, {least.x + size.x, least.y + size.y}, palette::kPanel, em() * 0.25F);
  if (title != nullptr)
    list.AddText({least.x + em() * 0.6F, least.y + em() * 0.3F}, palette::kFaint, title);
  return open;
}

void end_panel() { ImGui::EndChild(); }

void faint(const char* text) {
  ImGui::PushStyleColor(ImGuiCol_Text, palette::kFaint);
  ImGui::TextWrapped("%s", text);
  ImGui::PopStyleColor();
}

}  // namespace pindah::gui
