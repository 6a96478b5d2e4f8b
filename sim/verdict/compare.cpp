#include <algorithm>
#include <set>
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
            const Record& control, const Record& rehearsed)
      : world_(world),
        intents_(intents),
        control_(control),
        rehearsed_(rehearsed),
        affected_(world, scenario),
        causes_(world, scenario, rehearsed),
        pairing_(world, control.interrupted || rehearsed.interrupted),
        control_visits_(control, intents.size()),
        rehearsed_visits_(rehearsed, intents.size()),
        messages_(extra_messages(control, rehearsed, intents.size())),
        counted_(intents.size(), false) {
    first_step_ = Timeline(scenario, rehearsed.plan).first_step();
    if (affected_.everything()) first_step_ = {};
    result_.is_exposed.assign(intents.size(), false);
    result_.exposed_at.assign(intents.size(), kNever);
  }

  Comparison run() {
    for (const auto& sessions : by_buyer(world_, intents_)) buyer(sessions);
    harms();
    expose();
    sort_marks();
    count();
    count_cohorts(world_, intents_, control_, rehearsed_, result_);
    return std::move(result_);
  }

 private:
  std::vector<Happening> happenings(const std::vector<std::uint32_t>& sessions) const;
  void add_happenings(std::uint32_t intent, std::vector<Happening>& happenings) const;
  void buyer(const std::vector<std::uint32_t>& sessions);
  void after(const Walk& walk);
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
  Pairing pairing_;
  VisitsByIntent control_visits_, rehearsed_visits_;
  std::vector<std::vector<const Message*>> messages_;
  std::vector<bool> counted_;  // by intent: compared, not begun after a first difference
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
  for (const Message* m : messages_[intent])
    happenings.push_back({m->at, intent, UINT32_MAX, nullptr, nullptr, m});
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
  }
  after(walk);
}

void Comparing::after(const Walk& walk) {
  if (!walk.noticer && !walk.spillover) return;
  const std::uint32_t intent = walk.noticer ? walk.noticer->intent : walk.spillover->intent;
  const auto visits = rehearsed_visits_.of(intent);
  const Micros annoyed =
      annoyed_at(world_.notice, visits, walk.ended, walk.noticer.has_value() ? 1 : 0);
  if (annoyed != kNever) result_.annoyances.push_back({intent, annoyed});
  if (walk.spillover) {
    result_.spilled.push_back(*walk.spillover);
    return;
  }
  Noticer noticer = *walk.noticer;
  causes_.explain(noticer);
  noticer.annoyed = annoyed != kNever;
  noticer.empty_handed = (control_.holds[intent] & ~rehearsed_.holds[intent]) != 0;
  if (noticer.empty_handed) {
    Micros left = noticer.replied;
    for (const Visit* v : visits)
      if (!v->audit) left = std::max(left, Micros{v->intended_us + v->latency_us});
    result_.empties.push_back({intent, left});
  }
  result_.noticers.push_back(std::move(noticer));
}

// The first anomaly of each session that the control did not have as well.
void Comparing::harms() {
  std::set<std::tuple<int, std::uint32_t, std::int64_t>> weather;
  for (const AnomalyCase& c : control_.cases) weather.emplace(c.anomaly, c.intent, c.witness);
  std::map<std::uint32_t, const AnomalyCase*> first;
  for (const AnomalyCase& c : rehearsed_.cases) {
    if (c.intent == UINT32_MAX || weather.count({c.anomaly, c.intent, c.witness})) continue;
    const AnomalyCase*& known = first[c.intent];
    if (!known || c.at < known->at) known = &c;
  }
  for (const auto& [intent, c] : first) result_.harms.push_back({intent, c->at});
  for (Noticer& noticer : result_.noticers) {
    const auto it = first.find(noticer.intent);
    if (it == first.end()) continue;
    noticer.harmed = true;
    noticer.harmed_at = it->second->at;
    noticer.harm = it->second->detail;
    if (!it->second->culprit.empty()) noticer.harm += "; " + it->second->culprit;
  }
}

void Comparing::expose() {
  const auto mark = [&](std::uint32_t intent, Micros at) {
    result_.is_exposed[intent] = true;
    result_.exposed_at[intent] = std::min(result_.exposed_at[intent], at);
  };
  for (const Visit& v : rehearsed_.visits) {
    const bool met = v.intended_us + v.latency_us >= first_step_.us || affected_.everything();
    if (!counted_[v.intent] || !met) continue;
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
  for (auto* marks :
       {&result_.spilled, &result_.masks, &result_.annoyances, &result_.empties, &result_.harms})
    std::sort(marks->begin(), marks->end(), [](const Mark& a, const Mark& b) {
      return std::tie(a.at, a.intent) < std::tie(b.at, b.intent);
    });
}

void Comparing::count() {
  const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  result_.exposed = std::count(result_.is_exposed.begin(), result_.is_exposed.end(), true);
  result_.spillover = size(result_.spilled);
  result_.masked = size(result_.masks);
  result_.annoyed = size(result_.annoyances);
  result_.empty_handed = size(result_.empties);
  result_.harmed = size(result_.harms);
}

}  // namespace

Comparison compare(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
                   const Record& control, const Record& rehearsed) {
  return Comparing(world, scenario, intents, control, rehearsed).run();
}

}  // namespace pindah
