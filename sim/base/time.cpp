#include "base/time.h"

#include <fmt/format.h>

namespace pindah {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

// `value` thousandths with the trailing zeros of the fraction left out: 1500 is "1.5".
std::string thousandths(std::int64_t value) {
  std::string text = fmt::format("{}.{:03}", value / 1000, value % 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string long_text(std::int64_t ms) {
  const std::int64_t h = ms / 3'600'000, m = ms / 60'000 % 60, rest = ms % 60'000;
  std::string text;
  if (h > 0) text += fmt::format("{}h", h);
  if (m > 0) text += fmt::format("{}m", m);
  if (rest > 0) text += thousandths(rest) + "s";
  return text;
}

}  // namespace

std::string clock_text(Micros instant, bool with_millis) {
  if (instant == kNever) return "never";
  if (instant.us < 0) return "-" + clock_text({-instant.us}, with_millis);
  const std::int64_t s = instant.us / kSecond;
  const std::int64_t h = s / 3600;
  std::string text = h < 100 ? fmt::format("{:02}", h) : fmt::format("{}d {:02}", h / 24, h % 24);
  text += fmt::format(":{:02}:{:02}", s / 60 % 60, s % 60);
  if (with_millis) text += fmt::format(".{:03}", instant.us / 1000 % 1000);
  return text;
}

std::string duration_text(Micros duration) {
  if (duration == kNever) return "never";
  if (duration.us < 0) return "-" + duration_text({-duration.us});
  if (duration.us == 0) return "0s";
  if (duration.us < 1000) return fmt::format("{}us", duration.us);
  if (duration.us < kSecond) return thousandths(duration.us) + "ms";
  const std::int64_t ms = (duration.us + 500) / 1000;
  return ms < 60'000 ? thousandths(ms) + "s" : long_text(ms);
}

}  // namespace pindah
