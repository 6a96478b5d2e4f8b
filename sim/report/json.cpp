#include <nlohmann/json.hpp>

#include "report/blame_words.h"
#include "report/harms.h"
#include "report/pieces.h"
#include "report/plan_words.h"
#include "report/sql_errors.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/timeline.h"
#include "report/version.h"

namespace pindah {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostNoticers = 1000;  // each; the CSV report has all

// Only ASCII leaves: the text may land on a terminal or in a log, so that what these would act upon
// is written as escapes, which a JSON reader turns back.
std::string dump(const Json& json) {
  std::string text = json.dump(2, ' ', true, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find("##[", at)) != std::string::npos;) {
    text.replace(at + 2, 1, "\\u005b");
  }
  for (std::size_t at = 0; (at = text.find('\x7f', at)) != std::string::npos;) {
    text.replace(at, 1, "\\u007f");
  }
  return text;
}

Json instant(Micros at) { return at == kNever ? Json() : Json(at.us); }

Json line_json(const LineResult& line) {
  Json json = {{"name", line.line->name},      {"limit", line.line->text},
               {"state", word_of(line.state)}, {"says", line.says},
               {"value", line.value},          {"limit_value", line.limit},
               {"exposure", line.exposure},    {"exposure_needed", line.exposure_needed},
               {"control", line.control},      {"broke_at_us", instant(line.from)},
               {"where", line.where},          {"file", line.line->place.file},
               {"line", line.line->place.line}};
  const Place& stands = line.line->stands;
  if (stands.line > 0) json["stands"] = {{"file", stands.file}, {"line", stands.line}};
  return json;
}

Json spillover_json(const Comparison& comparison) {
  Json kinds = Json::object();
  for (std::size_t kind = 0; kind < kSpilloverKinds; ++kind)
    kinds[std::string(word_of(static_cast<SpilloverKind>(kind)))] =
        comparison.spillover_by_kind[kind];
  return kinds;
}

Json noticer_json(const ReportInput& input, const Noticer& noticer) {
  const Lived lived = lived_of(input, noticer);
  return {{"shopper", noticer.intent},   {"persona", lived.persona},
          {"home", lived.home},          {"arrived_us", lived.arrived.us},
          {"noticed_us", noticer.at.us}, {"page", lived.page},
          {"visit", noticer.visit},      {"difference", word_of(noticer.difference)},
          {"service", lived.service},    {"slower_us", noticer.slower_us},
          {"step", lived.step},          {"phase", lived.phase},
          {"cause", noticer.cause},      {"culprit", lived.culprit},
          {"annoyed", noticer.annoyed},  {"empty_handed", noticer.empty_handed},
          {"harmed", noticer.harmed}};
}

Json who_json(const ReportInput& input) {
  const Comparison& comparison = input.result.comparison;
  Json cohorts = Json::array();
  for (const auto& [name, counts] : comparison.cohorts) {
    cohorts.push_back({{"name", name}, {"noticed", counts.first}, {"exposed", counts.second}});
  }
  Json noticers = Json::array();
  for (const Noticer& noticer : comparison.noticers) {
    if (noticers.size() == kMostNoticers) break;
    noticers.push_back(noticer_json(input, noticer));
  }
  return {{"sessions", comparison.shoppers},
          {"exposed", comparison.exposed},
          {"paired", comparison.paired},
          {"noticed", comparison.noticers.size()},
          {"annoyed", comparison.annoyed},
          {"empty_handed", comparison.empty_handed},
          {"harmed", comparison.harmed},
          {"spillover", comparison.spillover},
          {"spillover_by_kind", spillover_json(comparison)},
          {"failed_in_both_lives", comparison.masked},
          {"cohorts", std::move(cohorts)},
          {"first_noticers", std::move(noticers)}};
}

Json timeline_json(const ReportInput& input) {
  Json list = Json::array();
  for (const TimelineEntry& entry : timeline(input)) {
    list.push_back({{"at_us", instant(entry.at)},
                    {"what", entry.what},
                    {"details", entry.details},
                    {"bad", entry.bad}});
  }
  return list;
}

Json met_json(const ReportInput& input) {
  const PlanWords words(input.world, input.scenario);
  Json list = Json::array();
  for (const MetStep& met : input.result.verdict.met)
    list.push_back({{"step", words.name(met.of.step)},
                    {"at_us", met.of.at.us},
                    {"met", met.count},
                    {"needed", met.needed},
                    {"quiet", met.quiet},
                    {"enough", met.enough()}});
  return list;
}

