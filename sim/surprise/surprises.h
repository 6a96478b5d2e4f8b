// Injected conditions: a link is slow, a platform is down. They change conditions, never outcomes.
#pragma once

#include "platform/pages.h"

namespace pindah {

class Surprises {
 public:
  // In the control universe only those that are `also_in_control` happen.
  Surprises(Site site, Pages& pages, Observer& observer, bool control);
  void start();
  // EventClass::surprise: entity = index of the surprise, kind 0 = on, 1 = off. Work dropped by a
  // kill is returned, so that its makers learn of it.
  std::vector<Event> handle(const Event& event);

 private:
  void set(const Surprise& surprise, bool on, std::vector<Event>& dropped);
  Site site_;
  Pages& pages_;
  Observer& observer_;
  bool control_;
};

}  // namespace pindah
