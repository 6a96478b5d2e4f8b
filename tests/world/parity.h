// Do both platforms of a world keep the same contract? The same pages are run in two lives: one
// stays on the source, in the other every service that moves has been moved to the target first, by
// the world's own moves. Every answer of a moved service must be the same in both.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/world/stage.h"
#include "world/populate.h"

namespace pindah::parity {

// Two platforms and what is known in a page.
struct Life {
  Stage source;
  Stage target;
  bool moved;
  std::vector<Value> slots;

  Life(const World& world, const Constants& constants, const Populated& populated,
       std::int64_t now_us, bool is_moved)
      : source(world, constants, Side::source, populated.databases[0], now_us),
        target(world, constants, Side::target, populated.databases[1], now_us),
        moved(is_moved),
        slots(world.slots.size()) {}
};

class Parity {
 public:
  Parity(const World& world, const Constants& constants, std::int64_t start_us)
      : world_(world),
        constants_(constants),
        populated_(populate(world, constants, 1, start_us, 1)),
        stays_(world, constants, populated_, start_us, false),
        moves_(world, constants, populated_, start_us, true),
        back_(world, constants, populated_, start_us, false) {
    for (const Move& move : world.moves) moving_.insert(move.service);
    wrong_ = move_all(world, moves_.source, moves_.target, Side::source);
  }

  // Everything that was not the same, as sentences.
  const std::vector<std::string>& wrong() const { return wrong_; }
  bool moves(ServiceId service) const { return moving_.count(service) != 0; }

  // Runs every page for `samples` buyers, then the jobs, in both lives. After each, what was made
  // on the target also goes back to the source, and must be what it would have been there.
  void run_pages(int samples) {
    read_facts();
    for (int i = 0; i < samples; ++i) run_sample(i);
    compare_truth(stays_.source, moves_, "after all pages");
    move_back("after all pages");
    Micros longest{};
    for (const auto& setting : world_.settings) longest = std::max(longest, setting.second);
    for (Life* life : {&stays_, &moves_}) {
      life->source.pass(longest.us + 1'000'000);
      life->target.pass(longest.us + 1'000'000);
    }
    for (int turn = 0; turn < 3; ++turn) {
      for (const Job& job : world_.jobs) run_job(job);
    }
    compare_truth(stays_.source, moves_, "after all jobs");
    move_back("after all jobs");
    move_newer();
    for (std::size_t id = 0; id < world_.calls.size(); ++id) {
      const Call& call = world_.calls[id];
      if (moves(call.service) && ran_.count(static_cast<CallId>(id)) == 0) {
        wrong_.push_back(call.name + " was never run");
      }
    }
  }

  // Source → target → source gives the rows that were there.
  void round_trip() {
    Life fresh(world_, constants_, populated_, 0, true);
    std::map<std::string, std::vector<Row>> before;
    for (const Move& move : world_.moves) {
      if (move.from == Side::source) before[move.name] = extract(fresh.source, move);
    }
    append(move_all(world_, fresh.source, fresh.target, Side::source));
    append(move_all(world_, fresh.target, fresh.source, Side::target));
    for (const Move& move : world_.moves) {
      if (move.from != Side::source) continue;
      const auto after = extract(fresh.source, move);
      const auto& rows = before[move.name];
      for (std::size_t i = 0; i < std::max(rows.size(), after.size()); ++i) {
        if (i < rows.size() && i < after.size() && rows[i] == after[i]) continue;
        wrong_.push_back(move.name + " went out as " +
                         (i < rows.size() ? text_of(rows[i]) : "nothing") + "and came back as " +
                         (i < after.size() ? text_of(after[i]) : "nothing"));
      }
    }
  }

 private:
  void append(const std::vector<std::string>& more) {
    wrong_.insert(wrong_.end(), more.begin(), more.end());
  }
  void move_back(const std::string& when) {
    append(move_all(world_, moves_.target, back_.source, Side::target));
    compare_truth(stays_.source, back_, when + " and the way back");
  }

