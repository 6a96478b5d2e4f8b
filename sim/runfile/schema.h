// The tables of a run file, as docs/run-file.md describes them.
#pragma once

#include <cstdint>
#include <string>

namespace pindah {

constexpr std::int64_t kRunFileId = 0x50696E64;  // "Pind": application_id
constexpr std::int64_t kRunFileVersion = 3;      // user_version

constexpr const char* kPlanTables = R"sql(
CREATE TABLE step (
  place INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, services TEXT NOT NULL,
  lasts INTEGER NOT NULL);
CREATE TABLE event (
  id INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, step_kind TEXT,
  name TEXT NOT NULL, service TEXT, phase TEXT NOT NULL, text TEXT NOT NULL, count INTEGER,
  with_step TEXT, renamed TEXT);
)sql";

// Version 1 did not say what a step is.
constexpr const char* kPlanTables1 = R"sql(
CREATE TABLE event (
  id INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  service TEXT, phase TEXT NOT NULL, text TEXT NOT NULL, count INTEGER);
)sql";

// Versions before 3 did not say what a budget line measures, nor who was harmed and did not notice.
constexpr const char* kTables3 = R"sql(
CREATE TABLE budget (
  line INTEGER PRIMARY KEY, name TEXT NOT NULL, expression TEXT NOT NULL, state TEXT NOT NULL,
  says TEXT NOT NULL, value INTEGER NOT NULL, exposure INTEGER NOT NULL,
  exposure_needed INTEGER NOT NULL, broke_at_us INTEGER, broke_where TEXT NOT NULL,
  metric TEXT NOT NULL, arguments TEXT NOT NULL, after_us INTEGER NOT NULL);
CREATE TABLE harmed (
  shopper INTEGER PRIMARY KEY, persona TEXT NOT NULL, home TEXT NOT NULL, at_us INTEGER NOT NULL,
  name TEXT NOT NULL, detail TEXT NOT NULL, culprit TEXT NOT NULL);
CREATE TABLE page (
  shopper INTEGER NOT NULL, life TEXT NOT NULL, visit INTEGER NOT NULL,
  page TEXT NOT NULL, intended_us INTEGER NOT NULL, latency_us INTEGER NOT NULL,
  outcome TEXT NOT NULL, tries INTEGER NOT NULL, on_target INTEGER NOT NULL, shown TEXT NOT NULL,
  PRIMARY KEY (shopper, life, visit)) WITHOUT ROWID;
)sql";
constexpr const char* kTables2 = R"sql(
CREATE TABLE budget (
  line INTEGER PRIMARY KEY, name TEXT NOT NULL, expression TEXT NOT NULL, state TEXT NOT NULL,
  says TEXT NOT NULL, value INTEGER NOT NULL, exposure INTEGER NOT NULL,
  exposure_needed INTEGER NOT NULL, broke_at_us INTEGER, broke_where TEXT NOT NULL);
CREATE TABLE page (
  shopper INTEGER NOT NULL REFERENCES shopper (id), life TEXT NOT NULL, visit INTEGER NOT NULL,
  page TEXT NOT NULL, intended_us INTEGER NOT NULL, latency_us INTEGER NOT NULL,
  outcome TEXT NOT NULL, tries INTEGER NOT NULL, on_target INTEGER NOT NULL, shown TEXT NOT NULL,
  PRIMARY KEY (shopper, life, visit)) WITHOUT ROWID;
)sql";

// The same in all.
constexpr const char* kOtherTables = R"sql(
CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shopper (
  id INTEGER PRIMARY KEY, persona TEXT NOT NULL, home TEXT NOT NULL, arrived_us INTEGER NOT NULL,
  noticed_at_us INTEGER NOT NULL, page TEXT NOT NULL, visit INTEGER NOT NULL,
  difference TEXT NOT NULL, cause TEXT NOT NULL, step TEXT NOT NULL, phase TEXT NOT NULL,
  culprit TEXT NOT NULL, slower_us INTEGER NOT NULL, annoyed INTEGER NOT NULL,
  empty_handed INTEGER NOT NULL, harmed INTEGER NOT NULL, harm TEXT NOT NULL);
CREATE TABLE anomaly (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, shopper INTEGER, at_us INTEGER NOT NULL,
  count INTEGER NOT NULL, detail TEXT NOT NULL, culprit TEXT NOT NULL);
CREATE TABLE series (
  name TEXT NOT NULL, life TEXT NOT NULL, at_us INTEGER NOT NULL, value INTEGER NOT NULL,
  PRIMARY KEY (name, life, at_us)) WITHOUT ROWID;
)sql";

// All tables of a version that is known.
inline std::string run_file_schema(std::int64_t version) {
  return std::string(version == 1 ? kPlanTables1 : kPlanTables) + kOtherTables +
         (version < 3 ? kTables2 : kTables3);
}

}  // namespace pindah
