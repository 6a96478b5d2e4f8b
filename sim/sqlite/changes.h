// Row changes, in the order in which they were made.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace pindah {

enum class ChangeKind : std::uint8_t { insert, update, erase };

// A row as it was at one instant, columns in table order. Views into its Changes.
class RowImage {
 public:
  RowImage() = default;
  RowImage(const char* at, std::size_t columns) : at_(at), columns_(columns) {}
  std::size_t size() const { return columns_; }
  bool empty() const { return columns_ == 0; }
  // Reads over the columns before it.
  Value operator[](std::size_t column) const;

 private:
  const char* at_ = nullptr;
  std::size_t columns_ = 0;
};

// One row change. `before` is empty for an insert, `after` for a delete.
struct Change {
  std::uint16_t table = 0;  // as its capture numbers them
  ChangeKind kind = ChangeKind::insert;
  RowImage before, after;
};

// They lie one after the other in one run of bytes: as values of their own, the changes of a copied
// chunk took a fifth of the copy.
class Changes {
 public:
  bool empty() const { return marks_.empty(); }
  std::size_t size() const { return marks_.size(); }
  Change operator[](std::size_t number) const;
  // All of them: a change is its table * 4 + kind as a number, then its rows' values, packed.
  std::string_view bytes() const { return bytes_; }

  // A change begins with the columns of its rows; as many values follow, `before` first.
  void add(std::uint16_t table, ChangeKind kind, std::size_t before, std::size_t after);
  void add_null();
  void add_integer(std::int64_t number);
  void add_text(std::string_view text);
  void clear();

 private:
  struct Mark {
    std::size_t at = 0;  // of its first value
    std::uint16_t table = 0;
    ChangeKind kind = ChangeKind::insert;
    std::uint16_t before = 0, after = 0;  // columns
  };
  std::string bytes_;
  std::vector<Mark> marks_;
};

}  // namespace pindah
