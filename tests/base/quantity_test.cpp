#include <catch2/catch.hpp>

#include "base/quantity.h"

using namespace pindah;

TEST_CASE("Durations are read exactly, with units, longest first") {
  CHECK(parse_duration("250ms") == millis(250));
  CHECK(parse_duration("20s") == seconds(20));
  CHECK(parse_duration("1h30m") == minutes(90));
  CHECK(parse_duration("1d2h3m4s5ms6us") ==
        hours(26) + minutes(3) + seconds(4) + millis(5) + Micros{6});
  CHECK(parse_duration("1.5s") == millis(1500));
  CHECK(parse_duration("0.001ms") == Micros{1});
  CHECK(parse_duration("0s") == Micros{});
  CHECK(parse_duration("3652d") == hours(24 * 3652));
}

TEST_CASE("What is no exact duration is none") {
  for (const char* text :
       {"", "5", "s", "5 s", "-5s", "+5s", "5S", "1m1h", "1s1s", "1..5s", "1.s", "1e3s", "0.1us",
        "0.0000001s", "5sec", "3653d", "99999999999999999999s", "9223372036854775807d", "5s "}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("Shares are read in percent or as decimals, to the millionth and no finer") {
  CHECK(parse_ppm("0.1%") == 1'000);
  CHECK(parse_ppm("100%") == 1'000'000);
  CHECK(parse_ppm("0.0001%") == 1);
  CHECK(parse_ppm(".39") == 390'000);
  CHECK(parse_ppm("1.32") == 1'320'000);
  CHECK(parse_ppm("1") == 1'000'000);
  for (const char* text : {"", "%", "0.00001%", "0.0000001", "-1%", "1 %", ".", "1.", "x%"}) {
    INFO(text);
    CHECK_FALSE(parse_ppm(text));
  }
}

TEST_CASE("Rates are read with their unit") {
  CHECK(parse_per_second_micro("8/s") == 8'000'000);
  CHECK(parse_per_second_micro("0.25/s") == 250'000);
  for (const char* text : {"8", "/s", "8/m", "8 /s", "2000 rows/s", "99999999999999/s"}) {
    INFO(text);
    CHECK_FALSE(parse_per_second_micro(text));
  }
}

TEST_CASE("Numbers are shown with their unit and without rounding away what matters") {
  CHECK(show(Unit::ppm, 6'200) == "0.62 %");
  CHECK(show(Unit::ppm, 1'000) == "0.10 %");
  CHECK(show(Unit::ppm, 1'001) == "0.1001 %");
  CHECK(show(Unit::ppm, 0) == "0 %");
  CHECK(show(Unit::ppm, 1'000'000) == "100.00 %");
  CHECK(show(Unit::micros, 1'200'000) == "1.2s");
  CHECK(show(Unit::count, 412) == "412");
  CHECK(show(Unit::truth, 1) == "yes");
  CHECK(show(Unit::truth, 0) == "no");
  CHECK(show(Unit::per_second_micro, 8'000'000) == "8/s");
  CHECK(show(Unit::per_second_micro, 250'000) == "0.25/s");
}
