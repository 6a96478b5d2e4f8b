// Who has noticed, as it was counted last while both lives went on.
#pragma once

#include <map>

#include "verdict/verdict.h"

namespace pindah {

class Running {
 public:
  struct Counts {
    std::int64_t noticed = 0, exposed = 0, annoyed = 0, empty_handed = 0, harmed = 0;
    friend bool operator==(const Counts&, const Counts&) = default;
  };
  // What a comparison of both lives has found; `now`: where they stood.
  void take(const Comparison& comparison, Micros now);
  Micros at() const { return at_; }
  std::uint64_t version() const { return version_; }  // another one after each take()
  const Counts& counts() const { return counts_; }
  // By intent.
  const std::map<std::uint32_t, Noticer>& noticers() const { return noticers_; }
  // By intent: her first harm.
  const std::map<std::uint32_t, Micros>& harms() const { return harms_; }

 private:
  Micros at_;
  std::uint64_t version_ = 0;
  Counts counts_;
  std::map<std::uint32_t, Noticer> noticers_;
  std::map<std::uint32_t, Micros> harms_;
};

}  // namespace pindah
