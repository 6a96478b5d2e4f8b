#include "tests/docs/made.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace pindah::docs {
namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string escaped(const std::string& cell) {
  std::string text;
  for (const char c : cell) text += c == '|' ? std::string("\\|") : std::string(1, c);
  return text;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + escaped(cell) + " |";
  return line + "\n";
}

}  // namespace

std::string table(const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows) {
  std::string text = line_of(head) + "|";
  for (std::size_t i = 0; i < head.size(); ++i) text += "---|";
  text += "\n";
  for (const std::vector<std::string>& row : rows) text += line_of(row);
  return text;
}

void check_made(const std::string& file, const std::string& name, const std::string& text) {
  const std::string path = std::string(PINDAH_SOURCE_DIR "/docs/") + file;
  std::string manual = read(path);
  const std::size_t mark = manual.find("<!-- made: " + name + " ");
  INFO(file << " has no part `made: " << name << "`");
  REQUIRE(mark != std::string::npos);
  const std::size_t begin = manual.find('\n', mark) + 1;
  const std::size_t end = manual.find("<!-- made: end -->", begin);
  REQUIRE(end != std::string::npos);
  if (std::getenv("PINDAH_WRITE") != nullptr) {
    manual.replace(begin, end - begin, text);
    std::ofstream(path, std::ios::binary) << manual;
  } else {
    CHECK(manual.substr(begin, end - begin) == text);
  }
}

}  // namespace pindah::docs
