// moves/both: tables that are copied as they are. Private to sim/world.
#pragma once

#include <map>
#include <string>

#include "world/loading.h"

namespace pindah {

// A move of moves/both, written out: the file that somebody would have written for each direction,
// by the side that it goes from. All of it stands where the table is named.
using WrittenOut = PerSide<SqlFile>;

// The files of a folder of moves that can be one, sorted; the others are told.
std::vector<std::string> move_files(Loading& loading, const std::string& folder);
// "20-orders" of "20-orders.sql".
std::string move_name(const std::string& file);

// What moves/forward, moves/backward and moves/both may say above their sections.
const std::vector<std::string>& move_headers();
const std::vector<std::string>& move_sections();

// The files of moves/both by name, such as "20-orders-requests.sql". One with a mistake is told,
// and left out.
std::map<std::string, WrittenOut> read_copied_tables(Loading& loading);

}  // namespace pindah
