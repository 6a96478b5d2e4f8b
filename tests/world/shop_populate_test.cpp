// Is what populate puts on the shop's two platforms a shop, and the same one on both?
#include "tests/world/shop_lively.h"

namespace pindah {

TEST_CASE("Both platforms were filled with the same sellers, listings and people") {
  Platforms shop;
  const auto alike = [&](const char* on_source, const char* on_target) {
    const std::string there = shop.text(Side::target, on_target);
    CHECK(there != "");
    CHECK((shop.text(Side::source, on_source) == there));
  };
  alike(
      "SELECT id, seller_open_id AS seller, name, minor(shipping_fee) / 100 AS fee, remorse_hold "
      "FROM shop ORDER BY id",
      "SELECT m.ext_shop AS id, s.tts_seller_id AS seller, s.name, s.shipping_fee AS fee, "
      "s.remorse_hold "
      "FROM order_shop_map m JOIN shop s USING (shop_id) ORDER BY 1");
  alike(
      "SELECT k.id, p.title, p.keyword, p.category, minor(k.price) / 100 AS price, p.shop_id AS "
      "shop "
      "FROM sku k JOIN product p ON p.id = k.product_id ORDER BY k.id",
      "SELECT m.ext_sku AS id, p.name AS title, p.keyword, p.category, p.price_idr AS price, "
      "h.ext_shop AS shop "
      "FROM order_item_map m JOIN product p USING (product_id) JOIN order_shop_map h USING "
      "(shop_id) ORDER BY 1");
  alike("SELECT user_id AS id FROM buyer ORDER BY 1",
        "SELECT m.ext_id AS id FROM order_buyer_map m JOIN payment_buyer_map p USING (ext_id, "
        "user_id) "
        "JOIN account_link l USING (ext_id, user_id) JOIN user USING (user_id) ORDER BY 1");
  const std::string both =
      shop.text(Side::target, "SELECT count(*) AS n FROM account_link WHERE user_id < 1000000000");
  CHECK(both > "n=20");  // a fifth of 200
  CHECK(both < "n=60");
}

TEST_CASE("Orders made before the run add up, line by line") {
  Platforms shop;
  CHECK(
      shop.text(
          Side::source,
          "SELECT o.id FROM orders o WHERE minor(total_amount) <> minor(sub_total) + "
          "minor(shipping_fee) - "
          "minor(seller_discount) - minor(platform_discount) OR minor(sub_total) <> (SELECT "
          "coalesce(sum(minor(original_price)), 0) FROM order_line WHERE order_id = o.id) OR "
          "minor(total_amount) - "
          "minor(shipping_fee) <> (SELECT sum(minor(sale_price)) FROM order_line WHERE order_id = "
          "o.id) OR "
          "minor(total_amount) <> (SELECT minor(amount) FROM payment p WHERE p.idem_key = "
          "o.idem_key) OR "
          "create_time > (SELECT n.create_time FROM orders n WHERE n.idem_key = o.idem_key + 1)") ==
      "");
  CHECK(shop.text(Side::target,
                  "SELECT o.order_id FROM orders o WHERE item_price <> (SELECT sum(price * "
                  "quantity) FROM order_detail d "
                  "WHERE d.order_id = o.order_id) OR open_amt <> (SELECT amount FROM payment p "
                  "WHERE p.idem_key = "
                  "o.idem_key)") == "");
  CHECK(shop.text(Side::target,
                  "SELECT product_id FROM product p WHERE main_stock <> (SELECT "
                  "coalesce(sum(value), 0) FROM "
                  "warehouse_stock w WHERE w.product_id = p.product_id)") == "");
}

TEST_CASE("No job of the shop has anything to do at the start") {
  Platforms shop;
  for (const Side home : {Side::source, Side::target}) {
    for (const Job& job : shop_world().jobs) {
      Known known;
      known["home"] = std::string(home == Side::source ? "source" : "target");
      CHECK(shop.at(home).call(job.list, known.values).refusal == "");
      INFO(job.name);
      CHECK(known.text("list") == "[]");
    }
  }
}

}  // namespace pindah
