// What conditions and budget lines have in common: metrics, arguments, comparisons, values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/cursor.h"
#include "metrics/expression.h"
#include "metrics/signature.h"

namespace pindah {

// "`text`".
std::string quoted(std::string_view text);

std::vector<std::string> names_of(std::span<const Signature> signatures);
// The index of a name.
std::optional<std::size_t> find(std::span<const Signature> signatures, std::string_view name);

// The readers below report a mistake and then give nothing.

// `(a, b)`, or no argument.
std::optional<std::vector<std::string>> read_arguments(Cursor& cursor, const Signature& signature,
                                                       const Names& names);
// A duration above zero; `after` is the word before it.
std::optional<Micros> read_duration(Cursor& cursor, std::string_view after);

// Nothing, and no mistake, where no comparison stands.
std::optional<Compare> read_compare(Cursor& cursor);
// A value as a unit is written; nothing when it is not.
std::optional<std::int64_t> parse_value(Unit unit, std::string_view text);
// How the values of a unit are written, for messages.
std::string wanted(Unit unit);

// Reports a comparison that the range of its metric decides (a share above 100%, a lag below 0).
bool refuse_constant(Cursor& cursor, std::size_t at, Unit unit, Compare compare,
                     std::int64_t value);
// Reports what is left of the text.
void end_of(Cursor& cursor, std::string expected);

}  // namespace pindah
