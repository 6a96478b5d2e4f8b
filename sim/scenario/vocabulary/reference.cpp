#include "scenario/vocabulary/reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/vocabulary/parts.h"
#include "scenario/vocabulary/steps.h"
#include "scenario/vocabulary/surprises.h"

namespace pindah {
namespace {

constexpr std::size_t kColumns = 100;

// Broken at blanks; further lines stand below the first one's text.
std::string wrapped(const std::string& text, const std::string& bullet) {
  const std::string indent(bullet.size(), ' ');
  std::string out, line = bullet;
  bool empty = true;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    const std::string word = text.substr(from, end - from);
    if (!empty && line.size() + 1 + word.size() > kColumns) {
      out += line + "\n";
      line = indent;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
    from = end + 1;
  }
  return out + line + "\n";
}

std::string capital(std::string sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

std::string default_of(const Field& field, const void* usual) {
  if (!field.derived.empty()) return field.derived;
  if (field.needed || field.type == FieldType::partition) return {};
  const std::optional<std::string> value = written(field, usual, {});
  return value ? "`" + *value + "`" : "";
}

// "a, b and c".
std::string all_of(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

// "`hold` (the default) or `refuse`", "1 to 64, by default `1`".
std::string values_text(const Field& field, const void* usual) {
  const std::string otherwise = default_of(field, usual);
  std::vector<std::string> words;
  for (const std::string& word : words_of(field)) {
    const std::string quoted = "`" + word + "`";
    words.push_back(quoted == otherwise ? quoted + " (the default)" : quoted);
  }
  const bool said = !field.derived.empty() || words.empty();
  std::string text = words.empty() ? values_of(field) : either(words);
  if (said && !otherwise.empty()) text += ", by default " + otherwise;
  return capital(std::move(text)) + ".";
}

std::string dangers_text(const Field& field) {
  std::vector<std::string> known;
  for (const Danger& danger : field.dangers) {
    const bool word = !words_of(field).empty();
    known.push_back((word ? "`" + danger.value + "`" : danger.value) + ", " + danger.why);
  }
  return known.empty() ? "" : fmt::format("Known to hurt: {}.", fmt::join(known, "; "));
}

// A sentence a line.
std::string fields_text(const std::vector<Field>& fields, const void* usual) {
  std::string text;
  for (const Field& field : fields) {
    text += wrapped(fmt::format("`{}`: {}.", field.key, field.sentence), "- ");
    text += wrapped(values_text(field, usual), "  ");
    const std::string dangers = dangers_text(field);
    if (!dangers.empty()) text += wrapped(dangers, "  ");
  }
  return text;
}

std::string need_text(Need need) {
  switch (need) {
    case Need::captured:
      return "a capture before";
    case Need::copied:
      return "a copy before";
    case Need::way_there:
      return "a move of the world from the source";
    case Need::way_back:
      return "a move of the world from the target";
    case Need::moved_over:
      return "that the target owns it, or a part of it";
    case Need::not_retired:
      return "that the source is not retired";
    case Need::not_all_moved:
      return "that not all of it has been cut over";
  }
  return {};
}

std::string needs_text(const StepSpec& spec) {
  std::vector<std::string> needs;
  for (const Requirement& one : spec.needs)
    needs.push_back(need_text(one.need) +
                    (one.said_where.empty() ? "" : " (" + one.said_where + ")"));
  return needs.empty() ? "" : wrapped("It needs " + all_of(needs) + ".", "");
}

std::string of_text(const StepSpec& spec) {
  switch (spec.of) {
    case Of::services:
      return "SERVICES";
    case Of::pages:
      return "PAGES";
    case Of::text:
      break;
  }
  return "TEXT";
}

std::string text_of(const StepSpec& spec, const PlanStep& usual) {
  std::string text = fmt::format("#### `{}: {}`\n\n", spec.word, of_text(spec));
  text += wrapped(capital(spec.sentence) + ".", "") + needs_text(spec);
  for (const PlanDanger& danger : spec.dangers)
    text += wrapped("A plan is warned of where " + danger.why + ".", "");
  if (!spec.fields.empty()) text += "\n" + fields_text(spec.fields, spec.in(usual));
  return text;
}

std::string text_of(const SurpriseSpec& spec) {
  std::vector<std::string> parts;
  for (const PartKind kind : spec.parts) parts.push_back(word_of(kind));
  std::string text = fmt::format("#### `{}:` {}\n\n", spec.word, either(parts));
  text += wrapped(capital(spec.sentence) + ".", "");
  const Surprise usual;
  if (!spec.fields.empty()) text += "\n" + fields_text(spec.fields, &usual);
  return text;
}

}  // namespace

std::string described(const Field& field, const void* usual) {
  std::string text = field.sentence;
  const std::string values = values_of(field);
  if (!values.empty()) text += "; " + values;
  const std::string otherwise = default_of(field, usual);
  return text + (otherwise.empty() ? "" : ", by default " + otherwise);
}

std::optional<std::string> reference_of(const std::string& word) {
  for (std::size_t i = 0; i < step_specs().size(); ++i)
    if (step_specs()[i].word == word)
      return text_of(step_specs()[i], step_of(static_cast<StepKind>(i)));
  for (const SurpriseSpec& spec : surprise_specs())
    if (spec.word == word) return text_of(spec);
  return {};
}

std::vector<std::string> reference_words() {
  std::vector<std::string> words = step_words();
  for (const std::string& word : surprise_words()) words.push_back(word);
  return words;
}

std::string step_reference() {
  const PlanStep usual;
  std::string text = "Every step has:\n\n" + fields_text(common_step_fields(), &usual);
  for (const std::string& word : step_words()) text += "\n" + *reference_of(word);
  return text;
}

std::string surprise_reference() {
  const Surprise usual;
  std::string text = "Every surprise has:\n\n" + fields_text(common_surprise_fields(), &usual);
  for (const std::string& word : surprise_words()) text += "\n" + *reference_of(word);
  return text;
}

}  // namespace pindah
