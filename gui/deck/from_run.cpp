#include "gui/deck/from_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "gui/deck/lives.h"
#include "gui/deck/telling.h"
#include "gui/deck/tiles.h"
#include "report/facts.h"
#include "sqlite/functions.h"

namespace pindah::gui {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Json list_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_array() ? json : Json::array();
}

Person person_of(const PastShopper& shopper) {
  return {shopper.id,
          shopper.noticed_at_us,
          shopper.slower_us,
          plain_text(shopper.persona),
          plain_text(shopper.home),
          plain_text(shopper.page),
          plain_text(shopper.difference),
          plain_text(shopper.cause),
          plain_text(shopper.culprit),
          plain_text(shopper.harm),
          shopper.empty_handed};
}

// Whatever a file says that is no state is taken for a doubt.
std::string_view mark_of_word(std::string_view word) {
  for (const LineState state : {LineState::pass, LineState::fail, LineState::warn, LineState::stop,
                                LineState::inconclusive, LineState::reported})
    if (word_of(state) == word) return mark_of(state);
  return mark_of(LineState::inconclusive);
}

std::vector<BudgetRow> budget_of(const RunFile& run) {
  std::vector<BudgetRow> rows;
  for (const PastLine& line : run.budget())
    rows.push_back({std::string(mark_of_word(line.state)), plain_text(line.state),
                    plain_text(line.name), plain_text(line.expression), plain_text(line.says),
                    plain_text(line.where), line.exposure, line.exposure_needed,
                    line.broke_at_us.value_or(kNoInstant), mood_of(line.state)});
  return rows;
}

// The series under the names that the plots know. Lags of several services become the largest,
// backlogs their sum: instant by instant, as all dials are read at once.
using Points = std::vector<std::pair<std::int64_t, std::int64_t>>;

Points pages_per_second(const Points& pages, const Points& target, bool on_target) {
  Points points;
  std::size_t t = 0;
  const std::int64_t apart = pages.size() > 1 ? pages[1].first - pages[0].first : 1'000'000;
  for (const auto& [at, count] : pages) {
    while (t < target.size() && target[t].first < at) ++t;
    const std::int64_t there = t < target.size() && target[t].first == at ? target[t].second : 0;
    // Hundredths a second.
    points.emplace_back(at, (on_target ? there : count - there) * 100'000'000 / apart);
  }
  return points;
}

void combine(std::map<std::int64_t, std::int64_t>& all, const Points& points, bool largest) {
  for (const auto& [at, value] : points)
    all[at] = largest ? std::max(all[at], value) : all[at] + value;
}

Points list_of(const std::map<std::int64_t, std::int64_t>& all) { return {all.begin(), all.end()}; }

std::shared_ptr<Tracks> tracks_of(const std::vector<PastSeries>& series) {
  std::map<std::string, std::pair<Points, double>> tracks;  // by name; what a value is divided by
  std::map<std::int64_t, std::int64_t> lag, backlog;
  Points pages, target;
  for (const PastSeries& one : series) {
    const bool rehearsed = one.life == "rehearsed";
    if (one.name == "p99(edge)") tracks[rehearsed ? kP99 : kP99Control] = {one.points, 1};
    if (!rehearsed) continue;
    if (one.name == "p50(edge)") tracks[kP50] = {one.points, 1};
    if (one.name == "pages") pages = one.points;
    if (one.name == "pages(target)") target = one.points;
    if (one.name.starts_with("lag(")) combine(lag, one.points, true);
    if (one.name.starts_with("backlog(")) combine(backlog, one.points, false);
    if (one.name.starts_with("failures("))
      tracks[kFailures + plain_text(one.name.substr(9, one.name.size() - 10))] = {one.points, 1};
  }
  tracks[kPagesSource] = {pages_per_second(pages, target, false), 100};
  tracks[kPagesTarget] = {pages_per_second(pages, target, true), 100};
  tracks[kLag] = {list_of(lag), 1};
  tracks[kBacklog] = {list_of(backlog), 1};
  std::vector<std::string> names;
  for (const auto& [name, points] : tracks) names.push_back(name);
  auto made = std::make_shared<Tracks>(names);
  for (const auto& [name, track] : tracks) {
    Pyramid& samples = *made->find(name);
    for (const auto& [at, value] : track.first)
      samples.append({at, static_cast<float>(static_cast<double>(value) / track.second)});
  }
  return made;
}

std::int64_t last_of(const std::vector<PastSeries>& series, const std::string& name) {
  for (const PastSeries& one : series)
    if (one.name == name && one.life == "rehearsed" && !one.points.empty())
      return one.points.back().second;
  return 0;
}

