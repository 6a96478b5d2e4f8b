// What each kind of surprise does while it lasts, by the part that it befalls: a row each. Its
// vocabulary is scenario/vocabulary/surprises.cpp.
#pragma once

#include <functional>
#include <vector>

#include "platform/saga_runner.h"

namespace pindah {

// What a surprise can lay its hands on.
struct SurpriseSite : Site {
  SagaRunner& runner;
  std::function<void(bool dies)> migrator;  // it dies, or goes on; nothing where there is none
};

struct SurpriseMechanism {
  SurpriseKind kind{};
  PartKind part{};
  // Work that it dropped is returned, so that its makers learn of it.
  std::vector<Work> (*begin)(const Surprise& surprise, const SurpriseSite& at);
  void (*end)(const Surprise& surprise, const SurpriseSite& at);
};

// Of a kind on a part. Throws Defect where there is none.
const SurpriseMechanism& mechanism_of(const Surprise& surprise);

// One more, for as long as this lives; for tests. Nothing may run meanwhile on another thread.
class AddedMechanism {
 public:
  explicit AddedMechanism(const SurpriseMechanism& mechanism);
  ~AddedMechanism();
  AddedMechanism(const AddedMechanism&) = delete;
  AddedMechanism& operator=(const AddedMechanism&) = delete;
};

}  // namespace pindah
