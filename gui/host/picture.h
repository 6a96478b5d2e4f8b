// Pictures: rows from the top, four bytes a pixel (red, green, blue, alpha).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pindah::gui {

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

// False: the file could not be written. Never leaves half a file.
bool write_png(const std::string& path, const Picture& picture);
std::optional<Picture> read_png(const std::string& path);

}  // namespace pindah::gui
