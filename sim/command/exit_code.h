// What the program's end says to its caller.
#pragma once

namespace pindah {

enum ExitCode : int {
  kWithin = 0,         // within budget
  kOver = 1,           // over budget
  kBadInput = 2,       // command line, scenario, world, or a report that could not be written
  kStopped = 3,        // by a `stop` line
  kInconclusive = 4,   // too little was seen to say anything
  kOutOfTime = 124,    // --time-limit; a partial report is written
  kDefect = 70,        // Pindah itself is wrong
  kInterrupted = 130,  // Ctrl-C; a partial report is written
};

// Of several, the one that counts: 70, 130, 124, 2, 3, 1, 4, 0.
int worse(int a, int b);

}  // namespace pindah
