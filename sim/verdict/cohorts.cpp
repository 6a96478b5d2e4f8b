#include "verdict/cohorts.h"

#include <algorithm>

namespace pindah {

const std::string& reported_as(const World& world, PageId page) {
  const Page& p = world.pages[static_cast<std::size_t>(page)];
  return p.as.empty() ? p.name : p.as;
}

namespace {

// The cohorts of a session that do not depend on what she opened.
std::vector<std::string> kinds_of(const World& world, const std::vector<Intent>& intents,
                                  const Record& control, const Record& rehearsed,
                                  std::uint32_t intent) {
  const Intent& who = intents[intent];
  std::vector<std::string> kinds{"persona " + world.personas[who.persona].name,
                                 "home " + world.platforms[index(who.home)].name};
  for (std::size_t c = 0; c < world.choices.size(); ++c) {
    int option = -1;
    for (const Record* life : {&control, &rehearsed})
      if (c < life->chosen.size() && life->chosen[c][intent] >= 0) option = life->chosen[c][intent];
    if (option < 0) continue;
    const Choice& choice = world.choices[c];
    kinds.push_back(choice.name + " " + choice.options[static_cast<std::size_t>(option)].first);
  }
  return kinds;
}

// How many exposed sessions opened a page, or another that is reported under its name.
class PagesOpened {
 public:
  PagesOpened(const World& world, const Comparison& comparison, const Record& rehearsed)
      : world_(world), opened_(world.pages.size()) {
    for (auto& sessions : opened_) sessions.assign(comparison.is_exposed.size(), false);
    const auto open = [&](std::uint32_t intent, PageId page) {
      if (comparison.is_exposed[intent]) opened_[first_of_name(page)][intent] = true;
    };
    for (const Visit& v : rehearsed.visits) open(v.intent, v.page);
    for (const Noticer& n : comparison.noticers) open(n.intent, n.page);
  }
  std::int64_t sessions(PageId page) const {
    const auto& opened = opened_[first_of_name(page)];
    return std::count(opened.begin(), opened.end(), true);
  }

 private:
  std::size_t first_of_name(PageId page) const {
    std::size_t first = 0;
    while (reported_as(world_, static_cast<PageId>(first)) != reported_as(world_, page)) ++first;
    return first;
  }
  const World& world_;
  std::vector<std::vector<bool>> opened_;  // by page, by intent
};

}  // namespace

void count_cohorts(const World& world, const std::vector<Intent>& intents, const Record& control,
                   const Record& rehearsed, Comparison& comparison) {
  auto& cohorts = comparison.cohorts;
  for (std::uint32_t intent = 0; intent < intents.size(); ++intent)
    if (comparison.is_exposed[intent])
      for (const std::string& kind : kinds_of(world, intents, control, rehearsed, intent))
        ++cohorts[kind].second;
  const PagesOpened opened(world, comparison, rehearsed);
  for (std::size_t page = 0; page < world.pages.size(); ++page)
    if (const std::int64_t sessions = opened.sessions(static_cast<PageId>(page)))
      cohorts["page " + reported_as(world, static_cast<PageId>(page))].second = sessions;
  for (const Noticer& n : comparison.noticers) {
    ++cohorts["page " + reported_as(world, n.page)].first;
    for (const std::string& kind : kinds_of(world, intents, control, rehearsed, n.intent))
      ++cohorts[kind].first;
  }
}

}  // namespace pindah
