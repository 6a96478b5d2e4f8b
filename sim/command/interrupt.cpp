#include "command/interrupt.h"

#include <unistd.h>

#include <csignal>

#include "command/exit_code.h"

namespace pindah {
namespace {

// A signal handler can reach nothing but a variable of static storage.
std::atomic<bool>& flag() {
  static std::atomic<bool> stop{false};
  static_assert(std::atomic<bool>::is_always_lock_free);
  return stop;
}

void on_signal(int) {
  if (flag().exchange(true)) _exit(kInterrupted);
}

}  // namespace

const std::atomic<bool>& watch_interrupts() {
  flag();  // built here, not inside the handler
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
  return flag();
}

}  // namespace pindah
