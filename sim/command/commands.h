// The commands of the command line. Each registers itself with the parser and leaves in the session
// what is to be done; nothing is done while the line is being read.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "command/console.h"

namespace pindah {

// What one call of the program is about.
struct Session {
  explicit Session(std::string called_as) : console(std::move(called_as)) {}
  Console console;
  bool quiet = false;
  bool no_color = false;
  std::function<int()> action;  // of the command that was chosen; gives the exit code
};

// The program's own help and the flags that every command has.
void describe(CLI::App& app, Session& session);
void add_run(CLI::App& app, Session& session);
void add_no_gui(CLI::App& app, Session& session);  // where it was built without the window
void add_compare(CLI::App& app, Session& session);
void add_replay(CLI::App& app, Session& session);
void add_sql(CLI::App& app, Session& session);
void add_diff(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_audit(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_new(CLI::App& app, Session& session);
void add_schema(CLI::App& app, Session& session);
void add_completion(CLI::App& app, Session& session);

// Reads the line, does what it says, and returns the exit code.
int dispatch(CLI::App& app, int argc, char** argv, Session& session);

}  // namespace pindah
