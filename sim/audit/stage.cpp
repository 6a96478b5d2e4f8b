#include "audit/stage.h"

#include <utility>

namespace pindah::audit {

namespace {
constexpr int kChunk = 500;
}

// Hears commits: which roots they touch, and which rows they change.
struct Stage::Ear : CommitSink {
  explicit Ear(const World& w) : world(w) {}
  void committed(Commit commit) override {
    if (net != nullptr) {
      add_to(*net, world.platforms[index(commit.side)], *commit.changes);
      return;
    }
    if (deaf) return;
    std::vector<RootKey> roots;
    lookup->of(commit, roots);
    touched.insert(roots.begin(), roots.end());
  }
  const World& world;
  std::unique_ptr<Roots> lookup;
  std::set<RootKey> touched;
  Net* net = nullptr;  // gets what the moves change
  bool deaf = false;
};

Stage::Stage(const Ground& ground, const Database& source, const Database& target)
    : ground_(ground) {
  const PerSide<const Database*> contents{&source, &target};
  for (const Side side : {Side::source, Side::target}) {
    auto& ear = ears_[index(side)];
    ear = std::make_unique<Ear>(ground.world);
    auto& backend = backends_[index(side)];
    backend = std::make_unique<Backend>(ground.world, side, ground.constants, ground.seed,
                                        ground.start_us, *ear);
    ear->lookup = std::make_unique<Roots>(ground.world, *backend);
    backend->start_from(*contents[index(side)]);
  }
  moves_ = std::make_unique<migration::MoveSet>(
      ground.world, PerSide<Backend*>{backends_[0].get(), backends_[1].get()}, ground.constants);
}

Stage::~Stage() = default;

std::vector<RootKey> Stage::take_touched(Side side) {
  std::set<RootKey>& touched = ears_[index(side)]->touched;
  std::vector<RootKey> roots(touched.begin(), touched.end());
  touched.clear();
  return roots;
}

bool Stage::in_savepoint(Database& db, const RootKey& root, const Refused& refused,
                         const std::function<void()>& work) {
  db.exec("SAVEPOINT one_root");
  try {
    work();
  } catch (const SqlFailure& failure) {
    if (sqlite3_get_autocommit(db.handle()) == 0) {
      db.exec("ROLLBACK TO one_root");
      db.exec("RELEASE one_root");
    }
    refused(root, failure.what());
    return false;
  }
  db.exec("RELEASE one_root");
  return true;
}

void Stage::load(int number, const migration::Batch& batch, const Refused& refused) {
  migration::MoveStatements& statements = move(number);
  const Move& what = world().moves[static_cast<std::size_t>(number)];
  Backend& there = at(other(what.from));
  const Ran ran = there.transact(what.service, now, writer_of(WriterKind::chunk), [&] {
    for (const Value& gone : batch.gone)
      in_savepoint(there.database(), {number, gone}, refused, [&] { statements.erase(gone); });
    for (std::size_t row = 0; row < statements.rows(batch); ++row)
      in_savepoint(there.database(), {number, statements.key(batch, row)}, refused,
                   [&] { statements.load(batch, row); });
  });
  if (ran.end != RanEnd::ok) refused({number, {}}, ran.reason);
}

Net Stage::changes_at(Side side, const std::function<void()>& work) {
  Net net;
  Ear& ear = *ears_[index(side)];
  ear.net = &net;
  const struct Over {
    Ear& ear;
    ~Over() { ear.net = nullptr; }
  } over{ear};
  work();
  return net;
}

Net Stage::carry(const std::vector<RootKey>& roots, const Refused& refused) {
  if (roots.empty()) return {};
  const Move& first = world().moves[static_cast<std::size_t>(roots.front().move)];
  return changes_at(other(first.from), [&] {
    for (const RootKey& root : roots) {
      const Move& what = world().moves[static_cast<std::size_t>(root.move)];
      migration::Batch batch;
      batch.move = root.move;
      at(what.from).set_now(now);
      try {
        move(root.move).extract_root(root.key, batch);
      } catch (const SqlFailure& failure) {
        refused(root, failure.what());
        continue;
      }
      load(root.move, batch, refused);
    }
  });
}

// A root whose extract fails does not take the others of its chunk along.
void Stage::carry_move(int number, const Refused& refused, const Loaded& loaded) {
  std::optional<Value> after;
  int chunk = kChunk;
  while (const auto range = move(number).next_chunk(after, std::nullopt, chunk)) {
    migration::Batch batch;
    batch.move = number;
    try {
      move(number).extract(range->from, range->to, batch);
    } catch (const SqlFailure& failure) {
      if (std::exchange(chunk, 1) > 1) continue;
      refused({number, range->from}, failure.what());
      batch.cells = {};
    }
    load(number, batch, refused);
    loaded(number, batch);
    after = range->to;
  }
}

void Stage::carry_all(Side from, const Refused& refused, const Loaded& loaded) {
  ears_[index(other(from))]->deaf = true;
  for (std::size_t m = 0; m < world().moves.size(); ++m) {
    if (world().moves[m].from != from) continue;
    const int number = static_cast<int>(m);
    at(from).set_now(now);
    carry_move(number, refused, loaded);
  }
  ears_[index(other(from))]->deaf = false;
}

Net Stage::erase(const RootKey& root, const Refused& refused) {
  const Move& what = world().moves[static_cast<std::size_t>(root.move)];
  return changes_at(other(what.from), [&] {
    migration::Batch batch;
    batch.move = root.move;
    batch.gone.push_back(root.key);
    load(root.move, batch, refused);
  });
}

}  // namespace pindah::audit
