#include "platform/links.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)> specs() {
  std::array<LinkSpec, static_cast<std::size_t>(LinkId::count)> all{};
  all[static_cast<std::size_t>(LinkId::source_target)] = {millis(9), 0};
  return all;
}

}  // namespace

TEST_CASE("A slow link is slower by what was added and recovers") {
  Links links(specs(), Draws(1));
  links.add_delay(LinkId::source_target, millis(120));
  CHECK(links.send(LinkId::source_target, Direction::there, {1, 1, {}}) == millis(129));
  links.add_delay(LinkId::source_target, millis(0) - millis(120));
  CHECK(links.send(LinkId::source_target, Direction::there, {1, 1, {}}) == millis(9));
}

TEST_CASE("A link can be cut one way") {
  Links links(specs(), Draws(1));
  links.cut(LinkId::source_target, Direction::there, true);
  CHECK_FALSE(links.send(LinkId::source_target, Direction::there, {1, 1, {}}));
  CHECK(links.send(LinkId::source_target, Direction::back, {1, 1, {}}) == millis(9));
  CHECK(links.send(LinkId::edge_source, Direction::there, {1, 1, {}}) == millis(1));
}

TEST_CASE("A lossy link loses the stated share, and the same messages every time") {
  Links links(specs(), Draws(7));
  links.add_loss(LinkId::source_target, 50'000, {});
  int lost = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const bool gone = !links.send(LinkId::source_target, Direction::there, {i, 0, {}}).has_value();
    CHECK(gone == !links.send(LinkId::source_target, Direction::there, {i, 0, {}}).has_value());
    lost += gone ? 1 : 0;
  }
  CHECK(lost > 900);
  CHECK(lost < 1100);
}

TEST_CASE("The weather is a message's own, whatever link it takes; a link has its own rate") {
  Links links(specs(), Draws(7));
  links.add_loss(LinkId::edge_source, 20'000, {});
  links.add_loss(LinkId::edge_target, 20'000, {});
  links.add_loss(LinkId::gateway, 60'000, {});
  int lost = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const bool here = !links.send(LinkId::edge_source, Direction::there, {i, 3, {}});
    const bool there = !links.send(LinkId::edge_target, Direction::there, {i, 3, {}});
    const bool lossier = !links.send(LinkId::gateway, Direction::there, {i, 3, {}});
    CHECK(here == there);
    CHECK((lossier || !here));
    lost += here ? 1 : 0;
  }
  CHECK(lost > 300);
}

TEST_CASE("What had begun before it rained stays dry") {
  Links links(specs(), Draws(7));
  links.add_loss(LinkId::gateway, 1'000'000, seconds(10));
  CHECK(links.send(LinkId::gateway, Direction::there, {1, 1, seconds(9)}));
  CHECK_FALSE(links.send(LinkId::gateway, Direction::there, {1, 1, seconds(10)}));
  links.add_loss(LinkId::gateway, -1'000'000, seconds(20));
  CHECK_FALSE(links.send(LinkId::gateway, Direction::there, {1, 1, seconds(19)}));
  CHECK(links.send(LinkId::gateway, Direction::there, {1, 1, seconds(20)}));
}
