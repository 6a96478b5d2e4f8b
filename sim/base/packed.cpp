#include "base/packed.h"

namespace pindah {
namespace {

constexpr std::size_t kNumberBytes = 8;
constexpr char kNull = 0, kInteger = 1, kText = 2;

std::int64_t number_at(const char* at) {
  std::uint64_t bits = 0;
  for (std::size_t i = kNumberBytes; i-- > 0;) bits = bits << 8 | static_cast<unsigned char>(at[i]);
  return static_cast<std::int64_t>(bits);
}

}  // namespace

void pack_number(std::string& bytes, std::int64_t number) {
  char text[kNumberBytes];
  auto bits = static_cast<std::uint64_t>(number);
  for (char& byte : text) {
    byte = static_cast<char>(bits & 0xff);
    bits >>= 8;
  }
  bytes.append(text, kNumberBytes);
}

void pack_null(std::string& bytes) { bytes.push_back(kNull); }

void pack_integer(std::string& bytes, std::int64_t number) {
  bytes.push_back(kInteger);
  pack_number(bytes, number);
}

void pack_text(std::string& bytes, std::string_view text) {
  bytes.push_back(kText);
  pack_number(bytes, static_cast<std::int64_t>(text.size()));
  bytes.append(text);
}

void pack(std::string& bytes, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return pack_integer(bytes, *number);
  if (const auto* text = std::get_if<std::string>(&value)) return pack_text(bytes, *text);
  pack_null(bytes);
}

Unpacked unpack(const char* at) {
  if (*at == kNull) return {0, 0, {}, at + 1};
  const std::int64_t number = number_at(at + 1);
  const char* rest = at + 1 + kNumberBytes;
  if (*at == kInteger) return {1, number, {}, rest};
  const auto size = static_cast<std::size_t>(number);
  return {2, 0, {rest, size}, rest + size};
}

Value value_of(const Unpacked& unpacked) {
  if (unpacked.index == 0) return {};
  if (unpacked.index == 1) return unpacked.integer;
  return std::string(unpacked.text);
}

}  // namespace pindah
