// A finished run as a file: what is in it, and what is asked of it.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "runfile/reader.h"
#include "tests/command/program.h"

using namespace pindah;
using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

// An hour in which the old side is switched off under everybody's feet.
std::string hurt() {
  return "plan: [ { at: 30s, retire: loans } ]\n" +
         small_scenario("  readers who noticed: noticed <= 1%\n");
}
std::string calm() { return small_scenario("  readers who noticed: noticed <= 1%\n"); }

Ended write_run(const Folder& folder, const std::string& scenario, const std::string& file) {
  folder.write("a.yaml", scenario);
  return run_program({"run", "a.yaml", "-q", "--report", file}, {}, folder.path());
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> queries() {
  const std::string manual = bytes_of(PINDAH_SOURCE_DIR "/docs/run-file.md");
  std::vector<std::string> all;
  const std::string fence = "```sql\n";
  for (std::size_t at = manual.find(fence); at != std::string::npos; at = manual.find(fence, at)) {
    at += fence.size();
    all.push_back(manual.substr(at, manual.find("```", at) - at));
  }
  return all;
}

}  // namespace

TEST_CASE("Every question of the manual has an answer in a run that hurt somebody") {
  const Folder folder;
  CHECK(write_run(folder, hurt(), "r.pindah").code == 1);
  Database database;
  database.load_image(bytes_of(folder.path() + "/r.pindah"));
  const auto all = queries();
  REQUIRE(all.size() == 5);
  for (const std::string& sql : all) {
    INFO(sql);
    Statement query(database, sql);
    // No fence was closed; everything else happened.
    CHECK(query.step() == (sql.find("'fence'") == std::string::npos));
  }
}

TEST_CASE("A shopper's two lives are told to the first difference") {
  const Folder folder;
  write_run(folder, hurt(), "r.pindah");
  const Ended who = run_program({"replay", "r.pindah"}, {}, folder.path());
  CHECK(who.code == 0);
  CHECK_THAT(who.out, Contains("shopper  noticed") && Contains("retired"));
  Problems problems;
  const auto run = RunFile::open(folder.path() + "/r.pindah", problems);
  REQUIRE(run);
  const auto [id, shopper] = *run->shoppers().begin();
  const Ended lives =
      run_program({"replay", "r.pindah", "--shopper", std::to_string(id)}, {}, folder.path());
  CHECK(lives.code == 0);
  CHECK_THAT(lives.out, StartsWith("Shopper " + std::to_string(id)) &&
                            Contains("<- the first difference") && Contains("switched off"));
  const auto with = run->pages(id, "rehearsed"), without = run->pages(id, "control");
  for (std::size_t i = 0; i < with.size() && with[i].visit < shopper.visit; ++i) {
    CHECK(with[i].page == without[i].page);
    CHECK(with[i].shown == without[i].shown);
  }
  const Ended nobody =
      run_program({"replay", "r.pindah", "--shopper", "999999"}, {}, folder.path());
  CHECK(nobody.code == 2);
  CHECK_THAT(nobody.err, Contains("nobody with the number 999999 noticed"));
  CHECK(run_program({"replay", "r.pindah", "--seed", "3"}, {}, folder.path()).code == 2);
}

TEST_CASE(
    "Of a scenario anybody's two lives are told, and those who noticed as its run file does") {
  const Folder folder;
  write_run(folder, hurt(), "r.pindah");
  Problems problems;
  const auto run = RunFile::open(folder.path() + "/r.pindah", problems);
  REQUIRE(run);
  const auto of = [&](const char* file, std::int64_t id) {
    return run_program({"replay", file, "--shopper", std::to_string(id)}, {}, folder.path());
  };
  const std::int64_t hers = run->shoppers().begin()->first;
  CHECK(of("a.yaml", hers).out == of("r.pindah", hers).out);
  std::int64_t other = 0;
  while (run->shoppers().count(other) != 0 || !run->pages(other, "control").empty()) ++other;
  const Ended lives = of("a.yaml", other);
  CHECK(lives.code == 0);
  CHECK_THAT(lives.out, Contains("and noticed nothing") && Contains("without the migration"));
  CHECK(of("r.pindah", other).code == 2);
  CHECK(of("a.yaml", 999999).code == 2);
}

