#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/shell.h"
#include "command/commands.h"
#include "command/exit_code.h"
#include "command/scaffold.h"
#include "command/schema_texts.h"
#include "scenario/find_world.h"
#include "world/load.h"

namespace pindah {
namespace {

namespace fs = std::filesystem;

int refuse(Session& session, const std::string& what) {
  session.console.err("pindah: " + plain_text(what) + "\n");
  return kBadInput;
}

// Nothing when it was written; otherwise why not. An existing file is never overwritten.
std::string write_new(const fs::path& path, std::string_view text) {
  std::error_code error;
  if (fs::exists(path, error)) return path.string() + " exists already; nothing was overwritten";
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  errno = 0;
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return "cannot write " + path.string() +
         (errno != 0 ? fmt::format(": {}", std::strerror(errno)) : "");
}

int new_scenario(const std::string& file, const std::string& world_name, Session& session) {
  Problems problems;
  const auto folder = find_world(world_name, {"--world", 0, 0}, file, problems);
  const std::optional<World> world = folder ? load_world(*folder, problems) : std::nullopt;
  if (!world) {
    session.console.err(problems.text());
    return kBadInput;
  }
  const std::string title = fs::path(file).stem().string();
  const std::string failure = write_new(file, scaffold_scenario(title, world_name, *world));
  if (!failure.empty()) return refuse(session, failure);
  // What its first line names, for completion in an editor; one that is there stays.
  const fs::path schema = fs::path(file).parent_path() / "scenario.schema.json";
  std::error_code error;
  const bool fresh = !fs::exists(schema, error);
  if (fresh) {
    const std::string trouble = write_new(schema, scenario_schema());
    if (!trouble.empty()) return refuse(session, trouble);
  }
  if (session.quiet) return kWithin;
  session.console.out(plain_text("wrote " + file + (fresh ? " and " + schema.string() : "")) +
                      "\n");
  session.console.out(plain_text(fmt::format("NEXT  {0} explain {1}      {0} run {1}",
                                             session.console.program(), shell_word(file))) +
                      "\n");
  return kWithin;
}

int new_world(const std::string& folder, Session& session) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return refuse(session, folder + " exists already and is not empty");
  }
  for (const ScaffoldFile& file : scaffold_world()) {
    const std::string failure = write_new(fs::path(folder) / file.path, file.text);
    if (!failure.empty()) return refuse(session, failure);
  }
  if (session.quiet) return kWithin;
  const std::string scenario = (fs::path(folder).parent_path() / "my-plan.yaml").string();
  session.console.out(plain_text("wrote a world of two small shops to " + folder) + "\n");
  session.console.out(
      plain_text(fmt::format("NEXT  {0} check {1}      {0} new scenario {2} --world {3}",
                             session.console.program(), shell_word(folder), shell_word(scenario),
                             shell_word(fs::path(folder).filename().string()))) +
      "\n");
  return kWithin;
}

}  // namespace

void add_new(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("new", "Begin a scenario or a world of your own");
  command->require_subcommand(1);
  const auto path = std::make_shared<std::string>();
  const auto world = std::make_shared<std::string>("shop-tokopedia");
  CLI::App* scenario = command->add_subcommand(
      "scenario",
      "Write a scenario that moves each service of a world, with a limit for each "
      "promise");
  scenario->add_option("FILE", *path, "The file to write")->required();
  scenario->add_option("--world", *world, "Name of its world")->capture_default_str();
  scenario->callback([path, world, &session] {
    session.action = [path, world, &session] { return new_scenario(*path, *world, session); };
  });
  CLI::App* folder = command->add_subcommand(
      "world", "Write a small world of two shops, to be changed into your own");
  folder->add_option("FOLDER", *path, "The folder to make")->required();
  folder->callback([path, &session] {
    session.action = [path, &session] {
      std::string name = *path;
      while (name.size() > 1 && name.back() == '/') name.pop_back();
      return new_world(name, session);
    };
  });
}

}  // namespace pindah
