// The shop that comes with Pindah: does it keep its promises before anything moves, and in the
// middle state in which payments have moved and orders have not?
#include "tests/world/shop_by_hand.h"

namespace pindah {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::int64_t setting(const std::string& name) { return shop_world().settings.at(name).us; }

// Whose shopper, and what has moved.
struct Where {
  Side home;
  std::set<std::string> on_target;
};
const std::vector<Where> kEverywhere = {{Side::source, {}},
                                        {Side::source, {"payments"}},
                                        {Side::source, {"orders"}},
                                        {Side::source, {"payments", "orders"}},
                                        {Side::target, {}}};

std::string name_of(const Where& where) {
  std::string name = where.home == Side::source ? "TikTok shopper" : "own shopper";
  for (const std::string& service : where.on_target) name += ", " + service + " moved";
  return name;
}

// The money for an order has come: the page that the bank's callback runs.
Known pay_in(ShopByHand& shop, Known order) {
  Known known = shop.about(integer_or(order["idem"], 0));
  known["payment_token"] = order["payment_token"];
  CHECK(shop.page("settle", known) == "");
  return known;
}

std::size_t rows_of(ShopByHand& shop, const std::string& service, const std::string& table,
                    std::int64_t idem) {
  const std::string sql =
      "SELECT 1 AS one FROM " + table + " WHERE idem_key = " + std::to_string(idem);
  return shop.of_service(service, sql, sql).size();
}

}  // namespace

TEST_CASE("An order lives its whole life wherever orders and payments are") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    shop.put_into_cart(512, shop.item);
    Known order = shop.check_out(513, "va");
    CHECK(shop.refused == "");
    CHECK(shop.status(order) == "unpaid/pending");
    CHECK(is_text(order["order_token"]) == (where.home == Side::source));
    CHECK(integer_or(order["pay_amount"], 0) == integer_or(order["total"], -1) * 100);
    CHECK(pay_in(shop, order).text("status") == "paid");
    CHECK(pay_in(shop, order).text("status") == "paid");
    const std::vector<std::array<std::string, 4>> stages = {
        {"accept_after", "orders.to_accept", "accept", "packed/captured"},
        {"ship_after", "orders.to_ship", "ship", "shipped/captured"},
        {"deliver_after", "orders.to_deliver", "deliver", "delivered/captured"},
        {"complete_after", "orders.to_complete", "complete", "completed/captured"}};
    for (const auto& [timer, list, page, status] : stages) {
      INFO(page);
      shop.pass(setting(timer) - kSecond);
      CHECK_FALSE(shop.work_off(list, page, 513));
      shop.pass(2 * kSecond);
      CHECK(shop.work_off(list, page, 513));
      CHECK(shop.status(order) == status);
    }
    Known account = shop.about(514);
    CHECK(shop.page("account", account) == "");
    const auto newest = nlohmann::json::parse(account.text("my_orders")).at(0);
    CHECK(newest.at("idem") == 513);
    CHECK(newest.at("status") == "completed");
    CHECK(newest.at("total") == integer_or(order["total"], 0));
  }
}

TEST_CASE("A checkout asked for twice is one order, one payment and one sale") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    const std::int64_t before = shop.available(shop.item);
    const std::string qty = shop.put_into_cart(512, shop.item).text("lines");
    CHECK(shop.put_into_cart(512, shop.item).text("lines") == qty);
    for (int steps = 1; steps <= 9; ++steps) shop.check_out(513, "ewallet", steps);
    shop.pass(30 * kSecond);
    Known first = shop.check_out(513, "ewallet");
    Known again = shop.check_out(513, "ewallet");
    CHECK(shop.refused == "");
    CHECK(first.values == again.values);
    CHECK(first.text("status") == "paid");
    CHECK(rows_of(shop, "orders", "orders", 513) == 1);
    CHECK(rows_of(shop, "payments", "payment", 513) == 1);
    const auto lines = nlohmann::json::parse(first.text("lines"));
    CHECK(before - shop.available(shop.item) == lines.at(0).at("qty").get<std::int64_t>());
    Known cart = shop.about(514);
    CHECK(shop.page("cart", cart) == "");
    CHECK(cart.text("lines") == "[]");
  }
}

TEST_CASE("Who gave up has no order and her units are back, whichever comes first") {
  for (const Where& where : kEverywhere) {
    for (int steps = 0; steps <= 5; ++steps) {
      INFO(name_of(where) << ", gave up after " << steps << " steps");
      ShopByHand shop(where.home, where.on_target);
      const std::int64_t before = shop.available(shop.item);
      shop.put_into_cart(512, shop.item);
      Known known = shop.check_out(513, "va", steps);
      shop.give_up("checkout", known);
      shop.give_up("checkout", known);
      CHECK(shop.available(shop.item) == before);
      Known late = shop.check_out(513, "va");
      CHECK(shop.refused == "given up");
      CHECK(shop.available(shop.item) == before);
      if (steps >= 3) {
        CHECK(shop.status(known).substr(0, 10) == "cancelled/");
        CHECK(shop.work_off("orders.overdue", "expire", 513));
        CHECK_FALSE(shop.work_off("orders.overdue", "expire", 513));
      }
      CHECK(shop.available(shop.item) == before);
    }
  }
}

TEST_CASE("Whatever an undo has overtaken refuses, step by step") {
  const std::vector<std::array<std::string, 2>> steps = {{"catalogue.reserve", "catalogue.release"},
                                                         {"orders.place", "orders.cancel"},
                                                         {"payments.start", "payments.void"}};
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    shop.put_into_cart(512, shop.item);
    Known known = shop.check_out(513, "va");
    known["idem"] = std::int64_t{514};
    for (const auto& [call, undo] : steps) {
      CHECK(shop.call(undo, known) == "");
      CHECK(shop.call(call, known) == "given up");
    }
    CHECK(rows_of(shop, "orders", "orders", 514) == 0);
    CHECK(rows_of(shop, "payments", "payment", 514) == 0);
  }
}

