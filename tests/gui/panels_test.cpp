// The window without a screen: every button pressed once, by mouse or key.
#include <catch2/catch.hpp>

#include "scenario/vocabulary/surprises.h"
#include "tests/gui/stage.h"

using namespace pindah;
using namespace pindah::gui;
using namespace pindah::test;

namespace {

Command only(Stage& stage) {
  const Commands commands = stage.take();
  REQUIRE(commands.size() == 1);
  return commands.front();
}

}  // namespace

TEST_CASE("each button of the header asks for one thing") {
  Stage stage;
  const auto [name, verb, number] = GENERATE(table<std::string, Verb, int>({
      {"play", Verb::play, 0},
      {"step event", Verb::step_event, 0},
      {"step second", Verb::step_second, 0},
      {"speed 0", Verb::speed, 0},
      {"speed 1", Verb::speed, 1},
      {"speed 2", Verb::speed, 2},
      {"speed 3", Verb::speed, 3},
  }));
  stage.click(name);
  const Command command = only(stage);
  CHECK(command.verb == verb);
  CHECK(command.number == number);
}

TEST_CASE("roll back asks for it, and only where something has moved") {
  Stage stage;
  stage.click("roll back");
  CHECK(only(stage).intervention.kind == InterventionKind::roll_back);
  stage.deck.returns = false;
  stage.click("roll back");
  CHECK(stage.take().empty());
}

TEST_CASE("each key does what its button does") {
  Stage stage;
  const auto [key, verb, number] = GENERATE(table<int, Verb, int>({
      {' ', Verb::play, 0},
      {'.', Verb::step_event, 0},
      {'1', Verb::step_second, 0},
      {'2', Verb::speed, 0},
      {'3', Verb::speed, 1},
      {'4', Verb::speed, 2},
      {'5', Verb::speed, 3},
      {'R', Verb::intervene, 0},
  }));
  stage.press(key);
  const Command command = only(stage);
  CHECK(command.verb == verb);
  CHECK(command.number == number);
}

TEST_CASE("arrows choose who noticed, and go along the time") {
  Stage stage;
  stage.press(key::down);
  CHECK(only(stage).number == 11);
  stage.press(key::down);
  CHECK(only(stage).number == 5);
  stage.press(key::up);
  CHECK(only(stage).number == 11);
  stage.press(key::left);
  const Command back = only(stage);
  CHECK(back.verb == Verb::go_to);
  CHECK(back.number == stage.deck.now_us - stage.deck.length_us / 100);
}

TEST_CASE("while a panel is open, Space is the panel's") {
  Stage stage;
  stage.click("hands");
  stage.press(key::space);
  stage.press(key::tab);
  for (const Command& command : stage.take()) CHECK(command.verb != Verb::play);
  CHECK(stage.ui.tab == 0);
}

TEST_CASE("keys that change the window alone") {
  Stage stage;
  stage.press('=', true);
  CHECK(stage.ui.scale == Approx(1.25));
  stage.press('-', true);
  stage.press('-', true);
  CHECK(stage.ui.scale == Approx(0.75));
  stage.press('0', true);
  CHECK(stage.ui.scale == Approx(1));
  stage.press(key::tab);
  CHECK(stage.ui.tab == 1);
  stage.press(key::f1);
  CHECK(stage.ui.help);
  stage.press(key::escape);
  CHECK_FALSE(stage.ui.help);
  stage.press('H');
  CHECK(stage.ui.hands);
  CHECK(stage.take().empty());
}

TEST_CASE("help opens and closes by its button") {
  Stage stage;
  stage.click("help");
  CHECK(stage.ui.help);
  stage.click("help");
  CHECK_FALSE(stage.ui.help);
}

TEST_CASE("each tab opens") {
  Stage stage;
  for (std::size_t i = tab_rows().size(); i-- > 0;) {
    stage.click(std::string("tab ") + tab_rows()[i].title);
    CHECK(stage.ui.tab == i);
  }
  CHECK(stage.take().empty());
}

TEST_CASE("a table is copied as text") {
  Stage stage;
  stage.click("tab budget");
  stage.click("copy");
  const std::string text = ImGui::GetClipboardText();
  CHECK(text.find("shoppers who noticed\t2.2 %, limit 0.1 %") != std::string::npos);
}

TEST_CASE("a shopper who is clicked shows her two lives, the first difference marked") {
  Stage stage;
  stage.click("who row 0");
  const Command command = only(stage);
  CHECK(command.verb == Verb::choose);
  CHECK(command.number == 11);
  TwoLives lives;
  lives.who = stage.deck.people[0];
  lives.pages = {{0, 1, "home", "ok after 5ms", "ok after 5ms", false, false},
                 {1, 2, "checkout", "ok after 9ms", "refused after 1s", true, true}};
  lives.shown = {{"total", "9", "10"}};
  stage.deck.chosen = lives;
  stage.frame();
  stage.frame();
  CHECK(stage.drawn("first difference"));
  stage.click("copy lives");
  CHECK(std::string(ImGui::GetClipboardText()).find("<- the first difference") !=
        std::string::npos);
}

