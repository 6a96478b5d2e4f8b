#include "base/digest.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {
std::string folded(std::initializer_list<std::string_view> parts) {
  Digest digest;
  for (std::string_view part : parts) digest.fold(part);
  return digest.hex();
}
}  // namespace

TEST_CASE("A digest depends on the order of its parts and on the borders between them") {
  CHECK(folded({"ab", "c"}) == folded({"ab", "c"}));
  CHECK(folded({"ab", "c"}) != folded({"c", "ab"}));
  CHECK(folded({"ab", "c"}) != folded({"a", "bc"}));
  CHECK(folded({"ab", ""}) != folded({"ab"}));
}

TEST_CASE("The hash is XXH3 with 64 bits") {
  CHECK(hash64("") == 0x2D06800538D394C2u);  // of the empty input, from xxHash's own tests
  Digest digest;
  digest.fold(std::uint64_t{0x0102030405060708});
  Digest bytes;
  bytes.fold(std::string_view("\x08\x07\x06\x05\x04\x03\x02\x01", 8));
  CHECK(digest.value() == bytes.value());
  CHECK(digest.hex().size() == 16);
}
