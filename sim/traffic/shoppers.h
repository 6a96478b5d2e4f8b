// The sessions: each shopper walks her page graph, thinks, waits, tries again, gives up; at the end
// those who were promised something look once more.
#pragma once

#include <map>
#include <vector>

#include "platform/pages.h"
#include "traffic/intents.h"

namespace pindah {

class Shoppers {
 public:
  // All references outlive it; intents and pools are read only and may be shared by universes.
  Shoppers(const World& world, const Scenario& scenario, const std::vector<Intent>& intents,
           const Pools& pools, Clockwork& clockwork, Pages& pages, Observer& observer);

  void start();  // pushes the first arrival
  // EventClass::shopper and EventClass::audit.
  void handle(const Event& event);
  // A run of a page by Actor::shopper, audit or undo has ended.
  void finished(std::uint32_t saga);
  // The settling is over: everyone who holds a promise opens it, at keyed offsets over `over`.
  void begin_audit(Micros over);
  bool idle() const { return sessions_.empty(); }
  void set_front(std::string name) { front_ = std::move(name); }
  const std::string& front() const { return front_; }
  Slots blank_slots(Side home) const;

  template <class A>
  void archive(A& a) {
    a(sessions_, holdings_, next_arrival_, front_, audits_);
  }

 private:
  enum Kind : std::uint16_t { arrival, visit, timed_out, again, audit_visit, undo_visit };
  struct Session {
    std::uint32_t generation = 0;
    PageId page = -1;
    std::uint32_t visit = 0;
    std::uint8_t attempt = 0;
    Micros intended;
    bool waiting = false;  // a saga of the current attempt is on its way
    std::uint32_t saga = 0;
    std::vector<std::pair<SlotId, Value>> kept;
    std::uint32_t seq = 0;
    template <class A>
    void archive(A& a) {
      a(generation, page, visit, attempt, intended, waiting, saga, kept, seq);
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
    std::uint32_t visit = 0;  // of the promise
    std::uint32_t number = 0;
    PageId page = -1;
    SlotId token_slot = -1;
    Value token;
    Micros intended;
    template <class A>
    void archive(A& a) {
      a(intent, visit, number, page, token_slot, token, intended);
    }
  };
  void arrive(std::uint32_t intent);
  void begin_visit(std::uint32_t intent, Session& session);
  void attempt(std::uint32_t intent, Session& session);
  void ended(std::uint32_t intent, Session& session, const Saga& saga, PageEnd end);
  void after_failure(std::uint32_t intent, Session& session, const Saga& saga, PageEnd end);
  void give_up(std::uint32_t intent, Session& session, const Saga& saga, PageEnd end);
  void remember(std::uint32_t intent, const Session& session, const Saga& saga);
  void go_on(std::uint32_t intent, Session& session, Micros latency);
  void audit(std::size_t number);
  void undo(std::uint32_t intent, const Saga& saga);
  Slots page_slots(std::uint32_t intent, const Session& session) const;
  Saga new_saga(std::uint32_t intent, Actor actor, PageId page, std::uint32_t visit,
                Micros intended) const;
  std::uint64_t draw(std::uint32_t intent, std::uint32_t visit, std::uint32_t purpose) const;
  void push(std::uint32_t intent, Kind kind, Micros at, std::uint32_t seq, std::uint64_t b);
  void tell(const Saga& saga, PageEnd end, int tries);

  const World& world_;
  const Scenario& scenario_;
  const std::vector<Intent>& intents_;
  const Pools& pools_;
  Draws draws_;
  Clockwork& clockwork_;
  Pages& pages_;
  Observer& observer_;
  std::string front_;
  std::vector<Zipf> zipf_;  // by pool and side; empty where no page draws from it
  std::map<std::uint32_t, Session> sessions_;
  std::vector<Holding> holdings_;
  std::vector<Audit> audits_;
  std::uint32_t next_arrival_ = 0;
};

}  // namespace pindah
