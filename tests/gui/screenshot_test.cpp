// The window as a picture, drawn without a display and compared with the one that was looked at.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "gui/host/headless.h"
#include "gui/window/draw.h"
#include "tests/gui/stage.h"

using namespace pindah::gui;
using namespace pindah::test;

namespace {

Picture picture_of(const Deck& deck, float scale, Ui ui = {}) {
  Headless headless(1280, 720, scale);
  Commands commands;
  const Parties parties{{"carts", "orders"}, {"gateway"}, {"Old", "New"}, 4};
  for (int i = 0; i < 3; ++i) headless.frame([&] { draw(deck, parties, ui, commands); });
  headless.finish();
  return headless.picture();
}

// Pixels of which a channel differs by more than a renderer's rounding.
std::size_t differing(const Picture& a, const Picture& b) {
  REQUIRE(a.bytes.size() == b.bytes.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.bytes.size(); i += 4) {
    int most = 0;
    for (std::size_t c = 0; c < 3; ++c)
      most = std::max(most, std::abs(int{a.bytes[i + c]} - int{b.bytes[i + c]}));
    count += most > 24 ? 1 : 0;
  }
  return count;
}

}  // namespace

// PINDAH_GOLDEN=rewrite takes a new one: look at it before you keep it.
TEST_CASE("the window looks as it did", "[screenshot]") {
  const std::string path = PINDAH_SOURCE_DIR "/tests/golden/window.png";
  const Picture now = picture_of(full_deck(), 1);
  const char* golden = std::getenv("PINDAH_GOLDEN");
  if (golden != nullptr && std::string(golden) == "rewrite") REQUIRE(write_png(path, now));
  const auto before = read_png(path);
  REQUIRE(before);
  REQUIRE(before->width == now.width);
  CHECK(differing(now, *before) <= before->bytes.size() / 4 / 1000);
}

TEST_CASE("each panel and each tab is drawn without a display, however large", "[screenshot]") {
  for (const float scale : {1.0F, 2.0F}) {
    const Picture plain = picture_of(full_deck(), scale);
    const auto differs = [&](const Ui& ui) {
      return differing(picture_of(full_deck(), scale, ui), plain) > 1280 * 720 / 1000;
    };
    Ui ui;
    for (const PanelRow& panel : panel_rows()) {
      ui = {};
      ui.*panel.open = true;
      CHECK(differs(ui));
    }
    for (std::size_t tab = 1; tab < tab_rows().size(); ++tab) {
      ui = {};
      ui.tab = tab;
      ui.tab_is_new = true;
      CHECK(differs(ui));
    }
  }
}

TEST_CASE("a picture that differs is seen to differ", "[screenshot]") {
  Deck other = full_deck();
  other.services[0].moved = 1;
  CHECK(differing(picture_of(full_deck(), 1), picture_of(other, 1)) > 1280 * 720 / 1000);
}
