#include <algorithm>

#include "scenario/parse.h"
#include "scenario/words.h"

namespace pindah {
namespace {

// Pages in order of their numbers, except that the one of the name itself comes first.
void report_page(std::vector<ReportedPages>& all, const Page& page, PageId id) {
  const std::string& name = page.as.empty() ? page.name : page.as;
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const ReportedPages& reported) { return reported.name == name; });
  if (found == all.end()) {
    all.push_back({name, {id}});
  } else {
    found->pages.insert(page.name == name ? found->pages.begin() : found->pages.end(), id);
  }
}

}  // namespace

Names world_names(const World& world) {
  Names names;
  for (const Service& service : world.services) names.services.push_back(service.name);
  for (std::size_t i = 0; i < world.pages.size(); ++i) {
    report_page(names.pages, world.pages[i], static_cast<PageId>(i));
  }
  names.platforms = side_words();
  for (const Persona& persona : world.personas) names.personas.push_back(persona.name);
  for (const Anomaly& anomaly : world.anomalies) names.anomalies.push_back(anomaly.name);
  return names;
}

std::vector<Yaml> maps_of(const Yaml& yaml, const std::string& what, Problems& problems) {
  std::vector<Yaml> items;
  if (!yaml.is_list()) {
    problems.add(yaml.place, what + " must be a list, not " + shown(yaml));
  } else if (yaml.node.size() > kMostEntries) {
    problems.add(yaml.place, what + " has more than " + std::to_string(kMostEntries) + " entries");
  } else {
    items = items_of(yaml);
  }
  return items;
}

std::string unique_name(std::string name, const std::vector<std::string>& taken) {
  const std::string stem = name;
  for (int count = 2; std::find(taken.begin(), taken.end(), name) != taken.end(); ++count) {
    name = stem + " (" + std::to_string(count) + ")";
  }
  return name;
}

}  // namespace pindah
