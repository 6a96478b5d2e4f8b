// The program's own window, on a display that nobody sees.
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <string>

#include "gui/host/picture.h"
#include "tests/scratch.h"

namespace {

struct Ran {
  int code = -1;
  std::string text;
};

Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    ran.text.append(buffer.data(), n);
  const int status = pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

const std::string kPindah = PINDAH_BINARY;
const std::string kScenario = PINDAH_SOURCE_DIR "/tests/scenarios/lending-busy.yaml";

}  // namespace

TEST_CASE("a real window opens on a rehearsal, draws, and closes", "[desktop]") {
  const Ran ran = run("xvfb-run -a -s '-screen 0 1600x900x24' " + kPindah + " gui " + kScenario +
                      " --frames 40");
  INFO(ran.text);
  CHECK(ran.code == 0);
  CHECK(ran.text.find("a frame takes") != std::string::npos);
}

TEST_CASE("without a display it says what to do", "[desktop]") {
  const Ran ran = run("env -u DISPLAY -u WAYLAND_DISPLAY " + kPindah + " gui " + kScenario);
  INFO(ran.text);
  CHECK(ran.code == 2);
  CHECK(ran.text.find("there is no display") != std::string::npos);
  CHECK(ran.text.find("--screenshot") != std::string::npos);
}

TEST_CASE("a picture needs no display, and shows what it was asked for", "[desktop]") {
  const pindah::test::ScratchFile file("picture.png");
  const std::string& path = file.path();
  const Ran ran = run("env -u DISPLAY " + kPindah + " gui " + kScenario +
                      " --at 00:05 --tab tables" + " --size 1280x720 --screenshot " + path);
  INFO(ran.text);
  CHECK(ran.code == 0);
  const auto picture = pindah::gui::read_png(path);
  REQUIRE(picture);
  CHECK(picture->width == 1280);
  CHECK(picture->height == 720);
}

TEST_CASE("what cannot be shown is refused in words", "[desktop]") {
  const pindah::test::ScratchFile file("never.png");
  const std::string& never = file.path();
  for (const std::string flags :
       {"nothing.yaml", "nothing.pindah", "--size huge", "--at noon", "--tab nothing"}) {
    const Ran ran = run(kPindah + " gui " + flags + " --screenshot " + never);
    INFO(flags << ": " << ran.text);
    CHECK(ran.code == 2);
    CHECK_FALSE(ran.text.empty());
    CHECK_FALSE(std::filesystem::exists(never));
  }
}
