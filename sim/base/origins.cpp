#include "base/origins.h"

#include <algorithm>
#include <iterator>

namespace pindah {
namespace {

bool begins_before(const Origins::Piece& piece, std::size_t byte) { return piece.first < byte; }

}  // namespace

Origins::Origins(const std::string& file, const std::string& text) {
  int line = 1;
  std::size_t begin = 0;
  while (true) {
    pieces_.emplace_back(begin, Place{file, line++, 1});
    const std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) return;
    begin = end + 1;
  }
}

Place Origins::at(std::size_t byte) const {
  const auto next =
      std::upper_bound(pieces_.begin(), pieces_.end(), byte,
                       [](std::size_t wanted, const Piece& piece) { return wanted < piece.first; });
  if (next == pieces_.begin()) return {};
  const auto& [begin, place] = *std::prev(next);
  Place found = place;
  if (found.column > 0) found.column += static_cast<int>(byte - begin);
  return found;
}

void Origins::replace(std::size_t begin, std::size_t end, std::size_t length,
                      const std::vector<Piece>& pieces) {
  const Place after = at(end);
  auto from = std::lower_bound(pieces_.begin(), pieces_.end(), begin, begins_before);
  auto to = std::lower_bound(pieces_.begin(), pieces_.end(), end, begins_before);
  const bool cut = to == pieces_.end() || to->first != end;  // inside a piece, whose rest stays
  for (auto later = to; later != pieces_.end(); ++later) later->first += length - (end - begin);
  std::vector<Piece> fresh;
  for (const auto& [byte, place] : pieces) fresh.emplace_back(begin + byte, place);
  if (cut) fresh.emplace_back(begin + length, after);
  const auto at = pieces_.erase(from, to);
  pieces_.insert(at, fresh.begin(), fresh.end());
}

}  // namespace pindah
