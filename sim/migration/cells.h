// Extracted values on their way, one after the other: as values of their own, each text costs an
// allocation, twenty an order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sqlite/database.h"

namespace pindah::migration {

class Cells {
 public:
  bool empty() const { return starts_.empty(); }
  std::size_t size() const { return starts_.size(); }
  Value operator[](std::size_t cell) const;

  // Appends what stands in a column of the row. Throws SqlFailure for a REAL or a BLOB.
  void add(const Statement& row, int column);
  // Appends a value, or one that differs from it.
  void add(const Value& value, bool changed);
  // The statement views into the text until its next reset.
  void bind(std::size_t cell, Statement& statement, int parameter) const;
  bool equals(std::size_t cell, const Statement& row, int column) const;

  template <class A>
  void archive(A& a) {
    a(bytes_, starts_);
  }

 private:
  const char* at(std::size_t cell) const { return bytes_.data() + starts_[cell]; }
  std::string bytes_;  // packed
  std::vector<std::uint64_t> starts_;
};

}  // namespace pindah::migration
