// A value that travels between SQL statements, pages and platforms: NULL, INTEGER or TEXT.
// There is no REAL on purpose: simulated state is integers (docs/architecture.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace pindah {

using Value = std::variant<std::monostate, std::int64_t, std::string>;

inline bool is_null(const Value& v) { return std::holds_alternative<std::monostate>(v); }
inline bool is_text(const Value& v) { return std::holds_alternative<std::string>(v); }

// The integer held, or `otherwise` for NULL and TEXT.
inline std::int64_t integer_or(const Value& v, std::int64_t otherwise) {
  const auto* i = std::get_if<std::int64_t>(&v);
  return i ? *i : otherwise;
}

// NULL as "NULL", the rest as it is.
std::string to_text(const Value& v);

}  // namespace pindah
