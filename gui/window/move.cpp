// The picture of the move: shoppers, the edge, two platforms as houses with their services as
// rooms, and the links between them. A room is filled as far as its platform owns the service.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/time.h"
#include "gui/plots/ticks.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"

namespace pindah::gui {
namespace {

constexpr std::array<ImU32, 2> kOwner{palette::kSource, palette::kTarget};

// Where everything stands.
struct Plan {
  ImVec2 least, size;
  float pad, house_width, roof, row;
  ImVec2 edge;                    // its lower middle
  std::array<ImVec2, 2> house{};  // upper left corners of the walls
  float walls = 0;                // height
  float middle() const { return least.x + size.x / 2; }
  float wall_bottom() const { return house[0].y + walls; }
  ImVec2 apex(std::size_t side) const {
    return {house[side].x + house_width / 2, house[side].y - roof};
  }
};

Plan plan_of(const Deck& deck, ImVec2 least, ImVec2 size) {
  Plan plan{least, size, em() * 0.6F, 0, em() * 1.5F, 0, {}, {}, 0};
  plan.house_width = std::min(em() * 15, size.x * 0.385F);
  const float top = least.y + em() * 5.4F, bottom = least.y + size.y - em() * 2.2F;
  const auto rooms = static_cast<float>(std::max<std::size_t>(deck.services.size(), 1));
  plan.row = std::min(em() * 3, (bottom - top) / rooms);
  plan.walls = plan.row * rooms;
  plan.house[0] = {least.x + plan.pad + em() * 0.8F, top};
  plan.house[1] = {least.x + size.x - plan.pad - em() * 0.8F - plan.house_width, top};
  plan.edge = {plan.middle(), least.y + em() * 2.9F};
  return plan;
}

void centred(ImDrawList& list, ImVec2 at, const std::string& text, ImU32 colour) {
  const float wide = text_width(text);
  list.AddText({at.x - wide / 2, at.y}, colour, text.c_str());
}

void draw_edge(const Deck& deck, const Plan& plan, ImDrawList& list) {
  const float half = em() * 3.2F, top = plan.edge.y - em() * 1.5F;
  list.AddRectFilled({plan.edge.x - half, top}, {plan.edge.x + half, plan.edge.y}, palette::kRaised,
                     em() * 0.3F);
  centred(list, {plan.edge.x, top + em() * 0.25F}, "edge", palette::kText);
  const float left = plan.least.x + plan.pad;
  const std::string text = fmt::format("{:.3g} shoppers/s", deck.shoppers_per_second);
  const float wide = fitted_at(list, {left, top + em() * 0.25F}, text,
                               plan.edge.x - half - left - em(), palette::kText);
  const float y = top + em() * 0.75F;
  list.AddLine({left + wide + em() * 0.3F, y}, {plan.edge.x - half, y}, palette::kFaint,
               1 + static_cast<float>(std::min(6.0, std::sqrt(deck.shoppers_per_second))));
  if (!deck.front.empty())
    fitted_at(list, {plan.edge.x + half + em() * 0.6F, top + em() * 0.25F}, "“" + deck.front + "”",
              plan.least.x + plan.size.x - plan.edge.x - half - plan.pad - em() * 0.6F,
              palette::kFaint);
}

// "closed: 29 held, 174 turned away", as much of it as there is room for.
std::string fence_text(const ServiceView& room, float width) {
  const std::string held = fmt::format("{} held", room.held);
  const std::string refused = fmt::format("{} turned away", room.refused);
  std::string text = "closed";
  if (room.held > 0 || room.refused == 0) text = "closed: " + held;
  if (room.refused > 0) text = "closed: " + (room.held > 0 ? held + ", " : "") + refused;
  if (text_width(text) <= width) return text;
  if (room.refused > 0)
    return text_width(refused) <= width ? refused : fmt::format("✗{}", room.refused);
  return held;
}

// Pales before the door.
void draw_fence(ImDrawList& list, ImVec2 least, ImVec2 most) {
  const ImU32 colour = palette::with_alpha(palette::kThird, 110);
  for (float x = least.x + em() * 0.3F; x < most.x - 1; x += em() * 0.6F)
    list.AddLine({x, least.y + 1}, {x, most.y - 1}, colour, 1.5F);
  list.AddRect(least, most, palette::kThird, em() * 0.15F, 0, 2);
}

void draw_room(const ServiceView& room, std::size_t side, ImVec2 least, ImVec2 size,
               ImDrawList& list) {
  const double owned = side == 1 ? room.moved : 1 - room.moved;
  const ImVec2 most{least.x + size.x, least.y + size.y};
  list.AddRectFilled(least, most, palette::kGround, em() * 0.15F);
  if (owned > 0)
    list.AddRectFilled(least, {least.x + size.x * static_cast<float>(owned), most.y},
                       palette::with_alpha(kOwner[side], 95), em() * 0.15F);
  list.AddRect(least, most, owned > 0 ? kOwner[side] : palette::kLine, em() * 0.15F);
  if (side == 1 && room.copied > 0 && room.moved < 1)
    list.AddRectFilled({least.x, most.y - em() * 0.18F},
                       {least.x + size.x * static_cast<float>(room.copied), most.y},
                       palette::kTarget);
  std::string state;
  bool says_copied = false;
  if (owned > 0 && owned < 1) state = fmt::format("{:.0f} %", owned * 100);
  if (side == 1 && owned == 0 && room.copied > 0) {
    state = fmt::format("{:.0f} %", std::floor(room.copied * 100));
    says_copied = true;
  }
  const bool closed = room.fenced && owned > 0;
  if (closed) state = fence_text(room, size.x - text_width(room.name) - em());
  if (closed) draw_fence(list, least, most);
  // The name goes before the word, which the bar below says as well.
  if (says_copied && text_width(room.name + "copied " + state) < size.x - em() * 1.1F)
    state = "copied " + state;
  const float y = least.y + (size.y - em()) / 2, wide = text_width(state);
  const ImU32 ink = owned > 0 ? palette::kText : palette::kFaint;
  list.AddText({most.x - wide - em() * 0.4F, y}, closed ? palette::kThird : ink, state.c_str());
  fitted_at(list, {least.x + em() * 0.4F, y}, room.name, size.x - wide - em() * 1.1F, ink);
}

void draw_house(const Deck& deck, const Plan& plan, std::size_t side, ImDrawList& list) {
  const PlatformView& house = deck.platforms[side];
  const ImVec2 walls = plan.house[side], apex = plan.apex(side);
  const float right = walls.x + plan.house_width;
  list.AddTriangleFilled({walls.x - em() * 0.5F, walls.y}, {right + em() * 0.5F, walls.y}, apex,
                         palette::with_alpha(kOwner[side], house.down ? 30 : 70));
  const std::string name = house.down ? "✗ " + house.name + " is down" : house.name;
  const std::string shown = shortened(name, plan.house_width);
  centred(list, {apex.x, walls.y - em() * 1.08F}, shown,
          house.down ? palette::kFailure : palette::kText);
  list.AddRect({walls.x - 2, walls.y - 1}, {right + 2, plan.wall_bottom() + 2}, palette::kLine);
  // The queue stands outside the wall and grows upwards.
  const float x = side == 0 ? walls.x - em() * 0.65F : right + em() * 0.25F;
  const float full = static_cast<float>(std::min(1.0, static_cast<double>(house.queue) / 200.0));
  list.AddRectFilled({x, walls.y}, {x + em() * 0.4F, plan.wall_bottom()}, palette::kRaised);
  list.AddRectFilled({x, plan.wall_bottom() - full * plan.walls},
                     {x + em() * 0.4F, plan.wall_bottom()}, palette::kThird);
  if (ImGui::IsMouseHoveringRect({x - 3, walls.y}, {x + em() * 0.4F + 3, plan.wall_bottom()}))
    ImGui::SetTooltip("%lld requests wait for a worker", static_cast<long long>(house.queue));
}

// What one platform commits is brought to the other: an arrow each way, broken where it is stuck.
void draw_streams(const ServiceView& room, float left, float right, float middle,
                  ImDrawList& list) {
  if (right - left < em()) return;
  const bool both = room.carried[0] != Carried::no && room.carried[1] != Carried::no;
  for (const std::size_t from_side : {0u, 1u}) {
    const Carried carried = room.carried[from_side];
    if (carried == Carried::no) continue;
    const bool back = from_side == 1, stuck = carried == Carried::stuck;
    const ImU32 colour = stuck ? palette::kFailure : kOwner[from_side];
    const float from = back ? right : left, to = back ? left : right;
    const float head = back ? em() * 0.4F : -em() * 0.4F;
    const float y = middle + (both ? (back ? em() * 0.3F : -em() * 0.1F) : 0);
    const float half = (from + to) / 2, gap = stuck ? (back ? -em() : em()) * 0.4F : 0;
    list.AddLine({from, y}, {half - gap, y}, palette::with_alpha(colour, 160), 1.5F);
    list.AddLine({half + gap, y}, {to, y}, palette::with_alpha(colour, 160), 1.5F);
    list.AddTriangleFilled({to, y}, {to + head, y - em() * 0.25F}, {to + head, y + em() * 0.25F},
                           colour);
    if (stuck) centred(list, {half, y - em() * 0.55F}, "✗", colour);
  }
  if (room.backlog > 0)
    centred(list, {(left + right) / 2, middle - em() * 1.15F}, fmt::format("{}", room.backlog),
            palette::kThird);
}

const char* word_of(Carried carried) {
  return carried == Carried::yes ? "is brought over" : "is stuck";
}

std::string tooltip_of(const ServiceView& room) {
  std::string text = fmt::format(
      "{}\non the target: {:.0f} %\ncopied: {:.0f} %\n{} behind, {} changes\n{} rows differed",
      room.name, std::floor(room.moved * 100), std::floor(room.copied * 100),
      quantity_text(Quantity::micros, static_cast<double>(room.lag_us)), room.backlog,
      room.differing);
  text += fmt::format("\nfence {}: {} requests held, {} turned away so far",
                      room.fenced ? "closed" : "open", room.held, room.refused);
  constexpr const char* kWhose[] = {"what the source writes", "what the target writes"};
  for (const std::size_t side : {0u, 1u})
    if (room.carried[side] != Carried::no)
      text += fmt::format("\n{} {}", kWhose[side], word_of(room.carried[side]));
  if (room.carried[0] == Carried::no && room.carried[1] == Carried::no)
    text += "\nnothing is brought to the other side";
  return text;
}

void draw_services(const Deck& deck, const Plan& plan, ImDrawList& list) {
  for (std::size_t i = 0; i < deck.services.size(); ++i) {
    const ServiceView& room = deck.services[i];
    const float y = plan.house[0].y + static_cast<float>(i) * plan.row;
    const ImVec2 size{plan.house_width, plan.row - 2};
    for (const std::size_t side : {0u, 1u})
      draw_room(room, side, {plan.house[side].x, y}, size, list);
    const float left = plan.house[0].x + plan.house_width + em() * 0.4F;
    const float right = plan.house[1].x - em() * 0.4F, middle = y + plan.row / 2;
    if (ImGui::IsMouseHoveringRect({plan.house[0].x, y}, {plan.house[1].x + size.x, y + size.y}))
      ImGui::SetTooltip("%s", tooltip_of(room).c_str());
    draw_streams(room, left, right, middle, list);
  }
}

std::string trouble_of(const LinkView& wire) {
  if (wire.cut[0] || wire.cut[1])
    return wire.cut[0] && wire.cut[1] ? "✗ cut" : (wire.cut[0] ? "✗ cut there" : "✗ cut back");
  std::string text;
  if (wire.slower_us > 0) text = "+" + duration_text({wire.slower_us});
  if (wire.loss_ppm > 0)
    text += fmt::format("{}{:.1f} % lost", text.empty() ? "" : " ",
                        static_cast<double>(wire.loss_ppm) / 1e4);
  return text;
}

// Where what is wrong with a link is told: from its knob, in units of the font's height; the text's
// left end (0), middle (0.5) or right end (1) stands there.
struct Label {
  float right, down, anchor;
};

// A link is a line with a knob; the knob cuts it.
void draw_wire(const Deck& deck, std::size_t number, ImVec2 from, ImVec2 to, ImU32 colour,
               float thick, Label label, Ui& ui, Commands& commands) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const LinkView wire = number < deck.links.size() ? deck.links[number] : LinkView{};
  const bool cut = wire.cut[0] || wire.cut[1];
  const std::string trouble = trouble_of(wire);
  const ImVec2 middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
  if (cut) {
    const auto part = [&](float share) {
      return ImVec2{from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
    };
    list.AddLine(from, part(0.35F), palette::kFailure, 2);
    list.AddLine(part(0.65F), to, palette::kFailure, 2);
  } else {
    list.AddLine(from, to, palette::with_alpha(colour, 190), thick);
  }
  list.AddText({middle.x + em() * label.right - text_width(trouble) * label.anchor,
                middle.y + em() * label.down},
               cut ? palette::kFailure : palette::kThird, trouble.c_str());
  const float knob = em() * 0.38F;
  if (deck.source == Source::file || deck.over) return;
  ImGui::SetCursorScreenPos({middle.x - em() * 0.6F, middle.y - em() * 0.6F});
  if (ImGui::InvisibleButton(("wire " + wire.name).c_str(), {em() * 1.2F, em() * 1.2F})) {
    Surprise surprise;
    surprise.kind = SurpriseKind::cut;
    surprise.part = {PartKind::link, static_cast<int>(number)};
    surprise.duration = seconds(ui.lasts_s);
    commands.push_back({Verb::intervene, 0, {}, {InterventionKind::surprise, surprise, -1, 0, {}}});
  }
  mark(ui, "wire " + wire.name);
  const bool over = ImGui::IsItemHovered();
  list.AddCircleFilled(middle, over ? knob * 1.3F : knob, palette::kPanel);
  list.AddCircle(middle, over ? knob * 1.3F : knob, cut ? palette::kFailure : colour, 0, 1.5F);
  if (over) ImGui::SetTooltip("%s\nclick: cut it for %d s", wire.name.c_str(), ui.lasts_s);
}

float thick_of(double pages_per_second) {
  return 1 + static_cast<float>(std::min(9.0, std::sqrt(pages_per_second)));
}

void draw_flows(const Deck& deck, const Plan& plan, Ui& ui, Commands& commands) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const std::size_t side : {0u, 1u}) {
    const ImVec2 from{plan.edge.x + (side == 0 ? -em() * 2 : em() * 2), plan.edge.y};
    const ImVec2 to = plan.apex(side);
    const double rate = deck.platforms[side].pages_per_second;
    const Label outside{side == 0 ? -1.0F : 1.0F, -0.9F, side == 0 ? 1.0F : 0.0F};
    draw_wire(deck, side, from, to, kOwner[side], thick_of(rate), outside, ui, commands);
    const std::string text = quantity_text(Quantity::per_second, std::round(rate));
    const float wide = text_width(text);
    const float x = side == 0 ? plan.house[0].x : plan.house[1].x + plan.house_width - wide;
    list.AddText({x, plan.apex(side).y - em() * 0.2F}, kOwner[side], text.c_str());
  }
  const float y = plan.house[0].y - em() * 0.55F;
  draw_wire(deck, 2, {plan.house[0].x + plan.house_width + em() * 0.6F, y},
            {plan.house[1].x - em() * 0.6F, y}, palette::kFaint, 1.5F, {0, -1.4F, 0.5F}, ui,
            commands);
}

