#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"
#include "tests/command/program.h"

using namespace pindah;
using namespace pindah::test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("Help says the first commands to know, on stdout, and is no error") {
  const Ended help = run_program({"--help"});
  CHECK(help.code == 0);
  CHECK(help.err == "");
  CHECK_THAT(help.out, Contains("run scenarios/payments-then-orders.yaml"));
  CHECK_THAT(help.out, Contains("explain FILE"));
  CHECK_THAT(help.out, Contains("Exit codes: 0 within budget"));
  for (const char* command :
       {"run", "compare", "check", "explain", "new", "schema", "completion"}) {
    const Ended own = run_program({command, "-h"});
    CHECK(own.code == 0);
    CHECK_THAT(own.out, Contains(std::string(" ") + command + " "));
  }
}

TEST_CASE("Nothing said is help on stderr and exit 2") {
  const Ended nothing = run_program({});
  CHECK(nothing.code == 2);
  CHECK(nothing.out == "");
  CHECK_THAT(nothing.err, Contains("Usage:"));
}

TEST_CASE("The version names SQLite's source as well") {
  const Ended version = run_program({"--version"});
  CHECK(version.code == 0);
  CHECK_THAT(version.out, StartsWith("pindah ") && Contains("\nSQLite 3."));
}

TEST_CASE("A word that was not expected is answered with the nearest one") {
  const Ended command = run_program({"rnu", "x.yaml"});
  CHECK(command.code == 2);
  CHECK(command.out == "");
  CHECK_THAT(command.err, Contains("`rnu` was not expected; did you mean `run`?"));
  const Ended option = run_program({"run", "x.yaml", "--sede=3"});
  CHECK(option.code == 2);
  CHECK_THAT(option.err, Contains("did you mean `--seed`?") && Contains("run --help"));
}

TEST_CASE("A flag that makes no sense is an error of the command line, before anything runs") {
  const std::string file = "tests/scenarios/lending-nothing.yaml";
  struct Bad {
    std::vector<std::string> flags;
    std::string says;
  };
  for (const Bad& bad :
       std::vector<Bad>{{{"--seed", "x"}, "--seed: `x` is not a seed"},
                        {{"--seed", "-1"}, "not a seed"},
                        {{"--seeds", "5..1"}, "--seeds: `5..1` names no seeds"},
                        {{"--seeds", "1"}, "names no seeds"},
                        {{"--seeds", "0..99999999"}, "at most 10000"},
                        {{"--seed", "1", "--seeds", "1..2"}, "excludes"},
                        {{"--until", "20"}, "`20` is not a duration"},
                        {{"--until", "0s"}, "`0s` is not a duration"},
                        {{"--set", "length"}, "`length` sets nothing"},
                        {{"--set", "lenght=2m"}, "did you mean `length`?"},
                        {{"--threads", "3"}, "--threads"},
                        {{"--report", "run.txt"}, "`run.txt` has no suffix of a report"}}) {
    std::vector<std::string> line{"run", file};
    line.insert(line.end(), bad.flags.begin(), bad.flags.end());
    const Ended ended = run_program(line);
    INFO(bad.says);
    CHECK(ended.code == 2);
    CHECK(ended.out == "");
    CHECK_THAT(ended.err, Contains(bad.says));
  }
}

TEST_CASE("Schemas are JSON, draft-07, and every reference in them leads somewhere") {
  for (const std::string what : {"scenario", "world"}) {
    const Ended ended = run_program({"schema", what});
    CHECK(ended.code == 0);
    // A parser keeps the last of two keys without a word.
    std::vector<std::set<std::string>> open;
    std::string twice;
    const auto look = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
      using Event = nlohmann::json::parse_event_t;
      if (event == Event::object_start) open.emplace_back();
      if (event == Event::object_end) open.pop_back();
      if (event == Event::key && !open.back().insert(value.get<std::string>()).second)
        twice += value.get<std::string>() + " ";
      return true;
    };
    const nlohmann::json schema = nlohmann::json::parse(ended.out, look);
    CHECK(twice == "");
    CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    const nlohmann::json flat = schema.flatten();
    for (const auto& [path, value] : flat.items()) {
      if (!path.ends_with("/$ref")) continue;
      INFO(path);
      const std::string to = value;
      CHECK(schema.contains(nlohmann::json::json_pointer(to.substr(1))));
    }
  }
  CHECK(run_program({"schema", "planet"}).code == 2);
}

