#include "gui/host/app.h"

#include "gui/window/draw.h"
#include "gui/window/picker.h"

namespace pindah::gui {

App::App(std::unique_ptr<Show> show, Opener opener)
    : show_(std::move(show)), opener_(std::move(opener)) {
  if (!show_) entries_ = catalogue(".");
}

void App::obey(const Command& command) {
  if (show_) return show_->send(command);
  if (command.verb != Verb::open) return;
  Problems problems;
  show_ = opener_(command.text, problems);
  note_ = show_ ? std::string() : problems.text();
}

void App::frame() {
  Commands commands;
  if (!show_) {
    draw_picker(entries_, note_, ui_, commands);
  } else {
    drawn_ = show_->deck();
    if (drawn_->loading >= 0) {
      draw_loading(*drawn_);
    } else {
      draw(*drawn_, show_->parties(), ui_, commands);
    }
  }
  for (const Command& command : commands) obey(command);
}

bool App::is_new() const { return show_ && show_->deck() != drawn_; }
bool App::runs() const {
  return drawn_ && (drawn_->playing || drawn_->loading >= 0 || !drawn_->busy.empty());
}

}  // namespace pindah::gui
