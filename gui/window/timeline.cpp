// The plan's steps as bands, what happened as pins, who noticed as a strip of heat, and under the
// mouse the way to any moment of the run.
#include <fmt/format.h>

#include <algorithm>

#include "base/time.h"
#include "gui/plots/ticks.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

constexpr int kLanes = 3;

ImU32 colour_of(BandKind kind) {
  switch (kind) {
    case BandKind::stream:
      return palette::rgb(0x2d5d7e);
    case BandKind::copy:
      return palette::rgb(0x3d7fa6);
    case BandKind::check:
      return palette::rgb(0x55606f);
    case BandKind::move:
      return palette::kTarget;
    case BandKind::share:
      return palette::rgb(0x9a6c12);
    case BandKind::other:
      break;
  }
  return palette::rgb(0x474f5c);
}

ImU32 colour_of(PinKind kind) {
  switch (kind) {
    case PinKind::move:
      return palette::kTarget;
    case PinKind::back:
      return palette::kSource;
    case PinKind::trouble:
      return palette::kFailure;
    case PinKind::surprise:
      return palette::kThird;
    case PinKind::intervention:
      break;
  }
  return palette::kText;
}

struct PlotArea {
  const Deck& deck;
  ImDrawList& list;
  ImVec2 least;
  float width;
  Scale scale;
  float x(std::int64_t at_us) const {
    return least.x + width * static_cast<float>(scale.at(at_us));
  }
};

void draw_axis(const PlotArea& sheet, float y, float bottom) {
  const std::int64_t knee = sheet.deck.length_us;
  const auto ticks = time_ticks(0, knee, static_cast<int>(sheet.width / (em() * 7)));
  const std::int64_t apart = ticks.size() > 1 ? ticks[1] - ticks[0] : knee;
  for (const std::int64_t at : ticks) {
    const float x = sheet.x(at);
    sheet.list.AddLine({x, y + em()}, {x, bottom}, palette::kLine);
    const std::string text = tick_text(at, apart);
    const float wide = text_width(text);
    const float left =
        std::max(sheet.least.x, std::min(x - wide / 2, sheet.x(knee) - wide - em() * 0.3F));
    labelled(sheet.list, {left, y}, text, palette::kFaint, palette::kPanel);
  }
  if (knee >= sheet.deck.end_us) return;
  const float left = sheet.x(knee) + em() * 0.4F;
  labelled(sheet.list, {left, y}, shortened("settling", sheet.least.x + sheet.width - left),
           palette::kFaint, palette::kPanel);
  sheet.list.AddLine({sheet.x(knee), y}, {sheet.x(knee), bottom}, palette::kFaint);
}

// How much room there is behind a short band until the next one in its lane.
float free_after(const PlotArea& sheet, const Band& band, float from) {
  float until = sheet.least.x + sheet.width;
  for (const Band& other : sheet.deck.bands)
    if (other.lane % kLanes == band.lane % kLanes && other.from_us > band.from_us)
      until = std::min(until, sheet.x(other.from_us));
  return until - from - em();
}

void draw_bands(const PlotArea& sheet, float y, float lane) {
  for (const Band& band : sheet.deck.bands) {
    const float from = sheet.x(band.from_us);
    const std::int64_t until = std::min(band.until_us, sheet.deck.known_us);
    const float to = std::max(from + 2, sheet.x(until));
    const float top = y + static_cast<float>(band.lane % kLanes) * lane;
    sheet.list.AddRectFilled({from, top + 1}, {to, top + lane - 1}, colour_of(band.kind),
                             em() * 0.15F);
    if (!ImGui::IsMouseHoveringRect({from - 1, top}, {to + 1, top + lane})) continue;
    ImGui::SetTooltip("%s\n%s to %s", band.name.c_str(), clock_text({band.from_us}, true).c_str(),
                      band.until_us == kNoInstant ? "now" : clock_text({until}, true).c_str());
  }
}

// In the bands, or behind those that are short.
void draw_names(const PlotArea& sheet, float y, float lane) {
  for (const Band& band : sheet.deck.bands) {
    const float from = sheet.x(band.from_us);
    const float to = std::max(from + 2, sheet.x(std::min(band.until_us, sheet.deck.known_us)));
    const float top = y + static_cast<float>(band.lane % kLanes) * lane + (lane - em()) / 2;
    if (to - from > em() * 3) {
      fitted_at(sheet.list, {from + em() * 0.3F, top}, band.name, to - from - em() * 0.5F,
                palette::kText);
    } else if (const float room = free_after(sheet, band, to); room > em() * 3) {
      labelled(sheet.list, {to + em() * 0.4F, top}, shortened(band.name, room), palette::kFaint,
               palette::kPanel);
    }
  }
}

// How many noticed in each stretch of some pixels: the more, the brighter, and never quite dark.
void draw_heat(const PlotArea& sheet, float y, float height) {
  const float cell = std::max(3.0F, em() * 0.2F);
  const auto cells = static_cast<std::size_t>(sheet.width / cell) + 1;
  std::vector<int> counts(cells);
  for (const std::int64_t at : sheet.deck.noticed_at)
    ++counts[std::min(cells - 1, static_cast<std::size_t>((sheet.x(at) - sheet.least.x) / cell))];
  const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
  sheet.list.AddRectFilled({sheet.least.x, y}, {sheet.least.x + sheet.width, y + height},
                           palette::kRaised);
  for (std::size_t i = 0; i < cells; ++i) {
    if (counts[i] == 0) continue;
    const float x = sheet.least.x + static_cast<float>(i) * cell;
    const auto alpha = static_cast<unsigned>(95 + 160 * counts[i] / most);
    sheet.list.AddRectFilled({x, y}, {x + cell, y + height},
                             palette::with_alpha(palette::kFailure, alpha));
  }
}

