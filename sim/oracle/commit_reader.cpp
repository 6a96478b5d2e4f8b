#include "oracle/commit_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace pindah {

CommitReader::CommitReader(OracleState& state, PromiseBook& book)
    : state_(state),
      book_(book),
      world_(state.world),
      calls_(call_roles_of(world_)),
      copied_at_(world_.services.size(), {Micros{-1}, Micros{-1}}),
      promising_(world_.services.size()) {
  for (const Promise& promise : world_.promises)
    promising_[static_cast<std::size_t>(promise.service)] = true;
  for (const Ledger& ledger : world_.ledgers)
    if (ledger.truth) promising_[static_cast<std::size_t>(ledger.service)] = true;
  keeps_ = promising_;
  if (world_.stock) promising_[static_cast<std::size_t>(world_.stock->service)] = true;
  name_others();
}

// People to whom nothing is promised: their pages speak of what others were promised.
void CommitReader::name_others() {
  const auto promised = [&](SlotId slot) {
    return std::any_of(world_.promises.begin(), world_.promises.end(),
                       [slot](const Promise& p) { return p.belongs_to == slot; });
  };
  for (const Persona& persona : world_.personas) {
    const auto pool = static_cast<std::size_t>(persona.who);
    if (promised(world_.pools[pool].slot)) continue;
    for (const Side home : {Side::source, Side::target}) {
      const std::vector<Value>& ids = state_.inputs.pools[pool][index(home)];
      for (std::uint32_t who = 0; who < ids.size(); ++who)
        others_[index(home)].emplace(to_text(ids[who]),
                                     std::pair(static_cast<std::int16_t>(pool), who));
    }
  }
}

void CommitReader::read(const Commit& commit) {
  ++heard_;
  if (commit.writer.kind == WriterKind::call) return own_write(commit);
  state_.record.rows_carried += static_cast<std::int64_t>(commit.changes->size());
  if (commit.service >= 0)
    copied_at_[static_cast<std::size_t>(commit.service)][index(commit.side)] = commit.at;
}

// Of the shoppers who move; the target's own never had another home.
void CommitReader::note_return(const Commit& commit) {
  const bool moved = commit.side == Side::target && commit.owner == Side::target &&
                     commit.writer.home == Side::source;
  if (!moved || !promising_[static_cast<std::size_t>(commit.service)]) return;
  if (returned_.insert({commit.service, commit.writer.idem, commit.captured}).second)
    state_.record.promise_writes.push_back({commit.service, commit.at, commit.captured});
}

void CommitReader::own_write(const Commit& commit) {
  if (commit.writer.home == Side::source) state_.exposure.written(commit.service);
  if (commit.side != commit.owner) unowned(commit);
  if (commit.writer.idem == 0) return;
  note_write(commit);
  note_return(commit);
  note_taken(commit);
  for (std::size_t p = 0; p < world_.promises.size(); ++p) {
    if (world_.promises[p].service != commit.service) continue;
    if (world_.promises[p].keyed_by_idem)
      note_idem(commit, static_cast<PromiseId>(p));
    else
      note_keyed(commit, static_cast<PromiseId>(p));
  }
}

void CommitReader::note_write(const Commit& commit) {
  if (!keeps_[static_cast<std::size_t>(commit.service)]) return;
  const std::int64_t idem = commit.writer.idem;
  state_.record.writes.push_back({idem, commit.at, commit.writer.call});
  const Others& others = others_[index(commit.writer.home)];
  if (others.empty() || commit.changes == nullptr) return;
  std::set<std::pair<std::int16_t, std::uint32_t>> named;
  for (std::size_t i = 0; i < commit.changes->size(); ++i) {
    const Change change = (*commit.changes)[i];
    const RowImage& row = change.after.empty() ? change.before : change.after;
    for (std::size_t column = 0; column < row.size(); ++column)
      if (const auto who = others.find(to_text(row[column])); who != others.end())
        named.insert(who->second);
  }
  for (const auto& [pool, who] : named)
    state_.record.namings.push_back({idem, commit.writer.call, pool, commit.writer.home, who});
}

void CommitReader::unowned(const Commit& commit) {
  Found found;
  found.what.intent = intent_or_nobody(commit.writer.idem);
  found.what.witness = commit.writer.idem;
  found.what.at = commit.at;
  const std::string& name = world_.services[static_cast<std::size_t>(commit.service)].name;
  found.what.detail = fmt::format("a write of {} on {}, which {} owned", name,
                                  world_.platforms[index(commit.side)].name,
                                  world_.platforms[index(commit.owner)].name);
  found.service = commit.service;
  found.written_on = commit.side;
  state_.cases.add({AnomalyKind::unowned, -1, -1, false, false}, std::move(found));
}

void CommitReader::note_taken(const Commit& commit) {
  if (!world_.stock || commit.service != world_.stock->service || commit.writer.call < 0) return;
  if (calls_[static_cast<std::size_t>(commit.writer.call)].takes)
    state_.stock.took(commit.writer.idem, commit.at);
  else
    state_.stock.gave_back(commit.writer.idem, commit.at);
}

void CommitReader::note_idem(const Commit& commit, PromiseId number) {
  const Promise& promise = world_.promises[static_cast<std::size_t>(number)];
  const std::int64_t idem = commit.writer.idem;
  const std::string witness = std::to_string(idem);
  const HeldId id = idem > 0 ? state_.promises.get(number, commit.writer.home, witness,
                                                   state_.owner_of(number, intent_of(idem)))
                             : state_.promises.find(number, commit.writer.home, witness);
  if (id < 0) return;
  Held& held = state_.promises[id];
  held.idem = idem;
  held.touched_at = commit.at;
  if (commit.writer.call == promise.made_by && !held.made_on) {
    held.made_on = commit.side;
    held.made_at = commit.at;
  }
  if (commit.side != commit.owner || !state_.truth) return;
  const int rank = state_.truth->rank(commit.side, number, idem);
  if (rank > held.rank_at(commit.at)) {
    held.reached.push_back({commit.at, rank});
    state_.record.statuses.push_back({idem, commit.at, commit.writer.call,
                                      static_cast<std::int8_t>(number),
                                      static_cast<std::int8_t>(rank)});
  }
  const bool has_goods = world_.stock && world_.stock->sold_in == number;
  if (has_goods && rank >= 0 && rank == promise.voided) state_.stock.voided(idem, commit.at);
}

void CommitReader::note_keyed(const Commit& commit, PromiseId number) {
  const std::int64_t idem = commit.writer.idem;
  if (idem < 0 || commit.writer.call < 0) return;
  const Side home = commit.writer.home;
  const std::string owner = state_.owner_of(number, intent_of(idem));
  for (const HeldId id : state_.promises.of(number, home, owner))
    state_.promises[id].touched_at = commit.at;
  const CallRole& role = calls_[static_cast<std::size_t>(commit.writer.call)];
  const auto has = [&](const std::vector<PromiseId>& list) {
    return std::find(list.begin(), list.end(), number) != list.end();
  };
  if (has(role.makes)) book_.made(number, home, owner, idem, commit.at);
  if (has(role.ends)) book_.ended(number, owner, commit);
}

}  // namespace pindah
