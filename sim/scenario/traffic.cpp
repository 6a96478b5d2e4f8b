#include <algorithm>

#include "base/fixed.h"
#include "metrics/cursor.h"
#include "scenario/parse.h"
#include "scenario/words.h"

namespace pindah {
namespace {

constexpr std::int64_t kMostRate = 100'000 * kWhole;
constexpr std::int64_t kMostShoppers = 20'000'000;

// rate × time, in shoppers × 1000. Rates up to 1e11 and a year would leave 64 bits in µs.
std::int64_t thousandths(std::int64_t rate_micro, Micros time) {
  const std::int64_t ms = time.us / 1'000;
  return rate_micro / 1'000 * ms / 1'000 + rate_micro % 1'000 * ms / kWhole;
}

// The area under a spike's half-lives: each is half of the one before, and a half-life's own mean
// is 0.5 / ln 2 = 0.7213 of where it begins.
std::int64_t decay_thousandths(std::int64_t rate_micro, Micros half_life, Micros time) {
  std::int64_t sum = 0;
  for (Micros left = time; left.us > 0 && rate_micro > 0; rate_micro /= 2) {
    const Micros part = std::min(left, half_life);
    const std::int64_t mean = rate_micro * 7'213 / 10'000;
    sum += thousandths(part < half_life ? (rate_micro + mean) / 2 : mean, part);
    left = left - part;
  }
  return sum;
}

void read_shape(Fields& fields, TrafficEntry& entry, const Reading& reading) {
  std::vector<std::string> given;
  const std::vector<std::string> words = shape_words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!fields.has(word)) continue;
    given.push_back(word);
    entry.shape = static_cast<Shape>(i);
    fields.rate(word, entry.rate_micro, kMostRate);
  }
  if (given.size() != 1) {
    reading.problems.add(fields.place(),
                         "a traffic entry has one shape, not " + std::to_string(given.size()),
                         "one of: hold, ramp, spike, day");
  }
  const Micros most = reading.end();
  if (entry.shape == Shape::ramp) fields.need_duration("over", entry.rise, millis(1), most);
  if (entry.shape == Shape::spike) {
    fields.need_duration("rise", entry.rise, millis(1), most);
    fields.need_duration("half_life", entry.half_life, seconds(1), most);
  }
}

TrafficEntry read_entry(const Yaml& yaml, int default_mix, Reading& reading) {
  TrafficEntry entry;
  entry.place = yaml.place;
  entry.mix = default_mix;
  entry.until = reading.scenario.length;
  Fields fields(yaml, "a traffic entry", reading.problems);
  if (!yaml.is_map()) return entry;
  read_shape(fields, entry, reading);
  // Arrivals stop at the scenario's length.
  fields.duration("at", entry.at, {}, reading.scenario.length);
  if (fields.duration("until", entry.until, {}, reading.scenario.length) &&
      entry.until <= entry.at) {
    reading.problems.add(fields.place_of("until"), "`until` is not after `at`");
  }
  if (fields.map().get("mix")) entry.mix = read_mix(fields, reading.world);
  fields.word("home", entry.home, side_words());
  fields.finish();
  return entry;
}

}  // namespace

std::int64_t expected_shoppers(const TrafficEntry& entry) {
  if (entry.until <= entry.at) return 0;
  const Micros time = entry.until - entry.at;
  const Micros rise = std::min(entry.rise, time);
  // What is reached of a rise that `until` cuts short.
  const std::int64_t top =
      entry.rise.us == 0 ? 0 : entry.rate_micro / 1'000 * (rise.us * 1'000 / entry.rise.us);
  switch (entry.shape) {
    case Shape::hold:
    case Shape::day:
      return thousandths(entry.rate_micro, time) / 1'000;
    case Shape::ramp:
      return (thousandths(top / 2, rise) + thousandths(entry.rate_micro, time - rise)) / 1'000;
    case Shape::spike:
      return (thousandths(top / 2, rise) +
              decay_thousandths(entry.rate_micro, entry.half_life, time - rise)) /
             1'000;
  }
  throw Defect("a shape of traffic that nobody counts");
}

int read_mix(Fields& fields, const World& world) {
  std::string name;
  fields.text("mix", name);
  const int mix = world.mix(name);
  if (mix >= 0 || name.empty()) return mix;
  std::vector<std::string> known;
  for (const Mix& one : world.mixes) known.push_back(one.name);
  fields.problems().add(fields.place_of("mix"), "unknown mix `" + name + "`",
                        "one of: " + listed(known), did_you_mean(name, known));
  return -1;
}

void read_traffic(const Yaml& yaml, int default_mix, Reading& reading) {
  if (reading.world.mixes.empty()) reading.problems.add(yaml.place, "the world has no mix");
  std::int64_t shoppers = 0;
  for (const Yaml& item : maps_of(yaml, "`traffic`", reading.problems)) {
    const TrafficEntry entry = read_entry(item, default_mix, reading);
    shoppers += expected_shoppers(entry);
    reading.scenario.traffic.push_back(entry);
  }
  if (shoppers > kMostShoppers) {
    reading.problems.add(yaml.place, "this traffic brings " + std::to_string(shoppers) +
                                         " shoppers; the most is " + std::to_string(kMostShoppers));
  }
}

}  // namespace pindah
