#include "tests/command/program.h"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace pindah::test {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void become(const std::vector<std::string>& command, const Environment& environment,
                         const std::string& in) {
  for (const char* name :
       {"GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "SOURCE_DATE_EPOCH"}) {
    unsetenv(name);
  }
  setenv("PINDAH", PINDAH_BINARY, 1);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  if (chdir(in.c_str()) == 0) execvp(words[0], words.data());
  _exit(127);
}

int code_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Reads both until both are closed, so that neither blocks the program.
void drain(int out, int err, Ended& ended) {
  pollfd polled[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  std::string* texts[] = {&ended.out, &ended.err};
  for (int open = 2; open > 0;) {
    poll(polled, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (polled[i].fd < 0 || polled[i].revents == 0) continue;
      char buffer[4096];
      const ssize_t got = read(polled[i].fd, buffer, sizeof buffer);
      if (got > 0) {
        texts[i]->append(buffer, static_cast<std::size_t>(got));
      } else {
        polled[i].fd = -1;
        --open;
      }
    }
  }
}

Ended run_command(const std::vector<std::string>& command, const Environment& environment,
                  const std::string& in) {
  int out[2], err[2];
  if (pipe(out) != 0 || pipe(err) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    for (int end : {out[0], out[1], err[0], err[1]}) close(end);
    become(command, environment, in);
  }
  close(out[1]);
  close(err[1]);
  Ended ended;
  drain(out[0], err[0], ended);
  close(out[0]);
  close(err[0]);
  ended.code = code_of(child);
  return ended;
}

std::vector<std::string> program_with(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{PINDAH_BINARY};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

}  // namespace

Ended run_program(const std::vector<std::string>& arguments, const Environment& environment,
                  const std::string& in) {
  return run_command(program_with(arguments), environment, in);
}

Ended run_shell(const std::string& line, const std::string& in) {
  return run_command({"sh", "-c", line}, {}, in);
}

Ended run_on_terminal(const std::vector<std::string>& arguments, const Environment& environment,
                      const std::function<std::string(const std::string&)>& typed) {
  int terminal = -1;
  winsize size{40, 120, 0, 0};
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) become(program_with(arguments), environment, PINDAH_SOURCE_DIR);
  if (child < 0) throw std::runtime_error("no terminal");
  Ended ended;
  char buffer[4096];
  // At its end a terminal gives an error instead of an end of file.
  for (ssize_t got = 0; (got = read(terminal, buffer, sizeof buffer)) > 0;) {
    ended.out.append(buffer, static_cast<std::size_t>(got));
    const std::string keys = typed(ended.out);
    if (!keys.empty() && write(terminal, keys.data(), keys.size()) < 0) break;
  }
  close(terminal);
  ended.code = code_of(child);
  return ended;
}

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "pindah-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
  fs::create_directory(path_ + "/data");
  fs::copy(PINDAH_SOURCE_DIR "/tests/worlds/library", path_ + "/data/library",
           fs::copy_options::recursive);
}

Folder::~Folder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(file(name), std::ios::binary) << text;
  return file(name);
}

std::string Folder::read(const std::string& name) const {
  std::ifstream stream(file(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string small_scenario(const std::string& budget) {
  return "pindah: 1\ntitle: A quiet hour\nworld: library\nseed: 7\nlength: 2m\nsettle: 30m\n"
         "mix: readers\nscale: { readers: 50, books: 30, past_loans: 20 }\nmin_exposure: 1\n"
         "traffic:\n  - { at: 0m, hold: 1/s }\nbudget:\n" +
         budget;
}

}  // namespace pindah::test
