#include "platform/backend.h"

#include <exception>
#include <utility>

namespace pindah {

namespace {

// A call that needs more virtual-machine steps than this never ends, for people's purposes. A
// checkout takes a few thousand, the migrator's largest chunk a few million.
constexpr int kStepsPerTick = 100'000;
constexpr std::int64_t kTicksMax = 2'000;

WorldFault fault(const SqlText& text, std::string what, std::string expected) {
  return WorldFault({text.place, std::move(what), std::move(expected), {}, {}});
}

}  // namespace

struct Backend::Prepared {
  std::optional<BoundStatement> replay;
  std::vector<BoundStatement> statements;
};

struct Backend::Answer {
  bool row = false;
  std::vector<Value> values;
};

Backend::Backend(const World& world, Side side, const Constants& constants, std::uint64_t seed,
                 std::int64_t start_us, CommitSink& sink)
    : world_(world),
      side_(side),
      constants_(constants),
      start_us_(start_us),
      sink_(sink),
      context_{.draws = Draws(seed),
               .ids = world.platforms[index(side)].ids,
               .now_us = start_us,
               .refusal = {},
               .east_s = world.platforms[index(side)].east_s},
      answer_(std::make_unique<Answer>()) {}

Backend::~Backend() {
  if (database_.handle() != nullptr)
    sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr);
}

void Backend::start_from(const Database& content) {
  database_.copy_from(content);
  attach();
}

void Backend::start_from(Database&& content) {
  database_ = std::move(content);
  attach();
}

void Backend::start_from_image(std::string_view image) {
  database_.load_image(image);
  attach();
}

void Backend::attach() {
  add_functions(database_, context_);
  std::vector<std::string> tables;
  for (const Table& table : world_.platforms[index(side_)].tables) tables.push_back(table.name);
  capture_ = std::make_unique<ChangeCapture>(database_, std::move(tables));
  sqlite3_progress_handler(
      database_.handle(), kStepsPerTick,
      [](void* ticks) { return ++*static_cast<std::int64_t*>(ticks) > kTicksMax ? 1 : 0; },
      &ticks_);
  prepare_all();
}

void Backend::prepare_all() {
  begin_ = Statement(database_, "BEGIN");
  commit_ = Statement(database_, "COMMIT");
  rollback_ = Statement(database_, "ROLLBACK");
  for (const Call& call : world_.calls) {
    const CallBody& body = call.body[index(side_)];
    Prepared prepared;
    if (body.replay) prepared.replay = prepare(database_, *body.replay, world_, constants_);
    for (const SqlText& text : body.statements)
      prepared.statements.push_back(prepare(database_, text, world_, constants_));
    calls_.push_back(std::move(prepared));
  }
}

void Backend::set_now(Micros now) {
  context_.now_us = start_us_ + now.us;
  database_.set_clock(context_.now_us);
}

// Runs one statement to its end and keeps its row, if it is to give the answer.
bool Backend::execute(BoundStatement& bound, const SqlText& text, const Slots& slots,
                      Answer* answer) {
  ++statements_;
  for (const Parameter& parameter : bound.parameters) {
    if (parameter.is_constant) continue;
    ensure(parameter.slot >= 0, "a call's parameter is neither a constant nor a slot");
    bound.statement.bind(parameter.number, slots[static_cast<std::size_t>(parameter.slot)]);
  }
  const bool row = bound.statement.step();
  if (row && answer != nullptr) take_row(bound.statement, text, *answer);
  if (row && answer != nullptr && bound.statement.step()) {
    bound.statement.reset();
    throw fault(text, "the last statement of a call gives more than one row",
                "one row; several things travel as one JSON column");
  }
  while (row && answer == nullptr && bound.statement.step()) {
  }
  bound.statement.reset();
  return row;
}

void Backend::take_row(const Statement& statement, const SqlText& text, Answer& answer) const {
  answer.row = true;
  for (int i = 0; i < statement.columns(); ++i) {
    if (sqlite3_column_type(statement.handle(), i) == SQLITE_FLOAT)
      throw fault(
          text,
          "column `" + std::string(sqlite3_column_name(statement.handle(), i)) + "` gives a REAL",
          "INTEGER or TEXT: amounts are whole minor units");
    answer.values[static_cast<std::size_t>(i)] = statement.column(i);
  }
}

