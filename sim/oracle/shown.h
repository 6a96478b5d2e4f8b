// What every page of a life showed, packed: one text for each visit would take most of the time
// that writing a life down takes. Copies share the bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace pindah {

class ShownPages {
 public:
  // Of the next visit: its page's slots that are shown, one after the other as base/packed.h packs
  // them; or the reason why nothing was shown.
  void append(std::string_view bytes);
  std::size_t size() const { return entries_.size(); }
  // Those from `size` on are forgotten.
  void resize(std::size_t size);
  std::string_view bytes(std::size_t visit) const;
  // As JSON, by the names of the slots that `page` shows: of a visit that ended well.
  std::string json(std::size_t visit, const World& world, const Page& page) const;
  // The same shown, visit by visit.
  bool operator==(const ShownPages& other) const;

 private:
  struct Entry {
    std::uint32_t chunk = 0, at = 0, size = 0;
  };
  std::vector<Entry> entries_;
  std::vector<std::shared_ptr<std::string>> chunks_;  // each grows within what it has reserved
};

}  // namespace pindah
