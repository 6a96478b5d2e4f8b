// The links: edge-source, edge-target, source-target, platform-gateway. Delay, loss, cuts.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/draws.h"
#include "base/time.h"
#include "scenario/scenario.h"

namespace pindah {

// There: from the first named to the second (edge to source, source to target, platform to
// gateway).
enum class Direction : std::uint8_t { there = 0, back = 1 };

struct LinkState {
  Micros delay;
  std::int64_t loss_ppm = 0;
  std::array<bool, 2> cut{};  // by Direction
  template <class A>
  void archive(A& a) {
    a(delay, loss_ppm, cut);
  }
};

// What a message is told apart by. The weather is drawn for it, whatever link it takes and whatever
// else is on its way: each link holds its own rate against that number.
struct MessageName {
  std::uint64_t run = 0;   // key of the run of a page, or of whoever sends
  std::uint64_t part = 0;  // which of its messages in that direction: below 2^62
  Micros begun;            // when what it belongs to began: the weather of that instant is its own
};

using LinkStates = std::array<LinkState, static_cast<std::size_t>(LinkId::count)>;

class Links {
 public:
  Links(const std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)>& specs,
        const Draws& draws);
  // How long one message takes; nothing: it is lost.
  std::optional<Micros> send(LinkId link, Direction direction, const MessageName& name) const;
  // Surprises. A second one on the same link adds up (slow, loss) or replaces (cut).
  void add_delay(LinkId link, Micros by);
  void add_loss(LinkId link, std::int64_t ppm, Micros now);
  void cut(LinkId link, Direction direction, bool on);
  const LinkStates& states() const { return state_; }
  template <class A>
  void archive(A& a) {
    a(state_, losses_);
  }

 private:
  struct Loss {
    Micros since;
    std::int64_t ppm = 0;
    template <class A>
    void archive(A& a) {
      a(since, ppm);
    }
  };
  std::int64_t loss_at(LinkId link, Micros instant) const;
  LinkStates state_;
  std::array<std::vector<Loss>, static_cast<std::size_t>(LinkId::count)>
      losses_;  // changes, in order
  Draws draws_;
};

// The link between two platforms' sides or an edge and a side.
inline LinkId edge_link(Side side) {
  return side == Side::source ? LinkId::edge_source : LinkId::edge_target;
}

}  // namespace pindah
