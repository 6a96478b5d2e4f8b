// Runs tests with Catch. Each test has its folder as a tag, `[tests/base]`, so that one process
// runs a folder. When a sanitizer ends the process it is said in which test; and where
// PINDAH_COSTS names a file, a line for each test is added to it: seconds of CPU, folder, name.
#define CATCH_CONFIG_RUNNER
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

// Of the sanitizers' runtime, where there is one.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

// `tests/base` of "/anywhere/tests/base/yaml_test.cpp".
std::string folder_of(const std::string& file) {
  const std::size_t name = file.rfind('/'), folder = file.rfind("/tests/", name);
  return folder == std::string::npos ? std::string() : file.substr(folder + 1, name - folder - 1);
}

// As Catch itself does for its flag -#.
void tag_with_folders(const Catch::Config& config) {
  for (const Catch::TestCase& test : Catch::getAllTestCasesSorted(config)) {
    std::vector<std::string> tags = test.tags;
    tags.push_back(folder_of(test.lineInfo.file));
    Catch::setTags(const_cast<Catch::TestCase&>(test), tags);
  }
}

// Of this process and of those that it has waited for.
double cpu_seconds() {
  double sum = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    getrusage(who, &used);
    for (const timeval& time : {used.ru_utime, used.ru_stime})
      sum += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  }
  return sum;
}

// The test that runs now, and where it stands; never destroyed, since leaks are told of last.
std::string& running = *new std::string;

struct Listener : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;
  void testCaseStarting(const Catch::TestCaseInfo& test) override {
    running = test.lineInfo.file + std::string(":") + std::to_string(test.lineInfo.line) + ": " +
              test.name;
    begun_ = cpu_seconds();
    Catch::TestEventListenerBase::testCaseStarting(test);
  }
  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    Catch::TestEventListenerBase::testCaseEnded(stats);
    const char* costs = std::getenv("PINDAH_COSTS");
    FILE* file = costs == nullptr ? nullptr : std::fopen(costs, "a");
    if (file == nullptr) return;
    std::fprintf(file, "%7.2f  %s  %s\n", cpu_seconds() - begun_,
                 folder_of(stats.testInfo.lineInfo.file).c_str(), stats.testInfo.name.c_str());
    std::fclose(file);
  }

 private:
  double begun_ = 0;
};
CATCH_REGISTER_LISTENER(Listener)

void say_what_ran() {
  if (!running.empty()) std::fprintf(stderr, "\nended by a sanitizer in %s\n", running.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(say_what_ran);
  Catch::Session session;
  if (const int wrong = session.applyCommandLine(argc, argv); wrong != 0) return wrong;
  tag_with_folders(session.config());
  return session.run();
}
