#include "flight/running.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "oracle/finish.h"
#include "verdict/lives.h"

namespace pindah {

// The sessions of some buyers as a small world of their own, in the order that they have in the
// large one.
struct Running::Subset {
  std::vector<std::uint32_t> sessions;  // by number in the subset: into the scenario's intents
  std::vector<Intent> intents;
  Record control, rehearsed;
  std::vector<std::size_t> control_visits, rehearsed_visits;  // their numbers in the whole records
};

Running::Running(const World& world, const Scenario& scenario, const std::vector<Intent>& intents)
    : world_(world),
      scenario_(scenario),
      intents_(intents),
      buyers_(by_buyer(world, intents)),
      buyer_of_(intents.size()) {
  for (std::size_t b = 0; b < buyers_.size(); ++b)
    for (const std::uint32_t intent : buyers_[b]) buyer_of_[intent] = b;
  for (Seen* seen : {&control_, &rehearsed_})
    for (auto* of : {&seen->visits_of, &seen->messages_of, &seen->cases_of})
      of->resize(intents.size());
}

void Running::note(const Oracle& life, Seen& seen, std::set<std::size_t>& buyers) {
  const Record& record = life.so_far();
  const auto add = [&](std::vector<std::vector<std::size_t>>& of, std::uint32_t intent,
                       std::size_t number) {
    if (intent >= of.size()) return;
    of[intent].push_back(number);
    buyers.insert(buyer_of_[intent]);
  };
  for (; seen.visits < record.visits.size(); ++seen.visits)
    add(seen.visits_of, record.visits[seen.visits].intent, seen.visits);
  for (; seen.messages < record.messages.size(); ++seen.messages)
    add(seen.messages_of, record.messages[seen.messages].intent, seen.messages);
  for (; seen.cases < life.cases().size(); ++seen.cases)
    add(seen.cases_of, life.cases()[seen.cases].what.intent, seen.cases);
}

void Running::take(const Oracle& control, const Oracle& rehearsed, Micros now) {
  std::set<std::size_t> buyers = doubtful_;
  note(control, control_, buyers);
  note(rehearsed, rehearsed_, buyers);
  if (!buyers.empty()) compare(buyers, control, rehearsed, now);
}

Record Running::part(const Subset& subset, const Oracle& life, const Seen& seen, Micros now) const {
  const Record& whole = life.so_far();
  Record part;
  part.interrupted = true;
  part.ended = now;
  part.plan = whole.plan;
  part.outages = whole.outages;
  part.chosen.resize(whole.chosen.size());
  for (std::size_t i = 0; i < subset.sessions.size(); ++i) {
    const std::uint32_t session = subset.sessions[i];
    const auto number = static_cast<std::uint32_t>(i);
    for (const std::size_t v : seen.visits_of[session])
      part.visits.emplace_back(whole.visits[v]).intent = number;
    for (const std::size_t m : seen.messages_of[session])
      part.messages.emplace_back(whole.messages[m]).intent = number;
    for (const std::size_t c : seen.cases_of[session])
      part.cases.emplace_back(life.cases()[c].what).intent = number;
    part.holds.push_back(session < whole.holds.size() ? whole.holds[session] : std::uint8_t{0});
    for (std::size_t choice = 0; choice < whole.chosen.size(); ++choice)
      part.chosen[choice].push_back(
          session < whole.chosen[choice].size() ? whole.chosen[choice][session] : std::int8_t{-1});
  }
  sort_cases(part.cases);
  return part;
}

// Whether pages told the truth matters only where the two lives were not shown the same.
void Running::settle(Subset& subset, const Oracle& control, const Oracle& rehearsed, Micros now) {
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::pair<Visit*, std::size_t>> twins;
  for (std::size_t i = 0; i < subset.control.visits.size(); ++i) {
    Visit& visit = subset.control.visits[i];
    twins[{visit.intent, visit.visit}] = {&visit, subset.control_visits[i]};
  }
  struct Asked {
    std::vector<Visit*> visits;
    std::vector<std::size_t> numbers;
  };
  std::map<std::size_t, std::array<Asked, 2>> asked;  // by buyer; by life
  for (std::size_t i = 0; i < subset.rehearsed.visits.size(); ++i) {
    Visit& visit = subset.rehearsed.visits[i];
    const auto twin = twins.find({visit.intent, visit.visit});
    if (twin == twins.end()) continue;
    const Visit& other = *twin->second.first;
    if (visit.end == other.end && visit.plain == other.plain && visit.facts == other.facts)
      continue;
    auto& of = asked[buyer_of_[subset.sessions[visit.intent]]];
    of[0].visits.push_back(twin->second.first);
    of[0].numbers.push_back(twin->second.second);
    of[1].visits.push_back(&visit);
    of[1].numbers.push_back(subset.rehearsed_visits[i]);
  }
  if (asked.empty()) return;
  const Micros known[] = {control.known_until(now), rehearsed.known_until(now)};
  for (auto& [buyer, of] : asked) {
    const bool there = control.settle(of[0].visits, of[0].numbers, known[0]);
    const bool here = rehearsed.settle(of[1].visits, of[1].numbers, known[1]);
    if (there || here) doubtful_.insert(buyer);
  }
}

void Running::compare(const std::set<std::size_t>& buyers, const Oracle& control,
                      const Oracle& rehearsed, Micros now) {
  Subset subset;
  for (const std::size_t buyer : buyers) {
    doubtful_.erase(buyer);
    subset.sessions.insert(subset.sessions.end(), buyers_[buyer].begin(), buyers_[buyer].end());
  }
  std::sort(subset.sessions.begin(), subset.sessions.end());
  for (const std::uint32_t session : subset.sessions) {
    subset.intents.push_back(intents_[session]);
    for (const std::size_t v : control_.visits_of[session]) subset.control_visits.push_back(v);
    for (const std::size_t v : rehearsed_.visits_of[session]) subset.rehearsed_visits.push_back(v);
  }
  subset.control = part(subset, control, control_, now);
  subset.rehearsed = part(subset, rehearsed, rehearsed_, now);
  settle(subset, control, rehearsed, now);
  put(subset.sessions,
      pindah::compare(world_, scenario_, subset.intents, subset.control, subset.rehearsed));
}

void Running::forget(std::uint32_t intent) {
  noticers_.erase(intent);
  harms_.erase(intent);
  for (auto* set : {&exposed_, &annoyed_, &empty_handed_}) set->erase(intent);
}

void Running::take(const Comparison& whole) {
  std::vector<std::uint32_t> all(intents_.size());
  std::iota(all.begin(), all.end(), 0U);
  put(all, whole);
}

void Running::put(const std::vector<std::uint32_t>& sessions, const Comparison& comparison) {
  for (const std::uint32_t session : sessions) forget(session);
  for (Noticer noticer : comparison.noticers) {
    noticer.intent = sessions[noticer.intent];
    noticers_[noticer.intent] = std::move(noticer);
  }
  for (const Mark& mark : comparison.harms) harms_[sessions[mark.intent]] = mark.at;
  for (const Mark& mark : comparison.annoyances) annoyed_.insert(sessions[mark.intent]);
  for (const Mark& mark : comparison.empties) empty_handed_.insert(sessions[mark.intent]);
  for (std::size_t i = 0; i < comparison.is_exposed.size(); ++i)
    if (comparison.is_exposed[i]) exposed_.insert(sessions[i]);
  ++version_;
  const auto size = [](const auto& of) { return static_cast<std::int64_t>(of.size()); };
  counts_ = {size(noticers_), size(exposed_), size(annoyed_), size(empty_handed_), size(harms_)};
}

}  // namespace pindah
