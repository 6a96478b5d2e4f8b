#include "gui/window/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/time.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

constexpr std::int64_t kClosest = 2'000'000;  // µs: no nearer than two seconds

// Little happens while the world settles: the plots show the beginning of it.
std::int64_t shown_until(const Deck& deck) {
  return std::clamp(deck.known_us, deck.length_us, deck.length_us + deck.length_us / 8);
}

// What all plots show at present.
std::pair<std::int64_t, std::int64_t> sight(const Deck& deck, const Ui& ui) {
  if (ui.until_us <= ui.from_us) return {0, shown_until(deck)};
  return {ui.from_us, ui.until_us};
}

double most_of(const Pyramid& samples, const CurveArea& area) {
  float most = 0;
  for (const Column& column : samples.columns(area.from_us, area.until_us + 1, 64))
    if (!column.empty) most = std::max(most, column.most);
  return most;
}

struct Frame {
  const Deck& deck;
  const PlotSpec& plot;
  ImDrawList& list;
  CurveArea area;
  double left_most = 0, right_most = 0;

  float x(std::int64_t at_us) const {
    return area.left +
           area.width * static_cast<float>(static_cast<double>(at_us - area.from_us) /
                                           static_cast<double>(area.until_us - area.from_us));
  }
  float y(double value, double most) const {
    return area.top + area.height * static_cast<float>(1 - std::min(value / most, 1.0));
  }
  float bottom() const { return area.top + area.height; }
  float right() const { return area.left + area.width; }
  bool sees(std::int64_t at_us) const { return at_us >= area.from_us && at_us <= area.until_us; }
};

void find_scales(Frame& frame) {
  for (const Curve& curve : frame.plot.curves) {
    if (curve.samples == nullptr) continue;
    double& most = curve.right_axis ? frame.right_most : frame.left_most;
    most = std::max(most, most_of(*curve.samples, frame.area));
    if (curve.branch != nullptr) most = std::max(most, most_of(*curve.branch, frame.area));
  }
  // A limit far above everything would press the curves flat.
  if (frame.plot.limit && *frame.plot.limit < frame.left_most * 4)
    frame.left_most = std::max(frame.left_most, *frame.plot.limit * 1.05);
}

void draw_grid(Frame& frame) {
  const int rows = std::max(2, static_cast<int>(frame.area.height / (em() * 2.2F)));
  const bool left = frame.left_most > 0, right = frame.right_most > 0;
  std::vector<double> ticks;
  if (left) {
    ticks = round_ticks(frame.left_most, rows);
    frame.left_most = ticks.back();
  }
  if (right) {
    const auto others = round_ticks(frame.right_most, rows);
    frame.right_most = others.back();
    for (const double tick : others) {
      // Within, so that all plots are as wide and an instant stands below itself in the next one.
      const std::string text = tick > 0 ? quantity_text(frame.plot.right, tick) : "";
      frame.list.AddText(
          {frame.right() - text_width(text) - em() * 0.2F, frame.y(tick, frame.right_most)},
          palette::kThird, text.c_str());
    }
  }
  for (const double tick : ticks) {
    const float y = frame.y(tick, frame.left_most);
    frame.list.AddLine({frame.area.left, y}, {frame.right(), y}, palette::kLine);
    const std::string text = quantity_text(frame.plot.left, tick);
    const float wide = text_width(text);
    frame.list.AddText({frame.area.left - wide - em() * 0.3F, y - em() / 2}, palette::kFaint,
                       text.c_str());
  }
  const auto times = time_ticks(frame.area.from_us, frame.area.until_us,
                                static_cast<int>(frame.area.width / (em() * 5)));
  const std::int64_t apart = times.size() > 1 ? times[1] - times[0] : 60'000'000;
  for (const std::int64_t at : times) {
    const std::string text = tick_text(at, apart);
    const float wide = text_width(text);
    const float x =
        std::max(frame.area.left, std::min(frame.x(at) - wide / 2, frame.right() - wide));
    frame.list.AddText({x, frame.bottom() + em() * 0.1F}, palette::kFaint, text.c_str());
  }
  frame.list.AddLine({frame.area.left, frame.bottom()}, {frame.right(), frame.bottom()},
                     palette::kFaint);
}

