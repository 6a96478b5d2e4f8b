#include "tests/self/soak.h"

#include <fmt/format.h>

#include <vector>

#include "base/draws.h"

namespace pindah::test {
namespace {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : draws_(seed) {}
  // From `least` to `most`.
  int number(int least, int most) {
    return least + static_cast<int>(draws_.below(static_cast<std::uint64_t>(most - least + 1),
                                                 Domain::actor, 1, next_++, purpose("soak")));
  }
  bool one_in(int n) { return number(1, n) == 1; }
  const std::string& of(const std::vector<std::string>& list) {
    return list[static_cast<std::size_t>(number(0, static_cast<int>(list.size()) - 1))];
  }

 private:
  Draws draws_;
  std::uint64_t next_ = 0;
};

// Seconds into the run as scenarios write them; at whole half minutes, where `on_the_tick`.
std::string at(Choices& choices, int seconds, bool on_the_tick) {
  return std::to_string(on_the_tick ? seconds / 30 * 30 : seconds + choices.number(1, 19)) + "s";
}

// The target is no slower than the source, and both are as far away: whoever is led to a slower one
// would notice.
std::string platforms(Choices& choices) {
  const int median = choices.number(5, 8), p99 = choices.number(30, 50);
  const auto one = [&](const char* name, int median_ms, int p99_ms) {
    return fmt::format(
        "  {}: {{ workers: {}, queue: 500, service_time: {{ median: {}ms, p99: {}ms }} }}\n", name,
        choices.number(12, 40), median_ms, p99_ms);
  };
  const std::string source = one("source", median, p99);
  return "platforms:\n" + source +
         one("target", choices.number(4, median), choices.number(25, p99));
}

std::string links(Choices& choices) {
  std::string text =
      fmt::format("links:\n  source-target: {{ delay: {}ms }}\n", choices.number(2, 4));
  const int delay = choices.number(1, 40);
  if (choices.one_in(3))
    for (const char* edge : {"edge-source", "edge-target"})
      text += fmt::format("  {}: {{ delay: {}ms }}\n", edge, delay);
  return text;
}

// The same in both lives.
std::string weather(Choices& choices) {
  std::string text;
  const auto add = [&](const std::string& what) {
    text += fmt::format("  - {{ at: {}s, {}, for: {}m, also_in_control: true }}\n",
                        choices.number(60, 200), what, choices.number(3, 8));
  };
  if (choices.one_in(3)) {
    const int percent = choices.number(1, 4);
    for (const char* edge : {"edge-source", "edge-target"})
      text += fmt::format("  - {{ at: 2m, lossy: {}, by: {}%, for: 8m, also_in_control: true }}\n",
                          edge, percent);
  }
  if (choices.one_in(4)) add(fmt::format("slow: gateway, by: {}ms", choices.number(100, 1500)));
  if (choices.one_in(4)) {
    const int slow = choices.number(5, 60);
    for (const char* edge : {"edge-source", "edge-target"})
      text += fmt::format(
          "  - {{ at: 2m30s, slow: {}, by: {}ms, for: 6m, also_in_control: true }}\n", edge, slow);
  }
  return text.empty() ? text : "surprises:\n" + text;
}

std::string prepared(const std::string& services) {
  return fmt::format(
      "  - {{ at: 30s, capture: [{0}] }}\n"
      "  - {{ at: 40s, apply: [{0}] }}\n"
      "  - {{ at: 41s, copy: [{0}], speed: unlimited, chunk: 200 }}\n"
      "  - {{ when: \"copied({0}) == 100%\", verify: [{0}], speed: unlimited }}\n",
      services);
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : ", ") + one;
  return text;
}

std::string together(Choices& choices, const std::vector<std::string>& services, bool tick) {
  const std::string all = joined(services);
  return prepared(all) + fmt::format("  - {{ at: {}, cutover: [{}], needs: \"verified({})\" }}\n",
                                     at(choices, choices.number(180, 300), tick), all, all);
}

std::string one_by_one(Choices& choices, const std::vector<std::string>& services, bool tick) {
  std::string text = prepared(joined(services));
  int when = choices.number(180, 240);
  for (const std::string& service : services) {
    text += fmt::format("  - {{ at: {}, cutover: {}, needs: \"verified({})\" }}\n",
                        at(choices, when, tick), service, service);
    when += choices.number(31, 90);
  }
  return text;
}

std::string canary(Choices& choices, const std::vector<std::string>& services, bool tick) {
  const std::string all = joined(services);
  std::string text = prepared(all);
  int when = choices.number(180, 240), share = choices.number(5, 30);
  for (int step = 0; step < choices.number(1, 3); ++step) {
    text += fmt::format("  - {{ at: {}, cutover: [{}], share: {}% }}\n", at(choices, when, tick),
                        all, share);
    when += choices.number(40, 100);
    share += choices.number(10, 20);
  }
  return text + fmt::format("  - {{ at: {}, cutover: [{}] }}\n", at(choices, when, tick), all);
}

