#include "gui/deck/recorder.h"

#include <algorithm>
#include <utility>

#include "verdict/difference.h"

namespace pindah::gui {
namespace {

constexpr std::int64_t kWindows = 1200;  // while shoppers arrive
// A percentile of a handful of pages is the slowest of them: latencies are taken over more time.
constexpr std::int64_t kLatencyWindows = 6;

std::vector<std::string> names_of(const World& world) {
  std::vector<std::string> names{kPagesSource, kPagesTarget, kP50,    kP99,
                                 kP99Control,  kLag,         kBacklog};
  for (const Page& page : world.pages) names.push_back(kFailures + page.name);
  return names;
}

Micros replied(const Visit& visit) { return {visit.intended_us + visit.latency_us}; }

}  // namespace

Recorder::Recorder(const World& world, const Flight& flight)
    : world_(world),
      flight_(flight),
      length_(std::max(seconds(1), Micros{flight.scenario().length.us / kWindows})),
      tracks_(std::make_shared<Tracks>(names_of(world))) {}

void Recorder::append(const std::string& name, std::int64_t at_us, double value) {
  if (Pyramid* samples = tracks_->find(name)) samples->append({at_us, static_cast<float>(value)});
}

template <class See>
void Recorder::of_late(Life life, Micros by, See see) const {
  const std::vector<Visit>& visits = flight_.so_far(life).visits;
  const Micros since = flight_.now() - by;
  // They stand in the order of their ends.
  for (auto visit = visits.rbegin(); visit != visits.rend() && replied(*visit) > since; ++visit)
    if (!visit->audit) see(*visit);
}

std::optional<double> Recorder::p99_us(Life life) const {
  Histogram latency;
  of_late(life, length_ * kLatencyWindows,
          [&](const Visit& visit) { latency.add({visit.latency_us}); });
  if (latency.count() == 0) return {};
  return static_cast<double>(latency.percentile(990'000).us);
}

PerSide<double> Recorder::pages_per_second() const {
  const Micros by = std::min(length_, flight_.now());
  PerSide<double> pages{};
  if (by.us == 0) return pages;
  of_late(Life::rehearsed, by, [&](const Visit& visit) { ++pages[visit.on_target ? 1 : 0]; });
  for (double& count : pages) count *= 1e6 / static_cast<double>(by.us);
  return pages;
}

void Recorder::visits(Life life, Micros until) {
  const Record& record = flight_.so_far(life);
  std::size_t& next = read_[static_cast<std::size_t>(life)];
  for (; next < record.visits.size() && replied(record.visits[next]) < until; ++next) {
    const Visit& visit = record.visits[next];
    if (visit.audit) continue;
    latency_[static_cast<std::size_t>(life)].add({visit.latency_us});
    if (life == Life::control) continue;
    ++window_.pages[visit.on_target ? 1 : 0];
    if (failed(visit)) ++window_.failed[visit.page];
  }
}

void Recorder::close() {
  went_on_ = true;
  const std::int64_t at_us = (length_ * (window_.number + 1)).us;
  const double a_second = 1e6 / static_cast<double>(length_.us);
  for (const Side side : {Side::source, Side::target}) {
    const double pages = static_cast<double>(window_.pages[index(side)]) * a_second;
    append(side == Side::source ? kPagesSource : kPagesTarget, at_us, pages);
  }
  if ((window_.number + 1) % kLatencyWindows == 0) close_latency(at_us);
  for (const auto& [page, count] : window_.failed) failing_[page] = true;
  for (auto& [page, is] : failing_) {
    if (!is) continue;
    const std::int64_t count = window_.failed.count(page) ? window_.failed[page] : 0;
    const std::string name = kFailures + world_.pages[static_cast<std::size_t>(page)].name;
    const Pyramid* samples = tracks_->find(name);
    const std::int64_t before = at_us - length_.us;
    if (count > 0 && (samples->size() == 0 || (*samples)[samples->size() - 1].at_us < before))
      append(name, before, 0);
    append(name, at_us, static_cast<double>(count));
    is = count > 0;
  }
  window_ = {window_.number + 1, {}, {}};
}

void Recorder::close_latency(std::int64_t at_us) {
  for (const Life life : {Life::control, Life::rehearsed}) {
    const auto which = static_cast<std::size_t>(life);
    Histogram& latency = latency_[which];
    if (latency.count() == 0) continue;
    append(life == Life::control ? kP99Control : kP99, at_us,
           static_cast<double>(latency.percentile(990'000).us));
    if (life == Life::rehearsed)
      append(kP50, at_us, static_cast<double>(latency.percentile(500'000).us));
    latency.clear();
  }
}

void Recorder::dials() {
  const Gauges gauges = flight_.life(Life::rehearsed).gauges();
  std::int64_t lag = 0, backlog = 0;
  for (const ServiceGauges& service : gauges.services) {
    lag = std::max(lag, service.lag.us);
    backlog += service.backlog;
  }
  append(kLag, flight_.now().us, static_cast<double>(lag));
  append(kBacklog, flight_.now().us, static_cast<double>(backlog));
  dials_read_ = flight_.now();
}

void Recorder::take() {
  while (length_ * (window_.number + 1) <= flight_.now()) {
    const Micros until = length_ * (window_.number + 1);
    visits(Life::control, until);
    visits(Life::rehearsed, until);
    close();
  }
  if (dials_read_ + length_ / 4 <= flight_.now()) dials();
}

void Recorder::taken_back() {
  // From the start of a stretch of latencies on.
  const std::int64_t number = flight_.now().us / length_.us;
  window_ = {number - number % kLatencyWindows, {}, {}};
  for (Histogram& latency : latency_) latency.clear();
  const Micros start = length_ * window_.number;
  if (went_on_) branch_ = tracks_;
  tracks_ = tracks_->until(start.us);
  for (const Life life : {Life::control, Life::rehearsed}) {
    const auto& visits = flight_.so_far(life).visits;
    std::size_t& next = read_[static_cast<std::size_t>(life)];
    next = visits.size();
    while (next > 0 && replied(visits[next - 1]) >= start) --next;
  }
  dials_read_ = start;
  for (auto& [page, is] : failing_) {
    const std::string name = kFailures + world_.pages[static_cast<std::size_t>(page)].name;
    const Pyramid* samples = tracks_->find(name);
    is = samples != nullptr && samples->size() > 0 && (*samples)[samples->size() - 1].value > 0;
  }
  take();
  went_on_ = false;
}

}  // namespace pindah::gui
