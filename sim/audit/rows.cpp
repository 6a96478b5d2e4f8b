#include "audit/rows.h"

#include <algorithm>

namespace pindah::audit {

namespace {

// Without the generated columns, which stand behind the others.
Row row_of(const RowImage& image, const Table& table) {
  Row row;
  for (std::size_t i = 0; i < image.size() && i < table.columns.size(); ++i)
    row.push_back(image[i]);
  return row;
}

// A REAL or a BLOB is told as text: worlds have none, unless by mistake.
Value value_at(const Statement& statement, int column) {
  const int type = sqlite3_column_type(statement.handle(), column);
  if (type == SQLITE_FLOAT || type == SQLITE_BLOB)
    return "REAL or BLOB " + std::string(statement.text(column));
  return statement.column(column);
}

Row row_of(const Statement& statement) {
  Row row;
  for (int i = 0; i < statement.columns(); ++i) row.push_back(value_at(statement, i));
  return row;
}

std::string ordered(const Table& table) {
  std::string sql = "SELECT " + column_list(table) + " FROM " + quoted_name(table.name);
  std::string order;
  for (const int column : table.key)
    order += (order.empty() ? " ORDER BY " : ", ") +
             quoted_name(table.columns[static_cast<std::size_t>(column)]);
  return sql + order;
}

}  // namespace

std::string quoted_name(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) {
    text += c;
    if (c == '"') text += c;
  }
  return text + "\"";
}

std::string column_list(const Table& table) {
  std::string list;
  for (const std::string& column : table.columns)
    list += (list.empty() ? "" : ", ") + quoted_name(column);
  return list;
}

Row key_of(const Table& table, const Row& row) {
  Row key;
  for (const int column : table.key) key.push_back(row[static_cast<std::size_t>(column)]);
  return key;
}

std::string key_text(const Row& key) {
  std::string text;
  for (const Value& value : key) text += (text.empty() ? "" : "/") + to_text(value);
  return text;
}

void add_to(Net& net, const Platform& platform, const Changes& changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change change = changes[i];
    const Table& table = platform.tables[change.table];
    const Row before = row_of(change.before, table);
    const Row after = row_of(change.after, table);
    const Row old_key = before.empty() ? Row{} : key_of(table, before);
    const Row new_key = after.empty() ? Row{} : key_of(table, after);
    if (!before.empty()) {
      auto& [first, last] = net.try_emplace({change.table, old_key}, before, before).first->second;
      last = new_key == old_key ? after : Row{};
    }
    if (!after.empty() && new_key != old_key)
      net.try_emplace({change.table, new_key}).first->second.second = after;
  }
  std::erase_if(net, [](const auto& one) { return one.second.first == one.second.second; });
}

std::int64_t compare_table(const Database& was, const Database& is, const Table& table,
                           const std::function<void(const Row&, const Row&)>& differs) {
  Statement left(was, ordered(table));
  Statement right(is, ordered(table));
  const auto next = [](Statement& from) { return from.step() ? row_of(from) : Row{}; };
  Row a = next(left);
  Row b = next(right);
  std::int64_t count = 0;
  while (!a.empty() || !b.empty()) {
    const Row a_key = a.empty() ? Row{} : key_of(table, a);
    const Row b_key = b.empty() ? Row{} : key_of(table, b);
    const bool only_a = b.empty() || (!a.empty() && a_key < b_key);
    const bool only_b = a.empty() || (!b.empty() && b_key < a_key);
    if (only_a || only_b || a != b) differs(only_b ? Row{} : a, only_a ? Row{} : b);
    if (!only_b) a = next(left), ++count;
    if (!only_a) b = next(right);
  }
  return count;
}

std::size_t alike(const Row& a, const Row& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  return equal;
}

std::vector<Row>::iterator most_alike(const Row& row, std::vector<Row>& others) {
  return std::max_element(others.begin(), others.end(), [&](const Row& a, const Row& b) {
    return alike(row, a) < alike(row, b);
  });
}

Row row_at(const Database& db, const Table& table, const Row& key) {
  std::string where;
  for (const int column : table.key)
    where += (where.empty() ? " WHERE " : " AND ") +
             quoted_name(table.columns[static_cast<std::size_t>(column)]) + " IS ?";
  Statement statement(db,
                      "SELECT " + column_list(table) + " FROM " + quoted_name(table.name) + where);
  for (std::size_t i = 0; i < key.size(); ++i) statement.bind(static_cast<int>(i) + 1, key[i]);
  return statement.step() ? row_of(statement) : Row{};
}

}  // namespace pindah::audit
