// Texts on a terminal: in columns and in colour.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "report/report.h"

namespace pindah {

// How many columns a text takes: its characters, not its bytes.
std::size_t width_of(std::string_view text);
// Filled with spaces up to a width; a wider one stays as it is.
std::string padded(std::string text, std::size_t width);

enum class Ink : std::uint8_t { none, good, bad, doubt, faint };
Ink ink_of(const Verdict& verdict);
// The text, in colour where the style has any.
std::string inked(const TerminalStyle& style, Ink ink, const std::string& text);

}  // namespace pindah
