#include "runfile/reader.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/text.h"
#include "runfile/schema.h"
#include "runfile/version_1.h"

namespace pindah {
namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{2} << 30;

std::int64_t number(const Database& database, const char* sql) {
  Statement query(database, sql);
  return query.step() ? query.integer(0) : 0;
}

// What is wrong with the bytes as a run file; empty: nothing.
std::string fault_of(const Database& database) {
  if (number(database, "PRAGMA application_id") != kRunFileId) return "is not a run file";
  const std::int64_t version = number(database, "PRAGMA user_version");
  if (version < 1 || version > kRunFileVersion) return "was written by another version of Pindah";
  Statement check(database, "PRAGMA quick_check(1)");
  if (!check.step() || check.text(0) != "ok") return "is damaged";
  Database expected;
  expected.exec(run_file_schema(version));
  const std::string tables =
      "SELECT group_concat(name || sql) FROM (SELECT name, sql FROM sqlite_schema WHERE sql IS NOT "
      "NULL ORDER BY name)";
  Statement here(database, tables), there(expected, tables);
  here.step();
  there.step();
  return here.text(0) == there.text(0) ? "" : "does not have the tables of a run file";
}

// Text that a database does not hand out (above the limit of sqlite/database.cpp), or none at all:
// found now, not in the midst of what is shown.
bool readable(const Database& database) {
  std::string sizes;
  Statement columns(database,
                    "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
                    "WHERE t.type = 'table'");
  while (columns.step())
    sizes += fmt::format("{}SELECT max(length(CAST(\"{}\" AS BLOB))) AS n FROM \"{}\"",
                         sizes.empty() ? "" : " UNION ALL ", columns.text(1), columns.text(0));
  try {
    Statement longest(database, "SELECT max(n) FROM (" + sizes + ")");
    return longest.step();
  } catch (const SqlFailure& failure) {
    if (failure.code == SQLITE_TOOBIG) return false;
    throw;
  }
}

// Whatever a file says that is no state is taken for a doubt.
LineState line_state_of(std::string_view word) {
  for (const LineState state : {LineState::pass, LineState::fail, LineState::warn, LineState::stop,
                                LineState::reported, LineState::not_applicable})
    if (word_of(state) == word) return state;
  return LineState::inconclusive;
}

}  // namespace

std::optional<RunFile> RunFile::open(const std::string& path, Problems& problems) {
  const auto refuse = [&](const std::string& what) {
    problems.add({path, 0, 0}, what, "a file that `pindah run FILE --report NAME.pindah` wrote");
    return std::nullopt;
  };
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return refuse("there is no such file");
  if (std::filesystem::file_size(path, error) > kMostBytes) return refuse("is too large");
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (!bytes.starts_with("SQLite format 3")) return refuse("is not a run file");
  try {
    Database database;
    database.load_image(bytes);
    const std::string fault = fault_of(database);
    if (!fault.empty()) return refuse(fault);
    if (!readable(database)) return refuse("holds a text of more than 16 MiB");
    const std::int64_t version = number(database, "PRAGMA user_version");
    return RunFile(std::move(database), version);
  } catch (const SqlFailure&) {
    return refuse("is damaged");
  }
}

std::string RunFile::fact(const std::string& key) const {
  Statement query(database_, "SELECT value FROM run WHERE key = ?1");
  query.bind_text(1, key);
  return query.step() ? std::string(query.text(0)) : std::string();
}

std::vector<PastLine> RunFile::budget() const {
  std::vector<PastLine> lines;
  Statement query(database_,
                  version_ < 3
                      ? "SELECT name, says, expression, broke_where, state, exposure, "
                        "exposure_needed, broke_at_us, value FROM budget ORDER BY line"
                      : "SELECT name, says, expression, broke_where, state, exposure, "
                        "exposure_needed, broke_at_us, value, metric, arguments, after_us FROM "
                        "budget ORDER BY line");
  while (query.step()) {
    PastLine& line = lines.emplace_back();
    std::string* const texts[] = {&line.name, &line.says, &line.expression, &line.where};
    line.state = line_state_of(query.text(4));
    for (int i = 0; i < 4; ++i) *texts[i] = query.text(i);
    line.exposure = query.integer(5);
    line.exposure_needed = query.integer(6);
    line.value = query.integer(8);
    const Value broke = query.column(7);
    if (!is_null(broke)) line.broke_at_us = query.integer(7);
    if (version_ < 3) continue;
    for (const VerdictRow& row : verdict_metrics())
      if (row.name == query.text(9)) line.metric = row.id;
    line.arguments = query.text(10);
    line.after_us = query.integer(11);
  }
  return lines;
}

