#include "oracle/shown.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/packed.h"

namespace pindah {
namespace {

constexpr std::size_t kChunk = 1 << 20;

}  // namespace

void ShownPages::append(std::string_view bytes) {
  if (chunks_.empty() || chunks_.back()->size() + bytes.size() > chunks_.back()->capacity()) {
    chunks_.push_back(std::make_shared<std::string>());
    chunks_.back()->reserve(std::max(kChunk, bytes.size()));
  }
  std::string& chunk = *chunks_.back();
  entries_.push_back({static_cast<std::uint32_t>(chunks_.size() - 1),
                      static_cast<std::uint32_t>(chunk.size()),
                      static_cast<std::uint32_t>(bytes.size())});
  chunk += bytes;
}

void ShownPages::resize(std::size_t size) {
  if (size >= entries_.size()) return;
  entries_.resize(size);
  // A copy may still read what comes after: a new chunk takes what is appended from now on.
  chunks_.resize(size == 0 ? 0 : entries_.back().chunk + 1);
  chunks_.push_back(std::make_shared<std::string>());
  chunks_.back()->reserve(kChunk);
}

std::string_view ShownPages::bytes(std::size_t visit) const {
  const Entry& entry = entries_[visit];
  return std::string_view(*chunks_[entry.chunk]).substr(entry.at, entry.size);
}

bool ShownPages::operator==(const ShownPages& other) const {
  if (size() != other.size()) return false;
  for (std::size_t visit = 0; visit < size(); ++visit)
    if (bytes(visit) != other.bytes(visit)) return false;
  return true;
}

std::string ShownPages::json(std::size_t visit, const World& world, const Page& page) const {
  nlohmann::ordered_json shown = nlohmann::ordered_json::object();
  const char* at = bytes(visit).data();
  for (const SlotId slot : page.shown) {
    const Unpacked value = unpack(at);
    at = value.end;
    nlohmann::ordered_json& cell = shown[world.slots[static_cast<std::size_t>(slot)]];
    if (value.index == 1) cell = value.integer;
    if (value.index == 2) cell = std::string(value.text);
  }
  return shown.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace pindah
