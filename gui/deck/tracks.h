// The curves of the plots, by name. Fixed when it is made, but for their samples: one thread
// appends, another draws.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gui/plots/pyramid.h"

namespace pindah::gui {

class Tracks {
 public:
  explicit Tracks(std::vector<std::string> names) : names_(std::move(names)), all_(names_.size()) {}

  const std::vector<std::string>& names() const { return names_; }
  // Nothing where there is no curve of that name.
  const Pyramid* find(std::string_view name) const;
  Pyramid* find(std::string_view name);
  // What these held until an instant, as new ones that go on otherwise.
  std::shared_ptr<Tracks> until(std::int64_t instant_us) const;

 private:
  std::vector<std::string> names_;
  std::vector<Pyramid> all_;
};

// The names. Curves of a page's failures are called kFailures and the page's name.
constexpr const char* kPagesSource = "pages on the source";
constexpr const char* kPagesTarget = "pages on the target";
constexpr const char* kP50 = "p50";
constexpr const char* kP99 = "p99";
constexpr const char* kP99Control = "p99 control";
constexpr const char* kLag = "lag";
constexpr const char* kBacklog = "backlog";
constexpr const char* kFailures = "failures of ";

}  // namespace pindah::gui
