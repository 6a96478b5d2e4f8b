// What the plan did, in sentences. They are made here alone, of the facts of a PlanEvent.
#pragma once

#include <string>
#include <vector>

#include "report/report.h"

namespace pindah {

// Names of steps and services from here. Both outlive it.
class PlanWords {
 public:
  PlanWords(const World& world, const Scenario& scenario)
      : world_(world), scenario_(scenario), places_(scenario) {}

  // "cutover of orders was aborted (drain): the freeze reached its limit of 2s". Events of a
  // surprise, and of a step that begins or ends by itself, are its name alone.
  std::string sentence(const PlanEvent& event) const;
  std::string sentence(const Unfinished& unfinished) const;
  // Where too few did: "cutover of orders came 15m after the last shopper; nobody met it".
  std::string sentence(const MetStep& met) const;
  // "met by 412", "quiet; the new owner answered 96 since".
  static std::string beside_name(const MetStep& met);
  // The same without its reason, for a place beside which that stands: "cutover of orders was
  // skipped".
  std::string brief(const Unfinished& unfinished) const;
  // The same beside the step's name: "aborted (drain): the freeze reached its limit of 2s"; empty
  // where the name says it all.
  std::string beside_name(const PlanEvent& event) const;
  // The name of a step or a surprise; empty: the scenario has none of it.
  std::string name(StepId step) const;
  std::string name(SurpriseId surprise) const;
  const PlanStep* step(StepId step) const;

 private:
  std::string service(ServiceId id) const;
  std::string needed(const Setback& setback, const PlanStep* step) const;
  std::string reason(const Setback& setback, const PlanStep* step) const;
  std::string seen(const Expression& expression, const Seen& seen) const;
  std::string compared(const PlanEvent& event) const;
  std::string unequal(const Findings& compared) const;
  std::string root(const Mismatch& mismatch) const;
  std::string setback_of(const PlanEvent& event, const std::string& name) const;
  std::string stream(const Setback& setback) const;
  std::string stuck(const Setback& setback) const;
  std::string stopped(const PlanEvent& event, const std::string& name) const;
  const World& world_;
  const Scenario& scenario_;
  StepPlaces places_;
};

// Every reason beyond the budget's lines why nothing can be said, in the verdict's order.
std::vector<std::string> doubts(const ReportInput& input);
// The first of them, in brief.
std::string first_doubt(const ReportInput& input);

}  // namespace pindah
