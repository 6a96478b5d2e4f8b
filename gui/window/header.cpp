#include <fmt/format.h>

#include "base/time.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"
#include "report/text.h"

namespace pindah::gui {
namespace {

// The widths of buttons are those of their texts.
float wide(const char* label) {
  return text_width(label) + ImGui::GetStyle().FramePadding.x * 2 + ImGui::GetStyle().ItemSpacing.x;
}

constexpr const char* kPlay = "▶ Play";
constexpr const char* kPause = "‖ Pause";

// With its price: what shoppers were promised that would be lost.
std::string roll_back_label(const Deck& deck, bool briefly = false) {
  if (briefly || !deck.returns || deck.over || deck.lost_by_rollback == 0) return "Roll back";
  return "Roll back · loses " + grouped(deck.lost_by_rollback);
}

float controls_width(const Deck& deck, bool briefly = false) {
  if (deck.source == Source::file) return wide("Help");
  float all = wide(kPause) + wide("Event") + wide("+1s") + wide("Roll back") + wide("Hands on") +
              wide("Help") + em() - wide("Roll back") +
              wide(roll_back_label(deck, briefly).c_str());
  for (const char* speed : kSpeeds) all += wide(speed);
  return all;
}

void draw_speeds(const Deck& deck, Ui& ui, Commands& commands) {
  constexpr std::array<const char*, 4> kTips{"As fast as life [2]", "Ten times as fast [3]",
                                             "A hundred times as fast [4]",
                                             "As fast as the machine [5]"};
  for (std::size_t i = 0; i < kSpeeds.size(); ++i) {
    ImGui::SameLine();
    if (button(ui, fmt::format("speed {}", i), kSpeeds[i], kTips[i], true,
               deck.speed == static_cast<Speed>(i)))
      commands.push_back({Verb::speed, static_cast<std::int64_t>(i), {}, {}});
  }
}

void draw_controls(const Deck& deck, bool briefly, Ui& ui, Commands& commands) {
  if (deck.source == Source::flight) {
    if (button(ui, "play", deck.playing ? kPause : kPlay, "Go on, or pause [Space]", !deck.over,
               deck.playing))
      commands.push_back({Verb::play, 0, {}, {}});
    ImGui::SameLine();
    if (button(ui, "step event", "Event", "The next event of the rehearsed life [.]", !deck.over))
      commands.push_back({Verb::step_event, 0, {}, {}});
    ImGui::SameLine();
    if (button(ui, "step second", "+1s", "One virtual second [1]", !deck.over))
      commands.push_back({Verb::step_second, 0, {}, {}});
    draw_speeds(deck, ui, commands);
    ImGui::SameLine(0, em());
    const std::string tip =
        "Bring back all that the target owns [R]\n" +
        (deck.lost_by_rollback > 0
             ? grouped(deck.lost_by_rollback) + " promises that were made there do not come back"
             : std::string("Nothing that was promised there is lost"));
    if (button(ui, "roll back", roll_back_label(deck, briefly).c_str(), tip.c_str(),
               !deck.over && deck.returns))
      commands.push_back({Verb::intervene, 0, {}, {InterventionKind::roll_back, {}, -1, 0, {}}});
    ImGui::SameLine();
    if (button(ui, "hands", "Hands on", "Surprises, steps, traffic [H]", true, ui.hands))
      ui.hands = !ui.hands;
    ImGui::SameLine();
  }
  if (button(ui, "help", "Help", "What everything is, and all keys [F1]", true, ui.help))
    ui.help = !ui.help;
}

// "00:41:12.250 of 01:55:00 · cutover of orders: fence · 2024-03-04 00:41 · seed 7"; where there is
// too little room, without the less important pieces.
std::string when_text(const Deck& deck, float room) {
  std::string length = " of " + clock_text({deck.length_us});
  if (deck.now_us > deck.length_us)
    length = (deck.over ? ", settled after " : ", settling after ") + clock_text({deck.length_us});
  std::array<std::string, 4> pieces{length, deck.phase, deck.date,
                                    fmt::format("seed {}", deck.seed)};
  std::string clock = clock_text({deck.now_us}, true);
  if (text_width(clock + "  ·  " + deck.phase) > room) clock = clock_text({deck.now_us});
  float used = text_width(clock);
  for (const std::size_t which : {1u, 0u, 2u, 3u}) {
    std::string& piece = pieces[which];
    if (which > 0 && !piece.empty()) piece.insert(0, "  ·  ");
    if (used + text_width(piece) > room) piece.clear();
    used += text_width(piece);
  }
  return clock + pieces[0] + pieces[1] + pieces[2] + pieces[3];
}

// In as many lines as it takes: it is what one opened the window for.
void draw_answer(const Deck& deck, Ui& ui, float width) {
  std::string word = fmt::format("{} {}", palette::glyph(deck.mood), deck.word);
  const bool stale = is_stale(deck, deck.judged_us);
  if (stale) word += " " + as_of(deck, deck.judged_us);
  fitted(word, width, stale ? palette::kFaint : palette::of(deck.mood));
  ImGui::SameLine(0, em() * 0.7F);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width - text_width(word) - em());
  const bool old = is_stale(deck, deck.counted_us);
  const std::string answer = (old ? as_of(deck, deck.counted_us) + ": " : "") + deck.answer;
  ImGui::PushStyleColor(ImGuiCol_Text, old ? palette::kFaint : palette::kText);
  ImGui::TextUnformatted(answer.c_str());
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
  mark(ui, "answer");
}

}  // namespace

void draw_header(const Deck& deck, Ui& ui, Commands& commands) {
  const float width = ImGui::GetContentRegionAvail().x;
  const bool briefly = controls_width(deck) > width;
  const float controls = controls_width(deck, briefly);
  const bool one_row = width > controls + em() * 24;
  const float room = one_row ? width - controls - em() : width;
  ImGui::AlignTextToFramePadding();
  const float named = std::min(room * 0.55F, text_width(deck.title) + 1);
  fitted(deck.title, named);
  ImGui::SameLine(0, em());
  ImGui::AlignTextToFramePadding();
  fitted(when_text(deck, room - named - em()), room - named - em(), palette::kFaint);
  mark(ui, "clock");
  if (one_row) ImGui::SameLine(ImGui::GetCursorPosX() + width - controls + em() * 0.5F);
  draw_controls(deck, briefly, ui, commands);
  draw_answer(deck, ui, width);
}

}  // namespace pindah::gui
