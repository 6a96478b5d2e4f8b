// The rules by which the rows of one fact are traced, on both platforms.
#include <algorithm>

#include "oracle/culprit.h"

namespace pindah {

Blame Culprits::by_call(BrokenLink link, const Deed& deed, const Question& asked) const {
  Blame blame;
  blame.culprit.link = link;
  blame.culprit.service = asked.service;
  const bool its_doing = link == BrokenLink::wrote_wrongly || link == BrokenLink::erased;
  if (its_doing) {
    blame.culprit.call = deed.write.writer.call;
    blame.culprit.side = deed.write.side;
  }
  blame.how.written_on = deed.write.side;
  blame.how.written = deed.write.at;
  blame.how.owner = deed.write.owner;
  blame.how.before = asked.told;
  blame.how.after = asked.is;
  blame.how.looked = asked.until;
  blame.how.broke = deed.write.at;
  if (const auto at = phase_before(asked.service, Phase::switch_over, deed.write.at))
    blame.how.after_switch = deed.write.at - *at;
  return blame;
}

// A write that never reached the other side.
Blame Culprits::not_carried(const Deed& write, const Question& asked) const {
  const bool twice = wrote_twice(asked.service, write.write.at);
  Blame blame = by_call(BrokenLink::not_captured, write, asked);
  const auto stop = phase_before(asked.service, Phase::position, kNever);
  if (twice) {
    blame.culprit.link = BrokenLink::second_write;
  } else if (write.write.captured && stop && write.write.at >= *stop) {
    blame.culprit.link = BrokenLink::after_stop_position;
    blame.how.after_position = write.write.at - *stop;
  } else if (write.write.captured) {
    blame.culprit.link = BrokenLink::not_applied;
  }
  if (const auto at = phase_before(asked.service, Phase::switch_over, asked.until))
    blame.how.broke = std::max(write.write.at, *at);
  return blame;
}

bool Culprits::copied_past(const RootKey& root, Micros after) const {
  const Move& move = world_.moves[static_cast<std::size_t>(root.move)];
  bool begun = false;  // a copy goes to the roots that there are as it begins
  for (const PlanEvent& event : events_) {
    if (event.step_kind != StepKind::copy || event.at < after || !names(event, move.service))
      continue;
    begun = begun || event.kind == PlanEventKind::started;
    if (begun && event.kind == PlanEventKind::finished) return true;
  }
  bool below = false, above = false;
  for (const auto& [key, history] : ending_.custody->histories()) {
    if (key.move != root.move) continue;
    for (const Handover& write : history)
      if (write.writer.kind == WriterKind::chunk && write.at >= after)
        (key.key < root.key ? below : above) = true;
  }
  return below && above;
}

// Nothing of it ever came to the side that is asked.
Blame Culprits::never_came(const Story& story, const std::vector<RootKey>& roots,
                           const Question& asked) const {
  const Side from = other(asked.side);
  const Deed* first = nullptr;
  for (const Deed& deed : story.deeds())
    if (!first && !deed.arrived() && deed.write.side == from) first = &deed;
  const Micros since = first ? first->write.at : Micros{};
  for (const RootKey& root : roots) {
    const bool forward = world_.moves[static_cast<std::size_t>(root.move)].from == from;
    if (!forward || (first && first->write.captured) || !copied_past(root, since)) continue;
    Blame blame;
    blame.culprit.link = BrokenLink::not_extracted;
    blame.culprit.service = asked.service;
    blame.culprit.move = root.move;
    blame.culprit.side = from;
    if (const auto at = phase_before(asked.service, Phase::switch_over, asked.until))
      blame.how.broke = *at;
    return blame;
  }
  if (first) return not_carried(*first, asked);
  Blame blame;
  blame.culprit.service = asked.service;
  blame.culprit.link = asked.present[index(from)] ? BrokenLink::not_copied : BrokenLink::nowhere;
  blame.how.owner = asked.side;
  if (const auto at = phase_before(asked.service, Phase::switch_over, asked.until))
    blame.how.broke = *at;
  return blame;
}

// There is no row where she was answered.
Blame Culprits::gone(const Story& story, const std::vector<RootKey>& roots,
                     const Question& asked) const {
  const Deed* last = story.last_on(asked.side, asked.until);
  if (!last) {
    for (const Deed& deed : story.deeds())
      if (deed.arrived() && deed.write.side == asked.side) {  // too late
        Blame late = by_call(BrokenLink::not_yet_applied, deed, asked);
        late.how.arrived = deed.write.at;
        return late;
      }
    return never_came(story, roots, asked);
  }
  if (!last->arrived()) return by_call(BrokenLink::erased, *last, asked);
  for (const Deed& deed : story.deeds())
    if (!deed.arrived() && deed.write.side != asked.side && deed.write.at <= asked.until &&
        !story.carrier(deed))
      return not_carried(deed, asked);
  const Deed* there = story.read_from(*last);
  if (last->write.erased && there && there->arrived()) {
    Blame echo = by_call(BrokenLink::echo, *last, asked);
    echo.culprit.side = asked.side;
    echo.how.overwritten = last->write.at;
    return echo;
  }
  if (last->write.erased && !asked.present[index(other(asked.side))] && there)
    return by_call(BrokenLink::erased, *there, asked);
  Blame blame = by_call(last->write.erased ? BrokenLink::not_extracted : BrokenLink::not_loaded,
                        *last, asked);
  blame.culprit.move = last->move;
  blame.culprit.side = last->write.erased ? other(asked.side) : asked.side;
  blame.how.arrived = last->write.at;
  return blame;
}

// What came by a move is not what stood there before it came.
Blame Culprits::moved(const Story& story, const Deed& last, const Question& asked) const {
  const Deed* there = story.read_from(last);
  const bool wrong_there =
      !asked.told.empty() && !asked.told_elsewhere && asked.present[index(other(asked.side))];
  if (there && wrong_there && there->arrived()) {  // what had come from here in the first place
    Blame echo = by_call(BrokenLink::echo, *there, asked);
    echo.culprit.side = asked.side;
    echo.how.overwritten = echo.how.broke = last.write.at;
    return echo;
  }
  if (there && wrong_there && there == story.last_on(other(asked.side), asked.until))
    return by_call(BrokenLink::wrote_wrongly, *there, asked);
  Blame blame = by_call(BrokenLink::moved_wrongly, last, asked);
  blame.culprit.move = last.move;
  blame.culprit.column = asked.column;
  blame.culprit.side = asked.side;
  blame.how.arrived = last.write.at;
  if (const auto at = phase_before(asked.service, Phase::switch_over, asked.until))
    blame.how.broke = std::max(last.write.at, *at);
  return blame;
}

Blame Culprits::overwritten(const Story& story, const Deed& last, const Deed& write,
                            const Question& asked) const {
  const Deed* there = story.read_from(last);
  BrokenLink link = last.write.writer.kind == WriterKind::chunk ? BrokenLink::older_chunk
                                                                : BrokenLink::older_change;
  if (there && there->arrived()) link = BrokenLink::echo;
  Blame blame = by_call(link, write, asked);
  blame.culprit.side = asked.side;
  blame.how.overwritten = blame.how.broke = last.write.at;
  if (const Deed* arrival = story.carrier(write); arrival && arrival->write.side == asked.side)
    blame.how.arrived = arrival->write.at;
  return blame;
}

// The row is there, and says what is not so: who wrote it last?
Blame Culprits::changed(const Story& story, const Question& asked) const {
  const Deed* last = story.last_on(asked.side, asked.until);
  const Deed* write = story.newest_call(asked.until);
  if (last && write && write != last) {
    const bool here = write->write.side == asked.side;
    const Deed* arrival = here ? nullptr : story.carrier(*write);
    if (!here && !arrival) return not_carried(*write, asked);
    if (!here && arrival->write.at > asked.until) {
      Blame late = by_call(BrokenLink::not_yet_applied, *write, asked);
      late.how.arrived = arrival->write.at;
      return late;
    }
    const bool older = here ? last->arrived() && !story.has_seen(*last, *write)
                            : last->arrived() && last->write.writer.lsn < write->write.lsn;
    if (older) return overwritten(story, *last, *write, asked);
  }
  if (!last && write && write->write.side != asked.side) {
    const Deed* arrival = story.carrier(*write);
    if (!arrival) return not_carried(*write, asked);
    Blame late = by_call(BrokenLink::not_yet_applied, *write, asked);
    late.how.arrived = arrival->write.at;
    return late;
  }
  if (!last) return {};
  if (last->arrived()) return moved(story, *last, asked);
  if (const auto misled = misled_by(story, *last, asked)) return *misled;
  return by_call(BrokenLink::wrote_wrongly, *last, asked);
}

// A call that wrote what is not so may have read what was not so: on its way there something older
// had come over what another call had written, or that had not come yet.
std::optional<Blame> Culprits::misled_by(const Story& story, const Deed& write,
                                         const Question& asked) const {
  const Deed *before = nullptr, *known = nullptr;
  for (const Deed& deed : story.deeds()) {
    if (&deed == &write) break;
    if (deed.write.side == write.write.side) before = &deed;
    if (!deed.arrived() && deed.write.side == deed.write.owner) known = &deed;
  }
  if (!before || !known || !before->arrived()) return {};
  if (known->write.side == before->write.side) {
    if (story.has_seen(*before, *known)) return {};
    return overwritten(story, *before, *known, asked);
  }
  if (before->write.writer.lsn < known->write.lsn) return not_carried(*known, asked);
  const Deed* there = story.read_from(*before);
  if (!there || !there->arrived() || story.has_seen(*there, *known)) return {};
  return overwritten(story, *there, *known, asked);
}

}  // namespace pindah
