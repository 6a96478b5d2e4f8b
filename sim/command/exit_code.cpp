#include "command/exit_code.h"

#include <algorithm>
#include <array>

namespace pindah {

int worse(int a, int b) {
  constexpr std::array kOrder{kDefect,  kInterrupted, kOutOfTime,    kBadInput,
                              kStopped, kOver,        kInconclusive, kWithin};
  const auto rank = [&kOrder](int code) { return std::find(kOrder.begin(), kOrder.end(), code); };
  return rank(a) <= rank(b) ? a : b;
}

}  // namespace pindah