Json counts_json(const std::map<std::string, std::int64_t>& counts) {
  Json list = Json::array();
  for (const auto& [name, count] : ranked(counts)) {
    list.push_back({{"name", name}, {"count", count}});
  }
  return list;
}

Json compliance_json(const ReportInput& input) {
  if (!input.world.compliance) return {};
  const Compliance& compliance = *input.world.compliance;
  Json rules = Json::array(), series = Json::array();
  for (const ComplianceRule& rule : compliance.rules)
    rules.push_back({{"name", rule.name},
                     {"group", rule.group},
                     {"weight", rule.weight},
                     {"cites", rule.cites}});
  for (const ComplianceSample& sample : input.result.rehearsed.compliance)
    series.push_back({{"at_us", sample.at.us},
                      {"date", date_text(input.scenario, sample.at)},
                      {"ppm", sample.total_ppm},
                      {"met_ppm", sample.met_ppm}});
  return {{"title", compliance.title},
          {"note", compliance.note},
          {"rules", std::move(rules)},
          {"series", std::move(series)}};
}

Json way_back_json(const WayBack& back) {
  return {{"moved", back.moved},
          {"point_of_no_return_us", instant(back.lost)},
          {"why", back.why},
          {"promises_after", back.promises},
          {"promises_a_minute_milli", back.per_minute_milli}};
}

Json harm_json(const ReportInput& input) {
  Json list = Json::array();
  for (const Harm& harm : harms(input)) {
    list.push_back({{"anomaly", harm.name},
                    {"units", harm.units},
                    {"example", harm.example},
                    {"culprit", harm.culprit}});
  }
  return list;
}

Json sql_errors_json(const ReportInput& input) {
  Json list = Json::array();
  for (const SqlErrorTold& told : sql_errors(input))
    list.push_back({{"call", told.call},
                    {"platform", told.platform},
                    {"file", told.place.file},
                    {"line", told.place.line},
                    {"says", told.says},
                    {"rehearsed", told.rehearsed},
                    {"control", told.control}});
  return list;
}

Json run_json(const ReportInput& input) {
  const RehearsalResult& result = input.result;
  return {{"pindah", pindah_version()},
          {"scenario", input.scenario.file},
          {"title", input.scenario.title},
          {"world", input.world.title},
          {"seed", input.scenario.seed},
          {"digest", hex_text(result.digest)},
          {"digest_control", hex_text(result.control.digest)},
          {"digest_rehearsed", hex_text(result.rehearsed.digest)},
          {"sqlite", sqlite_text()},
          {"pages", result.pages},
          {"ended_us", result.rehearsed.ended.us},
          {"interrupted", result.control.interrupted || result.rehearsed.interrupted}};
}

}  // namespace

std::string json_piece(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  Json lines = Json::array();
  for (const LineResult& line : verdict.lines) {
    if (line.line != nullptr) lines.push_back(line_json(line));
  }
  const Json report = {{"verdict", verdict.word},
                       {"exit_code", verdict.exit_code},
                       {"answer", answer(input)},
                       {"stopped_at_us", instant(verdict.cut)},
                       {"budget", std::move(lines)},
                       {"inconclusive", doubts(input)},
                       {"met", met_json(input)},
                       {"timeline", timeline_json(input)},
                       {"who", who_json(input)},
                       {"causes", counts_json(verdict.causes)},
                       {"culprits", counts_json(culprit_counts(input))},
                       {"harm", harm_json(input)},
                       {"sql_errors", sql_errors_json(input)},
                       {"way_back", way_back_json(verdict.way_back)},
                       {"compliance", compliance_json(input)},
                       {"run", run_json(input)},
                       {"replay", replay_command(input, "pindah")},
                       {"not_modelled", "docs/not-modelled.md"}};
  return dump(report);
}

std::string json_error(const std::string& file, const std::string& why) {
  return dump({{"verdict", "ERROR"}, {"scenario", file}, {"error", why}});
}

// One run is an object; several are a list.
std::string json_file(const std::vector<std::string>& pieces) {
  if (pieces.size() == 1) return pieces.front() + "\n";
  std::string text = "[";
  for (std::size_t i = 0; i < pieces.size(); ++i) text += (i == 0 ? "\n" : ",\n") + pieces[i];
  return text + "\n]\n";
}

}  // namespace pindah
