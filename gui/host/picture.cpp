#include "gui/host/picture.h"

#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

#include <filesystem>

namespace pindah::gui {

bool write_png(const std::string& path, const Picture& picture) {
  const std::string partial = path + ".partial";
  const bool written = stbi_write_png(partial.c_str(), picture.width, picture.height, 4,
                                      picture.bytes.data(), picture.width * 4) != 0;
  std::error_code error;
  if (written) std::filesystem::rename(partial, path, error);
  return written && !error;
}

std::optional<Picture> read_png(const std::string& path) {
  Picture picture;
  int channels = 0;
  unsigned char* bytes = stbi_load(path.c_str(), &picture.width, &picture.height, &channels, 4);
  if (bytes == nullptr) return {};
  const auto size =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4;
  picture.bytes.assign(bytes, bytes + size);
  stbi_image_free(bytes);
  return picture;
}

}  // namespace pindah::gui
