#include "tests/golden/pinned.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "base/time.h"
#include "tests/golden/digests.h"

namespace pindah::test {
namespace {

const std::string kGolden = PINDAH_SOURCE_DIR "/tests/golden/";
const std::string kKept = PINDAH_SOURCE_DIR "/build/golden/";

bool asked_to(const char* what) {
  const char* value = std::getenv("PINDAH_GOLDEN");
  return value != nullptr && std::string(value) == what;
}

std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string kept_file(const std::string& scenario, const std::string& digest) {
  return kKept + std::filesystem::path(scenario).stem().string() + "." + digest + ".txt";
}

std::string keep(const std::string& scenario, const std::string& digest, const std::string& text) {
  std::filesystem::create_directories(kKept);
  const std::string file = kept_file(scenario, digest);
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

// Lines of a file of tests/golden that begin with the scenario, without it.
std::string lines_of(const std::string& file, const std::string& scenario) {
  std::istringstream lines(read(kGolden + file));
  std::string all;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(scenario + " ")) all += line.substr(scenario.size() + 1) + "\n";
  return all;
}

// Puts lines in the place of those that begin with the scenario; at the end where there are none.
void replace_lines(const std::string& file, const std::string& scenario, const std::string& text) {
  std::istringstream old(read(kGolden + file)), fresh(text);
  std::string mine, all;
  for (std::string line; std::getline(fresh, line);) mine += scenario + " " + line + "\n";
  for (std::string line; std::getline(old, line);) {
    if (line.starts_with(scenario + " "))
      all += std::exchange(mine, {});
    else
      all += line + "\n";
  }
  std::ofstream(kGolden + file, std::ios::binary) << all + mine;
}

void lines_of_life(const char* life, const World& world, const Record& record, std::string& all) {
  std::size_t event = 0;
  const auto events_until = [&](Micros instant) {
    for (; event < record.plan.size() && record.plan[event].at <= instant; ++event)
      all += fmt::format("{} {} plan {:x} {} {} of service {}, {}\n", life,
                         clock_text(record.plan[event].at, true),
                         static_cast<std::uint64_t>(record.plan[event].step),
                         word_of(record.plan[event].kind), word_of(record.plan[event].phase),
                         record.plan[event].service, record.plan[event].count);
  };
  for (const Visit& v : record.visits) {
    const Micros ended{v.intended_us + v.latency_us};
    events_until(ended);
    all +=
        fmt::format("{} {} shopper {} page {} {} end {} after {} us, tries {}, shown {:x} {:x}\n",
                    life, clock_text(ended, true), v.intent, v.visit,
                    world.pages[static_cast<std::size_t>(v.page)].name, static_cast<int>(v.end),
                    v.latency_us, v.tries, v.plain, v.facts);
  }
  events_until(kNever);
}

// Where a run whose digest has turned parts from the one that is pinned.
std::string where_it_parts(const std::string& scenario, const std::string& now,
                           const std::string& pinned_digest) {
  const std::string before = read(kept_file(scenario, pinned_digest));
  if (!before.empty()) {
    const std::string parts = first_difference(before, now);
    return parts.empty() ? "every page and event is as it was: look at commits and ledgers" : parts;
  }
  const std::string trail = lines_of("trails.txt", scenario);
  if (trail.empty()) return "tests/golden/trails.txt has nothing of it";
  const std::string parts = first_difference(trail, trail_of(now));
  if (parts.empty()) return "every page and event is as it was: look at commits and ledgers";
  return "life, minute, pages and events in it, their hash:" + parts +
         "\nfor the page itself run this test on the commit before with PINDAH_GOLDEN=keep";
}

}  // namespace

std::string happened(const World& world, const RehearsalResult& result) {
  std::string all;
  lines_of_life("control", world, result.control, all);
  lines_of_life("rehearsed", world, result.rehearsed, all);
  return all;
}

std::string trail_of(const std::string& happened) {
  std::istringstream lines(happened);
  std::string all, minute;
  std::uint64_t hash = 0;
  std::int64_t count = 0;
  const auto end = [&] {
    if (count > 0) all += fmt::format("{} {} {:016x}\n", minute, count, hash);
    hash = 0;
    count = 0;
  };
  for (std::string line; std::getline(lines, line);) {
    const std::size_t clock = line.find(' ') + 1;
    const std::string its = line.substr(0, line.find(':', line.find(':', clock) + 1));
    if (its != minute) end();
    minute = its;
    hash = hash64(line, hash);
    ++count;
  }
  end();
  return all;
}

std::string first_difference(const std::string& pinned, const std::string& now) {
  std::istringstream before(pinned), after(now);
  for (;;) {
    std::string was, is;
    const bool more = static_cast<bool>(std::getline(before, was));
    const bool still = static_cast<bool>(std::getline(after, is));
    if (!more && !still) return "";
    if (more && still && was == is) continue;
    return "\n  pinned: " + (more ? was : "nothing more") +
           "\n  now:    " + (still ? is : "nothing more");
  }
}

void check_pinned(const std::string& scenario, const RehearsalResult& result) {
  const std::string digest = as_pinned(result.digest), pinned = pinned_digest(scenario);
  const bool same = digest == pinned, rewrite = asked_to("rewrite");
  CHECK(!pinned.empty());
  if (same && !rewrite && !asked_to("keep")) return;
  Problems problems;
  const auto input = read_scenario(PINDAH_SOURCE_DIR "/" + scenario, {}, problems);
  REQUIRE(input);
  const std::string now = happened(input->world, result);
  if (rewrite) {
    replace_lines("digests.txt", scenario, digest + "\n");
    if (!lines_of("trails.txt", scenario).empty())
      replace_lines("trails.txt", scenario, trail_of(now));
    return;
  }
  const std::string file = keep(scenario, digest, now);
  if (same) return;
  FAIL_CHECK("the digest of " << scenario << " is " << digest << ", pinned " << pinned
                              << "; what happened is in " << file
                              << "\nit parts here: " << where_it_parts(scenario, now, pinned));
}

void check_golden(const std::string& file, const std::string& text) {
  if (asked_to("rewrite")) {
    std::ofstream(kGolden + file, std::ios::binary) << text;
    return;
  }
  INFO("PINDAH_GOLDEN=rewrite writes tests/golden/" << file << " anew");
  CHECK(text == read(kGolden + file));
}

}  // namespace pindah::test