// Copies, shares and moves as faint stretches; cutovers and surprises as lines.
void draw_phases(const Frame& frame) {
  for (const Band& band : frame.deck.bands) {
    if (band.kind == BandKind::stream || band.kind == BandKind::other) continue;
    const std::int64_t until = std::min(band.until_us, frame.deck.known_us);
    if (until < frame.area.from_us || band.from_us > frame.area.until_us) continue;
    const float from = std::max(frame.x(band.from_us), frame.area.left);
    const float to = std::min(std::max(frame.x(until), from + 1), frame.right());
    const ImU32 colour = band.kind == BandKind::move ? palette::kTarget : palette::kSource;
    frame.list.AddRectFilled({from, frame.area.top}, {to, frame.bottom()},
                             palette::with_alpha(colour, band.kind == BandKind::move ? 45 : 18));
  }
  for (const Pin& pin : frame.deck.pins) {
    if (pin.at_us > frame.deck.known_us || !frame.sees(pin.at_us)) continue;
    const ImU32 colour = pin.kind == PinKind::surprise ? palette::kThird : palette::kFaint;
    const float x = frame.x(pin.at_us);
    frame.list.AddLine({x, frame.area.top}, {x, frame.bottom()}, palette::with_alpha(colour, 110));
  }
}

void draw_limit(const Frame& frame) {
  if (!frame.plot.limit || frame.left_most <= 0 || *frame.plot.limit > frame.left_most) return;
  const float y = frame.y(*frame.plot.limit, frame.left_most), dash = em() * 0.5F;
  for (float x = frame.area.left; x < frame.right(); x += 2 * dash)
    frame.list.AddLine({x, y}, {std::min(x + dash, frame.right()), y}, palette::kLimit, 1.5F);
  const std::string text = "limit " + quantity_text(frame.plot.left, *frame.plot.limit);
  const float wide = text_width(text);
  frame.list.AddText({frame.right() - wide - em() * 0.3F, y - em() * 1.05F}, palette::kLimit,
                     text.c_str());
}

void draw_legend(const Frame& frame, ImVec2 least, float width) {
  float x = least.x + em() * 0.6F;
  const float y = least.y + em() * 0.2F;
  x += fitted_at(frame.list, {x, y}, frame.plot.title, width * 0.5F, palette::kText) + em();
  for (const Curve& curve : frame.plot.curves) {
    if (curve.samples == nullptr) continue;
    const float room = least.x + width - x - em() * 1.6F;
    if (room < em() * 2) return;
    frame.list.AddRectFilled({x, y + em() * 0.4F}, {x + em() * 0.8F, y + em() * 0.65F},
                             curve.colour);
    x += em();
    x += fitted_at(frame.list, {x, y}, curve.label, room, palette::kFaint) + em() * 0.8F;
  }
}

// The last value until the instant, unless the curve had ended before: nothing is known of what
// comes after its last sample.
const Sample* value_at(const Pyramid* samples, std::int64_t instant_us) {
  if (samples == nullptr || samples->size() == 0) return nullptr;
  const std::size_t count = samples->size();
  const Sample last = (*samples)[count - 1];
  const std::int64_t apart = count > 1 ? last.at_us - (*samples)[count - 2].at_us : 1'000'000;
  return instant_us > last.at_us + apart ? nullptr : samples->at(instant_us + 1);
}

std::string at_crosshair(const Frame& frame, const Ui& ui) {
  std::string text = clock_text({ui.crosshair_us}, true);
  const bool known = ui.crosshair_us <= frame.deck.known_us;
  for (const Curve& curve : frame.plot.curves) {
    const Quantity quantity = curve.right_axis ? frame.plot.right : frame.plot.left;
    const Sample* sample = known ? value_at(curve.samples, ui.crosshair_us) : nullptr;
    if (sample != nullptr)
      text += fmt::format("\n{}  {}", curve.label, quantity_text(quantity, sample->value));
    const Sample* other = value_at(curve.branch, ui.crosshair_us);
    if (other != nullptr)
      text += fmt::format("\n{}  {}  in the past that was left", curve.label,
                          quantity_text(quantity, other->value));
  }
  if (!known) text += "\nnot lived yet";
  return text;
}

void zoom(const Frame& frame, Ui& ui) {
  const ImGuiIO& io = ImGui::GetIO();
  const double length = static_cast<double>(frame.area.until_us - frame.area.from_us);
  if (io.MouseWheel != 0) {
    const double wanted = std::max(length * std::pow(0.8, io.MouseWheel), double{kClosest});
    const double part = (io.MousePos.x - frame.area.left) / frame.area.width;
    const double middle = static_cast<double>(frame.area.from_us) + part * length;
    ui.from_us = std::max<std::int64_t>(0, std::llround(middle - part * wanted));
    ui.until_us = ui.from_us + std::llround(wanted);
    if (ui.until_us >= shown_until(frame.deck) && ui.from_us == 0) ui.until_us = 0;
  }
  if (ImGui::IsItemActive() && io.MouseDelta.x != 0 && ui.until_us > ui.from_us) {
    const auto by = std::llround(-io.MouseDelta.x / frame.area.width * length);
    const std::int64_t from = std::max<std::int64_t>(0, ui.from_us + by);
    ui.until_us += from - ui.from_us;
    ui.from_us = from;
  }
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) ui.from_us = ui.until_us = 0;
}

