#include "verdict/spillover.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

namespace pindah {
namespace {

Micros apart(Micros a, Micros b) { return Micros{std::abs(a.us - b.us)}; }

bool named_before(const StatusChange& a, const StatusChange& b) {
  return std::tie(a.promise, a.idem) < std::tie(b.promise, b.idem);
}

std::vector<StatusChange> by_promise(std::vector<StatusChange> all) {
  std::stable_sort(all.begin(), all.end(), named_before);
  return all;
}

std::span<const Sighting> sightings_of(const Record& record, const Visit& visit) {
  return std::span(record.sightings).subspan(visit.sightings_from, visit.sightings);
}

// By call: the period of the job that makes it; zero: no job does.
std::vector<Micros> periods(const World& world) {
  std::vector<Micros> every(world.calls.size());
  for (const Job& job : world.jobs)
    for (const PageStep& step : world.pages[static_cast<std::size_t>(job.each)].steps)
      if (step.call >= 0) {
        Micros& known = every[static_cast<std::size_t>(step.call)];
        known = std::max(known, job.every);
      }
  return every;
}

// From then on neither life does what it had still to do.
Micros jobs_stop(const Scenario& scenario, const Record& control, const Record& rehearsed) {
  const Micros settled = scenario.length + scenario.settle;
  const Micros ended = std::min(control.ended, rehearsed.ended);
  return settled > Micros{} ? std::min(settled, ended) : ended;
}

}  // namespace

Spillovers::Spillovers(const World& world, const Scenario& scenario,
                       const std::vector<Intent>& intents, const Record& control,
                       const Record& rehearsed)
    : world_(world),
      intents_(intents),
      control_(control),
      rehearsed_(rehearsed),
      jobs_stop_(jobs_stop(scenario, control, rehearsed)),
      every_(periods(world)) {}

const Spillovers::Written& Spillovers::written() const {
  if (written_) return *written_;
  written_.emplace();
  written_->control = by_promise(control_.statuses);
  written_->rehearsed = by_promise(rehearsed_.statuses);
  pair_writes(*written_);
  return *written_;
}

std::uint64_t Spillovers::person(std::uint32_t intent) const {
  const Intent& who = intents_[intent];
  return person(world_.personas[who.persona].who, who.home, who.who);
}

std::uint64_t Spillovers::person(PoolId pool, Side home, std::uint32_t who) {
  return static_cast<std::uint64_t>(pool) << 33 | static_cast<std::uint64_t>(index(home)) << 32 |
         who;
}

// The same write of both lives: the first, second … commit of one call under one key.
void Spillovers::pair_writes(Written& written) const {
  using Name = std::tuple<std::int64_t, CallId, int>;
  std::map<Name, Pair> pairs;
  for (const Record* life : {&control_, &rehearsed_}) {
    std::map<std::pair<std::int64_t, CallId>, int> times;
    for (const OwnWrite& write : life->writes) {
      Pair& pair = pairs[{write.idem, write.call, times[{write.idem, write.call}]++}];
      pair.idem = write.idem;
      pair.call = write.call;
      (life == &control_ ? pair.control : pair.rehearsed) = write.at;
    }
  }
  std::map<std::pair<std::int64_t, CallId>, std::set<std::uint64_t>> names;
  for (const Record* life : {&control_, &rehearsed_})
    for (const Naming& naming : life->namings)
      names[{naming.idem, naming.call}].insert(person(naming.pool, naming.home, naming.who));
  for (const auto& [name, pair] : pairs) {
    if (pair.idem > 0 && intent_of(pair.idem) < intents_.size())
      written.hers[person(intent_of(pair.idem))].push_back(pair);
    const auto named = names.find({pair.idem, pair.call});
    if (named == names.end()) continue;
    for (const std::uint64_t who : named->second) written.named[who].push_back(pair);
  }
  for (auto& [who, list] : written.hers)
    std::stable_sort(list.begin(), list.end(),
                     [](const Pair& a, const Pair& b) { return a.control < b.control; });
}

void Spillovers::lives_part(std::uint32_t intent, Micros at) {
  const auto [known, is_new] = parted_.emplace(person(intent), at);
  if (!is_new) known->second = std::min(known->second, at);
}

// The person who made what this key stands for lives otherwise by then.
bool Spillovers::parted(std::int64_t idem, Micros until) const {
  if (idem <= 0 || intent_of(idem) >= intents_.size()) return false;
  const auto it = parted_.find(person(intent_of(idem)));
  return it != parted_.end() && it->second <= until;
}

Micros Spillovers::every(CallId call) const {
  return call < 0 ? Micros{} : every_[static_cast<std::size_t>(call)];
}

std::span<const StatusChange> Spillovers::of(const std::vector<StatusChange>& all,
                                             PromiseId promise, std::int64_t idem) {
  StatusChange name;
  name.promise = static_cast<std::int8_t>(promise);
  name.idem = idem;
  const auto [from, until] = std::equal_range(all.begin(), all.end(), name, named_before);
  return {from, until};
}

// A change may come as much later as the one before it did, and where a job makes it, one of the
// job's turns more. Her own page, which is the first, comes whenever she opens it.
Spillovers::Course Spillovers::course(PromiseId promise, std::int64_t idem, Micros until,
                                      Micros* at) const {
  const auto control = of(written().control, promise, idem);
  const auto rehearsed = of(written().rehearsed, promise, idem);
  Micros gap;
  for (std::size_t i = 0; i < control.size() || i < rehearsed.size(); ++i) {
    const StatusChange* a = i < control.size() ? &control[i] : nullptr;
    const StatusChange* b = i < rehearsed.size() ? &rehearsed[i] : nullptr;
    if ((!a || a->at > until) && (!b || b->at > until)) return Course::alike;
    const Micros turn = std::max(every(a ? a->call : -1), every(b ? b->call : -1));
    const Micros allowed = gap + turn + world_.notice.over;
    if (at) *at = std::min(a ? a->at : kNever, b ? b->at : kNever) + allowed;
    if (!a || !b) {
      const Micros due = (a ? a->at : b->at) + allowed;
      return due >= jobs_stop_ ? Course::alike : Course::apart;
    }
    gap = apart(a->at, b->at);
    const bool in_time = gap <= allowed;
    if (a->rank != b->rank) return in_time ? Course::by_chance : Course::apart;
    const bool her_own_page = i == 0 && idem > 0;
    if (!in_time && !her_own_page) return Course::apart;
  }
  return Course::alike;
}

bool Spillovers::parted_by_chance(std::int64_t idem) const {
  for (std::size_t p = 0; p < world_.promises.size(); ++p)
    if (course(static_cast<PromiseId>(p), idem, kNever) == Course::by_chance) return true;
  return false;
}

bool Spillovers::had_no_time_left(const Message& message) const {
  Micros turn;
  for (const PageStep& step : world_.pages[static_cast<std::size_t>(message.page)].steps)
    turn = std::max(turn, every(step.call));
  return message.at + turn + turn + world_.notice.over >= jobs_stop_;
}

std::optional<Micros> Spillovers::stuck_at(PromiseId promise, std::int64_t idem) const {
  const bool made_in_both = !of(written().control, promise, idem).empty() &&
                            !of(written().rehearsed, promise, idem).empty();
  Micros at;
  if (!made_in_both || course(promise, idem, kNever, &at) != Course::apart) return {};
  return at;
}

std::vector<std::pair<PromiseId, std::int64_t>> Spillovers::promised_to(
    std::uint32_t intent) const {
  const std::vector<StatusChange>& known = written().control;
  std::vector<std::pair<PromiseId, std::int64_t>> all;
  for (std::size_t p = 0; p < world_.promises.size(); ++p) {
    StatusChange name;
    name.promise = static_cast<std::int8_t>(p);
    name.idem = idem_of(intent, 0);
    auto it = std::lower_bound(known.begin(), known.end(), name, named_before);
    for (; it != known.end() && it->promise == name.promise && intent_of(it->idem) == intent; ++it)
      if (all.empty() || all.back() != std::pair(static_cast<PromiseId>(p), it->idem))
        all.emplace_back(static_cast<PromiseId>(p), it->idem);
  }
  return all;
}

bool Spillovers::reads(PageId page, CallId call) const {
  const ServiceId service = world_.calls[static_cast<std::size_t>(call)].service;
  for (const PageStep& step : world_.pages[static_cast<std::size_t>(page)].steps)
    if (step.call >= 0 && world_.calls[static_cast<std::size_t>(step.call)].service == service)
      return true;
  return false;
}

// Written before the page in one life and after it in the other, for all that is known.
bool Spillovers::straddles(const Pair& write, const Window& window) const {
  if (write.control == kNever || write.rehearsed == kNever) return false;
  const Micros first = std::min(write.control, write.rehearsed);
  const Micros last = std::max(write.control, write.rehearsed);
  const Micros turn = every(write.call);
  return first <= window.until && last >= window.from &&
         last - first <= world_.notice.over + turn + turn;
}

// Two of her sessions wrote in another order.
bool Spillovers::overtaken(const std::vector<Pair>& writes, PageId page, Micros until) const {
  for (std::size_t i = 0; i < writes.size(); ++i)
    for (std::size_t j = i + 1; j < writes.size(); ++j) {
      const Pair &x = writes[i], &y = writes[j];
      if (x.control > until && x.rehearsed > until) continue;
      if (y.control == kNever || x.rehearsed == kNever || y.rehearsed == kNever) continue;
      const bool of_two_sessions = intent_of(x.idem) != intent_of(y.idem) &&
                                   every(x.call) == Micros{} && every(y.call) == Micros{};
      if (of_two_sessions && y.rehearsed < x.rehearsed && reads(page, x.call) &&
          reads(page, y.call))
        return true;
    }
  return false;
}

std::optional<SpilloverKind> Spillovers::of_writes(const Visit& visit, const Window& window) const {
  const std::uint64_t who = person(visit.intent);
  const std::int64_t own = visit.visit < kAuditVisit ? idem_of(visit.intent, visit.visit) : 0;
  if (const auto hers = written().hers.find(who); hers != written().hers.end()) {
    for (const Pair& write : hers->second)
      if (write.idem != own && reads(visit.page, write.call) && straddles(write, window))
        return SpilloverKind::timing;
    if (overtaken(hers->second, visit.page, window.until)) return SpilloverKind::timing;
  }
  const auto named = written().named.find(who);
  if (named == written().named.end()) return {};
  for (const Pair& write : named->second) {
    if (!reads(visit.page, write.call)) continue;
    if (straddles(write, window)) return SpilloverKind::timing;
    const bool by_then = std::min(write.control, write.rehearsed) <= window.until;
    if (by_then && parted(write.idem, window.until)) return SpilloverKind::goods;
  }
  return {};
}

std::optional<SpilloverKind> Spillovers::of_row(const Sighting& control, const Sighting& rehearsed,
                                                const Window& window) const {
  if (parted(control.witness, window.until)) return SpilloverKind::goods;
  if (control.rank == rehearsed.rank) return {};
  if (course(control.promise, control.witness, window.until) == Course::apart) return {};
  return SpilloverKind::timing;
}

// A row that the page of one life alone shows.
std::optional<SpilloverKind> Spillovers::of_missing_row(const Sighting& row,
                                                        const Window& window) const {
  const Promise& promise = world_.promises[static_cast<std::size_t>(row.promise)];
  if (!promise.keyed_by_idem || row.witness <= 0 || intent_of(row.witness) >= intents_.size())
    return {};
  if (parted(row.witness, window.until)) return SpilloverKind::goods;
  const auto hers = written().hers.find(person(intent_of(row.witness)));
  if (hers == written().hers.end()) return {};
  for (const Pair& write : hers->second)
    if (write.idem == row.witness && write.call == promise.made_by && straddles(write, window))
      return SpilloverKind::timing;
  return {};
}

std::optional<SpilloverKind> Spillovers::of_lists(const Visit& control, const Visit& rehearsed,
                                                  const Window& window) const {
  using Name = std::pair<std::int8_t, std::int64_t>;
  std::map<Name, std::pair<const Sighting*, const Sighting*>> rows;
  for (const Sighting& s : sightings_of(control_, control)) rows[{s.promise, s.witness}].first = &s;
  for (const Sighting& s : sightings_of(rehearsed_, rehearsed))
    rows[{s.promise, s.witness}].second = &s;
  std::optional<SpilloverKind> why, why_missing;
  bool missing = false;
  for (const auto& [name, row] : rows) {
    const auto& [a, b] = row;
    if (a && b && a->rank == b->rank && a->rest == b->rest) continue;
    const auto kind = a && b ? of_row(*a, *b, window) : of_missing_row(a ? *a : *b, window);
    if (a && b && !kind) return {};
    if (a && b) why = kind;
    missing = missing || !a || !b;
    if ((!a || !b) && kind) why_missing = kind;
  }
  // A list that shows the newest only shows one fewer of the others for each that came.
  if (missing && !why_missing) return {};
  return why_missing ? why_missing : why;
}

std::optional<SpilloverKind> Spillovers::of_page(const Visit& control,
                                                 const Visit& rehearsed) const {
  const Window window{std::min(Micros{control.intended_us}, Micros{rehearsed.intended_us}),
                      std::max(Micros{control.intended_us + control.latency_us},
                               Micros{rehearsed.intended_us + rehearsed.latency_us})};
  const bool answered = control.end == PageEnd::ok && rehearsed.end == PageEnd::ok;
  const bool both_true = control.truthful && rehearsed.truthful;
  if (!answered) {
    // Of goods alone there are facts that make a refusal true.
    if (both_true) return SpilloverKind::goods;
    const bool told_untruth = (control.end == PageEnd::ok && !control.truthful) ||
                              (rehearsed.end == PageEnd::ok && !rehearsed.truthful);
    return told_untruth ? std::nullopt : of_writes(control, window);
  }
  if (!both_true) return {};
  if (control.plain == rehearsed.plain && control.facts == rehearsed.facts)
    return SpilloverKind::goods;
  if (control.plain == rehearsed.plain)
    if (const auto kind = of_lists(control, rehearsed, window)) return kind;
  return of_writes(control, window);
}

}  // namespace pindah
