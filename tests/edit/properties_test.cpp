// What holds of every scenario and every edit, drawn by chance (tests/edit/generators.h).
#include "scenario/write.h"
#include "tests/edit/bench.h"
#include "tests/edit/generators.h"
#include "tests/edit/property.h"

using namespace pindah;
using namespace pindah::test;

namespace {

std::optional<Layout> layout_of(const std::string& text) {
  const std::optional<Layout> layout = lay_out(text);
  RC_ASSERT(layout.has_value());
  return layout;
}

// By names where there are some, as people write it.
EditPath by_name(EditPath path, const Layout& root) {
  if (path.size() < 2 || path[0].name) return path;
  const Layout* list = root.get(path[0].text);
  const NamesOf names = names_in(shop());
  const std::vector<EntryName> known =
      list == nullptr ? std::vector<EntryName>() : names(path[0].text, *list);
  const std::size_t number = std::strtoul(path[1].text.c_str(), nullptr, 10);
  if (number < known.size() && !known[number].shared && !known[number].name.empty())
    path[1] = name_step(known[number].name);
  return path;
}

std::optional<Scenario> read_again(const std::string& text, std::string& mistakes) {
  ReadText read = read_text(text);
  mistakes = read.mistakes;
  return std::move(read.scenario);
}

}  // namespace

TEST_CASE("a scenario that is written is read again as the same", "[edit][properties]") {
  int good = 0;
  holds("read(write(s)) is s", [&] {
    std::string mistakes;
    const auto scenario = read_again(any_scenario(), mistakes);
    RC_ASSERT(scenario.has_value() != !mistakes.empty());
    if (!scenario) return;
    ++good;
    const std::string written = write_scenario(*scenario, shop());
    const auto again = read_again(written, mistakes);
    RC_LOG(mistakes);
    RC_ASSERT(again.has_value());
    RC_ASSERT(write_scenario(*again, shop()) == written);
  });
  CHECK(good > 10);  // or the property said nothing
}

TEST_CASE("an edit and its inverse give the same bytes", "[edit][properties]") {
  int done = 0;
  holds("the inverse undoes", [&] {
    const std::string text = any_scenario();
    RC_LOG(text);
    Edit edit = any_edit(*layout_of(text));
    if (one_in(2)) edit.path = by_name(edit.path, *layout_of(text));
    edit.source = edit_text(edit);
    RC_LOG(edit.source);
    Problems problems;
    SourceText source{text, Origins("night.yaml", text)};
    const auto inverse = apply_edit(edit, names_in(shop()), source, problems);
    RC_ASSERT(inverse.has_value() != problems.any());
    if (!inverse) {
      RC_ASSERT(source.text == text);
      return;
    }
    ++done;
    RC_ASSERT(lay_out(source.text).has_value());
    RC_ASSERT(parse_yaml(source.text, source.origins, problems).has_value());
    const auto again = parse_edit(edit_text(*inverse), {}, problems);
    RC_LOG(edit_text(*inverse));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *inverse);
    RC_ASSERT(apply_edit(*again, names_in(shop()), source, problems).has_value());
    RC_ASSERT(source.text == text);
  });
  CHECK(done > 50);
}

TEST_CASE("a value that is set is what is read there, and nothing else has changed",
          "[edit][properties]") {
  holds("set sets", [] {
    const std::string text = any_scenario();
    const Layout before = *layout_of(text);
    const EditPath path = any_path(before);
    const std::string word = any_word_of_yaml();
    RC_LOG(text + "\n" + path_text(path) + " = " + word);
    Problems problems;
    SourceText source{text, Origins("night.yaml", text)};
    if (!apply_edit(set_edit(path, word), names_in(shop()), source, problems)) return;
    Layout after = *layout_of(source.text);
    const Layout* value = &after;
    Layout expected = before;
    Layout* into = &expected;
    for (const PathStep& step : path) {
      const std::size_t at = value->kind == Layout::Kind::list
                                 ? std::strtoul(step.text.c_str(), nullptr, 10)
                                 : static_cast<std::size_t>(value->find(step.text));
      RC_ASSERT(at < value->entries.size());
      value = &value->entries[at].value;
      if (into == nullptr) continue;
      const bool list = into->kind == Layout::Kind::list;
      const int entry = list ? static_cast<int>(at) : into->find(step.text);
      into = entry < 0 ? nullptr : &into->entries[static_cast<std::size_t>(entry)].value;
    }
    const Layout wanted = *layout_of(word);
    RC_ASSERT(same_values(*value, wanted));
    if (into == nullptr) return;
    *into = wanted;
    RC_ASSERT(same_values(after, expected));
  });
}

TEST_CASE("an edit's text is read back as the same edit", "[edit][properties]") {
  holds("parse(text(e)) is e", [] {
    const Edit edit = any_edit(*layout_of(any_scenario()));
    Problems problems;
    const auto again = parse_edit(edit_text(edit), {}, problems);
    RC_LOG(edit_text(edit) + "\n" + problems.text());
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == edit);
    RC_ASSERT(edit_text(*again) == edit_text(edit));
  });
}

TEST_CASE("random plans and random edits end as a scenario or as mistakes", "[edit][properties]") {
  int good = 0;
  holds("nothing crashes", [&] {
    std::string text = any_scenario();
    SourceText source{text, Origins("night.yaml", text)};
    for (std::int64_t i = below(6); i > 0; --i) {
      Problems problems;
      const Edit edit = any_edit(*layout_of(source.text));
      RC_LOG(edit_text(edit));
      apply_edit(edit, names_in(shop()), source, problems);
    }
    std::string mistakes;
    const auto scenario = read_again(source.text, mistakes);
    RC_ASSERT(scenario.has_value() == mistakes.empty());
    if (scenario) ++good;
    RC_LOG(source.text);
    // Names are those that the reader gives.
    const Layout root = *layout_of(source.text);
    const Layout* plan = root.get("plan");
    if (!scenario || plan == nullptr) return;
    const std::vector<EntryName> names = names_in(shop())("plan", *plan);
    RC_ASSERT(names.size() == scenario->plan.size());
    for (std::size_t i = 0; i < names.size(); ++i)
      RC_ASSERT(names[i].name == scenario->plan[i].name);
  });
  CHECK(good > 5);
}

TEST_CASE("any bytes are an edit or a mistake", "[edit][properties]") {
  holds("parse_edit never crashes", [] {
    constexpr const char* kBits[] = {"plan", "[", "]", "\"", "@",       "=", "+", "-",
                                     "*",    "{", "}", " ",  "at",      ":", ",", "'",
                                     "#",    ".", "5", "\\", "before ", "ü"};
    std::string text;
    for (std::int64_t i = below(14); i > 0; --i) text += one_of(kBits);
    Problems problems;
    const auto edit = parse_edit(text, {}, problems);
    RC_LOG(text);
    RC_ASSERT(edit.has_value() != problems.any());
    if (!edit) return;
    const auto again = parse_edit(edit_text(*edit), {}, problems);
    RC_LOG(edit_text(*edit) + problems.text());
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *edit);
  });
}
