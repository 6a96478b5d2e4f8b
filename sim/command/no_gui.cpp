#include "command/commands.h"
#include "command/exit_code.h"

namespace pindah {

void add_no_gui(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("gui", "Not in this build: it has no window");
  command->allow_extras();
  command->callback([&session] {
    session.action = [&session] {
      session.console.err(
          "pindah: this program was built without its window\n"
          "  build it with -DPINDAH_GUI=ON, or by ./run; `pindah run FILE` tells the same in "
          "text\n");
      return kBadInput;
    };
  });
}

}  // namespace pindah
