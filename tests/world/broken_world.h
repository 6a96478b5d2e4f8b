// A copy of a world, the library as a rule, to be broken, in a folder of its own that goes away
// again.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "world/load.h"

namespace pindah {

// When the worlds of these tests begin: 12 Dec 2023, UTC.
constexpr std::int64_t kStart = 1'702'339'200'000'000;

class BrokenWorld {
 public:
  explicit BrokenWorld(const std::string& original = "tests/worlds/library") {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("pindah_world_test_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    std::filesystem::copy(PINDAH_SOURCE_DIR "/" + original, folder_,
                          std::filesystem::copy_options::recursive);
  }
  ~BrokenWorld() { std::filesystem::remove_all(folder_); }
  BrokenWorld(const BrokenWorld&) = delete;
  BrokenWorld& operator=(const BrokenWorld&) = delete;

  std::string folder() const { return folder_.string(); }
  std::filesystem::path path(const std::string& file) const { return folder_ / file; }
  std::string read(const std::string& file) const {
    std::ifstream stream(path(file), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(path(file), std::ios::binary) << text;
  }
  // Replaces the first `from` of a file, which must be there.
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read(file);
    const std::size_t at = text.find(from);
    INFO(file << " lacks " << from);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, from.size(), to));
  }
  // "line:column" of the first `word` in a file as it is now.
  std::string place_of(const std::string& file, const std::string& word) const {
    const std::string text = read(file);
    const std::size_t at = text.find(word);
    INFO(file << " lacks " << word);
    REQUIRE(at != std::string::npos);
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const std::size_t start = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t column = start == std::string::npos ? at + 1 : at - start;
    return std::to_string(line + 1) + ":" + std::to_string(column);
  }
  // What the loader finds wrong; nothing when it loads.
  Problems problems() const {
    Problems all;
    const auto world = load_world(folder(), all);
    CHECK(world.has_value() == !all.any());
    return all;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace pindah
