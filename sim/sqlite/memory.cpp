#include "sqlite/memory.h"

#include <atomic>

namespace pindah::database_memory {
namespace {

// Small pieces are most of SQLite's calls and little of its memory: two threads would only meet at
// the count.
constexpr std::size_t kSmall = 64 << 10;

struct Account {
  std::atomic<std::size_t> most{kMost}, held{0};
  std::atomic<bool> refused{false};
  sqlite3_mem_methods by{};
};
Account& account() {
  static Account account;
  return account;
}

std::size_t counted_size(void* piece) {
  const int size = piece == nullptr ? 0 : account().by.xSize(piece);
  return static_cast<std::size_t>(size) < kSmall ? 0 : static_cast<std::size_t>(size);
}

void* allocate(int bytes) {
  const auto size = static_cast<std::size_t>(bytes);
  if (size < kSmall) return account().by.xMalloc(bytes);
  if (!take(size)) return nullptr;
  void* piece = account().by.xMalloc(bytes);
  give_back(size);
  if (piece != nullptr) account().held += counted_size(piece);
  return piece;
}

void release(void* piece) {
  give_back(counted_size(piece));
  account().by.xFree(piece);
}

void* grow(void* piece, int bytes) {
  const std::size_t before = counted_size(piece);
  const auto size = static_cast<std::size_t>(bytes);
  if (size > before && size >= kSmall) {
    if (!take(size - before)) return nullptr;
    give_back(size - before);
  }
  void* moved = account().by.xRealloc(piece, bytes);
  if (moved == nullptr) return nullptr;
  give_back(before);
  account().held += counted_size(moved);
  return moved;
}

}  // namespace

void limit(std::size_t bytes) {
  account().most = bytes;
  account().refused = false;
}

std::size_t limit() { return account().most; }

bool take(std::size_t bytes) {
  const std::size_t held = account().held.fetch_add(bytes) + bytes;
  if (held <= account().most) return true;
  account().held -= bytes;
  account().refused = true;
  return false;
}

void give_back(std::size_t bytes) { account().held -= bytes; }
bool refused() { return account().refused; }

sqlite3_mem_methods counted(const sqlite3_mem_methods& by) {
  account().by = by;
  sqlite3_mem_methods methods = by;
  methods.xMalloc = allocate;
  methods.xFree = release;
  methods.xRealloc = grow;
  return methods;
}

}  // namespace pindah::database_memory
