#include "gui/deck/from_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/shell.h"
#include "gui/deck/lives.h"
#include "gui/deck/tiles.h"
#include "report/text.h"
#include "scenario/words.h"
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

std::vector<Fact> facts_of(const RunFile& run, const std::string& file, std::uint64_t seed) {
  std::vector<Fact> facts;
  for (const char* key :
       {"file", "world", "flags", "seed", "digest", "digest_control", "digest_rehearsed",
        "shoppers", "exposed", "noticed", "pages", "exit_code", "pindah", "sqlite"}) {
    std::string value = plain_text(run.fact(key));
    value.erase(0, value.find_first_not_of(' '));  // flags begin with one
    if (!value.empty()) facts.push_back({key, value});
  }
  // A run file may come from anybody.
  const std::string flags = is_shell_words(run.fact("flags")) ? run.fact("flags") : "";
  facts.push_back({"to see it again", plain_text(fmt::format("pindah run {} --seed {}{}",
                                                             shell_word(file), seed, flags))});
  return facts;
}

}  // namespace

RunDeck::RunDeck(RunFile run, const std::string& file) : run_(std::move(run)) {
  services_ = services_of(run_);
  Told told;
  told.services = services_;
  told.steps = run_.steps();
  told.events = run_.events();
  told_ = drawable(std::move(told));
  const std::vector<PastSeries> series = run_.series();
  for (const PastSeries& one : series)
    if (one.life == "rehearsed") dials_[one.name] = one.points;
  put_header(file);
  header_.tracks = tracks_of(series);
  put_judged();
}

void RunDeck::put_header(const std::string& file) {
  Deck& deck = header_;
  deck.source = Source::file;
  deck.title = plain_text(run_.fact("title"));
  if (deck.title.empty()) deck.title = plain_text(file);
  deck.file = run_.fact("file");
  deck.seed = static_cast<std::uint64_t>(number_of(run_.fact("seed")));
  deck.length_us = std::max<std::int64_t>(1, number_of(run_.fact("length_us")));
  deck.end_us = std::max(deck.length_us, number_of(run_.fact("ended_us")));
  deck.known_us = deck.reached_us = deck.end_us;
  deck.over = true;
}

void RunDeck::put_judged() {
  Judged& judged = judged_;
  judged.word = plain_text(run_.fact("verdict"));
  judged.mood = mood_of_word(judged.word);
  judged.answer = plain_text(run_.fact("answer"));
  judged.way_back = plain_text(run_.fact("way_back"));
  for (const auto& [id, shopper] : run_.shoppers()) judged.people.push_back(person_of(shopper));
  complete(judged);
  for (const PastLine& line : run_.budget()) judged.budget.push_back(budget_row(line));
  judged.rules = rules_of(run_);
  judged.facts = facts_of(run_, header_.file, header_.seed);
  judged.noticed = number_of(run_.fact("noticed"));
  judged.exposed = number_of(run_.fact("exposed"));
  judged.lost_or_doubled = number_of(run_.fact("lost_or_doubled"));
  judged.charged_wrongly = number_of(run_.fact("charged_wrongly"));
}

// The last reading until the instant; before the first: nothing. Where an event between two
// readings has set the dial, the later of the two tells what it was set to.
std::int64_t RunDeck::dial(const std::string& name, const std::vector<std::int64_t>& set_at,
                           std::int64_t before) const {
  const auto found = dials_.find(name);
  if (found == dials_.end()) return before;
  const auto& points = found->second;
  const auto next = std::upper_bound(points.begin(), points.end(), header_.now_us,
                                     [](std::int64_t at, const auto& p) { return at < p.first; });
  const std::int64_t last = next == points.begin() ? -1 : std::prev(next)->first;
  const bool set = std::any_of(set_at.begin(), set_at.end(),
                               [&](std::int64_t at) { return at > last && at <= header_.now_us; });
  if (set && next != points.end()) return next->second;
  return next == points.begin() ? before : std::prev(next)->second;
}

// When surprises began and ended, and when a service changed its owner or its fence opened.
std::vector<std::int64_t> RunDeck::surprises() const {
  std::vector<std::int64_t> at;
  for (const PastEvent& event : told_.events)
    if (event.kind == PlanEventKind::surprise) at.push_back(event.at_us);
  return at;
}

