// One plot: curves over time, from their pyramids.
#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gui/deck/deck.h"
#include "gui/plots/ticks.h"
#include "gui/window/ui.h"

namespace pindah::gui {

struct Curve {
  const Pyramid* samples = nullptr;
  const Pyramid* branch = nullptr;  // the same in another past; drawn faintly
  ImU32 colour = 0;
  std::string label;
  bool right_axis = false;  // has a scale of its own
};

struct PlotSpec {
  std::string name, title, when_empty;
  Quantity left = Quantity::count, right = Quantity::count;
  std::vector<Curve> curves;  // at most three
  std::optional<double> limit;
};

// Each plot is a row; its name is its spec's.
struct PlotRow {
  const char* word;
  const char* shows;  // for the manual
  PlotSpec (*make)(const Deck&) = nullptr;
};
std::span<const PlotRow> plot_rows();

// Draws at `least`; wheel, drag and crosshair go to `ui`, which all plots share.
void draw_plot(const Deck& deck, const PlotSpec& plot, Ui& ui, ImVec2 least, ImVec2 size);

// A curve within an area of the screen: a filled rectangle for each column of pixels, and lines
// where samples stand apart.
struct CurveArea {
  float left = 0, top = 0, width = 0, height = 0;
  std::int64_t from_us = 0, until_us = 0;
  double most = 1;
};
void draw_curve(ImDrawList& list, const Pyramid& samples, const CurveArea& area, ImU32 colour);

}  // namespace pindah::gui
