#include "gui/host/picture.h"

#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

#include "command/write_file.h"

namespace pindah::gui {

bool write_png(const std::string& path, const Picture& picture) {
  std::string png;
  const auto append = [](void* to, void* bytes, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes),
                                          static_cast<std::size_t>(size));
  };
  return stbi_write_png_to_func(append, &png, picture.width, picture.height, 4,
                                picture.bytes.data(), picture.width * 4) != 0 &&
         write_file(path, png).empty();
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
