// A place for a file in the temporary folder that no other run of the tests shares.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

namespace pindah::test {

// Nothing is there at first; what is written there goes away with this.
class ScratchFile {
 public:
  // `name` ends the file's name, its suffix included.
  explicit ScratchFile(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("pindah-test-" + std::to_string(::getpid()) + "-" + name)) {
    std::filesystem::remove(path_);
  }
  ~ScratchFile() {
    std::error_code error;
    std::filesystem::remove(path_, error);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace pindah::test
