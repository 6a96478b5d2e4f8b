// What those who noticed, or were harmed, have in common.
#pragma once

#include <vector>

#include "gui/deck/deck.h"

namespace pindah::gui {

// Why, by which part of the plan, who, and what harm; each the largest first. Cohorts in which
// nobody noticed are left out.
std::vector<Sum> sums_of(const std::vector<Person>& people, const std::vector<PastCohort>& cohorts,
                         const std::vector<PastHarm>& harms);
// Whether the person is one of those that the sum counts.
bool counts(const Sum& sum, const Person& person);

// Those among the people whom a filter lets through: words that each of them has somewhere, in any
// case, one after the other. `harmed`, `empty-handed`, `annoyed` and `noticed` are such words.
std::vector<const Person*> filtered(const std::vector<Person>& people, const std::string& filter);

}  // namespace pindah::gui
