// A call on both sides: what it answers, and whether it commutes with the moves.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "audit/parts.h"

namespace pindah::audit {

namespace {

const char* word_of(RanEnd end) {
  return end == RanEnd::ok ? "answers" : end == RanEnd::refused ? "refuses" : "fails";
}

Value outcome(const Ran& ran) {
  return ran.reason.empty() ? std::string(word_of(ran.end))
                            : word_of(ran.end) + (": " + ran.reason);
}

// Results that say the same on both platforms: not tokens.
std::vector<bool> compared(const World& world, const Call& call) {
  std::vector<bool> compared;
  for (const SlotId slot : call.results)
    compared.push_back(slot != world.slot_front &&
                       std::count(world.tokens.begin(), world.tokens.end(), slot) == 0);
  return compared;
}

// The same objects in another order.
bool same_entries(const Value& a, const Value& b) {
  if (!is_text(a) || !is_text(b)) return false;
  PerSide<std::vector<std::string>> entries;
  for (const Side side : {Side::source, Side::target}) {
    const auto list =
        nlohmann::json::parse(std::get<std::string>(side == Side::source ? a : b), nullptr, false);
    if (!list.is_array()) return false;
    for (const auto& entry : list)
      entries[index(side)].push_back(
          entry.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    std::sort(entries[index(side)].begin(), entries[index(side)].end());
  }
  return entries[0] == entries[1];
}

using Loose = std::map<std::size_t, std::vector<Row>>;  // rows without a partner, by table

// The rows of a table that are most alike stand together; what is left has no partner.
std::vector<std::pair<Row, Row>> pair_up(std::vector<Row>& called, std::vector<Row>& moved) {
  std::vector<std::pair<Row, Row>> pairs;
  for (const Row& row : called) {
    const auto best = most_alike(row, moved);
    if (best == moved.end()) {
      pairs.emplace_back(row, Row{});
      continue;
    }
    pairs.emplace_back(row, *best);
    moved.erase(best);
  }
  for (const Row& row : moved) pairs.emplace_back(Row{}, row);
  return pairs;
}

}  // namespace

Lane::Lane(Bench& bench, Stage& stage, Side lead)
    : bench_(bench), stage_(stage), lead_(lead), moving_(bench.world().services.size()) {
  for (const Move& move : bench.world().moves)
    moving_[static_cast<std::size_t>(move.service)] = true;
  for (const Call& call : bench.world().calls) compared_.push_back(compared(bench.world(), call));
}

std::vector<Place> Lane::places(CallId call) const {
  std::vector<Place> places;
  const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
  for (const Side side : {other(lead_), lead_})
    for (const SqlText& text : what.body[index(side)].statements) places.push_back(text.place);
  return places;
}

// A mistake that only running shows is a finding here.
Ran Lane::guarded(CallId call, Side side, const std::function<Ran()>& run) {
  try {
    return run();
  } catch (const WorldFault& fault) {
    const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
    std::vector<Place> at{fault.problem.place};
    append(at, places(call));
    Met met{{}, {}, Value{fault.what()}, {}, nullptr};
    bench_.book.add(FindingKind::end, "call " + what.name,
                    bench_.world().platforms[index(side)].name, at, met);
    return {RanEnd::failed, fault.what()};
  }
}

RanEnd Lane::step(CallId call, Slots& slots) {
  const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
  if (!moves(what.service)) {
    const Writer writer = writer_of(WriterKind::call, call);
    const Ran ran = guarded(call, Side::source, [&] {
      return stage_.at(Side::source).run(call, slots, stage_.now, writer);
    });
    if (ran.end == RanEnd::ok) bench_.answered[static_cast<std::size_t>(call)] = true;
    return ran.end;
  }
  ++bench_.report.calls;
  const RanEnd end = what.writes ? write(call, slots) : read(call, slots);
  if (end == RanEnd::ok) bench_.answered[static_cast<std::size_t>(call)] = true;
  return end;
}

RanEnd Lane::read(CallId call, Slots& slots) {
  Both both{{}, {}, slots, slots};
  const Writer writer = writer_of(WriterKind::call, call);
  both.led = guarded(call, lead_,
                     [&] { return stage_.at(lead_).run(call, both.ours, stage_.now, writer); });
  both.followed = guarded(call, other(lead_), [&] {
    return stage_.at(other(lead_)).run(call, both.theirs, stage_.now, writer);
  });
  if (compare_ends(call, both)) compare_answers(call, both);
  slots = both.ours;
  return both.led.end;
}

RanEnd Lane::write(CallId call, Slots& slots) {
  const Slots before = slots;
  Both both{{}, {}, slots, slots};
  const Writer writer = writer_of(WriterKind::call, call);
  const Side follow = other(lead_);
  Changes changes;
  both.followed = guarded(call, follow, [&] {
    return stage_.at(follow).try_out(call, both.theirs, stage_.now, writer, changes);
  });
  stage_.take_touched(lead_);
  both.led = guarded(call, lead_,
                     [&] { return stage_.at(lead_).run(call, both.ours, stage_.now, writer); });
  const Net moved = stage_.carry(stage_.take_touched(lead_), refusals(bench_));
  slots = both.ours;
  if (!compare_ends(call, both)) return both.led.end;
  compare_answers(call, both);
  if (both.led.end != RanEnd::ok) return both.led.end;
  Net called;
  add_to(called, bench_.world().platforms[index(follow)], changes);
  compare_changes(call, both, called, moved);
  replay(call, before);
  return both.led.end;
}

// The same key again gives the same answers, and the same on both sides.
void Lane::replay(CallId call, const Slots& before) {
  Both both{{}, {}, before, before};
  const Writer writer = writer_of(WriterKind::call, call);
  Changes ours;
  Changes theirs;
  both.led = guarded(call, lead_, [&] {
    return stage_.at(lead_).try_out(call, both.ours, stage_.now, writer, ours);
  });
  both.followed = guarded(call, other(lead_), [&] {
    return stage_.at(other(lead_)).try_out(call, both.theirs, stage_.now, writer, theirs);
  });
  if (!compare_ends(call, both)) return;
  compare_answers(call, both);
  Net led;
  Net followed;
  add_to(led, bench_.world().platforms[index(lead_)], ours);
  add_to(followed, bench_.world().platforms[index(other(lead_))], theirs);
  if (led.empty() == followed.empty()) return;
  const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
  const auto count = [](const Net& net) { return Value{static_cast<std::int64_t>(net.size())}; };
  Met met{{}, count(led), count(followed), {}, nullptr};
  const std::size_t table = (led.empty() ? followed : led).begin()->first.first;
  const Side side = led.empty() ? other(lead_) : lead_;
  bench_.book.add(FindingKind::written, "call " + what.name + " again",
                  bench_.world().platforms[index(side)].tables[table].name, places(call), met);
}

// False where nothing is left to compare.
bool Lane::compare_ends(CallId call, const Both& both) {
  if (both.led.end == both.followed.end && both.led.reason == both.followed.reason &&
      both.led.end != RanEnd::failed)
    return true;
  const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
  Met met{{}, outcome(both.led), outcome(both.followed), {}, nullptr};
  bench_.book.add(FindingKind::end, "call " + what.name,
                  bench_.world().platforms[index(other(lead_))].name, places(call), met);
  return false;
}

void Lane::compare_answers(CallId call, const Both& both) {
  const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
  for (std::size_t i = 0; i < what.results.size(); ++i) {
    const auto slot = static_cast<std::size_t>(what.results[i]);
    if (!compared_[static_cast<std::size_t>(call)][i] || both.ours[slot] == both.theirs[slot])
      continue;
    // Whom a job turns to first where two stand equally is nobody's.
    if (what.results[i] == bench_.world().slot_list &&
        same_entries(both.ours[slot], both.theirs[slot]))
      continue;
    const Value& who = both.ours[static_cast<std::size_t>(bench_.world().slot_buyer)];
    std::set<Value> people;
    if (!is_null(who)) people.insert(who);
    Met met{{}, both.ours[slot], both.theirs[slot], {}, &people};
    bench_.book.add(FindingKind::answer, "call " + what.name, bench_.world().slots[slot],
                    places(call), met);
  }
}

// `called`: what the call itself did on the following side; `moved`: what the moves did there.
void Lane::compare_changes(CallId call, const Both& both, const Net& called, const Net& moved) {
  Loose calls, moves;
  std::vector<std::pair<std::size_t, std::pair<Row, Row>>> pairs;
  std::set<std::pair<Value, Value>> same;  // the two numbers of one row that both made
  for (const SlotId token : bench_.world().tokens)
    same.insert(
        {both.theirs[static_cast<std::size_t>(token)], both.ours[static_cast<std::size_t>(token)]});
  for (const auto& [at, change] : called) {
    const auto found = moved.find(at);
    if (found != moved.end())
      pairs.push_back({at.first, {change.second, found->second.second}});
    else if (change.first.empty())
      calls[at.first].push_back(change.second);
    else
      pairs.push_back({at.first, {change.second, change.first}});
  }
  for (const auto& [at, change] : moved) {
    if (called.count(at) != 0) continue;
    if (change.first.empty())
      moves[at.first].push_back(change.second);
    else
      pairs.push_back({at.first, {change.first, change.second}});
  }
  const auto& tables = bench_.world().platforms[index(other(lead_))].tables;
  for (std::size_t t = 0; t < tables.size(); ++t)
    for (const auto& pair : pair_up(calls[t], moves[t])) {
      pairs.push_back({t, pair});
      if (pair.first.empty() || pair.second.empty()) continue;
      const Row a = key_of(tables[t], pair.first);
      const Row b = key_of(tables[t], pair.second);
      for (std::size_t i = 0; i < a.size(); ++i) same.insert({a[i], b[i]});
    }
  for (const auto& [table, pair] : pairs) tell(call, table, pair.first, pair.second, same);
}

void Lane::tell(CallId call, std::size_t table, const Row& called, const Row& moved,
                const std::set<std::pair<Value, Value>>& same) {
  if (called == moved) return;
  const Side follow = other(lead_);
  const Call& what = bench_.world().calls[static_cast<std::size_t>(call)];
  const Table& described = bench_.world().platforms[index(follow)].tables[table];
  std::set<Value> people;
  bench_.people.of(follow, table, called.empty() ? moved : called, people);
  std::vector<Place> at = places(call);
  append(at, bench_.writes.into(follow, described.name));
  Met met{key_of(described, called.empty() ? moved : called), {}, {}, {}, &people};
  if (called.empty() || moved.empty()) {
    met.before = Value{called.empty() ? "no row" : "a row"};
    met.after = Value{moved.empty() ? "no row" : "a row"};
    bench_.book.add(FindingKind::written, "call " + what.name, described.name, at, met);
    return;
  }
  for (std::size_t i = 0; i < called.size(); ++i) {
    if (called[i] == moved[i] || same.count({called[i], moved[i]}) != 0) continue;
    met.before = called[i];
    met.after = moved[i];
    bench_.book.add(FindingKind::written, "call " + what.name,
                    described.name + "." + described.columns[i], at, met);
  }
}

}  // namespace pindah::audit
