// Runs that are pinned by their digest, and where one that has turned leaves what was pinned.
//
// With PINDAH_GOLDEN=rewrite in the environment the tests write what is now into tests/golden
// instead of comparing it: look at the difference before you keep it. With PINDAH_GOLDEN=keep they
// leave what happened in each pinned run in build/golden, by its digest. Do that on the commit
// before, and a run that turns on the next one says at which page or event.
#pragma once

#include <string>

#include "rehearsal/rehearsal.h"

namespace pindah::test {

// Fails when the digest of this run of `scenario` (its path from the repository's root) is not the
// one in tests/golden/digests.txt; then says where it parts from tests/golden/trails.txt, and
// leaves what happened in build/golden.
void check_pinned(const std::string& scenario, const RehearsalResult& result);

// Fails when the text is not that of a file of tests/golden.
void check_golden(const std::string& file, const std::string& text);

// What happened in both lives: a line for each page and each event of the plan, by life in order of
// time. "rehearsed 00:12:03.250000 shopper 12 page 3 …".
std::string happened(const World& world, const RehearsalResult& result);

// The lines of such a text by life and minute: "rehearsed 12 1034 8f3a…", how many and their hash.
std::string trail_of(const std::string& happened);

// The first line in which two texts differ, from both: "… \n  pinned: … \n  now: …"; empty: none.
std::string first_difference(const std::string& pinned, const std::string& now);

}  // namespace pindah::test
