#include "base/value.h"

#include <catch2/catch.hpp>

using namespace pindah;

TEST_CASE("A value becomes text as it is, and NULL by its name") {
  CHECK(to_text(Value{}) == "NULL");
  CHECK(to_text(Value{std::int64_t{-7}}) == "-7");
  CHECK(to_text(Value{std::string("it's")}) == "it's");
}
