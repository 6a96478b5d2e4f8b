#include "scenario/scenario.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "scenario/write.h"
#include "tests/scenario/named_world.h"

using namespace pindah;

namespace {

std::string example() {
  std::ifstream file(PINDAH_SOURCE_DIR "/tests/scenario/example.yaml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Scenario scenario(const std::string& rest) {
  const ReadText read = read_text("pindah: 1\nworld: shop\n" + rest);
  INFO(read.mistakes);
  REQUIRE(read.scenario);
  return *read.scenario;
}

// Every option at something else than its default.
std::string unusual() {
  return "pindah: 1\nworld: shop\ntitle: \"a \\\"quoted\\\" title: # 1\"\nstarts: 2024-02-29 "
         "00:30:15 "
         "-09:30\n"
         "traffic: [{ ramp: 0.25/s, over: 90s, home: target }, { day: 3/s, until: 59m }]\n"
         "plan:\n"
         "  - { at: 1m, capture: orders, name: \"first, of all\" }\n"
         "  - { at: 1m, copy: orders, speed: unlimited, chunk: 3, conflict: upsert }\n"
         "  - { at: 1m, apply: orders, poll: 7ms, batch: 3 }\n"
         "  - { at: 2m, route: orders, reads: 12.5%, over: 90s }\n"
         "  - { at: 3m, cutover: orders, fence: refuse, at_limit: go_on, drain: false, position: "
         "before_drain, reverse: false, forward_callbacks: false, verify: false, hold_at_most: 1 "
         "}\n"
         "  - { at: 3m, cutover: payments, copy: under_fence, freeze_at_most: 1.5s }\n"
         "  - { at: 4m, reverse: orders, on: false }\n"
         "  - { at: 5m, rollback: orders, fence: refuse }\n"
         "surprises:\n"
         "  - { at: 2m, slow: carts, by: 1ms, for: 1s, name: \"x: y\" }\n"
         "  - { at: 2m, slow: edge-source, by: 1ms, for: 1s }\n"
         "  - { at: 2m, slow: target, by: 1ms, for: 1s }\n"
         "  - { at: 2m, cut: gateway, direction: back, for: 1s }\n"
         "  - { at: 2m, lossy: source-target, by: 0.5%, for: 1s, also_in_control: true }\n"
         "  - { at: 2m, pause: source, for: 1s }\n"
         "  - { at: 2m, kill: target, for: 1s }\n"
         "  - { at: 2m, stale: edge 4, for: 1s }\n"
         "budget: { \"during, it\": \"failures(edge) < 1% during first, of all, warn\" }\n";
}

}  // namespace

TEST_CASE("The example that shows every part of the format is read") {
  const ReadText read = read_text(example());
  CHECK(read.mistakes == "");
  REQUIRE(read.scenario);
  const Scenario& s = *read.scenario;
  CHECK(s.seed == 1212);
  CHECK(s.length == hours(2));
  CHECK(s.settle == hours(3));
  CHECK(s.scale.at("buyers") == 50'000);
  CHECK(s.settings.at("unpaid_for") == hours(24));
  CHECK(s.platforms[1].service_time.p99 == millis(35));
  CHECK(s.links[static_cast<std::size_t>(LinkId::source_target)].delay == millis(9));
  REQUIRE(s.traffic.size() == 2);
  CHECK(s.traffic[1].rate_micro == 96'000'000);
  CHECK(s.traffic[1].rise == seconds(26));
  CHECK(s.traffic[1].half_life == minutes(4));
  CHECK(s.traffic[1].until == hours(2));
  CHECK(s.traffic[0].mix == 1);
  CHECK(s.plan.size() == 9);
  CHECK(s.budget.size() == 6);
  CHECK(s.budget[0].name == "shoppers who noticed");
  CHECK(s.budget[0].text == "noticed <= 0.1%");
  CHECK(s.budget[0].place.line == 38);
}

TEST_CASE("Surprises are read into what they change") {
  const Scenario s = scenario(
      "surprises:\n"
      "  - { at: 1m, slow: gateway, by: 4s, for: 3m, also_in_control: true }\n"
      "  - { at: 2m, slow: edge-target, by: 1ms, for: 1s }\n"
      "  - { at: 2m, slow: target, by: 1ms, for: 1s }\n"
      "  - { at: 2m, slow: carts, by: 1ms, for: 1s }\n"
      "  - { at: 2m, cut: gateway, direction: back, for: 1s }\n"
      "  - { at: 2m, lossy: source-target, by: 5%, for: 1s }\n"
      "  - { at: 2m, pause: source, for: 1s }\n"
      "  - { at: 2m, kill: target, for: 1s }\n"
      "  - { at: 2m, stale: edge 4, for: 1s }\n"
      "  - { at: 3m, stale: edge 4, for: 1s }\n");
  REQUIRE(s.surprises.size() == 10);
  CHECK(s.surprises[0].part.kind == PartKind::ledger);  // not the link of that name
  CHECK(s.surprises[0].part.index == 0);
  CHECK(s.surprises[0].at == minutes(1));
  CHECK(s.surprises[0].by == seconds(4));
  CHECK(s.surprises[0].duration == minutes(3));
  CHECK(s.surprises[0].also_in_control);
  CHECK(s.surprises[1].kind == SurpriseKind::slow);
  CHECK(s.surprises[1].part.kind == PartKind::link);
  CHECK(s.surprises[1].part.index == static_cast<int>(LinkId::edge_target));
  CHECK_FALSE(s.surprises[1].also_in_control);
  CHECK(s.surprises[2].part.kind == PartKind::platform);
  CHECK(s.surprises[2].part.index == static_cast<int>(Side::target));
  CHECK(s.surprises[3].part.kind == PartKind::service);
  CHECK(s.surprises[3].part.index == 1);
  CHECK(s.surprises[4].kind == SurpriseKind::cut);
  CHECK(s.surprises[4].part.index == static_cast<int>(LinkId::gateway));
  CHECK(s.surprises[4].ways == Ways::back);
  CHECK(s.surprises[5].kind == SurpriseKind::lossy);
  CHECK(s.surprises[5].lost_ppm == 50'000);
  CHECK(s.surprises[6].kind == SurpriseKind::pause);
  CHECK(s.surprises[6].part.index == static_cast<int>(Side::source));
  CHECK(s.surprises[7].kind == SurpriseKind::kill);
  CHECK(s.surprises[8].kind == SurpriseKind::stale);
  CHECK(s.surprises[8].part.index == 3);
  CHECK(s.surprises[8].name == "stale edge 4");
  CHECK(s.surprises[9].name == "stale edge 4 (2)");
}

TEST_CASE("Shoppers are counted by the area under their rate") {
  const auto count = [](const std::string& entry) {
    return expected_shoppers(scenario("length: 10h\ntraffic: [{ " + entry + " }]\n").traffic[0]);
  };
  CHECK(count("hold: 8/s, until: 1h") == 28'800);
  CHECK(count("hold: 0.0005/s") == 18);
  CHECK(count("day: 2/s, at: 1h, until: 2h") == 7'200);
  CHECK(count("ramp: 8/s, over: 1h, until: 2h") == 43'200);
  CHECK(count("ramp: 8/s, over: 2h, until: 1h") == 7'200);  // cut short at half the rate
  // rise / 2 + half_life / ln 2, for a rate of 96/s.
  CHECK(count("spike: 96/s, rise: 26s, half_life: 4m") ==
        Approx(96 * (13 + 240 / 0.693147)).epsilon(0.001));
  CHECK(count("spike: 96/s, rise: 1s, half_life: 10h, until: 1s") == 48);
}

TEST_CASE("A step that is held is written as held, and reads back so") {
  const World world = named_world();
  const ReadText held = read_text("pindah: 1\nworld: shop\nplan: [{ at: never, copy: orders }]\n");
  REQUIRE(held.scenario);
  const std::string written = write_scenario(*held.scenario, world);
  CHECK(written.find("    at: never\n") != std::string::npos);
  const ReadText again = read_text(written);
  CHECK(again.mistakes == "");
  REQUIRE(again.scenario);
  CHECK(again.scenario->plan.front().at == kNever);
}

TEST_CASE("What is written out reads back as the same scenario") {
  const std::string full = example() +
                           "settings: { unpaid_for: 1500us }\n"
                           "edges: 9\nroute_refresh: 1234ms\nmin_exposure: 0\n";
  const World world = named_world();
  for (const std::string& text : {full, unusual(), std::string("pindah: 1\nworld: shop\n")}) {
    const ReadText read = read_text(text);
    CHECK(read.mistakes == "");
    REQUIRE(read.scenario);
    const std::string written = write_scenario(*read.scenario, world);
    const ReadText again = read_text(written);
    CHECK(again.mistakes == "");
    REQUIRE(again.scenario);
    CHECK(write_scenario(*again.scenario, world) == written);
  }
  const std::string written = write_scenario(*read_text(unusual()).scenario, world);
  for (const char* line : {"starts: 2024-02-29 00:30:15 -09:30\n",
                           "speed: unlimited\n",
                           "chunk: 3\n",
                           "conflict: upsert\n",
                           "poll: 7ms\n",
                           "batch: 3\n",
                           "reads: 12.5%\n",
                           "over: 90s\n",
                           "fence: refuse\n",
                           "at_limit: go_on\n",
                           "drain: false\n",
                           "position: before_drain\n",
                           "reverse: false\n",
                           "forward_callbacks: false\n",
                           "verify: false\n",
                           "hold_at_most: 1\n",
                           "copy: under_fence\n",
                           "freeze_at_most: 1500ms\n",
                           "on: false\n",
                           "direction: back\n",
                           "by: 0.5%\n",
                           "also_in_control: true\n",
                           "stale: edge 4\n",
                           "slow: edge-source\n",
                           "slow: \"carts\"\n",
                           "slow: target\n",
                           "cut: gateway\n",
                           "lossy: source-target\n",
                           "pause: source\n",
                           "kill: target\n",
                           "home: target }\n"}) {
    INFO(line);
    CHECK(written.find(line) != std::string::npos);
  }
}

TEST_CASE("No text, however mangled, brings the reader down") {
  const std::string good = example();
  std::uint64_t state = 42;
  const auto draw = [&](std::size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((state >> 33) % n);
  };
  const std::string alphabet = "{}[]:,&*!|>'\"%#@- \n\t~?<=().0159xsmh/\xff\x04\xc2";
  int read = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string text = good;
    for (std::size_t n = 1 + draw(4); n > 0; --n) {
      const std::size_t at = draw(text.size());
      const std::size_t length = std::min(draw(12), text.size() - at);
      switch (draw(4)) {
        case 0:
          text.erase(at, length);
          break;
        case 1:
          text.insert(at, 1, alphabet[draw(alphabet.size())]);
          break;
        case 2:
          text[at] = alphabet[draw(alphabet.size())];
          break;
        default:
          text.insert(at, text.substr(draw(text.size()), length));
      }
    }
    const ReadText result = read_text(text);
    CHECK(result.scenario.has_value() == result.mistakes.empty());
    if (!result.scenario) continue;
    ++read;
    const World world = named_world();
    const std::string written = write_scenario(*result.scenario, world);
    CHECK(read_text(written).mistakes == "");
  }
  CHECK(read > 100);  // comments and titles may be mangled freely
  CHECK(read < 1900);
}
