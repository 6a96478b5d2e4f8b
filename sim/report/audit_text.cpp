#include "report/audit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/report.h"
#include "report/text.h"

namespace pindah {

namespace {

using audit::Finding;
using audit::FindingKind;

constexpr std::array<std::string_view, static_cast<std::size_t>(FindingKind::count)> kWords{
    "the other side refuses it",
    "does not come back",
    "comes back, and was not there",
    "comes back otherwise",
    "`check` says something else than was loaded",
    "`present` does not give what was loaded",
    "`delete` does not take back what was loaded",
    "a change does not lead to the root that it changes",
    "influences nothing that is extracted",
    "is answered otherwise on the other side",
    "ends otherwise on the other side",
    "call and move give something else than move and call",
    "is another fact on the other side"};

constexpr std::size_t kLongest = 60;  // of a value, code points left out

std::string cell_text(const Value& value) {
  std::string text = to_text(value);
  if (is_text(value)) text = "'" + text + "'";
  if (text.size() <= kLongest) return text;
  std::size_t cut = kLongest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

std::string stands_at(const Place& place) {
  return fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

std::string how_many(const Finding& finding) {
  std::string text = grouped(finding.count);
  if (finding.of > 0) text += " of " + grouped(finding.of);
  if (!finding.people.empty())
    text += fmt::format(", {} {}", grouped(static_cast<std::int64_t>(finding.people.size())),
                        finding.people.size() == 1 ? "person" : "people");
  return text;
}

std::string told_in_full(const Finding& finding) {
  std::string text =
      plain_text(fmt::format("{}{}{}: {} ({})", finding.subject, finding.what.empty() ? "" : ", ",
                             finding.what, word_of(finding.kind), how_many(finding))) +
      "\n";
  std::string first = finding.key.empty() ? "" : "first " + finding.key + ": ";
  if (finding.before != finding.after)
    text += "      " +
            plain_text(first + cell_text(finding.before) + " → " + cell_text(finding.after)) + "\n";
  else if (!first.empty())
    text += "      " + plain_text("first " + finding.key) + "\n";
  std::vector<std::string> told;
  for (const Place& place : finding.places) {
    const std::string at = stands_at(place);
    if (std::count(told.begin(), told.end(), at) != 0) continue;
    text += "      " + plain_text((told.empty() ? "at " : "or ") + at) + "\n";
    told.push_back(at);
  }
  return text;
}

}  // namespace

std::string_view word_of(FindingKind kind) { return kWords[static_cast<std::size_t>(kind)]; }

std::string audit_line(const audit::Report& report) {
  const std::int64_t open = report.undeclared();
  const auto declared = static_cast<std::int64_t>(report.findings.size()) - open;
  return fmt::format("{}{} {}, {} declared", report.interrupted ? "interrupted: " : "",
                     open == 0 ? "no" : grouped(open), open == 1 ? "finding" : "findings",
                     grouped(declared));
}

std::string audit_text(const audit::Report& report, const World& world) {
  std::string text = plain_text(audit_line(report) + "  " + world.title) + "\n";
  for (const Finding& finding : report.findings)
    if (finding.declared.empty()) text += "  ✗ " + told_in_full(finding);
  for (const Finding& finding : report.findings)
    if (!finding.declared.empty())
      text += "  - " +
              plain_text(fmt::format("{}, {}: {} ({}), declared: {}", finding.subject, finding.what,
                                     word_of(finding.kind), how_many(finding), finding.declared)) +
              "\n";
  for (const Drop* drop : report.unused)
    text +=
        "  ? " +
        plain_text(fmt::format("{}: `drops: {}` met nothing", stands_at(drop->place), drop->what)) +
        "\n";
  std::string sampled;
  for (const audit::Sampled& move : report.sampled)
    sampled += fmt::format("{}{} {}", sampled.empty() ? "" : ", ", grouped(move.roots), move.move);
  text += "  looked at " + plain_text(sampled) + "\n";
  for (const std::string& call : report.idle)
    text +=
        "  ? " + plain_text("call " + call + " never answered: nobody had what it needs") + "\n";
  return text + fmt::format("  {} runs of calls compared, {} people walked through the pages\n",
                            grouped(report.calls), grouped(report.people));
}

}  // namespace pindah
