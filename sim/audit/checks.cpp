// What moves say of themselves: `check`, `present`, `delete`, and what the other side refuses.
#include <algorithm>

#include "audit/parts.h"
#include "world/prepare.h"

namespace pindah::audit {

namespace {

// The `check` of a move, column by column.
class Check {
 public:
  Check(const Bench& bench, const Move& move, const Database& db)
      : move_(move), bound_(prepare(db, move.check, bench.world(), bench.ground.constants)) {}

  // Tells each column that differs from the extracted row.
  void compare(const migration::Batch& batch, std::size_t row,
               const std::function<void(const std::string&, const Value&, const Value&)>& differs) {
    const std::size_t first = row * move_.columns.size();
    const int key = bound_.parameter("_key");
    const Value root = batch.cells[first];  // bound without a copy
    if (key > 0) bound_.statement.bind(key, root);
    if (!bound_.statement.step()) {
      differs({}, {}, {});
    } else {
      for (int i = 0; i < bound_.statement.columns(); ++i) {
        const std::string name = sqlite3_column_name(bound_.statement.handle(), i);
        const auto at = std::find(move_.columns.begin(), move_.columns.end(), name);
        const auto cell = first + static_cast<std::size_t>(at - move_.columns.begin());
        if (batch.cells.equals(cell, bound_.statement, i)) continue;
        const bool odd = sqlite3_column_type(bound_.statement.handle(), i) == SQLITE_FLOAT;
        differs(name, batch.cells[cell], odd ? Value{"a REAL"} : bound_.statement.column(i));
      }
    }
    bound_.statement.reset();
  }

