#include "sqlite/changes.h"

#include "base/packed.h"

namespace pindah {
namespace {

const char* after_row(const char* at, std::size_t columns) {
  while (columns-- > 0) at = unpack(at).end;
  return at;
}

}  // namespace

Value RowImage::operator[](std::size_t column) const {
  return value_of(unpack(after_row(at_, column)));
}

Change Changes::operator[](std::size_t number) const {
  const Mark& mark = marks_[number];
  const char* before = bytes_.data() + mark.at;
  return {mark.table, mark.kind, RowImage(before, mark.before),
          RowImage(after_row(before, mark.before), mark.after)};
}

void Changes::add(std::uint16_t table, ChangeKind kind, std::size_t before, std::size_t after) {
  pack_number(bytes_, table * 4 + static_cast<std::int64_t>(kind));
  marks_.push_back({bytes_.size(), table, kind, static_cast<std::uint16_t>(before),
                    static_cast<std::uint16_t>(after)});
}

void Changes::add_null() { pack_null(bytes_); }
void Changes::add_integer(std::int64_t number) { pack_integer(bytes_, number); }
void Changes::add_text(std::string_view text) { pack_text(bytes_, text); }

void Changes::clear() {
  bytes_.clear();
  marks_.clear();
}

}  // namespace pindah
