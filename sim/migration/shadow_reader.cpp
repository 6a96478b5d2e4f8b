#include "migration/shadow_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pindah::migration {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongest = 120;  // letters that are kept of an answer

// Tokens are each platform's own; what they open is the same.
void drop(Json& json, const std::vector<std::string>& names) {
  if (json.is_object())
    for (const std::string& name : names) json.erase(name);
  if (json.is_structured())
    for (Json& item : json) drop(item, names);
}

}  // namespace

ShadowReader::ShadowReader(Shared& shared) : shared_(shared) {
  shared.transfers.serve(TransferKind::shadow, *this);
}

void ShadowReader::start(StepId step) {
  for (ServiceId id : shared_.step(step).services) {
    report(id);  // of the step that it takes over from
    shared_.service(id).shadow = {step, 0, 0, {}};
  }
}

void ShadowReader::stop(StepId step) {
  for (ServiceId id : shared_.step(step).services) report(id);
}

void ShadowReader::report(ServiceId id) {
  ShadowReads& shadow = shared_.service(id).shadow;
  if (shadow.step == StepId::none) return;
  PlanEvent event;
  event.kind = PlanEventKind::phase;
  event.step = shadow.step;
  event.service = id;
  event.phase = Phase::shadow_reads;
  event.compared = Findings{shadow.compared, shadow.mismatches, {}, shadow.first};
  shared_.tell(std::move(event));
  shared_.tell(shadow.step, PlanEventKind::finished, id);
  shadow.step = StepId::none;
}

bool ShadowReader::compares(ServiceId id, Side home, const Buckets& buckets) const {
  const ShadowReads& shadow = shared_.service(id).shadow;
  if (shadow.step == StepId::none || home == Side::target) return false;
  const ReadTwice& twice = shared_.options<ReadTwice>(shadow.step);
  return twice.share_ppm == kWhole || in_share(twice.share_ppm, buckets[twice.by]);
}

void ShadowReader::was_read(const ReadSeen& seen) {
  Transfer transfer;
  transfer.kind = TransferKind::shadow;
  transfer.step = shared_.service(seen.service).shadow.step;
  transfer.service = seen.service;
  transfer.origin = seen.side;
  transfer.once = true;
  const std::uint64_t serial = shared_.transfers.start_loaded(std::move(transfer));
  on_their_way_[serial] = {seen.call, seen.before, seen.after, seen.end == RanEnd::ok};
}

Next ShadowReader::write(Transfer& transfer) {
  const Shadow& first = on_their_way_.at(transfer.serial);
  Slots second = first.before;
  const Ran ran =
      shared_.backend(other(transfer.origin)).run(first.call, second, shared_.now(), Writer{});
  ShadowReads& shadow = shared_.service(transfer.service).shadow;
  ++shadow.compared;
  std::optional<ShadowMismatch> found = difference(first, second, ran.end);
  if (found && shadow.mismatches++ == 0) shadow.first = std::move(found);
  return Next::over;
}

void ShadowReader::back(Transfer transfer) { on_their_way_.erase(transfer.serial); }

std::optional<ShadowMismatch> ShadowReader::difference(const Shadow& first, const Slots& second,
                                                       RanEnd end) const {
  const World& world = shared_.world;
  if (first.well != (end == RanEnd::ok)) return ShadowMismatch{first.call, -1, first.well, {}, {}};
  if (!first.well) return {};
  for (const SlotId slot : world.calls[static_cast<std::size_t>(first.call)].results) {
    if (std::find(world.tokens.begin(), world.tokens.end(), slot) != world.tokens.end()) continue;
    const std::string here = comparable(first.after[static_cast<std::size_t>(slot)]);
    const std::string there = comparable(second[static_cast<std::size_t>(slot)]);
    if (here == there) continue;
    return ShadowMismatch{first.call, slot, true, fmt::format("{:.{}}", here, kLongest),
                          fmt::format("{:.{}}", there, kLongest)};
  }
  return {};
}

std::string ShadowReader::comparable(const Value& value) const {
  const std::string text = to_text(value);
  if (text.empty() || (text.front() != '[' && text.front() != '{')) return text;
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return text;
  const World& world = shared_.world;
  std::vector<std::string> names;
  for (const SlotId token : world.tokens)
    names.push_back(world.slots[static_cast<std::size_t>(token)]);
  drop(json, names);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pindah::migration
