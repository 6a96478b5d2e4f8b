#include "gui/deck/lives.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "report/facts.h"

namespace pindah::gui {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kMostShown = 400;  // bytes of one value

std::string shortened_value(const Json& value) {
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  if (text.size() > kMostShown) text = text.substr(0, kMostShown) + "…";
  return plain_text(text);
}

std::string outcome(const PastPage* page) {
  if (page == nullptr) return "did not open it";
  std::string text = page->outcome + " after " + brief_text({page->latency_us});
  if (page->tries > 1) text += ", " + std::to_string(page->tries) + " tries";
  if (page->outcome != "ok" && !page->shown.empty()) text += ": " + page->shown;
  return plain_text(text);
}

Json read(const PastPage* page) {
  const bool shown = page != nullptr && page->outcome == "ok";
  Json json = shown ? Json::parse(page->shown, nullptr, false) : Json::object();
  return json.is_object() ? json : Json::object();
}

std::vector<ShownApart> shown_apart(const PastPage* control, const PastPage* rehearsed) {
  std::vector<ShownApart> apart;
  const Json without = read(control), with = read(rehearsed);
  for (const auto& [name, value] : without.items()) {
    if (with.contains(name) && with[name] == value) continue;
    apart.push_back({plain_text(name), shortened_value(value),
                     with.contains(name) ? shortened_value(with[name]) : "nothing"});
  }
  return apart;
}

}  // namespace

TwoLives two_lives(const Person& who, std::int64_t visit, const std::vector<PastPage>& control,
                   const std::vector<PastPage>& rehearsed) {
  std::map<std::int64_t, std::pair<const PastPage*, const PastPage*>> visits;
  for (const PastPage& page : control) visits[page.visit].first = &page;
  for (const PastPage& page : rehearsed) visits[page.visit].second = &page;
  TwoLives lives;
  lives.who = who;
  for (const auto& [number, both] : visits) {
    const auto& [without, with] = both;
    const PastPage& known = with != nullptr ? *with : *without;
    TwoPages& pages = lives.pages.emplace_back();
    pages.visit = number;
    pages.at_us = known.intended_us;
    pages.page = plain_text(known.page);
    pages.control = outcome(without);
    pages.rehearsed = outcome(with);
    pages.first_difference = number == visit;
    pages.differs = number >= visit && (without == nullptr || with == nullptr ||
                                        without->outcome != with->outcome || number == visit);
    if (pages.first_difference) lives.shown = shown_apart(without, with);
  }
  // Those who look once more at the end do so in an order of their own.
  std::stable_sort(lives.pages.begin(), lives.pages.end(),
                   [](const TwoPages& a, const TwoPages& b) { return a.at_us < b.at_us; });
  return lives;
}

}  // namespace pindah::gui
