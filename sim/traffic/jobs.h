// Background work of merchants and platforms: a list call every so often, then a page for each
// entry of the list.
#pragma once

#include <functional>

#include "platform/pages.h"

namespace pindah {

class Jobs {
 public:
  // `blank` gives Shoppers::blank_slots of a home.
  Jobs(const Site& site, Pages& pages, Observer& observer, std::function<Slots(Side)> blank);
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
    template <class A>
    void archive(A& a) {
      a(todo, busy, listing);
    }
  };
  void tick(std::size_t number, Micros at);
  void take_list(State& state, const Saga& saga);
  void next_entry(std::size_t number);
  Slots entry_slots(const std::string& object, Side home) const;
  void start_page(std::size_t number, PageId page, std::int64_t turn, Slots slots);

  Site site_;
  Pages& pages_;
  Observer& observer_;
  std::function<Slots(Side)> blank_;
  std::vector<State> state_;  // by entity
  bool stopped_ = false;
};

}  // namespace pindah
