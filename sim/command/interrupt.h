// Ctrl-C: the first asks the run to stop and report what it has; the second quits at once.
#pragma once

#include <atomic>

namespace pindah {

// From now on SIGINT and SIGTERM set the flag, and a closed pipe is an error of a write instead of
// the program's end. The flag lives as long as the program.
const std::atomic<bool>& watch_interrupts();

}  // namespace pindah
