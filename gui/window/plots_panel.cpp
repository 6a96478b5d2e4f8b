// The plots, and what stands in each.
#include <algorithm>
#include <array>

#include "gui/window/draw.h"
#include "gui/window/pieces.h"
#include "gui/window/plot.h"

namespace pindah::gui {
namespace {

Curve curve(const Deck& deck, const std::string& name, ImU32 colour, std::string label) {
  Curve made;
  made.samples = deck.tracks ? deck.tracks->find(name) : nullptr;
  made.branch = deck.branch ? deck.branch->find(name) : nullptr;
  made.colour = colour;
  made.label = std::move(label);
  return made;
}

PlotSpec traffic(const Deck& deck) {
  PlotSpec plot{"traffic",
                "Pages answered",
                "no page has been opened yet",
                Quantity::per_second,
                Quantity::count,
                {},
                {}};
  plot.curves.push_back(
      curve(deck, kPagesSource, palette::kSource, "by " + deck.platforms[0].name));
  plot.curves.push_back(
      curve(deck, kPagesTarget, palette::kTarget, "by " + deck.platforms[1].name));
  return plot;
}

PlotSpec latency(const Deck& deck) {
  PlotSpec plot{"latency",        "Time to answer", "no page has been answered yet",
                Quantity::micros, Quantity::count,  {},
                deck.p99_limit_us};
  plot.curves.push_back(curve(deck, kP99, palette::kTarget, "p99"));
  plot.curves.push_back(curve(deck, kP99Control, palette::kThird, "p99 without"));
  plot.curves.push_back(curve(deck, kP50, palette::kSource, "p50"));
  return plot;
}

// The pages that failed most, worst first.
PlotSpec failures(const Deck& deck) {
  PlotSpec plot{
      "failures", "Pages that failed", "no page has failed", Quantity::count, Quantity::count, {},
      {}};
  if (!deck.tracks) return plot;
  constexpr ImU32 kColours[] = {palette::kFailure, palette::rgb(0xc98a6a), palette::rgb(0x8f6a58)};
  const std::string before = kFailures;
  std::vector<std::pair<double, std::string>> worst;
  for (const std::string& name : deck.tracks->names()) {
    if (!name.starts_with(before)) continue;
    const Pyramid& samples = *deck.tracks->find(name);
    double most = 0;
    for (const Column& column : samples.columns(0, deck.end_us + 1, 64))
      if (!column.empty) most = std::max(most, double{column.most});
    if (most > 0) worst.emplace_back(-most, name);
  }
  std::sort(worst.begin(), worst.end());
  for (std::size_t i = 0; i < std::min<std::size_t>(3, worst.size()); ++i)
    plot.curves.push_back(
        curve(deck, worst[i].second, kColours[i], worst[i].second.substr(before.size())));
  std::reverse(plot.curves.begin(), plot.curves.end());
  return plot;
}

bool streams(const Deck& deck) {
  return std::any_of(deck.services.begin(), deck.services.end(), [](const ServiceView& room) {
    return room.carried[0] != Carried::no || room.carried[1] != Carried::no;
  });
}

PlotSpec behind(const Deck& deck) {
  PlotSpec plot{"behind",
                "Behind",
                streams(deck) ? "nothing is behind" : "nothing is brought to the other side",
                Quantity::micros,
                Quantity::count,
                {},
                {}};
  plot.curves.push_back(curve(deck, kBacklog, palette::kThird, "changes to apply"));
  plot.curves.back().right_axis = true;
  plot.curves.push_back(curve(deck, kLag, palette::kSource, "lag"));
  return plot;
}

constexpr std::array kPlots{
    PlotRow{"traffic", "pages answered a second, by each platform", traffic},
    PlotRow{"latency", "half and 99 of 100 answers are quicker; what it is without the migration",
            latency},
    PlotRow{"failures", "the pages that failed most", failures},
    PlotRow{"behind", "how far the streams are behind: changes to apply, and the oldest one",
            behind},
};

}  // namespace

std::span<const PlotRow> plot_rows() { return kPlots; }

void draw_plots(const Deck& deck, Ui& ui, ImVec2 size, int columns,
                std::span<const PlotRow> plots) {
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float gap = em() * 0.4F;
  const auto count = static_cast<int>(plots.size());
  const int rows = (count + columns - 1) / columns;
  const ImVec2 each{(size.x - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns),
                    (size.y - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows)};
  // The plots show one crosshair: that of the mouse, wherever it is.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool inside = mouse.x >= start.x && mouse.x < start.x + size.x && mouse.y >= start.y &&
                      mouse.y < start.y + size.y;
  if (!inside) ui.crosshair_us = -1;
  for (int i = 0; i < count; ++i) {
    const ImVec2 least{start.x + static_cast<float>(i % columns) * (each.x + gap),
                       start.y + static_cast<float>(i / columns) * (each.y + gap)};
    draw_plot(deck, plots[static_cast<std::size_t>(i)].make(deck), ui, least, each);
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy(size);
}

}  // namespace pindah::gui
