#include "scenario/format.h"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/quantity.h"

namespace pindah {
namespace {

// `number` / 10^digits without trailing zeros.
std::string decimal(std::int64_t number, std::int64_t one) {
  std::string digits = std::to_string(number % one + one).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  return std::to_string(number / one) + (digits.empty() ? "" : "." + digits);
}

// Reads numbers of a fixed width and the signs between them off a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  int number(std::size_t width, int least, int most) {
    int value = 0;
    if (rest_.size() < width) ok_ = false;
    for (std::size_t i = 0; ok_ && i < width; ++i) {
      ok_ = rest_[i] >= '0' && rest_[i] <= '9';
      value = value * 10 + (rest_[i] - '0');
    }
    if (ok_) rest_.remove_prefix(width);
    ok_ = ok_ && value >= least && value <= most;
    return value;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) { ok_ = take(c) && ok_; }
  bool ended() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::chrono::year_month_day date(int year, int month, int day) {
  return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
          std::chrono::day(static_cast<unsigned>(day))};
}

}  // namespace

std::string exact_duration(Micros duration) {
  if (duration.us == 0) return "0s";
  for (const auto& [name, us] : kDurationUnits) {
    if (duration.us % us == 0) return std::to_string(duration.us / us) + std::string(name);
  }
  return {};  // never: the last unit divides everything
}

std::string exact_rate(std::int64_t per_second_micro) {
  return decimal(per_second_micro, 1'000'000) + "/s";
}

std::string exact_share(std::int64_t ppm) { return decimal(ppm, 10'000) + "%"; }

std::string in_quotes(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<LocalInstant> parse_instant(std::string_view text) {
  Reader reader(text);
  const int year = reader.number(4, 1970, 2199);
  reader.need('-');
  const int month = reader.number(2, 1, 12);
  reader.need('-');
  const int day = reader.number(2, 1, 31);
  reader.need(' ');
  const int hour = reader.number(2, 0, 23);
  reader.need(':');
  const int minute = reader.number(2, 0, 59);
  const int second = reader.take(':') ? reader.number(2, 0, 59) : 0;
  reader.take(' ');
  Micros offset;
  if (!reader.take('Z')) {
    const bool minus = reader.take('-');
    if (!minus) reader.need('+');
    offset = hours(reader.number(2, 0, 14));
    reader.need(':');
    offset = (offset + minutes(reader.number(2, 0, 59))) * (minus ? -1 : 1);
  }
  if (!reader.ended() || !date(year, month, day).ok()) return {};
  const auto days = std::chrono::sys_days(date(year, month, day)).time_since_epoch().count();
  const Micros local = hours(24) * days + hours(hour) + minutes(minute) + seconds(second);
  return LocalInstant{(local - offset).us, offset};
}

std::string instant_text(const LocalInstant& moment) {
  const std::int64_t local = (moment.us + moment.utc_offset.us) / seconds(1).us;
  const std::int64_t day = local >= 0 ? local / 86'400 : (local - 86'399) / 86'400;
  const std::int64_t second = local - day * 86'400;
  const std::chrono::year_month_day ymd{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))};
  const std::int64_t offset = moment.utc_offset.us / minutes(1).us;
  const std::int64_t size = offset < 0 ? -offset : offset;
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} {}{:02}:{:02}",
                     static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()), second / 3600, second / 60 % 60, second % 60,
                     offset < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace pindah
