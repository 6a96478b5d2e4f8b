#include "oracle/stock_oracle.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pindah {
namespace {

constexpr std::int64_t kFewAtMost = 5;

StockBand band_of_units(std::int64_t units) {
  if (units <= 0) return StockBand::none;
  return units <= kFewAtMost ? StockBand::few : StockBand::enough;
}

using Steps = std::vector<std::pair<Micros, std::int64_t>>;

// The least (or most) value of a running sum at any instant from `from` to `until`.
template <class Pick>
std::int64_t extreme(const Steps& steps, Micros from, Micros until, Pick pick) {
  const auto later = [](Micros t, const auto& step) { return t < step.first; };
  auto it = std::upper_bound(steps.begin(), steps.end(), from, later);
  std::int64_t best = it == steps.begin() ? 0 : (it - 1)->second;
  for (; it != steps.end() && it->first <= until; ++it) best = pick(best, it->second);
  return best;
}

std::int64_t least(const Steps& steps, Micros from, Micros until) {
  return extreme(steps, from, until, [](std::int64_t a, std::int64_t b) { return std::min(a, b); });
}

std::int64_t most(const Steps& steps, Micros from, Micros until) {
  return extreme(steps, from, until, [](std::int64_t a, std::int64_t b) { return std::max(a, b); });
}

// Changes to running sums.
void accumulate(Steps& steps) {
  std::stable_sort(steps.begin(), steps.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::int64_t sum = 0;
  for (auto& step : steps) step.second = sum += step.second;
}

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

StockBand band_of(const Value& shown) {
  if (const auto* units = std::get_if<std::int64_t>(&shown)) return band_of_units(*units);
  if (const auto* word = std::get_if<std::string>(&shown)) {
    if (*word == "none") return StockBand::none;
    if (*word == "few") return StockBand::few;
    if (*word == "enough") return StockBand::enough;
  }
  return StockBand::unknown;
}

std::vector<SoldLine> sold_lines(const Value& json, const std::string& item_name) {
  std::vector<SoldLine> lines;
  const auto* text = std::get_if<std::string>(&json);
  if (!text) return lines;
  const auto parsed = nlohmann::json::parse(*text, nullptr, false);
  if (!parsed.is_array()) return lines;
  for (const auto& row : parsed) {
    if (!row.is_object() || !row.contains(item_name) || !row.contains("qty")) continue;
    if (row["qty"].is_number_integer())
      lines.push_back({text_of(row[item_name]), row["qty"].get<std::int64_t>()});
  }
  return lines;
}

void StockOracle::start(Side home, const std::string& item, std::int64_t units) {
  initial_[{home, item}] = units;
}

void StockOracle::took(std::int64_t idem, Micros at) {
  Sale& sale = sales_[idem];
  sale.taken = std::min(sale.taken, at);
}

void StockOracle::gave_back(std::int64_t idem, Micros at) {
  const auto it = sales_.find(idem);
  if (it != sales_.end()) it->second.given_back = std::min(it->second.given_back, at);
}

void StockOracle::voided(std::int64_t idem, Micros at) {
  const auto it = sales_.find(idem);
  if (it != sales_.end()) it->second.voided = std::min(it->second.voided, at);
}

void StockOracle::lines(std::int64_t idem, Side home, const Value& json,
                        const std::string& item_name) {
  std::vector<SoldLine> sold = sold_lines(json, item_name);
  if (sold.empty()) return;
  Sale& sale = sales_[idem];  // perhaps before its goods are taken: a call may be late
  if (!sale.lines.empty()) return;
  sale.home = home;
  sale.lines = std::move(sold);
}

void StockOracle::told(std::int64_t idem, Micros at) {
  Sale& sale = sales_[idem];
  sale.told = std::min(sale.told, at);
  sale.taken = std::min(sale.taken, at);
}

void StockOracle::saw(std::size_t visit, Side home, const std::string& item, StockBand shown,
                      Micros from, Micros until) {
  sights_[{home, item}].push_back({visit, shown, from, until});
}

void StockOracle::refused(std::size_t visit, Side home, std::vector<SoldLine> wanted, Micros from,
                          Micros until) {
  refusals_.push_back({visit, home, std::move(wanted), from, until});
}

// A unit certainly counts as promised from when she was told until it was given back or owed no
// more, and possibly from when it was taken until it was given back.
std::map<StockOracle::Item, StockOracle::Course> StockOracle::courses() const {
  std::map<Item, Course> courses;
  for (const auto& [idem, sale] : sales_)
    for (const SoldLine& line : sale.lines) {
      Course& course = courses[{sale.home, line.item}];
      course.most.emplace_back(sale.taken, line.units);
      if (sale.given_back != kNever)
        course.most.emplace_back(std::max(sale.given_back, sale.taken), -line.units);
      const Micros owed_until = std::min(sale.voided, sale.given_back);
      if (sale.told == kNever || owed_until <= sale.told) continue;
      course.least.emplace_back(sale.told, line.units);
      if (owed_until != kNever) course.least.emplace_back(owed_until, -line.units);
    }
  for (auto& [item, course] : courses) {
    accumulate(course.least);
    accumulate(course.most);
  }
  return courses;
}

bool StockOracle::seen_truly(const Item& item, const Course& course, const Sight& sight) const {
  const auto initial = initial_.find(item);
  if (initial == initial_.end() || sight.shown == StockBand::unknown) return false;
  const StockBand lowest =
      band_of_units(initial->second - most(course.most, sight.from, sight.until));
  const StockBand highest =
      band_of_units(initial->second - least(course.least, sight.from, sight.until));
  return lowest <= sight.shown && sight.shown <= highest;
}

bool StockOracle::refused_truly(const std::map<Item, Course>& courses,
                                const Refusal& refusal) const {
  for (const SoldLine& line : refusal.wanted) {
    const Item item{refusal.home, line.item};
    const auto initial = initial_.find(item);
    const auto course = courses.find(item);
    if (initial == initial_.end()) continue;
    const std::int64_t promised =
        course == courses.end() ? 0 : most(course->second.most, refusal.from, refusal.until);
    if (initial->second - promised < line.units) return true;
  }
  return false;
}

Micros StockOracle::known_until(Micros now) const {
  constexpr Micros kLongestPage = minutes(5);
  Micros known = kNever;
  for (const auto& [idem, sale] : sales_)
    if (sale.lines.empty() && sale.taken + kLongestPage >= now) known = std::min(known, sale.taken);
  return known;
}

void StockOracle::settle(std::vector<Visit>& visits, Micros known_until) const {
  const std::map<Item, Course> all = courses();
  const Course untouched;
  for (const auto& [item, sights] : sights_) {
    const auto it = all.find(item);
    const Course& course = it == all.end() ? untouched : it->second;
    for (const Sight& sight : sights)
      if (sight.until < known_until && !seen_truly(item, course, sight))
        visits[sight.visit].truthful = false;
  }
  for (const Refusal& refusal : refusals_)
    visits[refusal.visit].truthful = refusal.until >= known_until || refused_truly(all, refusal);
}

std::map<StockOracle::Item, std::vector<std::int64_t>> StockOracle::sales_by_item() const {
  std::map<Item, std::vector<std::int64_t>> sales;
  for (const auto& [idem, sale] : sales_)
    for (const SoldLine& line : sale.lines) sales[{sale.home, line.item}].push_back(idem);
  return sales;
}

}  // namespace pindah
