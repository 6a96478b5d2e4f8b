// Mistakes that a person can make are values with a place; broken invariants are defects.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pindah {

// A place in a file, counted from 1. Line 0: the file as a whole.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

// One mistake, written as help: what is wrong, what was expected, what to do.
struct Problem {
  Place place;
  std::string what;      // "unknown key `plann`"
  std::string expected;  // "one of: plan, platforms, …"; may be empty
  std::string hint;      // "did you mean `plan`?"; may be empty
  std::string source;    // the line itself; filled by Problems::text when empty and readable
};

// Collects every mistake, so that all are told at once.
class Problems {
 public:
  void add(Problem problem) { list_.push_back(std::move(problem)); }
  void add(Place place, std::string what, std::string expected = {}, std::string hint = {}) {
    list_.push_back({std::move(place), std::move(what), std::move(expected), std::move(hint), {}});
  }
  bool any() const { return !list_.empty(); }
  const std::vector<Problem>& list() const { return list_; }
  // One paragraph a problem: `file:line:column: what`, the line with a caret, expected, hint.
  // Control characters of the input are shown as escapes.
  std::string text() const;

 private:
  std::vector<Problem> list_;
};

// Text with its control characters (C0, C1, and those that turn the direction of writing) as
// escapes such as \x1b: fit for a terminal. Newlines and tabs are control characters too.
std::string printable(std::string_view text);

// The nearest of `known` to `word` (Damerau–Levenshtein distance of at most a third of its length),
// as "did you mean `x`?"; empty when none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

// The world's files are at fault in a way that only running them shows (a call that gives two rows,
// a REAL that is stored). The run cannot go on; exit 2.
struct WorldFault : std::runtime_error {
  Problem problem;
  explicit WorldFault(Problem p) : std::runtime_error(p.what), problem(std::move(p)) {}
};

// Pindah itself is wrong; exit 70, and the message says how to replay.
struct Defect : std::logic_error {
  using std::logic_error::logic_error;
};

// Throws Defect when an invariant does not hold. Kept in release builds.
inline void ensure(bool holds, const char* what) {
  if (!holds) throw Defect(what);
}

}  // namespace pindah
