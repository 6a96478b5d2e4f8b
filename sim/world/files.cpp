#include "world/files.h"

#include <algorithm>
#include <fstream>

#include "base/utf8.h"

namespace pindah {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostBytes = 1 << 20;
constexpr std::uintmax_t kMostBytesInAll = 32u << 20;
constexpr std::size_t kMostFiles = 2000;

bool climbs(const fs::path& path) {
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

}  // namespace

WorldFiles::WorldFiles(std::string folder, Problems& problems)
    : folder_(std::move(folder)), problems_(problems) {
  while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  std::error_code error;
  root_ = fs::canonical(folder_, error).string();
  open_ = !error && fs::is_directory(root_, error);
  if (!open_) problems_.add({folder_, 0, 0}, "there is no folder `" + folder_ + "`");
}

std::optional<fs::path> WorldFiles::inside(const std::string& relative) const {
  const fs::path path(relative);
  if (relative.empty() || path.is_absolute() || climbs(path)) return {};
  std::error_code error;
  const fs::path real = fs::weakly_canonical(fs::path(root_) / path, error);
  if (error) return {};
  const fs::path left = real.lexically_relative(root_);
  if (left.empty() || climbs(left)) return {};
  return real;
}

bool WorldFiles::within_limits(const fs::path& path, const Place& place) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > kMostBytes) {
    problems_.add(place, "the file is larger than 1 MiB");
    return false;
  }
  bytes_ += size;
  if (++files_ <= kMostFiles && bytes_ <= kMostBytesInAll) return true;
  problems_.add(place, "the world has more than 2000 files or 32 MiB");
  return false;
}

std::optional<std::string> WorldFiles::read(const std::string& relative, const Place& asked_by) {
  const Place file{shown(relative), 0, 0};
  const Place place = asked_by.file.empty() ? file : asked_by;
  const auto path = inside(relative);
  if (!path) {
    problems_.add(place, "`" + relative + "` is not inside the world's folder");
    return {};
  }
  std::error_code error;
  if (!fs::is_regular_file(*path, error)) {
    problems_.add(place, "there is no file `" + relative + "`");
    return {};
  }
  if (!within_limits(*path, file)) return {};
  std::ifstream stream(*path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  const std::size_t odd = std::min(text.find('\0'), first_not_utf8(text));
  if (odd == std::string::npos) return text;
  const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(odd), '\n');
  const std::size_t begin = odd == 0 ? 0 : text.rfind('\n', odd - 1) + 1;
  problems_.add({file.file, static_cast<int>(line) + 1, static_cast<int>(odd - begin) + 1},
                text[odd] == '\0' ? "the file holds a zero byte" : "not UTF-8");
  return {};
}

bool WorldFiles::has(const std::string& relative) const {
  const auto path = inside(relative);
  std::error_code error;
  return path && fs::is_regular_file(*path, error);
}

std::vector<std::string> WorldFiles::list(const std::string& relative) {
  std::vector<std::string> names;
  const auto path = inside(relative);
  std::error_code error;
  if (!path || !fs::is_directory(*path, error)) return names;
  for (fs::directory_iterator it(*path, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().string());
    if (names.size() > kMostFiles) {
      problems_.add({shown(relative), 0, 0}, "the folder has more than 2000 entries");
      return {};
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace pindah