  // A target that was filled before the pages gets what they changed on the source.
  void move_newer() {
    Life early(world_, constants_, populated_, 0, true);
    append(move_all(world_, early.source, early.target, Side::source));
    append(move_all(world_, stays_.source, early.target, Side::source));
    compare_truth(stays_.source, early, "after a second way there");
  }

  Value& slot(Life& life, SlotId id) { return life.slots[static_cast<std::size_t>(id)]; }

  // One of each status in turn, so that rare ones are met early.
  static std::vector<Row> by_turns(const std::vector<Row>& facts) {
    std::map<std::string, std::size_t> seen;
    std::map<std::pair<std::size_t, std::string>, std::vector<Row>> turns;
    for (const Row& fact : facts) {
      const auto status = fact.find("status");
      const std::string key = status == fact.end() ? "" : to_text(status->second);
      turns[{seen[key]++, key}].push_back(fact);
    }
    std::vector<Row> all;
    for (const auto& turn : turns) all.insert(all.end(), turn.second.begin(), turn.second.end());
    return all;
  }

  // Tokens and keys that populate made, by promise.
  void read_facts() {
    for (const Promise& promise : world_.promises) {
      facts_.push_back(by_turns(stays_.source.rows(promise.truth[0], {})));
    }
    for (const Pool& pool : world_.pools) {
      std::vector<Value> values;
      for (const Row& row : stays_.source.rows(pool.sql[0], {})) {
        values.push_back(row.begin()->second);
      }
      pools_.push_back(std::move(values));
    }
  }

  bool is_callback(PageId page) const {
    return std::any_of(world_.ledgers.begin(), world_.ledgers.end(),
                       [&](const Ledger& l) { return l.callback == page; });
  }
  bool is_job(PageId page) const {
    return std::any_of(world_.jobs.begin(), world_.jobs.end(),
                       [&](const Job& j) { return j.each == page; });
  }

  void start_page(Life& life, const Page& page, int sample, std::int64_t idem) {
    for (std::size_t i = 0; i < pools_.size(); ++i) {
      if (pools_[i].empty()) continue;
      slot(life, world_.pools[i].slot) =
          pools_[i][static_cast<std::size_t>(sample) % pools_[i].size()];
    }
    slot(life, world_.slot_idem) = idem;
    slot(life, world_.slot_at) = std::int64_t{0};
    slot(life, world_.slot_home) = std::string("source");
    slot(life, world_.slot_front) = std::string("front");
    for (const PageDraw& draw : page.draws) {
      Value& value = slot(life, draw.slot);
      const auto n = static_cast<std::size_t>(sample);
      if (draw.kind == DrawKind::choice) {
        const auto& options = world_.choices[static_cast<std::size_t>(draw.choice)].options;
        value = options[n % options.size()].first;
      } else if (draw.kind == DrawKind::below) {
        value = sample % draw.below;
      } else if (const auto& pool = pools_[static_cast<std::size_t>(draw.pool)]; !pool.empty()) {
        value = pool[(n * 3) % pool.size()];
      }
    }
  }