 private:
  const Move& move_;
  BoundStatement bound_;
};

struct Loaded {
  std::vector<std::unique_ptr<Check>> checks;  // by move
  std::vector<std::set<Value>> keys;
};

std::vector<Place> check_places(const Move& move) {
  std::vector<Place> places{move.check.place};
  append(places, places_of(move));
  return places;
}

void check_batch(Bench& bench, Stage& stage, Loaded& loaded, const migration::Batch& batch) {
  const auto number = static_cast<std::size_t>(batch.move);
  const Move& move = bench.world().moves[number];
  auto& check = loaded.checks[number];
  if (!check) check = std::make_unique<Check>(bench, move, stage.at(other(move.from)).database());
  for (std::size_t row = 0; row < batch.cells.size() / move.columns.size(); ++row) {
    const Value key = batch.cells[row * move.columns.size()];
    loaded.keys[number].insert(key);
    if (stage.move(batch.move).holds(batch, row)) continue;
    check->compare(batch, row, [&](const std::string& name, const Value& was, const Value& is) {
      Met met{{key}, was, is, key, nullptr};
      bench.book.add(FindingKind::unchecked, subject_of(bench.world(), move), name,
                     check_places(move), met);
    });
  }
}

void compare_present(Bench& bench, Stage& stage, const Loaded& loaded, int number) {
  const Move& move = bench.world().moves[static_cast<std::size_t>(number)];
  const std::set<Value>& keys = loaded.keys[static_cast<std::size_t>(number)];
  const std::vector<Value> there = stage.move(number).present(std::nullopt, std::nullopt);
  std::vector<Value> odd;
  std::set_symmetric_difference(keys.begin(), keys.end(), there.begin(), there.end(),
                                std::back_inserter(odd));
  for (const Value& key : odd) {
    const bool missing = keys.count(key) != 0;
    Met met{{key}, missing ? key : Value{}, missing ? Value{} : key, key, nullptr};
    std::vector<Place> places{move.present.place};
    append(places, places_of(move));
    bench.book.add(FindingKind::present, subject_of(bench.world(), move), {}, places, met);
  }
}

// What was there before the moves, of rows that a load has to bring back.
void compare_erased(Bench& bench, const RootKey& root, const Net& erased, const Net& loaded) {
  const Move& move = bench.world().moves[static_cast<std::size_t>(root.move)];
  const Side there = other(move.from);
  const auto& tables = bench.world().platforms[index(there)].tables;
  std::vector<Place> places;
  for (const SqlText& text : move.erase) places.push_back(text.place);
  append(places, places_of(move));
  const auto tell = [&](std::size_t table, const Row& key, const Row& was, const Row& is) {
    Met met{key, Value{key_text(was)}, Value{key_text(is)}, root.key, nullptr};
    bench.book.add(FindingKind::erased, subject_of(bench.world(), move), tables[table].name, places,
                   met);
  };
  Net both = erased;
  for (const auto& [at, change] : loaded) {
    const Row& left = change.first;
    const Row origin = row_at(*bench.origin[index(there)], tables[at.first], at.second);
    if (!left.empty() && left != origin) tell(at.first, at.second, left, origin);
    both.try_emplace(at, change).first->second.second = change.second;
  }
  std::map<std::size_t, std::vector<Row>> made;  // again, maybe under another key
  for (const auto& [at, change] : both)
    if (change.first.empty()) made[at.first].push_back(change.second);
  for (const auto& [at, change] : both) {
    const Row& before = change.first;
    const Row& after = change.second;
    if (before == after || before.empty()) continue;
    if (!bench.writes.writes(root.move, tables[at.first].name)) continue;
    const auto again = most_alike(before, made[at.first]);
    const bool stands = after.empty() && again != made[at.first].end() &&
                        alike(before, *again) * 2 >= before.size();
    if (!stands) tell(at.first, at.second, before, after);
  }
}

void try_delete(Bench& bench, Stage& stage, const RootKey& root) {
  const Net erased = stage.erase(root, refusals(bench));
  const Move& move = bench.world().moves[static_cast<std::size_t>(root.move)];
  std::vector<Place> places;
  for (const SqlText& text : move.erase) places.push_back(text.place);
  places.push_back(move.present.place);
  const bool still = !stage.move(root.move).present(root.key, root.key).empty();
  Met met{{root.key}, {}, {}, root.key, nullptr};
  if (erased.empty() || still)
    bench.book.add(FindingKind::erased, subject_of(bench.world(), move), {}, places, met);
  compare_erased(bench, root, erased, stage.carry({root}, refusals(bench)));
}

}  // namespace

Stage::Refused refusals(Bench& bench) {
  return [&bench](const RootKey& root, const std::string& words) {
    const Move& move = bench.world().moves[static_cast<std::size_t>(root.move)];
    Met met{{root.key}, {}, Value{words}, root.key, nullptr};
    std::vector<Place> places = places_of(move);
    for (const SqlText& text : move.erase) places.push_back(text.place);
    bench.book.add(FindingKind::refused, subject_of(bench.world(), move), words, places, met);
  };
}

void load_all(Bench& bench, Stage& stage, Side from) {
  const std::size_t moves = bench.world().moves.size();
  Loaded loaded{std::vector<std::unique_ptr<Check>>(moves), std::vector<std::set<Value>>(moves)};
  stage.carry_all(from, refusals(bench), [&](int, const migration::Batch& batch) {
    check_batch(bench, stage, loaded, batch);
  });
  for (std::size_t m = 0; m < moves; ++m)
    if (bench.world().moves[m].from == from)
      compare_present(bench, stage, loaded, static_cast<int>(m));
}

void try_deletes(Bench& bench, Stage& stage, Side from) {
  constexpr std::size_t kTried = 25;
  for (std::size_t m = 0; m < bench.world().moves.size(); ++m) {
    if (bench.world().moves[m].from != from || bench.stopped()) continue;
    const int number = static_cast<int>(m);
    std::vector<Value> keys = stage.move(number).present(std::nullopt, std::nullopt);
    const std::size_t step = std::max<std::size_t>(1, keys.size() / kTried);
    for (std::size_t i = 0; i < keys.size(); i += step) try_delete(bench, stage, {number, keys[i]});
  }
}

}  // namespace pindah::audit
