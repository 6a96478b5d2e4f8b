#include "report/columns.h"

#include <algorithm>

namespace pindah {

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t now = width_of(text);
  if (now < width) text.append(width - now, ' ');
  return text;
}

Ink ink_of(const Verdict& verdict) {
  if (verdict.word == "PASS") return Ink::good;
  return verdict.exit_code == 4 ? Ink::doubt : Ink::bad;
}

std::string inked(const TerminalStyle& style, Ink ink, const std::string& text) {
  constexpr const char* kCodes[] = {"", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m"};
  if (!style.color || ink == Ink::none) return text;
  return kCodes[static_cast<std::size_t>(ink)] + text + "\x1b[0m";
}

}  // namespace pindah
