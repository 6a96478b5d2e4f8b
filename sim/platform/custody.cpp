#include "platform/custody.h"

namespace pindah {

const std::vector<Handover>& Custody::record(const RootKey& root, const Handover& handover) {
  const auto history = histories_.try_emplace(root).first;
  history->second.push_back(handover);
  order_.push_back(history);
  return history->second;
}

void Custody::resize(std::size_t size) {
  for (; order_.size() > size; order_.pop_back()) {
    order_.back()->second.pop_back();
    if (order_.back()->second.empty()) histories_.erase(order_.back());
  }
}

const std::vector<Handover>* Custody::history(const RootKey& root) const {
  const auto found = histories_.find(root);
  return found == histories_.end() ? nullptr : &found->second;
}

}  // namespace pindah
