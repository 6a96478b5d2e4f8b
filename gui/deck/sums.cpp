#include "gui/deck/sums.h"

#include <algorithm>
#include <map>

#include "report/text.h"

namespace pindah::gui {
namespace {

void add(std::vector<Sum>& sums, SumKind kind, const std::map<std::string, std::int64_t>& counts) {
  for (const auto& [name, count] : ranked(counts))
    if (!name.empty()) sums.push_back({kind, name, count, 0, {}});
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// All that a filter can find of her.
std::string all_of(const Person& person) {
  std::string all = std::to_string(person.id);
  for (const std::string* text : {&person.persona, &person.home, &person.page, &person.difference,
                                  &person.cause, &person.culprit, &person.harm})
    all += "\n" + *text;
  for (const std::string& name : person.harm_names) all += "\n" + name;
  if (person.noticed) all += "\nnoticed";
  if (person.annoyed) all += "\nannoyed";
  if (person.empty_handed) all += "\nempty-handed";
  if (person.harmed) all += "\nharmed";
  return lower(std::move(all));
}

}  // namespace

std::vector<Sum> sums_of(const std::vector<Person>& people, const std::vector<PastCohort>& cohorts,
                         const std::vector<PastHarm>& harms) {
  std::map<std::string, std::int64_t> causes, culprits;
  for (const Person& person : people) {
    if (!person.noticed) continue;
    ++causes[person.cause];
    ++culprits[person.culprit];
  }
  std::vector<Sum> sums;
  add(sums, SumKind::cause, causes);
  add(sums, SumKind::culprit, culprits);
  for (const PastHarm& harm : harms) {
    Sum& sum = sums.emplace_back();
    sum.kind = SumKind::harm;
    sum.name = plain_text(harm.name);
    sum.count = harm.units;
    sum.note = plain_text(harm.example);
    if (!harm.culprit.empty()) sum.note += "; because " + plain_text(harm.culprit);
  }
  for (const PastCohort& cohort : cohorts)
    if (cohort.noticed > 0)
      sums.push_back(
          {SumKind::cohort, plain_text(cohort.name), cohort.noticed, cohort.exposed, {}});
  return sums;
}

bool counts(const Sum& sum, const Person& person) {
  switch (sum.kind) {
    case SumKind::cause:
      return person.noticed && person.cause == sum.name;
    case SumKind::culprit:
      return person.noticed && person.culprit == sum.name;
    case SumKind::harm:
      return std::find(person.harm_names.begin(), person.harm_names.end(), sum.name) !=
             person.harm_names.end();
    case SumKind::cohort:
      break;
  }
  return person.noticed &&
         (sum.name == "page " + person.page || sum.name == "persona " + person.persona ||
          sum.name == "home " + person.home);
}

std::vector<const Person*> filtered(const std::vector<Person>& people, const std::string& filter) {
  std::vector<const Person*> some;
  const std::string words = lower(filter);
  for (const Person& person : people) {
    const std::string all = words.empty() ? std::string() : all_of(person);
    std::size_t from = 0;
    bool has = true;
    while (has && from < words.size()) {
      const std::size_t end = std::min(words.find(' ', from), words.size());
      has = end == from || all.find(words.substr(from, end - from)) != std::string::npos;
      from = end + 1;
    }
    if (has) some.push_back(&person);
  }
  return some;
}

}  // namespace pindah::gui
