#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "command/schema_texts.h"
#include "tests/world/broken_world.h"
#include "world/limits.h"

namespace pindah {
namespace {

using Json = nlohmann::json;

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object["properties"].items()) keys.insert(key);
  return keys;
}

// The keys that the reader names when it meets `zzz`, which stands in a file before a text.
std::set<std::string> known_keys(const char* file, const std::string& before) {
  const BrokenWorld world;
  const bool block = before.ends_with(":");
  const std::string indent = before.find('\n') == std::string::npos ? "" : "    ";
  world.replace(file, before, (block ? "zzz: 1\n" + indent : "zzz: 1, ") + before);
  const Problems problems = world.problems();
  for (const Problem& problem : problems.list()) {
    if (problem.what.find("unknown key `zzz`") != 0) continue;
    std::set<std::string> keys;
    std::istringstream words(problem.expected.substr(std::string("one of: ").size()));
    for (std::string word; std::getline(words >> std::ws, word, ',');) keys.insert(word);
    return keys;
  }
  FAIL(file << ": nobody minds `zzz` before " << before << "\n" << problems.text());
  return {};
}

}  // namespace

TEST_CASE("The world's schema knows exactly the keys that the reader knows") {
  const Json schema = Json::parse(world_schema());
  const Json& parts = schema["definitions"];
  struct Part {
    const char* definition;
    const char* file;
    std::vector<std::string> before;  // where there are keys of all kinds, together
  };
  for (const Part& part : std::vector<Part>{
           {"world", "world.yaml", {"title:"}},
           {"platform", "world.yaml", {"folder: pustaka"}},
           {"page", "world.yaml", {"as: shelf"}},
           {"shoppers", "shoppers.yaml", {"client:"}},
           {"think", "shoppers.yaml", {"mean: 7s"}},
           {"promises", "promises.yaml", {"tokens:"}},
           {"promise",
            "promises.yaml",
            {"made_by: loans.place\n    token:", "made_by: shelf.add\n    belongs_to:"}},
           {"actors", "actors.yaml", {"jobs:"}},
           {"method", "actors.yaml", {"answers: at once"}},
           {"compliance", "compliance.yaml", {"title:"}},
           {"rule",
            "compliance.yaml",
            {"group: fees, weight: 30, cites: section 1", "group: fees\n    weight:"}}}) {
    INFO(part.definition);
    std::set<std::string> known;
    for (const std::string& before : part.before) known.merge(known_keys(part.file, before));
    CHECK(keys_of(parts[part.definition]) == known);
  }
}

TEST_CASE("The world's schema has the limits that the reader has, as numbers") {
  const std::string text(world_schema());
  CHECK(text.find("\"most ") == std::string::npos);
  const Json parts = Json::parse(text)["definitions"];
  const auto most = [&](const char* path) { return parts[Json::json_pointer(path)]; };
  CHECK(most("/world/properties/services/maxProperties") == limit::kServices.most);
  CHECK(most("/world/properties/pages/maxProperties") == limit::kPages.most);
  CHECK(most("/world/properties/partitions/maxProperties") == limit::kPartitions.most);
  CHECK(most("/page/properties/calls/maxItems") == limit::kSteps.most);
  CHECK(most("/shoppers/properties/personas/maxProperties") == limit::kPersonas.most);
  CHECK(most("/shoppers/properties/choices/additionalProperties/allOf/1/maxProperties") ==
        limit::kOptions.most);
  CHECK(most("/shoppers/properties/client/properties/retries/maxItems") == limit::kRetries.most);
  CHECK(most("/shoppers/properties/longest_session/maximum") == limit::kSession.most);
  CHECK(most("/promises/properties/promises/maxProperties") == limit::kPromises.most);
  CHECK(most("/actors/properties/ledgers/maxProperties") == limit::kLedgers.most);
  CHECK(most("/actors/properties/ledgers/additionalProperties/properties/callback_retries/"
             "maxItems") == limit::kCallbackRetries.most);
  CHECK(most("/actors/properties/jobs/maxProperties") == limit::kJobs.most);
}

}  // namespace pindah
