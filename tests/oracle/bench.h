// The small library with nobody in it but the test: every row, commit and page is made by hand, and
// the oracle is told of it as a universe would.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "oracle/oracle.h"
#include "sqlite/functions.h"
#include "world/load.h"
#include "world/populate.h"

namespace pindah::oracle_bench {

constexpr std::int64_t kStartUs = 1'709'269'200'000'000;  // 2024-03-01 12:00 +07:00

inline const World& library() {
  static const World world = [] {
    Problems problems;
    auto loaded = load_world(std::string(PINDAH_SOURCE_DIR) + "/tests/worlds/library", problems);
    INFO(problems.text());
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  return world;
}

inline const Constants& constants() {
  static const Constants small =
      constants_of(library(), {{"readers", 20}, {"books", 10}, {"past_loans", 30}}, {});
  return small;
}

inline const Populated& populated() {
  static const Populated databases = populate(library(), constants(), 1, kStartUs, 1);
  return databases;
}

// A live database: a copy of the populated one.
struct Live {
  SqlContext context{Draws(1), IdStyle::integer, kStartUs, {}};
  Database db;
  explicit Live(Side side) {
    add_functions(db, context);
    db.copy_from(populated().databases[index(side)]);
  }
};

class Bench {
 public:
  explicit Bench(const World& world = library())
      : source_(Side::source), target_(Side::target), pools_(read_pools(library(), populated())) {
    for (std::uint32_t who = 0; who < 4; ++who) {
      Intent intent;
      intent.who = who;
      intents_.push_back(intent);
    }
    intents_.push_back(intents_[0]);                      // 4: another session of the first reader
    for (std::uint32_t intent = 0; intent < 4; ++intent)  // so that a test says what is on shelves
      source_.db.exec("DELETE FROM shelf_item WHERE reader_id = '" + reader(intent) + "'");
    owners.assign(library().services.size(), Side::source);
    inputs_ = std::make_unique<LifeInputs>(
        LifeInputs{world, scenario, constants(), populated(), pools_, intents_});
  }

  // The oracle begins to watch.
  void begin() {
    oracle = std::make_unique<Oracle>(*inputs_);
    oracle->watch({&source_.db, &target_.db});
  }
  Database& db(Side side) { return side == Side::source ? source_.db : target_.db; }
  std::string reader(std::uint32_t intent) const {
    const auto pool = static_cast<std::size_t>(library().personas[0].who);
    return to_text(pools_[pool][0][intents_[intent].who]);
  }
  Value item(std::size_t n) const { return pool("item")[n]; }

  void commit(const std::string& service, const std::string& call, std::int64_t idem, Micros at,
              Side side = Side::source, WriterKind kind = WriterKind::call) {
    static const Changes none;
    Commit c;
    c.side = side;
    c.lsn = ++lsn_;
    c.at = at;
    c.service = library().service(service);
    c.writer = {kind, Side::source, idem, library().call(call), at, 0};
    c.owner = owners[static_cast<std::size_t>(c.service)];
    c.changes = &none;
    oracle->committed(c);
  }

  // A page that was answered: every step ran, `values` fill slots.
  struct Answer {
    std::uint32_t intent = 0;
    std::uint32_t visit = 0;
    std::string page;
    Micros at;
    std::vector<std::pair<std::string, Value>> values;
    PageEnd end = PageEnd::ok;
    std::string reason{};
    Actor actor = Actor::shopper;
    std::uint64_t ran = ~std::uint64_t{0};
    Micros took = millis(100);
    std::uint64_t on_target = 0;  // bit s: step s was answered there
  };
  // Tells the oracle, and gives what it wrote down of it by the number of the visit.
  void see(const Answer& answer) {
    Slots slots(library().slots.size());
    slots[static_cast<std::size_t>(library().slot_idem)] = idem_of(answer.intent, answer.visit);
    slots[static_cast<std::size_t>(library().slot_buyer)] = reader(answer.intent);
    for (const auto& [name, value] : answer.values)
      slots[static_cast<std::size_t>(library().slot(name))] = value;
    PageSeen seen;
    seen.actor = answer.actor;
    seen.intent = answer.intent;
    seen.page = library().page(answer.page);
    seen.visit = answer.visit;
    seen.intended = answer.at;
    seen.replied = answer.at + answer.took;
    seen.end = answer.end;
    seen.reason = answer.reason;
    seen.ran = answer.ran;
    seen.asked = {~answer.on_target != 0, answer.on_target != 0};
    seen.on_target = answer.on_target;
    seen.slots = &slots;
    oracle->page(seen);
  }

  // A loan of one copy: rows, commits, and what the reader is told half a second later.
  void lend(std::uint32_t intent, std::uint32_t visit, Micros at, bool tell = true) {
    const std::int64_t idem = idem_of(intent, visit);
    const std::string id = token(intent, visit), key = std::to_string(idem);
    Database& d = db(Side::source);
    d.exec("UPDATE copies SET available = available - 1 WHERE book_id = '" + to_text(item(0)) +
           "'");
    commit("catalogue", "catalogue.reserve", idem, at + millis(100));
    d.exec(
        "INSERT INTO loan (id, reader_id, crate_id, status, total, create_time, idem_key) "
        "VALUES ('" +
        id + "', '" + reader(intent) + "', 'c01', 'WAITING', '10.00', 0, " + key + ")");
    d.exec("INSERT INTO loan_item VALUES ('" + id + "', 1, '" + to_text(item(0)) + "')");
    commit("loans", "loans.place", idem, at + millis(200));
    d.exec("INSERT INTO fee (id, loan_id, ref, amount, method, status, idem_key) VALUES ('f" + id +
           "', '" + id + "', 'f" + id + "', '10.00', 'coin', 'OPEN', " + key + ")");
    commit("fees", "fees.start", idem, at + millis(300));
    if (tell) told(intent, visit, at);
  }
  void told(std::uint32_t intent, std::uint32_t visit, Micros at) {
    see({intent,
         visit,
         "checkout",
         at,
         {{"loan_token", token(intent, visit)},
          {"status", "waiting"},
          {"total", 1000},
          {"lines", lines(1)},
          {"method", "coin"}},
         PageEnd::ok,
         {},
         Actor::shopper,
         ~std::uint64_t{0},
         millis(500)});
  }
  // The cashier takes the money; the fee and (unless `loan` is false) the loan learn of it.
  void pay(std::uint32_t intent, std::uint32_t visit, Micros at, bool loan = true) {
    const std::int64_t idem = idem_of(intent, visit);
    const std::string key = std::to_string(idem);
    entries.push_back(entry(intent, visit, at));
    oracle->ledger(entries.back(), at);
    db(Side::source).exec("UPDATE fee SET status = 'PAID' WHERE idem_key = " + key);
    commit("fees", "fees.settle", idem, at + millis(10));
    if (loan) status(intent, visit, "PAID", at + millis(20));
  }
  void status(std::uint32_t intent, std::uint32_t visit, const std::string& to, Micros at) {
    const std::int64_t idem = idem_of(intent, visit);
    db(Side::source)
        .exec("UPDATE loan SET status = '" + to + "' WHERE idem_key = " + std::to_string(idem));
    commit("loans", "loans.paid", idem, at);
  }
  LedgerEntry entry(std::uint32_t intent, std::uint32_t visit, Micros at) const {
    LedgerEntry e;
    e.ledger = library().ledger("cashier");
    e.ref = "f" + token(intent, visit);
    e.witness = idem_of(intent, visit);
    e.amount = 1000;
    e.entered = e.captured = at;
    e.refunded = kNever;
    e.state = LedgerState::captured;
    e.told = true;
    return e;
  }
  // She opens her loan by its token and is shown this.
  void open(std::uint32_t intent, std::uint32_t visit, std::uint32_t loan, Micros at,
            const Value& shown_status, std::int64_t total = 1000) {
    see({intent,
         visit,
         "loan",
         at,
         {{"loan_token", token(intent, loan)},
          {"idem", idem_of(intent, loan)},
          {"buyer", reader(intent)},
          {"status", shown_status},
          {"total", total}},
         PageEnd::ok,
         {},
         Actor::shopper,
         ~std::uint64_t{0},
         millis(100)});
  }
  // She opens her account, which lists populate's loans of hers and `more`.
  void account(std::uint32_t intent, std::uint32_t visit, Micros at,
               const std::vector<std::string>& more) {
    std::string rows;
    Statement past(db(Side::source),
                   "SELECT json_object('idem', idem_key, 'status', lower(status), 'total', "
                   "minor(total)) FROM loan WHERE idem_key < 0 AND reader_id = '" +
                       reader(intent) + "' ORDER BY idem_key");
    while (past.step()) rows += (rows.empty() ? "" : ",") + std::string(past.text(0));
    for (const std::string& row : more) rows += (rows.empty() ? "" : ",") + row;
    see({intent, visit, "account", at, {{"loans", "[" + rows + "]"}, {"name", "x"}}});
  }
  static std::string row(std::uint32_t intent, std::uint32_t visit, const std::string& status,
                         std::int64_t total = 1000) {
    return R"({"idem":)" + std::to_string(idem_of(intent, visit)) + R"(,"status":")" + status +
           R"(","total":)" + std::to_string(total) + "}";
  }
  Value lines(std::int64_t units) const {
    return R"([{"item":")" + to_text(item(0)) + R"(","qty":)" + std::to_string(units) + "}]";
  }
  static std::string token(std::uint32_t intent, std::uint32_t visit) {
    return "loan" + std::to_string(idem_of(intent, visit));
  }
  std::int64_t copies() {
    Statement s(db(Side::source),
                "SELECT available FROM copies WHERE book_id = '" + to_text(item(0)) + "'");
    s.step();
    return s.integer(0);
  }

  Ending ending() {
    Ending e;
    e.databases = {&source_.db, &target_.db};
    e.owners = owners;
    e.entries = &entries;
    e.custody = &custody;
    e.ended = hours(1);
    return e;
  }
  Record finish() { return oracle->finish(ending()); }
  // How often each anomaly was found.
  static std::int64_t count(const Record& record, const std::string& anomaly) {
    std::int64_t cases = 0;
    for (const AnomalyCase& c : record.cases)
      if (library().anomalies[static_cast<std::size_t>(c.anomaly)].name == anomaly)
        cases += c.count;
    return cases;
  }

  Scenario scenario;
  std::vector<Side> owners;
  std::vector<LedgerEntry> entries;
  Custody custody;
  std::unique_ptr<Oracle> oracle;

 private:
  const std::vector<Value>& pool(const std::string& name) const {
    for (std::size_t p = 0; p < library().pools.size(); ++p)
      if (library().pools[p].name == name) return pools_[p][0];
    throw Defect("no such pool");
  }
  Live source_, target_;
  Pools pools_;
  std::vector<Intent> intents_;
  std::unique_ptr<LifeInputs> inputs_;
  std::uint64_t lsn_ = 0;
};

}  // namespace pindah::oracle_bench
