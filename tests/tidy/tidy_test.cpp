#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/tidy/rules.h"

using namespace pindah::tidy;

namespace {

// The repository's own texts: code, tests, scenarios, worlds, scripts, documents.
std::vector<File> all_files() {
  namespace fs = std::filesystem;
  const fs::path root = PINDAH_SOURCE_DIR;
  std::vector<File> files;
  const auto add = [&](const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    files.push_back(
        {fs::relative(path, root).generic_string(), {std::istreambuf_iterator<char>(stream), {}}});
  };
  for (const char* folder : {"sim", "tests", "scenarios", "data", "docs", "cmake", ".ci", "gui"}) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.is_regular_file() && entry.path().extension() != ".png") add(entry.path());
    }
  }
  for (const char* file : {"run", "test", "CMakeLists.txt", "README.md"}) {
    if (fs::exists(root / file)) add(root / file);
  }
  return files;
}

std::string broken(Rule rule) {
  std::string all;
  for (const File& file : all_files()) {
    for (const std::string& complaint : rule(file)) all += complaint + "\n";
  }
  return all;
}

std::string said(Rule rule, const std::string& path, const std::string& text) {
  std::string all;
  for (const std::string& complaint : rule({path, text})) all += complaint + "\n";
  return all;
}

}  // namespace

TEST_CASE("Files, functions and lines are short") {
  CHECK(broken(lengths) == "");
  CHECK(said(lengths, "sim/base/a.cpp", std::string(100, 'x') + "\n") == "");
  CHECK(said(lengths, "sim/base/a.cpp", std::string(101, 'x') + "\n") ==
        "sim/base/a.cpp:1: 101 columns, at most 100\n");
  CHECK(said(lengths, "sim/base/a.cpp", "// " + std::string(97, '\xc3') + "\n") == "");
  for (const char* world : {"data/a/b.sql", "tests/worlds/a/b.yaml"}) {
    CHECK(said(lengths, world, std::string(100, 'x') + "\n") == "");
    CHECK(said(lengths, world, std::string(101, 'x') + "\n") != "");
  }
  std::string many;
  for (int i = 0; i < 601; ++i) many += "int a;\n";
  CHECK(said(lengths, "sim/base/a.cpp", many) == "sim/base/a.cpp:601: 601 lines, at most 600\n");
}

TEST_CASE("A function's length is counted from its head to its last brace") {
  const auto function = [](const std::string& head, int lines) {
    std::string text = "namespace a {\nstruct B {\n" + head + "\n";
    for (int i = 0; i < lines; ++i) text += "  if (x) { y(\"}\"); }  // {\n";
    return text + "}\n};\n}\n";
  };
  CHECK(said(lengths, "sim/a/a.cpp", function("int f(int a,\n      int b) {", 67)) == "");
  CHECK(said(lengths, "sim/a/a.cpp", function("int f(int a,\n      int b) {", 68)) ==
        "sim/a/a.cpp:3: a function of 71 lines, at most 70\n");
  CHECK(said(lengths, "sim/a/a.cpp", function("TEST_CASE(\"a {\") {", 69)) ==
        "sim/a/a.cpp:3: a function of 71 lines, at most 70\n");
  // A table of data and a text are no function.
  CHECK(said(lengths, "sim/a/a.cpp", function("constexpr int kTable[] = {", 90)) == "");
  CHECK(said(lengths, "sim/a/a.cpp",
             "auto a = R\"x(f() {\n" + std::string(90, '\n') + "})x\";\n") == "");
}

TEST_CASE("Nothing in the engine draws, reads a clock or depends on an address") {
  CHECK(broken(determinism) == "");
  for (const char* line :
       {"#include <random>", "std::shuffle(a, b, c);", "std::hash<int>()(1);", "int a = rand();",
        "srand(1);", "std::random_device d;", "auto t = std::chrono::system_clock::now();",
        "time(nullptr);", "gettimeofday(&a, nullptr);", "clock_gettime(0, &a);",
        "std::uniform_int_distribution<int> d;", "std::map<Node*, int> by_node;",
        "std::set<const Node*> seen;", "double share = 0.5;", "float f;",
        "std::unordered_map<int, int> m;\nfor (auto& [k, v] : m) use(k);",
        "std::unordered_set<int> m_;\nauto i = m_.begin();"}) {
    INFO(line);
    CHECK(said(determinism, "sim/base/a.cpp", std::string(line) + "\n") != "");
    CHECK(said(determinism, "tests/base/a.cpp", std::string(line) + "\n") == "");
  }
  for (const char* line :
       {"// a rand() here is only talked about", "int operand(int a);", "auto s = \"time(\";",
        "std::map<int, Node*> by_number;", "std::unordered_map<int, int> m;\nm.find(1);",
        "Micros lifetime(int a);"}) {
    INFO(line);
    CHECK(said(determinism, "sim/base/a.cpp", std::string(line) + "\n") == "");
  }
  // Reports may divide, and the progress bar looks at a clock.
  CHECK(said(determinism, "sim/report/a.cpp", "double share = 0.5;\n") == "");
  CHECK(said(determinism, "sim/command/progress.h", "std::chrono::steady_clock c;\n") == "");
  CHECK(said(determinism, "sim/report/a.cpp", "std::chrono::steady_clock c;\n") != "");
}

