#include "gui/window/pieces.h"

namespace pindah::gui {

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

std::string shortened(std::string_view text, float width) {
  const auto wide = [](std::string_view part) {
    return ImGui::CalcTextSize(part.data(), part.data() + part.size()).x;
  };
  if (wide(text) <= width) return std::string(text);
  const float room = width - wide("…");
  std::size_t low = 0, high = text.size();
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (wide(text.substr(0, middle)) <= room) {
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
  return ImGui::CalcTextSize(shown.c_str()).x;
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
