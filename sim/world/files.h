// The files of a world's folder, and nothing else: what a stranger's world may read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"

namespace pindah {

// Reads by paths relative to the folder. Absolute paths, `..` and links that lead out of the folder
// are refused; so are files over 1 MiB and more than 2000 files or 32 MiB in all.
class WorldFiles {
 public:
  WorldFiles(std::string folder, Problems& problems);

  // The folder is there. Otherwise a problem was reported.
  bool open() const { return open_; }
  const std::string& absolute() const { return root_; }
  // How a file is named in messages: the folder as it was given, and the relative path.
  std::string shown(const std::string& relative) const { return folder_ + "/" + relative; }
  // The text of a file that must be there; a problem at `asked_by` (or at the file) if not.
  std::optional<std::string> read(const std::string& relative, const Place& asked_by = {});
  bool has(const std::string& relative) const;
  // Names of the entries of a folder, sorted; empty when it is not there or not inside.
  std::vector<std::string> list(const std::string& relative);

 private:
  std::optional<std::filesystem::path> inside(const std::string& relative) const;
  bool within_limits(const std::filesystem::path& path, const Place& place);

  std::string folder_;
  std::string root_;
  Problems& problems_;
  bool open_ = false;
  std::size_t files_ = 0;
  std::uintmax_t bytes_ = 0;
};

}  // namespace pindah