TEST_CASE("No two headers define one function, and no two files one type") {
  CHECK(defined_twice(all_files()) == "");
  const auto twice = [](const std::string& a, const std::string& b, const char* name = "b.h") {
    return defined_twice({{"a.h", "namespace x {\n" + a + "\n}  // namespace x\n"},
                          {name, "namespace x {\n" + b + "\n}  // namespace x\n"}});
  };
  const std::string function = "inline World shop() {\n}", type = "struct Band {\n};";
  CHECK(twice("inline const World& shop() {\n}", function) == "x::shop in a.h and b.h\n");
  CHECK(twice("template <class T>\nclass Band final : public A<T>,\n  B {\n};", type) ==
        "x::Band in a.h and b.h\n");
  CHECK(twice("enum class Band : std::uint8_t { few };", type) == "x::Band in a.h and b.h\n");
  CHECK(twice(type, type, "b.cpp") == "x::Band in a.h and b.cpp\n");
  CHECK(twice(type, "struct Band;\nclass Sheet {\n  struct Band {\n  };\n};") == "");
  CHECK(twice(type, "struct Band::Impl {\n};") == "");
  CHECK(twice(type, "namespace {\n" + type + "\n}  // namespace", "b.cpp") == "");
  CHECK(twice(type, "namespace y {\n" + type + "\n}  // namespace y") == "");
  // Where a namespace is written does not matter, and each program has one main file.
  CHECK(twice("}  // namespace x\nnamespace x::y {\n" + type,
              "namespace y {\n" + type + "\n}  // namespace y") == "x::y::Band in a.h and b.h\n");
}

TEST_CASE("A folder includes only folders above it") {
  CHECK(broken(layers) == "");
  CHECK(said(layers, "sim/base/a.h", "#include \"metrics/expression.h\"\n") ==
        "sim/base/a.h:1: base must not include metrics, which stands below it\n");
  CHECK(said(layers, "sim/platform/a.h", "#include \"report/report.h\"\n") != "");
  CHECK(said(layers, "sim/platform/a.h", "#include \"base/time.h\"\n#include <map>\n") == "");
  CHECK(said(layers, "sim/base/a.h", "#include \"tests/report/sample.h\"\n") ==
        "sim/base/a.h:1: tests is no folder of sim\n");
  CHECK(said(layers, "sim/main.cpp", "#include \"command/commands.h\"\n") == "");
  CHECK(said(layers, "sim/gossip/a.h", "#include \"base/time.h\"\n") ==
        "sim/gossip/a.h:1: gossip is no folder of sim\n");
  CHECK(said(layers, "gui/deck/a.h", "\n#include \"gui/window/ui.h\"\n") ==
        "gui/deck/a.h:2: deck must not include window, which stands below it\n");
  CHECK(said(layers, "gui/driver/a.h", "#include \"gui/window/ui.h\"\n#include \"report/a.h\"\n") ==
        "");
  CHECK(said(layers, "gui/deck/a.h", "#include \"tests/gui/stage.h\"\n") ==
        "gui/deck/a.h:1: tests/gui/stage.h is no header of sim or gui\n");
  CHECK(said(layers, "gui/gossip/a.h", "#include \"base/time.h\"\n") ==
        "gui/gossip/a.h:1: gossip is no folder of gui\n");
  CHECK(said(layers, "gui/command.cpp", "#include \"gui/host/app.h\"\n") == "");
}

TEST_CASE("Each header says first what it is for") {
  CHECK(broken(headers) == "");
  CHECK(said(headers, "sim/base/a.h", "// What a is.\n#pragma once\n") == "");
  CHECK(said(headers, "sim/base/a.h", "#pragma once\n// What a is.\n") ==
        "sim/base/a.h:1: a header begins with a comment that says what it is for\n");
  CHECK(said(headers, "sim/base/a.h", "// What a is.\nint a;\n") ==
        "sim/base/a.h:1: no #pragma once\n");
}

TEST_CASE("Nothing is promised for later and nothing points to what a reader does not have") {
  CHECK(broken(readable) == "");
  const std::string later = std::string("TO") + "DO";
  CHECK(said(readable, "docs/a.md", "a\n// " + later + ": b\n") ==
        "docs/a.md:2: `" + later + "`: finish it, or leave it out\n");
  for (const std::string& word : unknown_to_readers()) {
    INFO(word);
    CHECK(said(readable, "sim/a/a.cpp", "see " + word + " there\n") != "");
  }
  CHECK(said(readable, "docs/a.md", "see docs/no-such-page.md\n") ==
        "docs/a.md:1: docs/no-such-page.md is not there\n");
  CHECK(said(readable, "sim/a/a.h", "// see docs/not-modelled.md\n") == "");
}
