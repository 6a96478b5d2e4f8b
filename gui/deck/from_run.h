// A run file as the window shows it, at any of its instants.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/deck/source.h"
#include "runfile/reader.h"

namespace pindah::gui {

class RunDeck : private RunSource {
 public:
  // `file` is the title where the run has none.
  RunDeck(RunFile run, const std::string& file);
  // Everything but a chosen shopper's lives; the verdict is the end's, the dials the instant's.
  std::shared_ptr<Deck> at(std::int64_t instant_us);
  // Both lives of a shopper who noticed; nothing where there is none of that number.
  std::optional<TwoLives> lives_of(std::int64_t shopper) const;
  std::int64_t end_us() const { return header_.end_us; }

 private:
  Deck header() const override { return header_; }
  const Told& told() const override { return told_; }
  const Judged* judged() const override { return &judged_; }
  Dials dials() const override;

  void put_header(const std::string& file);
  void put_judged();
  std::int64_t dial(const std::string& name, const std::vector<std::int64_t>& set_at = {},
                    std::int64_t before = 0) const;
  std::vector<std::int64_t> surprises() const;
  std::vector<std::int64_t> phases(const std::string& service, Phase phase) const;
  void put_services(Dials& dials) const;
  void put_links(Dials& dials) const;
  void put_platforms(Dials& dials) const;

  RunFile run_;
  std::vector<std::string> services_;  // as the series' names have them
  Told told_;
  // Of the rehearsed life, by the series' name: instant, value.
  std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> dials_;
  Deck header_;  // at the instant that is shown
  Judged judged_;
};

}  // namespace pindah::gui
