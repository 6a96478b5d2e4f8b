// What the plan's steps were doing at an instant, read from the plan's events. Whoever names the
// step that counts at an instant asks here: the blame, the limits, the window's header.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/plan_event.h"

namespace pindah {

// What has to be known of a step.
struct TimedStep {
  std::string name;
  StepKind kind{};
  std::vector<ServiceId> services;
  bool lasts = false;  // its effect goes on after its end, until the next step that moves
};
std::vector<TimedStep> timed_steps(const Scenario& scenario);
// A route that leads some of the requests over goes on doing so.
bool lasts(const PlanStep& step);

// A step from its start to its end.
struct StepSpan {
  StepId id{};
  const TimedStep* step = nullptr;
  Micros from;
  Micros until = kNever;
  std::vector<std::pair<Micros, Phase>> phases;
};

class StepSpans {
 public:
  StepSpans(std::vector<TimedStep> steps, const std::vector<PlanEvent>& events);
  StepSpans(const StepSpans&) = delete;
  StepSpans& operator=(const StepSpans&) = delete;

  // The step most likely met by a request of `service` (-1: any) between the two instants: by
  // precedence; of equals the one that names the service, then the latest. Null: none was under
  // way.
  const StepSpan* under_way(Micros from, Micros until, ServiceId service) const;
  // The same among the steps that concern one of these services; none of them: no step does.
  const StepSpan* under_way(Micros from, Micros until,
                            const std::vector<ServiceId>& services) const;
  // The latest of a kind that was under way, or has gone on since.
  const StepSpan* of_kind(StepKind kind, Micros from, Micros until,
                          const std::vector<ServiceId>& services) const;
  // The last step that moved something and had ended by then; one that concerns these services.
  const StepSpan* moved_before(Micros instant) const;
  const StepSpan* moved_before(Micros instant, const std::vector<ServiceId>& services) const;
  // The phase of a step at an instant; the first one after it where it had none yet; may be none.
  static Phase phase(const StepSpan& span, Micros instant);
  // "cutover of orders: fence"
  static std::string text(const StepSpan& span, Phase phase);
  // Every span of a step.
  std::vector<std::pair<Micros, Micros>> spans(StepId step) const;
  // Closed fences, of a service or (-1) of all.
  std::vector<std::pair<Micros, Micros>> fences(ServiceId service) const;
  // The last retirement of the service that had begun by then.
  const StepSpan* retired_span(Micros instant, ServiceId service) const;
  Micros first_step() const { return first_step_; }  // kNever: no step started
  Micros retired() const { return retired_; }  // the last retirement; kNever: nothing was retired

 private:
  void take(const PlanEvent& event);
  static int weight(const StepSpan& span, ServiceId service);
  static bool names(const StepSpan& span, ServiceId service);
  static bool names(const StepSpan& span, const std::vector<ServiceId>& services);
  void end_routes(const TimedStep& next, Micros at);
  StepSpan* open(StepId step);

  std::vector<TimedStep> steps_;
  std::map<StepId, const TimedStep*> by_id_;
  std::vector<StepSpan> spans_;  // in order of their starts
  Micros first_step_ = kNever, retired_ = kNever;
};

}  // namespace pindah
