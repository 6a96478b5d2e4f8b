#include "world/populate.h"

#include <fmt/format.h>

#include <atomic>
#include <exception>

#include "base/beside.h"
#include "base/fixed.h"
#include "world/prepare.h"
#include "world/sql_file.h"

namespace pindah {
namespace {

// Bounds on what a stranger's world may cost, per platform: VDBE instructions, and pages of 4 KiB.
constexpr int kInstructionsPerLook = 1'000'000;
constexpr std::int64_t kMostLooks = 20'000;
constexpr const char* kMostPages = "PRAGMA max_page_count = 524288";  // 2 GiB

struct Filling {
  const World& world;
  const Constants& constants;
  std::uint64_t seed;
  std::int64_t start_us;
  const std::atomic<bool>* stop;
  std::int64_t looks_left = kMostLooks;
  std::function<void()> statement_done;

  bool stopped() const { return stop != nullptr && *stop; }
};

void run(const Database& db, const SqlText& text, const Filling& filling) {
  if (filling.stopped()) throw Interrupted();
  BoundStatement bound = prepare(db, text, filling.world, filling.constants);
  for (const Parameter& p : bound.parameters) {
    if (p.is_constant) continue;
    throw WorldFault({text.place, "nothing gives `:" + p.name + "`", {}, {}, {}});
  }
  try {
    while (bound.statement.step()) {
    }
  } catch (const SqlFailure& failure) {
    if (filling.stopped()) throw Interrupted();
    const bool endless = failure.code == SQLITE_INTERRUPT;
    throw WorldFault({place_in(text, failure.offset),
                      endless ? "filling the databases does not end" : failure.what(),
                      endless ? "statements that take some minutes together, at most" : "",
                      {},
                      {}});
  }
}

void check_foreign_keys(const Database& db, const Platform& platform) {
  Statement orphans(db, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 1");
  if (!orphans.step()) return;
  const auto text = [&](int column) { return to_text(orphans.column(column)); };
  throw WorldFault({platform.populate.place,
                    fmt::format("a row of `{}` has no `{}` when all is filled", text(0), text(2)),
                    "each row that REFERENCES another has one",
                    {},
                    {}});
}

void fill(Filling& filling, Side side, Database& db) {
  const Platform& platform = filling.world.platforms[index(side)];
  SqlContext context{Draws(filling.seed), platform.ids, filling.start_us, {}};
  context.east_s = platform.east_s;
  Database work;
  work.set_clock(filling.start_us);
  add_functions(work, context);
  work.exec(kMostPages);
  work.exec("PRAGMA foreign_keys = OFF");  // checked once, at the end, instead of row by row
  sqlite3_progress_handler(
      work.handle(), kInstructionsPerLook,
      [](void* self) {
        auto& its = *static_cast<Filling*>(self);
        return --its.looks_left < 0 || its.stopped() ? 1 : 0;
      },
      &filling);
  for (const SqlText& text : split_statements(platform.schema)) {
    run(work, text, filling);
  }
  work.exec("BEGIN");
  for (const SqlText& text : split_statements(platform.populate)) {
    run(work, text, filling);
    filling.statement_done();
  }
  work.exec("COMMIT");
  check_foreign_keys(work, platform);
  db.copy_from(work);  // without the functions, whose context ends here
}

}  // namespace

Populated populate(const World& world, const Constants& constants, std::uint64_t seed,
                   std::int64_t start_us, int threads,
                   const std::function<void(std::int64_t)>& progress,
                   const std::atomic<bool>* stop) {
  configure_sqlite();
  Populated populated;
  std::int64_t all = 0;
  for (const Platform& platform : world.platforms)
    all += static_cast<std::int64_t>(split_statements(platform.populate).size());
  std::atomic<std::int64_t> done{0};
  const auto count = [&] {
    const std::int64_t so_far = ++done;
    if (progress) progress(so_far * kWhole / all);
  };
  PerSide<std::exception_ptr> failures;
  const auto one = [&](Side side) {
    try {
      Filling filling{world, constants, seed, start_us, stop, kMostLooks, count};
      fill(filling, side, populated.databases[index(side)]);
    } catch (...) {
      failures[index(side)] = std::current_exception();
    }
  };
  Beside second(threads > 1, [&] { one(Side::target); });
  one(Side::source);
  second.finish();
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return populated;
}

}  // namespace pindah
