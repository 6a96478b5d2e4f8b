// The shop's pages run by hand on its two populated platforms: no edge, no time but what a test
// lets pass, and a bank that does as it is told.
#pragma once

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/world/parity.h"
#include "world/load.h"

namespace pindah {

inline const World& shop_world() {
  static const World world = [] {
    Problems problems;
    auto loaded = load_world(PINDAH_SOURCE_DIR "/data/shop-tokopedia", problems);
    INFO(problems.text());
    REQUIRE(loaded);
    return *loaded;
  }();
  return world;
}

inline constexpr std::int64_t kShopStart = 1'702'310'400'000'000;  // 11 Dec 2023 23:00 WIB

inline const Populated& small_shop() {
  static const Populated populated =
      populate(shop_world(),
               constants_of(shop_world(), {{"buyers", 300}, {"products", 300}, {"orders", 400}}), 1,
               kShopStart, 1);
  return populated;
}

// What is known in a page, by name.
class Known {
 public:
  Known() : values(shop_world().slots.size()) {}
  Value& operator[](std::string_view name) {
    const SlotId slot = shop_world().slot(name);
    REQUIRE(slot >= 0);
    return values[static_cast<std::size_t>(slot)];
  }
  std::string text(std::string_view name) { return to_text((*this)[name]); }
  std::vector<Value> values;
};

// One shopper of `home`, and where the services live that have moved.
class ShopByHand {
 public:
  explicit ShopByHand(Side home, std::set<std::string> on_target = {})
      : home_(home),
        on_target_(std::move(on_target)),
        source_(shop_world(), constants_of(shop_world()), Side::source, small_shop().databases[0],
                kShopStart),
        target_(shop_world(), constants_of(shop_world()), Side::target, small_shop().databases[1],
                kShopStart) {
    buyer = rows(shop_world().pools[0].sql[index(home)].sql, home).at(7).begin()->second;
    find_goods();
  }

  Value buyer;
  Value item, same_shop, other_shop;  // goods in plenty
  bool bank_pays = true;              // what the bank says about methods that answer at once

  void pass(std::int64_t us) {
    source_.pass(us);
    target_.pass(us);
  }
  std::vector<parity::Row> rows(const std::string& sql, Side side) {
    return (side == Side::source ? source_ : target_).rows({{}, sql}, {});
  }
  std::vector<parity::Row> of_service(const std::string& service, const std::string& on_source,
                                      const std::string& on_target) {
    const Side side = side_of(service);
    return rows(side == Side::source ? on_source : on_target, side);
  }
  Side side_of(const std::string& service) const {
    return home_ == Side::target || on_target_.count(service) != 0 ? Side::target : Side::source;
  }

  Known about(std::int64_t idem) {
    Known known;
    known["buyer"] = buyer;
    known["idem"] = idem;
    known["home"] = std::string(home_ == Side::source ? "source" : "target");
    return known;
  }

  // The refusal, or nothing.
  std::string call(const std::string& name, Known& known) {
    const CallId id = shop_world().call(name);
    REQUIRE(id >= 0);
    const bool target = side_of(name.substr(0, name.find('.'))) == Side::target;
    return (target ? target_ : source_).call(id, known.values).refusal;
  }
  // At most `steps` steps of a page, in order; a refusal takes back what was done.
  std::string page(const std::string& name, Known& known, int steps = 99) {
    const Page& page = shop_world().pages.at(static_cast<std::size_t>(shop_world().page(name)));
    std::vector<const PageStep*> ran;
    for (const PageStep& step : page.steps) {
      if (steps-- == 0) break;
      const bool wanted =
          step.if_slot < 0 ||
          to_text(known.values[static_cast<std::size_t>(step.if_slot)]) == step.if_equals;
      if (!wanted) continue;
      const std::string refusal = run(step, known);
      if (refusal.empty()) {
        ran.push_back(&step);
        continue;
      }
      for (auto it = ran.rbegin(); it != ran.rend(); ++it) take_back(**it, known);
      return refusal;
    }
    return {};
  }
  // She gave up: everything is taken back, done or not.
  void give_up(const std::string& name, Known& known) {
    const Page& page = shop_world().pages.at(static_cast<std::size_t>(shop_world().page(name)));
    for (auto it = page.steps.rbegin(); it != page.steps.rend(); ++it) take_back(*it, known);
  }
  Known put_into_cart(std::int64_t idem, const Value& what) {
    Known known = about(idem);
    known["item"] = what;
    CHECK(page("add", known) == "");
    return known;
  }
  Known check_out(std::int64_t idem, const std::string& method, int steps = 99) {
    Known known = about(idem);
    known["method"] = method;
    refused = page("checkout", known, steps);
    return known;
  }
  std::string refused;  // by the last check_out

