#include "runfile/past.h"

#include <catch2/catch.hpp>

using namespace pindah;

namespace {

PastPage showed(const std::string& json) {
  PastPage page;
  page.end = PageEnd::ok;
  page.shown = json;
  return page;
}

// What the pages showed otherwise, the first of it, as "without | with".
std::string apart(const std::string& control, const std::string& rehearsed) {
  const PastPage without = showed(control), with = showed(rehearsed);
  const auto all = shown_apart(&without, &with);
  return all.empty() ? "" : all.front().control + " | " + all.front().rehearsed;
}

}  // namespace

TEST_CASE("what a page showed otherwise is told in words", "[report]") {
  CHECK(apart(R"({"a": 1})", R"({"a": 1})").empty());
  CHECK(apart(R"({"a": "paid"})", R"({"a": "unpaid"})") == "paid | unpaid");
  CHECK(apart(R"({"a": 7})", R"({"a": null})") == "7 | nothing");
  CHECK(apart(R"({"a": 7})", R"({})") == "7 | ");
}

TEST_CASE("of lists that SQL gave as texts only what is in one of them is told", "[report]") {
  CHECK(apart(R"({"l": "[{\"id\":1,\"at\":\"x\"},{\"id\":2,\"at\":\"y\"}]"})",
              R"({"l": "[{\"id\":2,\"at\":\"y\"}]"})") == "id 1, at x | nothing");
  CHECK(apart(R"({"l": "[1,2,2]"})", R"({"l": "[2,3]"})") == "1; 2 | 3");
  CHECK(apart(R"({"l": "[1,2]"})", R"({"l": "[2,1]"})") == "1; 2 | the same in another order");
  CHECK(apart(R"({"l": "[broken"})", R"({"l": "[]"})") == "[broken | nothing");
}

TEST_CASE("lists within lists without end do not bring the reader down", "[report]") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  CHECK_NOTHROW(apart(R"({"l": )" + deep + "}", R"({"l": 1})"));
  CHECK_NOTHROW(apart(R"({"l": ")" + deep + R"("})", R"({"l": "[]"})"));
  // Brackets within a text are text.
  CHECK(apart(R"({"l": "[[[[[[[[[[[[[[[[[[[[[[["})", R"({"l": "x"})").ends_with("[ | x"));
  CHECK(apart(R"({"l": "\"[[[[[[[[[[[[[[[[[[[[[[["})", R"({"l": "x"})").ends_with("[ | x"));
}
