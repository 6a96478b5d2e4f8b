#include "platform/plan_event.h"

#include <algorithm>
#include <array>

namespace pindah {
namespace {

// Do not change: these words are on disk. New ones go to the end of a list, as their enumerators.
constexpr std::array<std::string_view, 7> kEventWords{"started", "phase",   "finished", "skipped",
                                                      "aborted", "waiting", "surprise"};
static_assert(kEventWords.size() == static_cast<std::size_t>(PlanEventKind::count));
constexpr std::array<std::string_view, 16> kPhaseWords{
    "",       "fence",   "drain",    "copy",         "position", "catch up",     "verify",
    "switch", "release", "verified", "shadow reads", "apply",    "second write", "on",
    "off",    "compare"};
static_assert(kPhaseWords.size() == static_cast<std::size_t>(Phase::count));

template <class Enum, std::size_t N>
std::optional<Enum> enum_of(const std::array<std::string_view, N>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return {};
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view word_of(PlanEventKind kind) { return kEventWords[static_cast<std::size_t>(kind)]; }
std::string_view word_of(Phase phase) { return kPhaseWords[static_cast<std::size_t>(phase)]; }

std::optional<PlanEventKind> plan_event_kind(std::string_view word) {
  return enum_of<PlanEventKind>(kEventWords, word);
}
std::optional<Phase> phase_of(std::string_view word) { return enum_of<Phase>(kPhaseWords, word); }

}  // namespace pindah
