// ./run and ./test themselves: what they say without packages or a build, and how a build talks.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/command/program.h"

using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

namespace fs = std::filesystem;

const char* const kStub = "#!/bin/sh\necho \"${0##*/} was called\" >&2\nexit 99\n";

// The scripts in a folder of their own, on a machine where every tool only says that it was called.
struct Checkout : Folder {
  Checkout() {
    for (const char* part : {"run", "test", "cmake", "docs/help", "CMakeLists.txt"}) {
      fs::create_directories(fs::path(file(part)).parent_path());
      fs::copy(fs::path(PINDAH_SOURCE_DIR) / part, file(part), fs::copy_options::recursive);
    }
    fs::create_directory(file("bin"));
    for (const char* name : {"dpkg-query", "apt-get", "sudo", "cmake", "ninja", "ctest"})
      tool(name, kStub);
  }
  void tool(const std::string& name, const std::string& script) const {
    write("bin/" + name, script);
    fs::permissions(file("bin/" + name), fs::perms::owner_all);
  }
  Ended say(const std::string& line) const {
    return run_shell("PATH=$PWD/bin:$PATH " + line, path());
  }
};

const char* const kPages[] = {"",       "run",        "gui",          "compare",   "replay",
                              "sql",    "diff",       "check",        "explain",   "new",
                              "schema", "completion", "new scenario", "new world", "audit"};

std::string page_of(const std::string& command) {
  std::string name = command.empty() ? "pindah" : command;
  std::replace(name.begin(), name.end(), ' ', '-');
  return PINDAH_SOURCE_DIR "/docs/help/" + name + ".txt";
}

std::string text_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("The pages of docs/help are what the program says of itself") {
  for (const std::string command : kPages) {
    const Ended help = run_shell("bash -c 'exec -a ./run \"$PINDAH\" " + command + " --help'");
    CHECK(help.code == 0);
    if (std::getenv("PINDAH_NEW_HELP") != nullptr) std::ofstream(page_of(command)) << help.out;
    INFO("PINDAH_NEW_HELP=1 writes " << page_of(command) << " anew");
    CHECK(help.out == text_of(page_of(command)));
  }
  const auto pages = fs::directory_iterator(PINDAH_SOURCE_DIR "/docs/help");
  CHECK(std::distance(begin(pages), end(pages)) == std::size(kPages));
  // Each command that the first page names has one.
  std::istringstream first(text_of(page_of("")));
  std::string line;
  while (std::getline(first, line) && line != "Subcommands:") continue;
  while (std::getline(first, line) && !line.empty()) {
    INFO(line);
    CHECK(fs::exists(page_of(line.substr(2, line.find(' ', 2) - 2))));
  }
}

TEST_CASE("Help and the version need no build and no packages") {
  const Checkout fresh;
  for (const std::string line : {"--help", "-h", "run --help", "run x.yaml --seed 3 -h"}) {
    const Ended ended = fresh.say("./run " + line);
    INFO(line);
    CHECK(ended.code == 0);
    CHECK(ended.err == "");
    CHECK(ended.out == text_of(page_of(line.starts_with("run") ? "run" : "")));
  }
  CHECK(fresh.say("./run new scenario --help").out == text_of(page_of("new scenario")));
  const Ended version = fresh.say("./run --version");
  CHECK(version.code == 0);
  CHECK(version.err == "");
  CHECK(run_program({"--version"}).out.starts_with(version.out.substr(0, version.out.find('\n'))));
  const Ended test = fresh.say("./test --help");
  CHECK(test.code == 0);
  CHECK_THAT(test.out, Contains("./test quick") && Contains("./test long") && Contains("unit"));
}

TEST_CASE("Mistakes of a command line are answered before anything is installed or built") {
  const Checkout fresh;
  struct Mistake {
    std::string line, says;
  };
  for (const Mistake& mistake :
       std::vector<Mistake>{{"./run rnu x.yaml", "`rnu` was not expected"},
                            {"./run ../run", "`../run` was not expected"},
                            {"./run -q", "Usage:"},
                            {"./run run", "FILE is required"},
                            {"./run run nothing.yaml", "there is no file `nothing.yaml`"},
                            {"./run run test --sede=3",
                             "`--sede=3` was not expected\n  run `./run run --help` for usage"},
                            {"./run run test '--s.*'", "`--s.*` was not expected"},
                            {"./run new", "SUBCOMMAND is required"},
                            {"./run new house", "`house` was not expected"},
                            {"./run diff test", "AFTER is required"},
                            {"./test nonsense", "there is no step `nonsense`"},
                            {"./test long nonsense", "there is no part `nonsense`"}}) {
    const Ended ended = fresh.say(mistake.line);
    INFO(mistake.line << "\n" << ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.out == "");
    CHECK_THAT(ended.err, Contains(mistake.says) && !Contains("was called"));
  }
  CHECK_THAT(fresh.say("./test nonsense").err, Contains("determinism") && Contains("threads"));
  // What it cannot judge it leaves to the program: an option's value, a word that is explained.
  for (const std::string line :
       {"./run run test --set a=b --report new.xml -n", "./run explain cutover"})
    CHECK_THAT(fresh.say(line).err, Contains("was called"));
}

TEST_CASE("Who may not install is told what root would do, and nothing is said to be installed") {
  const Checkout fresh;
  fresh.tool("id", "#!/bin/sh\necho 1000\n");
  const Ended ended = fresh.say("./run </dev/null");
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err,
             Contains("apt-get update && apt-get install -y --no-install-recommends g++"));
  CHECK_THAT(ended.err, !Contains("installing") && !Contains("apt-get was called"));
  fresh.tool("id", "#!/bin/sh\necho 0\n");
  fresh.tool("apt-get", "#!/bin/sh\necho \"E: no route\"\nexit 100\n");
  const Ended root = fresh.say("./run");
  CHECK(root.code == 2);
  CHECK_THAT(root.err, StartsWith("installing ") && Contains("E: no route") &&
                           Contains("apt could not install: g++"));
}

TEST_CASE("A build says how far it is without a terminal, and nothing when there is none to do") {
  const Checkout fresh;
  fresh.tool("dpkg-query", "#!/bin/sh\nprintf installed\n");
  fresh.tool("cmake", "#!/bin/sh\ntouch build/pindah/build.ninja\n");
  fresh.tool("ninja",
             "#!/bin/sh\n[ -e build/pindah/pindah ] && echo 'ninja: no work to do.' && exit\n"
             "for i in 1 2 3 4; do echo \"[$i/4] thing $i\"; done\n"
             "printf '#!/bin/sh\\necho \"ran $*\"\\n' > build/pindah/pindah\n"
             "chmod +x build/pindah/pindah\n");
  const Ended first = fresh.say("./run check test");
  CHECK(first.code == 0);
  CHECK(first.out == "ran check test\n");
  CHECK_THAT(first.err, StartsWith("configuring build/pindah\n") &&
                            Contains("  building build/pindah: 2 of 4, ") &&
                            Contains("\nbuilt build/pindah in "));
  CHECK(fresh.say("./run check test").err == "");
  fresh.tool(
      "ninja",
      "#!/bin/sh\necho '[1/4] fine'\necho 'FAILED: a.o'\necho 'a.cpp:1: error: b'\nexit 1\n");
  const Ended broken = fresh.say("./run check test");
  CHECK(broken.code == 2);
  CHECK(broken.out == "");
  CHECK_THAT(broken.err, Catch::EndsWith("FAILED: a.o\na.cpp:1: error: b\n"));
}
