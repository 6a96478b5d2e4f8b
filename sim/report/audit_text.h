// The audit of a world's mapping in words. Escaped for a terminal.
#pragma once

#include <string>

#include "audit/finding.h"

namespace pindah {

// All of it: findings, what is declared, what was looked at.
std::string audit_text(const audit::Report& report, const World& world);
std::string audit_json(const audit::Report& report, const World& world);
// The first line alone.
std::string audit_line(const audit::Report& report);
// What is wrong, as a sentence: "comes back otherwise".
std::string_view word_of(audit::FindingKind kind);

}  // namespace pindah
