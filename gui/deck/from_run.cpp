#include "gui/deck/from_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/shell.h"
#include "gui/deck/lives.h"
#include "gui/deck/tiles.h"
#include "report/summary.h"
#include "report/text.h"
#include "runfile/series.h"
#include "scenario/words.h"
#include "sqlite/functions.h"

namespace pindah::gui {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kControl = "control ";  // before the names of its series

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

std::vector<PastCohort> cohorts_of(const RunFile& run) {
  std::vector<PastCohort> all;
  for (const Json& one : list_of(run.fact("cohorts"))) {
    const bool whole = one.is_object() && one.contains("name") && one["name"].is_string() &&
                       one.contains("noticed") && one["noticed"].is_number_integer() &&
                       one.contains("exposed") && one["exposed"].is_number_integer();
    if (whole)
      all.push_back({one["name"].get<std::string>(), one["noticed"].get<std::int64_t>(),
                     one["exposed"].get<std::int64_t>()});
  }
  return all;
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
    dials_[(one.life == "rehearsed" ? "" : kControl) + one.name] = one.points;
  put_looks();
  put_header(file);
  header_.tracks = tracks_of(series);
  put_people();
  put_judged();
}

// Every look at the dials left a number of commits of some platform; a window is as long as the
// first two of those that have pages are apart.
void RunDeck::put_looks() {
  std::set<std::int64_t> looks;
  for (const auto& [name, all] : dials_)
    if (name.starts_with("commits("))
      for (const auto& [at, value] : all) looks.insert(at);
  looks_.assign(looks.begin(), looks.end());
  const Points* pages = points("pages");
  if (pages != nullptr && pages->size() > 1) window_us_ = (*pages)[1].first - (*pages)[0].first;
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

void RunDeck::put_people() {
  const std::map<std::int64_t, std::int64_t> known = run_.known();
  const auto names = run_.harm_names();
  for (const auto& [id, shopper] : run_.shoppers()) {
    people_.push_back({known.count(id) ? known.at(id) : shopper.replied_us, person_of(shopper)});
    harmed_at_[id] = kNoInstant;
  }
  for (const PastHarmed& harmed : run_.harmed()) {
    const auto noticed = harmed_at_.find(harmed.id);
    if (noticed == harmed_at_.end()) people_.push_back({harmed.at_us, person_of(harmed)});
    harmed_at_[harmed.id] = harmed.at_us;
  }
  for (auto& [at, person] : people_) {
    const auto found = names.find(person.id);
    if (!person.harmed || found == names.end()) continue;
    person.harm_names.clear();
    for (const std::string& name : found->second) person.harm_names.push_back(plain_text(name));
  }
}

void RunDeck::put_judged() {
  Judged& judged = judged_;
  judged.at_us = header_.end_us;
  judged.word = plain_text(run_.fact("verdict"));
  judged.mood = mood_of_word(judged.word);
  judged.way_back = plain_text(run_.fact("way_back"));
  for (const PastLine& line : run_.budget()) judged.budget.push_back(budget_row(line));
  judged.cohorts = cohorts_of(run_);
  judged.harms = run_.harms();
  judged.rules = rules_of(run_);
  judged.facts = facts_of(run_, header_.file, header_.seed);
  // What is said of the end stands around how many had noticed by then.
  const std::string all = plain_text(run_.fact("answer"));
  const std::string noticed =
      plain_text(noticed_text(number_of(run_.fact("noticed")), number_of(run_.fact("exposed"))));
  const std::size_t at = all.find(noticed);
  if (at == std::string::npos) return;
  judged.before = all.substr(0, at);
  judged.limit = all.substr(at + noticed.size());
}

// Who had noticed or been harmed by the instant.
void RunDeck::put_befallen() {
  befallen_ = {};
  const std::int64_t now = befallen_.at_us = header_.now_us;
  for (auto& [known, person] : people_) {
    if (person.noticed) befallen_.noticed_at.push_back(person.at_us);
    if (known > now) continue;
    befallen_.people.push_back(person);
    befallen_.counts.noticed += person.noticed ? 1 : 0;
    const std::int64_t harmed_at = harmed_at_[person.id];
    if (harmed_at == kNoInstant || harmed_at <= now) continue;
    Person& not_yet = befallen_.people.back();
    not_yet.harmed = false;
    not_yet.harm.clear();
    not_yet.harm_names.clear();
  }
  std::sort(befallen_.noticed_at.begin(), befallen_.noticed_at.end());
  sort_people(befallen_.people);
  // Files of earlier versions say only how many there were at the end.
  const auto by_now = [&](const char* name, const char* fact) {
    return points(name) == nullptr ? number_of(run_.fact(fact)) : dial(name);
  };
  befallen_.counts.exposed = by_now("exposed", "exposed");
  befallen_.counts.annoyed = by_now("annoyed", "annoyed");
  befallen_.counts.empty_handed = by_now("empty-handed", "empty_handed");
  befallen_.counts.harmed = by_now("harmed", "harmed");
  befallen_.lost_or_doubled = by_now("lost or doubled", "lost_or_doubled");
  befallen_.charged_wrongly = by_now("charged wrongly", "charged_wrongly");
}

const RunDeck::Points* RunDeck::points(const std::string& name) const {
  const auto found = dials_.find(name);
  return found == dials_.end() || found->second.empty() ? nullptr : &found->second;
}

// The last reading until the instant; before the first: nothing.
std::int64_t RunDeck::dial(const std::string& name, std::int64_t before) const {
  const Points* all = points(name);
  if (all == nullptr) return before;
  const auto next = std::upper_bound(all->begin(), all->end(), header_.now_us,
                                     [](std::int64_t at, const auto& p) { return at < p.first; });
  return next == all->begin() ? before : std::prev(next)->second;
}

void RunDeck::put_services(Dials& dials) const {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    ServiceView view;
    view.name = told_.services[i];
    const auto read = [&](const char* what) { return dial(what + ("(" + services_[i] + ")")); };
    view.moved = static_cast<double>(read("on_target")) / 1e6;
    view.copied = static_cast<double>(read("copied")) / 1e6;
    view.lag_us = read("lag");
    view.backlog = read("backlog");
    view.fenced = read("fenced") != 0;
    view.held = view.fenced ? read("held") : 0;
    view.refused = read("refused");
    view.differing = read("differing");
    for (const Side side : {Side::source, Side::target})
      view.carried[index(side)] = static_cast<Carried>(
          std::clamp<std::int64_t>(dial(carried_series(services_[i], side)), 0, 2));
    dials.services.push_back(std::move(view));
  }
}

void RunDeck::put_links(Dials& dials) const {
  const std::vector<std::string> words = link_words();
  for (std::size_t i = 0; i < kLinks.size(); ++i) {
    // Against what it was at the start: a scenario's own delay is no trouble.
    const auto more = [&](const std::string& what) {
      const std::string name = what + "(" + words[i] + ")";
      const auto found = dials_.find(name);
      if (found == dials_.end() || found->second.empty()) return std::int64_t{0};
      const std::int64_t at_first = found->second.front().second;
      return dial(name, at_first) - at_first;
    };
    const auto cut = [&](const char* way) {
      return dial("cut(" + words[i] + ", " + way + ")") != 0;
    };
    dials.links.push_back({kLinks[i], {cut("there"), cut("back")}, more("delay"), more("loss")});
  }
}

// Windows are known by their beginnings: the last one that is over, and when it was. Nothing: none
// is, or the last page was answered before it.
std::optional<std::int64_t> RunDeck::window(const std::string& name) const {
  if (window_us_ <= 0) return {};
  const std::int64_t began = (header_.now_us / window_us_ - 1) * window_us_;
  const Points* all = points(name);
  if (all == nullptr || began < 0) return {};
  const auto found = std::lower_bound(all->begin(), all->end(), std::pair{began, INT64_MIN});
  if (found == all->end() || found->first != began) return {};
  return found->second;
}

void RunDeck::put_platforms(Dials& dials) const {
  const std::int64_t pages = window("pages").value_or(0);
  const std::int64_t there = window("pages(target)").value_or(0);
  const double a_second = window_us_ > 0 ? 1e6 / static_cast<double>(window_us_) : 0;
  for (const std::size_t side : {0u, 1u}) {
    const std::string name = side == 0 ? "source" : "target";
    dials.platforms[side] = {plain_text(run_.fact(name)), dial("queue(" + name + ")"),
                             static_cast<double>(side == 0 ? pages - there : there) * a_second,
                             dial("down(" + name + ")") != 0};
  }
  dials.shoppers_per_second = static_cast<double>(window("arrivals").value_or(0)) * a_second;
  dials.rates_at_us = window_us_ > 0 ? header_.now_us / window_us_ * window_us_ : 0;
}

// When the dials were looked at last.
std::int64_t RunDeck::looked_at() const {
  const auto next = std::upper_bound(looks_.begin(), looks_.end(), header_.now_us);
  return next == looks_.begin() ? 0 : *std::prev(next);
}

Dials RunDeck::dials() const {
  Dials dials;
  dials.at_us = looked_at();
  put_services(dials);
  put_links(dials);
  put_platforms(dials);
  dials.front = front_at(told_, header_.now_us, plain_text(run_.fact("source")));
  if (const auto p99 = window("p99(edge)"); p99 && *p99 > 0)
    dials.p99_us = static_cast<double>(*p99);
  if (const auto p99 = window(kControl + std::string("p99(edge)")); p99 && *p99 > 0)
    dials.p99_control_us = static_cast<double>(*p99);
  if (!judged_.rules.empty()) dials.compliance = static_cast<double>(dial("compliance")) / 1e6;
  dials.compliance_at_us = header_.now_us;
  return dials;
}

std::shared_ptr<Deck> RunDeck::at(std::int64_t instant_us) {
  header_.now_us = std::clamp<std::int64_t>(instant_us, 0, header_.end_us);
  header_.date = date_text(number_of(run_.fact("starts_us")),
                           {number_of(run_.fact("utc_offset_us"))}, {header_.now_us});
  judged_.rules_note =
      header_.now_us < header_.end_us ? "As the rules stood at the end of the run." : "";
  put_befallen();
  return build_deck(*this);
}

std::optional<TwoLives> RunDeck::lives_of(std::int64_t shopper) const {
  const auto who = std::find_if(people_.begin(), people_.end(),
                                [&](const auto& known) { return known.second.id == shopper; });
  if (who == people_.end()) return {};
  const auto shoppers = run_.shoppers();
  const auto found = shoppers.find(shopper);
  return two_lives(who->second, found == shoppers.end() ? -1 : found->second.visit,
                   run_.pages(shopper, "control"), run_.pages(shopper, "rehearsed"));
}

void RunDeck::choose(std::int64_t shopper) {
  chosen_ = shopper < 0 ? std::nullopt : lives_of(shopper);
}

}  // namespace pindah::gui
