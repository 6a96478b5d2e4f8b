// Each column of some rows is changed, one at a time, and taken back: does the other side hear of
// it, and does `check`?
#include <algorithm>

#include "audit/parts.h"
#include "world/prepare.h"

namespace pindah::audit {

namespace {

constexpr std::size_t kRows = 8;  // of each table, with different values of the column

// One column of one table of a move.
struct Column {
  const Move& move;
  int number = 0;  // of the move
  const Table& table;
  const MoveTable& part;
  std::size_t column = 0;
};

using Cells = std::vector<Value>;

class Influence {
 public:
  Influence(Bench& bench, Stage& stage, Side from) : bench_(bench), stage_(stage), from_(from) {}
  void run() {
    for (std::size_t m = 0; m < bench_.world().moves.size(); ++m) {
      const Move& move = bench_.world().moves[m];
      if (move.from != from_) continue;
      for (const MoveTable& part : move.tables) {
        const Table& table =
            bench_.world().platforms[index(from_)].tables[static_cast<std::size_t>(part.table)];
        for (std::size_t c = 0; c < table.columns.size() && !bench_.stopped(); ++c)
          if (!is_key(table, part, c)) look_at({move, static_cast<int>(m), table, part, c});
      }
    }
  }

 private:
  static bool is_key(const Table& table, const MoveTable& part, std::size_t column) {
    return std::count(table.key.begin(), table.key.end(), static_cast<int>(column)) != 0 ||
           part.column == static_cast<int>(column);
  }

  Database& db() { return stage_.at(from_).database(); }

  // The roots of a row, as the move itself finds them.
  std::vector<Value> roots_of(const Column& at, const Row& row) {
    if (!at.part.via) return {row[static_cast<std::size_t>(at.part.column)]};
    Statement via(db(), at.part.via->sql);
    via.bind(1, row[static_cast<std::size_t>(at.table.key.front())]);
    std::vector<Value> roots;
    while (via.step()) roots.push_back(via.column(0));
    return roots;
  }

  // Rows that the move carries, with different values first.
  std::vector<Row> rows_of(const Column& at) {
    std::vector<Row> found;
    const std::string name = quoted_name(at.table.name);
    const std::string key =
        quoted_name(at.table.columns[static_cast<std::size_t>(at.table.key.front())]);
    const std::string column = quoted_name(at.table.columns[at.column]);
    for (const std::string& sql : {"SELECT " + column_list(at.table) + ", max(" + key + ") FROM " +
                                       name + " GROUP BY " + column + " LIMIT 60",
                                   "SELECT " + column_list(at.table) + ", 1 FROM " + name +
                                       " ORDER BY " + key + " DESC LIMIT 60"}) {
      Statement rows(db(), sql);
      while (found.size() < kRows && rows.step()) {
        Row row;
        for (int i = 0; i + 1 < rows.columns(); ++i) row.push_back(rows.column(i));
        if (is_carried(at, row)) found.push_back(std::move(row));
      }
    }
    return found;
  }

  bool is_carried(const Column& at, const Row& row) {
    for (const Value& root : roots_of(at, row))
      if (!is_null(root) && !extract(at, root).empty()) return true;
    return false;
  }

  Cells extract(const Column& at, const Value& root) {
    migration::Batch batch;
    stage_.move(at.number).extract(root, root, batch);
    Cells cells;
    for (std::size_t i = 0; i < batch.cells.size(); ++i) cells.push_back(batch.cells[i]);
    return cells;
  }

  bool update(const Column& at, const Row& row, const Value& value) {
    std::string sql = "UPDATE " + quoted_name(at.table.name) + " SET " +
                      quoted_name(at.table.columns[at.column]) + " = ?";
    const char* join = " WHERE ";
    for (const int key : at.table.key) {
      sql += join + quoted_name(at.table.columns[static_cast<std::size_t>(key)]) + " IS ?";
      join = " AND ";
    }
    try {
      Statement statement(db(), sql);
      statement.bind(1, value);
      int number = 1;
      for (const int key : at.table.key)
        statement.bind(++number, row[static_cast<std::size_t>(key)]);
      while (statement.step()) {
      }
      return true;
    } catch (const SqlFailure&) {
      return false;  // a value that the table does not take
    }
  }

