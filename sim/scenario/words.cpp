#include "scenario/words.h"

namespace pindah {

std::vector<std::string> link_words() {
  return {"edge-source", "edge-target", "source-target", "gateway"};
}
std::vector<std::string> side_words() { return {"source", "target"}; }
std::vector<std::string> shape_words() { return {"hold", "ramp", "spike", "day"}; }

}  // namespace pindah
