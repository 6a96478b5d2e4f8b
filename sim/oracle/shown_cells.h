// What each page of a life showed, slot by slot, so that a difference can be traced to the call
// that answered. Each text is kept once; the visits hold its number. Copies share the texts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pindah {

class ShownCells {
 public:
  // Of the visit that is appended next.
  void add(std::string_view text);
  void add(std::uint64_t hash);  // of something whose text is not kept
  void append();                 // the visit is over
  std::size_t size() const { return ends_.size(); }
  // Visits from `size` on are forgotten.
  void resize(std::size_t size);

  std::size_t cells(std::size_t visit) const;
  // The same in both lives for the same text.
  std::uint64_t hash(std::size_t visit, std::size_t cell) const;
  // Empty: none, or too long to be kept.
  std::string_view text(std::size_t visit, std::size_t cell) const;

 private:
  void add(std::uint64_t hash, std::string_view text);
  struct Pool {
    std::vector<std::uint64_t> hashes;
    std::vector<std::string> texts;
    std::unordered_map<std::uint64_t, std::uint32_t> known;  // by hash; never walked
    std::size_t bytes = 0;
  };
  std::size_t number(std::size_t visit, std::size_t cell) const;
  std::shared_ptr<Pool> pool_ = std::make_shared<Pool>();
  std::vector<std::uint32_t> cells_;
  std::vector<std::uint64_t> ends_;
};

}  // namespace pindah