void take_mouse(const Frame& frame, Ui& ui) {
  ImGui::SetCursorScreenPos({frame.area.left, frame.area.top});
  ImGui::InvisibleButton(frame.plot.name.c_str(), {frame.area.width, frame.area.height});
  mark(ui, "plot " + frame.plot.name);
  const bool here = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (here) {
    const double part = (ImGui::GetIO().MousePos.x - frame.area.left) / frame.area.width;
    ui.crosshair_us =
        frame.area.from_us +
        std::llround(part * static_cast<double>(frame.area.until_us - frame.area.from_us));
    zoom(frame, ui);
  }
  if (ui.crosshair_us < 0 || !frame.sees(ui.crosshair_us)) return;
  const float x = frame.x(ui.crosshair_us);
  frame.list.AddLine({x, frame.area.top}, {x, frame.bottom()},
                     palette::with_alpha(palette::kText, 160));
  if (here) ImGui::SetTooltip("%s", at_crosshair(frame, ui).c_str());
}

}  // namespace

void draw_curve(ImDrawList& list, const Pyramid& samples, const CurveArea& area, ImU32 colour) {
  const int count = std::max(1, static_cast<int>(area.width));
  const float wide = area.width / static_cast<float>(count);
  const auto y = [&](float value) {
    return area.top + area.height * static_cast<float>(1 - std::min(value / area.most, 1.0));
  };
  const std::vector<Column> columns = samples.columns(area.from_us, area.until_us + 1, count);
  const Sample* first = samples.at(area.from_us);
  float last_x = area.left, last = first ? first->value : 0;
  bool any = first != nullptr;
  for (int i = 0; i < count; ++i) {
    const Column& column = columns[static_cast<std::size_t>(i)];
    if (column.empty) continue;
    const float x = area.left + static_cast<float>(i) * wide;
    // Between samples that stand apart a line; where every pixel has some, the range of each,
    // joined to its neighbour's.
    const float middle = (column.least + column.most) / 2;
    if (any && x - last_x > 1.5F * wide)
      list.AddLine({last_x, y(last)}, {x, y(middle)}, colour, 1.5F);
    float top = y(column.most), bottom = y(column.least);
    if (any && x - last_x <= 1.5F * wide) {
      top = std::min(top, y(last));
      bottom = std::max(bottom, y(last));
    }
    if (bottom - top < 1.5F) bottom = top + 1.5F;
    list.AddRectFilled({x, top}, {x + wide, bottom}, colour);
    last_x = x;
    last = middle;
    any = true;
  }
}

void draw_plot(const Deck& deck, const PlotSpec& plot, Ui& ui, ImVec2 least, ImVec2 size) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(least, {least.x + size.x, least.y + size.y}, palette::kPanel, em() * 0.25F);
  const auto [from, until] = sight(deck, ui);
  const float margin = em() * 3.6F, above = em() * 1.6F, below = em() * 1.4F;
  Frame frame{deck,
              plot,
              list,
              {least.x + margin, least.y + above, size.x - margin - em() * 0.7F,
               size.y - above - below, from, std::max(until, from + 1), 1}};
  if (frame.area.width < em() || frame.area.height < em()) return;
  find_scales(frame);
  draw_phases(frame);
  draw_grid(frame);
  draw_legend(frame, least, size.x);
  list.PushClipRect({frame.area.left, frame.area.top - 1}, {frame.right(), frame.bottom() + 1},
                    true);
  if (frame.sees(deck.now_us))
    list.AddLine({frame.x(deck.now_us), frame.area.top}, {frame.x(deck.now_us), frame.bottom()},
                 palette::kText);
  bool anything = false;
  for (const Curve& curve : plot.curves) {
    if (curve.samples == nullptr) continue;
    frame.area.most = std::max(1e-9, curve.right_axis ? frame.right_most : frame.left_most);
    if (curve.branch != nullptr)
      draw_curve(list, *curve.branch, frame.area, palette::with_alpha(curve.colour, 75));
    if (frame.left_most > 0 || frame.right_most > 0)
      draw_curve(list, *curve.samples, frame.area, curve.colour);
    anything = anything || curve.samples->size() > 0;
  }
  list.PopClipRect();
  if (!anything || (frame.left_most <= 0 && frame.right_most <= 0)) {
    const std::string text = shortened(plot.when_empty, frame.area.width);
    labelled(list,
             {frame.area.left + (frame.area.width - text_width(text)) / 2,
              frame.area.top + (frame.area.height - em()) / 2},
             text, palette::kFaint, palette::kPanel);
  }
  draw_limit(frame);
  take_mouse(frame, ui);
}

}  // namespace pindah::gui
