#include "command/commands.h"
#include "command/exit_code.h"
#include "command/schema_texts.h"

namespace pindah {

void add_schema(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "schema", "Print the JSON Schema of scenarios, or of a world's files, for an editor");
  const auto what = std::make_shared<std::string>("scenario");
  command->add_option("WHAT", *what, "scenario (the default) or world")
      ->check(CLI::IsMember({"scenario", "world"}));
  command->callback([what, &session] {
    session.action = [what, &session] {
      session.console.out(*what == "world" ? std::string(world_schema()) : scenario_schema());
      return int{kWithin};
    };
  });
}

}  // namespace pindah
