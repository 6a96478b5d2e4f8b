#include "platform/custody.h"

namespace pindah {

void Custody::record(const RootKey& root, const Handover& handover) {
  histories_[root].push_back(handover);
}

const std::vector<Handover>* Custody::history(const RootKey& root) const {
  const auto found = histories_.find(root);
  return found == histories_.end() ? nullptr : &found->second;
}

}  // namespace pindah
