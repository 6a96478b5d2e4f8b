// The way of every database access of the migrator: a read at the origin's workers, the rows over
// the link, a write (or a comparison) at the destination's workers, the acknowledgement back.
// What is on its way is plain data here; events only name it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "migration/move_statements.h"
#include "platform/call_hooks.h"
#include "platform/roots.h"
#include "platform/site.h"

namespace pindah::migration {

// EventClass::migration, all kinds of all parts. Transfers': entity and b = the transfer's serial,
// a = its place.
enum Kind : std::uint16_t {
  read_again,   // submit the read to the origin's workers
  read_ended,   // its service is over: the SQL runs now
  send_again,   // the rows set out
  arrived,      // at the destination: submit the write
  write_ended,  // its service is over: the SQL runs now
  answer_again,
  answered,         // the acknowledgement has arrived at the origin
  apply_poll,       // entity = stream, b = the applier's turn
  copy_next,        // entity = step
  verify_next,      // entity = step
  drain_poll,       // entity = step
  freeze_limit,     // entity = step
  step_goes_on,     // entity = step
  platform_goes_on  // entity = step; also while the migrator is dead
};

enum class TransferKind : std::uint8_t { copy, apply, verify, position, second, shadow, count };

struct Transfer {
  bool alive = false;
  std::uint64_t serial = 0;  // counts all transfers of the run from 1: no two have the same
  std::uint32_t seq = 0;     // of its own draws and events
  TransferKind kind{};
  StepId step{};  // whose; apply: none, it is its stream's
  ServiceId service = -1;
  Side origin{};
  std::int64_t roots = 0;  // expected, then found: what the service time goes by

  // What is wanted: a chunk of one move above `after`, or, where `keys` has some, these roots.
  int move = -1;
  std::optional<Value> after, end;
  int chunk = 0;
  std::vector<RootKey> keys;
  std::vector<RootKey> created;  // of these roots: new when they set out
  std::optional<RunName> waits;  // the run of a page that waits for it
  int failures = 0;              // of it so far, where it is tried again
  bool once = false;  // a message that is lost is not sent again: the transfer has failed

  // What was read, and when.
  std::uint64_t read_lsn = 0;
  bool was_read = false;
  std::optional<KeyRange> range;
  std::vector<Batch> batches;

  // What came of it. `differ`: not equal; `unsettled`: could not be compared yet.
  std::vector<RootKey> differ, unsettled;
  std::int64_t compared = 0;
  std::int64_t landed = 0;  // roots that were written, or left out by a rule
  std::string error;        // what the database said; empty: it went well

  template <class A>
  void archive(A& a) {
    a(alive, serial, seq, kind, step, service, origin, roots, move, after, end, chunk, keys,
      created, waits, failures, once);
    a(read_lsn, was_read, range, batches, differ, unsettled, compared, landed, error);
  }
};

// How a transfer goes on after its SQL: on its way, or it is over here (nothing to do, or an error)
// and its owner hears of it at once.
enum class Next : std::uint8_t { on, over };

// Who sends transfers. read() and write() run at the instant of the SQL; back() gets the transfer
// when it is over, with its place free for the next.
class TransferHandler {
 public:
  virtual ~TransferHandler() = default;
  virtual Next read(Transfer& transfer) = 0;
  virtual Next write(Transfer& transfer) = 0;
  virtual void back(Transfer transfer) = 0;
};

class Transfers {
 public:
  explicit Transfers(const Site& site) : site_(site) {}
  void serve(TransferKind kind, TransferHandler& handler) {
    handlers_[static_cast<std::size_t>(kind)] = &handler;
  }
  // Sets out; returns the serial.
  std::uint64_t start(Transfer transfer);
  // The same with what was read already: over the link at once.
  std::uint64_t start_loaded(Transfer transfer);
  // The same from its read on, after a while.
  std::uint64_t start_later(Transfer transfer, Micros after);
  // Whatever of it happens later does not count any more. SQL that has run stays.
  void cancel(std::uint64_t serial);
  void handle(const Event& event);
  // A killed platform dropped the transfer's work: the same again after a second.
  void dropped(const Event& event);
  // Calls see(transfer) for each that is on its way.
  template <class See>
  void each(See see) const {
    for (const Transfer& transfer : transfers_)
      if (transfer.alive) see(transfer);
  }
  // The lowest LSN at which rows of this service that are still on their way were read;
  // `otherwise` when there are none.
  std::uint64_t oldest_read(ServiceId service, Side origin, std::uint64_t otherwise) const;

  template <class A>
  void archive(A& a) {
    a(transfers_, last_serial_);
  }

 private:
  Transfer& place(Transfer transfer);
  Transfer* find(const Event& event);
  void again_or_fail(Transfer& transfer, Kind again);
  void submit(Transfer& transfer, Side at, Kind then, Kind again);
  void send(Transfer& transfer, Side to, Kind then, Kind again);
  void push(Transfer& transfer, Kind kind, Micros at);
  void run(Transfer& transfer, bool reads);
  void finish(Transfer& transfer);
  Event event(Transfer& transfer, Kind kind, Micros at) const;

  Site site_;
  std::array<TransferHandler*, static_cast<std::size_t>(TransferKind::count)> handlers_{};
  std::vector<Transfer> transfers_;
  std::uint64_t last_serial_ = 0;
};

}  // namespace pindah::migration
