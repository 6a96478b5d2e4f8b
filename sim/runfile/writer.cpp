#include "runfile/writer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/blame_words.h"
#include "report/harms.h"
#include "report/pieces.h"
#include "report/plan_words.h"
#include "report/summary.h"
#include "report/text.h"
#include "report/version.h"
#include "runfile/past.h"
#include "runfile/schema.h"
#include "runfile/series.h"
#include "scenario/vocabulary/steps.h"

namespace pindah {
namespace {

using RowValues = std::vector<Value>;

// Rows into one table, as many values as it has columns.
class Table {
 public:
  Table(Database& database, const char* name, std::size_t columns)
      : insert_(database, sql(name, columns)) {}
  void put(const RowValues& row) {
    for (std::size_t i = 0; i < row.size(); ++i) insert_.bind(static_cast<int>(i) + 1, row[i]);
    insert_.step();
    insert_.reset();
  }

 private:
  static std::string sql(const char* name, std::size_t columns) {
    std::string places = "?";
    for (std::size_t i = 1; i < columns; ++i) places += ", ?";
    return fmt::format("INSERT INTO {} VALUES ({})", name, places);
  }
  Statement insert_;
};

Value flag(bool is) { return std::int64_t{is ? 1 : 0}; }
Value none_if_empty(const std::string& text) { return text.empty() ? Value{} : Value{text}; }
Value kind_word(std::optional<StepKind> kind) {
  return kind ? Value{step_words()[static_cast<std::size_t>(*kind)]} : Value{};
}
Value none_below_zero(std::int64_t number) { return number < 0 ? Value{} : Value{number}; }

using Json = nlohmann::ordered_json;

std::string one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// How far each rule was met at the end.
std::string rules_text(const ReportInput& input) {
  Json rules = Json::array();
  const auto& samples = input.result.rehearsed.compliance;
  if (input.world.compliance && !samples.empty())
    for (std::size_t i = 0; i < input.world.compliance->rules.size(); ++i) {
      const ComplianceRule& rule = input.world.compliance->rules[i];
      rules.push_back({{"group", rule.group},
                       {"name", rule.name},
                       {"weight", rule.weight},
                       {"met_ppm", samples.back().met_ppm[i]},
                       {"cites", rule.cites}});
    }
  return one_line(rules);
}

std::string spilled_text(const ReportInput& input) {
  Json list = Json::array();
  for (const Spilled& spilled : input.result.comparison.spilled) {
    const PastSpilled past = past_spilled(input, spilled);
    list.push_back({{"shopper", past.id},
                    {"persona", past.persona},
                    {"home", past.home},
                    {"at_us", past.at_us},
                    {"page", past.page},
                    {"visit", past.visit},
                    {"kind", past.kind},
                    {"reason", past.reason}});
  }
  return one_line(list);
}

std::string services_text(const World& world) {
  Json names = Json::array();
  for (const Service& service : world.services) names.push_back(service.name);
  return one_line(names);
}

std::string cohorts_text(const Comparison& comparison) {
  Json cohorts = Json::array();
  for (const PastCohort& cohort : past_cohorts(comparison))
    cohorts.push_back(
        {{"name", cohort.name}, {"noticed", cohort.noticed}, {"exposed", cohort.exposed}});
  return one_line(cohorts);
}

// Who met the steps that changed who answers.
std::string met_text(const ReportInput& input) {
  const PlanWords words(input.world, input.scenario);
  Json list = Json::array();
  for (const MetStep& met : input.result.verdict.met)
    list.push_back({{"step", words.name(met.of.step)},
                    {"met", met.count},
                    {"needed", met.needed},
                    {"quiet", met.quiet}});
  return one_line(list);
}

void put_run(Database& database, const ReportInput& input) {
  const RehearsalResult& result = input.result;
  const Scenario& scenario = input.scenario;
  Table table(database, "run", 2);
  const auto put = [&](const char* key, std::string value) { table.put({key, std::move(value)}); };
  put("pindah", pindah_version());
  put("sqlite", sqlite_text());
  put("title", scenario.title);
  put("file", scenario.file);
  put("world", scenario.world_folder);
  put("flags", input.flags);
  put("seed", std::to_string(scenario.seed));
  put("starts_us", std::to_string(scenario.starts_us));
  put("utc_offset_us", std::to_string(scenario.utc_offset.us));
  put("length_us", std::to_string(scenario.length.us));
  put("ended_us", std::to_string(result.rehearsed.ended.us));
  put("scenario", scenario.effective_yaml);
  put("digest", hex_text(result.digest));
  put("digest_control", hex_text(result.control.digest));
  put("digest_rehearsed", hex_text(result.rehearsed.digest));
  put("verdict", result.verdict.word);
  put("exit_code", std::to_string(result.verdict.exit_code));
  put("answer", answer(input));
  put("way_back", way_back_text(result.verdict.way_back));
  put("shoppers", std::to_string(result.comparison.shoppers));
  put("exposed", std::to_string(result.comparison.exposed));
  put("noticed", std::to_string(result.comparison.noticers.size()));
  put("spilled", spilled_text(input));
  put("pages", std::to_string(result.pages));
  put("source", input.world.platforms[0].name);
  put("target", input.world.platforms[1].name);
  put("services", services_text(input.world));
  put("rules", rules_text(input));
  put("met", met_text(input));
  const Harmed harmed = harmed_of(input.world, result.rehearsed);
  put("lost_or_doubled", std::to_string(harmed.lost_or_doubled));
  put("charged_wrongly", std::to_string(harmed.charged_wrongly));
  put("annoyed", std::to_string(result.comparison.annoyed));
  put("empty_handed", std::to_string(result.comparison.empty_handed));
  put("harmed", std::to_string(result.comparison.harmed));
  put("spillover", std::to_string(result.comparison.spillover));
  put("cohorts", cohorts_text(result.comparison));
}

void put_budget(Database& database, const ReportInput& input) {
  Table table(database, "budget", 13);
  std::int64_t number = 0;
  for (const PastLine& line : past_lines(input.result.verdict))
    table.put({++number, line.name, line.expression, std::string(word_of(line.state)), line.says,
               line.value, line.exposure, line.exposure_needed,
               line.broke_at_us ? Value{*line.broke_at_us} : Value{}, line.where,
               std::string(row_of(line.metric.value_or(VerdictMetric::anomaly)).name),
               line.arguments, line.after_us});
}

void put_plan(Database& database, const ReportInput& input) {
  Table steps(database, "step", 5);
  std::int64_t place = 0;
  for (const PastStep& step : past_steps(input.world, input.scenario))
    steps.put({place++, step.name, step_words()[static_cast<std::size_t>(step.kind)],
               one_line(step.services), flag(step.lasts)});
  Table table(database, "event", 11);
  std::int64_t number = 0;
  for (const PastEvent& event :
       past_events(input.world, input.scenario, input.result.rehearsed.plan))
    table.put({++number, event.at_us, std::string(word_of(event.kind)), kind_word(event.step_kind),
               event.name, none_if_empty(event.service), std::string(word_of(event.phase)),
               event.text, none_below_zero(event.count), none_if_empty(event.with),
               none_if_empty(event.renamed)});
}

void put_pages(Table& table, const ReportInput& input, const Record& record, const char* life,
               const std::vector<bool>& wanted) {
  for (std::size_t i = 0; i < record.visits.size(); ++i) {
    const std::uint32_t intent = record.visits[i].intent;
    if (!wanted[intent]) continue;
    PastPage page = past_page(input.world, record, i);
    table.put({std::int64_t{intent}, life, page.visit, std::move(page.page), page.intended_us,
               page.latency_us, outcome_of(page.end), page.tries, flag(page.on_target),
               std::move(page.shown)});
  }
}

void put_shoppers(Database& database, const ReportInput& input) {
  Table table(database, "shopper", 17);
  std::vector<bool> wanted(input.result.intents.size());
  for (const Noticer& noticer : input.result.comparison.noticers) {
    const Lived lived = lived_of(input, noticer);
    wanted[noticer.intent] = true;
    table.put({std::int64_t{noticer.intent}, lived.persona, lived.home, lived.arrived.us,
               noticer.at.us, lived.page, std::int64_t{noticer.visit},
               std::string(word_of(noticer.difference)), noticer.cause, lived.step, lived.phase,
               lived.culprit, noticer.slower_us, flag(noticer.annoyed), flag(noticer.empty_handed),
               flag(noticer.harmed), lived.harm});
  }
  Table harmed(database, "harmed", 7);
  for (const PastHarmed& one : past_harmed(input)) {
    wanted[static_cast<std::size_t>(one.id)] = true;
    harmed.put({one.id, one.persona, one.home, one.at_us, one.name, one.detail, one.culprit});
  }
  for (const Spilled& spilled : input.result.comparison.spilled) wanted[spilled.intent] = true;
  Table pages(database, "page", 10);
  put_pages(pages, input, input.result.control, "control", wanted);
  put_pages(pages, input, input.result.rehearsed, "rehearsed", wanted);
}

void put_anomalies(Database& database, const ReportInput& input) {
  Table table(database, "anomaly", 7);
  const BlameWords words(input.world, input.scenario);
  std::int64_t number = 0;
  for (const AnomalyCase& found : input.result.rehearsed.cases)
    table.put({++number, input.world.anomalies[static_cast<std::size_t>(found.anomaly)].name,
               found.intent == UINT32_MAX ? Value{} : Value{std::int64_t{found.intent}},
               found.at.us, found.count, found.detail, words.sentence(found.culprit, found.how)});
}

void put_series(Database& database, const ReportInput& input) {
  Table table(database, "series", 4);
  for (const Series& series : series_of(input))
    for (const auto& [at, value] : series.points)
      table.put({series.name, std::string(series.life), at.us, value});
}

}  // namespace

std::string run_piece(const ReportInput& input) {
  Database database;
  database.exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; BEGIN",
                            kRunFileId, kRunFileVersion));
  database.exec(run_file_schema(kRunFileVersion));
  put_run(database, input);
  put_budget(database, input);
  put_plan(database, input);
  put_shoppers(database, input);
  put_anomalies(database, input);
  put_series(database, input);
  database.exec("COMMIT");
  return database.image();
}

const ReportFormat& run_file_format() {
  static const ReportFormat kRow{
      ".pindah",
      "a run file",
      run_piece,
      nullptr,
      [](const std::vector<std::string>& pieces, std::optional<std::int64_t>) {
        ensure(pieces.size() == 1, "a run file holds one run");
        return pieces.front();
      },
      true};
  return kRow;
}

}  // namespace pindah
