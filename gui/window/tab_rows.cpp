#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/time.h"
#include "gui/deck/sums.h"
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

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string when_nobody(const Deck& deck) {
  if (!deck.people.empty()) return "None of those who noticed or were harmed.";
  if (deck.source == Source::file)
    return deck.now_us < deck.end_us ? "Nobody had noticed by then." : "Nobody noticed.";
  if (deck.now_us == 0) return "Nobody lives yet: press Play, or Space.";
  return deck.over ? "Nobody noticed." : "Nobody has noticed so far.";
}

// Beside her two lives there is room for little.
TableSpec who(const Deck& deck, const std::vector<const Person*>& people, bool briefly) {
  TableSpec table{"who", {{"shopper", true}, {"seen at", true}, {"page", false, true}, {"what"}},
                  {},    when_nobody(deck),
                  1,     -1};
  if (briefly) table.name = "who briefly";
  if (!briefly)
    table.columns.insert(table.columns.end(), {{"by what"},
                                               {"persona", false, true},
                                               {"left with nothing", false, true},
                                               {"harm", false, true},
                                               {"page begun", true, true}});
  for (const Person* person : people) {
    const std::string what = person->noticed ? person->cause : "harmed, did not notice";
    std::vector<Cell> row{count(person->id), instant(person->at_us, !briefly), text(person->page),
                          text(what, palette::kFailure)};
    if (!briefly)
      row.insert(
          row.end(),
          {text(person->culprit), text(person->persona), text(person->empty_handed ? "yes" : ""),
           text(joined(person->harm_names), palette::kFailure), instant(person->began_us, true)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

TableSpec sums(const Deck& deck) {
  TableSpec table{"sums",
                  {{"of"},
                   {"what"},
                   {"how many", true},
                   {"of exposed", true, true},
                   {"share", true, true},
                   {"the first, and why", false, true}},
                  {},
                  "Nobody has noticed, and nobody was harmed.",
                  -1,
                  -1};
  for (const Sum& sum : deck.sums) {
    const double part =
        sum.exposed > 0 ? static_cast<double>(sum.count) / static_cast<double>(sum.exposed) : 0;
    Cell of = sum.exposed > 0 ? count(sum.exposed) : text("");
    Cell percent = sum.exposed > 0 ? text(share_text(sum.count, sum.exposed)) : text("");
    percent.number = part;
    table.rows.push_back({text(kSums[static_cast<std::size_t>(sum.kind)], palette::kFaint),
                          text(sum.name), count(sum.count), std::move(of), std::move(percent),
                          text(sum.note, palette::kFaint)});
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
                   {"fence"},
                   {"requests held", true, true},
                   {"turned away", true, true}},
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
         count(room.differing),
         text(room.fenced ? "closed" : "open", room.fenced ? palette::kThird : palette::kFaint),
         count(room.held), count(room.refused)});
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

// "34 noticed > 9 annoyed > 2 empty-handed · 46 harmed".
std::string sums_note(const Deck& deck) {
  std::string note = fmt::format("{} noticed > {} annoyed > {} empty-handed · {} harmed",
                                 grouped(deck.counts.noticed), grouped(deck.counts.annoyed),
                                 grouped(deck.counts.empty_handed), grouped(deck.counts.harmed));
  if (is_stale(deck, deck.judged_us)) note += "; who and harm: " + as_of(deck, deck.judged_us);
  return note;
}

// Those whom the filter and the chosen sum leave.
std::vector<const Person*> listed(const Deck& deck, const Ui& ui) {
  std::vector<const Person*> some = filtered(deck.people, ui.filter);
  if (ui.sum >= 0 && ui.sum < static_cast<int>(deck.sums.size()))
    std::erase_if(some, [&](const Person* person) {
      return !counts(deck.sums[static_cast<std::size_t>(ui.sum)], *person);
    });
  return some;
}

// How many did what; a click leaves those.
void draw_counts(const Deck& deck, Ui& ui) {
  const std::pair<std::int64_t, const char*> kinds[] = {{deck.counts.noticed, "noticed"},
                                                        {deck.counts.annoyed, "annoyed"},
                                                        {deck.counts.empty_handed, "empty-handed"},
                                                        {deck.counts.harmed, "harmed"}};
  for (const auto& [number, word] : kinds) {
    const bool lit = ui.filter == word;
    const std::string label = grouped(number) + " " + word;
    if (button(ui, word, label.c_str(), "Only these", number > 0 || lit, lit))
      ui.filter = lit ? "" : word;
    ImGui::SameLine();
  }
}

void draw_filter(const Deck& deck, Ui& ui) {
  if (ImGui::GetContentRegionAvail().x > em() * 44) draw_counts(deck, ui);
  if (ui.sum >= 0 && ui.sum < static_cast<int>(deck.sums.size())) {
    const std::string label =
        "× " + shortened(deck.sums[static_cast<std::size_t>(ui.sum)].name, em() * 12);
    if (button(ui, "no sum", label.c_str(), "Everybody again", true, true)) ui.sum = -1;
    ImGui::SameLine();
  }
  ui.filter.resize(128);
  ImGui::SetNextItemWidth(std::min(em() * 16, ImGui::GetContentRegionAvail().x));
  ImGui::InputTextWithHint("##filter", "only with these words", ui.filter.data(), ui.filter.size());
  ui.filter = ui.filter.c_str();
  mark(ui, "filter");
}

int draw_list(const Deck& deck, const std::vector<const Person*>& people, bool briefly, Ui& ui) {
  TableSpec table = who(deck, people, briefly);
  for (std::size_t i = 0; i < people.size(); ++i)
    if (people[i]->id == ui.chosen) table.chosen = static_cast<std::int64_t>(i);
  table.shows_chosen = std::exchange(ui.row_is_new, false);
  std::vector<int> order;
  const int clicked = draw_table(table, ui, &order);
  ui.listed.clear();
  for (const int row : order) ui.listed.push_back(people[static_cast<std::size_t>(row)]->id);
  return clicked;
}

void choose(std::int64_t shopper, Ui& ui, Commands& commands) {
  ui.chosen = shopper;
  ui.chosen_is_new = ui.row_is_new = true;
  commands.push_back({Verb::choose, ui.chosen, {}, {}});
}

// Who noticed on the left, and on the right the two lives of the one that was chosen.
void draw_who(const Deck& deck, Ui& ui, Commands& commands) {
  const bool lives = deck.chosen && ui.chosen == deck.chosen->who.id;
  const float width = ImGui::GetContentRegionAvail().x;
  if (lives && width < em() * 55) {
    if (button(ui, "back to the list", "‹ all who noticed", "Let go of her [Esc]"))
      commands.push_back({Verb::choose, ui.chosen = -1, {}, {}});
    ImGui::BeginChild("lives", {0, 0});
    draw_lives(*deck.chosen, ui);
    ImGui::EndChild();
    return;
  }
  draw_filter(deck, ui);
  const std::vector<const Person*> people = listed(deck, ui);
  if (lives) ImGui::BeginChild("list", {width * 0.36F, 0});
  const int clicked = draw_list(deck, people, lives, ui);
  if (lives) {
    ImGui::EndChild();
    ImGui::SameLine();
    ImGui::BeginChild("lives", {0, 0});
    draw_lives(*deck.chosen, ui);
    ImGui::EndChild();
  }
  if (clicked >= 0) choose(people[static_cast<std::size_t>(clicked)]->id, ui, commands);
}

TableSpec who_noticed(const Deck& deck) { return who(deck, filtered(deck.people, ""), false); }

// Who noticed, one after the other as they stand in the table.
void choose_next(const Deck& deck, Ui& ui, int by, Commands& commands) {
  std::vector<std::int64_t> ids = ui.listed;
  if (ids.empty())
    for (const Person& person : deck.people) ids.push_back(person.id);
  if (ids.empty()) return;
  const auto count = static_cast<int>(ids.size());
  int at = by > 0 ? -1 : count;
  for (int i = 0; i < count; ++i)
    if (ids[static_cast<std::size_t>(i)] == ui.chosen) at = i;
  choose(ids[static_cast<std::size_t>(std::clamp(at + by, 0, count - 1))], ui, commands);
}

// A click on a sum shows whom it counts.
void draw_sums(const Deck& deck, Ui& ui, Commands&) {
  faint(sums_note(deck).c_str());
  const int clicked = draw_table(sums(deck), ui);
  if (clicked < 0) return;
  ui.sum = clicked;
  ui.filter.clear();
  ui.tab = 0;
  ui.tab_is_new = true;
}

std::string judged_note(const Deck& deck) {
  return is_stale(deck, deck.judged_us) ? "As the limits stood " + as_of(deck, deck.judged_us) : "";
}
std::string dials_note(const Deck& deck) {
  return is_stale(deck, deck.dials_us)
             ? "Owners, fences and streams of this instant; copied, lag, changes and requests " +
                   as_of(deck, deck.dials_us)
             : "";
}
std::string rules_note(const Deck& deck) { return deck.rules_note; }
std::string way_back_note(const Deck& deck) {
  return deck.way_back.empty() ? std::string() : "The way back: " + deck.way_back;
}

constexpr std::array kTabRows{
    TabRow{"who", "who noticed", "who noticed, when, of what; a click shows both of her lives",
           who_noticed, nullptr, draw_who, choose_next},
    TabRow{"sums", "sums",
           "who noticed or was harmed in sums: why, by what, who; a click shows them", sums,
           nullptr, draw_sums},
    TabRow{"budget", "budget", "each limit of the budget: what was measured, and where it broke",
           budget, judged_note},
    TabRow{"tables", "tables",
           "each service: its owner, how far it is copied, what is still to apply", tables,
           dials_note},
    TabRow{"events", "events", "what the plan and the surprises did, as it happened", events},
    TabRow{"compliance", "compliance", "the regulator's checklist, rule by rule", compliance,
           rules_note},
    TabRow{"run", "run facts", "what this run is, and its way back", facts, way_back_note},
};

}  // namespace

std::span<const TabRow> tab_rows() { return kTabRows; }

}  // namespace pindah::gui