std::vector<std::int64_t> RunDeck::phases(const std::string& service, Phase phase) const {
  std::vector<std::int64_t> at;
  for (const PastEvent& event : told_.events)
    if (event.kind == PlanEventKind::phase && event.phase == phase && event.service == service)
      at.push_back(event.at_us);
  return at;
}

void RunDeck::put_services(Dials& dials) const {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    ServiceView view;
    view.name = told_.services[i];
    const auto read = [&](const char* what, const std::vector<std::int64_t>& set_at = {}) {
      return dial(what + ("(" + services_[i] + ")"), set_at);
    };
    view.moved =
        static_cast<double>(read("on_target", phases(view.name, Phase::switch_over))) / 1e6;
    view.copied = static_cast<double>(read("copied")) / 1e6;
    view.lag_us = read("lag");
    view.backlog = read("backlog");
    view.held = read("held", phases(view.name, Phase::release));
    view.differing = read("differing", phases(view.name, Phase::verified));
    dials.services.push_back(std::move(view));
  }
}

void RunDeck::put_links(Dials& dials) const {
  const std::vector<std::string> words = link_words();
  const std::vector<std::int64_t> set_at = surprises();
  for (std::size_t i = 0; i < kLinks.size(); ++i) {
    // Against what it was at the start: a scenario's own delay is no trouble.
    const auto more = [&](const std::string& what) {
      const std::string name = what + "(" + words[i] + ")";
      const auto found = dials_.find(name);
      if (found == dials_.end() || found->second.empty()) return std::int64_t{0};
      const std::int64_t at_first = found->second.front().second;
      return dial(name, set_at, at_first) - at_first;
    };
    const auto cut = [&](const char* way) {
      return dial("cut(" + words[i] + ", " + way + ")", set_at) != 0;
    };
    dials.links.push_back({kLinks[i], {cut("there"), cut("back")}, more("delay"), more("loss")});
  }
}

void RunDeck::put_platforms(Dials& dials) const {
  for (const std::size_t side : {0u, 1u}) {
    const std::string name = side == 0 ? "source" : "target";
    const Sample* pages =
        header_.tracks->find(side == 0 ? kPagesSource : kPagesTarget)->at(header_.now_us + 1);
    dials.platforms[side] = {plain_text(run_.fact(name)), dial("queue(" + name + ")"),
                             pages == nullptr ? 0 : double{pages->value},
                             dial("down(" + name + ")", surprises()) != 0};
  }
  const auto arrivals = dials_.find("arrivals");
  if (arrivals == dials_.end() || arrivals->second.size() < 2) return;
  const std::int64_t apart = arrivals->second[1].first - arrivals->second[0].first;
  if (header_.now_us < arrivals->second.back().first + apart)
    dials.shoppers_per_second = static_cast<double>(dial("arrivals")) * 1e6 /
                                static_cast<double>(std::max<std::int64_t>(apart, 1));
}

Dials RunDeck::dials() const {
  Dials dials;
  put_services(dials);
  put_links(dials);
  put_platforms(dials);
  dials.front = front_at(told_, header_.now_us, plain_text(run_.fact("source")));
  const auto last = [&](const char* name) -> std::optional<double> {
    const Pyramid* samples = header_.tracks->find(name);
    const Sample* sample = samples == nullptr ? nullptr : samples->at(header_.now_us + 1);
    return sample == nullptr ? std::optional<double>() : std::optional<double>(sample->value);
  };
  dials.p99_us = last(kP99);
  dials.p99_control_us = last(kP99Control);
  if (!judged_.rules.empty()) dials.compliance = static_cast<double>(dial("compliance")) / 1e6;
  return dials;
}

std::shared_ptr<Deck> RunDeck::at(std::int64_t instant_us) {
  header_.now_us = std::clamp<std::int64_t>(instant_us, 0, header_.end_us);
  header_.date = date_text(number_of(run_.fact("starts_us")),
                           {number_of(run_.fact("utc_offset_us"))}, {header_.now_us});
  judged_.rules_note =
      header_.now_us < header_.end_us ? "As the rules stood at the end of the run." : "";
  return build_deck(*this);
}

std::optional<TwoLives> RunDeck::lives_of(std::int64_t shopper) const {
  const auto shoppers = run_.shoppers();
  const auto found = shoppers.find(shopper);
  if (found == shoppers.end()) return {};
  return two_lives(person_of(found->second), found->second.visit, run_.pages(shopper, "control"),
                   run_.pages(shopper, "rehearsed"));
}

}  // namespace pindah::gui
