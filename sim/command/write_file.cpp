#include "command/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace pindah {
namespace {

std::string reason(int error) { return std::strerror(error); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool close() {
    const int number = number_;
    number_ = -1;
    return number < 0 || ::close(number) == 0;
  }

 private:
  int number_;
};

enum class There { nothing, regular, folder, other };
There what_is_at(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return There::nothing;
  if (S_ISREG(found.st_mode)) return There::regular;
  return S_ISDIR(found.st_mode) ? There::folder : There::other;
}

// Of mkstemp: O_EXCL, so that no link is followed.
std::string name_beside(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return (slash == std::string::npos ? std::string() : path.substr(0, slash + 1)) +
         ".pindah-XXXXXX";
}

// `waits`: of a pipe whose reader is slow; a signal ends that.
std::string write_all(const Descriptor& file, std::string_view bytes, bool waits) {
  while (!bytes.empty()) {
    const ssize_t written = write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR && !waits) continue;
    if (written < 0) return reason(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::string write_as_it_stands(const std::string& path, std::string_view bytes) {
  Descriptor file(open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (file.number() < 0)
    return errno == ENXIO ? "it is a pipe, and nobody reads it" : reason(errno);
  fcntl(file.number(), F_SETFL, fcntl(file.number(), F_GETFL) & ~O_NONBLOCK);
  const std::string failed = write_all(file, bytes, true);
  if (!failed.empty()) return failed;
  return file.close() ? std::string() : reason(errno);
}

std::string fill(int number, std::string_view bytes) {
  Descriptor file(number);
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(number, 0666 & ~mask);
  const std::string failed = write_all(file, bytes, false);
  if (!failed.empty()) return failed;
  return file.close() ? std::string() : reason(errno);
}

}  // namespace

std::string not_writable(const std::string& path) {
  switch (what_is_at(path)) {
    case There::folder:
      return reason(EISDIR);
    case There::other:
      return access(path.c_str(), W_OK) == 0 ? std::string() : reason(errno);
    default:
      break;
  }
  std::string beside = name_beside(path);
  const int number = mkstemp(beside.data());
  if (number < 0) return reason(errno);
  close(number);
  unlink(beside.c_str());
  return {};
}

std::string write_file(const std::string& path, std::string_view bytes) {
  const There there = what_is_at(path);
  if (there == There::folder) return reason(EISDIR);
  if (there == There::other) return write_as_it_stands(path, bytes);
  std::string beside = name_beside(path);
  const int number = mkstemp(beside.data());
  if (number < 0) return reason(errno);
  std::string failed = fill(number, bytes);
  if (failed.empty() && std::rename(beside.c_str(), path.c_str()) != 0) failed = reason(errno);
  if (!failed.empty()) unlink(beside.c_str());
  return failed;
}

}  // namespace pindah