// Whatever a stranger's file says that is no kind is left out.
std::vector<PastStep> RunFile::steps() const {
  if (version_ == 1) return steps_of_version_1(fact("scenario"));
  std::vector<PastStep> steps;
  Statement query(database_, "SELECT name, kind, services, lasts FROM step ORDER BY place");
  while (query.step()) {
    const std::optional<StepKind> kind = step_kind_of(query.text(1));
    if (!kind) continue;
    PastStep& step = steps.emplace_back();
    step.name = query.text(0);
    step.kind = *kind;
    const auto services = nlohmann::json::parse(query.text(2), nullptr, false);
    if (services.is_array())
      for (const auto& service : services)
        if (service.is_string()) step.services.push_back(service.get<std::string>());
    step.lasts = query.integer(3) != 0;
  }
  return steps;
}

std::vector<PastEvent> RunFile::events() const {
  std::vector<PastEvent> events;
  Statement query(database_,
                  version_ == 1
                      ? "SELECT at_us, coalesce(count, -1), kind, name, coalesce(service, ''), "
                        "phase, text FROM event ORDER BY id"
                      : "SELECT at_us, coalesce(count, -1), kind, name, coalesce(service, ''), "
                        "phase, text, coalesce(step_kind, ''), coalesce(renamed, ''), "
                        "coalesce(with_step, '') FROM event "
                        "ORDER BY id");
  while (query.step()) {
    const std::optional<PlanEventKind> kind = plan_event_kind(query.text(2));
    if (!kind) continue;
    PastEvent& event = events.emplace_back();
    event.at_us = query.integer(0);
    event.count = query.integer(1);
    event.kind = *kind;
    event.name = query.text(3);
    event.service = query.text(4);
    event.phase = phase_of(query.text(5)).value_or(Phase::none);
    event.text = query.text(6);
    if (version_ == 1) continue;
    event.step_kind = step_kind_of(query.text(7));
    event.renamed = query.text(8);
    event.with = query.text(9);
  }
  if (version_ == 1) complete_version_1(steps(), events);
  return events;
}

std::vector<PastSeries> RunFile::series() const {
  std::vector<PastSeries> all;
  Statement query(database_,
                  "SELECT name, life, at_us, value FROM series ORDER BY name, life, at_us");
  while (query.step()) {
    const std::string_view name = query.text(0), life = query.text(1);
    if (all.empty() || all.back().name != name || all.back().life != life)
      all.push_back({std::string(name), std::string(life), {}});
    all.back().points.emplace_back(query.integer(2), query.integer(3));
  }
  return all;
}

std::map<std::int64_t, PastShopper> RunFile::shoppers() const {
  std::map<std::int64_t, PastShopper> shoppers;
  Statement query(database_,
                  "SELECT id, noticed_at_us, visit, slower_us, persona, home, page, difference, "
                  "cause, culprit, harm, empty_handed, annoyed, harmed, coalesce((SELECT "
                  "p.intended_us + p.latency_us FROM page p WHERE p.shopper = s.id AND p.visit = "
                  "s.visit AND p.life = 'rehearsed' AND p.intended_us = s.noticed_at_us), "
                  "noticed_at_us) FROM shopper s ORDER BY id");
  while (query.step()) {
    PastShopper& s = shoppers[query.integer(0)];
    s.id = query.integer(0);
    s.noticed_at_us = query.integer(1);
    s.visit = query.integer(2);
    s.slower_us = query.integer(3);
    std::string* const texts[] = {&s.persona, &s.home,    &s.page, &s.difference,
                                  &s.cause,   &s.culprit, &s.harm};
    for (int i = 0; i < 7; ++i) *texts[i] = query.text(4 + i);
    s.empty_handed = query.integer(11) != 0;
    s.annoyed = query.integer(12) != 0;
    s.harmed = query.integer(13) != 0;
    s.replied_us = query.integer(14);
  }
  return shoppers;
}

