// Edits on texts of the world of tests/scenario/named_world.h.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "edit/apply.h"
#include "edit/names.h"
#include "tests/scenario/named_world.h"

namespace pindah::test {

inline const World& shop() {
  static const World world = named_world();
  return world;
}

struct Edited {
  std::string text;
  std::string inverse;   // as a text; empty: none, for a mistake
  std::string mistakes;  // as told() gives them
};

// An edit on a text. That its inverse gives back the same bytes is checked here, and that its text
// reads back as itself.
inline Edited edited(const std::string& text, const std::string& edit) {
  Problems problems;
  Edited result;
  SourceText source{text, Origins("night.yaml", text)};
  const auto parsed = parse_edit(edit, {"--set", 0, 0}, problems);
  const auto inverse =
      parsed ? apply_edit(*parsed, names_in(shop()), source, problems) : std::nullopt;
  result.mistakes = told(problems);
  result.text = source.text;
  if (!inverse) {
    CHECK(source.text == text);
    CHECK(problems.any());
    return result;
  }
  CHECK_FALSE(problems.any());
  result.inverse = edit_text(*inverse);
  const auto again = parse_edit(result.inverse, {"--set", 0, 0}, problems);
  INFO(result.inverse << "\n" << problems.text());
  REQUIRE(again);
  CHECK(*again == *inverse);
  apply_edit(*again, names_in(shop()), source, problems);
  INFO(problems.text());
  CHECK(source.text == text);
  return result;
}

}  // namespace pindah::test
