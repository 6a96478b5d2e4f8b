#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "command/commands.h"
#include "command/exit_code.h"
#include "command/inputs.h"
#include "command/interrupt.h"
#include "command/limits.h"
#include "command/looking.h"
#include "command/progress.h"
#include "rehearsal/rehearsal.h"
#include "rehearsal/watched_life.h"
#include "report/report.h"

namespace pindah {
namespace {

struct SqlFlags {
  InputFlags input;
  LimitFlags limits;
  std::string file, at, side, life = "rehearsed", sql;
  bool json = false;
};

// What they mean.
struct Wanted {
  Micros at;
  Side side{};
  Life life{};
};

int bad_input(const Problems& problems, Session& session) {
  session.console.err(problems.text());
  return kBadInput;
}

Wanted wanted_of(const SqlFlags& flags, const World& world, Problems& problems) {
  Wanted wanted;
  wanted.life = flags.life == "control" ? Life::control : Life::rehearsed;
  if (const auto at = instant_of(flags.at)) {
    wanted.at = *at;
  } else if (flags.at.empty() || flags.at == "end") {
    wanted.at = kNever;
  } else {
    problems.add({"--at", 0, 0}, fmt::format("`{}` is not an instant", flags.at),
                 "hours and minutes, 00:41 or 00:41:12.5; a duration, 41m; or end");
  }
  const std::string names[] = {world.platforms[0].name, world.platforms[1].name};
  if (flags.side == "target" || flags.side == names[1]) {
    wanted.side = Side::target;
  } else if (flags.side != "source" && flags.side != names[0]) {
    problems.add({"--side", 0, 0}, fmt::format("there is no side `{}`", flags.side),
                 fmt::format("source ({}) or target ({})", names[0], names[1]));
  }
  return wanted;
}

// One statement after another from standard input, each up to its `;`. A person is asked for them,
// and may go on after a mistake.
int prompt(const Looking& looking, const SqlFlags& flags, Session& session) {
  const bool a_person = ::isatty(STDIN_FILENO) == 1;
  std::string sql, line;
  int code = kWithin;
  const auto look = [&] {
    std::string out;
    Problems problems;
    looking.run(sql, flags.json, out, problems);
    sql.clear();
    session.console.out(out);
    session.console.err(problems.text());
    return !problems.any();
  };
  const auto ask = [&] {
    if (a_person) session.console.err(sql.empty() ? "sql> " : "...> ");
    return static_cast<bool>(std::getline(std::cin, line));
  };
  while (code == kWithin && ask()) {
    sql += line + "\n";
    const bool whole = sqlite3_complete(sql.c_str()) != 0;
    if (whole && !look() && !a_person) code = kBadInput;
  }
  if (code == kWithin && sql.find_first_not_of(" \n\t") != std::string::npos && !look())
    code = kBadInput;
  return code;
}

int look(const WatchedLife& life, const Wanted& wanted, const SqlFlags& flags, Session& session) {
  const Universe& universe = life.universe();
  const std::atomic<bool>& stop = watch_interrupts();
  const Looking looking(universe.database(wanted.side), stop);
  int code = kWithin;
  if (flags.sql.empty()) {
    code = prompt(looking, flags, session);
  } else {
    std::string out;
    Problems problems;
    looking.run(flags.sql, flags.json, out, problems);
    session.console.out(out);
    if (problems.any()) code = bad_input(problems, session);
  }
  return stop ? worse(code, out_of_time() ? int{kOutOfTime} : int{kInterrupted}) : code;
}

int live_and_look(const ScenarioAndWorld& input, const Wanted& wanted, const SqlFlags& flags,
                  Session& session) {
  const std::atomic<bool>& stop = watch_interrupts();
  SharedSetup setup = prepare(input, 2, {}, &stop);
  const LifeInputs inputs = premises_of(input, setup);
  WatchedLife life(inputs, wanted.life, &setup.populated, false);
  const Micros end = life.universe().end(), until = std::min(wanted.at, end);
  if (wanted.at != kNever && wanted.at > end) {
    Problems problems;
    problems.add({"--at", 0, 0},
                 fmt::format("the lives are over at {}, before {}", clock_text(end), flags.at),
                 "an instant of them, or end");
    return bad_input(problems, session);
  }
  {
    Progress progress(!session.quiet && session.console.progress_on_stderr(),
                      plain_text(input.scenario.title));
    constexpr Micros kStride = minutes(1);
    for (Micros now; now < until; progress.show(now, until)) {
      now = std::min(now + kStride, until);
      if (!life.run_until(now, &stop)) return out_of_time() ? kOutOfTime : kInterrupted;
    }
  }
  return look(life, wanted, flags, session);
}

int sql(const SqlFlags& flags, Session& session) {
  Problems problems;
  const Overrides overrides = overrides_of(flags.input, problems);
  set_limits(flags.limits, problems);
  if (problems.any()) return bad_input(problems, session);
  const std::optional<ScenarioAndWorld> input = read_scenario(flags.file, overrides, problems);
  if (!input) return bad_input(problems, session);
  const Wanted wanted = wanted_of(flags, input->world, problems);
  if (problems.any()) return bad_input(problems, session);
  try {
    return live_and_look(*input, wanted, flags, session);
  } catch (const Interrupted&) {
    return out_of_time() ? kOutOfTime : kInterrupted;
  } catch (const WorldFault& fault) {
    problems.add(fault.problem);
  } catch (const std::bad_alloc&) {
    problems.add(no_memory(input->scenario.file));
  }
  return bad_input(problems, session);
}

}  // namespace

void add_sql(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("sql", "Look into a platform's database at any instant of either life");
  const auto flags = std::make_shared<SqlFlags>();
  command->add_option("FILE", flags->file, "A scenario")->required();
  command->add_option("SQL", flags->sql,
                      "What to look for, in quotes: \"SELECT * FROM orders LIMIT 5\"; without it, "
                      "statements are read from standard input");
  command->add_option("--side", flags->side, "source or target, or the platform's name")
      ->required();
  command->add_option("--at", flags->at, "The instant: 00:41, 00:41:12.5, 41m; else the end");
  command->add_option("--life", flags->life, "rehearsed, or control: without the migration")
      ->check(CLI::IsMember({"rehearsed", "control"}));
  command->add_flag("--json", flags->json, "A line of JSON for each row");
  add_input_flags(*command, flags->input);
  add_limit_flags(*command, flags->limits);
  command->callback(
      [flags, &session] { session.action = [flags, &session] { return sql(*flags, session); }; });
}

}  // namespace pindah
