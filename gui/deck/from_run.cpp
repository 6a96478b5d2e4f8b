#include "gui/deck/from_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "gui/deck/lives.h"
#include "gui/deck/telling.h"
#include "gui/deck/tiles.h"
#include "report/facts.h"
#include "scenario/parse.h"
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

std::vector<std::string> services_of(const RunFile& run) {
  std::vector<std::string> names;
  for (const Json& name : list_of(run.fact("services")))
    if (name.is_string()) names.push_back(name.get<std::string>());
  return names;
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
    std::string value = plain_text(run.fact(key));
    value.erase(0, value.find_first_not_of(' '));  // flags begin with one
    if (!value.empty()) deck.facts.push_back({key, value});
  }
  // A run file may come from anybody.
  const std::string flags = is_shell_words(run.fact("flags")) ? run.fact("flags") : "";
  deck.facts.push_back(
      {"to see it again", plain_text(fmt::format("pindah run {} --seed {}{}", shell_word(deck.file),
                                                 deck.seed, flags))});
}

}  // namespace

RunDeck::RunDeck(RunFile run, const std::string& file) : run_(std::move(run)) {
  events_ = run_.events();
  for (PastEvent& event : events_)
    for (std::string* text : {&event.name, &event.service, &event.text}) *text = plain_text(*text);
  services_ = services_of(run_);
  const std::vector<PastSeries> series = run_.series();
  for (const PastSeries& one : series)
    if (one.life == "rehearsed") dials_[one.name] = one.points;
  whole_.tracks = tracks_of(series);
  put_whole(file);
}

void RunDeck::put_whole(const std::string& file) {
  Deck& deck = whole_;
  deck.source = Source::file;
  deck.title = plain_text(run_.fact("title"));
  if (deck.title.empty()) deck.title = plain_text(file);
  deck.file = run_.fact("file");
  deck.seed = static_cast<std::uint64_t>(number_of(run_.fact("seed")));
  deck.length_us = std::max<std::int64_t>(1, number_of(run_.fact("length_us")));
  deck.end_us = std::max(deck.length_us, number_of(run_.fact("ended_us")));
  deck.known_us = deck.reached_us = deck.end_us;
  deck.over = true;
  deck.word = plain_text(run_.fact("verdict"));
  deck.mood = mood_of_word(deck.word);
  deck.answer = plain_text(run_.fact("answer"));
  deck.way_back = plain_text(run_.fact("way_back"));
  deck.bands = bands_of(events_);
  deck.pins = pins_of(events_);
  deck.events = rows_of(events_);
  deck.rules = rules_of(run_);
  deck.budget = budget_of(run_);
  for (const auto& [id, shopper] : run_.shoppers()) {
    deck.people.push_back(person_of(shopper));
    deck.noticed_at.push_back(shopper.noticed_at_us);
  }
  std::sort(deck.noticed_at.begin(), deck.noticed_at.end());
  deck.answer += first_and_most(deck.people);
  put_facts(run_, deck);
}

// The last reading until the instant; before the first: nothing.
std::int64_t RunDeck::dial(const std::string& name, std::int64_t instant_us,
                           std::int64_t before) const {
  const auto found = dials_.find(name);
  if (found == dials_.end()) return before;
  const auto& points = found->second;
  const auto next = std::upper_bound(points.begin(), points.end(), instant_us,
                                     [](std::int64_t at, const auto& p) { return at < p.first; });
  return next == points.begin() ? before : std::prev(next)->second;
}

void RunDeck::put_rooms(Deck& deck) const {
  for (const std::string& service : services_) {
    const auto read = [&](const char* what) {
      return dial(what + ("(" + service + ")"), deck.now_us);
    };
    Room room;
    room.name = plain_text(service);
    room.moved = static_cast<double>(read("on_target")) / 1e6;
    room.copied = static_cast<double>(read("copied")) / 1e6;
    room.lag_us = read("lag");
    room.backlog = read("backlog");
    room.held = read("held");
    room.differing = read("differing");
    deck.rooms.push_back(std::move(room));
  }
  put_streams(deck.rooms, deck.bands, deck.now_us);
}

