#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/time.h"
#include "gui/plots/ticks.h"
#include "gui/window/draw.h"
#include "gui/window/pieces.h"
#include "gui/window/tabs.h"
#include "report/text.h"

namespace pindah::gui {
namespace {

Cell text(std::string words, ImU32 colour = palette::kText) {
  return {std::move(words), 0, colour};
}
Cell instant(std::int64_t at_us, bool finely = false) {
  if (at_us == kNoInstant) return {"", 9e18, palette::kFaint};
  return {clock_text({at_us}, finely), static_cast<double>(at_us), palette::kText};
}
Cell count(std::int64_t number) {
  return {fmt::format("{}", number), static_cast<double>(number), palette::kText};
}
// What is not quite all is not shown as all.
Cell share(double part) {
  return {fmt::format("{:.0f} %", std::floor(part * 100 + 1e-9)), part, palette::kText};
}
Cell duration(std::int64_t us) {
  return {us == 0 ? "0" : quantity_text(Quantity::micros, static_cast<double>(us)),
          static_cast<double>(us), palette::kText};
}

// Beside her two lives there is room for little.
TableSpec who(const Deck& deck, bool briefly) {
  TableSpec table{"who", {{"shopper", true}, {"noticed at", true}, {"page", false, true}, {"what"}},
                  {},    "",
                  1,     -1};
  if (briefly) table.name = "who briefly";
  if (!briefly)
    table.columns.insert(
        table.columns.end(),
        {{"by what"}, {"persona", false, true}, {"left with nothing", false, true}});
  table.when_empty =
      deck.now_us == 0 ? "Nobody lives yet: press Play, or Space."
                       : "Nobody has noticed. Turn a safety of the plan off, or cut a link in the "
                         "picture above, and see who does.";
  if (deck.source == Source::file) table.when_empty = "Nobody noticed.";
  for (const Person& person : deck.people) {
    std::vector<Cell> row{count(person.id), instant(person.at_us, !briefly), text(person.page),
                          text(person.cause, palette::kFailure)};
    if (!briefly)
      row.insert(row.end(), {text(person.culprit), text(person.persona),
                             text(person.empty_handed ? "yes" : "")});
    table.rows.push_back(std::move(row));
  }
  return table;
}

TableSpec budget(const Deck& deck) {
  TableSpec table{"budget",
                  {{"state"},
                   {"limit"},
                   {"measured"},
                   {"broke at", true},
                   {"exposure", true, true},
                   {"needed", true, true},
                   {"where", false, true},
                   {"expression", false, true}},
                  {},
                  "This scenario has no budget, so nothing can fail. Add `budget:` to it.",
                  -1,
                  -1};
  for (const BudgetRow& row : deck.budget) {
    const bool little = row.state == LineState::inconclusive;
    const std::string says =
        little ? fmt::format("{} of {} needed", row.exposure, row.needed) : row.says;
    table.rows.push_back(
        {text(fmt::format("{} {}", mark_of(row.state), word_of(row.state)), palette::of(row.mood)),
         text(row.name), text(says, row.mood == Mood::bad ? palette::kFailure : palette::kText),
         instant(row.from_us), count(row.exposure), count(row.needed), text(row.where),
         text(row.expression, palette::kFaint)});
  }
  return table;
}

TableSpec tables(const Deck& deck) {
  TableSpec table{"tables",
                  {{"service"},
                   {"owner"},
                   {"on the target", true},
                   {"copied", true},
                   {"lag", true, true},
                   {"to apply", true},
                   {"rows differing", true},
                   {"requests held", true, true}},
                  {},
                  "This world has no services.",
                  -1,
                  -1};
  for (const ServiceView& room : deck.services) {
    const bool source = room.moved == 0, target = room.moved == 1;
    const std::string owner =
        source ? deck.platforms[0].name : (target ? deck.platforms[1].name : "both, by shares");
    table.rows.push_back(
        {text(room.name),
         text(owner, source ? palette::kSource : (target ? palette::kTarget : palette::kThird)),
         share(room.moved), share(room.copied), duration(room.lag_us), count(room.backlog),
         count(room.differing), count(room.held)});
  }
  return table;
}

TableSpec events(const Deck& deck) {
  TableSpec table{"events", {{"at", true}, {"what"}, {"how it went"}},
                  {},       "Nothing has happened yet: the plan's first step is still to come.",
                  -1,       -1};
  for (const EventRow& row : deck.events)
    table.rows.push_back(
        {instant(row.at_us, true),
         text(row.what, row.mood == Mood::bad ? palette::kFailure : palette::kText),
         text(row.detail, palette::kFaint)});
  return table;
}

TableSpec compliance(const Deck& deck) {
  TableSpec table{
      "compliance",
      {{"group", false, true}, {"rule"}, {"weight", true}, {"met", true}, {"source", false, true}},
      {},
      "This world has no checklist (compliance.yaml), or it has not been looked at yet.",
      -1,
      -1};
  for (const RuleRow& row : deck.rules) {
    Cell met = share(row.met);
    if (row.met >= 1) met.colour = palette::kWithin;
    met.text = (row.met >= 1 ? "✓ " : "") + met.text;
    table.rows.push_back({text(row.group), text(row.name), count(row.weight), met,
                          text(row.cites, palette::kFaint)});
  }
  return table;
}

TableSpec facts(const Deck& deck) {
  TableSpec table{"facts", {{"what"}, {"value"}}, {}, "Nothing is known of this run.", -1, -1};
  for (const Fact& fact : deck.facts)
    table.rows.push_back({text(fact.key, palette::kFaint), text(fact.value)});
  return table;
}

// Who noticed on the left, and on the right the two lives of the one that was chosen.
void draw_who(const Deck& deck, Ui& ui, Commands& commands) {
  const bool lives = deck.chosen && ui.chosen == deck.chosen->who.id;
  TableSpec table = who(deck, lives);
  for (std::size_t i = 0; i < deck.people.size(); ++i)
    if (deck.people[i].id == ui.chosen) table.chosen = static_cast<std::int64_t>(i);
  const float width = ImGui::GetContentRegionAvail().x;
  if (lives && width < em() * 55) {
    if (button(ui, "back to the list", "‹ all who noticed", "Let go of her [Esc]"))
      commands.push_back({Verb::choose, ui.chosen = -1, {}, {}});
    ImGui::BeginChild("lives", {0, 0});
    draw_lives(*deck.chosen, ui);
    ImGui::EndChild();
    return;
  }
  if (lives) ImGui::BeginChild("list", {width * 0.36F, 0});
  const int clicked = draw_table(table, ui);
  if (lives) {
    ImGui::EndChild();
    ImGui::SameLine();
    ImGui::BeginChild("lives", {0, 0});
    draw_lives(*deck.chosen, ui);
    ImGui::EndChild();
  }
  if (clicked < 0) return;
  ui.chosen = deck.people[static_cast<std::size_t>(clicked)].id;
  ui.chosen_is_new = true;
  commands.push_back({Verb::choose, ui.chosen, {}, {}});
}

TableSpec who_noticed(const Deck& deck) { return who(deck, false); }

// Who noticed, one after the other.
void choose_next(const Deck& deck, Ui& ui, int by, Commands& commands) {
  if (deck.people.empty()) return;
  const auto count = static_cast<int>(deck.people.size());
  int at = by > 0 ? -1 : count;
  for (int i = 0; i < count; ++i)
    if (deck.people[static_cast<std::size_t>(i)].id == ui.chosen) at = i;
  at = std::clamp(at + by, 0, count - 1);
  ui.chosen = deck.people[static_cast<std::size_t>(at)].id;
  ui.chosen_is_new = true;
  commands.push_back({Verb::choose, ui.chosen, {}, {}});
}

std::string rules_note(const Deck& deck) { return deck.rules_note; }
std::string way_back_note(const Deck& deck) {
  return deck.way_back.empty() ? std::string() : "The way back: " + deck.way_back;
}

constexpr std::array kTabRows{
    TabRow{"who", "who noticed", "who noticed, when, of what; a click shows both of her lives",
           who_noticed, nullptr, draw_who, choose_next},
    TabRow{"budget", "budget", "each limit of the budget: what was measured, and where it broke",
           budget},
    TabRow{"tables", "tables",
           "each service: its owner, how far it is copied, what is still to apply", tables},
    TabRow{"events", "events", "what the plan and the surprises did, as it happened", events},
    TabRow{"compliance", "compliance", "the regulator's checklist, rule by rule", compliance,
           rules_note},
    TabRow{"run", "run facts", "what this run is, and its way back", facts, way_back_note},
};

}  // namespace

std::span<const TabRow> tab_rows() { return kTabRows; }

}  // namespace pindah::gui
