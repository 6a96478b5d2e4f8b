// Rules of style as functions of a file's text, so that each can be shown to bite.
#pragma once

#include <string>
#include <vector>

namespace pindah::tidy {

struct File {
  std::string path;  // from the repository's root
  std::string text;
};

// What a rule has against a file: "path:line: complaint".
using Complaints = std::vector<std::string>;
using Rule = Complaints (*)(const File& file);

Complaints lengths(const File& file);      // of lines, functions and the file
Complaints determinism(const File& file);  // what sim/ must not use
Complaints layers(const File& file);       // which folders of sim/ and of gui/ include which
Complaints headers(const File& file);      // comment first, then #pragma once
Complaints readable(const File& file);     // marks of unfinished work, references that lead nowhere

// Types that two files define, and functions that two headers define, in one namespace that both
// show to the linker, which merges them without a word: a line each.
std::string defined_twice(const std::vector<File>& files);

// Words that mean nothing to somebody who has the repository alone.
std::vector<std::string> unknown_to_readers();

// "path:line: ", as a complaint begins.
std::string at(const File& file, int line);

// C++ text with its comments and what stands between quotes blanked out; lines stay lines.
std::string code_of(const std::string& text);
bool is_cpp(const std::string& path);

}  // namespace pindah::tidy
