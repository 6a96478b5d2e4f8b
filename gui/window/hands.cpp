// What one can do to a running rehearsal: surprises, steps of the plan, traffic, and saving the
// whole as a scenario.
#include <fmt/format.h>

#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

constexpr std::array<const char*, 10> kKinds{
    "slow link",    "cut link",       "lossy link",    "slow ledger",   "slow platform",
    "slow service", "pause platform", "kill platform", "kill migrator", "stale edge"};
constexpr std::array<const char*, 3> kDirections{"both ways", "there", "back"};

// What a kind of surprise may concern; empty: there is nothing to choose.
std::vector<std::string> choices(SurpriseKind kind, const Parties& parties) {
  std::vector<std::string> all;
  switch (kind) {
    case SurpriseKind::slow_link:
    case SurpriseKind::cut_link:
    case SurpriseKind::lossy_link:
      return {kLinks.begin(), kLinks.end()};
    case SurpriseKind::slow_ledger:
      return parties.ledgers;
    case SurpriseKind::slow_service:
      return parties.services;
    case SurpriseKind::slow_platform:
    case SurpriseKind::pause_platform:
    case SurpriseKind::kill_platform:
      return {parties.platforms.begin(), parties.platforms.end()};
    case SurpriseKind::kill_migrator:
      return {};
    case SurpriseKind::stale_edge:
      for (int i = 0; i < parties.edges; ++i) all.push_back(fmt::format("edge {}", i + 1));
  }
  return all;
}

