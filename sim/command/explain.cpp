#include <filesystem>

#include "command/commands.h"
#include "command/exit_code.h"
#include "command/explanation.h"
#include "command/inputs.h"
#include "metrics/cursor.h"
#include "scenario/vocabulary/reference.h"
#include "world/load.h"

namespace pindah {
namespace {

struct ExplainFlags {
  InputFlags input;
  bool yaml = false, reference = false;
};

// `explain copy`: what a step or a surprise is; a file of that name goes before.
std::optional<std::string> of_word(const std::string& word) {
  return std::filesystem::exists(word) ? std::nullopt : reference_of(word);
}

// What is neither a file nor a word, and looks like a word.
bool misspelt(const std::string& word, Problems& problems) {
  std::error_code error;
  if (word.find_first_of("/.") != std::string::npos || std::filesystem::exists(word, error))
    return false;
  problems.add({word, 0, 0}, "there is no such file, and no such word in a scenario",
               "a file, or one of: " + listed(reference_words()),
               did_you_mean(word, reference_words()));
  return true;
}

// The text of one FILE or WORD, or nothing and what is wrong with it.
std::optional<std::string> explained(const std::string& file, const ExplainFlags& flags,
                                     const Overrides& overrides, Problems& problems) {
  if (auto text = of_word(file)) return text;
  if (misspelt(file, problems)) return std::nullopt;
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    const std::optional<World> world = load_world(file, problems);
    return world ? std::optional(explanation(*world)) : std::nullopt;
  }
  const std::optional<ScenarioAndWorld> input = read_scenario(file, overrides, problems);
  if (!input) return std::nullopt;
  return flags.yaml ? input->scenario.effective_yaml : explanation(input->scenario, input->world);
}

int explain(const ExplainFlags& flags, Session& session) {
  if (flags.reference) {
    session.console.out(step_reference() + "\n" + surprise_reference());
    return kWithin;
  }
  if (flags.input.files.empty()) {
    session.console.err("pindah: explain needs a FILE or a WORD\n");
    return kBadInput;
  }
  Problems problems;
  const Overrides overrides = overrides_of(flags.input, problems);
  if (problems.any()) {
    session.console.err(problems.text());
    return kBadInput;
  }
  int code = kWithin;
  for (const std::string& file : flags.input.files) {
    Problems found;
    if (const auto text = explained(file, flags, overrides, found)) {
      session.console.out(*text);
    } else {
      session.console.err(found.text());
      code = kBadInput;
    }
  }
  return code;
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "explain", "Say in words what a plan will do, and when; of a world, its moves");
  const auto flags = std::make_shared<ExplainFlags>();
  command->add_option(
      "FILE", flags->input.files,
      "Scenario files or world folders; or a word of a scenario: " + listed(reference_words()));
  add_input_flags(*command, flags->input);
  command->add_flag("--effective,--yaml", flags->yaml,
                    "Print the scenario in full: what it extends, and every default, written out");
  command->add_flag("--reference", flags->reference,
                    "Print what there is to say of every step and every surprise");
  command->callback([flags, &session] {
    session.action = [flags, &session] { return explain(*flags, session); };
  });
}

}  // namespace pindah
