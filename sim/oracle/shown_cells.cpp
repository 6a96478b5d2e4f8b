#include "oracle/shown_cells.h"

#include "base/digest.h"

namespace pindah {
namespace {

// Of one text, and of all.
constexpr std::size_t kLongest = 16 << 10, kMost = 64 << 20;

}  // namespace

void ShownCells::add(std::string_view text) { add(hash64(text), text); }

void ShownCells::add(std::uint64_t hash) { add(hash, {}); }

void ShownCells::add(std::uint64_t hash, std::string_view text) {
  const auto [known, fresh] =
      pool_->known.try_emplace(hash, static_cast<std::uint32_t>(pool_->hashes.size()));
  if (fresh) {
    const bool kept = text.size() <= kLongest && pool_->bytes + text.size() <= kMost;
    pool_->hashes.push_back(hash);
    pool_->texts.emplace_back(kept ? text : std::string_view());
    pool_->bytes += pool_->texts.back().size();
  }
  cells_.push_back(known->second);
}

void ShownCells::append() { ends_.push_back(cells_.size()); }

void ShownCells::resize(std::size_t size) {
  if (size >= ends_.size()) return;
  ends_.resize(size);
  cells_.resize(size == 0 ? 0 : ends_.back());
}

std::size_t ShownCells::cells(std::size_t visit) const {
  if (visit >= ends_.size()) return 0;
  return ends_[visit] - (visit == 0 ? 0 : ends_[visit - 1]);
}

std::size_t ShownCells::number(std::size_t visit, std::size_t cell) const {
  return cells_[(visit == 0 ? 0 : ends_[visit - 1]) + cell];
}

std::uint64_t ShownCells::hash(std::size_t visit, std::size_t cell) const {
  return pool_->hashes[number(visit, cell)];
}

std::string_view ShownCells::text(std::size_t visit, std::size_t cell) const {
  return pool_->texts[number(visit, cell)];
}

}  // namespace pindah
