#include "oracle/detectors.h"

#include <array>

namespace pindah {
namespace {

constexpr std::array kDetectors = std::to_array<Detector>({
    {AnomalyKind::lost, "", "recompute.cpp"},
    {AnomalyKind::duplicated, "", "recompute.cpp"},
    {AnomalyKind::uncoupled, "", "recompute.cpp"},
    {AnomalyKind::unconserved, "", "recompute.cpp"},
    {AnomalyKind::regressed, "shown_checks.cpp", "recompute.cpp"},
    {AnomalyKind::stale, "shown_checks.cpp", ""},
    {AnomalyKind::unowned, "commit_reader.cpp", ""},
    {AnomalyKind::shown_to_another, "shown_checks.cpp", ""},
    {AnomalyKind::oversold, "", "recompute.cpp"},
    {AnomalyKind::off_rail, "oracle.cpp", ""},
    {AnomalyKind::logged_out, "page_reader.cpp", ""},
    {AnomalyKind::untrue, "shown_checks.cpp", "agreement.cpp"},
});

constexpr bool each_has_a_detector() {
  if (kDetectors.size() != static_cast<std::size_t>(AnomalyKind::count)) return false;
  for (std::size_t i = 0; i < kDetectors.size(); ++i) {
    const Detector& detector = kDetectors[i];
    if (static_cast<std::size_t>(detector.id) != i) return false;
    if (detector.watching.empty() && detector.at_the_end.empty()) return false;
  }
  return true;
}
static_assert(each_has_a_detector(), "somebody looks for each kind of anomaly");

}  // namespace

std::span<const Detector> detectors() { return kDetectors; }

}  // namespace pindah
