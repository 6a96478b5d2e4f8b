// A bench of the room that walks shoppers through their pages: a test says who comes when, and what
// happens to the platforms meanwhile.
#pragma once

#include "tests/platform/site_bench.h"
#include "traffic/shoppers.h"

namespace pindah::bench {

class ShoppersBench : public SiteBench {
 public:
  using SiteBench::SiteBench;

  // Somebody who comes at that instant, in order; the first of them has the keys 256, 257…
  void comes(Micros at, Side home = Side::source) {
    Intent intent;
    intent.arrives = at;
    intent.home = home;
    intents_.push_back(intent);
  }
  // Another instant for one of them.
  void comes_instead(std::size_t who, Micros at) { intents_[who].arrives = at; }
  // Once everybody has been said.
  Shoppers& shoppers() {
    if (!shoppers_) {
      shoppers_ = std::make_unique<Shoppers>(site(), intents_, pools_, *pages, notes);
      shoppers_->start();
    }
    return *shoppers_;
  }
  void run(Micros until) {
    shoppers();
    run_until(until);
  }
  // Pages that were told of an actor.
  std::vector<Notes::PageTold> told(Actor actor = Actor::shopper) const {
    std::vector<Notes::PageTold> all;
    for (const Notes::PageTold& page : notes.pages)
      if (page.actor == actor) all.push_back(page);
    return all;
  }

 protected:
  void other(const Event& event) override {
    if (event.cls == EventClass::shopper || event.cls == EventClass::audit)
      shoppers_->handle(event);
  }
  void finished(std::uint32_t run) override { shoppers_->finished(run); }

 private:
  std::vector<Intent> intents_;
  Pools pools_ = read_pools(counters(), populated());
  std::unique_ptr<Shoppers> shoppers_;
};

}  // namespace pindah::bench
