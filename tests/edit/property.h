// Properties that hold for whatever is drawn, by RapidCheck. The draws are the same each time, so
// that a test that passed passes again; PINDAH_CASES sets how many there are, PINDAH_SEED which.
#pragma once

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>
#include <string>

namespace pindah::test {

inline std::uint64_t number_of(const char* variable, std::uint64_t usual) {
  const char* text = std::getenv(variable);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

// A case fails by RC_ASSERT, RC_FAIL or any exception; what fails is made as small as may be.
template <class Property>
void holds(const std::string& sentence, Property&& property) {
  rc::detail::TestMetadata about;
  about.id = about.description = sentence;
  rc::detail::TestParams params;
  params.seed = number_of("PINDAH_SEED", 1212);
  params.maxSuccess = static_cast<int>(number_of("PINDAH_CASES", 150));
  const auto result = rc::detail::checkTestable(std::forward<Property>(property), about, params);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  INFO(sentence << "\n" << told.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace pindah::test
