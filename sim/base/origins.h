// Where the bytes of a text that was put together came from: a text that edits have changed, or
// that was made of two files, still tells each mistake at the place that a person can look at.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/problem.h"

namespace pindah {

class Origins {
 public:
  // A stretch of text begins at this byte and came from that place, byte for byte.
  using Piece = std::pair<std::size_t, Place>;

  Origins() = default;
  // Each line of `text` is that line of `file`.
  Origins(const std::string& file, const std::string& text);

  // Where the byte came from. Columns count on from where its piece began; in a place without a
  // column they do not.
  Place at(std::size_t byte) const;
  // Bytes [begin, end) give way to `length` others; `pieces` say where those came from, counted
  // from the first of them, in order, the first at 0.
  void replace(std::size_t begin, std::size_t end, std::size_t length,
               const std::vector<Piece>& pieces);
  // The text goes on at `byte`, behind all that was said so far, with this place.
  void add(std::size_t byte, Place place) { pieces_.emplace_back(byte, std::move(place)); }

 private:
  std::vector<Piece> pieces_;  // by their first byte
};

}  // namespace pindah
