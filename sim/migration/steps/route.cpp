// Shares of the reads and writes are led to the target, from what they are to what the plan says,
// a second at a time.
#include "scenario/steps/route.h"

#include <algorithm>

#include "migration/steps/step.h"

namespace pindah::migration {
namespace {

constexpr Micros kRampTick = seconds(1);

// What it remembers: the instant at which it began, then for each service the shares of its reads
// and of its writes by then.
Micros began(const std::vector<std::int64_t>& memory) { return {memory.front()}; }
std::int64_t reads_from(const std::vector<std::int64_t>& memory, std::size_t i) {
  return memory[1 + 2 * i];
}
std::int64_t writes_from(const std::vector<std::int64_t>& memory, std::size_t i) {
  return memory[2 + 2 * i];
}

void set_shares(PlanRunner& plan, StepId which, std::int64_t passed, std::int64_t over) {
  const PlanStep& step = plan.shared().step(which);
  const Route& route = step.options<Route>();
  const std::vector<std::int64_t>& memory = plan.memory(which);
  Gates& gates = plan.shared().gates;
  const auto share = [&](std::int64_t from, std::int64_t to) {
    // A ten-year ramp of a million ppm does not fit into 64 bits; milliseconds do.
    const std::int64_t far = to - from;
    const std::int64_t gone =
        over > 1'000'000 ? far * (passed / 1000) / (over / 1000) : far * passed / over;
    return Share{from + gone, static_cast<std::uint8_t>(route.by)};
  };
  for (std::size_t i = 0; i < step.services.size(); ++i) {
    const ServiceId id = step.services[i];
    if (route.reads_ppm) gates.lead_reads(id, share(reads_from(memory, i), *route.reads_ppm));
    if (route.writes_ppm && gates.owner(id) == Side::source)
      gates.share_out(id, share(writes_from(memory, i), *route.writes_ppm), plan.shared().now());
  }
}

void advance_route(PlanRunner& plan, StepId which) {
  Shared& shared = plan.shared();
  const Route& route = shared.options<Route>(which);
  const Micros started = began(plan.memory(which));
  const std::int64_t over = std::max<std::int64_t>(route.over.us, 1);
  const std::int64_t passed =
      route.over.us > 0 ? std::min(over, (shared.now() - started).us) : over;
  set_shares(plan, which, passed, over);
  if (passed == over) return plan.done(which);
  shared.push(std::min(shared.now() + kRampTick, started + route.over), step_goes_on,
              static_cast<std::uint64_t>(which), 0);
}

// One that says what is so anyway meets nobody.
bool changes_shares(const PlanRunner& plan, StepId which) {
  const Shared& shared = plan.shared();
  const Route& route = shared.options<Route>(which);
  const Gates& gates = shared.gates;
  const auto differs = [](const std::optional<std::int64_t>& to, const Share& from) {
    return to && *to != from.ppm;
  };
  const std::vector<ServiceId>& services = shared.step(which).services;
  return std::any_of(services.begin(), services.end(), [&](ServiceId id) {
    const Share writes = gates.shared_out(id);
    return gates.owner(id) == Side::source &&
           (differs(route.reads_ppm, gates.led_reads(id).value_or(writes)) ||
            differs(route.writes_ppm, writes));
  });
}

void begin_route(PlanRunner& plan, StepId which) {
  const Shared& shared = plan.shared();
  const Gates& gates = shared.gates;
  std::vector<std::int64_t>& memory = plan.memory(which);
  memory = {shared.now().us};
  for (ServiceId id : shared.step(which).services) {
    memory.push_back(gates.led_reads(id).value_or(Share{}).ppm);
    memory.push_back(gates.shared_out(id).ppm);
  }
  if (changes_shares(plan, which)) plan.acts(which);
  advance_route(plan, which);
}

void resume_route(PlanRunner& plan, StepId which) {
  plan.shared().push(plan.shared().now(), step_goes_on, static_cast<std::uint64_t>(which), 0);
}

}  // namespace

StepMechanism route_mechanism() {
  return {StepKind::route, begin_route, nullptr, advance_route, resume_route};
}

}  // namespace pindah::migration