  // The keys that a job's list call names.
  std::string due(const std::string& list) {
    Known known = about(0);
    CHECK(call(list, known) == "");
    return known.text("list");
  }
  // Every job's turn for the one order: its page, run for the entry that the list names.
  bool work_off(const std::string& list, const std::string& page_name, std::int64_t idem) {
    const auto entries = nlohmann::json::parse(due(list));
    for (const auto& entry : entries) {
      if (entry.at("idem") != idem) continue;
      Known known = about(idem);
      for (const auto& [name, value] : entry.items()) {
        if (value.is_string()) known[name] = value.get<std::string>();
        if (value.is_number()) known[name] = value.get<std::int64_t>();
      }
      CHECK(page(page_name, known) == "");
      return true;
    }
    return false;
  }
  std::string status(Known order) {
    Known known = about(0);
    known["order_token"] = order["order_token"];
    CHECK(page("order", known) == "");
    return known.text("status") + "/" + known.text("pay_status");
  }
  std::int64_t available(const Value& of) {
    const Side side = side_of("catalogue");
    for (const parity::Row& row : rows(shop_world().stock->stock[index(side)].sql, side)) {
      if (row.at("item") == of) return integer_or(row.at("available"), -1);
    }
    return -1;
  }

 private:
  std::string run(const PageStep& step, Known& known) {
    if (step.call >= 0) {
      return call(shop_world().calls[static_cast<std::size_t>(step.call)].name, known);
    }
    const Ledger& ledger = shop_world().ledgers[static_cast<std::size_t>(step.ledger)];
    if (step.reverses) {
      known.values[static_cast<std::size_t>(ledger.refund_state)] = std::string("refunded");
    } else {
      const std::string by =
          ledger.by < 0 ? "any" : to_text(known.values[static_cast<std::size_t>(ledger.by)]);
      const bool paid = by == "ewallet" && bank_pays;
      known.values[static_cast<std::size_t>(ledger.state)] = std::string(paid          ? "captured"
                                                                         : by == "cod" ? "none"
                                                                                       : "pending");
    }
    return {};
  }
  void take_back(const PageStep& step, Known& known) {
    if (step.undo < 0) return;
    CHECK(call(shop_world().calls[static_cast<std::size_t>(step.undo)].name, known) == "");
  }
  void find_goods() {
    const char* const on_source =
        "SELECT s.id AS item, p.shop_id AS shop FROM sku s JOIN product p ON p.id = s.product_id "
        "JOIN shop h ON h.id = p.shop_id WHERE h.remorse_hold = 0 AND p.status = 'ACTIVATE' AND "
        "(SELECT max(available) FROM inventory WHERE sku_id = s.id) >= 20 ORDER BY s.id";
    const char* const on_target =
        "SELECT p.product_id AS item, p.shop_id AS shop FROM product p JOIN shop h USING (shop_id) "
        "WHERE h.remorse_hold = 0 AND p.status = 1 AND p.has_variants = 0 AND "
        "(SELECT max(value) FROM warehouse_stock w WHERE w.product_id = p.product_id) >= 20 "
        "ORDER BY p.product_id";
    const auto goods = of_service("catalogue", on_source, on_target);
    for (const parity::Row& a : goods) {
      for (const parity::Row& b : goods) {
        const bool alike = a.at("shop") == b.at("shop");
        if (alike && a.at("item") < b.at("item") && is_null(item)) {
          item = a.at("item"), same_shop = b.at("item");
        }
        if (!alike && item == a.at("item")) other_shop = b.at("item");
      }
    }
    REQUIRE_FALSE(is_null(other_shop));
  }

  Side home_;
  std::set<std::string> on_target_;
  parity::Stage source_, target_;
};

}  // namespace pindah