void draw_gateway(const Deck& deck, const Plan& plan, Ui& ui, Commands& commands) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = plan.wall_bottom() + em() * 1.15F, half = em() * 2.6F;
  const ImVec2 foot[2] = {{plan.apex(0).x, plan.wall_bottom() + 2},
                          {plan.apex(1).x, plan.wall_bottom() + 2}};
  list.AddLine(foot[1], {foot[1].x, y}, palette::kFaint, 1.5F);
  list.AddLine({foot[1].x, y}, {plan.middle() + half, y}, palette::kFaint, 1.5F);
  list.AddLine(foot[0], {foot[0].x, y}, palette::kFaint, 1.5F);
  draw_wire(deck, 3, {foot[0].x, y}, {plan.middle() - half, y}, palette::kFaint, 1.5F,
            {0, 0.15F, 0.5F}, ui, commands);
  list.AddRectFilled({plan.middle() - half, y - em() * 0.7F},
                     {plan.middle() + half, y + em() * 0.7F}, palette::kRaised, em() * 0.3F);
  centred(list, {plan.middle(), y - em() * 0.5F}, "gateway", palette::kText);
}

}  // namespace

void draw_move(const Deck& deck, Ui& ui, ImVec2 size, Commands& commands) {
  begin_panel("move", nullptr, size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Plan plan = plan_of(deck, ImGui::GetWindowPos(), size);
  float x = plan.least.x + plan.pad;
  const float y = plan.least.y + em() * 0.15F;
  std::string weather =
      deck.weather.empty() ? "The move" : fmt::format("{}", fmt::join(deck.weather, "  ·  "));
  if (is_stale(deck, deck.dials_us))
    weather +=
        fmt::format("  ({}: queues, changes, requests held; pages)", as_of(deck, deck.dials_us));
  x += fitted_at(list, {x, y}, weather, plan.size.x - 2 * plan.pad,
                 deck.weather.empty() ? palette::kFaint : palette::kThird);
  draw_edge(deck, plan, list);
  draw_flows(deck, plan, ui, commands);
  for (const std::size_t side : {0u, 1u}) draw_house(deck, plan, side, list);
  draw_services(deck, plan, list);
  draw_gateway(deck, plan, ui, commands);
  end_panel();
}

}  // namespace pindah::gui
