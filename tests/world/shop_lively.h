// The shop with so much under way that even a small one has every status, on both its platforms.
#pragma once

#include "tests/world/shop_by_hand.h"

namespace pindah {

using parity::Row;
using parity::Stage;

// Stages of days instead of hours: so many orders are under way that a small shop has every status.
inline Constants lively() {
  const Micros days = hours(24);
  return constants_of(shop_world(), {{"buyers", 200}, {"products", 200}, {"orders", 1500}},
                      {{"unpaid_for", days * 10},
                       {"remorse_hold", days * 5},
                       {"accept_after", days * 5},
                       {"ship_after", days * 10},
                       {"deliver_after", days * 5},
                       {"complete_after", days * 5}});
}

inline const Populated& lively_shop() {
  static const Populated populated = populate(shop_world(), lively(), 3, kShopStart, 1);
  return populated;
}

struct Platforms {
  Stage source{shop_world(), lively(), Side::source, lively_shop().databases[0], kShopStart};
  Stage target{shop_world(), lively(), Side::target, lively_shop().databases[1], kShopStart};

  Stage& at(Side side) { return side == Side::source ? source : target; }
  std::vector<Row> rows(Side side, const std::string& sql) { return at(side).rows({{}, sql}, {}); }
  std::string text(Side side, const std::string& sql) {
    std::string all;
    for (const Row& row : rows(side, sql)) all += parity::text_of(row) + "\n";
    return all;
  }
  void move(Side from) {
    const auto wrong = parity::move_all(shop_world(), at(from), at(other(from)), from);
    CHECK((wrong.empty() ? "" : wrong[0]) == "");
  }
  // An order of three units in two packages (idem 5), placed as the day begins in Jakarta, and its
  // payment.
  void place_by_hand() {
    const std::string sku = "(SELECT id FROM sku ORDER BY id LIMIT 1 OFFSET ";
    rows(Side::source,
         "INSERT INTO orders (id, shop_id, user_id, status, is_cod, payment_method_name, "
         "sub_total, shipping_fee, seller_discount, platform_discount, total_amount, create_time, "
         "paid_time, rts_time, collection_time, update_time, idem_key) SELECT "
         "'7000000000000000001', (SELECT min(id) FROM shop), (SELECT min(user_id) FROM buyer), "
         "'IN_TRANSIT', 0, 'va', '50000.00', '9000.00', '3000.00', '1000.00', '55000.00', "
         "1703005200, 1703005201, 1703005202, 1703091600, 1703091600, 5");
    rows(Side::source, "INSERT INTO order_line VALUES ('1', '7000000000000000001', " + sku +
                           "0), '10000.00', '9333.00', '333.00', '334.00', '11', 'IN_TRANSIT'), "
                           "('2', '7000000000000000001', " +
                           sku +
                           "1), '30000.00', '27667.00', '2000.00', '333.00', '12', "
                           "'IN_TRANSIT'), ('3', '7000000000000000001', " +
                           sku +
                           "0), '10000.00', '9000.00', '667.00', '333.00', '11', "
                           "'IN_TRANSIT')");
    rows(Side::source,
         "INSERT INTO package VALUES ('11', 'FULFILLING', 'JNE1', '1'), ('12', 'FULFILLING', "
         "'JNE2', '4')");
    rows(Side::source,
         "INSERT INTO package_order VALUES ('11', '7000000000000000001'), ('12', "
         "'7000000000000000001')");
    rows(Side::source,
         "INSERT INTO payment (id, order_id, user_id, provider_ref, method, amount, status, time, "
         "paid_time, idem_key) SELECT '7000000000000000002', id, user_id, 'TT2', 'va', "
         "total_amount, 'PAID', 1703005200, 1703091600, 5 FROM orders WHERE idem_key = 5");
  }
};

}  // namespace pindah
