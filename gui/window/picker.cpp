#include "gui/window/picker.h"

#include "gui/deck/tiles.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

constexpr ImGuiWindowFlags kWhole = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus;

void begin_whole(const char* name) {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin(name, nullptr, kWhole);
}

void draw_entry(const Entry& entry, int number, Ui& ui, Commands& commands) {
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = em() * 3.6F;
  ImGui::PushID(number);
  if (ImGui::Selectable("##entry", false, 0, {0, height}))
    commands.push_back({Verb::open, 0, entry.file, {}});
  mark(ui, "open " + entry.file);
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = start.x + em() * 0.6F, room = width - em() * 1.2F;
  const float used =
      fitted_at(list, {x, start.y + em() * 0.1F}, entry.title, room * 0.6F, palette::kText);
  fitted_at(list, {x + used + em(), start.y + em() * 0.1F}, entry.file, room - used - em(),
            palette::kSource);
  fitted_at(list, {x, start.y + em() * 1.25F}, entry.line, room, palette::kFaint);
  const Mood mood = entry.verdict.empty() ? Mood::plain : mood_of_word(entry.verdict);
  const std::string last = entry.verdict.empty() ? "· no run of it is kept here"
                                                 : std::string(palette::glyph(mood)) + " " +
                                                       entry.verdict + "  " + entry.answer;
  fitted_at(list, {x, start.y + em() * 2.4F}, last, room, palette::of(mood));
}

}  // namespace

void draw_picker(const std::vector<Entry>& entries, const std::string& note, Ui& ui,
                 Commands& commands) {
  if (ui.boxes != nullptr) ui.boxes->clear();
  begin_whole("picker");
  ImGui::TextUnformatted("Pindah: which migration do you want to rehearse?");
  faint(
      "Click one: the window opens on its rehearsal. Verdicts are those of the newest run files in "
      "this folder and beside the scenarios (pindah run FILE --report NAME.pindah).");
  if (!note.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, palette::kFailure);
    ImGui::TextWrapped("%s", note.c_str());
    ImGui::PopStyleColor();
  }
  ImGui::BeginChild("entries");
  if (entries.empty())
    faint(
        "There is no scenario here. Go to a folder that has one below scenarios/, name one "
        "(pindah gui FILE), or begin one: pindah new scenario my-plan.yaml");
  for (std::size_t i = 0; i < entries.size(); ++i)
    draw_entry(entries[i], static_cast<int>(i), ui, commands);
  ImGui::EndChild();
  ImGui::End();
}

void draw_loading(const Deck& deck) {
  begin_whole("loading");
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(em() * 40, display.x * 0.8F);
  ImGui::SetCursorPos({(display.x - width) / 2, display.y * 0.42F});
  ImGui::BeginGroup();
  fitted(deck.title, width);
  ImGui::ProgressBar(static_cast<float>(deck.loading), {width, 0});
  faint("Both platforms are being filled with their people, goods and orders.");
  ImGui::EndGroup();
  ImGui::End();
}

}  // namespace pindah::gui
