#include "tests/gui/stage.h"

#include <catch2/catch.hpp>

namespace pindah::test {

using namespace pindah::gui;

Stage::Stage(float width, float height) : deck(full_deck()) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {width, height};
  io.DeltaTime = 1.0F / 60;
  io.MousePos = {-1, -1};
  constexpr std::pair<int, int> kKeys[] = {{ImGuiKey_Tab, 258},
                                           {ImGuiKey_Escape, 256},
                                           {ImGuiKey_Space, 32},
                                           {ImGuiKey_Enter, 257},
                                           {ImGuiKey_Backspace, 259}};
  for (const auto& [key, number] : kKeys) io.KeyMap[key] = number;
  static std::string clipboard;
  clipboard.clear();
  io.SetClipboardTextFn = [](void*, const char* text) { clipboard = text; };
  io.GetClipboardTextFn = [](void*) { return clipboard.c_str(); };
  unsigned char* pixels = nullptr;
  int w = 0, h = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &w, &h);
  ui.boxes = &boxes_;
  parties = {{"carts", "orders"}, {"gateway"}, {"Old", "New"}, 4};
  frame();
  frame();
}

void Stage::frame() {
  ImGui::NewFrame();
  draw(deck, parties, ui, commands_);
  ImGui::Render();
}

const Box& Stage::box(const std::string& name) const {
  INFO("nothing of the name " << name << " was drawn");
  REQUIRE(boxes_.count(name) == 1);
  return boxes_.at(name);
}

void Stage::hover(const std::string& name) {
  const Box& at = box(name);
  ImGui::GetIO().MousePos = {(at.left + at.right) / 2, (at.top + at.bottom) / 2};
  frame();
}

void Stage::click(const std::string& name) {
  hover(name);
  frame();
  ImGui::GetIO().MouseDown[0] = true;
  frame();
  ImGui::GetIO().MouseDown[0] = false;
  frame();
  frame();
}

void Stage::key(int key, bool ctrl) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = ctrl;
  io.KeysDown[key] = true;
  frame();
  io.KeysDown[key] = false;
  io.KeyCtrl = false;
  frame();
}

void Stage::drag(const std::string& name, float from_share, float to_share) {
  const Box at = box(name);
  ImGuiIO& io = ImGui::GetIO();
  const float y = (at.top + at.bottom) / 2, wide = at.right - at.left;
  io.MousePos = {at.left + from_share * wide, y};
  frame();
  io.MouseDown[0] = true;
  frame();
  io.MousePos.x = at.left + to_share * wide;
  frame();
  frame();
  io.MouseDown[0] = false;
  frame();
}

void Stage::wheel(const std::string& name, float by) {
  hover(name);
  frame();
  ImGui::GetIO().MouseWheel = by;
  frame();
  ImGui::GetIO().MouseWheel = 0;
  frame();
}

Commands Stage::take() { return std::exchange(commands_, {}); }

Deck full_deck() {
  constexpr std::int64_t kMinute = 60'000'000;
  Deck deck;
  deck.title = "A night";
  deck.file = "night.yaml";
  deck.seed = 7;
  deck.length_us = 60 * kMinute;
  deck.end_us = 240 * kMinute;
  deck.now_us = 45 * kMinute;
  deck.reached_us = 50 * kMinute;
  deck.date = "2024-03-04 00:45";
  deck.phase = "cutover of orders: fence";
  deck.word = "OVER BUDGET";
  deck.mood = Mood::bad;
  deck.answer = "2 of 90 noticed";
  deck.tiles = {{"Shoppers who noticed", "2 of 90", "2.2 % > 0.1 %", Mood::bad},
                {"Lost or doubled", "0", "none so far", Mood::good},
                {"Charged wrongly", "0", "none so far", Mood::good},
                {"Slowest 1 % of pages", "1.2s", "without: 1s", Mood::plain},
                {"Behind", "0 s", "no rows differed", Mood::good},
                {"Compliance", "60 %", "of the checklist", Mood::doubt}};
  deck.bands = {{"capture of orders", BandKind::stream, 10 * kMinute, kNoInstant, 0},
                {"cutover of orders", BandKind::move, 44 * kMinute, kNoInstant, 1}};
  deck.pins = {{PinKind::surprise, 20 * kMinute, "surprise: slow link"}};
  deck.noticed_at = {44 * kMinute, 44 * kMinute + 1'000'000};
  deck.houses = {House{"Old", 12, 80, false}, House{"New", 0, 9, true}};
  deck.rooms = {{"carts", 0, 0, 0, 0, 0, 0, false}, {"orders", 0.3, 1, 2'000'000, 40, 7, 1, true}};
  deck.wires = {{"edge to source", {}, 0, 0},
                {"edge to target", {true, true}, 0, 0},
                {"source to target", {}, 150'000, 0},
                {"platforms to gateway", {}, 0, 10'000}};
  deck.front = "Shop";
  deck.weather = {"slow link"};
  deck.people = {{11, 44 * kMinute, 0, "buyer", "Old", "checkout", "refused",
                  "refused during the fence", "cutover of orders: fence", "", true},
                 {5, 44 * kMinute + 1'000'000, 900'000, "window", "Old", "list", "slower", "slower",
                  "cutover of orders: drain", "", false}};
  deck.budget = {{"✗", "fail", "shoppers who noticed", "noticed <= 0.1%", "2.2 % > 0.1 %",
                  "cutover of orders: fence", 90, 30, 44 * kMinute, Mood::bad}};
  deck.events = {{44 * kMinute, "cutover of orders", "started", Mood::plain}};
  deck.rules = {{"payment", "payments are the target's", "art. 21", 60, 1}};
  deck.steps = {{0, "capture of orders", "over 00:10:00", false},
                {1, "cutover of payments", "waits", true}};
  deck.facts = {{"seed", "7"}};
  deck.shoppers_per_second = 4;
  deck.p99_limit_us = 2e6;
  auto tracks = std::make_shared<Tracks>(std::vector<std::string>{
      kPagesSource, kPagesTarget, kP50, kP99, kP99Control, kLag, kBacklog, "failures of checkout"});
  for (const std::string& name : tracks->names())
    for (std::int64_t i = 0; i < 45 * 60; ++i)
      tracks->find(name)->append({i * 1'000'000, static_cast<float>(i % 97)});
  deck.tracks = tracks;
  return deck;
}

}  // namespace pindah::test