TEST_CASE("Two runs of one night are set side by side, shopper by shopper") {
  const Folder folder;
  write_run(folder, calm(), "calm.pindah");
  write_run(folder, hurt(), "hurt.pindah");
  const Ended worse = run_program({"diff", "calm.pindah", "hurt.pindah"}, {}, folder.path());
  CHECK(worse.code == 1);
  CHECK_THAT(worse.out, Contains("verdict  PASS -> FAIL") && Contains("worse    readers who"));
  const Ended better = run_program({"diff", "hurt.pindah", "calm.pindah"}, {}, folder.path());
  CHECK(better.code == 0);
  CHECK_THAT(better.out, Contains("better   readers who") && Contains("worse    0 notice now"));
  const Ended same = run_program({"diff", "calm.pindah", "calm.pindah"}, {}, folder.path());
  CHECK(same.code == 0);
  CHECK_THAT(same.out, Contains("the runs are the same"));
  folder.write("a.yaml", calm());
  run_program({"run", "a.yaml", "-q", "--seed", "8", "--report", "other.pindah"}, {},
              folder.path());
  const Ended other = run_program({"diff", "calm.pindah", "other.pindah"}, {}, folder.path());
  CHECK(other.code == 2);
  CHECK(other.out == "");
  CHECK_THAT(other.err, Contains("nothing of them can be set side by side"));
}

TEST_CASE("The same run gives the same file, and several runs give none") {
  const Folder folder;
  write_run(folder, hurt(), "one.pindah");
  write_run(folder, hurt(), "two.pindah");
  CHECK(bytes_of(folder.path() + "/one.pindah") == bytes_of(folder.path() + "/two.pindah"));
  const Ended several = run_program(
      {"run", "a.yaml", "-q", "--seeds", "1..2", "--report", "no.pindah"}, {}, folder.path());
  CHECK(several.code == 2);
  CHECK(several.out == "");
  CHECK_THAT(several.err, Contains("`no.pindah` holds one run, and here are 2"));
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/no.pindah"));
}

TEST_CASE("What is not a run file is refused as help, whatever is in it") {
  const Folder folder;
  write_run(folder, calm(), "r.pindah");
  const std::string good = bytes_of(folder.path() + "/r.pindah");
  folder.write("text.pindah", "hello");
  folder.write("short.pindah", good.substr(0, good.size() / 2));
  std::string broken = good;
  for (std::size_t i = 5000; i < broken.size(); i += 97) broken[i] = static_cast<char>(i);
  folder.write("broken.pindah", broken);
  Database other;
  other.exec("CREATE TABLE run (key TEXT)");
  folder.write("other.pindah", other.image());
  for (const char* file : {"text", "short", "broken", "other", "absent"}) {
    const std::string name = std::string(file) + ".pindah";
    for (const char* command : {"replay", "diff"}) {
      std::vector<std::string> arguments{command, name};
      if (std::string(command) == "diff") arguments.push_back("r.pindah");
      const Ended ended = run_program(arguments, {}, folder.path());
      INFO(name << ": " << ended.err);
      CHECK(ended.code == 2);
      CHECK_THAT(ended.err, StartsWith(name + ": ") && Contains("expected a file that"));
    }
  }
}

TEST_CASE("A run file with a text that no database hands out is refused, whatever is asked of it") {
  const Folder folder;
  write_run(folder, hurt(), "r.pindah");
  const std::string file = folder.path() + "/r.pindah";
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db,
                       "UPDATE shopper SET harm = printf('%.*c', 20000000, 'x') WHERE id = (SELECT "
                       "min(id) FROM shopper)",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
  for (const std::vector<std::string>& line :
       std::vector<std::vector<std::string>>{{"replay", "r.pindah"},
                                             {"replay", "r.pindah", "--shopper", "1"},
                                             {"diff", "r.pindah", "r.pindah"}}) {
    const Ended ended = run_program(line, {}, folder.path());
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, StartsWith("r.pindah: holds a text of more than 16 MiB"));
  }
}

TEST_CASE("A run that is killed at any instant leaves a whole file or none") {
  const Folder folder;
  folder.write("a.yaml", hurt());
  const std::string file = folder.path() + "/k.pindah";
  const auto begun = std::chrono::steady_clock::now();
  run_program({"run", "a.yaml", "-q", "--report", "k.pindah"}, {}, folder.path());
  const auto whole_run = std::chrono::steady_clock::now() - begun;
  int whole = 0, none = 0;
  for (int i = 0; i < 100; i += 2) {
    std::filesystem::remove(file);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const int nowhere = open("/dev/null", O_WRONLY);
      dup2(nowhere, 1);
      if (chdir(folder.path().c_str()) != 0) _exit(99);
      execl(PINDAH_BINARY, PINDAH_BINARY, "run", "a.yaml", "-q", "--report", "k.pindah",
            static_cast<char*>(nullptr));
      _exit(99);
    }
    // From before it has begun until about its end; the last ones are not killed at all.
    if (i < 95) {
      std::this_thread::sleep_for(whole_run * i / 90);
      kill(child, SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (!std::filesystem::exists(file)) {
      ++none;
      continue;
    }
    ++whole;
    Problems problems;
    CHECK(RunFile::open(file, problems));
    CHECK(problems.text() == "");
  }
  CHECK(whole >= 2);
  CHECK(none > 0);
}
