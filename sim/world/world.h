// A world as read from its folder (docs/world.md): plain data, names resolved to indexes.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fixed.h"
#include "base/problem.h"
#include "base/time.h"
#include "base/value.h"
#include "sqlite/functions.h"
#include "world/anomaly_kinds.h"
#include "world/limits.h"

namespace pindah {

enum class Side : std::uint8_t { source = 0, target = 1 };
constexpr Side other(Side s) { return s == Side::source ? Side::target : Side::source; }
constexpr std::size_t index(Side s) { return static_cast<std::size_t>(s); }
template <class T>
using PerSide = std::array<T, 2>;

// Indexes into the lists of World. -1 where nothing is meant.
using ServiceId = int;
using TableId = int;
using CallId = int;
using PageId = int;
using SlotId = int;
using PoolId = int;
using LedgerId = int;
using PromiseId = int;
using ChoiceId = int;
using PersonaId = int;
using AnomalyId = int;

// One SQL statement of a file and where it stands.
struct SqlText {
  Place place;
  std::string sql;
};

struct Service {
  std::string name;
  PerSide<std::vector<TableId>> tables;  // into Platform::tables of that side
};

struct Table {
  std::string name;
  ServiceId service = -1;
  std::vector<std::string> columns;
  std::vector<int> key;  // primary key's columns
};

struct Platform {
  std::string name;    // "TikTok Shop"
  std::string folder;  // absolute
  IdStyle ids = IdStyle::integer;
  std::int64_t east_s = 0;    // its clocks' seconds ahead of UTC; within 14 hours of it
  std::vector<Table> tables;  // sorted by name
  SqlText schema;
  SqlText populate;
};

// The SQL of a call on one platform.
struct CallBody {
  std::optional<SqlText> replay;
  std::vector<SqlText> statements;  // the last one gives the answer
};

struct Call {
  std::string name;  // "orders.place"
  std::string summary;
  ServiceId service = -1;
  bool writes = false;
  std::vector<SlotId>
      results;  // slot of each result column, in column order (the same on both sides)
  PerSide<CallBody> body;
};

// One element of a page's `calls`.
struct PageStep {
  CallId call = -1;       // or
  LedgerId ledger = -1;   // an operation of a ledger
  bool reverses = false;  // ledger: reverse instead of enter
  SlotId if_slot = -1;    // `if slot = literal`
  std::string if_equals;
  CallId undo = -1;
};

enum class DrawKind : std::uint8_t { zipf, pick, below, choice };
struct PageDraw {
  SlotId slot = -1;
  DrawKind kind = DrawKind::pick;
  PoolId pool = -1;
  std::int64_t below = 0;
  ChoiceId choice = -1;
};

struct Page {
  std::string name;
  std::string as;  // the name under which it is reported: its own, or another page's
  std::vector<PageStep> steps;
  std::vector<PageDraw> draws;
  std::vector<SlotId> keep;
  std::vector<SlotId> shown;  // result slots that the shopper sees and that are compared, in order
};

// By what a share of a service's work can go, apart from request by request.
constexpr std::size_t kPartitionsMax = 1 + limit::kPartitions.most;
// "shop": the slot that names the shop whose business a page is.
struct Partition {
  std::string name;
  SlotId slot = -1;
};

struct Pool {
  std::string name;
  SlotId slot = -1;
  PerSide<SqlText> sql;
};

struct Choice {
  std::string name;
  SlotId slot = -1;
  std::vector<std::pair<std::string, std::int64_t>> options;  // ppm, sum 1,000,000
};

// A row of a page graph: where she goes next. `exit` is page -1 and stands first.
struct Transition {
  PageId to = -1;
  std::int64_t ppm = 0;
};

struct ThinkTime {
  Micros mean, cap, least;
};

struct Persona {
  std::string name;
  PoolId who = -1;
  ThinkTime think;
  std::vector<Transition> entry;              // no exit here
  std::vector<std::vector<Transition>> rows;  // by PageId; empty: the page is not in this graph
};

struct Mix {
  std::string name;
  std::vector<std::pair<int, std::int64_t>> shares;  // persona, ppm
};

struct Leaving {
  Micros at;
  std::int64_t times_ppm = 1'000'000;
};

struct Notice {
  std::int64_t slower_by_ppm = 200'000;
  Micros at_least = millis(100);
  Micros over = millis(800);
};

struct Client {
  Micros timeout;
  std::vector<Micros> retries;
};

// How a move finds the roots of a changed row.
struct MoveTable {
  TableId table = -1;          // on the origin
  int column = -1;             // the column that holds the root's key (root and child)
  std::optional<SqlText> via;  // or a query with :key
};

// `-- drops: paid_at, the target keeps no second date`: a loss that is meant.
struct Drop {
  std::string what;  // TABLE, TABLE.COLUMN or COLUMN, of either platform
  std::string reason;
  Place place;
};

struct Move {
  std::string name;  // "10-orders"
  std::string summary;
  ServiceId service = -1;
  Side from = Side::source;
  bool copied = false;  // written out from a line of moves/both
  std::string root_table;
  std::string root_column;
  std::vector<MoveTable> tables;     // root first
  std::vector<std::string> columns;  // of the extracted row; columns[0] == "_key"
  SqlText extract;                   // :from, :to
  std::vector<SqlText> load;         // on the other side; parameters by column name
  std::vector<SqlText> erase;        // :_key
  SqlText check;                     // :_key; columns are a subset of `columns`
  SqlText present;                   // :from, :to
  std::vector<Drop> drops;           // what the audit need not find
  // As people are told of it: both directions may bear one name.
  std::string title() const { return name + (from == Side::target ? " (back)" : ""); }
};

struct Promise {
  std::string name;
  ServiceId service = -1;
  CallId made_by = -1;
  SlotId token = -1;
  SlotId belongs_to = -1;
  SlotId key = -1;  // the slot that is its witness: `idem`, or e.g. `item` (witness = "buyer/item")
  bool keyed_by_idem = true;
  SlotId status = -1;
  std::vector<std::string> ranks;
  int paid_from = -1;  // index into ranks
  int voided = -1;
  std::vector<SlotId> fixed;
  PageId opened_by = -1;
  std::vector<std::pair<PageId, SlotId>> must_show;
  std::vector<CallId> ends_with;
  PerSide<SqlText> truth;
};

struct Stock {
  ServiceId service = -1;
  std::string item;
  PromiseId sold_in = -1;
  SlotId lines = -1;
  std::vector<std::pair<PageId, SlotId>> shown;
  PerSide<SqlText> stock;
  PerSide<SqlText> units;
};

// `lost_orders: lost(order)`. Facts name promises, ledgers or `stock`.
struct Anomaly {
  std::string name;
  const AnomalyRow* kind = &row_of(AnomalyKind::lost);
  std::vector<PromiseId> promises;  // in order of appearance among the facts
  std::vector<LedgerId> ledgers;
  bool ledger_first = false;  // uncoupled(ledger, promise) rather than uncoupled(promise, ledger)
  bool stock = false;
};

enum class Answers : std::uint8_t { at_once, later, never };
struct Method {
  std::string name;
  Answers answers{};
  LogNormal delay;
  Micros cap;
};

struct Ledger {
  std::string name;
  ServiceId service = -1;
  SlotId ref = -1;
  SlotId amount = -1;          // -1: none
  SlotId by = -1;              // -1: the first method
  SlotId state = -1;           // answer of enter
  SlotId refund_state = -1;    // answer of reverse
  std::string enter, reverse;  // names used in pages: "charge"; may be empty
  std::vector<Method> methods;
  PageId callback = -1;
  std::vector<Micros> callback_retries;
  std::optional<PerSide<SqlText>> truth;
};

struct Job {
  std::string name;
  Micros every;
  CallId list = -1;
  PageId each = -1;
};

// One line of a regulator's checklist.
struct ComplianceRule {
  std::string name, group, cites;
  int weight = 0;                       // of 100
  ServiceId owner = -1;                 // the target must own it; -1: does not matter
  std::string front;                    // what the shop must be called; empty: does not matter
  PerSide<std::optional<SqlText>> sql;  // one row: met, of
};
struct Compliance {
  std::string title;
  std::string note;                                 // what is assumed; told wherever it is shown
  std::vector<std::pair<std::string, int>> groups;  // name, weight of 100
  std::vector<ComplianceRule> rules;                // weigh in each group what the group does
};

// Lines that the budgets of scenarios have in common, by the name that `use:` gives.
struct BudgetSet {
  struct Line {
    std::string name;  // the human sentence
    std::string text;  // metrics/expression.h
    Place place;       // of the text, behind its quote
  };
  std::string name;
  Place place;
  std::vector<Line> lines;
};

struct World {
  std::string folder;  // absolute
  std::string title;
  PerSide<Platform> platforms;
  std::map<std::string, std::int64_t> scale;
  std::map<std::string, std::int64_t> constants;  // the same in every scenario
  std::map<std::string, Micros> settings;
  std::vector<std::string> slots;  // names
  // The slots that are filled before a page starts; `list` is what a job's list call returns.
  SlotId slot_buyer = -1, slot_idem = -1, slot_at = -1, slot_home = -1, slot_front = -1,
         slot_list = -1;
  std::vector<Service> services;
  std::vector<Call> calls;
  std::vector<Page> pages;
  std::vector<Pool> pools;
  std::vector<Partition> partitions;  // at most kPartitionsMax; the shoppers first
  std::vector<Choice> choices;
  std::vector<Persona> personas;
  std::vector<Mix> mixes;
  Client client;
  ThinkTime think;
  std::vector<Leaving> leaving;
  Notice notice;
  int longest_session = 200;
  std::vector<Move> moves;  // forward ones, then backward ones, each in order of file name
  std::vector<Promise> promises;
  std::vector<SlotId> tokens;
  std::optional<Stock> stock;
  std::string log_in_again;
  std::vector<Anomaly> anomalies;
  std::vector<Ledger> ledgers;
  std::vector<Job> jobs;
  std::optional<Compliance> compliance;
  std::vector<BudgetSet> budget_sets;  // in file order
  std::vector<Problem> warnings;       // what `check` tells, and what stops nothing

  // Index by name, or -1.
  ServiceId service(std::string_view name) const;
  CallId call(std::string_view name) const;
  PageId page(std::string_view name) const;
  SlotId slot(std::string_view name) const;
  int mix(std::string_view name) const;
  PromiseId promise(std::string_view name) const;
  LedgerId ledger(std::string_view name) const;
  TableId table(Side side, std::string_view name) const;
  // Where the SQL of a call begins.
  Place place(CallId call, Side side) const;
};

// The parameters that a statement may use beside slots: constants, settings and scale, by name.
using Constants = std::map<std::string, std::int64_t>;

}  // namespace pindah
