// A bench of the room of background jobs: a test puts orders there, and says what happens to the
// platforms while they are worked off.
#pragma once

#include "tests/platform/pages_bench.h"
#include "traffic/jobs.h"

namespace pindah::bench {

class JobsBench : public PagesBench {
 public:
  explicit JobsBench(const std::function<void(Scenario&)>& change = {}) : PagesBench(change) {
    jobs.start();
  }
  // An order that is on that platform now, as if it had always been there.
  void order(std::int64_t idem, Side side = Side::source) {
    backends[index(side)]->database().exec("INSERT INTO orders_log (what, idem) VALUES ('place', " +
                                           std::to_string(idem) + ")");
  }

 protected:
  void other(const Event& event) override { jobs.handle(event); }
  void finished(std::uint32_t run) override {
    if (pages->saga(run).actor == Actor::job)
      jobs.finished(run);
    else
      PagesBench::finished(run);
  }

 public:
  Jobs jobs{site(), *pages, notes,
            [this](Side home) { return run_of("sweep", 0, {.home = home}).slots; }};
};

}  // namespace pindah::bench
