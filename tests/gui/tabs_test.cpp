#include <catch2/catch.hpp>

#include "tests/docs/made.h"
#include "tests/gui/stage.h"

using namespace pindah;
using namespace pindah::gui;
using pindah::test::Stage;

namespace {

template <class Row>
std::string manual_of(const char* what, std::span<const Row> rows) {
  std::vector<std::vector<std::string>> cells;
  for (const Row& row : rows) cells.push_back({"`" + std::string(row.word) + "`", row.shows});
  return docs::table({what, "what it shows"}, cells);
}

TableSpec weather(const Deck& deck) {
  TableSpec table{"weather", {{"at"}, {"sky"}}, {}, "There is no weather.", -1, -1};
  table.rows.push_back({{std::to_string(deck.now_us)}, {"clouds"}});
  return table;
}

}  // namespace

TEST_CASE("the manual's tabs, plots and panels are those of the window") {
  docs::check_made("window.md", "tabs", manual_of("tab", tab_rows()));
  docs::check_made("window.md", "plots", manual_of("plot", plot_rows()));
  docs::check_made("window.md", "panels", manual_of("panel", panel_rows()));
}

TEST_CASE("a tab that is one row more is drawn, opened, copied, and known by its word") {
  std::vector<TabRow> rows(tab_rows().begin(), tab_rows().end());
  rows.push_back({"weather", "the weather", "what the sky did", weather});
  Stage stage;
  stage.rows.tabs = rows;
  stage.frame();
  stage.frame();  // a bar of tabs knows its layout after its first frame
  stage.click("tab the weather");
  CHECK(stage.ui.tab == rows.size() - 1);
  CHECK(stage.drawn("tab the weather"));
  stage.click("copy");
  CHECK(std::string(ImGui::GetClipboardText()).starts_with("at\tsky\n"));
  stage.press(test::key::down);  // it has nothing to choose from
  CHECK(stage.take().empty());
  stage.press(test::key::tab);  // the first one follows the last
  CHECK(stage.ui.tab == 0);
  CHECK(words_of<TabRow>(rows) == "who, sums, budget, tables, events, compliance, run, weather");
  CHECK(find_row<TabRow>(rows, "weather") == static_cast<int>(rows.size()) - 1);
  CHECK(manual_of<TabRow>("tab", rows).ends_with("| `weather` | what the sky did |\n"));
}

TEST_CASE("a plot that is one row more finds its place beside the others") {
  std::vector<PlotRow> rows(plot_rows().begin(), plot_rows().end());
  rows.push_back({"rain", "how much it rained", [](const Deck&) {
                    return PlotSpec{
                        "rain", "Rain", "it has not rained", Quantity::count, Quantity::count,
                        {},     {}};
                  }});
  Stage stage;
  stage.rows.plots = rows;
  stage.frame();
  CHECK(stage.drawn("plot rain"));
  CHECK(stage.box("plot rain").top > stage.box("plot behind").bottom);
}
