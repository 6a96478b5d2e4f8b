#include "base/time.h"

#include <catch2/catch.hpp>

using namespace pindah;

TEST_CASE("An instant is shown as hours, minutes and seconds, past a day too") {
  CHECK(clock_text(seconds(41 * 60 + 12)) == "00:41:12");
  CHECK(clock_text(hours(27) + millis(250), true) == "27:00:00.250");
  CHECK(clock_text(hours(100) - millis(1)) == "99:59:59");
  CHECK(clock_text(hours(100)) == "4d 04:00:00");
  CHECK(clock_text(millis(999)) == "00:00:00");
  CHECK(clock_text(seconds(-61)) == "-00:01:01");
  CHECK(clock_text(kNever) == "never");
}

TEST_CASE("A duration is shown as a person writes it") {
  CHECK(duration_text({}) == "0s");
  CHECK(duration_text({250}) == "250us");
  CHECK(duration_text({1500}) == "1.5ms");
  CHECK(duration_text(millis(350)) == "350ms");
  CHECK(duration_text(millis(1500)) == "1.5s");
  CHECK(duration_text({1'234'567}) == "1.235s");
  CHECK(duration_text(seconds(150)) == "2m30s");
  CHECK(duration_text({59'999'700}) == "1m");
  CHECK(duration_text(hours(3)) == "3h");
  CHECK(duration_text(hours(26) + minutes(1) + millis(40)) == "26h1m0.04s");
  CHECK(duration_text(seconds(-2)) == "-2s");
}
