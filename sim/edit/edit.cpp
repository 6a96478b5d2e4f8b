#include "edit/edit.h"

#include <algorithm>
#include <tuple>

#include "scenario/format.h"

namespace pindah {
namespace {

auto parts_of(const Edit& edit) {
  return std::tie(edit.path, edit.verb, edit.value, edit.verbatim, edit.place, edit.beside);
}

// A name that could be taken for something else stands in quotes.
std::string name_text(const std::string& name) {
  const bool plain =
      !name.empty() && name.front() != ' ' && name.back() != ' ' &&
      std::none_of(name.begin(), name.end(), [](char c) {
        return c == '[' || c == ']' || c == '"' || static_cast<unsigned char>(c) < ' ';
      });
  return "[" + (plain ? name : in_quotes(name)) + "]";
}

std::string step_text(const PathStep& step) { return step.name ? name_text(step.text) : step.text; }

std::string value_text(const Edit& edit) {
  return edit.verbatim ? "@" + in_quotes(edit.value) : edit.value;
}

std::string_view sign_of(EditVerb verb) {
  constexpr std::string_view kSigns[] = {"=", "+=", "-=", "*", "+", "-"};
  return kSigns[static_cast<std::size_t>(verb)];
}

}  // namespace

std::strong_ordering Edit::operator<=>(const Edit& other) const {
  return parts_of(*this) <=> parts_of(other);
}

std::string path_text(const EditPath& path) {
  std::string text;
  for (const PathStep& step : path) {
    if (!step.name && !text.empty()) text += '.';
    text += step_text(step);
  }
  return text;
}

std::string edit_text(const Edit& edit) {
  if (edit.verb == EditVerb::remove) {
    const std::string of = path_text({edit.path.begin(), edit.path.end() - 1});
    return of + (of.empty() ? "- " : " - ") + step_text(edit.path.back());
  }
  std::string text = path_text(edit.path);
  text += (text.empty() ? "" : " ") + std::string(sign_of(edit.verb)) + " " + value_text(edit);
  if (edit.place == EditPlace::last) return text;
  return text + (edit.place == EditPlace::before ? " before " : " after ") + step_text(edit.beside);
}

Problem edit_problem(const Edit& edit, std::size_t at, std::string what, std::string expected,
                     std::string hint) {
  Place place = edit.from;
  place.column += static_cast<int>(at) + (place.column == 0 ? 1 : 0);
  return {place, std::move(what), std::move(expected), std::move(hint),
          place.line <= 0 ? edit.source : ""};
}

PathStep key_step(std::string key) { return {false, std::move(key)}; }
PathStep name_step(std::string name) { return {true, std::move(name)}; }

Edit set_edit(EditPath path, std::string value) {
  Edit edit;
  edit.path = std::move(path);
  edit.value = std::move(value);
  edit.source = edit_text(edit);
  return edit;
}

Edit add_edit(EditPath path, std::string map) {
  Edit edit = set_edit(std::move(path), std::move(map));
  edit.verb = EditVerb::add;
  edit.source = edit_text(edit);
  return edit;
}

Edit remove_edit(EditPath path) {
  Edit edit = set_edit(std::move(path), {});
  edit.verb = EditVerb::remove;
  edit.source = edit_text(edit);
  return edit;
}

}  // namespace pindah
