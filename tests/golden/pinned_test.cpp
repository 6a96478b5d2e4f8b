#include "tests/golden/pinned.h"

#include <catch2/catch.hpp>

using namespace pindah::test;

namespace {

const std::string kLives =
    "control 00:00:59.000 shopper 1 page 0\n"
    "control 00:01:00.000 shopper 1 page 1\n"
    "control 00:01:30.000 shopper 2 page 0\n"
    "rehearsed 00:01:30.000 shopper 2 page 0\n";

}  // namespace

TEST_CASE("A trail has a line for each life and minute in which something happened") {
  const std::string trail = trail_of(kLives);
  CHECK(std::count(trail.begin(), trail.end(), '\n') == 3);
  CHECK(trail.starts_with("control 00:00 1 "));
  CHECK(trail.find("\ncontrol 00:01 2 ") != std::string::npos);
  CHECK(trail.find("\nrehearsed 00:01 1 ") != std::string::npos);
}

TEST_CASE("A page that is another one shows in its life and minute, and in no other") {
  std::string other = kLives;
  other.replace(other.find("shopper 2"), 9, "shopper 3");
  const std::string parts = first_difference(trail_of(kLives), trail_of(other));
  CHECK(parts.starts_with("\n  pinned: control 00:01 2 "));
  CHECK(parts.find("\n  now:    control 00:01 2 ") != std::string::npos);
  CHECK(first_difference(kLives, other) ==
        "\n  pinned: control 00:01:30.000 shopper 2 page 0"
        "\n  now:    control 00:01:30.000 shopper 3 page 0");
}

TEST_CASE("A run that ends sooner parts where the other goes on; one that is the same nowhere") {
  CHECK(first_difference("a\nb\n", "a\n") == "\n  pinned: b\n  now:    nothing more");
  CHECK(first_difference("a\n", "a\nb\n") == "\n  pinned: nothing more\n  now:    b");
  CHECK(first_difference(kLives, kLives) == "");
}
