#include "gui/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "command/exit_code.h"
#include "command/inputs.h"
#include "command/interrupt.h"
#include "gui/host/app.h"
#include "gui/host/desktop.h"
#include "gui/host/headless.h"
#include "gui/window/tabs.h"
#include "report/report.h"

namespace pindah::gui {
namespace {

struct GuiFlags {
  InputFlags input;
  std::string screenshot, at, tab, size = "1600x900", panel;
  std::int64_t shopper = -1;
  double scale = 1;
  int threads = 2, frames = 0;
};

struct Wanted {
  int width = 0, height = 0;
  std::optional<Micros> at;
  std::size_t tab = 0;
};

Wanted wanted_of(const GuiFlags& flags, Problems& problems) {
  Wanted wanted;
  int used = 0;
  if (std::sscanf(flags.size.c_str(), "%5dx%5d%n", &wanted.width, &wanted.height, &used) != 2 ||
      static_cast<std::size_t>(used) != flags.size.size() || wanted.width < 320 ||
      wanted.height < 240 || wanted.width > 8192 || wanted.height > 8192)
    problems.add({"--size", 0, 0}, fmt::format("`{}` is not a window size", flags.size),
                 "WIDTHxHEIGHT, from 320x240 to 8192x8192: 1600x900");
  if (!flags.at.empty()) {
    wanted.at = instant_of(flags.at);
    if (!wanted.at)
      problems.add({"--at", 0, 0}, fmt::format("`{}` is not an instant", flags.at),
                   "hours and minutes, 00:41, or a duration, 41m");
  }
  const int tab = flags.tab.empty() ? 0 : find_row(tab_rows(), flags.tab);
  wanted.tab = static_cast<std::size_t>(std::max(tab, 0));
  if (tab < 0)
    problems.add({"--tab", 0, 0}, fmt::format("there is no tab `{}`", flags.tab),
                 "one of " + words_of(tab_rows()));
  return wanted;
}

std::unique_ptr<Show> open(const std::string& file, const GuiFlags& flags,
                           const DriverOptions& options, Problems& problems, Session* warn) {
  if (file.ends_with(".pindah")) return show_run(file, options.stop_at, problems);
  const Overrides overrides = overrides_of(flags.input, problems);
  if (problems.any()) return nullptr;
  auto input = read_scenario(file, overrides, problems);
  if (!input) return nullptr;
  if (warn != nullptr && !warn->quiet) warn->console.err(warnings_text(*input));
  DriverOptions flown = options;
  flown.flags = flags_text(flags.input);
  return show_flight(std::move(*input), flown);
}

// Frames until the layout has settled and what was chosen is there.
int take_picture(App& app, const GuiFlags& flags, const Wanted& wanted, Session& session) {
  Headless headless(wanted.width, wanted.height, app.ui().scale);
  if (app.show() != nullptr) {
    if (flags.shopper >= 0) app.show()->send({Verb::choose, flags.shopper, {}, {}});
    app.show()->wait_until_it_stands(&watch_interrupts());
    if (watch_interrupts()) return kInterrupted;
    if (!app.failure().empty()) return kBadInput;
  }
  for (int i = 0; i < 4; ++i) headless.frame([&] { app.frame(); });
  headless.finish();
  if (write_png(flags.screenshot, headless.picture())) return kWithin;
  session.console.err(fmt::format("pindah: cannot write to {}\n", plain_text(flags.screenshot)));
  return kBadInput;
}

int show(const GuiFlags& flags, Session& session) {
  Problems problems;
  const Wanted wanted = wanted_of(flags, problems);
  DriverOptions options;
  options.threads = flags.threads;
  options.stop_at = wanted.at;
  std::unique_ptr<Show> first;
  if (!problems.any() && !flags.input.files.empty())
    first = open(flags.input.files.front(), flags, options, problems, &session);
  if (problems.any()) {
    session.console.err(problems.text());
    return kBadInput;
  }
  App app(std::move(first), [&](const std::string& file, Problems& trouble) {
    return open(file, flags, options, trouble, nullptr);
  });
  Ui& ui = app.ui();
  ui.tab = wanted.tab;
  ui.tab_is_new = !flags.tab.empty() || flags.shopper >= 0;
  ui.scale = static_cast<float>(flags.scale);
  ui.chosen = flags.shopper;
  for (const PanelRow& panel : panel_rows()) ui.*panel.open = flags.panel == panel.word;
  int code = kWithin;
  try {
    if (flags.screenshot.empty()) {
      const double median = run_on_desktop(app, "Pindah", wanted.width, wanted.height, flags.frames,
                                           watch_interrupts());
      if (flags.frames > 0)
        session.console.out(
            fmt::format("a frame takes {:.1f} ms, the median of {}\n", median * 1e3, flags.frames));
    } else {
      code = take_picture(app, flags, wanted, session);
    }
  } catch (const HostFault& fault) {
    session.console.err(fmt::format("pindah: {}\n", fault.what()));
    return kBadInput;
  }
  if (app.failure().empty()) return code;
  session.console.err(app.failure());
  return kBadInput;
}

}  // namespace

void add_gui(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("gui", "Watch a rehearsal in a window, and take part");
  const auto flags = std::make_shared<GuiFlags>();
  command->add_option("FILE", flags->input.files, "A scenario, or a run file; without it, a picker")
      ->expected(0, 1);
  add_input_flags(*command, flags->input);
  command->add_option("--screenshot", flags->screenshot,
                      "Draw one picture (PNG) without a display, and end");
  command->add_option("--at", flags->at, "Pause there: 00:41, 00:41:12.5, 41m; else the end");
  command->add_option("--tab", flags->tab, words_of(tab_rows()));
  command->add_option("--shopper", flags->shopper, "Show her two lives")
      ->check(CLI::NonNegativeNumber);
  std::vector<std::string> panels;
  for (const PanelRow& panel : panel_rows()) panels.emplace_back(panel.word);
  command->add_option("--panel", flags->panel, "Open a panel, too")->check(CLI::IsMember(panels));
  command->add_option("--size", flags->size, "Of the window in pixels: 1600x900");
  command->add_option("--scale", flags->scale, "Of everything in it")->check(CLI::Range(0.5, 3.0));
  command->add_option("--frames", flags->frames, "Draw so many, say how long one takes, and end")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--threads", flags->threads, "1 or 2; the result is the same")
      ->check(CLI::Range(1, 2));
  command->callback(
      [flags, &session] { session.action = [flags, &session] { return show(*flags, session); }; });
}

}  // namespace pindah::gui
