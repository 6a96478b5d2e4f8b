#include "migration/changelog.h"

#include <algorithm>

namespace pindah::migration {

void Changelog::start(std::uint64_t lsn) {
  on_ = true;
  started_at_ = lsn;
  entries_.clear();
}

void Changelog::stop() {
  on_ = false;
  entries_.clear();
}

void Changelog::append(std::vector<LogEntry> entries) {
  ensure(on_, "a changelog that is off is written");
  for (LogEntry& entry : entries) {
    ensure(entries_.empty() || entries_.back().lsn <= entry.lsn, "a changelog goes backwards");
    entries_.push_back(std::move(entry));
  }
}

std::deque<LogEntry>::const_iterator Changelog::after(std::uint64_t position) const {
  return std::partition_point(entries_.begin(), entries_.end(),
                              [position](const LogEntry& e) { return e.lsn <= position; });
}

std::size_t Changelog::backlog(std::uint64_t position) const {
  return static_cast<std::size_t>(entries_.end() - after(position));
}

Micros Changelog::oldest(std::uint64_t position) const {
  const auto first = after(position);
  return first == entries_.end() ? kNever : first->committed_at;
}

std::set<RootKey> Changelog::changed_after(std::uint64_t position, int move) const {
  std::set<RootKey> changed;
  for (auto entry = after(position); entry != entries_.end(); ++entry)
    if (move < 0 || entry->root.move == move) changed.insert(entry->root);
  return changed;
}

std::vector<const LogEntry*> Changelog::entries(std::uint64_t position, std::uint64_t limit,
                                                int batch, std::uint64_t& upto) const {
  std::vector<const LogEntry*> found;
  for (auto entry = after(position); entry != entries_.end() && entry->lsn <= limit; ++entry) {
    if (static_cast<int>(found.size()) >= batch && entry->lsn != upto) break;
    found.push_back(&*entry);
    upto = entry->lsn;
  }
  return found;
}

std::vector<RootKey> Changelog::take(std::uint64_t position, std::uint64_t limit, int batch,
                                     std::uint64_t& upto) const {
  std::vector<RootKey> roots;
  for (const LogEntry* entry : entries(position, limit, batch, upto)) roots.push_back(entry->root);
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
  return roots;
}

std::uint64_t Changelog::drop_before(Micros committed) {
  std::uint64_t last = 0;
  for (; !entries_.empty() && entries_.front().committed_at < committed; entries_.pop_front())
    last = entries_.front().lsn;
  return last;
}

void Changelog::forget(std::uint64_t lsn) {
  while (!entries_.empty() && entries_.front().lsn <= lsn) entries_.pop_front();
}

}  // namespace pindah::migration
