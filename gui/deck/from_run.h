// A run file as the window shows it, at any of its instants.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/deck/deck.h"
#include "runfile/reader.h"

namespace pindah::gui {

class RunDeck {
 public:
  // `file` is the title where the run has none.
  RunDeck(RunFile run, const std::string& file);
  // Everything but a chosen shopper's lives; the verdict is the end's, the dials the instant's.
  std::shared_ptr<Deck> at(std::int64_t instant_us) const;
  // Both lives of a shopper who noticed; nothing where there is none of that number.
  std::optional<TwoLives> lives_of(std::int64_t shopper) const;
  std::int64_t end_us() const { return whole_.end_us; }

 private:
  void put_whole(const std::string& file);
  std::int64_t dial(const std::string& name, std::int64_t instant_us,
                    std::int64_t before = 0) const;
  void put_rooms(Deck& deck) const;
  void put_wires(Deck& deck) const;
  void put_houses(Deck& deck) const;
  void put_tiles(Deck& deck) const;

  RunFile run_;
  std::vector<PastEvent> events_;
  std::vector<std::string> services_;
  // Of the rehearsed life, by the series' name: instant, value.
  std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> dials_;
  Deck whole_;  // what does not depend on the instant
};

}  // namespace pindah::gui
