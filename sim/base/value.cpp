#include "base/value.h"

namespace pindah {

std::string to_text(const Value& v) {
  if (is_null(v)) return "NULL";
  const auto* text = std::get_if<std::string>(&v);
  return text ? *text : std::to_string(std::get<std::int64_t>(v));
}

}  // namespace pindah