std::map<std::int64_t, std::int64_t> RunFile::known() const {
  std::map<std::int64_t, std::int64_t> known;
  Statement query(database_,
                  "SELECT s.id, coalesce(max(p.intended_us + p.latency_us), s.noticed_at_us) FROM "
                  "shopper s LEFT JOIN page p ON p.shopper = s.id AND p.visit = s.visit AND "
                  "s.difference NOT IN ('a message', 'no message') GROUP BY s.id");
  while (query.step()) known[query.integer(0)] = query.integer(1);
  return known;
}

std::vector<PastHarmed> RunFile::harmed() const {
  std::vector<PastHarmed> all;
  if (version_ < 3) return all;
  Statement query(database_,
                  "SELECT shopper, at_us, persona, home, name, detail, culprit FROM harmed "
                  "ORDER BY at_us, shopper");
  while (query.step()) {
    PastHarmed& one = all.emplace_back();
    one.id = query.integer(0);
    one.at_us = query.integer(1);
    std::string* const texts[] = {&one.persona, &one.home, &one.name, &one.detail, &one.culprit};
    for (int i = 0; i < 5; ++i) *texts[i] = query.text(2 + i);
  }
  return all;
}

// Whatever a stranger's file says that is none is left out.
std::vector<PastSpilled> RunFile::spilled() const {
  std::vector<PastSpilled> all;
  const auto list = nlohmann::json::parse(fact("spilled"), nullptr, false);
  if (!list.is_array()) return all;
  const auto number = [](const nlohmann::json& row, const char* name) {
    const auto it = row.find(name);
    return it != row.end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
  };
  const auto text = [](const nlohmann::json& row, const char* name) {
    const auto it = row.find(name);
    return it != row.end() && it->is_string() ? it->get<std::string>() : std::string();
  };
  for (const nlohmann::json& row : list) {
    if (!row.is_object()) continue;
    all.push_back({number(row, "shopper"), number(row, "at_us"), number(row, "visit"),
                   text(row, "persona"), text(row, "home"), text(row, "page"), text(row, "kind"),
                   text(row, "reason")});
  }
  return all;
}

std::map<std::int64_t, std::vector<std::string>> RunFile::harm_names() const {
  std::map<std::int64_t, std::vector<std::string>> names;
  Statement query(
      database_,
      "SELECT DISTINCT shopper, name FROM anomaly WHERE shopper IS NOT NULL ORDER BY 1, "
      "2");
  while (query.step()) names[query.integer(0)].emplace_back(query.text(1));
  return names;
}

std::vector<PastHarm> RunFile::harms() const {
  std::vector<PastHarm> all;
  // Of the bare columns SQLite gives those of the row with the least id.
  Statement query(database_,
                  "SELECT name, detail, culprit, sum(count), min(id) FROM anomaly GROUP BY name "
                  "ORDER BY name");
  while (query.step())
    all.push_back({std::string(query.text(0)), std::string(query.text(1)),
                   std::string(query.text(2)), query.integer(3)});
  return all;
}

std::vector<PastPage> RunFile::pages(std::int64_t shopper, const char* life) const {
  std::vector<PastPage> pages;
  Statement query(database_,
                  "SELECT visit, page, outcome, shown, intended_us, latency_us, tries, on_target "
                  "FROM page WHERE shopper = ?1 AND life = ?2 ORDER BY visit");
  query.bind_integer(1, shopper);
  query.bind_text(2, life);
  while (query.step()) {
    PastPage& page = pages.emplace_back();
    page.visit = query.integer(0);
    page.page = query.text(1);
    page.end = page_end_of(query.text(2)).value_or(PageEnd::failed);
    page.shown = query.text(3);
    page.intended_us = query.integer(4);
    page.latency_us = query.integer(5);
    page.tries = query.integer(6);
    page.on_target = query.integer(7) != 0;
  }
  return pages;
}

}  // namespace pindah
