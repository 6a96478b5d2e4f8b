// A bench of the room of surprises: a test says which there are, and looks at the conditions.
#pragma once

#include "surprise/surprises.h"
#include "tests/platform/pages_bench.h"

namespace pindah::bench {

class SurprisesBench : public PagesBench {
 public:
  explicit SurprisesBench(std::vector<Surprise> all, bool control = false)
      : PagesBench([&](Scenario& s) { s.surprises = std::move(all); }),
        surprises_({site(), *pages, [this](bool dies) { migrator_is_dead = dies; }}, notes,
                   control) {
    surprises_.start();
  }

  bool migrator_is_dead = false;

 protected:
  void other(const Event& event) override {
    if (event.cls != EventClass::surprise) return PagesBench::other(event);
    for (const Work& work : surprises_.handle(event)) pages->dropped(work.then);
  }

 private:
  Surprises surprises_;
};

}  // namespace pindah::bench
