#include "world/prepare.h"

#include <algorithm>

namespace pindah {

int BoundStatement::parameter(std::string_view name) const {
  for (const Parameter& p : parameters)
    if (p.name == name) return p.number;
  return 0;
}

Constants constants_of(const World& world, const Constants& scale_overrides,
                       const std::map<std::string, Micros>& settings_overrides) {
  Constants constants = world.scale;
  constants.insert(world.constants.begin(), world.constants.end());
  for (const auto& [name, duration] : world.settings) constants[name] = duration.us;
  for (const auto& [name, value] : scale_overrides) constants[name] = value;
  for (const auto& [name, duration] : settings_overrides) constants[name] = duration.us;
  return constants;
}

Place place_in(const SqlText& text, int offset) {
  Place place = text.place;
  const auto end = std::min(text.sql.size(), static_cast<std::size_t>(std::max(offset, 0)));
  for (std::size_t i = 0; i < end; ++i) {
    ++place.column;
    if (text.sql[i] == '\n') ++place.line, place.column = 1;
  }
  return place;
}

BoundStatement prepare(const Database& db, const SqlText& text, const World& world,
                       const Constants& constants) {
  BoundStatement bound;
  try {
    bound.statement = Statement(db, text.sql);
  } catch (const SqlFailure& failure) {
    throw WorldFault({place_in(text, failure.offset), failure.what(), {}, {}, {}});
  }
  sqlite3_stmt* stmt = bound.statement.handle();
  for (int number = 1; number <= sqlite3_bind_parameter_count(stmt); ++number) {
    const char* name = sqlite3_bind_parameter_name(stmt, number);
    Parameter p;
    p.number = number;
    p.name = name ? name + 1 : "";
    p.slot = world.slot(p.name);
    if (const auto it = constants.find(p.name); it != constants.end()) {
      p.is_constant = true;
      p.constant = it->second;
      bound.statement.bind(number, Value{p.constant});
    }
    bound.parameters.push_back(std::move(p));
  }
  return bound;
}

}  // namespace pindah
