#include <map>
#include <regex>
#include <sstream>

#include "tests/tidy/rules.h"

namespace pindah::tidy {
namespace {

// Follows the namespaces of a file by the lines that open and close them, as clang-format writes
// them.
class Spaces {
 public:
  // Whether the line was about one.
  bool take(const std::string& line) {
    static const std::regex opens("^namespace ?([\\w:]*) ?\\{");
    std::smatch found;
    if (std::regex_search(line, found, opens)) {
      open_.push_back(found[1].str());
      return true;
    }
    if (!line.starts_with("}  // namespace")) return false;
    if (!open_.empty()) open_.pop_back();
    return true;
  }
  // Of a file alone: what stands here is nobody else's.
  bool hidden() const {
    for (const std::string& name : open_)
      if (name.empty()) return true;
    return false;
  }
  std::string name_of(const std::string& thing) const {
    std::string all;
    for (const std::string& name : open_) all += name + "::";
    return all + thing;
  }

 private:
  std::vector<std::string> open_;
};

// What a line defines for all to see: a type, or in a header a function; empty: nothing.
std::string defined(const std::string& line, bool header) {
  static const std::regex type(
      "^(?:template <.*> )?(?:struct|class|enum class|enum) (\\w+)(?: final)?(?: :[^:;][^;{]*)?"
      "(?: \\{.*)?$");
  static const std::regex function("^inline (?:[^=;(]*[ &*])?(\\w+)\\(");
  std::smatch found;
  if (std::regex_search(line, found, type)) return found[1];
  return header && std::regex_search(line, found, function) ? found[1].str() : "";
}

}  // namespace

std::string defined_twice(const std::vector<File>& files) {
  std::map<std::string, std::string> seen;
  std::string all;
  for (const File& file : files) {
    if (!is_cpp(file.path)) continue;
    Spaces spaces;
    std::istringstream lines(file.text), code(code_of(file.text));
    for (std::string line, bare; std::getline(lines, line) && std::getline(code, bare);) {
      if (spaces.take(line) || spaces.hidden()) continue;
      const std::string thing = defined(bare, file.path.ends_with(".h"));
      if (thing.empty()) continue;
      const auto [at, fresh] = seen.try_emplace(spaces.name_of(thing), file.path);
      if (!fresh && at->second != file.path)
        all += at->first + " in " + at->second + " and " + file.path + "\n";
    }
  }
  return all;
}

}  // namespace pindah::tidy
