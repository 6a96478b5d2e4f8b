#include "migration/cells.h"

#include "base/packed.h"

namespace pindah::migration {

Value Cells::operator[](std::size_t cell) const { return value_of(unpack(at(cell))); }

void Cells::add(const Statement& row, int column) {
  const std::size_t start = bytes_.size();
  switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_NULL:
      pack_null(bytes_);
      break;
    case SQLITE_INTEGER:
      pack_integer(bytes_, row.integer(column));
      break;
    case SQLITE_TEXT:
      pack_text(bytes_, row.text(column));
      break;
    default:
      row.column(column);  // says what is wrong
  }
  starts_.push_back(start);
}

void Cells::add(const Value& value, bool changed) {
  starts_.push_back(bytes_.size());
  if (const auto* text = std::get_if<std::string>(&value))
    pack_text(bytes_, changed ? *text + "?" : *text);
  else if (const auto* number = std::get_if<std::int64_t>(&value))
    pack_integer(bytes_, changed ? *number ^ 1 : *number);
  else if (changed)
    pack_integer(bytes_, 0);
  else
    pack_null(bytes_);
}

void Cells::bind(std::size_t cell, Statement& statement, int parameter) const {
  const Unpacked value = unpack(at(cell));
  if (value.index == 0)
    statement.bind_null(parameter);
  else if (value.index == 1)
    statement.bind_integer(parameter, value.integer);
  else
    statement.bind_text(parameter, value.text);
}

bool Cells::equals(std::size_t cell, const Statement& row, int column) const {
  const Unpacked value = unpack(at(cell));
  switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_NULL:
      return value.index == 0;
    case SQLITE_INTEGER:
      return value.index == 1 && value.integer == row.integer(column);
    case SQLITE_TEXT:
      return value.index == 2 && value.text == row.text(column);
    default:
      return false;
  }
}

}  // namespace pindah::migration
