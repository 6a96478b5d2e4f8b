// One change of a scenario, addressed by name: what `--set`, `extends:` with `edits:` and hands at
// the window have in common. An edit is one line of text, and reads back to the same edit.
//
//   edit    := path `=` value            the value of a key; made where it is not there
//            | path (`+=` | `-=`) value  later or earlier; a quantity of the same unit, or a number
//            | path `*` number           a quantity, or every rate of `traffic`
//            | path `+` map [(`before` | `after`) step]      an entry of a list, or of a map
//            | [path] `-` step           an entry is taken out, with its comments
//   path    := step { `.` key | `[` name `]` }
//   step    := key | `[` name `]`
//   key     := letters, digits, `_` and, between these, `-`; in a list its number from 0
//   name    := what an entry is called: a step of the plan, a surprise, a line of the budget;
//              in double quotes where it has a bracket, a quote or blanks around it
//   value   := YAML on one line, or `@` and a text in double quotes: these bytes, with the blanks
//              before them, as they stood in a file (only the inverse of an edit says that)
//
//   plan[cutover of orders].drain = false        plan[cutover of orders].at += 8m
//   plan + { at: 9m, capture: [payments, orders] } before [cutover of orders]
//   plan - [verify of orders]                    plan[cutover of orders] - needs
//   traffic * 1.5                                settings.unpaid_for = 2h
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace pindah {

// A key, or the name of an entry in brackets.
struct PathStep {
  bool name = false;
  std::string text;

  auto operator<=>(const PathStep&) const = default;
};
using EditPath = std::vector<PathStep>;

enum class EditVerb : std::uint8_t { set, later, earlier, times, add, remove };
enum class EditPlace : std::uint8_t { last, before, after };

// Edits have an order (by what they address, then by what they do) and equality; where an edit was
// written does not count.
struct Edit {
  EditPath path;  // of remove: of what is taken out; empty only where all of the text is set
  EditVerb verb = EditVerb::set;
  std::string value;                  // YAML on one line; of remove none
  bool verbatim = false;              // `value` is bytes as they stood, not YAML on one line
  EditPlace place = EditPlace::last;  // of add
  PathStep beside;                    // of add before or after

  Place from;                // where its text begins; for mistakes
  std::string source;        // its text as written; for mistakes without a line
  std::size_t value_at = 0;  // where in its text the value begins

  bool operator==(const Edit& other) const { return (*this <=> other) == 0; }
  std::strong_ordering operator<=>(const Edit& other) const;
};

// The text of an edit; parse_edit() gives the same edit back.
std::string edit_text(const Edit& edit);
std::string path_text(const EditPath& path);

// Mistakes are at `from`, moved to their column in the text; where `from` has no line, they quote
// the text itself.
std::optional<Edit> parse_edit(std::string_view text, const Place& from, Problems& problems);

// The problem of an edit, at a byte of its text.
Problem edit_problem(const Edit& edit, std::size_t at, std::string what, std::string expected = {},
                     std::string hint = {});

// Edits of code, which knows names and values: `path` in the words above.
Edit set_edit(EditPath path, std::string value);
Edit add_edit(EditPath path, std::string map);
Edit remove_edit(EditPath path);
PathStep key_step(std::string key);
PathStep name_step(std::string name);

}  // namespace pindah
