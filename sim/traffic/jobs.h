// Background work of merchants and platforms: a list call every so often, then a page for each
// entry of the list.
#pragma once

#include "platform/pages.h"

namespace pindah {

class Shoppers;

class Jobs {
 public:
  Jobs(const World& world, const Scenario& scenario, Clockwork& clockwork, Pages& pages,
       Gates& gates, Observer& observer);
  void start();
  // EventClass::job: entity = job * 2 + home.
  void handle(const Event& event, const Slots& blank);
  // A run by Actor::job has ended: a list (its entries are worked off one by one) or one entry's
  // page.
  void finished(std::uint32_t saga, const Slots& blank);
  void stop_at(Micros instant) { stop_at_ = instant; }
  template <class A>
  void archive(A& a) {
    a(state_, stop_at_);
  }

 private:
  struct State {
    std::vector<std::string> todo;  // JSON objects of the last list, last first
    bool busy = false;
    std::uint32_t seq = 0;
    template <class A>
    void archive(A& a) {
      a(todo, busy, seq);
    }
  };
  void next_entry(std::size_t number, const Slots& blank);
  void start_page(std::size_t number, PageId page, Slots slots);

  const World& world_;
  const Scenario& scenario_;
  Clockwork& clockwork_;
  Pages& pages_;
  Gates& gates_;
  Observer& observer_;
  std::vector<State> state_;
  Micros stop_at_ = kNever;
};

}  // namespace pindah
