#include "platform/links.h"

#include "base/fixed.h"

namespace pindah {

namespace {}

Links::Links(const std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)>& specs,
             const Draws& draws)
    : draws_(draws) {
  for (std::size_t i = 0; i < specs.size(); ++i)
    state_[i] = {specs[i].delay, specs[i].loss_ppm, {}};
}

std::optional<Micros> Links::send(LinkId link, Direction direction, std::uint64_t entity,
                                  std::uint32_t seq) const {
  const LinkState& state = state_[static_cast<std::size_t>(link)];
  if (state.cut[static_cast<std::size_t>(direction)]) return std::nullopt;
  if (state.loss_ppm > 0) {
    const std::uint32_t purpose =
        static_cast<std::uint32_t>(link) * 2 + static_cast<std::uint32_t>(direction);
    const std::uint64_t drawn = draws_.below(kWhole, Domain::link, entity, seq, purpose);
    if (drawn < static_cast<std::uint64_t>(state.loss_ppm)) return std::nullopt;
  }
  return state.delay;
}

void Links::add_delay(LinkId link, Micros by) {
  state_[static_cast<std::size_t>(link)].delay += by;
}
void Links::add_loss(LinkId link, std::int64_t ppm) {
  state_[static_cast<std::size_t>(link)].loss_ppm += ppm;
}
void Links::cut(LinkId link, Direction direction, bool on) {
  state_[static_cast<std::size_t>(link)].cut[static_cast<std::size_t>(direction)] = on;
}

}  // namespace pindah
