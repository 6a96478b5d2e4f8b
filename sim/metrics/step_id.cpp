#include "metrics/step_id.h"

#include "base/digest.h"

namespace pindah {
namespace {

// 0 is nobody's.
std::uint64_t id_of_name(std::string_view name) {
  const std::uint64_t hash = hash64(name);
  return hash == 0 ? 1 : hash;
}

}  // namespace

StepId step_id(std::string_view name) { return StepId{id_of_name(name)}; }
SurpriseId surprise_id(std::string_view name) { return SurpriseId{id_of_name(name)}; }

}  // namespace pindah
