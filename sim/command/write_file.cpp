#include "command/write_file.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace pindah {

bool write_file(const std::string& path, std::string_view bytes) {
  std::error_code error;
  const bool replaces =
      !std::filesystem::exists(path, error) || std::filesystem::is_regular_file(path, error);
  const std::string beside = replaces ? path + ".partial" : path;
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  if (!file) return false;
  return !replaces || std::rename(beside.c_str(), path.c_str()) == 0;
}

}  // namespace pindah
