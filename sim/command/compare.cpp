#include <fmt/format.h>

#include "command/commands.h"
#include "command/exit_code.h"
#include "command/inputs.h"
#include "command/interrupt.h"
#include "command/limits.h"
#include "command/rehearse.h"
#include "command/write_file.h"
#include "report/side_by_side.h"
#include "report/suffix.h"

namespace pindah {
namespace {

struct CompareFlags {
  InputFlags input;
  LimitFlags limits;
  std::vector<std::string> reports;
  int threads = 2;
};

int cannot_run(const Problems& problems, Session& session) {
  session.console.err(problems.text());
  return kBadInput;
}

// The night of the last plan; plans that follow one another often share it.
struct LastNight {
  std::string key;
  std::optional<SharedNight> night;

  SharedNight& of(const ScenarioAndWorld& input, int threads) {
    std::string wanted = setup_key(input);
    if (!night || wanted != key) {
      night.reset();
      night.emplace(SharedNight{prepare(input, threads, {}, &watch_interrupts()), std::nullopt});
      key = std::move(wanted);
    }
    return *night;
  }
};

// One file: adds its row, gives its exit code.
int rehearse_file(const std::string& file, const CompareFlags& flags, const Overrides& overrides,
                  Session& session, LastNight& last, std::vector<SideBySideRow>& rows) {
  const auto stopped = [&] {
    rows.push_back(side_by_side_gap(file, out_of_time() ? "OUT OF TIME" : "INTERRUPTED"));
    return out_of_time() ? kOutOfTime : kInterrupted;
  };
  if (watch_interrupts()) return stopped();

  Problems problems;
  const auto input = read_scenario(file, overrides, problems);
  if (!input) {
    rows.push_back(side_by_side_gap(file, "ERROR"));
    return cannot_run(problems, session);
  }
  if (!session.quiet) session.console.err(warnings_text(*input));
  try {
    const RehearsalResult result = rehearse_watched(*input, input->scenario.title, flags.threads,
                                                    session, &last.of(*input, flags.threads));
    rows.push_back(side_by_side_row({input->scenario, input->world, result, false, {}}));
    return result.verdict.exit_code;
  } catch (const Interrupted&) {
    return stopped();
  } catch (const WorldFault& fault) {
    rows.push_back(side_by_side_gap(file, "ERROR"));
    problems.add(fault.problem);
    return cannot_run(problems, session);
  } catch (const std::bad_alloc&) {
    last = {};
    rows.push_back(side_by_side_gap(file, "ERROR"));
    problems.add(no_memory(file));
    return cannot_run(problems, session);
  } catch (const Defect& e) {  // which must not cost the others their rows
    rows.push_back(side_by_side_gap(file, "ERROR"));
    session.console.err(
        fmt::format("pindah: internal error in Pindah, in {}: {}\n  run it alone: that says how to "
                    "report it\n",
                    plain_text(file), plain_text(e.what())));
    return kDefect;
  }
}

int compare_files(const CompareFlags& flags, Session& session) {
  Problems problems;
  const Overrides overrides = overrides_of(flags.input, problems);
  set_limits(flags.limits, problems);
  for (const std::string& path : flags.reports)
    if (format_of(table_formats(), path) == nullptr)
      problems.add({"--report", 0, 0}, fmt::format("`{}` names no format of a table", path),
                   "a name that ends in " + suffixes_of(table_formats(), " or "));
    else if (const std::string why = not_writable(path); !why.empty())
      problems.add({"--report", 0, 0}, fmt::format("cannot write `{}`: {}", path, why));
  if (problems.any()) return cannot_run(problems, session);
  std::vector<SideBySideRow> rows;
  int code = kWithin;
  LastNight last;
  for (const std::string& file : flags.input.files)
    code = worse(code, rehearse_file(file, flags, overrides, session, last, rows));
  session.console.out(side_by_side_text(
      rows, {session.console.color_on_stdout(session.no_color), session.console.program()}));
  for (const std::string& path : flags.reports) {
    const std::string why = write_file(path, format_of(table_formats(), path)->write(rows));
    if (why.empty()) continue;
    session.console.err(fmt::format("pindah: cannot write to {}: {}\n", plain_text(path), why));
    code = worse(code, kBadInput);
  }
  return code;
}

}  // namespace

void add_compare(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("compare", "Rehearse several plans and set them side by side");
  const auto flags = std::make_shared<CompareFlags>();
  command->add_option("FILE", flags->input.files, "Scenarios, a row each")->required();
  add_input_flags(*command, flags->input);
  command
      ->add_option(
          "--report", flags->reports,
          "Write the table; the suffix chooses: " + suffixes_of(table_formats()) + "; repeatable")
      ->allow_extra_args(false)
      ->option_text("FILE");
  add_limit_flags(*command, flags->limits);
  command->add_option("--threads", flags->threads, "1 or 2; the result is the same")
      ->check(CLI::Range(1, 2));
  command->callback([flags, &session] {
    session.action = [flags, &session] { return compare_files(*flags, session); };
  });
}

}  // namespace pindah
