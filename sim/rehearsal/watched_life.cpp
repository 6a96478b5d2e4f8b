#include "rehearsal/watched_life.h"

#include <algorithm>

#include "base/archive.h"

namespace pindah {

WatchedLife::WatchedLife(const LifeInputs& inputs, Life life, Populated* last, bool keep_pages)
    : inputs_(inputs),
      life_(life),
      keeps_pages_(keep_pages),
      oracle_(std::make_unique<Oracle>(inputs)),
      universe_(last ? std::make_unique<Universe>(inputs, life, *oracle_, std::move(*last))
                     : std::make_unique<Universe>(inputs, life, *oracle_)) {
  const PerSide<Database*> databases = set_out();
  oracle_->watch(databases);
  next_stride_ = std::min(stride_, universe_->end());
  if (keeps_pages_) look_at_dials();
  look_at_compliance({});
}

WatchedLife::WatchedLife(const LifeInputs& inputs, Life life, const PerSide<std::string>& images,
                         std::string_view state, LifePast past)
    : inputs_(inputs), life_(life), oracle_(std::make_unique<Oracle>(inputs)) {
  ArchiveReader reader(state);
  std::string of_universe;
  reader(of_universe);
  universe_ = std::make_unique<Universe>(inputs, life, *oracle_, images, of_universe,
                                         std::move(past.custody));
  gauges_ = std::move(past.gauges);
  oracle_->watch_again(set_out(), std::move(past.oracle));
  archive(reader);
  told_ = so_far().plan.size();
  ensure(reader.done(), "a keyframe goes on after its end");
}

PerSide<Database*> WatchedLife::set_out() {
  constexpr std::int64_t kDials = 2000;
  look_every_ = std::max(seconds(10), Micros{universe_->end().us / kDials});
  stride_ = keeps_pages_ ? std::min(minutes(1), look_every_) : minutes(1);
  const PerSide<Database*> databases{&universe_->database(Side::source),
                                     &universe_->database(Side::target)};
  if (keeps_pages_) oracle_->keep_pages();
  if (inputs_.world.compliance && life_ == Life::rehearsed)
    scorecard_ = std::make_unique<Scorecard>(inputs_.world, inputs_.constants, databases);
  return databases;
}

LifePast WatchedLife::release() {
  return {oracle_->release(), universe_->release_custody(), std::move(gauges_)};
}

std::string WatchedLife::keyframe() {
  oracle_->mark();
  ArchiveWriter writer;
  writer(universe_->state());
  archive(writer);
  return writer.take();
}

WatchedLife::~WatchedLife() {
  scorecard_.reset();
  universe_.reset();
}

bool WatchedLife::run_until(Micros instant, const std::atomic<bool>* stop) {
  while (next_stride_ <= instant) {
    if (!live_until(next_stride_, stop)) return false;
    look(next_stride_);
    const Micros end = universe_->end();
    next_stride_ = next_stride_ < end ? std::min(next_stride_ + stride_, end) : kNever;
  }
  return live_until(instant, stop);
}

// Owners, fences, links and streams change only with what is told: a look at each of its instants,
// after all that happens then, knows them exactly.
bool WatchedLife::live_until(Micros instant, const std::atomic<bool>* stop) {
  if (!keeps_pages_ || life_ == Life::control) return universe_->run_until(instant, stop);
  while (universe_->next_event() <= instant) {
    if (!universe_->run_until(universe_->next_event(), stop)) return false;
    if (so_far().plan.size() != told_) look_at_dials();
  }
  return universe_->run_until(instant, stop);
}

void WatchedLife::look_at_dials() {
  told_ = so_far().plan.size();
  if (!gauges_.empty() && gauges_.back().at == universe_->now()) gauges_.pop_back();
  gauges_.push_back(universe_->gauges());
}

void WatchedLife::look(Micros now) {
  if (now.us % minutes(1).us == 0 || now == universe_->end()) look_at_compliance(now);
  if (!keeps_pages_ || now < next_dials_) return;
  next_dials_ = now + look_every_;
  look_at_dials();
}

// At whole minutes: whenever a service or the shop's name has changed hands, some forty times
// besides (its queries read whole tables), and at the end.
void WatchedLife::look_at_compliance(Micros now) {
  constexpr std::int64_t kLooks = 36;
  if (!scorecard_) return;
  std::vector<Side> owners;
  for (std::size_t s = 0; s < inputs_.world.services.size(); ++s)
    owners.push_back(universe_->owner(static_cast<ServiceId>(s)));
  const Routing routing{std::move(owners), universe_->front()};
  const Micros end = universe_->end();
  if (routing == routing_ && now < next_look_ && now < end) return;
  routing_ = routing;
  next_look_ = now + minutes(std::max<std::int64_t>(1, end.us / kLooks / minutes(1).us));
  ++looks_;
  ComplianceSample sample = scorecard_->look(now, inputs_.scenario.starts_us + now.us, routing_);
  if (compliance_.empty() || compliance_.back().met_ppm != sample.met_ppm)
    compliance_.push_back(std::move(sample));
}

void WatchedLife::amended() {
  universe_->amended();
  oracle_->amended();
}

Record WatchedLife::part() const {
  Record part = oracle_->part(universe_->now());
  part.ended = universe_->now();
  part.digest = universe_->digest();
  part.unfinished = universe_->unfinished_steps();
  part.met = universe_->met_steps();
  part.compliance = compliance_;
  part.compliance_looks = looks_;
  part.gauges = gauges_;
  part.gauges_every = look_every_;
  return part;
}

Ending WatchedLife::ending(bool interrupted) {
  Ending ending;
  ending.databases = {&universe_->database(Side::source), &universe_->database(Side::target)};
  for (std::size_t s = 0; s < inputs_.world.services.size(); ++s)
    ending.owners.push_back(universe_->owner(static_cast<ServiceId>(s)));
  for (std::size_t s = 0; s < inputs_.world.services.size(); ++s)
    ending.shares.push_back(universe_->shared_out(static_cast<ServiceId>(s)));
  ending.entries = &universe_->ledger_entries();
  ending.custody = &universe_->custody();
  ending.ended = universe_->now();
  ending.open_work = universe_->open_work();
  ending.digest = universe_->digest();
  ending.unfinished = universe_->unfinished_steps();
  ending.met = universe_->met_steps();
  ending.statements = universe_->statements();
  ending.interrupted = interrupted;
  return ending;
}

// Throws Defect where it does not agree with itself.
void WatchedLife::check() const {
  Accounts accounts = universe_->accounts();
  oracle_->account(accounts, universe_->told());
  settle(accounts, universe_->now());
  oracle_->check_outages(universe_->still_closed());
}

Record WatchedLife::finish(bool interrupted) {
  check();
  Record record = oracle_->finish(ending(interrupted));
  record.compliance = std::move(compliance_);
  record.compliance_looks = looks_;
  record.gauges = std::move(gauges_);
  record.gauges_every = look_every_;
  return record;
}

}  // namespace pindah
