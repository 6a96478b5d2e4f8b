#include "metrics/signature.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace pindah {
namespace {

using enum Argument;

constexpr std::size_t kMany = 16;

constexpr std::array<Signature, 17> kOperator{{
    {"lag", Unit::micros, service, none, 1, 1},
    {"backlog", Unit::count, service, none, 1, 1},
    {"copied", Unit::ppm, service, service, 1, kMany},
    {"verified", Unit::truth, service, service, 1, kMany},
    {"mismatches", Unit::count, service, none, 1, 1},
    {"in_flight", Unit::count, service, platform, 2, 2},
    {"queue", Unit::count, platform, none, 1, 1},
    {"errors", Unit::ppm, page, none, 1, 1},
    {"p50", Unit::micros, page, none, 1, 1},
    {"p99", Unit::micros, page, none, 1, 1},
    {"rate", Unit::per_second_micro, page_or_platform, none, 1, 1},
    {"freeze", Unit::micros, service, none, 1, 1},
    {"owner_is", Unit::truth, service, platform, 2, 2},
    {"shared_out", Unit::ppm, service, none, 1, 1},
    {"shadow_reads", Unit::count, service, none, 1, 1},
    {"shadow_mismatches", Unit::count, service, none, 1, 1},
    {"half_writes", Unit::count, service, none, 1, 1},
}};

constexpr std::array<Signature, 16> kVerdict{{
    {"noticed", Unit::ppm, cohort, cohort, 0, kMany, true},
    {"annoyed", Unit::ppm, cohort, cohort, 0, kMany, true},
    {"empty_handed", Unit::ppm, cohort, cohort, 0, kMany, true},
    {"harmed", Unit::ppm, cohort, cohort, 0, kMany, true},
    {"spillover", Unit::ppm, cohort, cohort, 0, kMany, true},
    {"masked", Unit::ppm, cohort, cohort, 0, kMany, true},
    {"failures", Unit::ppm, page, none, 1, 1},
    {"p50", Unit::micros, page, none, 1, 1},
    {"p99", Unit::micros, page, none, 1, 1},
    {"longest_outage", Unit::micros, service, none, 0, 1},
    {"freeze", Unit::micros, service, none, 1, 1, true},
    {"compliance", Unit::ppm, none, none, 0, 0, true},
    {"rows_carried", Unit::count, none, none, 0, 0, true},
    {"two_systems", Unit::micros, none, none, 0, 0, true},
    {"lost_by_rollback", Unit::count, none, none, 0, 0, true},
    {"", Unit::count, none, none, 0, 0},
}};

static_assert(kOperator.size() == static_cast<std::size_t>(OperatorMetric::half_writes) + 1);
static_assert(kVerdict.size() == static_cast<std::size_t>(VerdictMetric::anomaly) + 1);

std::string_view placeholder(Argument argument) {
  switch (argument) {
    case service:
      return "SERVICE";
    case platform:
      return "PLATFORM";
    case page:
      return "PAGE or edge";
    case page_or_platform:
      return "PAGE, PLATFORM or edge";
    case cohort:
      return "PAGE or PERSONA";
    case none:
      break;
  }
  return "";
}

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  std::copy_if(more.begin(), more.end(), std::back_inserter(all), [&](const std::string& name) {
    return std::find(all.begin(), all.end(), name) == all.end();
  });
}

}  // namespace

std::span<const Signature> operator_signatures() { return kOperator; }
std::span<const Signature> verdict_signatures() { return kVerdict; }

std::string usage(const Signature& signature) {
  const std::string name(signature.name);
  if (signature.most == 0) return name;
  std::string arguments(placeholder(signature.first));
  if (signature.most == 2) arguments += ", " + std::string(placeholder(signature.rest));
  if (signature.most > 2) arguments += ", …";
  const std::string full = name + "(" + arguments + ")";
  return signature.least == 0 ? name + " or " + full : full;
}

std::vector<std::string> known_names(Argument argument, const Names& names) {
  std::vector<std::string> known;
  if (argument == service) append(known, names.services);
  if (argument == page || argument == page_or_platform || argument == cohort) {
    append(known, names.pages);
  }
  if (argument == platform || argument == page_or_platform) append(known, names.platforms);
  if (argument == cohort) append(known, names.personas);
  if (argument == page || argument == page_or_platform) append(known, {"edge"});
  return known;
}

std::string_view called(Argument argument) {
  switch (argument) {
    case service:
      return "service";
    case platform:
      return "platform";
    case page:
      return "page";
    case page_or_platform:
      return "page or platform";
    case cohort:
      return "page or persona";
    case none:
      break;
  }
  return "argument";
}

Unit unit_of(OperatorMetric metric) { return kOperator.at(static_cast<std::size_t>(metric)).unit; }
Unit unit_of(VerdictMetric metric) { return kVerdict.at(static_cast<std::size_t>(metric)).unit; }
std::string_view name_of(OperatorMetric metric) {
  return kOperator.at(static_cast<std::size_t>(metric)).name;
}
std::string_view name_of(VerdictMetric metric) {
  if (metric == VerdictMetric::anomaly) return "anomaly";
  return kVerdict.at(static_cast<std::size_t>(metric)).name;
}

}  // namespace pindah
