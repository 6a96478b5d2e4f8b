#include "command/interrupt.h"

#include <sys/time.h>
#include <unistd.h>

#include <csignal>

#include "command/exit_code.h"

namespace pindah {
namespace {

// A signal handler can reach nothing but variables of static storage.
struct Flags {
  std::atomic<bool> stop{false}, late{false};
};
Flags& flags() {
  static Flags flags;
  static_assert(std::atomic<bool>::is_always_lock_free);
  return flags;
}

void on_signal(int) {
  if (flags().stop.exchange(true) && !flags().late) _exit(kInterrupted);
  flags().late = false;
}

void on_alarm(int) {
  if (!flags().stop.exchange(true)) flags().late = true;
}

// Without SA_RESTART: what waits (for the reader of a pipe, say) must not outlive the signal.
void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& watch_interrupts() {
  flags();  // built here, not inside the handler
  handle(SIGINT, on_signal);
  handle(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
  return flags().stop;
}

void limit_time(Micros limit) {
  handle(SIGALRM, on_alarm);
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(limit.us / 1'000'000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(limit.us % 1'000'000);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

bool out_of_time() { return flags().late; }

}  // namespace pindah
