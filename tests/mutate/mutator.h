// Changes a text as people, merges and strangers do: lines, words, numbers, units, structure,
// letters. The same seed gives the same change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pindah::test {

// Small, and the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 1) {}
  std::uint64_t next();
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(next() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

struct Mutation {
  std::string what;  // "a line twice (12)"
  std::string text;
};

// One change of a text in YAML or SQL; the same text where the chosen change has nothing to act on.
Mutation mutate(const std::string& text, Dice& dice);
// One of the bytes of a file of any kind.
Mutation damage(const std::string& bytes, Dice& dice);

}  // namespace pindah::test