  // What another row has there first, then what is near.
  static std::vector<Value> other_values(const std::vector<Row>& rows, const Column& at,
                                         const Value& now) {
    std::vector<Value> values;
    for (const Row& row : rows)
      if (row[at.column] != now) values.push_back(row[at.column]);
    if (const auto* number = std::get_if<std::int64_t>(&now)) {
      values.push_back(*number + 1);
      values.push_back(*number == 0 ? std::int64_t{1} : std::int64_t{0});
    }
    if (const auto* text = std::get_if<std::string>(&now)) {
      values.push_back(*text + "1");
      values.push_back("1" + *text);  // another amount, where text is decimal
    }
    if (is_null(now)) {
      values.push_back(std::int64_t{1});
      values.push_back(std::string("1"));
    }
    return values;
  }

  // 1: some root that the move leads to comes out otherwise; 0: none does; -1: no value is taken.
  int changes_a_root(const Column& at, const Row& row, const std::vector<Row>& rows) {
    int result = -1;
    for (const Value& value : other_values(rows, at, row[at.column])) {
      const std::vector<Value> roots = roots_of(at, row);
      if (roots.empty()) return -1;
      std::vector<Cells> before;
      for (const Value& root : roots) before.push_back(extract(at, root));
      db().exec("SAVEPOINT influence");
      bool differs = false;
      const bool taken = update(at, row, value);
      try {
        for (std::size_t i = 0; taken && i < roots.size(); ++i)
          differs = differs || extract(at, roots[i]) != before[i];
      } catch (const SqlFailure&) {
        differs = true;  // it is read, at any rate
      }
      db().exec("ROLLBACK TO influence");
      db().exec("RELEASE influence");
      if (differs) return 1;
      if (taken) result = 0;
    }
    return result;
  }

  std::map<Value, Cells> whole(const Column& at) {
    std::map<Value, Cells> roots;
    const auto range = stage_.move(at.number).survey();
    if (!range) return roots;
    migration::Batch batch;
    stage_.move(at.number).extract(range->from, range->to, batch);
    const std::size_t columns = at.move.columns.size();
    for (std::size_t i = 0; i < batch.cells.size(); ++i)
      roots[batch.cells[i - i % columns]].push_back(batch.cells[i]);
    return roots;
  }

  // Roots that a change of the row changes, and to which the move's `via` does not lead from it.
  void look_past(const Column& at, const Row& row, const std::vector<Row>& rows) {
    const std::vector<Value> known = roots_of(at, row);
    const std::map<Value, Cells> before = whole(at);
    db().exec("SAVEPOINT influence");
    std::map<Value, Cells> after = before;
    for (const Value& value : other_values(rows, at, row[at.column]))
      if (update(at, row, value)) {
        try {
          after = whole(at);
        } catch (const SqlFailure&) {
        }
        break;
      }
    db().exec("ROLLBACK TO influence");
    db().exec("RELEASE influence");
    for (const auto& [root, cells] : before) {
      const auto now = after.find(root);
      if (now != after.end() && now->second == cells) continue;
      if (std::count(known.begin(), known.end(), root) != 0) continue;
      Met met{key_of(at.table, row), {}, {}, root, nullptr};
      std::vector<Place> places{at.part.via->place};
      append(places, places_of(at.move));
      bench_.book.add(FindingKind::overlooked, subject_of(bench_.world(), at.move),
                      at.table.name + "." + at.table.columns[at.column], places, met);
    }
  }

  // A few rows of the table, whatever leads from them.
  std::vector<Row> any_rows(const Column& at) {
    Statement some(db(), "SELECT " + column_list(at.table) + " FROM " + quoted_name(at.table.name) +
                             " LIMIT 3");
    std::vector<Row> rows;
    while (some.step()) {
      rows.emplace_back();
      for (int i = 0; i < some.columns(); ++i) rows.back().push_back(some.column(i));
    }
    return rows;
  }

  void look_at(const Column& at) {
    const std::vector<Row> rows = rows_of(at);
    if (at.part.via) {
      const std::vector<Row> some = any_rows(at);
      for (const Row& row : some) look_past(at, row, some);
    }
    int looked = 0;
    for (const Row& row : rows) {
      const int changed = changes_a_root(at, row, rows);
      if (changed > 0) return;
      if (changed == 0) ++looked;
    }
    if (looked == 0 || rows.empty()) return;
    Met met{key_of(at.table, rows.front()), rows.front()[at.column], {}, {}, nullptr};
    Finding& finding =
        bench_.book.add(FindingKind::carried, subject_of(bench_.world(), at.move),
                        at.table.name + "." + at.table.columns[at.column], places_of(at.move), met);
    finding.count = finding.of = looked;
  }

  Bench& bench_;
  Stage& stage_;
  Side from_;
};

}  // namespace

void influences(Bench& bench, Stage& stage, Side from) { Influence(bench, stage, from).run(); }

}  // namespace pindah::audit
