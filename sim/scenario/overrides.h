// `--set a.b=c`: changes to a scenario's tree before it is read.
#pragma once

#include <string>

#include "base/yaml.h"

namespace pindah {

// Sets the value at a path of keys and of list indexes from 0 (`plan.3.drain`); a key that is not
// there is made. The value is YAML. What is set has the place "--set".
void set_value(Yaml& yaml, const std::string& path, const std::string& value, Problems& problems);

}  // namespace pindah