void Backend::run_statements(CallId id, const Slots& slots) {
  const Call& call = world_.calls[static_cast<std::size_t>(id)];
  const CallBody& body = call.body[index(side_)];
  Prepared& prepared = calls_[static_cast<std::size_t>(id)];
  answer_->row = false;
  answer_->values.assign(call.results.size(), Value{});
  if (prepared.replay && execute(*prepared.replay, *body.replay, slots, answer_.get())) return;
  for (std::size_t i = 0; i < prepared.statements.size(); ++i) {
    const bool last = i + 1 == prepared.statements.size();
    execute(prepared.statements[i], body.statements[i], slots, last ? answer_.get() : nullptr);
  }
}

Ran Backend::run(CallId id, Slots& slots, Micros now, const Writer& writer) {
  const Call& call = world_.calls[static_cast<std::size_t>(id)];
  auto work = [&] { run_statements(id, slots); };
  Ran ran = call.writes ? in_transaction(call.service, now, writer, work) : guarded(now, work);
  if (tap_ != nullptr) tap_->ran(side_, id, slots, now, ran.end);
  if (ran.end == RanEnd::ok)
    for (std::size_t i = 0; i < call.results.size(); ++i)
      slots[static_cast<std::size_t>(call.results[i])] = std::move(answer_->values[i]);
  return ran;
}

Ran Backend::try_out(CallId id, Slots& slots, Micros now, const Writer& writer, Changes& changes) {
  changes.clear();
  tried_ = &changes;
  const struct Over {
    Changes*& tried;
    ~Over() { tried = nullptr; }
  } over{tried_};
  return run(id, slots, now, writer);
}

Ran Backend::transact(ServiceId service, Micros now, const Writer& writer,
                      const std::function<void()>& work) {
  return in_transaction(service, now, writer, work);
}

// Runs work whose errors are answers: a refusal, or what the database said.
template <class Work>
Ran Backend::guarded(Micros now, Work&& work) {
  set_now(now);
  ticks_ = 0;
  context_.refusal.clear();
  try {
    work();
    if (capture_->out_of_memory()) throw OutOfMemory();
    return {};
  } catch (const SqlFailure& failure) {
    if (capture_->out_of_memory()) throw OutOfMemory();
    if (!context_.refusal.empty()) return {RanEnd::refused, context_.refusal};
    if (failure.code == SQLITE_INTERRUPT)
      throw WorldFault(
          {{world_.folder, 0, 0},
           std::string("a statement on ") + world_.platforms[index(side_)].name + " does not end",
           "a statement that touches a bounded number of rows",
           {},
           {}});
    return {RanEnd::failed, failure.what()};
  }
}

// SQLite may have rolled back by itself; then there is nothing left to do.
void Backend::take_back() {
  if (sqlite3_get_autocommit(database_.handle()) == 0) {
    rollback_.step();
    rollback_.reset();
  }
  capture_->discard();
}

template <class Work>
Ran Backend::in_transaction(ServiceId service, Micros now, const Writer& writer, Work&& work) {
  capture_->clear();
  begin_.step();
  begin_.reset();
  bool locked = false;
  const struct Back {  // what a fault of the world's leaves open
    Backend& its;
    int faults = std::uncaught_exceptions();
    ~Back() {
      if (std::uncaught_exceptions() > faults) its.take_back();
    }
  } back{*this};
  Ran ran = guarded(now, [&] {
    work();
    if (capture_->real_stored())
      throw WorldFault({{world_.folder, 0, 0},
                        "a REAL was stored on " + world_.platforms[index(side_)].name +
                            " by a write of service `" +
                            world_.services[static_cast<std::size_t>(service)].name + "`",
                        "INTEGER or TEXT in every column",
                        {},
                        {}});
    if (tried_ != nullptr) return;
    locked = writer.kind == WriterKind::call && !capture_->pending().empty() &&
             sink_.locks({side_, lsn_, now, service, writer, side_, false, &capture_->pending()});
    if (locked) return;
    commit_.step();
    commit_.reset();
  });
  if (locked) ran.end = RanEnd::locked;
  if (tried_ != nullptr && ran.end == RanEnd::ok) *tried_ = capture_->pending();
  if (ran.end != RanEnd::ok || tried_ != nullptr) {
    take_back();
    return ran;
  }
  if (!capture_->sealed().empty())
    sink_.committed({side_, ++lsn_, now, service, writer, side_, false, &capture_->sealed()});
  return ran;
}

}  // namespace pindah
