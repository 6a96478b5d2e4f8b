// Virtual time: instants and durations in whole microseconds. Never a wall clock.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace pindah {

// A duration, or an instant counted from the start of the scenario. The range (292,000 years) is
// never left by a run: scenarios are bounded to ten years when they are read.
struct Micros {
  std::int64_t us = 0;

  constexpr auto operator<=>(const Micros&) const = default;
  constexpr Micros operator+(Micros other) const { return {us + other.us}; }
  constexpr Micros operator-(Micros other) const { return {us - other.us}; }
  constexpr Micros operator*(std::int64_t factor) const { return {us * factor}; }
  constexpr Micros operator/(std::int64_t divisor) const { return {us / divisor}; }
  template <class A>
  void archive(A& a) {
    a(us);
  }
  constexpr Micros& operator+=(Micros other) {
    us += other.us;
    return *this;
  }
};

constexpr Micros millis(std::int64_t n) { return {n * 1'000}; }
constexpr Micros seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Micros minutes(std::int64_t n) { return {n * 60'000'000}; }
constexpr Micros hours(std::int64_t n) { return {n * 3'600'000'000}; }

// Later than every instant of every run.
constexpr Micros kNever{INT64_MAX};

// "00:41:12" or, with millis, "00:41:12.250": an instant counted from the start of the scenario;
// from a hundred hours on with days: "28d 04:00:00".
std::string clock_text(Micros instant, bool with_millis = false);

// "350ms", "1.5s", "2m30s", "3h": a duration as a person writes it.
std::string duration_text(Micros duration);

}  // namespace pindah
