#include "gui/deck/lives.h"

#include <algorithm>
#include <map>

namespace pindah::gui {
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
    pages.control = outcome_text(without);
    pages.rehearsed = outcome_text(with);
    pages.first_difference = number == visit;
    pages.differs = number >= visit && (without == nullptr || with == nullptr ||
                                        without->end != with->end || number == visit);
    if (!pages.first_difference) continue;
    lives.shown = shown_apart(without, with);
    if (lives.shown.empty()) continue;
    // At a glance; all of it stands below.
    const ShownApart& shown = lives.shown.front();
    pages.control += "; " + shown.name + ": " + shown.control;
    if (!shown.rehearsed.empty()) pages.rehearsed += "; " + shown.name + ": " + shown.rehearsed;
  }
  // Those who look once more at the end do so in an order of their own.
  std::stable_sort(lives.pages.begin(), lives.pages.end(),
                   [](const TwoPages& a, const TwoPages& b) { return a.at_us < b.at_us; });
  return lives;
}

}  // namespace pindah::gui
