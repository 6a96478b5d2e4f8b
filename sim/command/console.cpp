#include "command/console.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "report/report.h"

namespace pindah {
namespace {

void write_to(std::FILE* stream, std::string_view text, bool* failed) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  const bool flushed = std::fflush(stream) == 0;
  // EPIPE: who reads has seen enough. That is no failure of the run.
  if (!(written && flushed) && errno != EPIPE && failed != nullptr) *failed = true;
}

bool terminal_takes_codes() {
  const std::string term = environment("TERM");
  return !term.empty() && term != "dumb";
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string log_safe(std::string_view text) {
  std::string out;
  bool line_began = false;  // anything but blanks in this line
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.substr(i, 3) == "##[") {
      out += "##";
      out += ' ';
      ++i;
      line_began = true;
      continue;
    }
    if (!line_began && text.substr(i, 2) == "::") {
      out += ": ";
      line_began = true;
      continue;
    }
    if (c == '\n') {
      line_began = false;
    } else if (c != ' ' && c != '\t') {
      line_began = true;
    }
    out += c;
  }
  return out;
}

Console::Console(std::string called_as)
    : program_(called_as.empty() ? "pindah" : std::move(called_as)) {}

void Console::out(std::string_view text) { write_to(stdout, log_safe(text), &out_failed_); }

void Console::err(std::string_view text) { write_to(stderr, log_safe(text), nullptr); }

void Console::annotate(std::string_view commands, bool to_stderr) {
  write_to(to_stderr ? stderr : stdout, commands, to_stderr ? nullptr : &out_failed_);
}

bool Console::color_on_stdout(bool no_color) const {
  return !no_color && environment("NO_COLOR").empty() && terminal_takes_codes() &&
         isatty(STDOUT_FILENO) != 0;
}

bool Console::progress_on_stderr() const {
  return terminal_takes_codes() && isatty(STDERR_FILENO) != 0;
}

bool Console::on_github() const { return environment("GITHUB_ACTIONS") == "true"; }

bool Console::close() {
  write_to(stdout, "", &out_failed_);
  return !out_failed_;
}

}  // namespace pindah
