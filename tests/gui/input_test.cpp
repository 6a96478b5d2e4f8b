// What the person does reaches the window, however long its frames take.
#include "gui/host/input.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "gui/host/app.h"
#include "gui/host/context.h"
#include "gui/host/desktop.h"
#include "tests/gui/stage.h"

using namespace pindah;
using namespace pindah::gui;
using namespace pindah::test;

namespace {

using Kind = Happened::Kind;

// A frame that shows nothing.
struct Frames {
  Context context{1};
  InputQueue queue;
  Frames() {
    ImGui::GetIO().DisplaySize = {100, 100};
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  }
  // Counts in frames until nothing is left.
  template <class Count>
  int count(Count counts) {
    int all = 0;
    do {
      queue.feed(ImGui::GetIO());
      ImGui::NewFrame();
      all += counts() ? 1 : 0;
      ImGui::EndFrame();
    } while (!queue.empty());
    return all;
  }
};

// A show of a deck that takes its time, and writes down what it is asked for.
class SlowShow : public Show {
 public:
  explicit SlowShow(std::vector<Command>& sent) : sent_(sent) {
    Deck deck = full_deck();
    for (std::int64_t i = 0; i < 40; ++i) {
      Person person = deck.people[0];
      person.id = 100 + i;
      person.at_us += i;
      deck.people.push_back(person);
    }
    deck_ = std::make_shared<Deck>(std::move(deck));
  }
  std::shared_ptr<const Deck> deck() const override {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // twice a frame
    ++looks;
    return deck_;
  }
  const Parties& parties() const override { return parties_; }
  void send(const Command& command) override {
    sent_.push_back(command);
    if (command.verb == Verb::choose) ++chosen;
  }
  // Seen by the person on the other thread.
  mutable std::atomic<int> looks = 0;
  std::atomic<int> chosen = 0;

 private:
  std::vector<Command>& sent_;
  std::shared_ptr<const Deck> deck_;
  Parties parties_;
};

}  // namespace

TEST_CASE("a key that is pressed and let go between two frames is pressed in one") {
  Frames frames;
  for (int i = 0; i < 30; ++i) {
    frames.queue.push({Kind::key, key::down, true});
    frames.queue.push({Kind::key, key::down, false});
  }
  CHECK(frames.count([] { return ImGui::IsKeyPressed(key::down, false); }) == 30);
  CHECK_FALSE(ImGui::GetIO().KeysDown[key::down]);
}

TEST_CASE("a click between two frames is where the mouse was, though it has gone on") {
  Frames frames;
  frames.queue.push({Kind::move, 0, false, 10, 20});
  frames.queue.push({Kind::button, 0, true});
  frames.queue.push({Kind::button, 0, false});
  frames.queue.push({Kind::move, 0, false, 90, 90});
  ImVec2 pressed{}, released{};
  const int clicks = frames.count([&] {
    if (ImGui::IsMouseReleased(0)) released = ImGui::GetIO().MousePos;
    if (!ImGui::IsMouseClicked(0)) return false;
    pressed = ImGui::GetIO().MousePos;
    return true;
  });
  CHECK(clicks == 1);
  CHECK(pressed.x == 10);
  CHECK(released.y == 20);
  CHECK(ImGui::GetIO().MousePos.x == 90);
}

TEST_CASE("keys that are held together are down together, and text is text") {
  Frames frames;
  frames.queue.push({Kind::key, 341, true});
  frames.queue.push({Kind::key, '=', true});
  frames.queue.push({Kind::text, 'a'});
  const int both =
      frames.count([] { return ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed('=', false); });
  CHECK(both == 1);
}

namespace {

bool shell(const std::string& command) { return std::system(command.c_str()) == 0; }

// A display that nobody sees, for as long as this lives.
class Display {
 public:
  Display() {
    if (!shell("command -v Xvfb xdotool >/dev/null")) return;
    const std::string name = ":" + std::to_string(200 + ::getpid() % 3000);
    server_ = ::fork();
    if (server_ == 0) {
      ::execlp("Xvfb", "Xvfb", name.c_str(), "-screen", "0", "1000x700x24", nullptr);
      ::_exit(1);
    }
    ::setenv("DISPLAY", name.c_str(), 1);
    for (int i = 0; i < 100 && !shell("xdotool getdisplaygeometry >/dev/null 2>&1"); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  ~Display() {
    if (server_ <= 0) return;
    ::kill(server_, SIGTERM);
    ::waitpid(server_, nullptr, 0);
    ::unsetenv("DISPLAY");
  }
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;
  bool there() const { return server_ > 0; }

 private:
  pid_t server_ = 0;
};

}  // namespace

TEST_CASE("no key and no click is lost while frames take 200 ms", "[desktop]") {
  const Display display;
  if (!display.there()) {
    WARN("without Xvfb and xdotool no real key can be pressed");
    return;
  }
  std::vector<Command> sent;
  auto shown = std::make_unique<SlowShow>(sent);
  const SlowShow& show = *shown;
  App app(std::move(shown), {});
  std::atomic<bool> stop = false;
  std::thread person([&] {
    std::string downs;
    for (int i = 0; i < 30; ++i) downs += " Down";
    shell("xdotool search --sync --name Pindah >/dev/null; sleep 1");
    shell("xdotool mousemove 500 400; sleep 0.5; xdotool key --delay 15" + downs);
    const auto wait = [](const auto& until) {
      for (int i = 0; i < 1200 && !until(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    };
    wait([&] { return show.chosen >= 30; });
    // Hands on: the button is pressed and let go at once, and the panel opens.
    shell("xdotool key --delay 5 h; sleep 1");
    const int seen = show.looks;
    wait([&] { return show.looks >= seen + 20; });
    stop = true;
  });
  run_on_desktop(app, "Pindah", 1000, 700, 0, stop);
  person.join();
  CHECK(std::count_if(sent.begin(), sent.end(),
                      [](const Command& command) { return command.verb == Verb::choose; }) == 30);
  CHECK(app.ui().hands);
}
