// Moments of a flight to which it can be taken back, in memory: as blocks, of which those that did
// not change since the moment before, or are the same in both lives, are held once.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/digest.h"
#include "flight/thread_pair.h"
#include "universe/universe.h"

namespace pindah {

class Keyframes {
 public:
  explicit Keyframes(std::int64_t most_bytes) : most_bytes_(most_bytes) {}

  // One life at a moment.
  struct LifeImage {
    PerSide<std::string> images;
    std::string state;
  };
  // By Life: both databases, which are read where they are, and the rest.
  struct Sight {
    PerSide<const Database*> databases{};
    std::string state;
  };
  // Later than every one that is held. The work is done on both threads.
  void add(Micros at, std::size_t interventions, std::array<Sight, 2> lives, ThreadPair& threads);
  // The last one at or before the instant; -1: none.
  int before(Micros instant) const;
  Micros at(int number) const { return frames_[static_cast<std::size_t>(number)].at; }
  std::size_t interventions(int number) const {
    return frames_[static_cast<std::size_t>(number)].interventions;
  }
  LifeImage moment(int number, Life life) const;
  // Those after the instant are forgotten.
  void forget_after(Micros instant);
  std::vector<Micros> instants() const;
  std::int64_t bytes() const { return bytes_; }

 private:
  struct Block {
    Hash128 hash;  // instead of a second look at the bytes
    std::shared_ptr<const std::string> bytes;
  };
  using Blocks = std::vector<Block>;
  struct Frame {
    Micros at;
    std::size_t interventions = 0;             // interventions that had been taken by then
    std::array<PerSide<Blocks>, 2> databases;  // by life
    std::array<std::shared_ptr<const std::string>, 2> state;  // by life; every one is another
  };
  // Pages that are the same in one of these are held once. Gives how many bytes are new.
  static std::int64_t split(const Database& database, const Blocks* before, const Blocks* other,
                            Blocks& blocks);
  void count();
  void thin_out();

  std::int64_t most_bytes_;
  std::int64_t bytes_ = 0;
  std::vector<Frame> frames_;  // in order of time; the first one stays
};

}  // namespace pindah
