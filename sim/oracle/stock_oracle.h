// The facts about goods: how many units were promised at every instant, from what shoppers were
// told and from what was taken and given back. Whether a shown stock or a refusal was true is
// settled at the end, when the quantities of every sale are known.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "oracle/record.h"
#include "world/world.h"

namespace pindah {

// How much there is, as a shopper sees it.
enum class StockBand : std::uint8_t { none, few, enough, unknown };
// none = 0, few = 1 to 5, enough = more; a column may also hold these words. NULL is unknown.
StockBand band_of(const Value& shown);

struct SoldLine {
  std::string item;
  std::int64_t units = 0;
  template <class A>
  void archive(A& a) {
    a(item, units);
  }
};
// Reads JSON [{item, qty}]; anything else: no lines.
std::vector<SoldLine> sold_lines(const Value& json, const std::string& item_name);

class StockOracle {
 public:
  void start(Side home, const std::string& item, std::int64_t units);

  // What happened to the sale that carries this key.
  void took(std::int64_t idem, Micros at);       // a call took the goods
  void gave_back(std::int64_t idem, Micros at);  // another call put them back
  void voided(std::int64_t idem, Micros at);     // the promise owes them no more
  void lines(std::int64_t idem, Side home, const Value& json, const std::string& item_name);
  void told(std::int64_t idem, Micros at);

  // To be settled: visit number `visit` was shown this, between the two instants.
  void saw(std::size_t visit, Side home, const std::string& item, StockBand shown, Micros from,
           Micros until);
  void refused(std::size_t visit, Side home, std::vector<SoldLine> wanted, Micros from,
               Micros until);
  // Sets Visit::truthful of those visits: a shown stock must equal max(0, initial - promised), in
  // bands, at some instant; a refusal is true if less than was wanted was left at some instant.
  // What lasted into `known_until` or longer has the benefit of the doubt.
  void settle(std::vector<Visit>& visits, Micros known_until = kNever) const;
  // While a life goes on: since when there may be sales of which it is not known yet what they are
  // of, for their page, which takes some minutes at most, has not been answered.
  Micros known_until(Micros now) const;

  template <class A>
  void archive(A& a) {
    a(initial_, sales_, sights_, refusals_);
  }
  // By home and item: units at the start.
  const std::map<std::pair<Side, std::string>, std::int64_t>& initial() const { return initial_; }

  using Item = std::pair<Side, std::string>;  // home, item
  // The keys of the sales of each item.
  std::map<Item, std::vector<std::int64_t>> sales_by_item() const;

 private:
  struct Sale {
    Micros taken = kNever, told = kNever, voided = kNever, given_back = kNever;
    Side home{};
    std::vector<SoldLine> lines;
    template <class A>
    void archive(A& a) {
      a(taken, told, voided, given_back, home, lines);
    }
  };
  struct Sight {
    std::size_t visit = 0;
    StockBand shown{};
    Micros from, until;
    template <class A>
    void archive(A& a) {
      a(visit, shown, from, until);
    }
  };
  struct Refusal {
    std::size_t visit = 0;
    Side home{};
    std::vector<SoldLine> wanted;
    Micros from, until;
    template <class A>
    void archive(A& a) {
      a(visit, home, wanted, from, until);
    }
  };
  // Units promised to the least and to the most that one can say, as steps in time.
  struct Course {
    std::vector<std::pair<Micros, std::int64_t>> least, most;
  };
  std::map<Item, Course> courses() const;
  bool seen_truly(const Item& item, const Course& course, const Sight& sight) const;
  bool refused_truly(const std::map<Item, Course>& courses, const Refusal& refusal) const;

  std::map<Item, std::int64_t> initial_;
  std::map<std::int64_t, Sale> sales_;
  std::map<Item, std::vector<Sight>> sights_;
  std::vector<Refusal> refusals_;
};

}  // namespace pindah
