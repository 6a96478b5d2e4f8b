// After a life: what its databases hold of a value that somebody should have been shown. Where the
// value is there, the call that answered is to blame; where it is on the other platform alone, the
// move that should have brought it; where what she was shown stands in a row, whoever wrote that.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "oracle/blame.h"
#include "sqlite/database.h"
#include "world/prepare.h"

namespace pindah {

class Inquest {
 public:
  // All outlive it.
  Inquest(const World& world, const Constants& constants, const PerSide<const Database*>& databases)
      : world_(world), constants_(constants), databases_(databases) {}

  // `culprit` blames a call that answered on a side; it is made another where the rows say so.
  // `how.before` and `how.after`: what her twin was shown, and what she was; cut down to the first
  // value that differs.
  void look(Culprit& culprit, Circumstances& how);

 private:
  struct Found {
    TableId table = -1;
    std::string column;
  };
  Found find(Side side, ServiceId service, const std::string& value) const;
  // Roots that have `before` on their origin and `after` where a move has brought them.
  bool changed_on_the_way(Culprit& culprit, const Circumstances& how) const;
  bool changed_by(const Move& move, const MoveTable& part, Culprit& culprit,
                  const Circumstances& how) const;
  bool blame_move(Culprit& culprit, Side from, const Found& there, const std::string& key) const;

  const World& world_;
  const Constants& constants_;
  PerSide<const Database*> databases_;
  // By call, side and name of the value: how often it was looked for, and what was found last.
  std::map<std::tuple<CallId, Side, std::string>, std::pair<int, Culprit>> known_;
};

}  // namespace pindah
