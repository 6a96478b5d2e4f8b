#include "base/yaml.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace pindah;

namespace {

std::string told(const Problems& problems) {
  std::string all;
  for (const Problem& p : problems.list()) {
    all += std::to_string(p.place.line) + ":" + std::to_string(p.place.column) + " " + p.what;
    if (!p.expected.empty() || !p.hint.empty()) all += " | " + p.expected;
    if (!p.hint.empty()) all += " | " + p.hint;
    all += "\n";
  }
  return all;
}

std::string mistakes(const std::string& text) {
  Problems problems;
  const bool read = parse_yaml(text, "a.yaml", problems).has_value();
  CHECK(read != problems.any());
  return told(problems);
}

}  // namespace

TEST_CASE(
    "Anchors, aliases, tags, duplicate keys and keys that are no words are told all at once") {
  CHECK(mistakes("a: &x 1\nb: *x\nb: !!str 3\nc: [*x, {d: 1, d: 2}]\n? [1]\n: 2\n") ==
        "1:4 an anchor is not allowed |  | write the value out\n"
        "2:4 an alias is not allowed |  | write the value out\n"
        "3:1 duplicate key `b` |  | the first one stands in line 2\n"
        "3:4 a tag is not allowed |  | write the value out\n"
        "4:5 an alias is not allowed |  | write the value out\n"
        "4:16 duplicate key `d` |  | the first one stands in line 4\n"
        "5:3 a key must be a word\n");
}

TEST_CASE("The same key in two maps is no duplicate") {
  CHECK(mistakes("a: {k: 1}\nb: {k: 1}\nc: [{k: 1}, {k: k}]\nk: k\n") == "");
}

TEST_CASE("What is not one clean YAML document is a mistake") {
  CHECK(mistakes("") == "0:0 the file is empty\n");
  CHECK(mistakes("# nothing\n") == "0:0 the file is empty\n");
  CHECK(mistakes("a: [1, 2\nb: }") == "2:2 not YAML: end of sequence flow not found\n");
  CHECK(mistakes("a: 1\n---\nb: 2\n") == "2:1 a second document in one file\n");
  CHECK(mistakes("a: 1\nb: \x04") == "2:4 a control character is not allowed\n");
  CHECK(mistakes("a: \"\\x1b[31m\"\n") == "1:4 a control character is not allowed\n");
  CHECK(mistakes("a: \"\\x9b\"\n") == "1:4 a control character is not allowed\n");
  CHECK(mistakes("a: \xff") == "1:4 not UTF-8\n");
  CHECK(mistakes("a: \xe2\x82") == "1:4 not UTF-8\n");
  CHECK(mistakes("a: \xed\xa0\x80") == "1:4 not UTF-8\n");
  CHECK(mistakes("a: é €\nb: 😀\n") == "");
}

TEST_CASE("A document that nests too deep or is too large is refused before it costs anything") {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  CHECK(mistakes("- " + deep.substr(1, 78)) == "");
  CHECK(mistakes("- " + deep) == "1:42 nested deeper than 40\n");
  CHECK(mistakes(std::string(100'000, '[')) != "");
  CHECK(mistakes("a: " + std::string((1 << 20) - 3, 'x')) == "");
  CHECK(mistakes("a: " + std::string((1 << 20) - 2, 'x')) == "0:0 the file is larger than 1 MiB\n");
}

TEST_CASE("A file that is not there, or is no file, is a mistake and is not read") {
  Problems problems;
  CHECK_FALSE(load_yaml("/dev/zero", problems));
  CHECK_FALSE(load_yaml("no-such.yaml", problems));
  CHECK(told(problems) ==
        "0:0 cannot read `/dev/zero` | a file\n0:0 cannot read `no-such.yaml` | a file\n");
}

TEST_CASE("A file is read with places that name it") {
  const auto path = std::filesystem::temp_directory_path() /
                    ("pindah-yaml-test-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << "\n a:\n   - x\n   - yy\n";
  Problems problems;
  const auto yaml = load_yaml(path.string(), problems);
  std::filesystem::remove(path);
  REQUIRE(yaml);
  const auto items = YamlMap(*yaml, "a file", problems).list("a");
  REQUIRE(items.size() == 2);
  CHECK(items[1].text() == "yy");
  CHECK(items[1].place.file == path.string());
  CHECK(items[1].place.line == 4);
  CHECK(items[1].place.column == 6);
}

TEST_CASE("Unknown keys are told with the known ones and the nearest") {
  Problems problems;
  const auto yaml = parse_yaml("title: x\nplann: 3\nzzz: 1\n", "a.yaml", problems);
  YamlMap map(*yaml, "a scenario", problems);
  map.text("title");
  map.get("plan");
  map.need("world");
  map.finish();
  CHECK(
      told(problems) ==
      "1:1 `world` is missing in a scenario\n"
      "2:1 unknown key `plann` in a scenario | one of: plan, title, world | did you mean `plan`?\n"
      "3:1 unknown key `zzz` in a scenario | one of: plan, title, world\n");
}

TEST_CASE("Values of the wrong kind are told where they stand") {
  Problems problems;
  const auto yaml = parse_yaml(
      "n: 1.5\nbig: 11\nlow: -1\nb: yes\nw: lefd\nt: [x]\nnothing:\nl: {a: 1}\nll: [[1]]\nok: 10\n",
      "a.yaml", problems);
  YamlMap map(*yaml, "a map", problems);
  for (const char* key : {"n", "big", "low", "nothing"}) CHECK_FALSE(map.integer(key, 0, 10));
  CHECK_FALSE(map.boolean("b"));
  CHECK_FALSE(map.word("w", {"left", "right"}));
  CHECK_FALSE(map.text("t"));
  CHECK_FALSE(map.text("nothing"));
  CHECK(map.list("l").empty());
  CHECK(map.list("ll").empty());
  CHECK(map.integer("ok", 0, 10) == 10);
  CHECK_FALSE(map.integer("absent", 0, 10));
  CHECK(told(problems) ==
        "1:4 `n` must be a whole number from 0 to 10, not `1.5`\n"
        "2:6 `big` must be a whole number from 0 to 10, not `11`\n"
        "3:6 `low` must be a whole number from 0 to 10, not `-1`\n"
        "7:1 `nothing` must be a whole number from 0 to 10, not nothing\n"
        "4:4 `b` cannot be `yes` | one of: false, true\n"
        "5:4 `w` cannot be `lefd` | one of: left, right | did you mean `left`?\n"
        "6:4 `t` must be text, not a list\n"
        "7:1 `nothing` must be text, not nothing\n"
        "8:4 `l` must be a list of words, not a map\n"
        "9:5 `ll` must be a list of words, not a list with lists or maps in it\n");
}

TEST_CASE("What is no map is told once, however much is asked of it") {
  Problems problems;
  const auto yaml = parse_yaml("- a\n", "a.yaml", problems);
  YamlMap map(*yaml, "a scenario", problems);
  CHECK_FALSE(map.need("world"));
  map.finish();
  CHECK(told(problems) == "1:1 a scenario must be a map of `key: value`, not a list\n");
}
