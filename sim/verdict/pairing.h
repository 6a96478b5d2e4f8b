// Walks the two lives of one buyer side by side, up to her first difference.
#pragma once

#include <optional>
#include <vector>

#include "verdict/difference.h"
#include "verdict/lives.h"

namespace pindah {

// How the pairing of a buyer's sessions went.
struct Walk {
  Micros ended = kNever;             // her first difference; kNever: none
  std::optional<Noticer> noticer;    // it was noticeable
  std::optional<Spilled> spillover;  // it was not
  std::vector<Mark> masks;           // pages before it that failed in both lives
};

// What she noticed there. `difference`: of the rehearsed visit, or of the message.
Noticer noticer_of(const Happening& happening, Difference difference);

class Pairing {
 public:
  // `interrupted`: either life ended early, so that a request missing at the end says nothing.
  // Both outlive it.
  Pairing(const World& world, const Spillovers& spillovers, bool interrupted)
      : world_(world), spillovers_(spillovers), interrupted_(interrupted) {}
  // The happenings of all sessions of one buyer, in order of time. Throws Defect when her path
  // differs without a prior difference.
  Walk walk(const std::vector<Happening>& happenings) const;

 private:
  Compared compare(const Happening& happening, const Happening* previous) const;
  Compared of_message(const Happening& happening) const;
  Compared one_life_only(const Happening& happening, const Happening* previous) const;
  [[noreturn]] void path_differs(const Happening& happening) const;

  const World& world_;
  const Spillovers& spillovers_;
  bool interrupted_;
};

}  // namespace pindah
