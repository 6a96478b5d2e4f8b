#include "report/plan_words.h"

#include <fmt/format.h>

#include "metrics/expression.h"
#include "report/text.h"
#include "scenario/steps/copy.h"
#include "scenario/steps/fence.h"

namespace pindah {
namespace {

std::string freeze_limit(const PlanStep* step) {
  const Fence* fence = step ? fence_of(*step) : nullptr;
  return duration_text(fence ? fence->freeze_at_most : Micros{});
}

// "while p99(edge) > 400ms"
std::string pause(const PlanStep* step) {
  const Copy* copy = step ? step->as<Copy>() : nullptr;
  if (!copy || copy->pause_when.empty()) return "for a while";
  std::string text;
  for (const Expression& one : copy->pause_when)
    text += (text.empty() ? "while " : " and ") + one.text;
  return text;
}

}  // namespace

const PlanStep* PlanWords::step(StepId id) const {
  const int place = places_.of(id);
  return place < 0 ? nullptr : &scenario_.plan[static_cast<std::size_t>(place)];
}

std::string PlanWords::name(StepId id) const {
  const PlanStep* found = step(id);
  return found ? found->name : std::string();
}

std::string PlanWords::name(SurpriseId id) const {
  const int place = place_of(scenario_, id);
  return place < 0 ? std::string() : scenario_.surprises[static_cast<std::size_t>(place)].name;
}

std::string PlanWords::service(ServiceId id) const {
  return id < 0 ? std::string() : world_.services[static_cast<std::size_t>(id)].name;
}

// "loan 17 differs"
std::string PlanWords::root(const Mismatch& mismatch) const {
  return fmt::format("{} {} {}", world_.moves[static_cast<std::size_t>(mismatch.move)].name,
                     to_text(mismatch.key), mismatch.at_rest ? "differs" : "never came to rest");
}

// "verified(payments) was false; payments was not verified"
std::string PlanWords::seen(const Expression& e, const Seen& seen) const {
  std::string text = fmt::format("{}({}) ", e.metric->name, e.arguments.text);
  if (e.metric->unit != Unit::truth)
    return text + fmt::format("was {}", show(e.metric->unit, seen.value));
  text += seen.value != 0 ? "was true" : "was false";
  for (const Seen::Service& one : seen.services) {
    if (!one.finished)
      text += fmt::format("; {} was not verified", service(one.service));
    else if (one.first)
      text += fmt::format("; {} rows of {} differed, the first: {}", one.mismatches,
                          service(one.service), root(*one.first));
  }
  return text;
}

std::string PlanWords::needed(const Setback& setback, const PlanStep* step) const {
  const auto which = static_cast<std::size_t>(setback.seen.condition);
  if (step == nullptr || which >= step->needs.size()) return "it needs what was not there";
  return fmt::format("it needs {}, but {}", step->needs[which].text,
                     seen(step->needs[which], setback.seen));
}

std::string PlanWords::reason(const Setback& setback, const PlanStep* step) const {
  switch (setback.why) {
    case Why::none:
      return {};
    case Why::needs:
      return needed(setback, step);
    case Why::owned_already:
      return fmt::format("{} is owned by the {} already", service(setback.service),
                         setback.owner == Side::target ? "target" : "source");
    case Why::target_owns:
      return fmt::format("{} is owned by the target", service(setback.service));
    case Why::freeze_limit:
      return fmt::format("the freeze reached its limit of {}", freeze_limit(step));
    case Why::copy_failed:
      return "the copy under the fence failed";
    case Why::differs:
      return "what was caught up differs";
    case Why::migrator_killed:
      return "the migrator was killed";
    case Why::owner_changed:
      return "its owner changed meanwhile";
    case Why::refused:
      return setback.error;
    case Why::changelog_dropped:
      return "the changelog does not reach back far enough";
    case Why::not_copied:
      return fmt::format("{} is not wholly copied", service(setback.service));
    case Why::paused:
      return pause(step);
  }
  return {};
}

// "copy of orders stopped: …" of a copy or a verify, also inside a cutover; "was aborted (…): …" of
// a cutover itself. Where the step is of one service alone, its name says which.
std::string PlanWords::stopped(const PlanEvent& event, const std::string& name) const {
  const Setback& setback = *event.setback;
  const PlanStep* of = step(event.step);
  const std::string why = reason(setback, of);
  const bool given_up = setback.why == Why::owner_changed;
  if (!given_up && setback.why != Why::refused)
    return fmt::format("{}aborted ({}): {}", name.empty() ? "" : name + " was ",
                       word_of(event.phase), why);
  const bool cuts = event.step_kind && spec_of(*event.step_kind).moves == Moves::all;
  const bool alone = name.empty() && of && of->services.size() == 1 && !cuts;
  const std::string what =
      alone ? std::string()
            : fmt::format("{} of {} ", word_of(event.phase), service(event.service));
  return what + (given_up ? (alone ? "given up: " : "was given up: ") : "stopped: ") + why;
}

// "apply of orders"; "the stream of orders back from the target"
std::string PlanWords::stream(const Setback& setback) const {
  const std::string of = service(setback.service);
  if (setback.owner == Side::source) return "apply of " + of;
  return "the stream of " + of + " back from the target";
}

std::string PlanWords::setback_of(const PlanEvent& event, const std::string& name) const {
  const Setback& setback = *event.setback;
  const PlanStep* of = step(event.step);
  switch (event.kind) {
    case PlanEventKind::skipped:
      return (name.empty() ? "" : name + " was ") + "skipped: " + reason(setback, of);
    case PlanEventKind::aborted:
      return stopped(event, name);
    default:
      break;
  }
  if (setback.why == Why::freeze_limit)
    return fmt::format("{}the freeze is over its limit of {} and goes on",
                       name.empty() ? "" : name + ": ", freeze_limit(of));
  if (setback.why == Why::not_copied)
    return fmt::format("{} is not wholly copied, and is cut over all the same",
                       service(event.service));
  if (event.phase == Phase::second_write)
    return fmt::format("a second write of {} failed: {}", service(event.service), setback.error);
  const bool alone = name.empty() && of && of->services.size() == 1;
  if (setback.why == Why::paused)
    return (alone ? std::string() : fmt::format("copy of {} is ", service(event.service))) +
           "paused " + reason(setback, of);
  return (alone && of->kind == StepKind::apply ? std::string() : stream(setback) + " is ") +
         "stuck: " + reason(setback, of);
}

std::string PlanWords::unequal(const Findings& compared) const {
  if (compared.root) return root(*compared.root);
  if (!compared.read) return {};
  const ShadowMismatch& read = *compared.read;
  const std::string& call = world_.calls[static_cast<std::size_t>(read.call)].name;
  if (read.slot < 0)
    return fmt::format(
        "{}: {}", call,
        read.owner_answered ? "answered here, not there" : "answered there, not here");
  return fmt::format("{}: {} is {} here and {} there", call,
                     world_.slots[static_cast<std::size_t>(read.slot)], read.here, read.there);
}

std::string PlanWords::compared(const PlanEvent& event) const {
  const Findings& found = *event.compared;
  const std::string of = service(event.service);
  if (event.phase == Phase::shadow_reads)
    return fmt::format("{}: {} reads compared", of, found.count) +
           (found.unequal == 0
                ? ", all equal"
                : fmt::format(", {} differ, the first: {}", found.unequal, unequal(found)));
  if (found.unequal == 0) return fmt::format("{}: {} roots, all equal", of, found.count);
  return fmt::format("{}: {} of {} roots differ, the first: {}", of, found.unequal, found.count,
                     unequal(found));
}

std::string PlanWords::beside_name(const PlanEvent& event) const {
  if (event.setback) return setback_of(event, {});
  if (event.compared) return compared(event);
  if (event.with != StepId::none) return "over with " + name(event.with);
  if (event.kind == PlanEventKind::phase) return std::string(word_of(event.phase));
  return {};
}

std::string PlanWords::sentence(const PlanEvent& event) const {
  if (event.kind == PlanEventKind::surprise) return name(event.surprise);
  const std::string of = name(event.step);
  if (event.setback) return setback_of(event, of);
  if (event.compared) return compared(event);
  const std::string more = beside_name(event);
  return more.empty() ? of : of + ": " + more;
}

std::string PlanWords::stuck(const Setback& setback) const {
  const std::string what = setback.phase == Phase::second_write
                               ? "a second write of " + service(setback.service)
                               : stream(setback);
  return fmt::format("{} was stuck at the end, since {}: {}", what, clock_text(setback.since),
                     reason(setback, nullptr));
}

std::string PlanWords::sentence(const Unfinished& unfinished) const {
  using How = Unfinished::How;
  const PlanStep* of = step(unfinished.step);
  const std::string who = of ? of->name : std::string("a step");
  switch (unfinished.how) {
    case How::running:
      if (!unfinished.setback) return who + " was not over at the end";
      return fmt::format("{} was not over at the end: paused since {} {}", who,
                         clock_text(unfinished.setback->since), reason(*unfinished.setback, of));
    case How::stuck:
      return stuck(*unfinished.setback);
    case How::kept_waiting:
      return who + " never started: another step was at work on the same services";
    case How::skipped:
    case How::failed: {
      if (!unfinished.setback) return who + " failed";
      PlanEvent event;
      event.kind = unfinished.how == How::skipped ? PlanEventKind::skipped : PlanEventKind::aborted;
      event.step = unfinished.step;
      if (of) event.step_kind = of->kind;
      event.service = unfinished.setback->service;
      event.phase = unfinished.setback->phase;
      event.setback = unfinished.setback;
      return sentence(event);
    }
    case How::held:
      return who + " was held";
    case How::too_early:
      return who + " never started: its time did not come";
    case How::never_asked:
      return who + " never started: there was nothing yet for it to do";
    case How::after:
      return fmt::format("{} never started: {} did not end well before", who,
                         of ? of->after : std::string("a step"));
    case How::unmet:
      break;
  }
  const auto which = static_cast<std::size_t>(unfinished.seen.condition);
  if (!of || which >= of->when.size()) return who + " never started";
  return fmt::format("{} never started: {}{}", who, seen(of->when[which], unfinished.seen),
                     unfinished.held_too_briefly ? ", but not for long enough" : "");
}

std::string PlanWords::beside_name(const MetStep& met) {
  const std::string of = met.enough() ? "" : fmt::format(", of {} needed", grouped(met.needed));
  return met.quiet ? fmt::format("quiet; the new owner answered {} since{}", grouped(met.count), of)
                   : fmt::format("met by {}{}", grouped(met.count), of);
}

std::string PlanWords::sentence(const MetStep& met) const {
  const PlanStep* of = step(met.of.step);
  const std::string who = of ? of->name : std::string("a step");
  const std::string needed = fmt::format(", of {} needed", grouped(met.needed));
  if (met.quiet)
    return fmt::format("{} came quietly, and the new owner answered only {} afterwards{}", who,
                       grouped(met.count), needed);
  const bool retires = of && does(*of, Effect::retires);
  if (met.count > 0) return fmt::format("{} was met by only {}{}", who, grouped(met.count), needed);
  if (retires) return who + " came when nobody asked for anything any more; nobody met it";
  if (met.of.last == kNever)
    return who + " came before anybody had asked for anything; nobody met it";
  return fmt::format("{} came {} after the last shopper; nobody met it", who,
                     brief_text(met.of.at - met.of.last));
}

namespace {

// "world/calls/list.sql:3: without any migration the world's call orders.list of Old and its truth
// disagree: order 305: is paid, is shown unpaid (12 times)"
std::string sentence(const WorldMistake& mistake) {
  std::string text;
  if (!mistake.place.file.empty())
    text = fmt::format("{}:{}: ", mistake.place.file, mistake.place.line);
  text += "without any migration ";
  const std::string truth = mistake.truth.empty() ? "its truth" : mistake.truth;
  text += mistake.call.empty()
              ? fmt::format("the world's {} says that something is wrong", truth)
              : fmt::format("the world's call {} and {} disagree", mistake.call, truth);
  text += ": " + mistake.detail;
  if (mistake.count > 1) text += fmt::format(" ({} times)", mistake.count);
  return text;
}

}  // namespace

std::string PlanWords::brief(const Unfinished& unfinished) const {
  const PlanStep* of = step(unfinished.step);
  const std::string who = of ? of->name : std::string("a step");
  if (unfinished.how == Unfinished::How::skipped) return who + " was skipped";
  if (unfinished.how == Unfinished::How::failed) return who + " failed";
  return sentence(unfinished);
}

std::string first_doubt(const ReportInput& input) {
  const Verdict& verdict = input.result.verdict;
  if (!verdict.mistakes.empty() || verdict.inconclusive.empty()) return doubts(input).front();
  const Doubt& doubt = verdict.inconclusive.front();
  const auto* step = std::get_if<Unfinished>(&doubt);
  return step ? PlanWords(input.world, input.scenario).brief(*step) : doubts(input).front();
}

std::vector<std::string> doubts(const ReportInput& input) {
  const PlanWords words(input.world, input.scenario);
  std::vector<std::string> texts;
  for (const WorldMistake& mistake : input.result.verdict.mistakes)
    texts.push_back(sentence(mistake));
  for (const Doubt& doubt : input.result.verdict.inconclusive) {
    if (const auto* step = std::get_if<Unfinished>(&doubt))
      texts.push_back(words.sentence(*step));
    else if (const auto* met = std::get_if<MetStep>(&doubt))
      texts.push_back(words.sentence(*met));
    else
      texts.push_back(std::get<std::string>(doubt));
  }
  return texts;
}

}  // namespace pindah
