// A bench of the room through which ledgers call back: a test has pages pay, and says what happens
// to the platforms before the money comes.
#pragma once

#include "tests/platform/pages_bench.h"
#include "traffic/callbacks.h"

namespace pindah::bench {

class CallbacksBench : public PagesBench {
 public:
  // Somebody buys now, and pays by `method`, from the platform that owns the money.
  void buys(const std::string& method, std::int64_t idem = kIdem) {
    start("buy", idem, {.method = method});
  }
  const LedgerEntry& entry(std::size_t number = 0) const { return ledgers->entries()[number]; }
  std::int64_t outstanding(Side side) const { return ledgers->outstanding(service("money"), side); }
  // Callbacks that were told as messages: to whom, and how they ended.
  std::vector<std::pair<std::uint32_t, PageEnd>> messages() const {
    std::vector<std::pair<std::uint32_t, PageEnd>> all;
    for (const Notes::PageTold& page : notes.pages)
      if (page.actor == Actor::callback) all.emplace_back(page.intent, page.end);
    return all;
  }

 protected:
  void other(const Event& event) override {
    if (event.cls == EventClass::ledger)
      callbacks_.handle(event,
                        [this](Side home) { return run_of("settle", 0, {.home = home}).slots; });
  }
  void finished(std::uint32_t run) override {
    if (pages->saga(run).actor == Actor::callback)
      callbacks_.finished(run);
    else
      PagesBench::finished(run);
  }

 private:
  Callbacks callbacks_{site(), *pages, notes};
};

}  // namespace pindah::bench
