// Rows and what became of them, for comparisons.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sqlite/changes.h"
#include "sqlite/database.h"
#include "world/world.h"

namespace pindah::audit {

using Row = std::vector<Value>;  // columns in table order; empty: no row

// What became of rows, by table and primary key: as they were first and as they are last. Rows that
// are as they were are not in it.
using Net = std::map<std::pair<std::size_t, Row>, std::pair<Row, Row>>;
void add_to(Net& net, const Platform& platform, const Changes& changes);

// The values of a row's primary key, and as people read them: "17" or "17/4".
Row key_of(const Table& table, const Row& row);
std::string key_text(const Row& key);

std::string quoted_name(const std::string& name);
// All columns but generated ones, as a SELECT takes them.
std::string column_list(const Table& table);

// Walks two contents of one table in the order of its key, and tells each row that differs: `is`
// empty where it is missing, `was` where it was not there. How many rows `was` has.
std::int64_t compare_table(const Database& was, const Database& is, const Table& table,
                           const std::function<void(const Row& was, const Row& is)>& differs);

// How many columns of two rows are equal, and which of some rows has most; the first of several.
std::size_t alike(const Row& a, const Row& b);
std::vector<Row>::iterator most_alike(const Row& row, std::vector<Row>& others);

// The row of that key; empty: there is none.
Row row_at(const Database& db, const Table& table, const Row& key);

}  // namespace pindah::audit
