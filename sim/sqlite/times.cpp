#include <charconv>
#include <chrono>
#include <stdexcept>

#include "sqlite/functions.h"

namespace pindah {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kYear0 = -62'167'219'200;
constexpr std::int64_t kYear10000 = 253'402'300'800;
constexpr std::string_view kPattern = "0000-00-00T00:00:00Z";  // 0 stands for a digit

void put(char* at, unsigned number, int digits) {
  for (; digits-- > 0; number /= 10) at[digits] = static_cast<char>('0' + number % 10);
}

bool has_pattern(std::string_view text) {
  if (text.size() != kPattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kPattern[i] == '0' ? !digit : text[i] != kPattern[i]) return false;
  }
  return true;
}

}  // namespace

std::string time_text(std::int64_t epoch_seconds) {
  if (epoch_seconds < kYear0 || epoch_seconds >= kYear10000) {
    throw std::out_of_range("the instant is not between the years 0000 and 9999");
  }
  const std::int64_t day = (epoch_seconds - kYear0) / kDay + kYear0 / kDay;
  const auto second = static_cast<unsigned>(epoch_seconds - day * kDay);
  const year_month_day date{sys_days(days(day))};
  std::string text(kPattern);
  put(&text[0], static_cast<unsigned>(static_cast<int>(date.year())), 4);
  put(&text[5], static_cast<unsigned>(date.month()), 2);
  put(&text[8], static_cast<unsigned>(date.day()), 2);
  put(&text[11], second / 3600, 2);
  put(&text[14], second / 60 % 60, 2);
  put(&text[17], second % 60, 2);
  return text;
}

std::int64_t time_seconds(std::string_view text) {
  if (!has_pattern(text)) throw std::invalid_argument("the time is not YYYY-MM-DDTHH:MM:SSZ");
  const auto number = [&](std::size_t from, std::size_t digits) {
    unsigned value = 0;
    std::from_chars(text.data() + from, text.data() + from + digits, value);
    return value;
  };
  const year_month_day date{std::chrono::year(static_cast<int>(number(0, 4))),
                            std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
  const unsigned hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  const bool exists = date.ok() && hour < 24 && minute < 60 && second < 60;
  if (!exists) throw std::invalid_argument("there is no such time");
  const std::int64_t day = sys_days(date).time_since_epoch().count();
  return day * kDay + hour * 3600 + minute * 60 + second;
}

std::string local_text(std::int64_t epoch_seconds, std::int64_t east_s) {
  // Far outside the years there is nothing to add to: time_text() refuses either.
  const bool far = epoch_seconds < kYear0 - kDay || epoch_seconds > kYear10000 + kDay;
  return time_text(far ? epoch_seconds : epoch_seconds + east_s);
}

std::int64_t local_seconds(std::string_view text, std::int64_t east_s) {
  return time_seconds(text) - east_s;
}

}  // namespace pindah
