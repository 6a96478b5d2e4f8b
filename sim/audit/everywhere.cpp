// Every reading call, for a sample of what there is to ask about.
#include <algorithm>

#include "audit/parts.h"
#include "world/prepare.h"

namespace pindah::audit {

namespace {

constexpr std::size_t kOfEach = 150;  // of each kind of thing that there is to ask about

using Context = std::map<SlotId, Value>;

class Everywhere {
 public:
  Everywhere(Bench& bench, Stage& stage, Side lead)
      : bench_(bench), world_(bench.world()), stage_(stage), lane_(bench, stage, lead) {
    for (std::size_t c = 0; c < world_.calls.size(); ++c) {
      const Call& call = world_.calls[c];
      reads_.push_back(!call.writes && lane_.moves(call.service) ? parameters(call)
                                                                 : std::set<SlotId>{});
    }
    for (const auto& pool : bench.pools)
      ids_.emplace_back(pool[index(Side::source)].begin(), pool[index(Side::source)].end());
  }

  void run() {
    for (const Context& context : contexts())
      for (std::size_t c = 0; c < reads_.size() && !bench_.stopped(); ++c) {
        const bool asks = std::any_of(context.begin(), context.end(), [&](const auto& given) {
          return reads_[c].count(given.first) != 0;
        });
        if (asks) ask(static_cast<CallId>(c), context);
      }
  }

 private:
  std::set<SlotId> parameters(const Call& call) {
    std::set<SlotId> slots;
    for (const SqlText& text : call.body[index(lane_.lead())].statements) {
      const BoundStatement bound =
          prepare(stage_.at(lane_.lead()).database(), text, world_, bench_.ground.constants);
      for (const Parameter& parameter : bound.parameters)
        if (!parameter.is_constant && parameter.slot >= 0) slots.insert(parameter.slot);
    }
    return slots;
  }

  // Rows of truth on the side that leads, by the names of their columns.
  void of_truth(const SqlText& truth, SlotId token, SlotId witness,
                std::vector<Context>& contexts) {
    BoundStatement bound =
        prepare(stage_.at(lane_.lead()).database(), truth, world_, bench_.ground.constants);
    const std::set<Value> own =
        lane_.lead() == Side::target ? own_witnesses(truth) : std::set<Value>{};
    std::vector<Context> all;
    while (bound.statement.step()) {
      Context context;
      for (int i = 0; i < bound.statement.columns(); ++i) {
        const std::string name = sqlite3_column_name(bound.statement.handle(), i);
        const SlotId slot = name == "token" || name == "ref" ? token
                            : name == "witness"              ? witness
                                                             : world_.slot(name);
        if (slot >= 0) context[slot] = bound.statement.column(i);
      }
      const auto key = context.find(witness);
      const bool other = key != context.end() && own.count(key->second) != 0;
      if (!other && is_ours(context)) all.push_back(std::move(context));
    }
    thin(all, contexts);
  }

  // What the target had before anything was moved.
  std::set<Value> own_witnesses(const SqlText& truth) {
    BoundStatement bound = prepare(bench_.untouched.at(Side::target).database(), truth, world_,
                                   bench_.ground.constants);
    std::set<Value> own;
    while (bound.statement.step())
      for (int i = 0; i < bound.statement.columns(); ++i)
        if (std::string(sqlite3_column_name(bound.statement.handle(), i)) == "witness")
          own.insert(bound.statement.column(i));
    return own;
  }

  // The target's own people are nobody's who moves.
  bool is_ours(const Context& context) const {
    for (const Persona& persona : world_.personas) {
      const auto& pool = world_.pools[static_cast<std::size_t>(persona.who)];
      const auto given = context.find(pool.slot);
      if (given == context.end()) continue;
      const auto& ids = ids_[static_cast<std::size_t>(persona.who)];
      if (ids.count(given->second) == 0) return false;
    }
    return true;
  }

  // The last ones, which the walk made, and others evenly.
  static void thin(std::vector<Context>& all, std::vector<Context>& kept) {
    const std::size_t step = std::max<std::size_t>(1, all.size() / kOfEach);
    for (std::size_t i = 0; i < all.size(); i += step) kept.push_back(all[all.size() - 1 - i]);
  }

  std::vector<Context> contexts() {
    std::vector<Context> contexts;
    const Side lead = lane_.lead();
    for (const Promise& promise : world_.promises)
      of_truth(promise.truth[index(lead)], promise.token,
               promise.keyed_by_idem ? world_.slot_idem : SlotId{-1}, contexts);
    for (const Ledger& ledger : world_.ledgers)
      if (ledger.truth)
        of_truth((*ledger.truth)[index(lead)], ledger.ref, world_.slot_idem, contexts);
    for (std::size_t p = 0; p < world_.pools.size(); ++p) {
      std::vector<Context> all;
      for (const Value& value : bench_.pools[p][index(Side::source)])
        all.push_back({{world_.pools[p].slot, value}});
      thin(all, contexts);
    }
    return contexts;
  }

  void ask(CallId call, const Context& context) {
    Slots slots(world_.slots.size());
    slots[static_cast<std::size_t>(world_.slot_home)] = std::string("source");
    slots[static_cast<std::size_t>(world_.slot_front)] = world_.platforms[0].name;
    slots[static_cast<std::size_t>(world_.slot_at)] = stage_.now.us;
    for (const auto& [slot, value] : context) slots[static_cast<std::size_t>(slot)] = value;
    lane_.step(call, slots);
  }

  Bench& bench_;
  const World& world_;
  Stage& stage_;
  Lane lane_;
  std::vector<std::set<Value>> ids_;     // of the source's pools
  std::vector<std::set<SlotId>> reads_;  // by call: what it asks for
};

}  // namespace

void read_everywhere(Bench& bench, Stage& stage, Side lead) {
  Everywhere(bench, stage, lead).run();
}

}  // namespace pindah::audit
