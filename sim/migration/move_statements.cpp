#include "migration/move_statements.h"

#include <algorithm>

namespace pindah::migration {

namespace {

// Text keys above every key that a world can have: the last code point, a few times.
const char* const kLastText = "\xf4\x8f\xbf\xbf\xf4\x8f\xbf\xbf\xf4\x8f\xbf\xbf";

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (char c : name) {
    text += c;
    if (c == '"') text += c;
  }
  return text + "\"";
}

// The statement is ready for its next use even when a step throws.
struct ResetAfter {
  Statement& statement;
  ~ResetAfter() { statement.reset(); }
};

std::string chunk_sql(const Move& move, bool lower, bool upper) {
  const std::string key = quoted(move.root_column);
  std::string where = key + " IS NOT NULL";
  if (lower) where = key + " > ?2";
  if (upper) where += " AND " + key + " <= ?3";
  return "SELECT min(k), max(k), count(*) FROM (SELECT DISTINCT " + key + " AS k FROM " +
         quoted(move.root_table) + " WHERE " + where + " ORDER BY " + key + " LIMIT ?1)";
}

std::optional<KeyRange> range_of(Statement& statement) {
  const ResetAfter after{statement};
  if (!statement.step()) return std::nullopt;
  KeyRange range{statement.column(0), statement.column(1), statement.integer(2)};
  if (range.roots == 0) return std::nullopt;
  return range;
}

void bind_key(BoundStatement& bound, std::string_view name, const Value& key) {
  const int number = bound.parameter(name);
  if (number > 0) bound.statement.bind(number, key);
}

void exhaust(Statement& statement) {
  const ResetAfter after{statement};
  while (statement.step()) {
  }
}

}  // namespace

MoveStatements::MoveStatements(const World& world, int move, const PerSide<Backend*>& backends,
                               const Constants& constants)
    : move_(world.moves[static_cast<std::size_t>(move)]) {
  const Database& origin = backends[index(move_.from)]->database();
  const Database& destination = backends[index(other(move_.from))]->database();
  first_chunk_ = Statement(origin, chunk_sql(move_, false, false));
  next_chunk_ = Statement(origin, chunk_sql(move_, true, false));
  first_chunk_to_ = Statement(origin, chunk_sql(move_, false, true));
  next_chunk_to_ = Statement(origin, chunk_sql(move_, true, true));
  extract_ = prepare(origin, move_.extract, world, constants);
  present_ = prepare(destination, move_.present, world, constants);
  for (const SqlText& text : move_.load) load_.push_back(fill(destination, text, world, constants));
  for (const SqlText& text : move_.erase)
    erase_.push_back(prepare(destination, text, world, constants));
  check_ = prepare(destination, move_.check, world, constants);
  for (int i = 0; i < check_.statement.columns(); ++i) {
    const std::string name = sqlite3_column_name(check_.statement.handle(), i);
    const auto found = std::find(move_.columns.begin(), move_.columns.end(), name);
    ensure(found != move_.columns.end(), "`check` yields a column that `extract` does not");
    checked_.push_back(static_cast<std::size_t>(found - move_.columns.begin()));
  }
}

MoveStatements::Filled MoveStatements::fill(const Database& db, const SqlText& text,
                                            const World& world, const Constants& constants) const {
  Filled filled{prepare(db, text, world, constants), {}};
  for (const Parameter& parameter : filled.bound.parameters) {
    const auto found = std::find(move_.columns.begin(), move_.columns.end(), parameter.name);
    if (found == move_.columns.end()) {
      if (parameter.is_constant) continue;
      throw WorldFault({text.place, "no column `" + parameter.name + "` is extracted", {}, {}, {}});
    }
    filled.fill.emplace_back(parameter.number,
                             static_cast<std::size_t>(found - move_.columns.begin()));
  }
  return filled;
}

std::optional<KeyRange> MoveStatements::survey() {
  return next_chunk(std::nullopt, std::nullopt, -1);
}

std::optional<KeyRange> MoveStatements::next_chunk(const std::optional<Value>& after,
                                                   const std::optional<Value>& end, int n) {
  Statement& find =
      end ? (after ? next_chunk_to_ : first_chunk_to_) : (after ? next_chunk_ : first_chunk_);
  find.bind(1, Value{std::int64_t{n}});
  if (after) find.bind(2, *after);
  if (end) find.bind(3, *end);
  return range_of(find);
}