  void run_sample(int sample) {
    const auto n = static_cast<std::size_t>(sample);
    for (std::size_t p = 0; p < facts_.size(); ++p) {  // what populate promised, first
      const Promise& promise = world_.promises[p];
      if (promise.token < 0 || facts_[p].empty()) continue;
      const Row& fact = facts_[p][n % facts_[p].size()];
      for (Life* life : {&stays_, &moves_}) slot(*life, promise.token) = fact.at("token");
      if (promise.opened_by >= 0) run_page(promise.opened_by, sample, 900'000 + sample);
      for (std::size_t page = 0; page < world_.pages.size(); ++page) {
        const auto id = static_cast<PageId>(page);
        if (!promise.keyed_by_idem || !is_callback(id)) continue;
        for (Life* life : {&stays_, &moves_}) set_state(*life);
        run_page(id, sample, integer_or(fact.at("witness"), 0));
      }
    }
    for (std::size_t page = 0; page < world_.pages.size(); ++page) {
      const auto id = static_cast<PageId>(page);
      // Every other sample is never called back: what is undone meanwhile stays for the jobs.
      if (is_job(id) || (is_callback(id) && sample % 2 == 0)) continue;
      std::int64_t idem = static_cast<std::int64_t>(page + 1) * 1000 + sample;
      if (is_callback(id)) idem = last_paid_;
      run_page(id, sample, idem);
      run_page(id, sample, idem);  // a retry
      if (!is_callback(id) && sample % 7 < 2) undo(world_.pages[page], sample, idem);
    }
  }

  void set_state(Life& life) {
    for (const Ledger& ledger : world_.ledgers) slot(life, ledger.state) = std::string("captured");
  }

  void run_page(PageId id, int sample, std::int64_t idem) {
    const Page& page = world_.pages[static_cast<std::size_t>(id)];
    for (Life* life : {&stays_, &moves_}) {
      start_page(*life, page, sample, idem);
      if (is_callback(id)) set_state(*life);
    }
    run_steps(page, idem);
  }

  void run_steps(const Page& page, std::int64_t idem) {
    for (const PageStep& step : page.steps) {
      if (step.if_slot >= 0) {
        const bool first = to_text(slot(stays_, step.if_slot)) == step.if_equals;
        const bool second = to_text(slot(moves_, step.if_slot)) == step.if_equals;
        if (!first || !second) continue;  // a difference was told when the slot was filled
      }
      if (step.ledger >= 0) {
        run_ledger(step, idem);
      } else if (!run_call(page, step.call)) {
        return;
      }
    }
  }

  void run_ledger(const PageStep& step, std::int64_t idem) {
    const Ledger& ledger = world_.ledgers[static_cast<std::size_t>(step.ledger)];
    for (Life* life : {&stays_, &moves_}) {
      if (step.reverses) {
        slot(*life, ledger.refund_state) = std::string("refunded");
        continue;
      }
      const Method* method = &ledger.methods[0];
      for (const Method& m : ledger.methods) {
        if (ledger.by >= 0 && to_text(slot(*life, ledger.by)) == m.name) method = &m;
      }
      const char* state = method->answers == Answers::at_once ? "captured"
                          : method->answers == Answers::later ? "pending"
                                                              : "none";
      slot(*life, ledger.state) = std::string(state);
    }
    if (ledger.callback >= 0) last_paid_ = idem;
  }

  Stage& stage(Life& life, ServiceId service) {
    return life.moved && moves(service) ? life.target : life.source;
  }

  // False after a refusal.
  bool run_call(const Page& page, CallId id) {
    const Call& call = world_.calls[static_cast<std::size_t>(id)];
    ran_.insert(id);
    const Answer a = stage(stays_, call.service).call(id, stays_.slots);
    const Answer b = stage(moves_, call.service).call(id, moves_.slots);
    if (a.refusal != b.refusal) {
      differ(page, call, "refusal", a.refusal, b.refusal);
      return false;
    }
    for (std::size_t i = 0; i < std::min(a.values.size(), b.values.size()); ++i) {
      const SlotId slot_id = call.results[i];
      const bool token = std::count(world_.tokens.begin(), world_.tokens.end(), slot_id) != 0;
      if (token || slot_id == world_.slot_list || a.values[i] == b.values[i]) continue;
      differ(page, call, world_.slots[static_cast<std::size_t>(slot_id)], to_text(a.values[i]),
             to_text(b.values[i]));
    }
    return a.refusal.empty();
  }

  void differ(const Page& page, const Call& call, const std::string& what, const std::string& a,
              const std::string& b) {
    wrong_.push_back("page " + page.name + ", " + call.name + ", " + what + " for buyer " +
                     to_text(slot(stays_, world_.slot_buyer)) + ": `" + a + "` on the source, `" +
                     b + "` when moved");
  }

  // Undone and tried again: the tombstones must hold on both sides.
  void undo(const Page& page, int sample, std::int64_t idem) {
    for (auto step = page.steps.rbegin(); step != page.steps.rend(); ++step) {
      if (step->undo >= 0) run_call(page, step->undo);
    }
    for (const PageStep& step : page.steps) {
      if (step.undo >= 0) run_call(page, step.call);
    }
    for (Life* life : {&stays_, &moves_}) start_page(*life, page, sample, idem);
  }

  static std::vector<nlohmann::json> objects(const Value& list) {
    if (!is_text(list)) return {};
    return nlohmann::json::parse(std::get<std::string>(list));
  }

  void fill(Life& life, const nlohmann::json& object) {
    for (const auto& [name, value] : object.items()) {
      const SlotId id = world_.slot(name);
      if (id < 0) continue;
      if (value.is_string()) slot(life, id) = value.get<std::string>();
      if (value.is_number_integer()) slot(life, id) = value.get<std::int64_t>();
      if (value.is_null()) slot(life, id) = std::monostate{};
    }
  }

  void run_job(const Job& job) {
    const Page& page = world_.pages[static_cast<std::size_t>(job.each)];
    for (Life* life : {&stays_, &moves_}) start_page(*life, page, 0, 0);
    run_call(page, job.list);
    const auto first = objects(slot(stays_, world_.slot_list));
    const auto second = objects(slot(moves_, world_.slot_list));
    if (first.size() != second.size()) {
      wrong_.push_back("job " + job.name + " lists " + std::to_string(first.size()) +
                       " on the source, " + std::to_string(second.size()) + " when moved");
    }
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
      for (Life* life : {&stays_, &moves_}) start_page(*life, page, 0, 0);
      fill(stays_, first[i]);
      fill(moves_, second[i]);
      run_steps(page, 0);
    }
  }