Surprise surprise_of(const Ui& ui) {
  Surprise surprise;
  surprise.kind = static_cast<SurpriseKind>(ui.surprise);
  const int what = ui.what[static_cast<std::size_t>(ui.surprise)];
  surprise.duration = seconds(ui.lasts_s);
  surprise.link = static_cast<LinkId>(std::min(what, 3));
  surprise.platform = what == 1 ? Side::target : Side::source;
  surprise.service = what;
  surprise.ledger = what;
  surprise.edge = what;
  surprise.by = millis(ui.slower_ms);
  surprise.ppm = static_cast<std::int64_t>(ui.lost_percent * 10'000);
  surprise.direction = ui.direction;
  surprise.also_in_control = ui.in_both_lives;
  return surprise;
}

bool is_slow(SurpriseKind kind) {
  return kind == SurpriseKind::slow_link || kind == SurpriseKind::slow_ledger ||
         kind == SurpriseKind::slow_platform || kind == SurpriseKind::slow_service;
}

void draw_what(const Parties& parties, Ui& ui) {
  const SurpriseKind kind = static_cast<SurpriseKind>(ui.surprise);
  const std::vector<std::string> all = choices(kind, parties);
  int& what = ui.what[static_cast<std::size_t>(ui.surprise)];
  if (!all.empty()) {
    what = std::min(what, static_cast<int>(all.size()) - 1);
    if (ImGui::BeginCombo("what", all[static_cast<std::size_t>(what)].c_str())) {
      for (int i = 0; i < static_cast<int>(all.size()); ++i)
        if (ImGui::Selectable(all[static_cast<std::size_t>(i)].c_str(), i == what)) what = i;
      ImGui::EndCombo();
    }
    mark(ui, "surprise what");
  }
  if (is_slow(kind)) ImGui::SliderInt("slower by, ms", &ui.slower_ms, 10, 5000);
  if (kind == SurpriseKind::lossy_link)
    ImGui::SliderFloat("lost, %", &ui.lost_percent, 0.1F, 50, "%.1f");
  if (kind == SurpriseKind::cut_link)
    ImGui::Combo("direction", &ui.direction, kDirections.data(),
                 static_cast<int>(kDirections.size()));
  ImGui::SliderInt("lasts, s", &ui.lasts_s, 1, 600);
  mark(ui, "surprise lasts");
  ImGui::Checkbox("in the control life, too", &ui.in_both_lives);
  mark(ui, "surprise both");
}

void draw_surprises(const Deck& deck, const Parties& parties, Ui& ui, Commands& commands) {
  faint("SURPRISE");
  ImGui::Combo("kind", &ui.surprise, kKinds.data(), static_cast<int>(kKinds.size()));
  mark(ui, "surprise kind");
  draw_what(parties, ui);
  if (button(ui, "surprise", "Let it happen now", "Begins a microsecond from now", !deck.over))
    commands.push_back({Verb::intervene, 0, {}, {Hand::surprise, surprise_of(ui), -1, 0, {}}});
}

void draw_steps(const Deck& deck, Ui& ui, Commands& commands) {
  faint("THE PLAN");
  if (deck.steps.empty()) faint("It has no steps.");
  const float buttons = em() * 8.5F;
  for (const StepRow& step : deck.steps) {
    ImGui::AlignTextToFramePadding();
    const float room = ImGui::GetContentRegionAvail().x;
    fitted(step.name, step.waits ? room - buttons : room * 0.68F,
           step.waits ? palette::kText : palette::kFaint);
    ImGui::SameLine(step.waits ? room - buttons + em() * 0.5F : room * 0.7F);
    if (!step.waits) {
      fitted(step.state, room * 0.3F, palette::kFaint);
      continue;
    }
    const std::string number = std::to_string(step.number);
    if (button(ui, "advance " + number, "Begin now", "It begins, whatever it waits for",
               !deck.over))
      commands.push_back({Verb::intervene, 0, {}, {Hand::advance, {}, step.number, 0, {}}});
    ImGui::SameLine();
    if (button(ui, "hold " + number, "Hold", "It waits until you begin it", !deck.over))
      commands.push_back({Verb::intervene, 0, {}, {Hand::hold, {}, step.number, 0, {}}});
  }
}

void draw_traffic(const Deck& deck, Ui& ui, Commands& commands) {
  faint("TRAFFIC, in both lives");
  if (ui.shoppers_per_second < 0)
    ui.shoppers_per_second = static_cast<float>(deck.shoppers_per_second);
  ImGui::SliderFloat("shoppers/s", &ui.shoppers_per_second, 0, 100, "%.2f",
                     ImGuiSliderFlags_Logarithmic);
  mark(ui, "traffic rate");
  if (button(ui, "traffic", "Let so many come", "From now on, mixed as they are", !deck.over))
    commands.push_back(
        {Verb::intervene,
         0,
         {},
         {Hand::traffic, {}, -1, static_cast<std::int64_t>(ui.shoppers_per_second * 1e6F), {}}});
}

void draw_save(const Deck& deck, Ui& ui, Commands& commands) {
  faint("WHAT YOU DID, AS A SCENARIO");
  if (ui.save_as.empty())
    ui.save_as = deck.file.substr(0, deck.file.rfind(".yaml")) + "-flown.yaml";
  ui.save_as.resize(512);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputText("##save as", ui.save_as.data(), ui.save_as.size());
  ui.save_as = ui.save_as.c_str();
  mark(ui, "save as");
  if (button(ui, "save", "Save as scenario", "It replays without a window to the same digest"))
    commands.push_back({Verb::save, 0, ui.save_as, {}});
  ImGui::SameLine();
  const std::string run = ui.save_as.substr(0, ui.save_as.rfind('.')) + ".pindah";
  if (button(ui, "save run", "Save the run", ("At its end, as " + run).c_str(), deck.over))
    commands.push_back({Verb::save, 0, run, {}});
}

}  // namespace

void draw_hands(const Deck& deck, const Parties& parties, float top, Ui& ui, Commands& commands) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(em() * 27, display.x - em());
  ImGui::SetNextWindowPos({display.x - width - em() * 0.5F, top}, ImGuiCond_Always);
  ImGui::SetNextWindowSize({width, display.y - top - em() * 0.5F}, ImGuiCond_Always);
  if (ImGui::Begin("Hands on", &ui.hands,
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoMove |
                       ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings)) {
    ImGui::PushItemWidth(em() * 14);
    draw_surprises(deck, parties, ui, commands);
    ImGui::Separator();
    draw_traffic(deck, ui, commands);
    ImGui::Separator();
    draw_save(deck, ui, commands);
    ImGui::Separator();
    draw_steps(deck, ui, commands);
    ImGui::PopItemWidth();
  }
  ImGui::End();
}

}  // namespace pindah::gui
