#include "verdict/lives.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace pindah {

VisitsByIntent::VisitsByIntent(const Record& record, std::size_t intents)
    : record_(record), starts_(intents + 1, 0), order_(record.visits.size()) {
  for (const Visit& v : record.visits) ++starts_[v.intent + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
  for (std::uint32_t i = 0; i < order_.size(); ++i) order_[next[record.visits[i].intent]++] = i;
}

std::vector<const Visit*> VisitsByIntent::of(std::uint32_t intent) const {
  std::vector<const Visit*> visits;
  for (std::size_t i = starts_[intent]; i < starts_[intent + 1]; ++i)
    visits.push_back(&record_.visits[order_[i]]);
  std::sort(visits.begin(), visits.end(),
            [](const Visit* a, const Visit* b) { return a->visit < b->visit; });
  return visits;
}

std::vector<std::vector<std::uint32_t>> by_buyer(const World& world,
                                                 const std::vector<Intent>& intents) {
  const auto buyer = [&](std::uint32_t i) {
    const Intent& intent = intents[i];
    return std::make_tuple(world.personas[intent.persona].who, intent.home, intent.who);
  };
  std::vector<std::uint32_t> order(intents.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return buyer(a) < buyer(b); });
  std::vector<std::vector<std::uint32_t>> buyers;
  for (const std::uint32_t i : order) {
    if (buyers.empty() || buyer(buyers.back().back()) != buyer(i)) buyers.emplace_back();
    buyers.back().push_back(i);
  }
  return buyers;
}

std::vector<std::vector<const Message*>> messages_beyond(const Record& one, const Record& other,
                                                         std::size_t intents) {
  const auto name = [](const Message& m) { return std::tuple(m.intent, m.page, m.idem); };
  std::map<std::tuple<std::uint32_t, std::int16_t, std::int64_t>, std::int64_t> owed;
  for (const Message& m : other.messages) ++owed[name(m)];
  std::vector<std::vector<const Message*>> beyond(intents);
  for (const Message& m : one.messages)
    if (--owed[name(m)] < 0) beyond[m.intent].push_back(&m);
  return beyond;
}

}  // namespace pindah
