// Where a command's texts go: results to stdout, everything else to stderr.
#pragma once

#include <string>
#include <string_view>

namespace pindah {

class Console {
 public:
  // `called_as`: argv[0], for the commands that messages recommend.
  explicit Console(std::string called_as);

  const std::string& program() const { return program_; }
  // Neither lets a text that came from a file give a command to a CI log (`::command` at the start
  // of a line, `##[command]` anywhere).
  void out(std::string_view text);
  void err(std::string_view text);
  // Commands to GitHub Actions, as they are. On stderr when stdout carries JSON.
  void annotate(std::string_view commands, bool to_stderr);

  // A terminal that takes colours. NO_COLOR and TERM=dumb are obeyed.
  bool color_on_stdout(bool no_color) const;
  bool progress_on_stderr() const;
  bool on_github() const;
  // Flushes. False: stdout could not take everything, and not because its reader went away.
  bool close();

 private:
  std::string program_;
  bool out_failed_ = false;
};

// An environment variable; empty where it is not set.
std::string environment(const char* name);

// The text with what a CI log would take for a command put apart.
std::string log_safe(std::string_view text);

}  // namespace pindah
