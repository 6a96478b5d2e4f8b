// The real program, run by a test: with pipes, or on a terminal of its own.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace pindah::test {

using Environment = std::vector<std::pair<std::string, std::string>>;

struct Ended {
  int code = -1;  // 128 + signal when a signal ended it
  std::string out, err;
};

// Runs the program in the folder `in` with nothing of a CI run or a terminal in its environment.
Ended run_program(const std::vector<std::string>& arguments, const Environment& environment = {},
                  const std::string& in = PINDAH_SOURCE_DIR);

// The same through `sh -c`; `$PINDAH` is the program.
Ended run_shell(const std::string& line, const std::string& in = PINDAH_SOURCE_DIR);

// Runs it on a terminal. `typed` sees all output so far, whenever there is more, and says what is
// typed next. `out` holds both streams.
Ended run_on_terminal(const std::vector<std::string>& arguments, const Environment& environment,
                      const std::function<std::string(const std::string&)>& typed);

// A folder that is there as long as the test runs, with the library's world in data/library.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const;  // gives its path
  std::string read(const std::string& name) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A scenario of the library that takes a moment, with these lines as its budget.
std::string small_scenario(const std::string& budget);

}  // namespace pindah::test