std::vector<Room> rooms_of(const RunFile& run, const std::vector<PastSeries>& series) {
  std::vector<Room> rooms;
  for (const Json& name : list_of(run.fact("services"))) {
    if (!name.is_string()) continue;
    Room room;
    room.name = plain_text(name.get<std::string>());
    const auto dial = [&](const char* what) {
      return last_of(series, what + ("(" + name.get<std::string>() + ")"));
    };
    room.moved = static_cast<double>(dial("on_target")) / 1e6;
    room.copied = static_cast<double>(dial("copied")) / 1e6;
    room.lag_us = dial("lag");
    room.backlog = dial("backlog");
    room.differing = dial("differing");
    rooms.push_back(std::move(room));
  }
  return rooms;
}

std::vector<RuleRow> rules_of(const RunFile& run) {
  std::vector<RuleRow> rows;
  for (const Json& rule : list_of(run.fact("rules"))) {
    if (!rule.is_object()) continue;
    const auto text = [&](const char* key) {
      return rule.contains(key) && rule[key].is_string() ? plain_text(rule[key].get<std::string>())
                                                         : std::string();
    };
    const auto number = [&](const char* key) {
      return rule.contains(key) && rule[key].is_number_integer() ? rule[key].get<std::int64_t>()
                                                                 : 0;
    };
    rows.push_back({text("group"), text("name"), text("cites"), static_cast<int>(number("weight")),
                    static_cast<double>(number("met_ppm")) / 1e6});
  }
  return rows;
}

void put_facts(const RunFile& run, Deck& deck) {
  for (const char* key :
       {"file", "world", "flags", "seed", "digest", "digest_control", "digest_rehearsed",
        "shoppers", "exposed", "noticed", "pages", "exit_code", "pindah", "sqlite"}) {
    const std::string value = plain_text(run.fact(key));
    if (!value.empty()) deck.facts.push_back({key, value});
  }
  deck.facts.push_back({"to see it again", "pindah run " + shell_word(deck.file) + " --seed " +
                                               std::to_string(deck.seed)});
}

void put_tiles(const RunFile& run, const std::vector<PastSeries>& series, Deck& deck) {
  TileFacts facts;
  facts.noticed = number_of(run.fact("noticed"));
  facts.exposed = number_of(run.fact("exposed"));
  facts.budget = deck.budget;
  facts.lost_or_doubled = number_of(run.fact("lost_or_doubled"));
  facts.charged_wrongly = number_of(run.fact("charged_wrongly"));
  facts.over = true;
  for (const Room& room : deck.rooms) {
    facts.lag_us = std::max(facts.lag_us, room.lag_us);
    facts.differing += room.differing;
  }
  if (!deck.rules.empty())
    facts.compliance = static_cast<double>(last_of(series, "compliance")) / 1e6;
  const auto last = [&](const char* name) -> std::optional<double> {
    const Pyramid* samples = deck.tracks->find(name);
    if (samples == nullptr || samples->size() == 0) return {};
    return (*samples)[samples->size() - 1].value;
  };
  facts.p99_us = last(kP99);
  facts.p99_control_us = last(kP99Control);
  deck.tiles = tiles_of(facts);
}

}  // namespace

std::shared_ptr<Deck> deck_of(const RunFile& run, const std::string& file) {
  auto deck = std::make_shared<Deck>();
  const std::vector<PastEvent> events = run.events();
  const std::vector<PastSeries> series = run.series();
  deck->source = Source::file;
  deck->title = plain_text(run.fact("title"));
  if (deck->title.empty()) deck->title = plain_text(file);
  deck->file = run.fact("file");
  deck->seed = static_cast<std::uint64_t>(number_of(run.fact("seed")));
  deck->length_us = std::max<std::int64_t>(1, number_of(run.fact("length_us")));
  deck->end_us = std::max(deck->length_us, number_of(run.fact("ended_us")));
  deck->now_us = deck->reached_us = deck->end_us;
  deck->over = true;
  deck->word = plain_text(run.fact("verdict"));
  deck->mood = mood_of_word(deck->word);
  deck->answer = plain_text(run.fact("answer"));
  deck->way_back = plain_text(run.fact("way_back"));
  deck->bands = bands_of(events);
  deck->pins = pins_of(events);
  deck->events = rows_of(events);
  deck->houses[0].name = plain_text(run.fact("source"));
  deck->houses[1].name = plain_text(run.fact("target"));
  deck->tracks = tracks_of(series);
  deck->rooms = rooms_of(run, series);
  deck->rules = rules_of(run);
  deck->budget = budget_of(run);
  for (const auto& [id, shopper] : run.shoppers()) {
    deck->people.push_back(person_of(shopper));
    deck->noticed_at.push_back(shopper.noticed_at_us);
  }
  std::sort(deck->noticed_at.begin(), deck->noticed_at.end());
  deck->answer += first_and_most(deck->people);
  put_facts(run, *deck);
  put_tiles(run, series, *deck);
  return deck;
}

std::optional<TwoLives> lives_of(const RunFile& run, std::int64_t shopper) {
  const auto shoppers = run.shoppers();
  const auto found = shoppers.find(shopper);
  if (found == shoppers.end()) return {};
  return two_lives(person_of(found->second), found->second.visit, run.pages(shopper, "control"),
                   run.pages(shopper, "rehearsed"));
}

}  // namespace pindah::gui
