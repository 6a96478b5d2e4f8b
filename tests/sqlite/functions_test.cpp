#include "sqlite/functions.h"

#include <catch2/catch.hpp>
#include <set>

using namespace pindah;

namespace {

constexpr std::int64_t kNow = 1'702'314'000'000'000;  // 12 Dec 2023 00:00 in Jakarta

struct Calling {
  SqlContext context{Draws(7)};
  Database db;
  explicit Calling(IdStyle ids = IdStyle::integer) {
    context.ids = ids;
    context.now_us = kNow;
    add_functions(db, context);
  }
  Value value(const std::string& expression) {
    Statement s(db, "SELECT " + expression);
    REQUIRE(s.step());
    return s.column(0);
  }
  std::int64_t integer(const std::string& expression) {
    return std::get<std::int64_t>(value(expression));
  }
  std::string error(const std::string& sql) {
    try {
      db.exec(sql);
    } catch (const SqlFailure& failure) {
      return failure.what();
    }
    return {};
  }
};

}  // namespace

TEST_CASE("now() and SQLite's clock are the same virtual instant") {
  Calling shop;
  CHECK(shop.integer("now()") == kNow);
  CHECK(shop.integer("unixepoch('now')") == kNow / 1'000'000);
  shop.context.now_us += 5'000'000;
  CHECK(shop.integer("now() - unixepoch() * 1000000") == 0);
}

TEST_CASE("What is not a function of its key and the seed is taken away, in defaults too") {
  Calling shop;
  for (const char* sql : {"SELECT random()", "SELECT randomblob(8)", "SELECT CURRENT_TIMESTAMP",
                          "SELECT CURRENT_DATE", "SELECT CURRENT_TIME", "SELECT total_changes()"}) {
    INFO(sql);
    CHECK(shop.error(sql).find("is not available: use now() or draw()") != std::string::npos);
  }
  for (const char* sql : {"SELECT load_extension('x')", "SELECT load_extension('x', 'y')"})
    CHECK(shop.error(sql).find("is not available") != std::string::npos);
  shop.db.exec("CREATE TABLE t(a, b DEFAULT (random()), c DEFAULT CURRENT_TIMESTAMP)");
  CHECK(shop.error("INSERT INTO t(a, c) VALUES (1, 1)").find("random") == 0);
  CHECK(shop.error("INSERT INTO t(a, b) VALUES (1, 1)").find("current_timestamp") == 0);
  CHECK(shop.error("INSERT INTO t VALUES (1, 2, 3)").empty());
}

TEST_CASE("refuse() stops the statement only when its row exists, and tells the reason") {
  Calling shop;
  shop.db.exec("CREATE TABLE stock(item, n); INSERT INTO stock VALUES (1, 0), (2, 5)");
  CHECK(shop.error("SELECT refuse('sold out') FROM stock WHERE item = 2 AND n = 0").empty());
  CHECK(shop.error("SELECT refuse('sold out') WHERE 0").empty());
  CHECK(shop.context.refusal.empty());
  CHECK(shop.error("SELECT refuse('sold out') FROM stock WHERE item = 1 AND n = 0") ==
        "refused: sold out");
  CHECK(shop.context.refusal == "sold out");
  CHECK(shop.error("SELECT refuse(NULL)") == "refuse(): a refusal needs a reason");
}

TEST_CASE("A refusal leaves the transaction open: the caller rolls it back") {
  Calling shop;
  shop.db.exec("CREATE TABLE t(a)");
  shop.db.exec("BEGIN; INSERT INTO t VALUES (1)");
  CHECK_FALSE(shop.error("SELECT refuse('no')").empty());
  CHECK(sqlite3_get_autocommit(shop.db.handle()) == 0);
  shop.db.exec("ROLLBACK");
  CHECK(shop.integer("count(*) FROM t") == 0);
}