std::string dual_write(Choices& choices, const std::vector<std::string>& services, bool tick) {
  const std::string all = joined(services);
  const int when = choices.number(200, 300);
  return fmt::format(
      "  - {{ at: 30s, dual_write: [{0}], mode: sync }}\n"
      "  - {{ at: 35s, copy: [{0}], speed: unlimited, chunk: 50 }}\n"
      "  - {{ when: \"copied({0}) == 100%\", verify: [{0}], speed: unlimited }}\n"
      "  - {{ at: {1}, cutover: [{0}], needs: \"verified({0})\" }}\n",
      all, at(choices, when, tick));
}

std::string plan(Choices& choices, const std::vector<std::string>& services) {
  const bool tick = choices.one_in(2);
  switch (choices.number(0, 3)) {
    case 0:
      return "plan:\n" + together(choices, services, tick);
    case 1:
      return "plan:\n" + one_by_one(choices, services, tick);
    case 2:
      return "plan:\n" + canary(choices, services, tick);
    default:
      return "plan:\n" + dual_write(choices, services, tick);
  }
}

std::string traffic(Choices& choices, const std::vector<std::string>& others) {
  std::string text = fmt::format("traffic:\n  - {{ hold: {}/s }}\n", choices.number(2, 5));
  if (choices.one_in(2)) text += "  - { hold: 0.5/s, home: target }\n";
  for (const std::string& mix : others) {
    if (choices.one_in(2)) text += fmt::format("  - {{ hold: 0.5/s, mix: {} }}\n", mix);
    if (choices.one_in(4))
      text += fmt::format("  - {{ hold: 0.3/s, mix: {}, home: target }}\n", mix);
  }
  if (choices.one_in(3))
    text += fmt::format("  - {{ at: 3m, ramp: {}/s, over: 2m }}\n", choices.number(3, 6));
  return text;
}

std::string head(std::uint64_t seed, const char* world, const std::string& rest) {
  return fmt::format(
      "pindah: 1\ntitle: Drawn from seed {0}\nworld: {1}\nseed: {0}\n"
      "starts: 2024-03-01 12:00 +07:00\nmax_control_p99: 1m\nmin_exposure: 1\n{2}",
      seed, world, rest);
}

}  // namespace

std::string soak_of_library(std::uint64_t seed) {
  Choices choices(seed);
  const std::string rest = fmt::format(
      "length: {}m\nsettle: 40m\nscale: {{ readers: {}, books: {}, past_loans: {} }}\n"
      "settings: {{ unpaid_for: {}m, hand_out_after: {}s }}\nmix: readers\n",
      choices.number(8, 12), choices.number(100, 800), choices.number(60, 400),
      choices.number(50, 400), choices.number(3, 20), choices.number(60, 300));
  const std::vector<std::vector<std::string>> moves{
      {"loans", "fees"}, {"loans"}, {"fees"}, {"shelf"}, {"shelf", "loans", "fees"}};
  const auto& services = moves[static_cast<std::size_t>(choices.number(0, 4))];
  return head(seed, "../worlds/library", rest) + platforms(choices) + links(choices) +
         traffic(choices, {"usual"}) + plan(choices, services) + weather(choices) +
         "budget:\n  noticed: noticed == 0%\n";
}

std::string soak_of_shop(std::uint64_t seed) {
  Choices choices(seed);
  const std::string rest = fmt::format(
      "length: {}m\nsettle: 1h\nscale: {{ buyers: {}, products: {}, orders: {} }}\n"
      "settings: {{ unpaid_for: {}m, remorse_hold: 2m, accept_after: {}m, ship_after: {}m, "
      "deliver_after: 3m, complete_after: {}m }}\nmix: {}\n",
      choices.number(8, 12), choices.number(200, 1500), choices.number(200, 1000),
      choices.number(300, 2000), choices.number(4, 9), choices.number(1, 3), choices.number(2, 4),
      choices.number(2, 4), choices.of({"sale-day", "usual", "live"}));
  const std::vector<std::vector<std::string>> moves{
      {"payments", "orders"},
      {"orders", "payments"},
      {"payments"},
      {"carts"},
      {"catalogue", "carts"},
      {"accounts", "merchants", "catalogue", "carts", "payments", "orders"}};
  const auto& services = moves[static_cast<std::size_t>(choices.number(0, 5))];
  return head(seed, "shop-tokopedia", rest) + platforms(choices) + links(choices) +
         traffic(choices, {"merchants", "house-movers", "savers"}) + plan(choices, services) +
         weather(choices) + "budget:\n  noticed: noticed == 0%\n";
}

}  // namespace pindah::test
