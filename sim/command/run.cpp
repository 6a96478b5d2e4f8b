#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "base/shell.h"
#include "command/commands.h"
#include "command/exit_code.h"
#include "command/explanation.h"
#include "command/inputs.h"
#include "command/interrupt.h"
#include "command/limits.h"
#include "command/rehearse.h"
#include "command/reports.h"
#include "report/suffix.h"
#include "report/text.h"
#include "report/version.h"
#include "runfile/writer.h"

namespace pindah {
namespace {

struct RunFlags {
  InputFlags input;
  LimitFlags limits;
  std::string seeds;
  std::vector<std::string> reports;
  bool twice = false;
  bool dry_run = false;
  bool json = false;
  int threads = 2;
};

// All files and seeds of one call.
class Rehearsals {
 public:
  Rehearsals(const RunFlags& flags, Session& session, Reports& reports)
      : flags_(flags), session_(session), reports_(reports) {}

  int run_all(const Overrides& overrides, const std::vector<std::uint64_t>& seeds);
  const std::vector<std::string>& annotations() const { return annotations_; }

 private:
  int run_file(const std::string& file, const Overrides& overrides);
  int run_scenario(const ScenarioAndWorld& input, const std::string& name);
  int rehearse_input(const ScenarioAndWorld& input);
  int repeat(const ScenarioAndWorld& input, const RehearsalResult& first);
  RehearsalResult rehearse_once(const ScenarioAndWorld& input, const std::string& label);
  void tell(const ReportInput& input);
  int cannot_run(const std::string& file, const Problems& problems);
  int defect(const ScenarioAndWorld& input, const std::string& what);

