// Whom to blame, in words: the same in every report, in the run file and in the window.
#pragma once

#include <map>
#include <string>

#include "report/plan_words.h"

namespace pindah {

class BlameWords {
 public:
  // Names of moves, calls, platforms and steps from here. Both outlive it.
  BlameWords(const World& world, const Scenario& scenario)
      : world_(world), plan_(world, scenario) {}

  // "move 80-catalogue-products, column title", "call orders.list of Tokopedia", "not captured",
  // "cutover of orders: fence"; "not traced" where nothing is known.
  std::string name(const Culprit& culprit) const;
  // The same, and how it came about: "not captured: committed on Pustaka at 00:01:00.035, 35ms
  // after the switch".
  std::string sentence(const Culprit& culprit, const Circumstances& how) const;

 private:
  std::string link(const Culprit& culprit) const;
  std::string met(const Culprit& culprit) const;
  std::string by_move(const Culprit& culprit) const;
  std::string by_call(const Culprit& culprit) const;
  std::string told(const Culprit& culprit, const Circumstances& how) const;
  std::string written(const Circumstances& how) const;
  std::string service(const Culprit& culprit) const;
  const std::string& platform(Side side) const { return world_.platforms[index(side)].name; }
  const World& world_;
  PlanWords plan_;
};

// BY: those who noticed by the names of their culprits.
std::map<std::string, std::int64_t> culprit_counts(const ReportInput& input);

}  // namespace pindah
