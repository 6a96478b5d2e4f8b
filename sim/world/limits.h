// How large a world may be. The engine packs ids and ordinals into bits; whoever packs one asserts
// that the limit fits, and the world's reader refuses what is above it, with a place. The world's
// schema and docs/world.md give the same numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace pindah {

struct Limit {
  std::string_view what;  // of which there are at most so many; names it in the schema's text
  std::int64_t most = 0;  // 0 of anything is allowed here; whether it makes sense is said elsewhere
};

namespace limit {

constexpr Limit kServices{"services", 32};
constexpr Limit kTables{"tables of a platform", 500};
constexpr Limit kPages{"pages", 500};
constexpr Limit kSteps{"calls of a page", 40};
constexpr Limit kPartitions{"partitions beside shopper and request", 2};
constexpr Limit kPersonas{"personas", 100};
constexpr Limit kOptions{"options of a choice", 100};
constexpr Limit kRetries{"retries of a client", 100};
constexpr Limit kSession{"pages of a session", 256};
constexpr Limit kPromises{"promises", 8};
constexpr Limit kLedgers{"ledgers", 16};
constexpr Limit kCallbackRetries{"retries of a callback", 100};
constexpr Limit kJobs{"jobs", 64};
constexpr Limit kList{"objects of a job's list", 200};

}  // namespace limit

// In the order in which a world's files are read.
inline constexpr std::array kLimits{
    limit::kServices, limit::kTables,          limit::kPages,   limit::kSteps,   limit::kPartitions,
    limit::kPersonas, limit::kOptions,         limit::kRetries, limit::kSession, limit::kPromises,
    limit::kLedgers,  limit::kCallbackRetries, limit::kJobs,    limit::kList};

}  // namespace pindah
