// Something done on another thread, where that is wanted and there is one to be had; on this one
// otherwise. The result is the same.
#pragma once

#include <functional>
#include <system_error>
#include <thread>
#include <utility>

namespace pindah {

class Beside {
 public:
  // `work` does not throw, and what it refers to outlives this. A machine without memory for a
  // thread's stack gives none.
  Beside(bool wanted, std::function<void()> work) : work_(std::move(work)) {
    if (!wanted) return;
    try {
      thread_ = std::thread(work_);
    } catch (const std::system_error&) {
    }
  }
  ~Beside() { finish(); }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  // Waits for it, or does it now.
  void finish() {
    if (thread_.joinable())
      thread_.join();
    else if (work_)
      work_();
    work_ = nullptr;
  }

 private:
  std::function<void()> work_;
  std::thread thread_;
};

}  // namespace pindah
