// Ctrl-C: the first asks the run to stop and report what it has; the second quits at once. A limit
// of time asks the same.
#pragma once

#include <atomic>

#include "base/time.h"

namespace pindah {

// From now on SIGINT and SIGTERM set the flag, and a closed pipe is an error of a write instead of
// the program's end. A call of the system that waits comes back (EINTR). The flag lives as long as
// the program.
const std::atomic<bool>& watch_interrupts();

// Sets the same flag once so much time of the wall clock has passed.
void limit_time(Micros limit);
// It was the limit of time that asked, not a person.
bool out_of_time();

}  // namespace pindah
