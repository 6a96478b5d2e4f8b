#include "command/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace pindah {
namespace {

constexpr std::size_t kBar = 24;

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

std::string progress_line(Micros at, Micros end, Micros elapsed, const std::string& label,
                          std::size_t width) {
  const std::int64_t whole = std::max<std::int64_t>(end.us, 1);
  const std::int64_t done = std::clamp<std::int64_t>(at.us, 0, whole);
  const std::int64_t percent = done * 100 / whole;
  const auto filled = static_cast<std::size_t>(percent) * kBar / 100;
  std::string line =
      fmt::format("[{}{}] {:>3} %  {} of {}", std::string(filled, '#'),
                  std::string(kBar - filled, '.'), percent, clock_text({done}), clock_text(end));
  if (elapsed.us > 0 && done > 0) {
    const double speed = static_cast<double>(done) / static_cast<double>(elapsed.us);
    const auto left = static_cast<std::int64_t>(static_cast<double>(whole - done) / speed / 1e6);
    line += fmt::format("  {:.0f}x  {} left", speed, duration_text(seconds(left)));
  }
  line += "  " + label;
  if (line.size() >= width) line.resize(width > 0 ? width - 1 : 0);
  return line;
}

Progress::Progress(bool visible, std::string label) : visible_(visible), label_(std::move(label)) {}

Progress::~Progress() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void Progress::show(Micros at, Micros end) {
  if (!visible_) return;
  const Clock::time_point now = Clock::now();
  if (drawn_ && now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  using std::chrono::microseconds;
  const Micros elapsed{std::chrono::duration_cast<microseconds>(now - started_).count()};
  const std::string line = "\r" + progress_line(at, end, elapsed, label_, terminal_width());
  std::fputs((line + "\x1b[K").c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace pindah
