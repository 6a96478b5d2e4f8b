#include "tests/report/sample.h"

#include "scenario/steps/cutover.h"

namespace pindah::test {
namespace {

void add_line(Sample& sample, int number, std::string name, std::string text) {
  BudgetLine line;
  line.place = {"scenarios/night.yaml", number, 3};
  line.name = std::move(name);
  line.text = std::move(text);
  sample.scenario.budget.push_back(std::move(line));
}

void make_scenario(Sample& sample) {
  Scenario& scenario = sample.scenario;
  scenario.file = "scenarios/night.yaml";
  scenario.title = "Orders on the night of the sale";
  scenario.seed = 1212;
  scenario.plan.resize(3);
  scenario.plan[0].name = "copy of orders";
  scenario.plan[1].name = "cutover of orders";
  scenario.plan[2].name = "retire of orders";
  scenario.plan[0].kind = StepKind::copy;
  scenario.plan[1].kind = StepKind::cutover;
  scenario.plan[1].options<Cutover>().fence.freeze_at_most = minutes(2);
  scenario.plan[2].kind = StepKind::retire;
  for (PlanStep& step : scenario.plan) step.services = {0};
  scenario.surprises.resize(1);
  scenario.surprises[0].name = "slow source-target";
  add_line(sample, 28, "shoppers who noticed", "noticed <= 0.1%");
  add_line(sample, 29, "nobody loses an order", "lost_orders == 0");
  add_line(sample, 30, "nobody pays twice", "double_charges == 0");
  scenario.budget[0].budget.metric = &row_of(VerdictMetric::noticed);
  scenario.budget[0].budget.compare = Compare::less_equal;
  for (std::size_t i = 1; i <= 2; ++i)
    scenario.budget[i].budget.metric = &row_of(VerdictMetric::anomaly);
}

void make_world(Sample& sample) {
  World& world = sample.world;
  world.title = "Two shops";
  world.platforms[0].name = "TikTok Shop";
  world.platforms[1].name = "Tokopedia";
  world.services.resize(1);
  world.services[0].name = "orders";
  world.pages.resize(1);
  world.pages[0].name = "checkout";
  world.personas.resize(1);
  world.personas[0].name = "buyer";
  world.anomalies.resize(1);
  world.anomalies[0].name = "lost_orders";
}

void make_compliance(Sample& sample) {
  Compliance compliance{"the statute", "weights are made up", {{"all", 100}}, {}};
  compliance.rules.resize(2);
  compliance.rules[0].name = "orders have moved";
  compliance.rules[0].weight = 60;
  compliance.rules[1].name = "so has the name";
  compliance.rules[1].cites = "section 2";
  compliance.rules[1].weight = 40;
  sample.world.compliance = std::move(compliance);
  sample.result.rehearsed.compliance = {{Micros{}, 0, {0, 0}},
                                        {minutes(41), 600'000, {1'000'000, 0}},
                                        {minutes(50), 999'996, {1'000'000, 999'990}}};
}

void make_events(Sample& sample) {
  std::vector<PlanEvent>& plan = sample.result.rehearsed.plan;
  const auto add = [&](Micros at, PlanEventKind kind, std::size_t place,
                       Phase phase = Phase::none) {
    PlanEvent& event = plan.emplace_back();
    event.at = at;
    event.kind = kind;
    event.service = 0;
    event.phase = phase;
    if (kind == PlanEventKind::surprise) {
      event.surprise = surprise_id(sample.scenario.surprises[place].name);
    } else {
      event.step = step_id(sample.scenario.plan[place].name);
      event.step_kind = sample.scenario.plan[place].kind;
    }
  };
  add(minutes(6), PlanEventKind::started, 0);
  add(minutes(9), PlanEventKind::finished, 0);
  add(seconds(2400), PlanEventKind::surprise, 0, Phase::on);
  const Micros cut = seconds(2472);
  add(cut, PlanEventKind::started, 1);
  add(cut, PlanEventKind::phase, 1, Phase::fence);
  plan.back().count = 3;
  add(cut + millis(14), PlanEventKind::phase, 1, Phase::position);
  add(cut + millis(700), PlanEventKind::phase, 1, Phase::verified);
  plan.back().compared = Findings{812, 0, {}, {}};
  add(cut + millis(812), PlanEventKind::phase, 1, Phase::release);
  plan.back().count = 1212;
  add(cut + millis(812), PlanEventKind::finished, 1);
  add(seconds(2490), PlanEventKind::surprise, 0, Phase::off);
}

LineResult line_result(const BudgetLine& line, LineState state, std::string says,
                       std::int64_t exposure) {
  LineResult result;
  result.line = &line;
  result.state = state;
  result.says = std::move(says);
  result.exposure = exposure;
  result.exposure_needed = 30;
  return result;
}

Culprit at_the_fence() {
  Culprit fence;
  fence.link = BrokenLink::met;
  fence.delay = Delay::fence;
  fence.step = step_id("cutover of orders");
  fence.phase = Phase::fence;
  return fence;
}

void make_verdict(Sample& sample) {
  Verdict& verdict = sample.result.verdict;
  verdict.exit_code = 1;
  verdict.word = "FAIL";
  const std::vector<BudgetLine>& budget = sample.scenario.budget;
  LineResult noticed = line_result(budget[0], LineState::fail, "0.62 %, limit 0.10 %", 66480);
  noticed.value = 6197;
  noticed.limit = 1000;
  noticed.from = seconds(2472);
  noticed.where = "cutover of orders: fence";
  verdict.lines = {noticed, line_result(budget[1], LineState::pass, "0, as required", 8212),
                   line_result(budget[2], LineState::inconclusive, "0, as required; too few", 12)};
  verdict.causes = {{"refused during the fence", 300}, {"slower", 88}, {"stale cart", 24}};
  Culprit copied_late;
  copied_late.link = BrokenLink::not_copied;
  verdict.culprits = {{at_the_fence(), 388}, {copied_late, 24}};
  verdict.way_back = {true, seconds(2500), "nothing streams orders back", 1234, 56'700};
}

void make_comparison(Sample& sample) {
  Comparison& comparison = sample.result.comparison;
  comparison.shoppers = 70112;
  comparison.exposed = 66480;
  comparison.annoyed = 96;
  comparison.empty_handed = 11;
  comparison.harmed = 3;
  comparison.spillover = 37;
  comparison.cohorts = {{"page checkout", {212, 4100}}, {"persona buyer", {412, 66480}}};
  for (std::uint32_t i = 0; i < 412; ++i) {
    Noticer noticer;
    noticer.intent = i;
    noticer.at = seconds(2472) + millis(2 * i);
    noticer.page = 0;
    noticer.difference = Difference::failed;
    noticer.service = 0;
    noticer.step = step_id("cutover of orders");
    noticer.phase = Phase::fence;
    noticer.cause = "refused during the fence";
    noticer.culprit = at_the_fence();
    noticer.harmed = i < 3;
    comparison.noticers.push_back(noticer);
  }
  sample.result.intents.resize(500);
  AnomalyCase lost;
  lost.anomaly = 0;
  lost.count = 3;
  lost.detail = "order 305: told paid, not there";
  lost.culprit.link = BrokenLink::not_captured;
  sample.result.rehearsed.cases.push_back(lost);
}

}  // namespace

Sample::Sample() {
  make_scenario(*this);
  make_world(*this);
  make_events(*this);
  make_compliance(*this);
  make_verdict(*this);
  make_comparison(*this);
  result.digest = 0xd1;
  result.control.digest = 0xc0;
  result.rehearsed.digest = 0x4e;
  result.rehearsed.ended = hours(5);
  result.pages = 1234567;
}

// Every step and surprise is named so; the first a little longer, since names are unique.
void rename(Sample& sample, const std::string& text) {
  std::map<StepId, StepId> ids;
  std::string name = text;
  for (PlanStep& step : sample.scenario.plan) {
    ids[step_id(step.name)] = step_id(name);
    step.name = std::exchange(name, name + "'");
  }
  for (Surprise& surprise : sample.scenario.surprises) surprise.name = text;
  for (PlanEvent& event : sample.result.rehearsed.plan) {
    if (event.step != StepId::none) event.step = ids.at(event.step);
    if (event.surprise != SurpriseId::none) event.surprise = surprise_id(text);
  }
  for (Noticer& noticer : sample.result.comparison.noticers) noticer.step = ids.at(noticer.step);
}

void add_refusal(Sample& sample, const std::string& text) {
  PlanEvent& event = sample.result.rehearsed.plan.emplace_back();
  event.at = seconds(2500);
  event.kind = PlanEventKind::waiting;
  event.step = step_id(sample.scenario.plan[1].name);
  event.step_kind = StepKind::cutover;
  event.service = 0;
  event.phase = Phase::apply;
  event.setback = Setback{Why::refused, Phase::apply, 0, {}, {}, text};
}

void poison(Sample& sample, const std::string& text) {
  Scenario& scenario = sample.scenario;
  scenario.title = text;
  scenario.file = "scenarios/" + text + ".yaml";
  rename(sample, text);
  for (BudgetLine& line : scenario.budget) {
    line.place.file = scenario.file;
    line.name = text;
    line.text = text;
  }
  World& world = sample.world;
  world.title = text;
  for (Platform& platform : world.platforms) platform.name = text;
  world.services[0].name = world.pages[0].name = world.personas[0].name = text;
  world.anomalies[0].name = text;
  world.compliance->title = world.compliance->note = text;
  for (ComplianceRule& rule : world.compliance->rules) rule.name = rule.cites = text;
  add_refusal(sample, text);
  for (AnomalyCase& one : sample.result.rehearsed.cases) {
    one.detail = one.how.evidence = text;
    one.culprit.link = BrokenLink::refused;
    one.culprit.said = text;
  }
  Verdict& verdict = sample.result.verdict;
  for (LineResult& line : verdict.lines) line.says = line.where = text;
  verdict.inconclusive = {text};
  verdict.way_back.why = text;
  verdict.causes = {{text, 1}};
  Culprit refused;
  refused.link = BrokenLink::refused;
  refused.said = text;
  verdict.culprits = {{refused, 1}};
  sample.result.comparison.cohorts = {{text, {1, 100}}};
  for (Noticer& noticer : sample.result.comparison.noticers) {
    noticer.cause = text;
    noticer.culprit = refused;
  }
}

}  // namespace pindah::test
