// Edits as tests write them down: a path and the value that it is set to, as `--set` has them.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "edit/edit.h"

namespace pindah::test {

using Sets = std::vector<std::pair<std::string, std::string>>;

inline Edit edit_of(const std::string& text) {
  Problems problems;
  const auto edit = parse_edit(text, {"--set", 0, 0}, problems);
  if (!edit) throw std::runtime_error(problems.text());
  return *edit;
}

inline std::vector<Edit> edits_of(const Sets& sets) {
  std::vector<Edit> edits;
  for (const auto& [path, value] : sets) edits.push_back(edit_of(path + "=" + value));
  return edits;
}

}  // namespace pindah::test