  // Canonical facts by witness; the sides' own ids apart.
  std::map<std::string, Row> truth(Stage& stage, const SqlText& text) {
    std::map<std::string, Row> facts;
    for (Row row : stage.rows(text, {})) {
      const std::string witness = to_text(row.at("witness"));
      for (const char* own : {"token", "root", "ref"}) row.erase(own);
      facts[witness] = std::move(row);
    }
    return facts;
  }

  void compare_truth(Stage& stays, Life& life, const std::string& when) {
    const auto compare = [&](const std::string& name, ServiceId service,
                             const PerSide<SqlText>& text) {
      const bool there = life.moved && moves(service);
      if (!moves(service)) return;
      const auto wanted = truth(stays, text[0]);
      auto found = truth(there ? life.target : life.source, text[there ? 1 : 0]);
      for (const auto& [witness, row] : wanted) {
        if (found[witness] == row) continue;
        wrong_.push_back(name + " " + witness + " " + when + ": " + text_of(row) +
                         "on the source, " + text_of(found[witness]) + "when moved");
      }
    };
    for (const Promise& promise : world_.promises) {
      compare(promise.name, promise.service, promise.truth);
    }
    for (const Ledger& ledger : world_.ledgers) {
      if (ledger.truth) compare(ledger.name, ledger.service, *ledger.truth);
    }
  }

  const World& world_;
  Constants constants_;
  Populated populated_;
  Life stays_;
  Life moves_;
  Life back_;
  std::set<ServiceId> moving_;
  std::vector<std::string> wrong_;
  std::vector<std::vector<Row>> facts_;    // by promise
  std::vector<std::vector<Value>> pools_;  // by pool
  std::set<CallId> ran_;
  std::int64_t last_paid_ = 0;
};

}  // namespace pindah::parity
