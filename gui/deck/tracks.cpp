#include "gui/deck/tracks.h"

#include <algorithm>
#include <utility>

namespace pindah::gui {

const Pyramid* Tracks::find(std::string_view name) const {
  const auto at = std::find(names_.begin(), names_.end(), name);
  return at == names_.end() ? nullptr : &all_[static_cast<std::size_t>(at - names_.begin())];
}

Pyramid* Tracks::find(std::string_view name) {
  return const_cast<Pyramid*>(std::as_const(*this).find(name));
}

std::shared_ptr<Tracks> Tracks::until(std::int64_t instant_us) const {
  auto past = std::make_shared<Tracks>(names_);
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const std::size_t size = all_[i].size();
    for (std::size_t k = 0; k < size && all_[i][k].at_us <= instant_us; ++k)
      past->all_[i].append(all_[i][k]);
  }
  return past;
}

}  // namespace pindah::gui