void RunDeck::put_wires(Deck& deck) const {
  const std::vector<std::string> words = link_words();
  for (std::size_t i = 0; i < kLinks.size(); ++i) {
    // Against what it was at the start: a scenario's own delay is no trouble.
    const auto more = [&](const std::string& what) {
      const std::string name = what + "(" + words[i] + ")";
      const auto found = dials_.find(name);
      if (found == dials_.end() || found->second.empty()) return std::int64_t{0};
      const std::int64_t at_first = found->second.front().second;
      return dial(name, deck.now_us, at_first) - at_first;
    };
    const auto cut = [&](const char* way) {
      return dial("cut(" + words[i] + ", " + way + ")", deck.now_us) != 0;
    };
    deck.wires.push_back({kLinks[i], {cut("there"), cut("back")}, more("delay"), more("loss")});
  }
}

void RunDeck::put_houses(Deck& deck) const {
  for (const std::size_t side : {0u, 1u}) {
    const std::string name = side == 0 ? "source" : "target";
    const Sample* pages =
        deck.tracks->find(side == 0 ? kPagesSource : kPagesTarget)->at(deck.now_us + 1);
    deck.houses[side] = {plain_text(run_.fact(name)), dial("queue(" + name + ")", deck.now_us),
                         pages == nullptr ? 0 : double{pages->value},
                         dial("down(" + name + ")", deck.now_us) != 0};
  }
  const auto arrivals = dials_.find("arrivals");
  if (arrivals == dials_.end() || arrivals->second.size() < 2) return;
  const std::int64_t apart = arrivals->second[1].first - arrivals->second[0].first;
  if (deck.now_us < arrivals->second.back().first + apart)
    deck.shoppers_per_second = static_cast<double>(dial("arrivals", deck.now_us)) * 1e6 /
                               static_cast<double>(std::max<std::int64_t>(apart, 1));
}

void RunDeck::put_tiles(Deck& deck) const {
  TileFacts facts;
  facts.noticed = number_of(run_.fact("noticed"));
  facts.exposed = number_of(run_.fact("exposed"));
  facts.budget = deck.budget;
  facts.lost_or_doubled = number_of(run_.fact("lost_or_doubled"));
  facts.charged_wrongly = number_of(run_.fact("charged_wrongly"));
  facts.over = true;
  for (const Room& room : deck.rooms) {
    facts.lag_us = std::max(facts.lag_us, room.lag_us);
    facts.differing += room.differing;
  }
  if (!deck.rules.empty())
    facts.compliance = static_cast<double>(dial("compliance", deck.now_us)) / 1e6;
  const auto last = [&](const char* name) -> std::optional<double> {
    const Pyramid* samples = deck.tracks->find(name);
    const Sample* sample = samples == nullptr ? nullptr : samples->at(deck.now_us + 1);
    return sample == nullptr ? std::optional<double>() : std::optional<double>(sample->value);
  };
  facts.p99_us = last(kP99);
  facts.p99_control_us = last(kP99Control);
  deck.tiles = tiles_of(facts);
}

std::shared_ptr<Deck> RunDeck::at(std::int64_t instant_us) const {
  auto deck = std::make_shared<Deck>(whole_);
  deck->now_us = std::clamp<std::int64_t>(instant_us, 0, whole_.end_us);
  deck->date = date_text(number_of(run_.fact("starts_us")), {number_of(run_.fact("utc_offset_us"))},
                         {deck->now_us});
  deck->phase = phase_at(events_, deck->now_us);
  deck->weather = weather_at(events_, deck->now_us);
  deck->front = front_at(events_, deck->now_us, plain_text(run_.fact("source")));
  put_rooms(*deck);
  put_wires(*deck);
  put_houses(*deck);
  put_tiles(*deck);
  if (deck->now_us < deck->end_us) deck->rules_note = "As the rules stood at the end of the run.";
  return deck;
}

std::optional<TwoLives> RunDeck::lives_of(std::int64_t shopper) const {
  const auto shoppers = run_.shoppers();
  const auto found = shoppers.find(shopper);
  if (found == shoppers.end()) return {};
  return two_lives(person_of(found->second), found->second.visit, run_.pages(shopper, "control"),
                   run_.pages(shopper, "rehearsed"));
}

}  // namespace pindah::gui
