// Do orders and payments of the shop survive the way to the other platform and back?
#include "tests/world/shop_lively.h"

namespace pindah {
namespace {

std::set<std::string> moving_tables(Side side) {
  std::set<std::string> names;
  for (const Move& move : shop_world().moves) {
    for (const TableId id :
         shop_world().services[static_cast<std::size_t>(move.service)].tables[index(side)]) {
      names.insert(shop_world().platforms[index(side)].tables[static_cast<std::size_t>(id)].name);
    }
  }
  return names;
}

std::map<std::string, std::string> contents(Platforms& shop, Side side) {
  std::map<std::string, std::string> all;
  for (const std::string& table : moving_tables(side)) {
    all[table] = shop.text(side, "SELECT * FROM " + table + " ORDER BY 1, 2");
  }
  return all;
}

// What no populate makes: answers and tombstones under their keys.
const char* const kRequests[] = {
    "INSERT INTO orders_request (idem_key, kind, answer) VALUES (71, 'place', '7'), (79, 'void', "
    "NULL)",
    "INSERT INTO payments_request (idem_key, kind, answer) VALUES (81, 'start', '8'), (89, 'void', "
    "NULL)",
    "INSERT INTO carts_request (idem_key, kind, lines) VALUES (91, 'add', NULL), (99, 'clear', "
    "'[]')",
    "INSERT INTO catalogue_request (idem_key, kind, lines, picks, shop_id, hold, shipping) VALUES "
    "(61, 'reserve', '[]', '[]', '1234567890123456789', 1, 9000), (69, 'released', NULL, NULL, "
    "NULL, NULL, NULL)"};

void put_requests(Platforms& shop) {
  for (const char* sql : kRequests) shop.rows(Side::source, sql);
}

}  // namespace

TEST_CASE("The shop answers alike wherever its orders and payments live, and there and back") {
  const Constants constants =
      constants_of(shop_world(), {{"buyers", 300}, {"products", 200}, {"orders", 600}});
  parity::Parity parity(shop_world(), constants, kShopStart);
  parity.round_trip();
  parity.run_pages(10);
  std::string wrong;
  for (std::size_t i = 0; i < std::min<std::size_t>(parity.wrong().size(), 5); ++i) {
    wrong += parity.wrong()[i] + "\n";
  }
  CHECK(wrong == "");
}

TEST_CASE("What was wiped at TikTok Shop comes back from Tokopedia row by row, and nothing else") {
  Platforms shop;
  put_requests(shop);
  const auto before = contents(shop, Side::source);
  for (const auto& [table, rows] : before) {
    INFO(table);
    CHECK(rows != "");
  }
  shop.move(Side::source);
  for (const auto& [table, rows] : before) shop.rows(Side::source, "DELETE FROM " + table);
  shop.rows(Side::target, "INSERT INTO orders_request (idem_key, kind) VALUES (75, 'void')");
  shop.rows(Side::target, "INSERT INTO payments_request (idem_key, kind) VALUES (85, 'void')");
  shop.move(Side::target);
  const auto after = contents(shop, Side::source);
  for (const auto& [table, rows] : before) {
    INFO(table);
    CHECK(rows == after.at(table));
  }
}

TEST_CASE("What is gone at its origin goes at its destination, and Tokopedia's own rows stay") {
  Platforms shop;
  put_requests(shop);
  shop.rows(Side::target, "INSERT INTO orders_request (idem_key, kind) VALUES (75, 'void')");
  shop.rows(Side::target, "INSERT INTO payments_request (idem_key, kind) VALUES (85, 'void')");
  const auto before = contents(shop, Side::target);
  shop.move(Side::source);
  CHECK(contents(shop, Side::target) != before);
  for (const Side from : {Side::source, Side::target}) {
    for (const Move& move : shop_world().moves) {
      if (move.from != from) continue;
      for (const Row& key : parity::extract(shop.at(from), move)) {
        const Row only{{"_key", key.at("_key")}};
        for (const SqlText& text : move.erase) shop.at(other(from)).rows(text, only);
      }
    }
    if (from == Side::source) {
      const auto after = contents(shop, Side::target);
      for (const auto& [table, rows] : before) {
        INFO(table);
        CHECK((rows == after.at(table)));
      }
      shop.move(Side::source);
    }
  }
  for (const auto& [table, rows] : contents(shop, Side::source)) {
    INFO(table);
    CHECK(rows == "");
  }
}

TEST_CASE("Every status has its code at Tokopedia") {
  Platforms shop;
  shop.move(Side::source);
  std::set<std::string> seen;
  for (const Row& row : shop.rows(Side::source,
                                  "SELECT id, status, coalesce(cancel_initiator, '') AS who FROM "
                                  "orders ORDER BY idem_key DESC")) {
    const std::string id = to_text(row.at("id"));
    seen.insert(to_text(row.at("status")) + " " + to_text(row.at("who")) + " " +
                shop.text(Side::target,
                          "SELECT order_status || '/' || is_held || '/' || partial_process AS code "
                          "FROM orders WHERE ext_order_id = '" +
                              id + "'"));
  }
  CHECK(seen == std::set<std::string>{
                    "UNPAID  code=100/0/0 \n", "ON_HOLD  code=220/1/0 \n",
                    "AWAITING_SHIPMENT  code=220/0/0 \n", "AWAITING_COLLECTION  code=450/0/0 \n",
                    "PARTIALLY_SHIPPING  code=450/0/1 \n", "IN_TRANSIT  code=500/0/0 \n",
                    "DELIVERED  code=600/0/0 \n", "COMPLETED  code=700/0/0 \n",
                    "CANCELLED BUYER code=15/0/0 \n", "CANCELLED SELLER code=0/0/0 \n",
                    "CANCELLED SYSTEM code=10/0/0 \n"});
}

TEST_CASE("A package of two orders outlives one of them") {
  Platforms shop;
  const Row pair =
      shop.rows(Side::source,
                "SELECT package_id AS package, min(order_id) AS gone, max(order_id) AS kept FROM "
                "package_order GROUP BY package_id HAVING count(*) = 2 ORDER BY 1 LIMIT 1")
          .at(0);
  for (const Move& move : shop_world().moves) {
    if (move.from != Side::target || move.root_table != "orders") continue;
    const auto before = shop.source.rows(move.check, {{"_key", pair.at("kept")}});
    for (const SqlText& text : move.erase) shop.source.rows(text, {{"_key", pair.at("gone")}});
    CHECK(shop.source.rows(move.check, {{"_key", pair.at("gone")}}).empty());
    CHECK((shop.source.rows(move.check, {{"_key", pair.at("kept")}}) == before));
  }
}

TEST_CASE("An order arrives in Tokopedia's terms: rupiah, quantities, local time, airway bills") {
  Platforms shop;
  shop.place_by_hand();
  shop.move(Side::source);
  const std::string one = " WHERE order_id = (SELECT order_id FROM orders WHERE idem_key = 5)";
  CHECK(shop.text(Side::target,
                  "SELECT substr(invoice_ref_num, 1, 24) AS invoice, order_status, payment_method, "
                  "item_price, shipping_price, voucher_amt, open_amt, create_time, payment_time, "
                  "pack_time, ship_time, delivery_time, accept_deadline, update_time FROM orders" +
                      one) ==
        "accept_deadline=2023-12-21T00:00:01Z create_time=2023-12-20T00:00:00Z delivery_time=NULL "
        "invoice=INV/20231220/XXIII/XII/3 item_price=50000 open_amt=55000 order_status=500 "
        "pack_time=2023-12-20T00:00:02Z payment_method=va payment_time=2023-12-20T00:00:01Z "
        "ship_time=2023-12-21T00:00:00Z shipping_price=9000 update_time=2023-12-21T00:00:00Z "
        "voucher_amt=4000 \n");
  CHECK(shop.text(Side::target,
                  "SELECT price, quantity FROM order_detail" + one + " ORDER BY price") ==
        "price=10000 quantity=2 \nprice=30000 quantity=1 \n");
  CHECK(shop.text(Side::target, "SELECT awb FROM shipment" + one + " ORDER BY awb") ==
        "awb=JNE1 \nawb=JNE2 \n");
  CHECK(shop.text(Side::target, "SELECT code, ts FROM order_history" + one) ==
        "code=500 ts=2023-12-21T00:00:00Z \n");
}

TEST_CASE("A payment arrives in Tokopedia's terms, and a complaint has a refund or has none") {
  Platforms shop;
  shop.place_by_hand();
  shop.move(Side::source);
  CHECK(shop.text(Side::target,
                  "SELECT substr(payment_ref_num, 1, 24) AS ref, gateway_id, gateway_ref, amount, "
                  "status_id, create_time, payment_date, ext_order_id FROM payment JOIN "
                  "payment_order USING (payment_id) WHERE idem_key = 5") ==
        "amount=55000 create_time=2023-12-20T00:00:00Z ext_order_id=7000000000000000001 "
        "gateway_id=2 gateway_ref=TT2 payment_date=2023-12-21T00:00:00Z "
        "ref=PYM/20231220/XXIII/XII/3 status_id=2 \n");
  CHECK(shop.text(Side::target,
                  "SELECT id FROM resolution WHERE (refund_state IS NULL) <> (ext_refund_id IS "
                  "NULL) AND payment_id >= 3000000000") == "");
}

}  // namespace pindah
