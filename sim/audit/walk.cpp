// People go through the pages, with jobs and callbacks between them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "audit/parts.h"

namespace pindah::audit {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kEntries = 8;  // of a job's list that are worked off in a turn

enum class Patience : std::uint8_t { patient, gives_up, gave_up_before };

struct Called {
  LedgerId ledger = -1;
  Slots slots;  // of the callback
};

Value value_of(const Json& json) {
  if (json.is_null()) return {};
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_boolean()) return std::int64_t{json.get<bool>() ? 1 : 0};
  if (json.is_string()) return json.get<std::string>();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class Walk {
 public:
  Walk(Bench& bench, Stage& stage, Side lead)
      : bench_(bench),
        world_(bench.world()),
        stage_(stage),
        lane_(bench, stage, lead),
        draws_(bench.ground.seed),
        offset_(lead == Side::source ? 0 : 1u << 20) {}

  void go(int people);

 private:
  Slots blank() const;
  Value& slot(Slots& slots, SlotId id) const { return slots[static_cast<std::size_t>(id)]; }
  std::uint64_t below(std::size_t n, std::uint64_t ordinal, std::string_view what) const {
    return draws_.below(std::max<std::size_t>(n, 1), Domain::audit, person_, ordinal,
                        purpose(what));
  }
  Value drawn(const PageDraw& draw);
  void session(std::size_t persona, std::uint32_t person);
  void visit(PageId page, Slots slots, std::map<SlotId, Value>& kept);
  void page(PageId page, Slots& slots, Patience patience);
  bool ledger(const PageStep& step, Slots& slots);
  void undo(const Page& page, std::uint64_t ran, const Slots& slots);
  void callbacks(std::int64_t thirds);
  void jobs();
  void turn(const Job& job);
  void pass_time();

  Bench& bench_;
  const World& world_;
  Stage& stage_;
  Lane lane_;
  Draws draws_;
  std::uint32_t offset_ = 0;
  std::uint32_t person_ = 0;
  std::uint32_t visit_ = 0;
  std::vector<Called> waiting_;
  std::map<std::pair<LedgerId, std::string>, std::string> entered_;  // state by reference
};

Slots Walk::blank() const {
  Slots slots(world_.slots.size());
  slots[static_cast<std::size_t>(world_.slot_home)] = std::string("source");
  slots[static_cast<std::size_t>(world_.slot_front)] = world_.platforms[0].name;
  return slots;
}

// The options of a choice take turns, so that each is there.
Value Walk::drawn(const PageDraw& draw) {
  if (draw.kind == DrawKind::choice) {
    const auto& options = world_.choices[static_cast<std::size_t>(draw.choice)].options;
    return options[(person_ + visit_) % options.size()].first;
  }
  if (draw.kind == DrawKind::below)
    return static_cast<std::int64_t>(below(static_cast<std::size_t>(draw.below), visit_,
                                           world_.slots[static_cast<std::size_t>(draw.slot)]));
  const auto& pool = bench_.pools[static_cast<std::size_t>(draw.pool)][index(Side::source)];
  if (pool.empty()) return {};
  return pool[below(pool.size(), visit_, world_.slots[static_cast<std::size_t>(draw.slot)])];
}

// What a ledger says to a page.
bool Walk::ledger(const PageStep& step, Slots& slots) {
  const Ledger& what = world_.ledgers[static_cast<std::size_t>(step.ledger)];
  const std::pair<LedgerId, std::string> key{step.ledger, to_text(slot(slots, what.ref))};
  std::string& state = entered_[key];
  if (step.reverses) {
    const bool taken = state == "captured" || state == "refunded";
    if (taken) state = "refunded";
    if (what.refund_state >= 0)
      slot(slots, what.refund_state) = std::string(taken ? "refunded" : "refused");
    return true;
  }
  if (state.empty()) {
    const Method* method = &what.methods.front();
    if (what.by >= 0)
      for (const Method& one : what.methods)
        if (one.name == to_text(slot(slots, what.by))) method = &one;
    state = method->answers == Answers::never ? "none" : "captured";
    if (method->answers != Answers::never && what.callback >= 0)
      waiting_.push_back({step.ledger, slots});
    if (method->answers == Answers::later) {
      if (what.state >= 0) slot(slots, what.state) = std::string("pending");
      return true;
    }
  }
  if (what.state >= 0) slot(slots, what.state) = state;
  return true;
}

void Walk::undo(const Page& page, std::uint64_t ran, const Slots& slots) {
  for (std::size_t i = page.steps.size(); i-- > 0;) {
    if (page.steps[i].undo < 0 || (ran >> i & 1) == 0) continue;
    Slots own = slots;
    lane_.step(page.steps[i].undo, own);
  }
}

void Walk::page(PageId id, Slots& slots, Patience patience) {
  const Page& page = world_.pages[static_cast<std::size_t>(id)];
  std::uint64_t ran = 0;
  if (patience == Patience::gave_up_before) undo(page, ~std::uint64_t{0}, slots);
  for (std::size_t i = 0; i < page.steps.size(); ++i) {
    const PageStep& step = page.steps[i];
    if (step.if_slot >= 0) {
      const Value& value = slot(slots, step.if_slot);
      if (is_null(value) || to_text(value) != step.if_equals) continue;
    }
    if (step.ledger >= 0) {
      ledger(step, slots);
      continue;
    }
    const RanEnd end = lane_.step(step.call, slots);
    if (end == RanEnd::ok) {
      ran |= std::uint64_t{1} << i;
      continue;
    }
    undo(page, ran, slots);
    return;
  }
  if (patience == Patience::gives_up) undo(page, ran, slots);
}

void Walk::visit(PageId id, Slots slots, std::map<SlotId, Value>& kept) {
  const Page& what = world_.pages[static_cast<std::size_t>(id)];
  for (const auto& [name, value] : kept) slot(slots, name) = value;
  slot(slots, world_.slot_idem) = idem_of(offset_ + person_, ++visit_);
  slot(slots, world_.slot_at) = stage_.now.us;
  for (const PageDraw& draw : what.draws) slot(slots, draw.slot) = drawn(draw);
  const bool undoes = std::any_of(what.steps.begin(), what.steps.end(),
                                  [](const PageStep& step) { return step.undo >= 0; });
  const std::uint64_t mood = undoes ? below(6, visit_, "mood") : 0;
  page(id, slots,
       mood == 4   ? Patience::gives_up
       : mood == 5 ? Patience::gave_up_before
                   : Patience::patient);
  for (const SlotId name : what.keep) kept[name] = slot(slots, name);
  stage_.now = stage_.now + seconds(7);
}

// All pages of her graph in the world's order, some of them twice.
void Walk::session(std::size_t number, std::uint32_t person) {
  const Persona& persona = world_.personas[number];
  const auto& pool = bench_.pools[static_cast<std::size_t>(persona.who)][index(Side::source)];
  if (pool.empty()) return;
  person_ = person;
  visit_ = 0;
  ++bench_.report.people;
  Slots slots = blank();
  const std::size_t who = person % 2 == 0 ? person / 2 : below(pool.size(), 0, "who");
  slot(slots, world_.pools[static_cast<std::size_t>(persona.who)].slot) = pool[who % pool.size()];
  std::map<SlotId, Value> kept;
  for (int round = 0; round < 2; ++round)
    for (std::size_t id = 0; id < persona.rows.size() && !bench_.stopped(); ++id) {
      if (persona.rows[id].empty()) continue;
      const std::uint64_t times = 1 + below(2, id * 2 + static_cast<std::uint64_t>(round), "times");
      for (std::uint64_t i = 0; i < times; ++i) visit(static_cast<PageId>(id), slots, kept);
    }
}

// A third of them comes at once, one when jobs have been there, and one when all time is over: 1 to
// 3 thirds have come.
void Walk::callbacks(std::int64_t thirds) {
  std::vector<Called> later;
  for (const Called& called : std::exchange(waiting_, {})) {
    const Ledger& what = world_.ledgers[static_cast<std::size_t>(called.ledger)];
    const std::int64_t idem =
        integer_or(called.slots[static_cast<std::size_t>(world_.slot_idem)], 0);
    if (idem % 3 >= thirds) {
      later.push_back(called);
      continue;
    }
    Slots slots = blank();
    for (const SlotId id : {world_.slot_idem, what.ref, what.amount, what.by})
      if (id >= 0) slot(slots, id) = called.slots[static_cast<std::size_t>(id)];
    if (what.state >= 0) slot(slots, what.state) = std::string("captured");
    page(what.callback, slots, Patience::patient);
  }
  waiting_ = std::move(later);
}

void Walk::turn(const Job& job) {
  Slots slots = blank();
  slot(slots, world_.slot_at) = stage_.now.us;
  lane_.step(job.list, slots);
  const Value list = slot(slots, world_.slot_list);
  if (!is_text(list)) return;
  const Json entries = Json::parse(std::get<std::string>(list), nullptr, false);
  if (!entries.is_array()) return;
  // What the walk itself made first: it stands at the end of what was there.
  const std::size_t step = std::max<std::size_t>(1, entries.size() / kEntries);
  for (std::size_t i = 0; i < entries.size(); i += step) {
    const Json& entry = entries[entries.size() - 1 - i];
    if (!entry.is_object()) continue;
    Slots own = blank();
    for (const auto& [name, value] : entry.items())
      if (const SlotId id = world_.slot(name); id >= 0) slot(own, id) = value_of(value);
    page(job.each, own, Patience::patient);
  }
}

void Walk::jobs() {
  for (const Job& job : world_.jobs)
    if (!bench_.stopped()) turn(job);
}

// Each setting's time passes once, the shortest first.
void Walk::pass_time() {
  std::vector<Micros> spans;
  for (const auto& [name, span] : world_.settings) spans.push_back(span);
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  for (const Micros span : spans) {
    if (bench_.stopped()) return;
    stage_.now = stage_.now + span + seconds(61);
    jobs();
    callbacks(span == spans.back() ? 3 : 2);
    jobs();
  }
}

void Walk::go(int people) {
  std::uint32_t person = 0;
  for (std::size_t persona = 0; persona < world_.personas.size(); ++persona)
    for (int i = 0; i < people; ++i) {
      session(persona, person++);
      callbacks(1);
    }
  round_trips(bench_, stage_);  // while things stand that time will end
  jobs();
  pass_time();
}

}  // namespace

void walk(Bench& bench, Stage& stage, Side lead, int people) {
  Walk(bench, stage, lead).go(people);
}

}  // namespace pindah::audit