TEST_CASE("a click on the timeline goes to that instant") {
  Stage stage;
  stage.click("timeline");
  const Command command = only(stage);
  CHECK(command.verb == Verb::go_to);
  // The middle of the width: 0.5 of the 0.9 in which the hour with shoppers is drawn.
  CHECK(std::abs(command.number - 2'000'000'000) < 5'000'000);
}

TEST_CASE("a link that is clicked is cut") {
  Stage stage;
  const int link = GENERATE(0, 1, 2, 3);
  const char* names[] = {"wire edge to source", "wire edge to target", "wire source to target",
                         "wire platforms to gateway"};
  stage.click(names[link]);
  const Command command = only(stage);
  CHECK(command.intervention.kind == InterventionKind::surprise);
  CHECK(command.intervention.surprise.kind == SurpriseKind::cut);
  CHECK(command.intervention.surprise.part.kind == PartKind::link);
  CHECK(command.intervention.surprise.part.index == link);
  CHECK(command.intervention.surprise.duration == seconds(30));
}

TEST_CASE("the hands' panel lets every surprise happen") {
  Stage stage;
  stage.click("hands");
  REQUIRE(stage.ui.hands);
  int number = 0;
  for (const SurpriseSpec& spec : surprise_specs())
    for (const PartKind part : spec.parts) {
      stage.ui.surprise = number++;
      stage.frame();
      stage.click("surprise");
      const Command command = only(stage);
      CHECK(command.intervention.kind == InterventionKind::surprise);
      CHECK(spec_of(command.intervention.surprise).word == spec.word);
      CHECK(command.intervention.surprise.part.kind == part);
    }
  CHECK(number == 10);
  stage.click("surprise both");
  CHECK(stage.ui.next_surprise.also_in_control);
}

TEST_CASE("the hands' panel advances and holds steps, changes traffic, saves") {
  Stage stage(1280, 1000);
  stage.click("hands");
  stage.click("advance 1");
  CHECK(only(stage).intervention.kind == InterventionKind::advance);
  stage.click("hold 1");
  const Command hold = only(stage);
  CHECK(hold.intervention.kind == InterventionKind::hold);
  CHECK(hold.intervention.step == 1);
  CHECK_FALSE(stage.drawn("advance 0"));  // it is over
  stage.click("traffic");
  const Command traffic = only(stage);
  CHECK(traffic.intervention.kind == InterventionKind::traffic);
  CHECK(traffic.intervention.shoppers_per_second_micro == 4'000'000);
  stage.click("save");
  const Command save = only(stage);
  CHECK(save.verb == Verb::save);
  CHECK(save.text == "night-flown.yaml");
  stage.click("save run");
  CHECK(stage.take().empty());  // it is not over
  stage.deck.over = true;
  stage.frame();
  stage.click("save run");
  CHECK(only(stage).text == "night-flown.pindah");
}

TEST_CASE("plots share their zoom and their crosshair") {
  Stage stage;
  stage.hover("plot traffic");
  CHECK(stage.ui.crosshair_us == Approx(30 * 60e6).epsilon(0.02));
  stage.wheel("plot traffic", 3);
  REQUIRE(stage.ui.until_us > 0);
  const std::int64_t length = stage.ui.until_us - stage.ui.from_us;
  CHECK(length < 40 * 60'000'000LL);
  const std::int64_t from = stage.ui.from_us;
  stage.drag("plot latency", 0.8F, 0.3F);
  CHECK(stage.ui.from_us > from);
  CHECK(stage.ui.until_us - stage.ui.from_us == length);
  stage.press(key::escape);
  CHECK(stage.ui.until_us == 0);
  CHECK(stage.take().empty());
}

TEST_CASE("a rehearsal that is over, and a run file, offer nothing that would change them") {
  Stage stage;
  stage.deck.over = true;
  stage.frame();
  for (const char* name : {"play", "step event", "step second", "roll back"}) stage.click(name);
  CHECK(stage.take().empty());
  stage.deck.source = Source::file;
  stage.frame();
  CHECK_FALSE(stage.drawn("play"));
  stage.press(key::space);
  stage.press('R');
  CHECK(stage.take().empty());
  // It can be looked at, at any of its instants, while the mouse is down and when it is let go.
  stage.click("timeline");
  const Commands looks = stage.take();
  REQUIRE(looks.size() >= 2);
  for (const Command& look : looks) {
    CHECK(look.verb == Verb::go_to);
    CHECK(look.number == Approx(stage.deck.length_us / 2).epsilon(0.15));
  }
}

TEST_CASE("at every size and scale nothing is drawn outside of the window or over another panel") {
  const auto [width, height, scale] = GENERATE(table<float, float, float>({{1280, 720, 1},
                                                                           {1600, 900, 1},
                                                                           {1920, 1080, 1},
                                                                           {1920, 1080, 2},
                                                                           {1280, 720, 2},
                                                                           {640, 400, 1}}));
  Stage stage(width, height);
  ImGui::GetIO().FontGlobalScale = scale;
  stage.frame();
  stage.frame();
  for (const auto& [name, box] : stage.boxes()) {
    INFO(name);
    CHECK(box.left >= 0);
    CHECK(box.right <= width + 0.5F);
    CHECK(box.right > box.left);
  }
  const auto& boxes = stage.boxes();
  const char* apart[] = {"plot traffic", "plot latency", "plot failures", "plot behind",
                         "timeline"};
  for (const char* a : apart)
    for (const char* b : apart) {
      if (a == b || !boxes.count(a) || !boxes.count(b)) continue;
      const Box &x = boxes.at(a), &y = boxes.at(b);
      INFO(a << " and " << b);
      CHECK((x.right <= y.left || y.right <= x.left || x.bottom <= y.top || y.bottom <= x.top));
    }
}

TEST_CASE("an empty deck says what to do") {
  Stage stage;
  stage.deck = Deck{};
  stage.deck.length_us = 60'000'000;
  stage.deck.end_us = 120'000'000;
  stage.deck.tracks = std::make_shared<Tracks>(std::vector<std::string>{});
  for (std::size_t i = 0; i < tab_rows().size(); ++i) {
    stage.press(key::tab);
    stage.frame();
  }
  stage.ui.hands = stage.ui.help = true;
  stage.frame();
  stage.frame();
  CHECK(stage.take().empty());
}
