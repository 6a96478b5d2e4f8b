// The runner of pages under its earlier name.
#pragma once

#include "platform/saga_runner.h"

namespace pindah {

using Pages = SagaRunner;

}  // namespace pindah
