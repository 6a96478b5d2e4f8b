#include "base/event_queue.h"

#include <algorithm>

#include "base/problem.h"

namespace pindah {
namespace {

constexpr std::size_t kArity = 4;

}  // namespace

void EventQueue::push(const Event& event) {
  std::size_t at = heap_.size();
  heap_.push_back(event);
  while (at > 0) {
    const std::size_t parent = (at - 1) / kArity;
    if (heap_[parent] <= event) break;
    heap_[at] = heap_[parent];
    at = parent;
  }
  heap_[at] = event;
}

Event EventQueue::pop() {
  ensure(!heap_.empty(), "an event is taken from an empty queue");
  const Event least = heap_.front();
  const Event last = heap_.back();
  heap_.pop_back();
  const std::size_t size = heap_.size();
  if (size == 0) return least;
  std::size_t at = 0;
  for (std::size_t first = 1; first < size; first = at * kArity + 1) {
    const auto begin = heap_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = static_cast<std::ptrdiff_t>(std::min(kArity, size - first));
    const auto child = std::min_element(begin, begin + count);
    if (last <= *child) break;
    heap_[at] = *child;
    at = static_cast<std::size_t>(child - heap_.begin());
  }
  heap_[at] = last;
  return least;
}

}  // namespace pindah