std::size_t MoveStatements::extract(const Value& from, const Value& to, Batch& batch) {
  bind_key(extract_, "from", from);
  bind_key(extract_, "to", to);
  const ResetAfter after{extract_.statement};
  std::size_t count = 0;
  for (; extract_.statement.step(); ++count)
    for (std::size_t i = 0; i < columns(); ++i)
      batch.cells.add(extract_.statement, static_cast<int>(i));
  return count;
}

void MoveStatements::extract_root(const Value& key, Batch& batch) {
  if (extract(key, key, batch) == 0) batch.gone.push_back(key);
}

void MoveStatements::load(const Batch& batch, std::size_t row, CopyConflict rule) {
  const bool asks =
      rule == CopyConflict::ignore || rule == CopyConflict::fail || rule == CopyConflict::replace;
  if (asks && holds_root(key(batch, row))) {
    if (rule == CopyConflict::ignore) return;
    if (rule == CopyConflict::fail)
      throw SqlFailure(SQLITE_CONSTRAINT, -1, "the row is there already");
    erase(key(batch, row));
  }
  for (Filled& filled : load_) run(filled, batch, row);
}

void MoveStatements::run(Filled& filled, const Batch& batch, std::size_t row) {
  for (const auto& [number, column] : filled.fill)
    batch.cells.bind(row * columns() + column, filled.bound.statement, number);
  exhaust(filled.bound.statement);
}

void MoveStatements::erase(const Value& key) {
  for (BoundStatement& bound : erase_) {
    bind_key(bound, "_key", key);
    exhaust(bound.statement);
  }
}

bool MoveStatements::holds(const Batch& batch, std::size_t row) {
  const Value key = this->key(batch, row);
  bind_key(check_, "_key", key);
  const ResetAfter after{check_.statement};
  if (!check_.statement.step()) return false;
  for (std::size_t i = 0; i < checked_.size(); ++i)
    if (!batch.cells.equals(row * columns() + checked_[i], check_.statement, static_cast<int>(i)))
      return false;
  return !check_.statement.step();
}

std::string MoveStatements::blind_to(const Batch& batch, std::size_t row) {
  for (int i = 0; i < check_.statement.columns(); ++i) {
    const std::string name = sqlite3_column_name(check_.statement.handle(), i);
    const auto found = std::find(move_.columns.begin(), move_.columns.end(), name);
    const auto changed = static_cast<std::size_t>(found - move_.columns.begin());
    if (changed == 0 || changed == columns()) continue;  // by its key the row is looked up
    Batch other{batch.move, {}, {}};
    for (std::size_t c = 0; c < columns(); ++c)
      other.cells.add(batch.cells[row * columns() + c], c == changed);
    if (holds(other, 0)) return name;
  }
  return {};
}

std::vector<Value> MoveStatements::present(const std::optional<Value>& from,
                                           const std::optional<Value>& to) {
  std::vector<Value> keys;
  const bool texts = (from && is_text(*from)) || (to && is_text(*to)) || (!from && !to);
  const bool integers = !texts || (!from && !to);
  if (integers)
    present_between(from.value_or(Value{INT64_MIN}), to.value_or(Value{INT64_MAX}), keys);
  if (texts)
    present_between(from.value_or(Value{std::string()}), to.value_or(Value{kLastText}), keys);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

void MoveStatements::present_between(const Value& from, const Value& to, std::vector<Value>& keys) {
  bind_key(present_, "from", from);
  bind_key(present_, "to", to);
  const ResetAfter after{present_.statement};
  while (present_.statement.step()) keys.push_back(present_.statement.column(0));
}

MoveSet::MoveSet(const World& world, PerSide<Backend*> backends, Constants constants)
    : world_(world),
      backends_(backends),
      constants_(std::move(constants)),
      moves_(world.moves.size()) {}

MoveStatements& MoveSet::at(int move) {
  std::unique_ptr<MoveStatements>& statements = moves_[static_cast<std::size_t>(move)];
  if (!statements)
    statements = std::make_unique<MoveStatements>(world_, move, backends_, constants_);
  return *statements;
}

std::vector<int> MoveSet::of(ServiceId service, Side from) const {
  std::vector<int> moves;
  for (std::size_t i = 0; i < world_.moves.size(); ++i)
    if (world_.moves[i].service == service && world_.moves[i].from == from)
      moves.push_back(static_cast<int>(i));
  return moves;
}

}  // namespace pindah::migration