  const RunFlags& flags_;
  Session& session_;
  Reports& reports_;
  std::vector<std::string> annotations_;
  const std::atomic<bool>& stop_ = watch_interrupts();
  bool first_ = true;
  bool read_ = false;  // the last file could be read
};

// Whoever asked to stop: a person, or the limit of time.
int stopped_code() { return out_of_time() ? kOutOfTime : kInterrupted; }

int Rehearsals::run_all(const Overrides& overrides, const std::vector<std::uint64_t>& seeds) {
  int code = kWithin;
  for (const std::string& file : flags_.input.files) {
    if (seeds.empty()) code = worse(code, run_file(file, overrides));
    for (std::uint64_t seed : seeds) {
      Overrides with_seed = overrides;
      with_seed.seed = seed;
      code = worse(code, run_file(file, with_seed));
      if (!read_) break;  // its mistakes are the same with every seed
    }
  }
  return code;
}

int Rehearsals::run_file(const std::string& file, const Overrides& overrides) {
  const std::string name = overrides.seed && !flags_.seeds.empty()
                               ? fmt::format("{} (seed {})", file, *overrides.seed)
                               : file;
  if (stop_) {
    reports_.add_error(name, "interrupted before it began");
    return stopped_code();
  }
  Problems problems;
  const std::optional<ScenarioAndWorld> input = read_scenario(file, overrides, problems);
  read_ = input.has_value();
  if (!input) return cannot_run(file, problems);
  if (flags_.dry_run) {
    session_.console.out(explanation(input->scenario, input->world) + "\nnothing was run\n");
    return kWithin;
  }
  if (!session_.quiet) session_.console.err(warnings_text(*input));
  return run_scenario(*input, name);
}

int Rehearsals::run_scenario(const ScenarioAndWorld& input, const std::string& name) {
  Problems found;
  try {
    return rehearse_input(input);
  } catch (const Interrupted&) {
    const std::string why = out_of_time() ? "out of time while the databases were filled"
                                          : "interrupted before it began";
    session_.console.err("pindah: " + plain_text(name) + ": " + why + "\n");
    reports_.add_error(name, why);
    return stopped_code();
  } catch (const WorldFault& fault) {
    found.add(fault.problem);
  } catch (const std::bad_alloc&) {
    found.add(no_memory(input.scenario.file));
  } catch (const Defect& e) {
    return defect(input, e.what());
  }
  return cannot_run(name, found);
}

RehearsalResult Rehearsals::rehearse_once(const ScenarioAndWorld& input, const std::string& label) {
  return rehearse_watched(input, label, flags_.threads, session_, nullptr,
                          reports_.wants(run_file_format()));
}

int Rehearsals::rehearse_input(const ScenarioAndWorld& input) {
  const RehearsalResult result = rehearse_once(input, input.scenario.title);
  const ReportInput told{input.scenario, input.world, result, !flags_.seeds.empty(),
                         flags_text(flags_.input)};
  tell(told);
  const bool partial = stop_ || result.control.interrupted || result.rehearsed.interrupted;
  if (partial) return stopped_code();
  const int code = flags_.twice ? repeat(input, result) : int{kWithin};
  return worse(code, result.verdict.exit_code);
}

int Rehearsals::repeat(const ScenarioAndWorld& input, const RehearsalResult& first) {
  const RehearsalResult second = rehearse_once(input, input.scenario.title + " (again)");
  if (stop_) return stopped_code();
  if (first.digest == second.digest && first.control.digest == second.control.digest) {
    if (!flags_.json && !session_.quiet) {
      session_.console.out(fmt::format("TWICE the same digest {}\n", hex_text(second.digest)));
    }
    return kWithin;
  }
  return defect(input, fmt::format("two runs differ: digest {}, then {}", hex_text(first.digest),
                                   hex_text(second.digest)));
}

void Rehearsals::tell(const ReportInput& input) {
  reports_.add(input);
  const std::vector<std::string> commands = github_commands(input);
  annotations_.insert(annotations_.end(), commands.begin(), commands.end());
  if (flags_.json) return;
  const TerminalStyle style{session_.console.color_on_stdout(session_.no_color),
                            session_.console.program()};
  if (!first_ && !session_.quiet) session_.console.out("\n");
  first_ = false;
  session_.console.out(session_.quiet ? terminal_answer(input, style)
                                      : terminal_summary(input, style));
}

int Rehearsals::cannot_run(const std::string& file, const Problems& problems) {
  session_.console.err(problems.text());
  reports_.add_error(file, problems.text());
  const std::vector<std::string> commands = github_commands(problems);
  annotations_.insert(annotations_.end(), commands.begin(), commands.end());
  return kBadInput;
}

int Rehearsals::defect(const ScenarioAndWorld& input, const std::string& what) {
  const std::string text = fmt::format(
      "pindah {}: internal error in Pindah, not in the plan: {}\n"
      "  again: {} run {} --seed {}{} --threads {}\n"
      "  please report it with the scenario and its world\n",
      pindah_version(), plain_text(what), plain_text(session_.console.program()),
      plain_text(shell_word(input.scenario.file)), input.scenario.seed,
      plain_text(flags_text(flags_.input)), flags_.threads);
  session_.console.err(text);
  reports_.add_error(input.scenario.file, text);
  return kDefect;
}

std::optional<std::int64_t> source_date_epoch() {
  const std::string text = environment("SOURCE_DATE_EPOCH");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return seconds;
}

// A summary page of a CI run is an extra: when it cannot be written, that is told and no more.
void append_step_summary(const Reports& reports, Session& session) {
  const std::string path = environment("GITHUB_STEP_SUMMARY");
  if (path.empty()) return;
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << reports.text(markdown_format());
  file.close();
  if (!file) session.console.err("pindah: cannot write to $GITHUB_STEP_SUMMARY\n");
}

int run(const RunFlags& flags, Session& session) {
  Problems problems;
  const Overrides overrides = overrides_of(flags.input, problems);
  std::vector<std::uint64_t> seeds;
  if (!flags.seeds.empty()) seeds = seeds_of(flags.seeds, problems);
  Reports reports(flags.reports, problems);
  if (!flags.dry_run)
    reports.check(flags.input.files.size() * std::max<std::size_t>(1, seeds.size()), problems);
  set_limits(flags.limits, problems);
  if (problems.any()) {
    session.console.err(problems.text());
    return kBadInput;
  }
  if (flags.json) reports.also(json_format());
  reports.also(markdown_format());
  Rehearsals rehearsals(flags, session, reports);
  int code = rehearsals.run_all(overrides, seeds);
  if (flags.json && reports.any()) session.console.out(reports.text(json_format()));
  if (session.console.on_github()) {
    session.console.annotate(github_annotations(rehearsals.annotations()), flags.json);
  }
  if (reports.any()) append_step_summary(reports, session);
  if (!reports.any()) return code;
  for (const std::string& failure : reports.write(source_date_epoch())) {
    session.console.err("pindah: " + plain_text(failure) + "\n");
    code = worse(code, kBadInput);
  }
  return code;
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("run", "Rehearse scenarios and judge them");
  const auto flags = std::make_shared<RunFlags>();
  command->add_option("FILE", flags->input.files, "Scenarios, one after another")->required();
  add_input_flags(*command, flags->input);
  command->add_option("--seeds", flags->seeds, "Run with each seed of A..B")->excludes("--seed");
  command
      ->add_option(
          "--report", flags->reports,
          "Write a report; the suffix chooses: " + suffixes_of(all_formats()) + "; repeatable")
      ->allow_extra_args(false)
      ->option_text("FILE");
  command->add_flag("--twice", flags->twice, "Run again and compare the digests");
  command->add_flag("-n,--dry-run", flags->dry_run, "Check and explain, but run nothing");
  command->add_flag("--json", flags->json, "Print the JSON report instead of the summary");
  add_limit_flags(*command, flags->limits);
  command->add_option("--threads", flags->threads, "1 or 2; the result is the same")
      ->check(CLI::Range(1, 2));
  command->callback(
      [flags, &session] { session.action = [flags, &session] { return run(*flags, session); }; });
}

}  // namespace pindah
