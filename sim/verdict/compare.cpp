#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "oracle/affected.h"
#include "verdict/aftermath.h"
#include "verdict/cause.h"
#include "verdict/cohorts.h"
#include "verdict/pairing.h"
#include "verdict/verdict.h"

namespace pindah {
namespace {

class Comparing {
 public:
  Comparing(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
            const Record& control, const Record& rehearsed, Inquest* inquest)
      : world_(world),
        intents_(intents),
        control_(control),
        rehearsed_(rehearsed),
        affected_(world, scenario),
        causes_(world, scenario, intents, control, rehearsed, inquest),
        spillovers_(world, scenario, intents, control, rehearsed),
        pairing_(world, spillovers_, control.part() || rehearsed.part()),
        control_visits_(control, intents.size()),
        rehearsed_visits_(rehearsed, intents.size()),
        more_messages_(messages_beyond(rehearsed, control, intents.size())),
        fewer_messages_(messages_beyond(control, rehearsed, intents.size())),
        counted_(intents.size(), false),
        watched_(intents.size(), false) {
    first_step_ = Timeline(scenario, rehearsed.plan).first_step();
    if (affected_.everything()) first_step_ = {};
    result_.is_exposed.assign(intents.size(), false);
    result_.exposed_at.assign(intents.size(), kNever);
  }

  Comparison run() {
    own_cases();
    // What the pages of others show follows from what became of those to whom it was promised.
    const auto buyers = by_buyer(world_, intents_);
    for (const bool promised : {true, false})
      for (const auto& sessions : buyers)
        if (is_promised(sessions.front()) == promised) buyer(sessions);
    harms();
    expose();
    sort_marks();
    count();
    count_cohorts(world_, intents_, control_, rehearsed_, result_);
    try_noticing(world_.notice, spillovers_);
    return std::move(result_);
  }

 private:
  std::vector<Happening> happenings(const std::vector<std::uint32_t>& sessions) const;
  void add_happenings(std::uint32_t intent, std::vector<Happening>& happenings) const;
  void buyer(const std::vector<std::uint32_t>& sessions);
  bool is_promised(std::uint32_t intent) const;
  void after(const Walk& walk, const std::vector<std::uint32_t>& sessions);
  std::optional<Noticer> noticed_after(const Spilled& spilled,
                                       const std::vector<std::uint32_t>& sessions) const;
  std::optional<Noticer> failure_after(std::uint32_t intent, const Spilled& spilled) const;
  std::optional<Noticer> harm_after(std::uint32_t intent, const Spilled& spilled) const;
  void add_noticer(Noticer noticer);
  void own_cases();
  void harms();
  void expose();
  void sort_marks();
  void count();

