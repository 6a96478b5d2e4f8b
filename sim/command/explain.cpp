#include "command/commands.h"
#include "command/exit_code.h"
#include "command/explanation.h"
#include "command/inputs.h"

namespace pindah {
namespace {

struct ExplainFlags {
  InputFlags input;
  bool yaml = false;
};

int explain(const ExplainFlags& flags, Session& session) {
  Problems problems;
  const Overrides overrides = overrides_of(flags.input, problems);
  if (problems.any()) {
    session.console.err(problems.text());
    return kBadInput;
  }
  int code = kWithin;
  for (const std::string& file : flags.input.files) {
    Problems found;
    const std::optional<ScenarioAndWorld> input = read_scenario(file, overrides, found);
    if (!input) {
      session.console.err(found.text());
      code = kBadInput;
      continue;
    }
    session.console.out(flags.yaml ? input->scenario.effective_yaml
                                   : explanation(input->scenario, input->world));
  }
  return code;
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("explain", "Say in words what a plan will do, and when");
  const auto flags = std::make_shared<ExplainFlags>();
  command->add_option("FILE", flags->input.files, "Scenario files")->required();
  add_input_flags(*command, flags->input);
  command->add_flag("--yaml", flags->yaml, "Print the scenario with every default written out");
  command->callback([flags, &session] {
    session.action = [flags, &session] { return explain(*flags, session); };
  });
}

}  // namespace pindah