// "216", or in a run file, whose heat is of the whole run, "34 of 216 had".
std::string noticed_by_now(const Deck& deck) {
  const auto all = static_cast<std::int64_t>(deck.noticed_at.size());
  if (deck.counts.noticed == all) return fmt::format("{}", all);
  return fmt::format("{} of {} had", deck.counts.noticed, all);
}

// At the right, or where somebody noticed there, at the left: it covers the heat.
void draw_count(const PlotArea& sheet, float y, float height) {
  const std::string text = sheet.deck.noticed_at.empty()
                               ? "nobody has noticed"
                               : fmt::format("{} noticed", noticed_by_now(sheet.deck));
  const float wide = text_width(text) + em() * 0.8F;
  const auto hides = [&](float left) {
    return std::any_of(
        sheet.deck.noticed_at.begin(), sheet.deck.noticed_at.end(),
        [&](std::int64_t at) { return sheet.x(at) >= left && sheet.x(at) <= left + wide; });
  };
  const float right = sheet.least.x + sheet.width - wide;
  const float left = hides(right) && !hides(sheet.least.x) ? sheet.least.x : right;
  labelled(sheet.list, {left + em() * 0.4F, y + (height - em()) / 2}, text, palette::kText,
           palette::kRaised);
}

void draw_pins(const PlotArea& sheet, float y, float bottom) {
  const float half = em() * 0.3F;
  for (const Pin& pin : sheet.deck.pins) {
    if (pin.at_us > sheet.deck.known_us) continue;
    const float x = sheet.x(pin.at_us);
    const ImU32 colour = colour_of(pin.kind);
    sheet.list.AddLine({x, y + half}, {x, bottom}, palette::with_alpha(colour, 150));
    sheet.list.AddTriangleFilled({x - half, y}, {x + half, y}, {x, y + half * 1.6F}, colour);
    if (ImGui::IsMouseHoveringRect({x - half, y - half}, {x + half, y + half * 2}))
      ImGui::SetTooltip("%s\n%s", clock_text({pin.at_us}, true).c_str(), pin.text.c_str());
  }
}

// `y`: below the names of the instants, which stay to be read.
void draw_now(const PlotArea& sheet, float y, float bottom) {
  const float x = sheet.x(sheet.deck.now_us);
  if (sheet.deck.reached_us > sheet.deck.now_us)
    sheet.list.AddRectFilled({x, y}, {sheet.x(sheet.deck.reached_us), bottom},
                             palette::with_alpha(palette::kText, 14));
  sheet.list.AddLine({x, y}, {x, bottom}, palette::kText, 2);
  sheet.list.AddCircleFilled({x, y}, em() * 0.3F, palette::kText);
}

}  // namespace

void draw_timeline(const Deck& deck, Ui& ui, ImVec2 size, Commands& commands) {
  begin_panel("timeline", nullptr, size);
  const ImVec2 corner = ImGui::GetWindowPos();
  const float pad = em() * 0.6F;
  const PlotArea sheet{deck,
                       *ImGui::GetWindowDrawList(),
                       {corner.x + pad, corner.y + em() * 0.3F},
                       size.x - 2 * pad,
                       Scale(deck.length_us, deck.end_us)};
  const float heat = em() * 1.1F, axis = em() * 1.45F;
  const float bottom = corner.y + size.y - em() * 0.3F;
  const float bands = sheet.least.y + axis;
  const float lane = (bottom - heat - bands - em() * 0.2F) / kLanes;
  draw_axis(sheet, sheet.least.y, bottom - heat);
  ImGui::SetCursorScreenPos({sheet.least.x, sheet.least.y});
  ImGui::InvisibleButton("scrub", {sheet.width, bottom - sheet.least.y});
  mark(ui, "timeline");
  const std::int64_t under =
      sheet.scale.instant((ImGui::GetIO().MousePos.x - sheet.least.x) / sheet.width);
  // A file is at every instant at once; a rehearsal goes where the mouse is let go.
  const bool drags = deck.source == Source::file && ImGui::IsItemActive();
  if (drags || ImGui::IsItemDeactivated()) commands.push_back({Verb::go_to, under, {}, {}});
  draw_bands(sheet, bands, lane);
  draw_heat(sheet, bottom - heat, heat);
  draw_pins(sheet, sheet.least.y + em() * 1.05F, bottom);
  draw_names(sheet, bands, lane);
  draw_now(sheet, sheet.least.y + em() * 1.3F, bottom);
  draw_count(sheet, bottom - heat, heat);
  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
    const float x = sheet.x(under);
    sheet.list.AddLine({x, sheet.least.y}, {x, bottom}, palette::kFaint);
    const std::string text =
        fmt::format("{} {}", under <= deck.now_us ? "back to" : "on to", clock_text({under}));
    const float wide = text_width(text);
    const float left = std::min(x + em() * 0.4F, sheet.least.x + sheet.width - wide);
    labelled(sheet.list, {left, sheet.least.y}, text, palette::kText, palette::kRaised);
  }
  end_panel();
}

}  // namespace pindah::gui
