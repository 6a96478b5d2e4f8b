#include "report/blame_words.h"

#include <fmt/format.h>

#include <array>

namespace pindah {
namespace {

constexpr std::size_t kMostOfValue = 60;  // bytes of a value in a sentence

// In the order of BrokenLink; those that need a name are completed where they are told.
constexpr std::array<std::string_view, static_cast<std::size_t>(BrokenLink::count)> kLinkWords{
    "not traced",
    "not captured",
    "captured after the stop position, not applied",
    "captured, not applied",
    "never extracted",
    "second write lost",
    "not copied",
    "not yet applied",
    "overwritten by an older chunk",
    "overwritten by an older change",
    "overwritten by the echo of the stream back",
    "erased",
    "not loaded",
    "in neither database",
    "",
    "",
    "",
    "answered by a platform that was not the owner",
    "called back to the old address",
    "written on a platform that did not own it",
    "written after the switch",
    "",
    "refused by the database"};

constexpr std::array<std::string_view, static_cast<std::size_t>(Delay::count)> kDelayWords{
    "fence",  "queue",        "queue",       "work",    "work", "link",
    "ledger", "second write", "rows locked", "sent on", "tries"};

std::string_view word_of(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::fence_held:
    case Obstacle::fence_refused:
      return "fence";
    case Obstacle::not_owner:
      return "no platform that owned it";
    case Obstacle::retired:
      return "switched off";
    case Obstacle::queue_full:
    case Obstacle::queue_wait:
      return "queue";
    case Obstacle::platform_down:
      return "down";
    case Obstacle::lost:
      return "link";
    case Obstacle::ledger:
      return "ledger";
    case Obstacle::second_write:
      return "second write";
    case Obstacle::row_lock:
      return "rows locked";
    case Obstacle::none:
    case Obstacle::sql_error:
    case Obstacle::closed:
      break;
  }
  return "";
}

std::string shortened(const std::string& text) {
  if (text.size() <= kMostOfValue) return text;
  std::size_t end = kMostOfValue;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

bool of_platform(const Culprit& culprit) {
  switch (culprit.delay) {
    case Delay::queue_source:
    case Delay::queue_target:
    case Delay::work_source:
    case Delay::work_target:
      return true;
    default:
      return culprit.obstacle == Obstacle::queue_full || culprit.obstacle == Obstacle::queue_wait ||
             culprit.obstacle == Obstacle::platform_down;
  }
}

Side side_of(const Culprit& culprit) {
  if (culprit.delay == Delay::queue_source || culprit.delay == Delay::work_source)
    return Side::source;
  if (culprit.delay == Delay::queue_target || culprit.delay == Delay::work_target)
    return Side::target;
  return culprit.side.value_or(Side::source);
}

}  // namespace

std::string BlameWords::by_move(const Culprit& culprit) const {
  return "move " + world_.moves[static_cast<std::size_t>(culprit.move)].title();
}

std::string BlameWords::by_call(const Culprit& culprit) const {
  std::string text = "call " + world_.calls[static_cast<std::size_t>(culprit.call)].name;
  if (culprit.side) text += " of " + platform(*culprit.side);
  return text;
}

std::string BlameWords::service(const Culprit& culprit) const {
  return culprit.service < 0 ? std::string("it")
                             : world_.services[static_cast<std::size_t>(culprit.service)].name;
}

// An obstacle by whoever put it there, or where it was.
std::string BlameWords::met(const Culprit& culprit) const {
  std::string what(culprit.delay != Delay::count
                       ? kDelayWords[static_cast<std::size_t>(culprit.delay)]
                       : word_of(culprit.obstacle));
  if (of_platform(culprit)) what += " of " + platform(side_of(culprit));
  const std::string step = plan_.name(culprit.step);
  if (step.empty()) return what.empty() ? std::string("not traced") : what;
  const bool says_it_all = culprit.obstacle == Obstacle::closed ||
                           culprit.obstacle == Obstacle::retired ||
                           culprit.obstacle == Obstacle::not_owner || what.empty();
  const std::string unequal =
      culprit.move < 0 ? std::string() : ", rows of " + by_move(culprit) + " compare unequal";
  return (culprit.after ? "after " : "") + step + (says_it_all ? "" : ": " + what) + unequal;
}

std::string BlameWords::link(const Culprit& culprit) const {
  const std::string words(kLinkWords[static_cast<std::size_t>(culprit.link)]);
  switch (culprit.link) {
    case BrokenLink::met:
      return met(culprit);
    case BrokenLink::moved_wrongly:
      return by_move(culprit) + (culprit.column.empty() ? "" : ", column " + culprit.column);
    case BrokenLink::wrote_wrongly:
    case BrokenLink::answered_wrongly:
      return by_call(culprit);
    case BrokenLink::refused:
      return culprit.call < 0 ? words + ": " + culprit.said
                              : by_call(culprit) + ": " + culprit.said;
    case BrokenLink::erased:
      return culprit.call < 0 ? words : words + " by " + by_call(culprit);
    case BrokenLink::elsewhere: {
      const std::string step = plan_.name(culprit.step);
      return culprit.side ? fmt::format("answered by {}, which was not the owner{}",
                                        platform(*culprit.side), step.empty() ? "" : ": " + step)
                          : words;
    }
    default:
      return culprit.move < 0 ? words : words + " by " + by_move(culprit);
  }
}

std::string BlameWords::name(const Culprit& culprit) const {
  if (culprit.surprise != SurpriseId::none) return plan_.name(culprit.surprise);
  return link(culprit);
}

std::string BlameWords::written(const Circumstances& how) const {
  if (!how.written_on || how.written == kNever) return {};
  std::string text = fmt::format("committed on {} at {}", platform(*how.written_on),
                                 clock_text(how.written, true));
  if (how.after_switch != kNever)
    text += fmt::format(", {} after the switch", duration_text(how.after_switch));
  if (how.after_position != kNever)
    text += fmt::format(", {} after the stop position was read", duration_text(how.after_position));
  return text;
}

std::string BlameWords::told(const Culprit& culprit, const Circumstances& how) const {
  std::string text;
  const auto add = [&text](const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : "; ") + more;
  };
  if (culprit.link != BrokenLink::moved_wrongly && culprit.link != BrokenLink::not_extracted &&
      culprit.link != BrokenLink::not_loaded)
    add(written(how));
  if (how.arrived != kNever && how.overwritten != kNever)
    add(fmt::format("arrived at {}", clock_text(how.arrived, true)));
  if (how.overwritten != kNever)
    add(fmt::format("overwritten at {}", clock_text(how.overwritten, true)));
  if (culprit.link == BrokenLink::not_yet_applied && how.arrived != kNever)
    add(fmt::format(
        "arrived at {}{}", clock_text(how.arrived, true),
        how.looked == kNever || how.looked > how.arrived
            ? std::string()
            : fmt::format(", {} after it was looked at", duration_text(how.arrived - how.looked))));
  if (culprit.link == BrokenLink::elsewhere)
    add(fmt::format("{} owned {}", platform(how.owner), service(culprit)));
  if (how.before.empty() && !how.after.empty()) add("is " + shortened(how.after));
  if (!how.before.empty() && how.after.empty())
    add("before: " + shortened(how.before) + ", after: nothing");
  if (!how.before.empty() && !how.after.empty())
    add(fmt::format("before: {}, after: {}", shortened(how.before), shortened(how.after)));
  add(how.evidence);
  return text;
}

std::string BlameWords::sentence(const Culprit& culprit, const Circumstances& how) const {
  const std::string text = told(culprit, how);
  return text.empty() ? name(culprit) : name(culprit) + ": " + text;
}

std::map<std::string, std::int64_t> culprit_counts(const ReportInput& input) {
  const BlameWords words(input.world, input.scenario);
  std::map<std::string, std::int64_t> counts;
  for (const auto& [culprit, count] : input.result.verdict.culprits)
    counts[words.name(culprit)] += count;
  return counts;
}

}  // namespace pindah