namespace {

// The keys that the reader names when it meets one that it does not know, for each of the texts.
std::set<std::string> known_keys(const Folder& folder, const std::vector<std::string>& parts) {
  std::set<std::string> keys;
  for (const std::string& part : parts) {
    const std::string text = "pindah: 1\nworld: library\n" + part + "\n";
    const std::string said = run_program({"check", folder.write("a.yaml", text)}).err;
    const std::size_t unknown = said.find("unknown key `zzz`");
    const std::string mark = "expected one of: ";
    const std::size_t list = said.find(mark, unknown);
    INFO(part << "\n" << said);
    REQUIRE(unknown < list);
    REQUIRE(list != std::string::npos);
    std::string words = said.substr(list + mark.size(), said.find('\n', list) - list - mark.size());
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(", ", at), words.size());
      keys.insert(words.substr(at, end - at));
      at = end + 2;
    }
  }
  return keys;
}

std::set<std::string> keys_of(const nlohmann::json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object["properties"].items()) keys.insert(key);
  return keys;
}

}  // namespace

TEST_CASE("The schema knows exactly the keys that the reader knows") {
  const Folder folder;
  const nlohmann::json schema = nlohmann::json::parse(run_program({"schema"}).out);
  const nlohmann::json& parts = schema["definitions"];
  CHECK(keys_of(schema) == known_keys(folder, {"zzz: 1"}));
  CHECK(keys_of(parts["platform"]) == known_keys(folder, {"platforms: { source: { zzz: 1 } }"}));
  CHECK(keys_of(parts["link"]) == known_keys(folder, {"links: { gateway: { zzz: 1 } }"}));
  std::vector<std::string> traffic;
  for (const char* shape : {"hold: 1/s", "ramp: 1/s", "spike: 1/s", "day: 1/s"}) {
    traffic.push_back("traffic: [ { " + std::string(shape) + ", zzz: 1 } ]");
  }
  CHECK(keys_of(parts["traffic"]) == known_keys(folder, traffic));
  for (const StepSpec& spec : step_specs()) {
    INFO(spec.word);
    const std::string of = spec.of == Of::pages ? ": checkout" : ": loans";
    CHECK(keys_of(parts["step-" + spec.word]) ==
          known_keys(folder, {"plan: [ { at: 1m, " + spec.word + of + ", zzz: 1 } ]"}));
  }
  for (const SurpriseSpec& spec : surprise_specs()) {
    INFO(spec.word);
    CHECK(keys_of(parts["surprise-" + spec.word]) ==
          known_keys(folder,
                     {"surprises: [ { at: 1m, for: 1m, " + spec.word + ": gateway, zzz: 1 } ]"}));
  }
}

TEST_CASE("A completion script knows every command and its flags, and its shell can read it") {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const Ended ended = run_program({"completion", shell});
    INFO(shell);
    CHECK(ended.code == 0);
    for (const char* word : {"run", "check", "explain", "new", "schema", "twice", "scenario"}) {
      CHECK_THAT(ended.out, Contains(word));
    }
  }
  CHECK(run_shell("\"$PINDAH\" completion bash | bash -n").code == 0);
  const Ended used = run_shell(
      "\"$PINDAH\" completion bash | bash -c '. /dev/stdin; COMP_WORDS=(pindah run --tw); "
      "COMP_CWORD=2; _pindah; echo ${COMPREPLY[*]}'");
  CHECK(used.out == "--twice\n");
  CHECK(run_program({"completion", "tcsh"}).code == 2);
}
