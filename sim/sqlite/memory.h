// What the databases of the program hold together, and how much they may. SQLite asks for its
// memory from C, without saying for whom, so that the account is the program's.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <new>
#include <string>

namespace pindah {

// A database got no memory: the machine has no more, or the limit is reached. Never an answer of a
// database: whoever runs a statement lets it pass.
struct OutOfMemory : std::bad_alloc {
  const char* what() const noexcept override { return "out of memory"; }
};

namespace database_memory {

inline constexpr std::size_t kMost = std::size_t{2} << 30;  // where nobody says otherwise

// From now on, for all databases together; what they hold already counts.
void limit(std::size_t bytes);
std::size_t limit();
// Of pages, and of single pieces that are not small. False: the limit would be passed.
bool take(std::size_t bytes);
void give_back(std::size_t bytes);
// Since the last limit() something was not given, because of the limit.
bool refused();
// SQLite's own, with pieces from 64 KiB on taken and given back.
sqlite3_mem_methods counted(const sqlite3_mem_methods& by);

}  // namespace database_memory
}  // namespace pindah