TEST_CASE("Draws depend on purpose, key and seed, and on nothing else") {
  Calling shop, same, other;
  other.context.draws = Draws(8);
  std::set<std::int64_t> drawn;
  for (const char* draw : {"draw('a', 1)", "draw('b', 1)", "draw('a', 2)", "draw('a', '1')",
                           "draw('a', -1)", "draw('a', 'x')"}) {
    const std::int64_t value = shop.integer(draw);
    drawn.insert(value);
    CHECK((0 <= value && value < 1'000'000));
    CHECK(value == same.integer(draw));
    CHECK(value != other.integer(draw));
  }
  CHECK(drawn.size() == 6);
  CHECK(shop.integer("pick('a', 1, 1)") == 0);
  CHECK(shop.integer("min(pick('a', value, 3)) FROM json_each('[1,2,3,4,5,6,7,8,9]')") == 0);
  CHECK(shop.integer("max(pick('a', value, 3)) FROM json_each('[1,2,3,4,5,6,7,8,9]')") == 2);
}

TEST_CASE("A function without a state gives the same for a subquery that runs twice") {
  Calling shop;
  CHECK(shop.integer("x.id = x.id AND x.d = x.d FROM (SELECT new_id(value) AS id, draw('a', value) "
                     "AS d FROM json_each('[5]')) x") == 1);
}

TEST_CASE("Wrong arguments of draws are errors with a text") {
  Calling shop;
  CHECK(shop.error("SELECT draw('a', NULL)") == "draw(): the key must be an INTEGER or TEXT");
  CHECK(shop.error("SELECT draw('a', 1.5)") == "draw(): the key must be an INTEGER or TEXT");
  CHECK(shop.error("SELECT draw(1, 1)") == "draw(): the purpose must be TEXT");
  CHECK(shop.error("SELECT pick('a', 1, 0)") == "pick(): n must be at least 1, not 0");
  CHECK(shop.error("SELECT pick('a', 1, '2')") == "pick(): n must be an INTEGER");
  CHECK(shop.error("SELECT zipf('a', 1, 0)") == "zipf(): n must be from 1 to 4000000, not 0");
  CHECK(shop.error("SELECT zipf('a', 1, 4000001)") ==
        "zipf(): n must be from 1 to 4000000, not 4000001");
  CHECK(shop.error("SELECT new_id(NULL)") == "new_id(): the key must be an INTEGER or TEXT");
}

TEST_CASE("zipf() gives popular ranks their share, whatever sizes were asked for between") {
  Calling shop;
  const std::string range =
      "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 4000) SELECT ";
  Statement first(shop.db, range + "sum(zipf('p', i, 100) = 0), sum(zipf('p', i, 100)) FROM k");
  REQUIRE(first.step());
  const std::int64_t sum = first.integer(1);
  // The first of 100 ranks has 18.9 % of the weight; four standard deviations of 4000 draws.
  CHECK(first.integer(0) == Approx(756).margin(100));
  Statement mixed(shop.db, range +
                               "sum(zipf('p', i, 100)), max(zipf('q', i, 1 + i % 23) - i % 23), "
                               "max(zipf('q', i, 1 + i % 23)) FROM k");
  REQUIRE(mixed.step());
  CHECK(mixed.integer(0) == sum);
  CHECK(mixed.integer(1) == 0);
  CHECK(mixed.integer(2) > 15);
  CHECK(shop.context.zipf_tables.size() == 8);
}

