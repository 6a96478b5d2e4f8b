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
  // The verdict is the end's, everything else the instant's.
  std::shared_ptr<Deck> at(std::int64_t instant_us);
  // Whose lives are shown from the next deck on; -1: nobody's.
  void choose(std::int64_t shopper);
  std::int64_t end_us() const { return header_.end_us; }

 private:
  using Points = std::vector<std::pair<std::int64_t, std::int64_t>>;  // instant, value

  Deck header() const override { return header_; }
  const Told& told() const override { return told_; }
  const Judged* judged() const override { return &judged_; }
  const Befallen& befallen() const override { return befallen_; }
  const std::optional<TwoLives>& chosen() const override { return chosen_; }
  Dials dials() const override;

  void put_looks();
  void put_header(const std::string& file);
  void put_people();
  void put_judged();
  void put_befallen();
  std::optional<TwoLives> lives_of(std::int64_t shopper) const;
  const Points* points(const std::string& name) const;
  std::int64_t dial(const std::string& name, std::int64_t before = 0) const;
  std::optional<std::int64_t> window(const std::string& name) const;
  std::int64_t looked_at() const;
  void put_services(Dials& dials) const;
  void put_links(Dials& dials) const;
  void put_platforms(Dials& dials) const;

  RunFile run_;
  std::vector<std::string> services_;  // as the series' names have them
  Told told_;
  std::map<std::string, Points>
      dials_;                        // by the series' name; of the control life's: behind kControl
  std::vector<std::int64_t> looks_;  // at the dials
  std::int64_t window_us_ = 0;       // in which pages are counted
  // From when on it is known of each that she noticed, or was harmed.
  std::vector<std::pair<std::int64_t, Person>> people_;
  std::map<std::int64_t, std::int64_t> harmed_at_;
  Deck header_;  // at the instant that is shown
  Judged judged_;
  Befallen befallen_;
  std::optional<TwoLives> chosen_;
};

}  // namespace pindah::gui
