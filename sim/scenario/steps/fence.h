// What cutover and rollback share: how the fence is closed, and what is waited for behind it.
#pragma once

#include "scenario/vocabulary/steps.h"

namespace pindah {

enum class FenceDoes : std::uint8_t { hold, refuse };
// What happens when the fence has been closed for freeze_at_most.
enum class AtLimit : std::uint8_t { abort, go_on };
enum class PositionWhen : std::uint8_t { after_drain, before_drain };

struct Fence {
  Micros freeze_at_most = seconds(2);
  AtLimit at_limit = AtLimit::abort;
  // An abort is what the rehearsal wants to see, and leaves nothing unfinished.
  bool may_abort = false;
  FenceDoes does = FenceDoes::hold;
  bool drain = true;
  PositionWhen position = PositionWhen::after_drain;
  int hold_at_most = 10000;  // requests held by the fence
};

// The fence of a cutover or a rollback; null of any other step.
const Fence* fence_of(const PlanStep& step);

// Fence, drain, position, catching up, as `explain` says them.
std::string fence_words(const Fence& fence, const std::string& services);
// What happens at the limit: a sentence of its own, after a space.
std::string limit_words(const Fence& fence);

// Its rows, for the kind whose options have it at this member.
template <auto FenceOf>
std::vector<Field> fence_fields();

namespace vocabulary {

// Texts and bounds of the rows; `field` fills in whose they are.
Field freeze_row();
Field limit_row();
Field abort_row();
Field does_row();
Field drain_row();
Field position_row();
Field hold_row();

}  // namespace vocabulary

template <auto FenceOf>
std::vector<Field> fence_fields() {
  using namespace vocabulary;
  return {field<FenceOf, &Fence::freeze_at_most>(freeze_row()),
          field<FenceOf, &Fence::at_limit>(limit_row()),
          field<FenceOf, &Fence::may_abort>(abort_row()),
          field<FenceOf, &Fence::does>(does_row()),
          field<FenceOf, &Fence::drain>(drain_row()),
          field<FenceOf, &Fence::position>(position_row()),
          field<FenceOf, &Fence::hold_at_most>(hold_row())};
}

}  // namespace pindah
