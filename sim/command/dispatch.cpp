#include <fmt/format.h>

#include <array>

#include "command/commands.h"
#include "command/exit_code.h"
#include "command/interrupt.h"
#include "command/limits.h"
#include "report/version.h"

namespace pindah {
namespace {

std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// The command that the line has got to, however deep.
const CLI::App& chosen(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : chosen(*commands.front());
}

std::string hint_for(const CLI::App& app, const std::string& word) {
  const CLI::App& command = chosen(app);
  std::vector<std::string> known = names_of(command);
  for (const CLI::App* level : {&command, &app}) {
    const std::vector<std::string> options = options_of(*level);
    known.insert(known.end(), options.begin(), options.end());
  }
  return did_you_mean(word, known);
}

int bad_line(const CLI::App& app, const std::string& what, Session& session) {
  const CLI::App& command = chosen(app);
  std::string help = session.console.program();
  if (&command != &app) help += " " + command.get_name();
  session.console.err(
      fmt::format("pindah: {}\n  run `{} --help` for usage\n", plain_text(what), plain_text(help)));
  return kBadInput;
}

int unexpected(const CLI::App& app, Session& session) {
  const std::vector<std::string> words = app.remaining(true);
  if (words.empty()) return bad_line(app, "something was not expected", session);
  std::string what = fmt::format("`{}` was not expected", words.front());
  const std::string name = words.front().substr(0, words.front().find('='));
  if (const std::string hint = hint_for(app, name); !hint.empty()) what += "; " + hint;
  return bad_line(app, what, session);
}

int act(Session& session) {
  try {
    return session.action();
  } catch (const std::bad_alloc&) {
    Problems found;
    found.add(no_memory({}));
    session.console.err("pindah: " + found.text());
    return kBadInput;
  } catch (const std::exception& e) {
    session.console.err(fmt::format(
        "pindah: internal error in Pindah: {}\n  running the same command again reproduces it; "
        "please report the command and this message\n",
        plain_text(e.what())));
    return kDefect;
  }
}

// `help run` is `run --help`.
std::vector<const char*> line_of(int argc, char** argv) {
  std::vector<const char*> line(argv, argv + argc);
  if (line.size() < 2 || std::string_view(line[1]) != "help") return line;
  line.erase(line.begin() + 1);
  line.push_back("--help");
  return line;
}

// The stack grows as it is used, and the program would end where there was no more memory for it by
// then. It has what it needs from the beginning.
void reserve_stack() {
  std::array<char, 512 << 10> used;
  volatile char* const bytes = used.data();
  for (std::size_t i = 0; i < used.size(); i += 1024) bytes[i] = 0;
}

}  // namespace

void describe(CLI::App& app, Session& session) {
  const std::string program = plain_text(session.console.program());
  app.name(session.console.program());
  app.description(fmt::format(
      "Pindah rehearses a backend migration: which shoppers will notice, when, and why.\n\n"
      "The first three to know:\n"
      "  {0} run scenarios/payments-then-orders.yaml   rehearse a plan and judge it\n"
      "  {0} explain FILE                              say in words what a plan will do\n"
      "  {0} new scenario my-plan.yaml                 begin a plan of your own",
      program));
  app.footer(
      "Exit codes: 0 within budget, 1 over budget, 2 bad command line, scenario or world,\n"
      "3 stopped by a `stop` line, 4 inconclusive, 70 defect in Pindah, 124 out of time,\n"
      "130 interrupted.\n"
      "What the model leaves out: docs/not-modelled.md");
  app.set_version_flag("--version", fmt::format("pindah {}\n{}", pindah_version(), sqlite_text()));
  app.add_flag("-q,--quiet", session.quiet, "Print the answer's first line only; no progress");
  app.add_flag("--no-color", session.no_color, "No colours (NO_COLOR and TERM=dumb do the same)");
  app.fallthrough();
}

int dispatch(CLI::App& app, int argc, char** argv, Session& session) {
  watch_interrupts();
  reserve_stack();
  int code = kWithin;
  std::vector<const char*> line = line_of(argc, argv);
  try {
    app.parse(static_cast<int>(line.size()), line.data());
    if (session.action) {
      code = act(session);
    } else {
      session.console.err(app.help());
      code = kBadInput;
    }
  } catch (const CLI::CallForHelp&) {
    session.console.out(app.help());
  } catch (const CLI::CallForVersion& e) {
    session.console.out(std::string(e.what()) + "\n");
  } catch (const CLI::ExtrasError&) {
    code = unexpected(app, session);
  } catch (const CLI::ParseError& e) {
    code = bad_line(app, e.what(), session);
  }
  if (session.console.close()) return code;
  session.console.err("pindah: could not write the whole result to stdout\n");
  return worse(code, kBadInput);
}

}  // namespace pindah
