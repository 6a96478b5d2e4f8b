#include "edit/names.h"

#include <algorithm>

#include "scenario/parse.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah {
namespace {

std::vector<std::string> texts_of(const Layout& node) {
  if (node.kind == Layout::Kind::scalar) return {node.text};
  std::vector<std::string> texts;
  for (const Layout::Entry& entry : node.entries) texts.push_back(entry.value.text);
  return texts;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) all += i + 1 == words.size() ? " and " : ", ";
    all += words[i];
  }
  return all;
}

// Pages by their names, or by what they count as, as the reader lists them.
std::vector<std::string> pages_of(const Layout& node, const World& world) {
  std::vector<std::string> names;
  for (const std::string& text : texts_of(node)) {
    for (const Page& page : world.pages) {
      if (page.name == text || page.as == text) names.push_back(page.name);
    }
  }
  return names;
}

// Null: it is no step.
const StepSpec* spec_in(const Layout& step) {
  const StepSpec* found = nullptr;
  for (const StepSpec& spec : step_specs()) {
    if (step.get(spec.word) == nullptr) continue;
    if (spec.composite) return &spec;
    if (found == nullptr) found = &spec;
  }
  return found;
}

std::string step_name(const Layout& step, const World& world) {
  const StepSpec* spec = spec_in(step);
  if (spec == nullptr) return {};
  const Layout& of = *step.get(spec->word);
  std::vector<std::string> names;
  if (spec->of == Of::services) names = texts_of(of);
  if (spec->of == Of::pages) names = pages_of(of, world);
  return names.empty() ? spec->word : spec->word + " of " + joined(names);
}

std::string surprise_name(const Layout& surprise) {
  for (const std::string& word : surprise_words()) {
    if (const Layout* what = surprise.get(word)) return word + " " + what->text;
  }
  return {};
}

std::vector<EntryName> with_numbers(std::vector<EntryName> names) {
  std::vector<std::string> taken;
  for (EntryName& entry : names) {
    if (entry.name.empty()) continue;
    const auto same = [&](const EntryName& other) { return other.name == entry.name; };
    entry.shared = entry.shared || std::count_if(names.begin(), names.end(), same) > 1;
  }
  for (EntryName& entry : names) {
    if (entry.name.empty()) continue;
    entry.name = unique_name(entry.name, taken);
    taken.push_back(entry.name);
  }
  return names;
}

}  // namespace

NamesOf names_in(const World& world) {
  return [&world](const std::string& key, const Layout& list) {
    std::vector<EntryName> names;
    if (key != "plan" && key != "surprises") return names;
    for (const Layout::Entry& entry : list.entries) {
      const Layout* given = entry.value.get("name");
      if (given != nullptr && given->kind == Layout::Kind::scalar) {
        names.push_back({given->text, false});
      } else {
        names.push_back(
            {key == "plan" ? step_name(entry.value, world) : surprise_name(entry.value), false});
      }
    }
    return with_numbers(std::move(names));
  };
}

}  // namespace pindah
