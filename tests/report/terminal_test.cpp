#include <catch2/catch.hpp>
#include <fstream>

#include "base/shell.h"
#include "report/summary.h"
#include "report/timeline.h"
#include "report/version.h"
#include "tests/report/sample.h"

using namespace pindah;
using pindah::test::Sample;

namespace {

// A text of this folder, with the version of the library that runs.
std::string golden(const std::string& name) {
  std::ifstream file(PINDAH_SOURCE_DIR "/tests/report/" + name);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string mark = "@SQLITE@";
  return text.replace(text.find(mark), mark.size(), sqlite_text());
}

}  // namespace

TEST_CASE("A summary on a terminal answers first, then limits, who, why, harm and what next") {
  const Sample sample;
  CHECK(terminal_summary(sample.input(), {}) == golden("summary.txt"));
}

TEST_CASE("The answer names the broken limits when it is not the shoppers who noticed") {
  Sample sample;
  sample.result.verdict.lines[0].state = LineState::pass;
  sample.result.verdict.lines[1].state = LineState::fail;
  sample.result.verdict.lines[1].says = "3, must be 0";
  CHECK(answer(sample.input()) ==
        "nobody loses an order: 3, must be 0; 0.62 % of shoppers noticed (412 of 66 480), limit "
        "0.10 %");
  sample.result.verdict.lines[2].state = LineState::stop;
  sample.result.verdict.cut = minutes(42);
  CHECK(answer(sample.input())
            .starts_with("at 00:42:00: nobody loses an order: 3, must be 0, and 1 more; "));
}

TEST_CASE("An inconclusive answer says why nothing can be said") {
  Sample sample;
  sample.result.verdict.exit_code = 4;
  sample.result.verdict.word = "INCONCLUSIVE";
  sample.result.verdict.lines[0].state = LineState::pass;
  CHECK(answer(sample.input()).starts_with("nobody pays twice: 0, as required; too few; "));
  sample.result.verdict.inconclusive = {std::string("the control itself is unhealthy")};
  CHECK(answer(sample.input()).starts_with("the control itself is unhealthy; "));
}

TEST_CASE("An interrupted run says that it is a part only") {
  Sample sample;
  sample.result.rehearsed.interrupted = true;
  sample.result.rehearsed.ended = minutes(41);
  CHECK(answer(sample.input()).starts_with("at 00:41:00, a part only: "));
}

TEST_CASE("No shopper exposed is not the same as no shopper who noticed") {
  Sample sample;
  sample.result.comparison.noticers.clear();
  sample.result.comparison.exposed = 0;
  CHECK(answer(sample.input()) == "no shopper was exposed to the plan");
}

TEST_CASE("Colours are there on request alone, and change no text") {
  const Sample sample;
  const std::string plain = terminal_summary(sample.input(), {});
  std::string colored = terminal_summary(sample.input(), {true, "pindah"});
  CHECK(plain.find('\x1b') == std::string::npos);
  CHECK(colored.find("\x1b[31mFAIL\x1b[0m") == 0);
  for (std::size_t at = 0; (at = colored.find('\x1b')) != std::string::npos;) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  CHECK(colored == plain);
}

TEST_CASE("A step that was aborted, skipped or is waiting is told with its reason") {
  Sample sample;
  std::vector<PlanEvent>& plan = sample.result.rehearsed.plan;
  plan.clear();
  const auto add = [&](Micros at, PlanEventKind kind, std::size_t place, Why why, Phase phase) {
    PlanEvent& event = plan.emplace_back();
    event.at = at;
    event.kind = kind;
    event.step = step_id(sample.scenario.plan[place].name);
    event.step_kind = sample.scenario.plan[place].kind;
    event.service = 0;
    event.phase = phase;
    if (why != Why::none) event.setback = Setback{why, phase, 0, Side::target, {}, {}};
  };
  add(minutes(1), PlanEventKind::started, 1, Why::none, Phase::none);
  add(minutes(2), PlanEventKind::waiting, 1, Why::freeze_limit, Phase::drain);
  add(minutes(3), PlanEventKind::aborted, 1, Why::freeze_limit, Phase::drain);
  add(minutes(4), PlanEventKind::skipped, 2, Why::owned_already, Phase::none);
  const std::vector<TimelineEntry> entries = timeline(sample.input());
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].what ==
        "cutover of orders: aborted (drain): the freeze reached its limit of 2m");
  CHECK(entries[0].bad);
  CHECK(entries[0].details ==
        std::vector<std::string>{"00:02:00 the freeze is over its limit of 2m and goes on"});
  CHECK(entries[1].what == "retire of orders: skipped: orders is owned by the target already");
  CHECK(entries[1].bad);
  CHECK(entries[2].what == "copy of orders: never started");
}

TEST_CASE("A command to paste is quoted where the shell would act on it") {
  CHECK(shell_word("scenarios/night.yaml") == "scenarios/night.yaml");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("$(rm -rf x)") == "'$(rm -rf x)'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  for (const char* word : {"scenarios/night.yaml", "a b", "$(rm -rf x)", "it's", "noticed <= 0.1%"})
    CHECK(is_shell_words(" --set " + shell_word(word) + " --until 9m"));
  for (const char* text : {"; rm -rf x", "$(rm -rf x)", "`x`", "a > b", "'open", "\\$x", "a\nb"})
    CHECK_FALSE(is_shell_words(text));
  CHECK(shell_word("") == "''");
  Sample sample;
  ReportInput input = sample.input();
  input.flags = " --until 20m";
  CHECK(replay_command(input, "./run") == "./run run scenarios/night.yaml --seed 1212 --until 20m");
}
