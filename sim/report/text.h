// Values as people read them: numbers, shares, durations, dates, and the words of states. Not
// escaped: each format does that in its own way.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "scenario/scenario.h"
#include "verdict/difference.h"
#include "verdict/verdict.h"

namespace pindah {

// 16 hexadecimal digits.
std::string hex_text(std::uint64_t number);
// 66480 as "66 480".
std::string grouped(std::int64_t number);
// A share of a whole as a person reads it: "0.62 %"; of nothing: "none".
std::string share_text(std::int64_t part, std::int64_t whole);
// A duration without the digits that nobody reads: whole milliseconds, from a minute on seconds.
std::string brief_text(Micros duration);
// "2024-03-04 00:00": an instant as the scenario's own clock shows it.
std::string date_text(const Scenario& scenario, Micros instant);
std::string date_text(std::int64_t starts_us, Micros utc_offset, Micros instant);

// What a state of a budget line is called, and its mark (never colour alone).
std::string_view word_of(LineState state);
std::string_view mark_of(LineState state);
std::string_view word_of(Difference difference);
// "goods", and the reason as a sentence.
std::string_view word_of(SpilloverKind kind);
std::string_view reason_of(SpilloverKind kind);
// "3 (goods 2, timing 1)"; "0" where there is none.
std::string spillover_text(const Comparison& comparison);

// Where a line of the budget is said to hold, without the scenario's file: "12", or, where it
// stands in another file, "8 (budgets.yaml:14)"; and that file with its line, empty for none.
std::string line_place(const BudgetLine& line);
std::string stands_text(const BudgetLine& line);

// By count, largest first; equal ones by name.
std::vector<std::pair<std::string, std::int64_t>> ranked(
    const std::map<std::string, std::int64_t>& counts);

}  // namespace pindah
