// Who comes to the shop: do the page graphs and mixes give the funnel that the case reports?
#include <map>

#include "tests/world/shop_by_hand.h"

namespace pindah {
namespace {

constexpr double kMillion = 1e6;

double share(std::int64_t ppm) { return static_cast<double>(ppm) / kMillion; }

using PerPage = std::vector<double>;

PerPage entries(const Persona& persona) {
  PerPage start(shop_world().pages.size());
  for (const Transition& t : persona.entry) start[static_cast<std::size_t>(t.to)] += share(t.ppm);
  return start;
}

// How often a session of the persona visits each page, on average.
PerPage visits_of(const Persona& persona) {
  PerPage now = entries(persona);
  PerPage visits(now.size());
  for (int step = 0; step < 2000; ++step) {
    PerPage next(now.size());
    for (std::size_t page = 0; page < now.size(); ++page) {
      visits[page] += now[page];
      for (const Transition& t : persona.rows[page]) {
        if (t.to >= 0) next[static_cast<std::size_t>(t.to)] += now[page] * share(t.ppm);
      }
    }
    now = next;
  }
  return visits;
}

double pages_of(const Persona& persona) {
  double sum = 0;
  for (const double visits : visits_of(persona)) sum += visits;
  return sum;
}

// The share of the persona's sessions that ever see the page (under the name it is reported by).
double reaches(const Persona& persona, const std::string& as) {
  PerPage chance(shop_world().pages.size());
  for (int step = 0; step < 2000; ++step) {
    for (std::size_t page = 0; page < chance.size(); ++page) {
      double sum = 0;
      for (const Transition& t : persona.rows[page]) {
        if (t.to >= 0) sum += share(t.ppm) * chance[static_cast<std::size_t>(t.to)];
      }
      chance[page] = shop_world().pages[page].as == as ? 1 : sum;
    }
  }
  double sum = 0;
  const PerPage start = entries(persona);
  for (std::size_t page = 0; page < chance.size(); ++page) sum += start[page] * chance[page];
  return sum;
}

template <class Measure>
double over(const std::string& mix, Measure measure) {
  double sum = 0;
  for (const auto& [persona, ppm] :
       shop_world().mixes.at(static_cast<std::size_t>(shop_world().mix(mix))).shares) {
    sum += share(ppm) * measure(shop_world().personas.at(static_cast<std::size_t>(persona)));
  }
  return sum;
}

double pages(const std::string& mix) { return over(mix, pages_of); }
double reach(const std::string& mix, const std::string& page) {
  return over(mix, [&](const Persona& persona) { return reaches(persona, page); });
}

}  // namespace

TEST_CASE("The shop's usual sessions and sale days have the funnel that the case reports") {
  CHECK(pages("usual") == Approx(4.7).epsilon(0.01));
  CHECK(reach("usual", "cart") == Approx(0.10).epsilon(0.05));
  CHECK(reach("usual", "checkout") == Approx(0.030).epsilon(0.01));
  CHECK(reach("sale-day", "checkout") == Approx(0.074).epsilon(0.05));
  CHECK(reach("usual", "checkout") / reach("usual", "cart") == Approx(0.29).epsilon(0.05));
  CHECK(reach("sale-day", "checkout") / reach("sale-day", "cart") == Approx(0.40).epsilon(0.05));
}

TEST_CASE("The shop's stress mixes have the page shares of TPC-W's mixes") {
  // Of a hundred pages; search requests and results together, new products and best sellers as
  // list.
  const std::map<std::string, std::map<std::string, double>> shares{
      {"tpcw-browsing", {{"home", 29}, {"list", 22}, {"product", 21}, {"search", 23}, {"cart", 2}}},
      {"tpcw-shopping",
       {{"home", 16}, {"search", 37}, {"cart", 11.6}, {"pay", 2.6}, {"checkout", 1.2}}},
      {"tpcw-ordering",
       {{"product", 12.35},
        {"cart", 13.53},
        {"address", 12.86},
        {"pay", 12.73},
        {"checkout", 10.18}}}};
  for (const auto& [mix, pages_there] : shares) {
    CHECK(pages(mix) == Approx(50).epsilon(0.05));
    for (const auto& [name, percent] : pages_there) {
      INFO(mix << ": " << name);
      const std::string as = name;
      const double visits = over(mix, [&](const Persona& persona) {
        const PerPage visits_there = visits_of(persona);
        double sum = 0;
        for (std::size_t page = 0; page < visits_there.size(); ++page) {
          if (shop_world().pages[page].as == as) sum += visits_there[page];
        }
        return sum;
      });
      CHECK(100 * visits / pages(mix) == Approx(percent).epsilon(0.05));
    }
  }
}

TEST_CASE("The shop's payments are shared out as transactions are") {
  std::map<std::string, std::int64_t> shares;
  const World& world = shop_world();
  for (const auto& [name, ppm] : world.choices.at(0).options) shares[name] = ppm;
  CHECK(shares == std::map<std::string, std::int64_t>{{"ewallet", 390'000},
                                                      {"va", 270'000},
                                                      {"card", 170'000},
                                                      {"cod", 110'000},
                                                      {"minimarket", 60'000}});
}

TEST_CASE("No call of the shop reads a table from end to end") {
  // Names that stand for a call's own lines and numbers, and the two that stop early: the front
  // page reads its first twenty in key order, the healing list a partial index that is empty.
  const std::set<std::string> small{"CONSTANT", "json_each", "l",    "pick", "line", "unit",
                                    "clock",    "numbers",   "bill", "name", "h"};
  const World& world = shop_world();
  for (const Side side : {Side::source, Side::target}) {
    Database db;
    SqlContext context{Draws(1), world.platforms[index(side)].ids, kShopStart, {}};
    add_functions(db, context);
    db.copy_from(small_shop().databases[index(side)]);
    for (const Call& call : world.calls) {
      for (const SqlText& text : call.body[index(side)].statements) {
        Statement plan(db, "EXPLAIN QUERY PLAN " + text.sql);
        while (plan.step()) {
          const std::string detail(plan.text(3));
          if (detail.rfind("SCAN ", 0) != 0 || detail.find("VIRTUAL TABLE") != std::string::npos ||
              detail.find("orders_stock_return") != std::string::npos) {
            continue;
          }
          const std::string name = detail.substr(5, detail.find(' ', 5) - 5);
          INFO(call.name << " on " << world.platforms[index(side)].name << ": " << detail);
          CHECK((name[0] == '(' || small.count(name) != 0 || call.name == "catalogue.home"));
        }
      }
    }
  }
}

}  // namespace pindah
