// Goods that do not add up have no row that is wrong by itself: the culprit is what sets those
// items apart from the others, by the measure of Ochiai.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "oracle/culprit.h"

namespace pindah {
namespace {

// The square of the measure, as a fraction in whole numbers. Items number less than a million, so
// that products of such fractions stay within 64 bits.
struct Likeness {
  std::int64_t part = 0, whole = 1;
  bool operator>(const Likeness& other) const { return part * other.whole > other.part * whole; }
};
constexpr Likeness kLeast{9, 100};  // what is less alike than 0.3 says nothing

// What was done to an item: a call that ran on a side, or a move that brought it.
struct Feature {
  CallId call = -1;
  Side side{};
  int move = -1;
  auto operator<=>(const Feature&) const = default;
};

struct Count {
  std::int64_t victims = 0, others = 0;
};

// A life in which something moves tells its calls on the target apart, where all come to.
void take(const Custody& custody, const RootKey& root, bool moves, std::set<Feature>& features) {
  const auto* history = custody.history(root);
  if (!history) return;
  for (const Handover& write : *history)
    if (write.writer.kind != WriterKind::call)
      features.insert({-1, write.side, root.move});
    else if (!moves || write.side == Side::target)
      features.insert({write.writer.call, write.side, -1});
}

using Sales = std::map<StockOracle::Item, std::vector<std::int64_t>>;

// What most of the items were sold by, where those sales went wrong themselves.
Blame of_their_sales(const std::set<std::string>& victims, const Sales& sales,
                     const std::vector<Found>& cases) {
  std::map<std::int64_t, const Found*> wrong;
  for (const Found& found : cases)
    if (found.what.witness > 0 && found.what.culprit.known())
      wrong.try_emplace(found.what.witness, &found);
  std::map<Culprit, std::pair<std::size_t, const Found*>> counts;
  for (const auto& [item, idems] : sales) {
    if (!victims.count(item.second)) continue;
    for (const std::int64_t idem : idems)
      if (const auto found = wrong.find(idem); found != wrong.end()) {
        auto& [count, example] = counts[found->second->what.culprit];
        ++count;
        example = found->second;
        break;
      }
  }
  for (const auto& [culprit, count] : counts)
    if (count.first * 2 >= victims.size()) return {culprit, count.second->what.how};
  return {};
}

}  // namespace

Blame Culprits::of_goods(const StockOracle& goods, const std::vector<Found>& cases) const {
  Blame blame;
  std::set<std::string> victims;
  for (const Found& found : cases)
    if (!found.item.empty()) victims.insert(found.item);
  if (victims.empty() || !world_.stock || !ending_.custody) return blame;
  const ServiceId kept_in = world_.stock->service;
  const ServiceId sold_in =
      world_.promises[static_cast<std::size_t>(world_.stock->sold_in)].service;
  const auto sales = goods.sales_by_item();
  blame = of_their_sales(victims, sales, cases);
  if (blame.culprit.known()) return blame;
  std::map<Feature, Count> counts;
  for (const auto& [item, units] : goods.initial()) {
    std::set<Feature> features;
    std::vector<RootKey> roots;
    add_roots(roots, kept_in, Side::source, Value{item.second});
    for (const RootKey& root : roots) take(*ending_.custody, root, !events_.empty(), features);
    if (const auto sold = sales.find(item); sold != sales.end())
      for (const std::int64_t idem : sold->second)
        for (const ServiceId service : {kept_in, sold_in})
          for (const RootKey& root : written_by(idem, service))
            take(*ending_.custody, root, !events_.empty(), features);
    for (const Feature& feature : features)
      ++(victims.count(item.second) ? counts[feature].victims : counts[feature].others);
  }
  // All are of the same number of victims, which is left out of each and of the least.
  const auto all = static_cast<std::int64_t>(victims.size());
  Likeness best{kLeast.part * all, kLeast.whole};
  for (const auto& [feature, count] : counts) {
    const Likeness alike{count.victims * count.victims, count.victims + count.others};
    if (!(alike > best)) continue;
    best = alike;
    blame.culprit = {};
    blame.culprit.link = feature.call >= 0 ? BrokenLink::wrote_wrongly : BrokenLink::moved_wrongly;
    blame.culprit.service = kept_in;
    blame.culprit.call = feature.call;
    blame.culprit.move = feature.move;
    if (feature.call >= 0) blame.culprit.side = feature.side;
    blame.how.evidence =
        fmt::format("it touched {} of the {} items that do not add up, and {} of the others",
                    count.victims, victims.size(), count.others);
  }
  return blame;
}

}  // namespace pindah
