// One platform's database, alive: its calls prepared, its commits numbered, every one told to a
// sink.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/observer.h"
#include "sqlite/change_capture.h"
#include "sqlite/database.h"
#include "sqlite/functions.h"
#include "world/prepare.h"
#include "world/world.h"

namespace pindah {

// Hears each commit that changed something, before the transaction's maker goes on. Owner of
// nothing.
class CommitSink {
 public:
  virtual ~CommitSink() = default;
  virtual void committed(Commit commit) = 0;  // `owner` is for the sink to fill in
  // About to commit: true when somebody holds a row of it. It is rolled back, then.
  virtual bool locks(const Commit& /*commit*/) { return false; }
};

enum class RanEnd : std::uint8_t { ok, refused, failed, locked };
struct Ran {
  RanEnd end = RanEnd::ok;
  std::string reason;  // what refuse() said, or SQLite's message
};

// Hears each call that ran, for measurements: with these slots it runs again elsewhere. Changes
// nothing.
class CallTap {
 public:
  virtual ~CallTap() = default;
  // `slots`: as the call found them.
  virtual void ran(Side side, CallId call, const Slots& slots, Micros now, RanEnd end) = 0;
};

class Backend {
 public:
  // `world`, `constants` and `sink` outlive it. It does not move: SQLite holds its address.
  Backend(const World& world, Side side, const Constants& constants, std::uint64_t seed,
          std::int64_t start_us, CommitSink& sink);
  ~Backend();
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  // Exactly one of these before anything else: takes the content, then prepares every call.
  void start_from(const Database& content);
  void start_from(Database&& content);  // which nobody else uses from now on
  void start_from_image(std::string_view image);

  // One transaction: replay query, then the statements. Results go into `slots`. A refusal or an
  // error of the database rolls everything back. Throws WorldFault when the world's SQL is at fault
  // (two rows, a REAL, no end).
  Ran run(CallId call, Slots& slots, Micros now, const Writer& writer);

  // The same, but what it did is taken back: `changes` gets its row changes, `slots` its results.
  Ran try_out(CallId call, Slots& slots, Micros now, const Writer& writer, Changes& changes);

  // One transaction around `work`, which runs statements on database() (SqlFailure is caught:
  // rolled back and told). The migrator's writes. now() is `now` meanwhile.
  Ran transact(ServiceId service, Micros now, const Writer& writer,
               const std::function<void()>& work);

  Database& database() { return database_; }
  const Database& database() const { return database_; }
  Side side() const { return side_; }
  std::uint64_t lsn() const { return lsn_; }  // of the last commit; 0: none yet
  void set_now(Micros now);                   // for reads outside of run() and transact()
  std::uint64_t statements() const { return statements_; }  // executed by run() in this life
  void set_tap(CallTap* tap) { tap_ = tap; }                // outlives its use; null: none

  template <class A>
  void archive(A& a) {
    a(lsn_, statements_);
  }

 private:
  struct Prepared;
  struct Answer;
  void attach();  // the world's functions, the capture and the limit on runaway statements
  void prepare_all();
  bool execute(BoundStatement& bound, const SqlText& text, const Slots& slots, Answer* answer);
  void take_row(const Statement& statement, const SqlText& text, Answer& answer) const;
  void run_statements(CallId call, const Slots& slots);
  template <class Work>
  Ran guarded(Micros now, Work&& work);
  void take_back();
  template <class Work>
  Ran in_transaction(ServiceId service, Micros now, const Writer& writer, Work&& work);

  const World& world_;
  Side side_;
  const Constants& constants_;
  std::int64_t start_us_;
  CommitSink& sink_;
  SqlContext context_;
  Database database_;
  std::unique_ptr<ChangeCapture> capture_;
  std::vector<Prepared> calls_;
  std::unique_ptr<Answer> answer_;  // of the call that runs, kept for its capacity
  Statement begin_, commit_, rollback_;
  std::int64_t ticks_ = 0;
  std::uint64_t lsn_ = 0;
  std::uint64_t statements_ = 0;
  CallTap* tap_ = nullptr;
  Changes* tried_ = nullptr;  // gets what a call changes, which is then taken back
};

}  // namespace pindah
