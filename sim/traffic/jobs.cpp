#include "traffic/jobs.h"

#include <nlohmann/json.hpp>

#include "traffic/shoppers.h"

namespace pindah {

namespace {

using Json = nlohmann::json;

Value value_of(const Json& json) {
  if (json.is_null()) return {};
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_boolean()) return std::int64_t{json.get<bool>() ? 1 : 0};
  if (json.is_string()) return json.get<std::string>();
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

WorldFault bad_list(const World& world, const Job& job) {
  const Call& call = world.calls[static_cast<std::size_t>(job.list)];
  return WorldFault({call.body[0].statements.back().place,
                     "job `" + job.name + "`: its list is not a JSON array of at most " +
                         std::to_string(limit::kList.most) + " objects",
                     "one column `list`: json_group_array(json_object(...))",
                     {},
                     {}});
}

}  // namespace

Jobs::Jobs(const Site& site, SagaRunner& runner, Observer& observer,
           std::function<Slots(Side)> blank)
    : site_(site),
      runner_(runner),
      observer_(observer),
      blank_(std::move(blank)),
      state_(site.world.jobs.size() * 2) {}

void Jobs::start() {
  for (std::size_t i = 0; i < state_.size(); ++i) tick(i, site_.world.jobs[i / 2].every);
}

void Jobs::tick(std::size_t number, Micros at) {
  site_.sim.events.push({at, EventClass::job, number, 0, 0, 0, 0});
}

void Jobs::handle(const Event& event) {
  if (stopped_) return;
  const auto number = static_cast<std::size_t>(event.entity);
  const Job& job = site_.world.jobs[number / 2];
  tick(number, event.time + job.every);
  State& state = state_[number];
  if (state.busy) return;
  state.busy = state.listing = true;
  state.turn = event.time.us / job.every.us;
  const ServiceId service = service_of(number);
  state.owner = site_.gates.owner(service, static_cast<Side>(number % 2));
  state.share = site_.gates.shared_out(service);
  ask_list(number, state.owner);
}

ServiceId Jobs::service_of(std::size_t number) const {
  const CallId list = site_.world.jobs[number / 2].list;
  return site_.world.calls[static_cast<std::size_t>(list)].service;
}

// A service that is shared out has a part of its work on the target: that list is asked for next.
void Jobs::ask_list(std::size_t number, Side side) {
  State& state = state_[number];
  state.listed = side;
  PageRun run;
  run.page = runner_.page_of_list(number / 2);
  run.at = side;
  run.home = static_cast<Side>(number % 2);
  run.pinned = side != site_.gates.owner(service_of(number), run.home);
  run.attempt = side != state.owner ? 1 : 0;
  run.slots = blank_(run.home);
  start_page(number, std::move(run), state.turn);
}

// `turn` names the run among the job's: the same in both universes, whatever else a list held.
void Jobs::start_page(std::size_t number, PageRun run, std::int64_t turn) {
  const std::uint64_t list_or_entry = state_[number].listing ? 0 : 1;
  static_assert(limit::kJobs.most * 2 * 2 <= 256, "`number` and one bit in eight");
  run.key = saga_key(
      Actor::job,
      (static_cast<std::uint64_t>(turn) << 8 | number << 1 | list_or_entry) & (kSagaKeyMask >> 8),
      run.attempt);
  run.actor = Actor::job;
  run.who = number;
  run.inside = true;
  run.intended = site_.sim.now;
  runner_.start(std::move(run));
}

void Jobs::finished(std::uint32_t saga_index) {
  const Saga& saga = runner_.saga(saga_index);
  const auto number = static_cast<std::size_t>(saga.who);
  State& state = state_[number];
  if (state.listing) {
    take_list(state, saga);
    const bool more = state.listed == Side::source && state.share.ppm > 0;
    if (more) return ask_list(number, Side::target);
    state.listing = false;
  } else {
    PageSeen page = seen(saga, saga.end, 1, site_.sim.now);
    const std::int64_t idem =
        integer_or(saga.slots[static_cast<std::size_t>(site_.world.slot_idem)], 0);
    page.intent = idem > 0 ? intent_of(idem) : UINT32_MAX;
    observer_.page(page);
  }
  next_entry(number);
}

void Jobs::take_list(State& state, const Saga& saga) {
  const Job& job = site_.world.jobs[static_cast<std::size_t>(saga.who / 2)];
  const Value& list = saga.slots[static_cast<std::size_t>(site_.world.slot_list)];
  if (saga.end != PageEnd::ok || !is_text(list)) return;
  const Json entries = Json::parse(std::get<std::string>(list), nullptr, false);
  if (!entries.is_array() || std::ssize(entries) > limit::kList.most)
    throw bad_list(site_.world, job);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (!entry->is_object()) throw bad_list(site_.world, job);
    std::string object = entry->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (works_on(state, entry_slots(object, saga.home), saga.home))
      state.todo.push_back(std::move(object));
  }
}

// Each platform works off what it owned when the turn began: what changes hands meanwhile stands in
// both lists, or in neither. Where every request draws its own side, neither can know what that is,
// and both work on everything.
bool Jobs::works_on(const State& state, const Slots& entry, Side home) const {
  if (state.share.ppm == 0 || state.share.by == kByRequest || home == Side::target) return true;
  Buckets buckets = kNoBuckets;
  note_buckets(site_.world, site_.draws, entry, buckets);
  const bool in_the_share = in_share(state.share.ppm, buckets[state.share.by]);
  return (in_the_share ? Side::target : state.owner) == state.listed;
}

void Jobs::next_entry(std::size_t number) {
  State& state = state_[number];
  if (state.todo.empty()) {
    state.busy = false;
    return;
  }
  const std::string object = std::move(state.todo.back());
  state.todo.pop_back();
  PageRun run;
  run.page = site_.world.jobs[number / 2].each;
  run.home = static_cast<Side>(number % 2);
  run.slots = entry_slots(object, run.home);
  note_buckets(site_.world, site_.draws, run.slots, run.buckets);
  run.at = site_.gates.owner(service_of(number), run.home, run.buckets);
  const std::int64_t idem =
      integer_or(run.slots[static_cast<std::size_t>(site_.world.slot_idem)], 0);
  start_page(number, std::move(run), idem);
}

Slots Jobs::entry_slots(const std::string& object, Side home) const {
  Slots slots = blank_(home);
  const Json entry = Json::parse(object);
  for (const auto& [name, value] : entry.items()) {
    const SlotId slot = site_.world.slot(name);
    if (slot >= 0) slots[static_cast<std::size_t>(slot)] = value_of(value);
  }
  return slots;
}

std::int64_t Jobs::open() const {
  std::int64_t count = 0;
  for (const State& state : state_) count += static_cast<std::int64_t>(state.todo.size());
  return count;
}

}  // namespace pindah
