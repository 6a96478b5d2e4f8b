// Where a text is UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace pindah {

// The length of the UTF-8 sequence that starts at `at`, or 0 when there is none. Overlong forms,
// surrogates and what lies above U+10FFFF are none.
std::size_t utf8_length(std::string_view text, std::size_t at);
// The first byte that belongs to none; npos: the whole text is UTF-8.
std::size_t first_not_utf8(std::string_view text);

}  // namespace pindah
