#include <algorithm>
#include <sstream>

#include "tests/tidy/rules.h"

namespace pindah::tidy {
namespace {

constexpr std::size_t kColumns = 100;
constexpr int kFunction = 70;
constexpr int kFile = 600;

std::size_t columns_of(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

// What stands before a brace decides what the brace opens.
enum class Block { scope, function, other };
Block block_of(const std::string& head) {
  for (const char* word : {"namespace", "class ", "struct ", "enum ", "union ", "extern "}) {
    const std::size_t found = head.find(word);
    const bool whole = found == 0 || (found != std::string::npos && head[found - 1] == ' ');
    if (whole && head.find('(') == std::string::npos) return Block::scope;
  }
  const std::size_t equals = head.find('=');
  const std::size_t paren = head.find('(');
  if (paren == std::string::npos || equals < paren) return Block::other;
  return Block::function;
}

// Follows the braces of code; a function is a block with a parameter list among scopes.
class Functions {
 public:
  Functions(const File& file, Complaints& complaints) : file_(file), complaints_(complaints) {}

  void read(const std::string& code) {
    for (char c : code) {
      if (c == '\n') ++line_;
      if (c == '{') {
        open();
      } else if (c == '}') {
        close();
      } else if (c == ';') {
        begin_again();
      } else if (!head_.empty() || !std::isspace(static_cast<unsigned char>(c))) {
        if (head_.empty()) head_line_ = line_;
        head_ += c == '\n' ? ' ' : c;
      }
    }
  }

 private:
  struct Open {
    Block block;
    int line;
  };

  void open() {
    const bool among_scopes = std::all_of(
        open_.begin(), open_.end(), [](const Open& open) { return open.block == Block::scope; });
    Block block = among_scopes ? block_of(head_) : Block::other;
    open_.push_back({block, head_line_});
    begin_again();
  }
  void close() {
    if (!open_.empty()) {
      const Open last = open_.back();
      open_.pop_back();
      const int lines = line_ - last.line + 1;
      if (last.block == Block::function && lines > kFunction) {
        complaints_.push_back(at(file_, last.line) + "a function of " + std::to_string(lines) +
                              " lines, at most " + std::to_string(kFunction));
      }
    }
    begin_again();
  }
  void begin_again() { head_.clear(); }

  const File& file_;
  Complaints& complaints_;
  std::vector<Open> open_;
  std::string head_;
  int head_line_ = 1;
  int line_ = 1;
};

// Preprocessor lines take no part in braces.
std::string without_directives(const std::string& code) {
  std::istringstream lines(code);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += (line[0] == '#' ? "" : line) + "\n";
  return out;
}

// SQL and YAML of the worlds.
bool is_of_a_world(const std::string& path) {
  return (path.starts_with("data/") || path.starts_with("tests/worlds/")) &&
         (path.ends_with(".sql") || path.ends_with(".yaml"));
}

}  // namespace

Complaints lengths(const File& file) {
  Complaints complaints;
  if (!is_cpp(file.path) && !is_of_a_world(file.path)) return complaints;
  std::istringstream lines(file.text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::size_t columns = columns_of(line);
    if (columns > kColumns) {
      complaints.push_back(at(file, number) + std::to_string(columns) + " columns, at most " +
                           std::to_string(kColumns));
    }
  }
  if (!is_cpp(file.path)) return complaints;
  if (number > kFile) {
    complaints.push_back(at(file, number) + std::to_string(number) + " lines, at most " +
                         std::to_string(kFile));
  }
  Functions(file, complaints).read(without_directives(code_of(file.text)));
  return complaints;
}

}  // namespace pindah::tidy
