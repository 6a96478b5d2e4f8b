// One platform of a world, run by hand: calls, moves and whatever else is SQL.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sqlite/functions.h"
#include "world/prepare.h"

namespace pindah::parity {

using Row = std::map<std::string, Value>;

struct Answer {
  std::string refusal;
  std::vector<Value> values;
};

// One platform of one life.
class Stage {
 public:
  Stage(const World& world, Constants constants, Side side, const Database& content,
        std::int64_t now_us)
      : world_(world),
        constants_(std::move(constants)),
        context_{Draws(7), world.platforms[index(side)].ids, now_us, {}},
        side_(side) {
    context_.east_s = world.platforms[index(side)].east_s;
    add_functions(db_, context_);
    db_.copy_from(content);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  const Database& db() const { return db_; }
  void pass(std::int64_t us) { context_.now_us += us; }

  // One transaction, with its replay; fills the slots of its results.
  Answer call(CallId id, std::vector<Value>& slots) {
    const Call& call = world_.calls[static_cast<std::size_t>(id)];
    const CallBody& body = call.body[index(side_)];
    Answer answer;
    context_.refusal.clear();
    db_.exec("BEGIN");
    try {
      bool done = body.replay && take(*body.replay, slots, answer);
      for (std::size_t i = 0; !done && i < body.statements.size(); ++i) {
        if (!take(body.statements[i], slots, answer)) answer.values.assign(call.results.size(), {});
      }
      db_.exec("COMMIT");
    } catch (const SqlFailure& failure) {
      db_.exec("ROLLBACK");
      answer.refusal = context_.refusal.empty() ? failure.what() : context_.refusal;
      answer.values.clear();
      return answer;
    }
    for (std::size_t i = 0; i < call.results.size(); ++i) {
      slots[static_cast<std::size_t>(call.results[i])] = answer.values[i];
    }
    return answer;
  }

  // Runs a statement with parameters by name; every row by column name.
  std::vector<Row> rows(const SqlText& text, const Row& parameters) {
    BoundStatement& bound = prepared(text);
    for (const Parameter& p : bound.parameters) {
      const auto it = parameters.find(p.name);
      if (!p.is_constant)
        bound.statement.bind(p.number, it == parameters.end() ? kNull : it->second);
    }
    std::vector<Row> all;
    while (bound.statement.step()) {
      Row row;
      for (int i = 0; i < bound.statement.columns(); ++i) {
        row[sqlite3_column_name(bound.statement.handle(), i)] = bound.statement.column(i);
      }
      all.push_back(std::move(row));
    }
    return all;
  }

 private:
  BoundStatement& prepared(const SqlText& text) {
    BoundStatement& bound = prepared_[text.sql];
    if (!bound.statement) bound = prepare(db_, text, world_, constants_);
    bound.statement.reset();
    return bound;
  }

  bool take(const SqlText& text, const std::vector<Value>& slots, Answer& answer) {
    BoundStatement& bound = prepared(text);
    for (const Parameter& p : bound.parameters) {
      if (!p.is_constant) bound.statement.bind(p.number, slots[static_cast<std::size_t>(p.slot)]);
    }
    bool row = false;
    while (bound.statement.step()) {
      row = true;
      answer.values.clear();
      for (int i = 0; i < bound.statement.columns(); ++i) {
        answer.values.push_back(bound.statement.column(i));
      }
    }
    return row;
  }

  const World& world_;
  Constants constants_;
  SqlContext context_;
  Side side_;
  Database db_;
  std::map<std::string, BoundStatement> prepared_;
  const Value kNull{};
};

// The first and the last key of a move's roots.
inline Row whole_range(Stage& origin, const Move& move) {
  const std::string& c = move.root_column;
  const SqlText text{move.extract.place, "SELECT min(" + c + ") AS \"from\", max(" + c +
                                             ") AS \"to\" FROM " + move.root_table};
  return origin.rows(text, {}).at(0);
}

inline std::vector<Row> extract(Stage& origin, const Move& move) {
  return origin.rows(move.extract, whole_range(origin, move));
}

inline std::string text_of(const Row& row) {
  std::string text;
  for (const auto& [name, value] : row) text += name + "=" + to_text(value) + " ";
  return text;
}

// One move, whole: load twice (a load is idempotent), erase what is gone, then check each root.
inline void move_one(Stage& origin, Stage& destination, const Move& move,
                     std::vector<std::string>& wrong) {
  const Row range = whole_range(origin, move);
  const std::vector<Row> rows = origin.rows(move.extract, range);
  std::vector<Row> keys;
  for (const Row& row : rows) keys.push_back({{"_key", row.at("_key")}});
  for (int again = 0; again < 2; ++again) {
    for (const Row& row : rows) {
      for (const SqlText& text : move.load) destination.rows(text, row);
    }
    for (const Row& key : destination.rows(move.present, range)) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      for (const SqlText& text : move.erase) destination.rows(text, key);
    }
  }
  if (destination.rows(move.present, range) != keys) {
    wrong.push_back(move.name + ": what is present there is not what was extracted");
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto checks = destination.rows(move.check, keys[i]);
    Row wanted;
    if (checks.size() == 1) {
      for (const auto& column : checks[0]) wanted[column.first] = rows[i].at(column.first);
    }
    if (checks.size() == 1 && checks[0] == wanted) continue;
    wrong.push_back(move.name + " loads " + text_of(rows[i]) + "and checks as " +
                    (checks.empty() ? "nothing" : text_of(checks[0])));
  }
}

inline std::vector<std::string> move_all(const World& world, Stage& origin, Stage& destination,
                                         Side from) {
  std::vector<std::string> wrong;
  for (const Move& move : world.moves) {
    if (move.from == from) move_one(origin, destination, move, wrong);
  }
  return wrong;
}

}  // namespace pindah::parity
