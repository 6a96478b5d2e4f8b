// Texts that are kept as long as their keeper, one after the other: one by one, small ones take
// twice their room.
#pragma once

#include <algorithm>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>

namespace pindah {

// Does not move: what it gives views into it.
class Texts {
 public:
  std::string_view keep(std::string_view text) {
    auto* copy = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::copy(text.begin(), text.end(), copy);
    return {copy, text.size()};
  }
  // `size` blank things beside the texts.
  template <class Thing>
  std::span<Thing> row(std::size_t size) {
    static_assert(std::is_trivially_destructible_v<Thing>, "nobody destroys it");
    void* memory = memory_.allocate(size * sizeof(Thing), alignof(Thing));
    auto* first = static_cast<Thing*>(memory);
    std::uninitialized_value_construct_n(first, size);
    return {first, size};
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace pindah
