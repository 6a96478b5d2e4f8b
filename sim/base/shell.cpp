#include "base/shell.h"

#include <algorithm>
#include <cctype>

namespace pindah {

namespace {

// Nothing to a shell but itself.
bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("._-/=+:,").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

bool is_shell_words(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') {
      quoted = !quoted;
    } else if (quoted) {
      continue;
    } else if (c == '\\' && text.substr(i).starts_with("\\'")) {
      ++i;
    } else if (c != ' ' && !is_plain(c)) {
      return false;
    }
  }
  return !quoted;
}

}  // namespace pindah
