// Values as bytes, the same on every machine: Value::index() in one byte, then 8 bytes of the
// integer, or of the text's length and the text. Numbers are little-endian.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/value.h"

namespace pindah {

void pack_number(std::string& bytes, std::int64_t number);  // the 8 bytes alone

void pack_null(std::string& bytes);
void pack_integer(std::string& bytes, std::int64_t number);
void pack_text(std::string& bytes, std::string_view text);
void pack(std::string& bytes, const Value& value);

// What stands at a packed value's first byte; the text views into the bytes.
struct Unpacked {
  std::size_t index = 0;     // as Value's
  std::int64_t integer = 0;  // index 1
  std::string_view text;     // index 2
  const char* end = nullptr;
};
Unpacked unpack(const char* at);
Value value_of(const Unpacked& unpacked);

}  // namespace pindah
