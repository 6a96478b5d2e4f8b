// Does the shop's truth say what its platforms hold, and is it quick to say it?
#include "tests/world/shop_lively.h"

namespace pindah {

TEST_CASE("The truth about what moved is the same on both platforms, tokens and all") {
  Platforms shop;
  shop.move(Side::source);
  const std::vector<PerSide<SqlText>> truths{shop_world().promises.at(0).truth,
                                             *shop_world().ledgers.at(0).truth};
  for (const auto& truth : truths) {
    std::map<std::string, Row> there;
    for (const Row& row : shop.target.rows(truth[1], {})) there[to_text(row.at("witness"))] = row;
    for (Row row : shop.source.rows(truth[0], {})) {
      Row& moved = there[to_text(row.at("witness"))];
      row.erase("root");
      moved.erase("root");
      CHECK(parity::text_of(moved) == parity::text_of(row));
    }
  }
}

TEST_CASE("The truth about Tokopedia's own orders is what their page says") {
  Platforms shop;
  std::set<std::string> seen;
  for (const Row& row : shop.target.rows(shop_world().promises.at(0).truth[1], {})) {
    Known known;
    known["home"] = std::string("target");
    known["order_token"] = row.at("token");
    CHECK(shop.target.call(shop_world().call("orders.show"), known.values).refusal == "");
    for (const char* column : {"buyer", "status", "total"}) {
      CHECK(known.text(column) == to_text(row.at(column)));
    }
    CHECK(known.text("idem") == to_text(row.at("witness")));
    seen.insert(to_text(row.at("status")));
  }
  CHECK(seen.size() == shop_world().promises.at(0).ranks.size());
}

TEST_CASE("Units of this run are counted where the order is, until they are given back") {
  Platforms shop;
  shop.place_by_hand();
  const std::string skus = shop.text(Side::source,
                                     "SELECT id AS item, CASE row_number() OVER (ORDER BY id) WHEN "
                                     "1 THEN 2 ELSE 1 END AS units FROM sku ORDER BY id LIMIT 2");
  const auto units = [&](const std::string& change) {
    shop.rows(Side::source, "UPDATE orders SET " + change + " WHERE idem_key = 5");
    shop.move(Side::source);
    std::string all;
    for (const Side side : {Side::source, Side::target}) {
      for (const Row& row : shop.at(side).rows(shop_world().stock->units[index(side)], {})) {
        all += parity::text_of(row) + "\n";
      }
    }
    return all;
  };
  CHECK(units("stock_return = 0") == skus + skus);
  shop.rows(Side::source,
            "INSERT INTO cancellation VALUES ('7000000000000000001', 'SELLER', 'stok habis', "
            "1703091600)");
  CHECK(units("status = 'CANCELLED', stock_return = 1, cancel_initiator = 'SELLER', cancel_reason "
              "= 'stok habis', cancel_time = 1703091600") == skus + skus);
  CHECK(units("stock_return = 0") == "");
}

TEST_CASE("The truth about one order, cart or payment is found without reading them all") {
  Platforms shop;
  for (const Side side : {Side::source, Side::target}) {
    std::vector<std::pair<SqlText, std::string>> asked;
    for (const Promise& promise : shop_world().promises) {
      asked.emplace_back(promise.truth[index(side)], "witness");
      asked.emplace_back(promise.truth[index(side)], "root");
    }
    for (const Ledger& ledger : shop_world().ledgers) {
      if (!ledger.truth) continue;
      asked.emplace_back((*ledger.truth)[index(side)], "witness");
      asked.emplace_back((*ledger.truth)[index(side)], "root");
    }
    asked.emplace_back(shop_world().stock->stock[index(side)], "item");
    for (auto& [text, column] : asked) {
      text.sql.erase(text.sql.find_last_not_of("; \n") + 1);
      const std::string sql = "SELECT * FROM (" + text.sql + ") WHERE " + column + " = :x";
      const std::string plan = shop.text(side, "EXPLAIN QUERY PLAN " + sql);
      INFO(sql << "\n" << plan);
      // Of a compound, what its searches have found is read on as a subquery.
      for (std::size_t at = plan.find("SCAN"); at != std::string::npos;
           at = plan.find("SCAN", at + 1))
        CHECK(plan.compare(at, 15, "SCAN (subquery-") == 0);
    }
  }
}

}  // namespace pindah
