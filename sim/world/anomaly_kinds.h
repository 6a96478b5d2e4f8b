// The kinds of anomaly that a world may name: each is a row. Who finds it, while it happens and at
// the end, is oracle/detectors.h.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace pindah {

enum class AnomalyKind : std::uint8_t {
  lost,
  duplicated,
  uncoupled,
  unconserved,
  regressed,
  stale,
  unowned,
  shown_to_another,
  oversold,
  off_rail,
  logged_out,
  untrue,
  count
};

// What is counted as something that could have gone wrong this way: a fact that came about (a
// promise told, money taken, goods sold), the sight of one, money given back, a write, a page.
enum class ExposedBy : std::uint8_t { facts, sights, reversals, writes, pages };

// What it is to those whom it befalls, where it concerns no ledger; what does is charged wrongly.
enum class HarmClass : std::uint8_t { other, lost_or_doubled };

// What of a row is not as it was told: anything fixed and else its status, its status alone, whose
// it is, or that there is one of it.
enum class Wrong : std::uint8_t { content, status, owner, number };

struct AnomalyRow {
  AnomalyKind id{};
  std::string_view word;  // `lost` in `lost_orders: lost(order)`
  // What may stand between the brackets: p a promise, l a ledger, s `stock`; "" nothing. The second
  // where there are two ways to write it.
  std::array<std::string_view, 2> facts;
  std::size_t ways = 1;
  ExposedBy exposed_by{};
  HarmClass harm{};
  // Why somebody noticed, `{}` for the first fact; empty: the name that the world gives to it.
  std::string_view cause;
  std::string_view sentence;  // for the manual
  Wrong wrong = Wrong::content;
};

// In the order of the enum.
std::span<const AnomalyRow> anomaly_kinds();
const AnomalyRow& row_of(AnomalyKind kind);

}  // namespace pindah
