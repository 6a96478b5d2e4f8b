#include "metrics/recent.h"

#include <catch2/catch.hpp>

#include "base/archive.h"

using namespace pindah;

TEST_CASE("The last minute counts each page and all pages together") {
  Recent recent(2);
  for (int i = 0; i < 98; ++i) recent.record(0, seconds(i), millis(10), false);
  recent.record(0, seconds(99), millis(10), true);
  recent.record(1, seconds(99), seconds(5), false);
  const Micros now = seconds(99);
  CHECK(recent.replies(0, now) == 59);  // seconds 40 to 97, and 99
  CHECK(recent.replies(1, now) == 1);
  CHECK(recent.replies(recent.edge(), now) == 60);
  CHECK(recent.failures(recent.edge(), now) == 1);
  CHECK(recent.errors_ppm(recent.edge(), now) == 16'666);
  CHECK(recent.errors_ppm(1, now) == 0);
  CHECK(recent.p50(0, now).us == Approx(10'000).epsilon(0.01));
  CHECK(recent.p50(recent.edge(), now).us == Approx(10'000).epsilon(0.01));
  CHECK(recent.p99(recent.edge(), now).us == Approx(5'000'000).epsilon(0.01));
  CHECK(recent.p99(0, now) < millis(11));
}

TEST_CASE("What is a minute old is forgotten, also when nothing came since") {
  Recent recent(1);
  recent.record(0, seconds(5), millis(10), true);
  CHECK(recent.replies(0, seconds(59)) == 1);
  CHECK(recent.replies(0, seconds(60)) == 0);
  CHECK(recent.p99(0, seconds(60)) == Micros{});
  CHECK(recent.errors_ppm(0, seconds(60)) == 0);
  recent.record(0, seconds(65), millis(20), false);  // the same bucket, a minute later
  CHECK(recent.replies(0, seconds(65)) == 1);
  CHECK(recent.failures(0, seconds(65)) == 0);
  CHECK(recent.p50(0, seconds(65)) > millis(19));
}

TEST_CASE("A rate is of the time in view, also at the start of a run") {
  Recent recent(1);
  CHECK(recent.rate_per_second_micro(0, Micros{}) == 0);
  for (int i = 0; i < 400; ++i) recent.record(0, millis(500 * i), millis(1), false);
  CHECK(recent.rate_per_second_micro(0, seconds(200)) == 2'000'000);
  Recent young(1);
  for (int i = 0; i < 8; ++i) young.record(0, millis(500 * i), millis(1), false);
  CHECK(young.rate_per_second_micro(0, seconds(4)) == 2'000'000);
}

TEST_CASE("The last minute survives a snapshot") {
  Recent recent(2);
  recent.record(1, seconds(7), millis(30), true);
  recent.record(0, seconds(17), millis(40), false);
  ArchiveWriter writer;
  writer(recent);
  const std::string bytes = writer.take();
  Recent copy(2);
  ArchiveReader reader(bytes);
  reader(copy);
  CHECK(reader.done());
  CHECK(copy.replies(2, seconds(20)) == 2);
  CHECK(copy.failures(1, seconds(20)) == 1);
  CHECK(copy.p99(2, seconds(20)) == recent.p99(2, seconds(20)));
  ArchiveWriter again;
  again(copy);
  CHECK(again.take() == bytes);
}
