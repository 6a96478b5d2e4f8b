#include "command/rehearse.h"

#include "command/exit_code.h"
#include "command/interrupt.h"
#include "command/progress.h"
#include "report/report.h"

namespace pindah {

RehearsalResult rehearse_watched(const ScenarioAndWorld& input, const std::string& label,
                                 int threads, const Session& session, SharedNight* shared,
                                 bool keep_pages) {
  Progress progress(!session.quiet && session.console.progress_on_stderr(), plain_text(label));
  RehearsalOptions options;
  options.threads = threads;
  options.keep_pages = keep_pages;
  options.stop = &watch_interrupts();
  options.progress = [&progress](Micros at, Micros end) { progress.show(at, end); };
  RehearsalResult result =
      shared ? rehearse(input, options, shared->setup, shared->control) : rehearse(input, options);
  if (out_of_time() && (result.control.interrupted || result.rehearsed.interrupted)) {
    result.verdict.word = "OUT OF TIME";
    result.verdict.exit_code = kOutOfTime;
  }
  return result;
}

}  // namespace pindah
