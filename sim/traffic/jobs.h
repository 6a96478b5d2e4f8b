// Background work of merchants and platforms: a list call every so often, then a page for each
// entry of the list.
#pragma once

#include <functional>

#include "platform/saga_runner.h"

namespace pindah {

class Jobs {
 public:
  // `blank` gives Shoppers::blank_slots of a home.
  Jobs(const Site& site, SagaRunner& runner, Observer& observer, std::function<Slots(Side)> blank);
  void start();
  void stop() { stopped_ = true; }
  // EventClass::job: entity = job * 2 + home.
  void handle(const Event& event);
  // A run by Actor::job has ended: a list (its entries are then worked off one by one) or one
  // entry's page.
  void finished(std::uint32_t saga);
  // Entries of lists that are not worked off yet.
  std::int64_t open() const;

  template <class A>
  void archive(A& a) {
    a(state_, stopped_);
  }

 private:
  struct State {
    std::vector<std::string> todo;  // JSON objects of the last list, last first
    bool busy = false;
    bool listing = false;
    Side listed{};          // whose list is or was asked for
    std::int64_t turn = 0;  // of the list
    Side owner{};           // when the turn began
    Share share;            // likewise
    template <class A>
    void archive(A& a) {
      a(todo, busy, listing, listed, turn, owner, share);
    }
  };
  void tick(std::size_t number, Micros at);
  ServiceId service_of(std::size_t number) const;
  void ask_list(std::size_t number, Side side);
  void take_list(State& state, const Saga& saga);
  bool works_on(const State& state, const Slots& entry, Side home) const;
  void next_entry(std::size_t number);
  Slots entry_slots(const std::string& object, Side home) const;
  void start_page(std::size_t number, PageRun run, std::int64_t turn);

  Site site_;
  SagaRunner& runner_;
  Observer& observer_;
  std::function<Slots(Side)> blank_;
  std::vector<State> state_;  // by entity
  bool stopped_ = false;
};

}  // namespace pindah
