#include "tests/bench/bare.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "base/digest.h"

namespace pindah::test {
namespace {

// A prepared statement and, for each of its parameters, which value of the call it takes.
struct BareStatement {
  BoundStatement bound;
  std::vector<std::pair<int, std::size_t>> takes;
};
struct BareCall {
  std::optional<BareStatement> replay;
  std::vector<BareStatement> statements;
};

std::size_t place_of(const std::vector<SlotId>& slots, SlotId slot) {
  return static_cast<std::size_t>(std::find(slots.begin(), slots.end(), slot) - slots.begin());
}

// One platform, bare.
class BarePlatform {
 public:
  BarePlatform(const Reading& reading, const CallLog& log, Side side, bool capture)
      : start_us_(reading.scenario().starts_us),
        context_{.draws = Draws(reading.scenario().seed),
                 .ids = reading.world().platforms[index(side)].ids,
                 .now_us = start_us_,
                 .refusal = {},
                 .east_s = reading.world().platforms[index(side)].east_s} {
    add_functions(database_, context_);
    std::vector<std::string> tables;
    for (const Table& table : reading.world().platforms[index(side)].tables)
      tables.push_back(table.name);
    if (capture) capture_.emplace(database_, std::move(tables));
    database_.copy_from(reading.populated().databases[index(side)]);
    begin_ = Statement(database_, "BEGIN");
    commit_ = Statement(database_, "COMMIT");
    rollback_ = Statement(database_, "ROLLBACK");
    for (std::size_t c = 0; c < reading.world().calls.size(); ++c)
      prepare_call(reading, log, c, side);
  }

  RanEnd run(const CallLog::Entry& entry, bool writes, const Value* values) {
    context_.now_us = start_us_ + entry.now.us;
    context_.refusal.clear();
    if (capture_) capture_->clear();
    if (writes) once(begin_);
    try {
      statements_of(calls_[static_cast<std::size_t>(entry.call)], values);
      if (writes) once(commit_);
      return RanEnd::ok;
    } catch (const SqlFailure&) {
      if (writes && sqlite3_get_autocommit(database_.handle()) == 0) once(rollback_);
      return context_.refusal.empty() ? RanEnd::failed : RanEnd::refused;
    }
  }

  Database& content() { return database_; }
  std::uint64_t statements() const { return statements_count_; }

 private:
  static void once(Statement& statement) {
    statement.step();
    statement.reset();
  }

  void prepare_call(const Reading& reading, const CallLog& log, std::size_t c, Side side) {
    const CallBody& body = reading.world().calls[c].body[index(side)];
    const std::vector<SlotId>& slots = log.slots(static_cast<CallId>(c), side);
    const auto bare = [&](const SqlText& text) {
      BareStatement made{prepare(database_, text, reading.world(), reading.constants()), {}};
      for (const Parameter& p : made.bound.parameters)
        if (!p.is_constant) made.takes.emplace_back(p.number, place_of(slots, p.slot));
      return made;
    };
    BareCall& call = calls_.emplace_back();
    if (body.replay) call.replay.emplace(bare(*body.replay));
    for (const SqlText& text : body.statements) call.statements.push_back(bare(text));
  }

  bool step_through(BareStatement& bare, const Value* values) {
    ++statements_count_;
    Statement& statement = bare.bound.statement;
    for (const auto& [number, place] : bare.takes) statement.bind(number, values[place]);
    const bool row = statement.step();
    while (row && statement.step()) {
    }
    statement.reset();
    return row;
  }

  void statements_of(BareCall& call, const Value* values) {
    if (call.replay && step_through(*call.replay, values)) return;
    for (BareStatement& statement : call.statements) step_through(statement, values);
  }

  std::int64_t start_us_;
  SqlContext context_;
  Database database_;
  std::optional<ChangeCapture> capture_;
  Statement begin_, commit_, rollback_;
  std::vector<BareCall> calls_;
  std::uint64_t statements_count_ = 0;
};

}  // namespace

CallLog::CallLog(const Reading& reading) : slots_(reading.world().calls.size()) {
  std::map<std::string, SlotId> by_name;
  for (std::size_t c = 0; c < slots_.size(); ++c) {
    for (const Side side : {Side::source, Side::target}) {
      const CallBody& body = reading.world().calls[c].body[index(side)];
      std::vector<SqlText> texts = body.statements;
      if (body.replay) texts.push_back(*body.replay);
      Database scratch;
      SqlContext context{.draws = Draws(1), .ids = IdStyle::integer, .now_us = 0, .refusal = {}};
      add_functions(scratch, context);
      scratch.exec(reading.world().platforms[index(side)].schema.sql);
      std::vector<SlotId>& slots = slots_[c][index(side)];
      for (const SqlText& text : texts)
        for (const Parameter& p :
             prepare(scratch, text, reading.world(), reading.constants()).parameters)
          if (!p.is_constant && place_of(slots, p.slot) == slots.size()) slots.push_back(p.slot);
    }
  }
}

void CallLog::ran(Side side, CallId call, const Slots& slots, Micros now, RanEnd end) {
  entries_.push_back({now, call, side, end, values_.size()});
  for (const SlotId slot : this->slots(call, side))
    values_.push_back(slots[static_cast<std::size_t>(slot)]);
}

Replayed replay(const Reading& reading, const CallLog& log, bool capture) {
  BarePlatform source(reading, log, Side::source, capture);
  BarePlatform target(reading, log, Side::target, capture);
  const PerSide<BarePlatform*> platforms{&source, &target};
  Replayed result;
  const auto begin = std::chrono::steady_clock::now();
  for (const CallLog::Entry& entry : log.entries()) {
    const bool writes = reading.world().calls[static_cast<std::size_t>(entry.call)].writes;
    const RanEnd end = platforms[index(entry.side)]->run(entry, writes, log.values(entry));
    if (end != entry.end) ++result.unlike;
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  result.statements = source.statements() + target.statements();
  for (const Side side : {Side::source, Side::target})
    result.contents[index(side)] =
        contents_of(platforms[index(side)]->content(), reading.world().platforms[index(side)]);
  return result;
}

std::uint64_t contents_of(Database& database, const Platform& platform) {
  Digest digest;
  for (const Table& table : platform.tables) {
    std::string columns;
    for (const std::string& column : table.columns)
      columns += (columns.empty() ? "" : ", ") + ("quote(\"" + column + "\")");
    std::string order;
    for (std::size_t i = 1; i <= table.columns.size(); ++i)
      order += (order.empty() ? "" : ", ") + std::to_string(i);
    Statement all(database, "SELECT " + columns + " FROM \"" + table.name + "\" ORDER BY " + order);
    digest.fold(table.name);
    while (all.step())
      for (int i = 0; i < all.columns(); ++i) digest.fold(all.text(i));
  }
  return digest.value();
}

}  // namespace pindah::test
