// What an oracle has learnt of one life so far. Its readers (of pages, of commits, of promises)
// write it, each what it sees.
#pragma once

#include <memory>
#include <string>

#include "oracle/captures.h"
#include "oracle/cases.h"
#include "oracle/exposure_counters.h"
#include "oracle/live_truth.h"
#include "oracle/promises.h"
#include "oracle/record.h"
#include "oracle/shown_checks.h"
#include "oracle/stock_oracle.h"
#include "universe/universe.h"

namespace pindah {

struct OracleState {
  // `inputs` and what they refer to outlive it.
  explicit OracleState(const LifeInputs& inputs);

  // Whose promises of this kind the session's are, as the world names her; empty: nobody's.
  std::string owner_of(PromiseId promise, std::uint32_t intent) const;
  // There are other people to come.
  void amended();

  const LifeInputs& inputs;
  const World& world;
  Promises promises;
  StockOracle stock;
  Captures captures;
  Cases cases;
  ShownChecks shown_checks;
  ExposureCounters exposure;
  std::unique_ptr<LiveTruth> truth;  // none before Oracle::watch
  Record record;
};

// The value of a page's slot; NULL where there is none.
const Value& slot_of(const PageSeen& seen, SlotId slot);

}  // namespace pindah
