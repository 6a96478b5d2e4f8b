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

// Collects every mistake, so that all are told at once; of very many the first alone, and how many
// more there were: nobody reads a hundred thousand, and a stranger's file must not cost more to
// refuse than to read.
class Problems {
 public:
  static constexpr std::size_t kMost = 100;

  void add(Problem problem) {
    if (full())
      ++more_;
    else
      list_.push_back(std::move(problem));
  }
  void add(Place place, std::string what, std::string expected = {}, std::string hint = {}) {
    add({std::move(place), std::move(what), std::move(expected), std::move(hint), {}});
  }
  // All of them, with the count of those that were not kept.
  void add(const Problems& others) {
    for (const Problem& problem : others.list_) add(problem);
    count_more_of(others);
  }
  // For who adds the others' one by one, changed.
  void count_more_of(const Problems& others) { more_ += others.more_; }
  bool any() const { return !list_.empty(); }
  // What is added now is only counted: a costly suggestion need not be made.
  bool full() const { return list_.size() >= kMost; }
  const std::vector<Problem>& list() const { return list_; }
  std::size_t count() const { return list_.size() + more_; }  // also of those that were not kept
  // One paragraph a problem: `file:line:column: what`, the line with a caret, expected, hint; at
  // the end "and 12 more". Control characters of the input are shown as escapes.
  std::string text() const;

 private:
  std::vector<Problem> list_;
  std::size_t more_ = 0;
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

// Somebody asked to stop, before there was anything to report.
struct Interrupted : std::runtime_error {
  Interrupted() : std::runtime_error("interrupted") {}
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
