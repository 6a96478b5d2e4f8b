#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

namespace pindah::tidy {
namespace {

constexpr std::array kLayers{"base",      "selfcheck", "sqlite",   "world",   "metrics",
                             "scenario",  "edit",      "platform", "traffic", "migration",
                             "surprise",  "universe",  "oracle",   "audit",   "verdict",
                             "rehearsal", "flight",    "report",   "runfile", "command"};

// The window's own, and the sim folders are all above them.
constexpr std::array kGuiLayers{"plots", "deck", "window", "driver", "host"};

int line_of(const std::string& text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(),
                                         text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

void complain(const File& file, const std::string& code, const std::string& pattern,
              const std::string& why, Complaints& complaints) {
  const std::regex regex(pattern);
  for (std::sregex_iterator it(code.begin(), code.end(), regex), end; it != end; ++it) {
    complaints.push_back(at(file, line_of(code, static_cast<std::size_t>(it->position()))) + "`" +
                         it->str() + "`: " + why);
  }
}

// Names of variables of this file that are unordered containers.
std::set<std::string> unordered_names(const std::string& code) {
  static const std::regex declared(R"(unordered_(?:multi)?(?:map|set)\s*<[^;(){}]*>\s+(\w+))");
  std::set<std::string> names;
  for (std::sregex_iterator it(code.begin(), code.end(), declared), end; it != end; ++it) {
    names.insert((*it)[1]);
  }
  return names;
}

// Where a folder stands among others; -1: nowhere.
template <class Folders>
int place_among(const Folders& folders, const std::string& folder) {
  const auto found = std::find(folders.begin(), folders.end(), folder);
  return found == folders.end() ? -1 : static_cast<int>(found - folders.begin());
}
int layer_of(const std::string& folder) { return place_among(kLayers, folder); }

// "sim/base/a.h" or "gui/base/a.h" → "base"; "sim/main.cpp" → "".
std::string folder_of(const std::string& path) {
  const std::string below = path.substr(4);
  const std::size_t slash = below.find('/');
  return slash == std::string::npos ? "" : below.substr(0, slash);
}

bool in_sim(const File& file) { return file.path.starts_with("sim/") && is_cpp(file.path); }
bool in_gui(const File& file) { return file.path.starts_with("gui/") && is_cpp(file.path); }

// Of an include in gui/: of its own folders in their order, or of sim's.
std::string gui_complaint(const std::string& folder, const std::string& included) {
  if (!included.starts_with("gui/"))
    return layer_of(folder_of("sim/" + included)) < 0 ? included + " is no header of sim or gui"
                                                      : "";
  const std::string other = folder_of(included);
  if (folder.empty() || other.empty()) return "";
  const int layer = place_among(kGuiLayers, other);
  if (layer < 0) return other + " is no folder of gui";
  if (layer <= place_among(kGuiLayers, folder)) return "";
  return folder + " must not include " + other + ", which stands below it";
}

Complaints gui_layers(const File& file) {
  Complaints complaints;
  const std::string folder = folder_of(file.path);
  if (!folder.empty() && place_among(kGuiLayers, folder) < 0)
    return {at(file, 1) + folder + " is no folder of gui"};
  const std::string code = code_of(file.text);
  static const std::regex include(R"rx(#include "([^"]+)")rx");
  for (std::sregex_iterator it(code.begin(), code.end(), include), end; it != end; ++it) {
    const std::string why = gui_complaint(folder, (*it)[1]);
    if (why.empty()) continue;
    complaints.push_back(at(file, line_of(code, static_cast<std::size_t>(it->position()))) + why);
  }
  return complaints;
}

}  // namespace

Complaints determinism(const File& file) {
  Complaints complaints;
  if (!in_sim(file)) return complaints;
  const std::string code = code_of(file.text);
  complain(file, code, R"(<random>|std::random\w*|std::mt19937\w*|\w+_distribution\b)",
           "draws are keyed (base/draws.h)", complaints);
  complain(file, code, R"(std::shuffle|\bs?rand\s*\(|\brandom\s*\()",
           "draws are keyed (base/draws.h)", complaints);
  complain(file, code, R"(std::hash\b)", "its value is the compiler's own", complaints);
  if (!file.path.starts_with("sim/command/progress.")) {
    complain(file, code, R"(\b(system|steady|high_resolution|utc|tai|gps|file)_clock\b)",
             "time is virtual", complaints);
    complain(file, code, R"(\b(time|clock|gettimeofday|clock_gettime)\s*\()", "time is virtual",
             complaints);
  }
  complain(file, code, R"(std::(multi)?(map|set)<\s*(const\s+)?[\w:]+\s*\*)",
           "addresses have no order", complaints);
  const std::string folder = folder_of(file.path);
  if (folder != "report" && folder != "command") {
    complain(file, code, R"(\b(double|float)\b)", "simulated state is integers", complaints);
  }
  for (const std::string& name : unordered_names(code)) {
    complain(file, code, R"(:\s*)" + name + R"(\s*\)|\b)" + name + R"(\.c?begin\()",
             "an unordered container has no order to walk in", complaints);
  }
  return complaints;
}

Complaints layers(const File& file) {
  Complaints complaints;
  if (in_gui(file)) return gui_layers(file);
  if (!in_sim(file)) return complaints;
  const std::string folder = folder_of(file.path);
  const int own = folder.empty() ? static_cast<int>(kLayers.size()) : layer_of(folder);
  if (own < 0) return {at(file, 1) + folder + " is no folder of sim"};
  const std::string code = code_of(file.text);
  static const std::regex include(R"(#include "(\w+)/)");
  for (std::sregex_iterator it(code.begin(), code.end(), include), end; it != end; ++it) {
    const std::string other = (*it)[1];
    const std::string place = at(file, line_of(code, static_cast<std::size_t>(it->position())));
    // The program itself has a window; the engine knows none.
    if (folder.empty() && other == "gui") continue;
    const int layer = layer_of(other);
    if (layer < 0) complaints.push_back(place + other + " is no folder of sim");
    if (layer > own) {
      complaints.push_back(place + folder + " must not include " + other +
                           ", which stands below it");
    }
  }
  return complaints;
}

Complaints headers(const File& file) {
  Complaints complaints;
  if (!file.path.ends_with(".h")) return complaints;
  if (!file.text.starts_with("// ")) {
    complaints.push_back(at(file, 1) + "a header begins with a comment that says what it is for");
  }
  if (file.text.find("\n#pragma once\n") == std::string::npos &&
      !file.text.starts_with("#pragma once\n")) {
    complaints.push_back(at(file, 1) + "no #pragma once");
  }
  return complaints;
}

// Put together here, because this file is looked at as well.
std::vector<std::string> unknown_to_readers() {
  std::vector<std::string> words;
  for (const auto& [head, tail] :
       std::initializer_list<std::pair<const char*, const char*>>{{"DESIGN", ".md"},
                                                                  {"CONVENTIONS", ".md"},
                                                                  {"DOMAIN", ".md"},
                                                                  {"SQLITE", ".md"},
                                                                  {"HAZARDS", ".md"},
                                                                  {"GUI", ".md"},
                                                                  {"/wo", "rk/"},
                                                                  {"/tm", "p/"},
                                                                  {"../sha", "red"},
                                                                  {"Cla", "ude"},
                                                                  {"Anth", "ropic"},
                                                                  {"Chat", "GPT"},
                                                                  {"Co", "pilot"},
                                                                  {"iss", "ue 2"}}) {
    words.push_back(std::string(head) + tail);
  }
  return words;
}

Complaints readable(const File& file) {
  Complaints complaints;
  std::istringstream lines(file.text);
  const std::string marks = std::string("TO") + "DO|FIX" + "ME|XX" + "X|HA" + "CK";
  const std::regex later("\\b(" + marks + ")\\b");
  static const std::regex document(R"(docs/[\w-]+\.md)");
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (std::regex_search(line, match, later)) {
      complaints.push_back(at(file, number) + "`" + match.str() + "`: finish it, or leave it out");
    }
    for (const std::string& word : unknown_to_readers()) {
      if (line.find(word) == std::string::npos) continue;
      complaints.push_back(at(file, number) + "`" + word + "` is nothing that a reader has");
    }
    if (file.path == "tests/tidy/tidy_test.cpp") continue;  // its samples
    for (std::sregex_iterator it(line.begin(), line.end(), document), end; it != end; ++it) {
      if (std::filesystem::exists(std::filesystem::path(PINDAH_SOURCE_DIR) / it->str())) continue;
      complaints.push_back(at(file, number) + it->str() + " is not there");
    }
  }
  return complaints;
}

}  // namespace pindah::tidy