TEST_CASE("Integer ids differ for different keys and stay clear of populate's and of each other") {
  Calling shop;
  std::set<std::int64_t> ids;
  for (std::int64_t key = -500; key <= 500; ++key) {
    const std::int64_t id = integer_id(key);
    CHECK(id >= 4'000'000'000);
    ids.insert(id);
  }
  CHECK(ids.size() == 1001);
  CHECK(shop.integer("new_id(-3)") == 4'000'000'005);
  CHECK(shop.integer("new_id('a') >= 1 << 60 AND new_id('a') <> new_id('b')") == 1);
  CHECK(shop.error("SELECT new_id(9223372036854775807)") ==
        "new_id(): the key is too large for an id");
  CHECK(shop.error("SELECT new_id(-9223372036854775807 - 1)") ==
        "new_id(): the key is too large for an id");
}

TEST_CASE("Snowflakes are texts of 19 digits, in the order of time, distinct within an instant") {
  Calling shop(IdStyle::snowflake);
  const std::string id = std::get<std::string>(shop.value("new_id(42)"));
  CHECK(id.size() == 19);
  CHECK(id == std::get<std::string>(shop.value("snowflake(42, now())")));
  CHECK(std::stoll(id) >> 22 == kNow / 1000);
  CHECK(shop.integer("new_id('42') <> new_id(42)") == 1);
  shop.context.now_us += 1000;
  CHECK(id < std::get<std::string>(shop.value("new_id(1)")));
  std::set<std::int64_t> ids;
  for (std::int64_t key = 0; key < 100'000; ++key) ids.insert(snowflake_id(key, kNow));
  for (std::int64_t key = -100'000; key < 0; ++key) ids.insert(snowflake_id(key, kNow + 1000));
  CHECK(ids.size() == 200'000);
}

TEST_CASE("Every key of a block has its own snowflake") {
  for (std::int64_t block : {0ll, -1ll, 77ll}) {
    std::vector<bool> taken(1u << 22);
    std::size_t distinct = 0;
    for (std::int64_t key = block * (1 << 22); key < (block + 1) * (1 << 22); ++key) {
      const auto low = static_cast<std::size_t>(snowflake_id(key, kNow) & ((1 << 22) - 1));
      distinct += taken[low] ? 0 : 1;
      taken[low] = true;
    }
    CHECK(distinct == taken.size());
  }
}

TEST_CASE("A snowflake of an instant that does not fit 19 digits is an error") {
  Calling shop;
  const std::string text = "snowflake(): the instant is not between 1978 and 2039";
  CHECK(shop.error("SELECT snowflake(1, 0)") == text);
  CHECK(shop.error("SELECT snowflake(1, -1)") == text);
  CHECK(shop.error("SELECT snowflake(1, 2300000000000000)") == text);
  CHECK(shop.error("SELECT snowflake(1, 9223372036854775807)") == text);
  CHECK(shop.error("SELECT snowflake(1, 'x')") == "snowflake(): the instant must be an INTEGER");
  CHECK(std::to_string(snowflake_id(1, 252'460'800'000'000)).size() == 19);    // 1978
  CHECK(std::to_string(snowflake_id(1, 2'177'452'799'000'000)).size() == 19);  // the end of 2038
}

TEST_CASE("minor() is exact, and everything that is no amount is an error") {
  CHECK(minor_units("1150.10") == 115010);
  CHECK(minor_units("1150") == 115000);
  CHECK(minor_units("30000000.00") == 3'000'000'000);
  CHECK(minor_units("0.5") == 50);
  CHECK(minor_units("-0.07") == -7);
  CHECK(minor_units("007.1000") == 710);
  CHECK(minor_units("92233720368547758.07") == INT64_MAX);
  CHECK(minor_units("-92233720368547758.08") == INT64_MIN);
  CHECK_THROWS_AS(minor_units("92233720368547758.08"), std::out_of_range);
  CHECK_THROWS_AS(minor_units("99999999999999999999999"), std::out_of_range);
  for (const char* text : {"", "-", ".", "1.", ".5", "1.005", "1,50", "1e3", " 1", "1 ", "+1",
                           "--1", "-1-", "1.-5", "1.5.5", "Rp1", "0x10", "1.00x"}) {
    INFO(text);
    CHECK_THROWS_AS(minor_units(text), std::invalid_argument);
  }
}

TEST_CASE("minor() in SQL takes text, passes NULL on, and says what it could not read") {
  Calling shop;
  CHECK(shop.integer("minor('1150.10')") == 115010);
  CHECK(is_null(shop.value("minor(NULL)")));
  CHECK(shop.error("SELECT minor(1150)") == "minor(): the amount must be TEXT");
  CHECK(shop.error("SELECT minor(1150.10)") == "minor(): the amount must be TEXT");
  CHECK(shop.error("SELECT minor('1.005')") == "minor(): more than two decimal places: '1.005'");
  CHECK(shop.error("SELECT minor('99999999999999999999')") ==
        "minor(): the amount is too large: '99999999999999999999'");
}
TEST_CASE("time_text() and time_seconds() give what SQLite's own functions give") {
  Calling shop;
  // Some ten thousand instants over all years, and those next to where a rule changes.
  const std::string instants =
      "WITH RECURSIVE t (s, n) AS (VALUES (-62167219200, 0) UNION ALL "
      "  SELECT s + 31556951 + n * 7919 % 86400, n + 1 FROM t WHERE s < 253370000000), "
      "instants (s) AS (SELECT s FROM t UNION ALL SELECT value FROM json_each('[-86401, -86400, -1,"
      "  0, 951782399, 951782400, 951868800, 1709164800, 4107542399, 4107542400, 253402300799]')) ";
  const auto count = [&](const std::string& where) {
    return shop.integer(fmt::format("({}SELECT count(*) FROM instants WHERE {})", instants, where));
  };
  CHECK(count("1") > 9'000);
  CHECK(count("time_text(s) <> strftime('%Y-%m-%dT%H:%M:%SZ', s, 'unixepoch')") == 0);
  CHECK(count("time_seconds(time_text(s)) <> s") == 0);
  CHECK(is_null(shop.value("time_text(NULL)")));
  CHECK(is_null(shop.value("time_seconds(NULL)")));
}

TEST_CASE("local_text() and local_seconds() tell time by the platform's own clocks") {
  Calling shop;
  CHECK(shop.integer("local_text(0) = time_text(0)") == 1);
  shop.context.east_s = 25'200;
  CHECK(shop.integer("local_text(1711558747) = '2024-03-27T23:59:07Z'") == 1);
  CHECK(shop.integer("local_seconds('2024-03-27T23:59:07Z')") == 1'711'558'747);
  CHECK(is_null(shop.value("local_text(NULL)")));
  CHECK(is_null(shop.value("local_seconds(NULL)")));
  CHECK(shop.error("SELECT local_text(253402300799)") ==
        "local_text(): the instant is not between the years 0000 and 9999");
  CHECK(shop.error("SELECT local_text(9223372036854775807)") ==
        "local_text(): the instant is not between the years 0000 and 9999");
  CHECK(shop.error("SELECT local_seconds('27 March')") ==
        "local_seconds(): the time is not YYYY-MM-DDTHH:MM:SSZ: '27 March'");
  shop.context.east_s = -12'600;
  CHECK(shop.integer("local_text(0) = '1969-12-31T20:30:00Z'") == 1);
}

TEST_CASE("A time that does not exist, or in another form, is an error") {
  Calling shop;
  for (const char* text : {"", "2024-03-27", "2024-03-27 16:59:07Z", "2024-03-27T16:59:07",
                           "2024-3-27T16:59:07Z0", "2024-03-27T16:59:0xZ", "+024-03-27T16:59:07Z"})
    CHECK(shop.error(fmt::format("SELECT time_seconds('{}')", text)) ==
          fmt::format("time_seconds(): the time is not YYYY-MM-DDTHH:MM:SSZ: '{}'", text));
  for (const char* text : {"2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z",
                           "2024-04-31T00:00:00Z", "2024-04-30T24:00:00Z", "2024-04-30T00:60:00Z",
                           "2024-04-30T00:00:60Z"})
    CHECK(shop.error(fmt::format("SELECT time_seconds('{}')", text)) ==
          fmt::format("time_seconds(): there is no such time: '{}'", text));
  CHECK(shop.error("SELECT time_text('1')") ==
        "time_text(): the seconds since 1970 must be an INTEGER");
  const std::string outside = "time_text(): the instant is not between the years 0000 and 9999";
  CHECK(shop.error("SELECT time_text(253402300800)") == outside);
  CHECK(shop.error("SELECT time_text(-62167219201)") == outside);
}
