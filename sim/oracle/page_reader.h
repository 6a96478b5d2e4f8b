// Reads the pages that people saw: what of them is compared with the twin's, what they promised and
// ended, and whether what they showed was true.
#pragma once

#include <string>
#include <vector>

#include "oracle/promise_book.h"
#include "oracle/roles.h"
#include "oracle/state.h"

namespace pindah {

class PageReader {
 public:
  PageReader(OracleState& state, PromiseBook& book);
  // A visit that has ended, a message, or an undo.
  void read(const PageSeen& seen);
  // A try that failed, and is not the last: what it took is known by what its calls were given.
  void tried(const PageSeen& seen) { note_goods(seen); }
  std::int64_t callbacks_answered() const { return callbacks_answered_; }
  template <class A>
  void archive(A& a) {
    a(callbacks_answered_);
  }
  // From now on the record keeps what each page showed.
  void keep_pages() { keeps_pages_ = true; }

 private:
  void message(const PageSeen& seen);
  void sql_error(const PageSeen& seen);
  void visit(const PageSeen& seen);
  void keep_shown(const PageSeen& seen);
  // Of the cases from this one on, which step `step` showed.
  void trace(std::size_t from, int step, const PageSeen& seen);
  // Each completes the visit of this number in the record.
  void answered(const PageSeen& seen, const Glance& glance, std::size_t number);
  void refused(const PageSeen& seen, std::size_t number);
  void column(const Role& role, const PageSeen& seen, const Glance& glance, std::size_t number);
  void sighted(Visit& visit, const Sighting& sighting);
  void list(const Role& role, const PageSeen& seen, const Glance& glance, Visit& visit);
  void open(const PromiseStep& opens, const PageSeen& seen, const Glance& glance, Visit& visit);
  void untrue(Visit& visit, const Glance& glance, PromiseId promise, CallId call);
  int refusing_step(const PageSeen& seen) const;
  void note_goods(const PageSeen& seen);
  void remember_choices(const PageSeen& seen);

  OracleState& state_;
  PromiseBook& book_;
  const World& world_;
  std::vector<PageRoles> pages_;
  SlotId item_slot_ = -1;  // of the stock
  bool keeps_pages_ = false;
  std::int64_t callbacks_answered_ = 0;
  std::string packed_;  // of one page; kept for its room
};

}  // namespace pindah
