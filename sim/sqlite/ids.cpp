#include <charconv>
#include <stdexcept>

#include "sqlite/functions.h"

namespace pindah {
namespace {

constexpr std::uint64_t kFirstId = 4'000'000'000;
constexpr std::uint64_t kTextIds = 1ull << 60;
constexpr std::uint64_t kLow22 = (1u << 22) - 1;
constexpr std::int64_t kLeast19Digits = 1'000'000'000'000'000'000;

bool digits_only(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::int64_t integer_id(std::int64_t key) {
  const auto bits = static_cast<std::uint64_t>(key);
  const std::uint64_t zigzag = (bits << 1) ^ (key < 0 ? ~0ull : 0);
  if (zigzag >= kTextIds - kFirstId) throw std::out_of_range("the key is too large for an id");
  return static_cast<std::int64_t>(kFirstId + zigzag);
}

// The low bits are permuted, not hashed (odd factors and shifts lose nothing), so that rows that
// populate makes at one instant do not collide.
std::int64_t snowflake_id(std::int64_t key, std::int64_t at_us) {
  const auto bits = static_cast<std::uint64_t>(key);
  const std::uint64_t block = (bits >> 22) * 0x9E3779B97F4A7C15u >> 42;
  std::uint64_t low = (bits ^ block) & kLow22;
  low = (low * 0x2C1B3Du) & kLow22;
  low ^= low >> 11;
  low = (low * 0x297A2Du) & kLow22;
  const std::int64_t ms = at_us / 1000;
  const bool fits = kLeast19Digits >> 22 < ms && ms <= INT64_MAX >> 22;
  if (at_us < 0 || !fits) throw std::out_of_range("the instant is not between 1978 and 2039");
  return ms << 22 | static_cast<std::int64_t>(low);
}

std::int64_t minor_units(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view number = text.substr(negative ? 1 : 0);
  const std::size_t point = number.find('.');
  const std::string_view whole = number.substr(0, point);
  std::string_view places = "00";
  if (point != std::string_view::npos) places = number.substr(point + 1);
  const bool decimal =
      digits_only(whole) && digits_only(places) && !whole.empty() && !places.empty();
  if (!decimal) throw std::invalid_argument("not a decimal number");
  if (places.find_first_not_of('0', 2) != std::string_view::npos) {
    throw std::invalid_argument("more than two decimal places");
  }
  std::string digits =
      (negative ? "-" : "") + std::string(whole) + std::string(places.substr(0, 2));
  if (places.size() == 1) digits += '0';
  std::int64_t units = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), units);
  if (error != std::errc()) throw std::out_of_range("the amount is too large");
  return units;
}

}  // namespace pindah
