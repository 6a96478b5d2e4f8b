#include "platform/links.h"

#include "base/fixed.h"

namespace pindah {

Links::Links(const std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)>& specs,
             const Draws& draws)
    : draws_(draws) {
  for (std::size_t i = 0; i < specs.size(); ++i) {
    state_[i] = {specs[i].delay, specs[i].loss_ppm, {}};
    if (specs[i].loss_ppm > 0) losses_[i].push_back({Micros{INT64_MIN}, specs[i].loss_ppm});
  }
}

std::optional<Micros> Links::send(LinkId link, Direction direction, const MessageName& name) const {
  const LinkState& state = state_[static_cast<std::size_t>(link)];
  if (state.cut[static_cast<std::size_t>(direction)]) return std::nullopt;
  if (const std::int64_t loss_ppm = loss_at(link, name.begun); loss_ppm > 0) {
    const std::uint64_t ordinal = name.part << 1 | static_cast<std::uint64_t>(direction);
    const std::uint64_t drawn =
        draws_.below(kWhole, Domain::link, name.run, ordinal, purpose("message"));
    if (drawn < static_cast<std::uint64_t>(loss_ppm)) return std::nullopt;
  }
  return state.delay;
}

void Links::add_delay(LinkId link, Micros by) {
  state_[static_cast<std::size_t>(link)].delay += by;
}
void Links::add_loss(LinkId link, std::int64_t ppm, Micros now) {
  const auto number = static_cast<std::size_t>(link);
  state_[number].loss_ppm += ppm;
  losses_[number].push_back({now, state_[number].loss_ppm});
}

std::int64_t Links::loss_at(LinkId link, Micros instant) const {
  const auto& losses = losses_[static_cast<std::size_t>(link)];
  for (auto loss = losses.rbegin(); loss != losses.rend(); ++loss)
    if (loss->since <= instant) return loss->ppm;
  return 0;
}
void Links::cut(LinkId link, Direction direction, bool on) {
  state_[static_cast<std::size_t>(link)].cut[static_cast<std::size_t>(direction)] = on;
}

}  // namespace pindah
