// Runs two pieces of work at once, again and again: one here, one on a thread that stays.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace pindah {

class ThreadPair {
 public:
  explicit ThreadPair(bool second_thread) {
    if (second_thread) thread_ = std::thread([this] { serve(); });
  }
  ~ThreadPair() {
    if (!thread_.joinable()) return;
    give([this] { over_ = true; });
    thread_.join();
  }
  ThreadPair(const ThreadPair&) = delete;
  ThreadPair& operator=(const ThreadPair&) = delete;

  // Returns when both are done; throws what either threw.
  void run(const std::function<void()>& here, const std::function<void()>& there) {
    if (!thread_.joinable()) {
      there();
      here();
      return;
    }
    std::exception_ptr failure;
    give([this, &there] { work_ = &there; });
    try {
      here();
    } catch (...) {
      failure = std::current_exception();
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return work_ == nullptr; });
    if (!failure) failure = std::exchange(failure_, nullptr);
    if (failure) std::rethrow_exception(failure);
  }

 private:
  template <class Change>
  void give(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }
  void serve() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return over_ || work_ != nullptr; });
      if (over_) return;
      const std::function<void()>& work = *work_;
      lock.unlock();
      std::exception_ptr failure;
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      failure_ = failure;
      work_ = nullptr;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void()>* work_ = nullptr;
  std::exception_ptr failure_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace pindah
