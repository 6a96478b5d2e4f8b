// One frame of the whole program: the picker, or a show; used by every host.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gui/deck/catalogue.h"
#include "gui/host/show.h"

namespace pindah::gui {

class App {
 public:
  // Opens what was chosen in the picker; nothing after a report.
  using Opener = std::function<std::unique_ptr<Show>(const std::string& file, Problems&)>;
  App(std::unique_ptr<Show> show, Opener opener);

  // Within a frame of ImGui.
  void frame();
  // There is something new to draw since the last frame.
  bool is_new() const;
  Ui& ui() { return ui_; }
  Show* show() { return show_.get(); }
  // What failed, once nothing can be shown any more; empty: nothing.
  std::string failure() const { return show_ ? show_->failure() : std::string(); }
  bool runs() const;  // a rehearsal is going on

 private:
  void obey(const Command& command);
  std::unique_ptr<Show> show_;
  Opener opener_;
  std::vector<Entry> entries_;
  std::string note_;
  Ui ui_;
  std::shared_ptr<const Deck> drawn_;
};

}  // namespace pindah::gui
