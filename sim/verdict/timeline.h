// What the plan and the surprises were doing at an instant, read from the plan's events.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "oracle/record.h"
#include "scenario/scenario.h"

namespace pindah {

// A step of the plan (or a surprise) from its start to its end.
struct StepSpan {
  int step = -1;
  Micros from;
  Micros until = kNever;
  std::vector<std::pair<Micros, std::string>> phases;
};

class Timeline {
 public:
  Timeline(const Scenario& scenario, const std::vector<PlanEvent>& events);

  // The step most likely met by a request of `service` (-1: any) between the two instants: a
  // cutover or rollback before a copy or a verify, those before a stream that runs on and on; of
  // equals the one that names the service, then the latest. Nothing: none was under way.
  const StepSpan* under_way(Micros from, Micros until, ServiceId service) const;
  // The last step that moved something and had ended by then.
  const StepSpan* moved_before(Micros instant) const;
  // A surprise that was on between the two instants and that the control did not have.
  const Surprise* surprise(Micros from, Micros until) const;
  // The phase of a step at an instant; the first one after it where it had none yet; may be empty.
  static std::string phase(const StepSpan& span, Micros instant);
  std::string name(const StepSpan& span) const;
  // Every span of a step of that name.
  std::vector<std::pair<Micros, Micros>> spans(std::string_view step) const;
  // Closed fences, of a service or (-1) of all.
  std::vector<std::pair<Micros, Micros>> fences(ServiceId service) const;
  Micros first_step() const { return first_step_; }  // kNever: no step started
  Micros retired() const { return retired_; }  // the last retirement; kNever: nothing was retired
  const Scenario& scenario() const { return scenario_; }

 private:
  void step(const PlanEvent& event);
  void surprise(const PlanEvent& event);
  int weight(const StepSpan& span, ServiceId service) const;
  bool names(const StepSpan& span, ServiceId service) const;
  static bool lasts(const PlanStep& step);
  void end_routes(const PlanStep& next, Micros at);
  const PlanStep& plan_step(const StepSpan& span) const {
    return scenario_.plan[static_cast<std::size_t>(span.step)];
  }
  StepSpan* open(std::vector<StepSpan>& spans, int step);

  const Scenario& scenario_;
  std::vector<StepSpan> steps_, surprises_;  // in order of their starts
  Micros first_step_ = kNever, retired_ = kNever;
};

}  // namespace pindah
