#include "base/packed.h"

#include <catch2/catch.hpp>

using namespace pindah;

TEST_CASE("What is packed is unpacked as it was, one value after another") {
  const std::vector<Value> values = {
      {},        std::int64_t{0}, std::int64_t{-1},       INT64_MIN,
      INT64_MAX, std::string(),   std::string("a\0b", 3), std::string(300, 'x'),
      Value{}};
  std::string bytes;
  for (const Value& value : values) pack(bytes, value);
  const char* at = bytes.data();
  for (const Value& value : values) {
    const Unpacked unpacked = unpack(at);
    CHECK(value_of(unpacked) == value);
    at = unpacked.end;
  }
  CHECK(at == bytes.data() + bytes.size());
}

TEST_CASE("Packed bytes are the same on every machine") {
  std::string bytes;
  pack(bytes, std::int64_t{0x0102030405060708});
  pack(bytes, std::string("hi"));
  pack(bytes, Value{});
  using namespace std::string_literals;
  CHECK(bytes == "\1\x8\7\6\5\4\3\2\1\2\2\0\0\0\0\0\0\0hi\0"s);
}
