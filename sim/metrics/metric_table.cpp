#include "metrics/metric_table.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "metrics/names.h"

namespace pindah {
namespace {

// By kind of argument: as it stands in a usage, and in a message.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kArguments{{
    {"", "argument"},
    {"SERVICE", "service"},
    {"PLATFORM", "platform"},
    {"PAGE or edge", "page"},
    {"PAGE, PLATFORM or edge", "page or platform"},
    {"PAGE or PERSONA", "page or persona"},
}};
static_assert(kArguments.size() == static_cast<std::size_t>(Argument::cohort) + 1);

std::string placeholder(Argument argument) {
  return std::string(kArguments.at(static_cast<std::size_t>(argument)).first);
}

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  std::copy_if(more.begin(), more.end(), std::back_inserter(all), [&](const std::string& name) {
    return std::find(all.begin(), all.end(), name) == all.end();
  });
}

}  // namespace

std::string usage(const Signature& signature) {
  const std::string name(signature.name);
  if (signature.most == 0) return name;
  std::string arguments = placeholder(signature.first);
  if (signature.most == 2) arguments += ", " + placeholder(signature.rest);
  if (signature.most > 2) arguments += ", …";
  const std::string full = name + "(" + arguments + ")";
  return signature.least == 0 ? name + " or " + full : full;
}

std::string_view called(Argument argument) {
  return kArguments.at(static_cast<std::size_t>(argument)).second;
}

std::vector<std::string> known_names(Argument argument, const Names& names) {
  std::vector<std::string> known;
  const bool page = argument == Argument::page || argument == Argument::page_or_platform;
  if (argument == Argument::service) append(known, names.services);
  if (page || argument == Argument::cohort) {
    append(known, names.page_names());
  }
  if (argument == Argument::platform || argument == Argument::page_or_platform) {
    append(known, names.platforms);
  }
  if (argument == Argument::cohort) append(known, names.personas);
  if (page) append(known, {"edge"});
  return known;
}

std::vector<std::string> Names::page_names() const {
  std::vector<std::string> names;
  for (const ReportedPages& reported : pages) names.push_back(reported.name);
  return names;
}

int number_of(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace pindah
