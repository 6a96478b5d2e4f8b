#include "report/pieces.h"

namespace pindah {}  // namespace pindah
