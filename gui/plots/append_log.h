// A list that one thread appends to while another reads: fixed chunks that never move, and a size
// that is published after what it counts.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

#include "base/problem.h"

namespace pindah::gui {

template <class T>
class AppendLog {
 public:
  static constexpr std::size_t kChunk = 4096;
  static constexpr std::size_t kChunks = 4096;  // 16 million items

  AppendLog() : chunks_(std::make_unique<std::array<std::unique_ptr<T[]>, kChunks>>()) {}

  // By one thread alone. False: the log is full, and nothing was appended.
  bool append(const T& item) {
    const std::size_t size = size_.load(std::memory_order_relaxed);
    if (size == kChunk * kChunks) return false;
    std::unique_ptr<T[]>& chunk = (*chunks_)[size / kChunk];
    if (!chunk) chunk = std::make_unique<T[]>(kChunk);
    chunk[size % kChunk] = item;
    size_.store(size + 1, std::memory_order_release);
    return true;
  }

  // By anybody. Items below a size that was read once stay what they are.
  std::size_t size() const { return size_.load(std::memory_order_acquire); }
  const T& operator[](std::size_t number) const {
    return (*chunks_)[number / kChunk][number % kChunk];
  }

 private:
  std::unique_ptr<std::array<std::unique_ptr<T[]>, kChunks>> chunks_;
  std::atomic<std::size_t> size_{0};
};

}  // namespace pindah::gui
