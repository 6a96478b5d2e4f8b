// The links: edge-source, edge-target, source-target, platform-gateway. Delay, loss, cuts.
#pragma once

#include <array>
#include <optional>

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

using LinkStates = std::array<LinkState, static_cast<std::size_t>(LinkId::count)>;

class Links {
 public:
  Links(const std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)>& specs,
        const Draws& draws);
  // How long one message takes; nothing: it is lost. `entity` and `seq` key the draw of loss.
  std::optional<Micros> send(LinkId link, Direction direction, std::uint64_t entity,
                             std::uint32_t seq) const;
  // Surprises. A second one on the same link adds up (slow, loss) or replaces (cut).
  void add_delay(LinkId link, Micros by);
  void add_loss(LinkId link, std::int64_t ppm);
  void cut(LinkId link, Direction direction, bool on);
  const LinkStates& states() const { return state_; }
  template <class A>
  void archive(A& a) {
    a(state_);
  }

 private:
  LinkStates state_;
  Draws draws_;
};

// The link between two platforms' sides or an edge and a side.
inline LinkId edge_link(Side side) {
  return side == Side::source ? LinkId::edge_source : LinkId::edge_target;
}

}  // namespace pindah
