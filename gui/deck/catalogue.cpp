#include "gui/deck/catalogue.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "report/report.h"
#include "runfile/reader.h"

namespace pindah::gui {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t kMostBytes = 1 << 20;
constexpr std::size_t kMostEntries = 500;

std::vector<fs::path> files_in(const fs::path& folder, const char* suffix, bool deep) {
  std::vector<fs::path> files;
  std::error_code error;
  const auto take = [&](const fs::directory_entry& entry) {
    if (files.size() < kMostEntries && entry.is_regular_file(error) &&
        entry.path().extension() == suffix)
      files.push_back(entry.path());
  };
  if (deep) {
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) take(entry);
  } else {
    for (const auto& entry : fs::directory_iterator(folder, error)) take(entry);
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The first sentence of the comment at the file's head.
std::string first_sentence(const std::string& text) {
  std::istringstream lines(text);
  std::string comment;
  for (std::string line; std::getline(lines, line) && line.starts_with("#");)
    if (line.find("yaml-language-server") == std::string::npos)
      comment += line.substr(std::min(line.size(), line.find_first_not_of("# "))) + " ";
  const std::size_t end = comment.find(". ");
  return comment.substr(0, end == std::string::npos ? comment.size() : end + 1);
}

// Nothing: it is no scenario.
std::vector<Entry> entry_of(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path, error) > kMostBytes || error) return {};
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  try {
    const YAML::Node root = YAML::Load(text);
    if (!root.IsMap() || !(root["extends"] || (root["world"] && root["traffic"]))) return {};
    const YAML::Node title = root["title"];
    return {{path.string(),
             plain_text(title && title.IsScalar() ? title.Scalar() : path.stem().string()),
             plain_text(first_sentence(text)),
             {},
             {}}};
  } catch (const YAML::Exception&) {
    return {};
  }
}

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return a.lexically_normal() == b.lexically_normal() || fs::equivalent(a, b, error);
}

// Run files tell their scenario's last verdict; those of another scenario stand for themselves.
void add_runs(const std::vector<fs::path>& runs, std::vector<Entry>& entries) {
  std::vector<Entry> others;
  for (const fs::path& path : runs) {
    Problems problems;
    const auto run = RunFile::open(path.string(), problems);
    if (!run) continue;
    const std::string of = run->fact("file");
    bool known = false;
    for (Entry& entry : entries) {
      if (!same_file(entry.file, of)) continue;
      entry.verdict = plain_text(run->fact("verdict"));
      entry.answer = plain_text(run->fact("answer"));
      known = true;
    }
    if (known) continue;
    others.push_back({path.string(), plain_text(run->fact("title")), "a run of " + plain_text(of),
                      plain_text(run->fact("verdict")), plain_text(run->fact("answer"))});
  }
  entries.insert(entries.end(), others.begin(), others.end());
}

}  // namespace

std::vector<Entry> catalogue(const std::string& folder) {
  std::vector<fs::path> scenarios = files_in(fs::path(folder) / "scenarios", ".yaml", true);
  std::vector<fs::path> runs = files_in(folder, ".pindah", false);
  const auto here = files_in(folder, ".yaml", false);
  const auto there = files_in(fs::path(folder) / "scenarios", ".pindah", true);
  scenarios.insert(scenarios.end(), here.begin(), here.end());
  runs.insert(runs.end(), there.begin(), there.end());
  std::error_code error;
  std::stable_sort(runs.begin(), runs.end(), [&](const fs::path& a, const fs::path& b) {
    return fs::last_write_time(a, error) < fs::last_write_time(b, error);
  });
  std::vector<Entry> entries;
  for (const fs::path& path : scenarios)
    for (Entry& entry : entry_of(path)) {
      if (entry.file.starts_with("./")) entry.file.erase(0, 2);
      entries.push_back(std::move(entry));
    }
  add_runs(runs, entries);
  return entries;
}

}  // namespace pindah::gui
