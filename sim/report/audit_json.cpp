#include <nlohmann/json.hpp>

#include "report/audit_text.h"

namespace pindah {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Value& value) {
  if (is_null(value)) return nullptr;
  if (is_text(value)) return std::get<std::string>(value);
  return std::get<std::int64_t>(value);
}

Json place_json(const Place& place) {
  return {{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

Json finding_json(const audit::Finding& finding) {
  Json places = Json::array();
  for (const Place& place : finding.places) places.push_back(place_json(place));
  return {{"subject", finding.subject},
          {"what", finding.what},
          {"finding", word_of(finding.kind)},
          {"places", places},
          {"count", finding.count},
          {"of", finding.of},
          {"key", finding.key},
          {"before", json_of(finding.before)},
          {"after", json_of(finding.after)},
          {"people", finding.people.size()},
          {"declared", finding.declared}};
}

}  // namespace

std::string audit_json(const audit::Report& report, const World& world) {
  Json sampled = Json::array();
  for (const audit::Sampled& move : report.sampled)
    sampled.push_back({{"move", move.move}, {"roots", move.roots}});
  Json findings = Json::array();
  for (const audit::Finding& finding : report.findings) findings.push_back(finding_json(finding));
  const Json all = {{"world", world.title},
                    {"undeclared", report.undeclared()},
                    {"interrupted", report.interrupted},
                    {"calls", report.calls},
                    {"people", report.people},
                    {"sampled", sampled},
                    {"findings", findings}};
  return all.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace pindah
