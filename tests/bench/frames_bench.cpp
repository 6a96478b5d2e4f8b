// How long the window takes: a frame of all of it in software at 1280×720, and twelve tracks of a
// million samples as a draw list.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>

#include "gui/host/headless.h"
#include "gui/window/draw.h"
#include "gui/window/plot.h"
#include "tests/gui/stage.h"

using namespace pindah::gui;

namespace {

double median_ms(int times, const std::function<void()>& work) {
  std::vector<double> all;
  for (int i = 0; i < times; ++i) {
    const auto before = std::chrono::steady_clock::now();
    work();
    all.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
            .count());
  }
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

void million_points(Headless& headless) {
  std::vector<Pyramid> tracks(12);
  for (Pyramid& track : tracks)
    for (std::int64_t i = 0; i < 1'000'000; ++i)
      track.append({i * 1000, static_cast<float>(i * 7919 % 1013)});
  double took = 0;
  headless.frame([&] {
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    took = median_ms(101, [&] {
      list._ResetForNewFrame();
      list.PushClipRectFullScreen();
      list.PushTextureID(ImGui::GetIO().Fonts->TexID);
      for (const Pyramid& track : tracks)
        draw_curve(list, track, {0, 0, 300, 100, 0, 1'000'000'000, 1013}, 0xffffffff);
    });
  });
  fmt::print("12 tracks of a million samples, 300 columns each: {:.2f} ms\n", took);
}

}  // namespace

int main() {
  Headless headless(1280, 720, 1);
  const Deck deck = pindah::test::full_deck();
  const Parties parties{{"carts", "orders"}, {"gateway"}, {"Old", "New"}, 4};
  Ui ui;
  Commands commands;
  const double frame = median_ms(201, [&] {
    headless.frame([&] { draw(deck, parties, ui, commands); });
    headless.finish();
  });
  fmt::print("a frame of the whole window: {:.2f} ms\n", frame);
  million_points(headless);
}
