#include "rehearsal/life.h"

#include <algorithm>

#include "base/archive.h"

namespace pindah {

LivedLife::LivedLife(const Premises& premises, Life life, Populated* last, bool keep_pages)
    : premises_(premises),
      life_(life),
      keeps_pages_(keep_pages),
      oracle_(std::make_unique<Oracle>(premises)),
      universe_(last ? std::make_unique<Universe>(premises, life, *oracle_, std::move(*last))
                     : std::make_unique<Universe>(premises, life, *oracle_)) {
  const PerSide<Database*> databases = set_out();
  oracle_->watch(databases);
  next_stride_ = std::min(stride_, universe_->end());
  look_at_compliance({});
}

LivedLife::LivedLife(const Premises& premises, Life life, const PerSide<std::string>& images,
                     std::string_view state, LifePast past)
    : premises_(premises), life_(life), oracle_(std::make_unique<Oracle>(premises)) {
  ArchiveReader reader(state);
  std::string of_universe;
  reader(of_universe);
  universe_ = std::make_unique<Universe>(premises, life, *oracle_, images, of_universe,
                                         std::move(past.custody));
  gauges_ = std::move(past.gauges);
  oracle_->watch_again(set_out(), std::move(past.oracle));
  archive(reader);
  ensure(reader.done(), "a keyframe goes on after its end");
}

PerSide<Database*> LivedLife::set_out() {
  constexpr std::int64_t kDials = 2000;
  look_every_ = std::max(seconds(10), Micros{universe_->end().us / kDials});
  stride_ = keeps_pages_ ? std::min(minutes(1), look_every_) : minutes(1);
  const PerSide<Database*> databases{&universe_->database(Side::source),
                                     &universe_->database(Side::target)};
  if (keeps_pages_) oracle_->keep_pages();
  if (premises_.world.compliance && life_ == Life::rehearsed)
    scorecard_ = std::make_unique<Scorecard>(premises_.world, premises_.constants, databases);
  return databases;
}

LifePast LivedLife::release() {
  return {oracle_->release(), universe_->release_custody(), std::move(gauges_)};
}

std::string LivedLife::keyframe() {
  oracle_->mark();
  ArchiveWriter writer;
  writer(universe_->state());
  archive(writer);
  return writer.take();
}

LivedLife::~LivedLife() {
  scorecard_.reset();
  universe_.reset();
}

bool LivedLife::run_until(Micros instant, const std::atomic<bool>* stop) {
  while (next_stride_ <= instant) {
    if (!universe_->run_until(next_stride_, stop)) return false;
    look(next_stride_);
    const Micros end = universe_->end();
    next_stride_ = next_stride_ < end ? std::min(next_stride_ + stride_, end) : kNever;
  }
  return universe_->run_until(instant, stop);
}

void LivedLife::look(Micros now) {
  if (now.us % minutes(1).us == 0 || now == universe_->end()) look_at_compliance(now);
  if (keeps_pages_ && (gauges_.empty() || gauges_.back().at + look_every_ <= now))
    gauges_.push_back(universe_->gauges());
}

// At whole minutes: whenever a service or the shop's name has changed hands, some forty times
// besides (its queries read whole tables), and at the end.
void LivedLife::look_at_compliance(Micros now) {
  constexpr std::int64_t kLooks = 36;
  if (!scorecard_) return;
  std::vector<Side> owners;
  for (std::size_t s = 0; s < premises_.world.services.size(); ++s)
    owners.push_back(universe_->owner(static_cast<ServiceId>(s)));
  const Routing routing{std::move(owners), universe_->front()};
  const Micros end = universe_->end();
  if (routing == routing_ && now < next_look_ && now < end) return;
  routing_ = routing;
  next_look_ = now + minutes(std::max<std::int64_t>(1, end.us / kLooks / minutes(1).us));
  ++looks_;
  ComplianceSample sample = scorecard_->look(now, premises_.scenario.starts_us + now.us, routing_);
  if (compliance_.empty() || compliance_.back().met_ppm != sample.met_ppm)
    compliance_.push_back(std::move(sample));
}

void LivedLife::amended() {
  universe_->amended();
  oracle_->amended();
}

Record LivedLife::part() const {
  Record part = oracle_->part(universe_->now());
  part.ended = universe_->now();
  part.digest = universe_->digest();
  part.unfinished = universe_->unfinished_steps();
  part.compliance = compliance_;
  part.compliance_looks = looks_;
  part.gauges = gauges_;
  return part;
}

Ending LivedLife::ending(bool interrupted) {
  Ending ending;
  ending.databases = {&universe_->database(Side::source), &universe_->database(Side::target)};
  for (std::size_t s = 0; s < premises_.world.services.size(); ++s)
    ending.owners.push_back(universe_->owner(static_cast<ServiceId>(s)));
  ending.entries = &universe_->ledger_entries();
  ending.custody = &universe_->custody();
  ending.ended = universe_->now();
  ending.open_work = universe_->open_work();
  ending.digest = universe_->digest();
  ending.unfinished = universe_->unfinished_steps();
  ending.statements = universe_->statements();
  ending.interrupted = interrupted;
  return ending;
}

Record LivedLife::finish(bool interrupted) {
  Record record = oracle_->finish(ending(interrupted));
  record.compliance = std::move(compliance_);
  record.compliance_looks = looks_;
  record.gauges = std::move(gauges_);
  return record;
}

}  // namespace pindah
