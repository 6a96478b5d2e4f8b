// What one can do to a running rehearsal: surprises, steps of the plan, traffic, and saving the
// whole as a scenario.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gui/window/draw.h"
#include "gui/window/pieces.h"
#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah::gui {
namespace {

// A kind of surprise and a kind of part that it may befall: "slow link".
struct Choice {
  SurpriseKind kind{};
  PartKind part{};
};

std::vector<Choice> all_choices() {
  std::vector<Choice> all;
  for (std::size_t i = 0; i < surprise_specs().size(); ++i)
    for (const PartKind part : surprise_specs()[i].parts)
      all.push_back({static_cast<SurpriseKind>(i), part});
  return all;
}

std::string label_of(const Choice& choice) {
  return spec_of(choice.kind).word + " " + word_of(choice.part);
}

// The parts of a kind, by the names that people give them; empty: there is nothing to choose.
std::vector<std::string> parts_of(PartKind kind, const Parties& parties) {
  std::vector<std::string> edges;
  switch (kind) {
    case PartKind::link:
      return {kLinks.begin(), kLinks.end()};
    case PartKind::ledger:
      return parties.ledgers;
    case PartKind::service:
      return parties.services;
    case PartKind::platform:
      return {parties.platforms.begin(), parties.platforms.end()};
    case PartKind::migrator:
      break;
    case PartKind::edge:
      for (int i = 0; i < parties.edges; ++i) edges.push_back(fmt::format("edge {}", i + 1));
  }
  return edges;
}

// One of several texts.
void choose(const char* label, const std::vector<std::string>& texts, int& chosen) {
  chosen = std::clamp(chosen, 0, std::max(0, static_cast<int>(texts.size()) - 1));
  const char* shown = texts.empty() ? "" : texts[static_cast<std::size_t>(chosen)].c_str();
  if (!ImGui::BeginCombo(label, shown)) return;
  for (int i = 0; i < static_cast<int>(texts.size()); ++i)
    if (ImGui::Selectable(texts[static_cast<std::size_t>(i)].c_str(), i == chosen)) chosen = i;
  ImGui::EndCombo();
}

// How much of it, and which way: a slider or a choice for each field of the surprise.
void draw_amount(const Field& field, Surprise& surprise) {
  const std::int64_t now = field.get(&surprise).value_or(0);
  if (field.type == FieldType::duration) {
    int ms = static_cast<int>(now / millis(1).us);
    ImGui::SliderInt((field.key + ", ms").c_str(), &ms, 10, 5000);
    field.set(&surprise, millis(ms).us);
  } else if (field.type == FieldType::share) {
    float percent = static_cast<float>(now) / 10'000;
    ImGui::SliderFloat((field.key + ", %").c_str(), &percent, 0.1F, 50, "%.1f");
    field.set(&surprise, static_cast<std::int64_t>(std::lround(percent * 10'000)));
  } else if (field.type == FieldType::word) {
    int word = static_cast<int>(now);
    choose(field.key.c_str(), field.words, word);
    field.set(&surprise, word);
  }
}

void draw_what(const Parties& parties, Ui& ui) {
  std::vector<std::string> kinds;
  const std::vector<Choice> choices = all_choices();
  for (const Choice& choice : choices) kinds.push_back(label_of(choice));
  choose("kind", kinds, ui.surprise);
  mark(ui, "surprise kind");
  const Choice choice = choices[static_cast<std::size_t>(ui.surprise)];
  Surprise& surprise = ui.next_surprise;
  surprise.kind = choice.kind;
  surprise.part = {choice.part, ui.what[kinds[static_cast<std::size_t>(ui.surprise)]]};
  const std::vector<std::string> parts = parts_of(choice.part, parties);
  if (!parts.empty()) {
    choose("what", parts, surprise.part.index);
    ui.what[kinds[static_cast<std::size_t>(ui.surprise)]] = surprise.part.index;
    mark(ui, "surprise what");
  }
  for (const Field& field : spec_of(surprise).fields) draw_amount(field, surprise);
  ImGui::SliderInt("lasts, s", &ui.lasts_s, 1, 600);
  surprise.duration = seconds(ui.lasts_s);
  mark(ui, "surprise lasts");
  ImGui::Checkbox("in the control life, too", &surprise.also_in_control);
  mark(ui, "surprise both");
}

void draw_surprises(const Deck& deck, const Parties& parties, Ui& ui, Commands& commands) {
  faint("SURPRISE");
  draw_what(parties, ui);
  if (button(ui, "surprise", "Inject now", "Begins a microsecond from now", !deck.over))
    commands.push_back(
        {Verb::intervene, 0, {}, {InterventionKind::surprise, ui.next_surprise, -1, 0, {}}});
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
      commands.push_back(
          {Verb::intervene, 0, {}, {InterventionKind::advance, {}, step.number, 0, {}}});
    ImGui::SameLine();
    if (button(ui, "hold " + number, "Hold", "It waits until you begin it", !deck.over))
      commands.push_back(
          {Verb::intervene, 0, {}, {InterventionKind::hold, {}, step.number, 0, {}}});
  }
}

void draw_traffic(const Deck& deck, Ui& ui, Commands& commands) {
  faint("TRAFFIC, in both lives");
  if (ui.shoppers_per_second < 0)
    ui.shoppers_per_second = static_cast<float>(deck.shoppers_per_second);
  ImGui::SliderFloat("shoppers/s", &ui.shoppers_per_second, 0, 100, "%.2f",
                     ImGuiSliderFlags_Logarithmic);
  mark(ui, "traffic rate");
  if (button(ui, "traffic", "Set arrival rate", "From now on, mixed as they are", !deck.over))
    commands.push_back({Verb::intervene,
                        0,
                        {},
                        {InterventionKind::traffic,
                         {},
                         -1,
                         static_cast<std::int64_t>(ui.shoppers_per_second * 1e6F),
                         {}}});
}

// What stands in the way is replaced by a second press only, of another button.
void draw_replace(const Deck& deck, Ui& ui, Commands& commands) {
  if (deck.in_the_way.empty()) return;
  const std::string tip = deck.in_the_way + " is there already; what is in it will be lost";
  if (button(ui, "replace", "Replace it", tip.c_str()))
    commands.push_back({Verb::save, 1, deck.in_the_way, {}});
  ImGui::SameLine();
}

void draw_save(const Deck& deck, Ui& ui, Commands& commands) {
  faint("WHAT YOU DID, AS A SCENARIO");
  // As long as nobody has written another name, the one that is free.
  if (ui.save_as.empty() || ui.save_as == ui.offered) ui.save_as = ui.offered = deck.save_as;
  ui.save_as.resize(512);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputText("##save as", ui.save_as.data(), ui.save_as.size());
  ui.save_as = ui.save_as.c_str();
  mark(ui, "save as");
  if (button(ui, "save", "Save as scenario", "It replays without a window to the same digest"))
    commands.push_back({Verb::save, 0, ui.save_as, {}});
  ImGui::SameLine();
  draw_replace(deck, ui, commands);
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