  const World& world_;
  const std::vector<Intent>& intents_;
  const Record& control_;
  const Record& rehearsed_;
  Affected affected_;
  Causes causes_;
  Spillovers spillovers_;
  Pairing pairing_;
  VisitsByIntent control_visits_, rehearsed_visits_;
  std::vector<std::vector<const Message*>> more_messages_, fewer_messages_;
  std::map<std::uint32_t, const AnomalyCase*> first_case_;  // that the control did not have
  std::vector<bool> counted_;  // by intent: compared, not begun after a first difference
  std::vector<bool> watched_;  // by intent: compared, or begun after a spillover
  Micros first_step_;
  Comparison result_;
};

// Visits of the same number side by side.
void Comparing::add_happenings(std::uint32_t intent, std::vector<Happening>& happenings) const {
  const auto control = control_visits_.of(intent);
  const auto rehearsed = rehearsed_visits_.of(intent);
  std::size_t c = 0, r = 0;
  while (c < control.size() || r < rehearsed.size()) {
    const bool take_c =
        r == rehearsed.size() || (c < control.size() && control[c]->visit <= rehearsed[r]->visit);
    const bool take_r =
        c == control.size() || (r < rehearsed.size() && rehearsed[r]->visit <= control[c]->visit);
    Happening happening;
    happening.intent = intent;
    happening.at = kNever;
    if (take_c) happening.control = control[c++];
    if (take_r) happening.rehearsed = rehearsed[r++];
    for (const Visit* v : {happening.control, happening.rehearsed}) {
      if (!v) continue;
      happening.at = std::min(happening.at, Micros{v->intended_us});
      happening.visit = v->visit;
    }
    happenings.push_back(happening);
  }
  for (const Message* m : more_messages_[intent])
    happenings.push_back({m->at, intent, UINT32_MAX, nullptr, nullptr, m, false});
  for (const Message* m : fewer_messages_[intent])
    happenings.push_back({m->at, intent, UINT32_MAX, nullptr, nullptr, m, true});
}

std::vector<Happening> Comparing::happenings(const std::vector<std::uint32_t>& sessions) const {
  std::vector<Happening> happenings;
  for (const std::uint32_t intent : sessions) add_happenings(intent, happenings);
  std::stable_sort(happenings.begin(), happenings.end(),
                   [](const Happening& a, const Happening& b) {
                     return std::tie(a.at, a.intent, a.visit) < std::tie(b.at, b.intent, b.visit);
                   });
  return happenings;
}

void Comparing::buyer(const std::vector<std::uint32_t>& sessions) {
  const std::vector<Happening> all = happenings(sessions);
  const Walk walk = pairing_.walk(all);
  for (const Happening& happening : all) {
    if (happening.at > walk.ended) break;
    if (!happening.message) counted_[happening.intent] = true;
  }
  result_.masks.insert(result_.masks.end(), walk.masks.begin(), walk.masks.end());
  for (const std::uint32_t intent : sessions) {
    const bool lived = control_visits_.any(intent) || rehearsed_visits_.any(intent);
    result_.shoppers += lived ? 1 : 0;
    result_.paired += counted_[intent] ? 1 : 0;
    watched_[intent] = counted_[intent] || walk.spillover;
  }
  if (walk.ended != kNever) spillovers_.lives_part(sessions.front(), walk.ended);
  after(walk, sessions);
}

bool Comparing::is_promised(std::uint32_t intent) const {
  const PoolId pool = world_.personas[intents_[intent].persona].who;
  const SlotId name = world_.pools.empty() ? -1 : world_.pools[static_cast<std::size_t>(pool)].slot;
  return std::any_of(world_.promises.begin(), world_.promises.end(),
                     [name](const Promise& promise) { return promise.belongs_to == name; });
}

void Comparing::after(const Walk& walk, const std::vector<std::uint32_t>& sessions) {
  if (walk.noticer) return add_noticer(*walk.noticer);
  if (!walk.spillover) return;
  if (auto noticer = noticed_after(*walk.spillover, sessions)) return add_noticer(*noticer);
  result_.spilled.push_back(*walk.spillover);
}

void Comparing::add_noticer(Noticer noticer) {
  const std::uint32_t intent = noticer.intent;
  const auto visits = rehearsed_visits_.of(intent);
  const auto same = [&](const std::vector<const Visit*>& list) -> const Visit* {
    for (const Visit* v : list)
      if (v->visit == noticer.visit && noticer.difference != Difference::message) return v;
    return nullptr;
  };
  causes_.explain(noticer, same(control_visits_.of(intent)), same(visits));
  Micros annoyed = annoyed_at(world_.notice, visits, noticer.at, 1);
  noticer.empty_handed = (control_.holds[intent] & ~rehearsed_.holds[intent]) != 0;
  if (noticer.empty_handed) {
    Micros left = noticer.replied;
    for (const Visit* v : visits)
      if (!v->audit) left = std::max(left, Micros{v->intended_us + v->latency_us});
    result_.empties.push_back({intent, left});
    annoyed = std::min(annoyed, left);
  }
  noticer.annoyed = annoyed != kNever;
  if (noticer.annoyed) result_.annoyances.push_back({intent, annoyed});
  result_.noticers.push_back(std::move(noticer));
}

// Her twin is no measure any more; what the migration does to her still is.
std::optional<Noticer> Comparing::noticed_after(const Spilled& spilled,
                                                const std::vector<std::uint32_t>& sessions) const {
  std::optional<Noticer> first;
  for (const std::uint32_t intent : sessions)
    for (auto& noticer : {failure_after(intent, spilled), harm_after(intent, spilled)})
      if (noticer && (!first || noticer->at < first->at)) first = noticer;
  return first;
}

std::optional<Noticer> Comparing::failure_after(std::uint32_t intent,
                                                const Spilled& spilled) const {
  for (const Visit* v : rehearsed_visits_.of(intent)) {
    const bool later =
        v->intended_us >= spilled.at.us && (intent != spilled.intent || v->visit != spilled.visit);
    if (!later || !troubled_by_migration(*v)) continue;
    Happening happening{{v->intended_us}, intent, v->visit, nullptr, v, nullptr, false};
    if (v->logged_out) return noticer_of(happening, Difference::logged_out);
    return noticer_of(happening,
                      v->end == PageEnd::timed_out ? Difference::timed_out : Difference::failed);
  }
  return {};
}

// An anomaly of hers, or something promised to both of her lives that came to nothing in this one.
std::optional<Noticer> Comparing::harm_after(std::uint32_t intent, const Spilled& spilled) const {
  Micros at = kNever;
  if (const auto harm = first_case_.find(intent); harm != first_case_.end()) at = harm->second->at;
  for (const auto& [promise, idem] : spillovers_.promised_to(intent))
    if (const auto stuck = spillovers_.stuck_at(promise, idem)) at = std::min(at, *stuck);
  if (at == kNever) return {};
  at = std::max(at, spilled.at);
  const Visit* seen = nullptr;  // on the page that she had open then, or opened last
  for (const Visit* v : rehearsed_visits_.of(intent))
    if (!seen || v->intended_us <= at.us) seen = v;
  if (!seen) return {};
  Noticer noticer =
      noticer_of({at, intent, seen->visit, nullptr, seen, nullptr, false}, Difference::shown);
  noticer.at = std::max(noticer.at, spilled.at);
  noticer.replied = std::max(noticer.replied, noticer.at);
  return noticer;
}

// By session the first anomaly that the control did not have as well.
void Comparing::own_cases() {
  using Name = std::tuple<int, std::uint32_t, std::int64_t, std::string>;
  const auto name = [](const AnomalyCase& c) {
    return Name{c.anomaly, c.intent, c.witness, c.thing};
  };
  std::set<Name> weather;
  for (const AnomalyCase& c : control_.cases) weather.insert(name(c));
  for (const AnomalyCase& c : rehearsed_.cases) {
    if (c.intent == UINT32_MAX || weather.count(name(c))) continue;
    const AnomalyCase*& known = first_case_[c.intent];
    if (!known || c.at < known->at) known = &c;
  }
}

void Comparing::harms() {
  for (const auto& [intent, c] : first_case_) result_.harms.push_back({intent, c->at});
  for (Noticer& noticer : result_.noticers) {
    const auto it = first_case_.find(noticer.intent);
    if (it == first_case_.end()) continue;
    noticer.harmed = true;
    noticer.harmed_at = it->second->at;
    noticer.harm = it->second->detail;
    noticer.harm_culprit = it->second->culprit;
    noticer.harm_how = it->second->how;
  }
}

void Comparing::expose() {
  const auto mark = [&](std::uint32_t intent, Micros at) {
    result_.is_exposed[intent] = true;
    result_.exposed_at[intent] = std::min(result_.exposed_at[intent], at);
  };
  for (const Visit& v : rehearsed_.visits) {
    const bool met = v.intended_us + v.latency_us >= first_step_.us || affected_.everything();
    if (!watched_[v.intent] || !met) continue;
    if (affected_.everything() || affected_.page(v.page))
      mark(v.intent, std::max(first_step_, Micros{v.intended_us}));
  }
  // Whoever noticed was within the plan's reach, whatever she had asked for.
  for (const Noticer& n : result_.noticers) mark(n.intent, n.at);
}

void Comparing::sort_marks() {
  std::sort(result_.noticers.begin(), result_.noticers.end(),
            [](const Noticer& a, const Noticer& b) {
              return std::tie(a.at, a.intent) < std::tie(b.at, b.intent);
            });
  std::sort(result_.spilled.begin(), result_.spilled.end(), [](const Spilled& a, const Spilled& b) {
    return std::tie(a.at, a.intent) < std::tie(b.at, b.intent);
  });
  for (auto* marks : {&result_.masks, &result_.annoyances, &result_.empties, &result_.harms})
    std::sort(marks->begin(), marks->end(), [](const Mark& a, const Mark& b) {
      return std::tie(a.at, a.intent) < std::tie(b.at, b.intent);
    });
}

void Comparing::count() {
  const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  result_.exposed = std::count(result_.is_exposed.begin(), result_.is_exposed.end(), true);
  result_.spillover = size(result_.spilled);
  for (const Spilled& spilled : result_.spilled)
    ++result_.spillover_by_kind[static_cast<std::size_t>(spilled.kind)];
  result_.masked = size(result_.masks);
  result_.annoyed = size(result_.annoyances);
  result_.empty_handed = size(result_.empties);
  result_.harmed = size(result_.harms);
}

}  // namespace

Comparison compare(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
                   const Record& control, const Record& rehearsed, Inquest* inquest) {
  return Comparing(world, scenario, intents, control, rehearsed, inquest).run();
}

}  // namespace pindah
