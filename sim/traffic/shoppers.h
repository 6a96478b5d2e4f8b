// The sessions: each shopper walks her page graph, thinks, waits, tries again, gives up; at the end
// those who were promised something look once more.
#pragma once

#include <map>
#include <vector>

#include "platform/saga_runner.h"
#include "selfcheck/accounts.h"
#include "traffic/intents.h"

namespace pindah {

class Shoppers {
 public:
  // All references outlive it; intents and pools are read only and may be shared by universes.
  Shoppers(const Site& site, const std::vector<Intent>& intents, const Pools& pools,
           SagaRunner& runner, Observer& observer);

  void start();  // pushes the first arrival
  // Those who are still to arrive are others now, or come at other times.
  void amended();
  // EventClass::shopper and EventClass::audit.
  void handle(const Event& event);
  // A run of a page by Actor::shopper or audit has ended.
  void finished(std::uint32_t saga);
  // The settling is over: everyone who holds a promise opens it, at keyed offsets over `over`.
  void begin_audit(Micros over);
  void set_front(std::string name) { front_ = std::move(name); }
  const std::string& front() const { return front_; }
  // The slots of a page's run before anything is known but whose it is.
  Slots blank_slots(Side home) const;

  // What they did so far, for what must add up at the end (selfcheck/accounts.h).
  void account(Accounts& accounts) const;
  std::vector<ToldPromise> told() const;

  template <class A>
  void archive(A& a) {
    a(sessions_, holdings_, audits_, next_arrival_, next_arrives_, front_, visits_begun_,
      audits_begun_, audit_began_);
  }

 private:
  enum Kind : std::uint16_t { arrival, visit, timed_out, again, audit_visit };
  struct Session {
    PageId page = -1;
    std::uint32_t visit = 0;
    std::uint8_t attempt = 0;
    Micros intended;
    bool waiting = false;  // for the run `saga` of the current try
    std::uint32_t saga = 0;
    std::uint32_t seq = 0;
    Delays delays;  // of the tries before this one
    std::vector<std::pair<SlotId, Value>> kept;
    template <class A>
    void archive(A& a) {
      a(page, visit, attempt, intended, waiting, saga, seq, delays, kept);
    }
  };
  // What a shopper was told and may show again.
  struct Holding {
    std::uint32_t intent = 0;
    std::uint32_t visit = 0;
    PromiseId promise = -1;
    Value token;
    template <class A>
    void archive(A& a) {
      a(intent, visit, promise, token);
    }
  };
  struct Audit {
    std::uint32_t intent = 0;
    std::uint32_t visit = 0;
    PageId page = -1;
    SlotId token_slot = -1;
    Value token;
    Micros intended;
    template <class A>
    void archive(A& a) {
      a(intent, visit, page, token_slot, token, intended);
    }
  };
  void expect();
  void arrive(std::uint32_t intent);
  void try_page(std::uint32_t intent, Session& session);
  void try_ended(std::uint32_t intent, Session& session, const Saga& saga, PageEnd end);
  void give_up(std::uint32_t intent, const Session& session, const Saga& saga, PageEnd end);
  void remember(std::uint32_t intent, Session& session, const Saga& saga);
  void go_on(std::uint32_t intent, Session& session);
  PageId next_page(std::uint32_t intent, const Session& session, Micros latency) const;
  void audit(std::size_t number);
  Slots shopper_slots(std::uint32_t intent) const;
  Slots page_slots(std::uint32_t intent, const Session& session) const;
  Value drawn(std::uint32_t intent, std::uint32_t ordinal, const PageDraw& draw) const;
  const Persona& persona_of(std::uint32_t intent) const;
  std::uint64_t bits(std::uint32_t intent, std::uint32_t ordinal, std::uint32_t what) const;
  std::uint64_t below(std::uint64_t n, std::uint32_t intent, std::uint32_t ordinal,
                      std::uint32_t what) const;
  void push(std::uint32_t intent, Session& session, Kind kind, Micros at);
  void tell(const Saga& saga, PageEnd end, int tries, const Delays& before);

  Site site_;
  const std::vector<Intent>& intents_;
  const Pools& pools_;
  SagaRunner& runner_;
  Observer& observer_;
  std::string front_;
  std::vector<PerSide<Zipf>> zipf_;  // by pool
  std::map<std::uint32_t, Session> sessions_;
  std::vector<Holding> holdings_;
  std::vector<Audit> audits_;
  std::uint32_t next_arrival_ = 0;
  Micros next_arrives_ = kNever;  // the instant of the event pushed for her
  std::int64_t visits_begun_ = 0, audits_begun_ = 0;
  bool audit_began_ = false;
};

// A page's run as observers see it.
PageSeen seen(const Saga& saga, PageEnd end, int tries, Micros now);

}  // namespace pindah