TEST_CASE("An order that was paid before she gave up stands, and its units with it") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    shop.put_into_cart(512, shop.item);
    Known order = shop.check_out(513, "ewallet", 7);
    const std::int64_t after = shop.available(shop.item);
    Known giving_up = order;
    shop.give_up("checkout", giving_up);
    CHECK(shop.status(order) == "paid/captured");
    CHECK(shop.available(shop.item) == after);
  }
}

TEST_CASE("An unpaid order is cancelled in time, its units go back once, late money is refunded") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    const std::int64_t before = shop.available(shop.item);
    shop.put_into_cart(512, shop.item);
    Known order = shop.check_out(513, "minimarket");
    CHECK_FALSE(shop.work_off("orders.overdue", "expire", 513));
    shop.pass(setting("unpaid_for") + kSecond);
    Known cut_short = shop.about(513);  // the answer to the first step is lost
    CHECK(shop.page("expire", cut_short, 1) == "");
    CHECK(shop.work_off("orders.overdue", "expire", 513));
    CHECK_FALSE(shop.work_off("orders.overdue", "expire", 513));
    CHECK(shop.available(shop.item) == before);
    CHECK(shop.status(order) == "cancelled/void");
    pay_in(shop, order);
    CHECK(shop.status(order) == "cancelled/refunded");
    pay_in(shop, order);
    CHECK(shop.status(order) == "cancelled/refunded");
  }
}

TEST_CASE("Money that comes in time keeps an order from being cancelled") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    shop.put_into_cart(512, shop.item);
    Known order = shop.check_out(513, "va");
    shop.pass(setting("unpaid_for") + kSecond);
    pay_in(shop, order);
    Known too_late = shop.about(513);
    CHECK(shop.page("expire", too_late) == "paid meanwhile");
    CHECK(shop.status(order) == "paid/captured");
  }
}

TEST_CASE("A checkout takes one shop's lines and leaves the rest in the cart") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    shop.put_into_cart(512, shop.other_shop);
    shop.put_into_cart(513, shop.item);
    shop.put_into_cart(514, shop.same_shop);
    Known order = shop.check_out(515, "cod");
    CHECK(shop.refused == "");
    CHECK(nlohmann::json::parse(order.text("lines")).size() == 2);
    CHECK(shop.status(order) == "paid/cod");
    Known cart = shop.about(516);
    CHECK(shop.page("cart", cart) == "");
    CHECK(nlohmann::json::parse(cart.text("lines")).size() == 1);
    shop.check_out(517, "cod");
    CHECK(shop.refused == "");
    shop.check_out(518, "cod");
    CHECK(shop.refused == "cart is empty");
  }
}

TEST_CASE("What is sold out is refused, and nothing is taken") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    shop.put_into_cart(512, shop.same_shop);
    const std::int64_t other = shop.available(shop.same_shop);
    Known cart = shop.put_into_cart(513, shop.item);
    for (std::int64_t visit = 514; visit < 680; ++visit)
      cart = shop.put_into_cart(visit, shop.item);
    std::int64_t left = shop.available(shop.item);
    const std::int64_t wanted = nlohmann::json::parse(cart.text("lines")).at(0).at("qty");
    for (std::int64_t visit = 700; left >= wanted; ++visit) {  // somebody else buys it up
      Known bulk = shop.about(visit);
      bulk["lines"] = nlohmann::json{{{"item", nullptr}, {"qty", wanted}}}.dump();
      auto lines = nlohmann::json::parse(bulk.text("lines"));
      if (is_text(shop.item)) lines[0]["item"] = to_text(shop.item);
      if (!is_text(shop.item)) lines[0]["item"] = integer_or(shop.item, 0);
      bulk["lines"] = lines.dump();
      if (shop.call("catalogue.reserve", bulk) == "sold out") break;
      left = shop.available(shop.item);
    }
    shop.check_out(690, "va");
    CHECK(shop.refused == "sold out");
    CHECK(shop.available(shop.item) == left);
    CHECK(shop.available(shop.same_shop) == other);
    CHECK(rows_of(shop, "orders", "orders", 690) == 0);
  }
}

TEST_CASE("An hour of remorse holds a paid order back from its merchant") {
  for (const Where& where : kEverywhere) {
    INFO(name_of(where));
    ShopByHand shop(where.home, where.on_target);
    Known known = shop.about(513);
    shop.put_into_cart(512, shop.item);
    CHECK(shop.page("checkout", known, 2) == "");
    known["hold"] = std::int64_t{1};
    known["method"] = std::string("va");
    CHECK(shop.call("orders.place", known) == "");
    CHECK(shop.call("payments.start", known) == "");
    CHECK(pay_in(shop, known).text("status") == "on_hold");
    shop.pass(setting("remorse_hold") - 5 * kSecond);
    CHECK_FALSE(shop.work_off("orders.to_accept", "accept", 513));
    CHECK_FALSE(shop.work_off("orders.to_unhold", "unhold", 513));
    Known too_soon = shop.about(513);
    CHECK(shop.page("accept", too_soon) == "");
    CHECK(too_soon.text("status") == "on_hold");
    shop.pass(10 * kSecond);
    CHECK(shop.work_off("orders.to_unhold", "unhold", 513));
    CHECK(shop.status(known) == "paid/captured");
  }
}

}  // namespace pindah
