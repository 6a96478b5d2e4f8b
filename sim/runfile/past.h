// What people did and saw in a run, as texts and numbers: what a run file keeps, and what whoever
// shows a run (from a file or while it goes on) shows of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/report.h"

namespace pindah {

// A visit of one life, as it was written down.
struct PastPage {
  std::int64_t visit = 0;
  PageEnd end{};
  std::string page, shown;
  std::int64_t intended_us = 0, latency_us = 0, tries = 0;
  bool on_target = false;
};

// A shopper who noticed.
struct PastShopper {
  std::int64_t id = 0, noticed_at_us = 0, visit = 0, slower_us = 0;
  std::int64_t replied_us = 0;  // when she saw it: noticed_at_us is when that page began
  std::string persona, home, page, difference, cause, culprit, harm;
  bool annoyed = false, empty_handed = false, harmed = false;
};

// Somebody who was harmed, whether she noticed or not.
struct PastHarmed {
  std::int64_t id = 0, at_us = 0;  // of her first harm
  std::string persona, home, name, detail, culprit;
};

// A kind of anomaly in the rehearsed life, and its first case.
struct PastHarm {
  std::string name, example, culprit;
  std::int64_t units = 0;
};

// A group of shoppers: "page checkout".
struct PastCohort {
  std::string name;
  std::int64_t noticed = 0, exposed = 0;
};

// A shopper whose two lives differ although nothing was done to her.
struct PastSpilled {
  std::int64_t id = 0, at_us = 0, visit = 0;
  std::string persona, home, page, kind, reason;
};

struct PastLine {
  LineState state = LineState::inconclusive;
  std::string name, says, expression, where;
  std::optional<VerdictMetric> metric;  // none: a run file of an earlier version
  std::string arguments;                // of the metric, as written; may be empty
  std::int64_t after_us = 0;            // it looks at what comes after that
  std::int64_t value = 0, exposure = 0, exposure_needed = 0;
  std::optional<std::int64_t> broke_at_us;
};

// A step of the plan.
struct PastStep {
  std::string name;
  StepKind kind{};
  std::vector<std::string> services;
  bool lasts = false;  // its effect goes on after its end: a route that leads some requests over
};

// What the plan or a surprise did. Names and texts are for people; `name` says whose it is, too.
struct PastEvent {
  std::int64_t at_us = 0, count = -1;
  PlanEventKind kind{};
  std::optional<StepKind> step_kind;  // none: of a surprise, or of a cutover's own stream
  Phase phase{};
  std::string name, service, text;
  std::string with;     // finished: the step whose end was its end; empty: by itself
  std::string renamed;  // finished: what the shop that moves is called from then on; may be empty
};

struct PastSeries {
  std::string name, life;
  std::vector<std::pair<std::int64_t, std::int64_t>> points;  // instant in µs, value
};

PastShopper past_shopper(const ReportInput& input, const Noticer& noticer);
// In order of time.
std::vector<PastHarmed> past_harmed(const ReportInput& input);
std::vector<PastHarm> past_harms(const ReportInput& input);
// Those that anybody was exposed in, the worst share first.
std::vector<PastCohort> past_cohorts(const Comparison& comparison);
PastSpilled past_spilled(const ReportInput& input, const Spilled& spilled);
std::vector<PastLine> past_lines(const Verdict& verdict);
// Visit number `number` of the record.
PastPage past_page(const World& world, const Record& record, std::size_t number);
std::vector<PastStep> past_steps(const World& world, const Scenario& scenario);
std::vector<PastEvent> past_events(const World& world, const Scenario& scenario,
                                   const std::vector<PlanEvent>& plan);

// The words of a run file: "timed out". Nothing: no such word.
std::string outcome_of(PageEnd end);
std::optional<PageEnd> page_end_of(std::string_view outcome);
// "failed after 4.9s, 3 tries: sold out"; of a page that one life did not have: that.
std::string outcome_text(const PastPage* page);
// What a page showed otherwise in the two lives. Texts are plain and not too long.
struct ShownApart {
  std::string name, control, rehearsed;  // empty: the other life showed nothing of that name
};
std::vector<ShownApart> shown_apart(const PastPage* control, const PastPage* rehearsed);

}  // namespace pindah
