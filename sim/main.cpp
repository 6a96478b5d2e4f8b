// Pindah's command line: a table of contents. Each command is a file of command/.
#include "command/commands.h"
#ifdef PINDAH_GUI
#include "gui/command.h"
#endif

int main(int argc, char** argv) {
  pindah::Session session(argv[0]);
  CLI::App app;
  pindah::describe(app, session);
  pindah::add_run(app, session);
#ifdef PINDAH_GUI
  pindah::gui::add_gui(app, session);
#else
  pindah::add_no_gui(app, session);
#endif
  pindah::add_compare(app, session);
  pindah::add_replay(app, session);
  pindah::add_sql(app, session);
  pindah::add_diff(app, session);
  pindah::add_check(app, session);
  pindah::add_audit(app, session);
  pindah::add_explain(app, session);
  pindah::add_new(app, session);
  pindah::add_schema(app, session);
  pindah::add_completion(app, session);
  return pindah::dispatch(app, argc, argv, session);
}
