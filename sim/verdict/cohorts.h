// Shares of those who noticed, by kinds of shopper and by page.
#pragma once

#include <vector>

#include "verdict/verdict.h"

namespace pindah {

// The name under which a page is reported.
const std::string& reported_as(const World& world, PageId page);

// Fills Comparison::cohorts: "page checkout" (exposed: sessions that opened it; noticed: there),
// "persona buyer", "home TikTok Shop", and each option of a choice: "method card".
void count_cohorts(const World& world, const std::vector<Intent>& intents, const Record& control,
                   const Record& rehearsed, Comparison& comparison);

}  // namespace pindah
