#include "audit/audit.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "command/commands.h"
#include "command/exit_code.h"
#include "command/interrupt.h"
#include "report/audit_text.h"
#include "report/report.h"
#include "world/load.h"

namespace pindah {
namespace {

struct AuditFlags {
  std::vector<std::string> worlds;
  std::uint64_t seed = 1;
  std::int64_t roots = 3000;
  bool all = false, json = false;
};

int audit_one(const std::string& path, const AuditFlags& flags, Session& session) {
  Problems problems;
  const std::optional<World> world = load_world(path, problems);
  if (!world || problems.any()) {
    session.console.err(problems.text());
    return kBadInput;
  }
  audit::Options options;
  options.seed = flags.seed;
  options.roots = flags.roots;
  options.all = flags.all;
  options.stop = &watch_interrupts();
  try {
    const audit::Report report = audit::audit(*world, options);
    session.console.out(flags.json      ? audit_json(report, *world)
                        : session.quiet ? audit_line(report) + "\n"
                                        : audit_text(report, *world));
    if (report.interrupted) return kInterrupted;
    return report.undeclared() > 0 ? kOver : kWithin;
  } catch (const WorldFault& fault) {
    problems.add(fault.problem);
    session.console.err(problems.text());
    return kBadInput;
  } catch (const Interrupted&) {
    return kInterrupted;
  }
}

int audit_all(const AuditFlags& flags, Session& session) {
  int code = kWithin;
  for (const std::string& path : flags.worlds) code = worse(code, audit_one(path, flags, session));
  return code;
}

}  // namespace

void add_audit(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "audit", "Try the moves and calls of a world on its rows, before any shopper comes");
  const auto flags = std::make_shared<AuditFlags>();
  command->add_option("WORLD", flags->worlds, "Folders of worlds")->required();
  command->add_option("--seed", flags->seed, "What is drawn, of rows and of people (1)");
  command->add_option("--roots", flags->roots,
                      "So many of each thing of the world's scale, at most (3000)");
  command->add_flag("--all", flags->all, "As many of each thing as the world's scale says");
  command->add_flag("--json", flags->json, "Print what is found as JSON");
  command->callback([flags, &session] {
    session.action = [flags, &session] { return audit_all(*flags, session); };
  });
}

}  // namespace pindah
