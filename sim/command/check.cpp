#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "command/commands.h"
#include "command/exit_code.h"
#include "command/inputs.h"
#include "edit/budget_sets.h"
#include "report/report.h"
#include "world/load.h"

namespace pindah {
namespace {

using Json = nlohmann::ordered_json;

struct CheckFlags {
  InputFlags input;
  bool json = false;
};

std::string world_line(const World& world) {
  const auto copied = std::count_if(world.moves.begin(), world.moves.end(),
                                    [](const Move& move) { return move.copied; });
  return fmt::format("world \"{}\": {} services, {} calls, {} pages, {} moves{}", world.title,
                     world.services.size(), world.calls.size(), world.pages.size(),
                     world.moves.size(),
                     copied > 0 ? fmt::format(" ({} of tables copied as they are)", copied) : "");
}

// What a file or folder is, in a line; nothing when it has problems.
std::optional<std::string> look_at(const std::string& path, const Overrides& overrides,
                                   Problems& problems, std::string& warnings) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    const std::optional<World> world = load_world(path, problems);
    if (world) check_budget_sets(*world, problems);
    if (!world || problems.any()) return {};
    for (const Problem& warning : world->warnings) {
      Problems one;
      one.add(warning);
      warnings += "warning: " + one.text();
    }
    return world_line(*world);
  }
  const std::optional<ScenarioAndWorld> input = read_scenario(path, overrides, problems);
  if (!input) return {};
  const Scenario& scenario = input->scenario;
  warnings = warnings_text(*input);
  Problems to_name;
  for (const Problem& asked : steps_to_name(*input)) to_name.add(asked);
  if (to_name.any()) warnings += "warning: " + to_name.text();
  return fmt::format("scenario \"{}\": {} steps, {} surprises, {} budget lines", scenario.title,
                     scenario.plan.size(), scenario.surprises.size(), scenario.budget.size());
}

// A folder that is no world stands for the scenarios in it.
std::vector<std::string> files_of(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::vector<std::string> inside;
    std::error_code error;
    if (fs::is_directory(path, error) && !fs::exists(fs::path(path) / "world.yaml", error))
      for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".yaml") inside.push_back(it->path().string());
    std::sort(inside.begin(), inside.end());
    if (inside.empty()) inside.push_back(path);
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

Json problem_json(const Problem& problem) {
  return {{"file", problem.place.file},     {"line", problem.place.line},
          {"column", problem.place.column}, {"what", problem.what},
          {"expected", problem.expected},   {"hint", problem.hint}};
}

int check(const CheckFlags& flags, Session& session) {
  Problems line_problems;
  const Overrides overrides = overrides_of(flags.input, line_problems);
  if (line_problems.any()) {
    session.console.err(line_problems.text());
    return kBadInput;
  }
  int code = kWithin;
  Json found = Json::array();
  std::vector<std::string> annotations;
  for (const std::string& path : files_of(flags.input.files)) {
    Problems problems;
    std::string warnings;
    const std::optional<std::string> summary = look_at(path, overrides, problems, warnings);
    if (!summary) code = kBadInput;
    for (const Problem& problem : problems.list()) found.push_back(problem_json(problem));
    const std::vector<std::string> commands = github_commands(problems);
    annotations.insert(annotations.end(), commands.begin(), commands.end());
    if (flags.json) continue;
    session.console.err(problems.text());
    if (!session.quiet) session.console.err(warnings);
    if (summary && !session.quiet) {
      session.console.out(plain_text("ok  " + path + ": " + *summary) + "\n");
    }
  }
  if (flags.json) {
    session.console.out(found.dump(2, ' ', true, Json::error_handler_t::replace) + "\n");
  }
  if (session.console.on_github()) {
    session.console.annotate(github_annotations(annotations), flags.json);
  }
  return code;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("check", "Read scenarios or world folders and list every mistake");
  const auto flags = std::make_shared<CheckFlags>();
  command
      ->add_option("FILE", flags->input.files,
                   "Scenario files, world folders, or folders of scenarios")
      ->required();
  add_input_flags(*command, flags->input);
  command->add_flag("--json", flags->json, "Print the mistakes as JSON");
  command->callback(
      [flags, &session] { session.action = [flags, &session] { return check(*flags, session); }; });
}

}  // namespace pindah
