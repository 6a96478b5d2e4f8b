// Walks over one line of text and reports mistakes at their column.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace pindah {

// A piece of the text and where it starts.
struct Piece {
  std::string_view text;
  std::size_t at = 0;
};

// Every take and read skips spaces first. The text outlives the cursor.
class Cursor {
 public:
  Cursor(std::string_view text, const Place& place, Problems& problems)
      : text_(text), place_(place), problems_(problems) {}

  std::size_t at();  // of the next character that is no space
  bool done() { return at() == text_.size(); }
  bool take(char c);
  bool take_sign(std::string_view sign);
  bool take_word(std::string_view word);  // a whole word, not the start of one
  bool take_words(std::string_view first, std::string_view second);
  bool stands_here(std::string_view words);  // and a word ends after them
  Piece word();                              // letters, digits and _; may be empty
  Piece chunk();                             // up to a space or a comma
  Piece until(std::string_view stops);       // up to one of these characters, trimmed
  std::string_view slice(std::size_t from, std::size_t to) const;  // trimmed

  void fail(std::size_t at, std::string what, std::string expected = {}, std::string hint = {});
  bool failed() const { return failed_; }

 private:
  std::string_view text_;
  const Place& place_;
  Problems& problems_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// "a, b, c".
std::string listed(const std::vector<std::string>& words);

}  // namespace pindah
