// A world's names by hand, so that reading a scenario is tested without reading a world.
#pragma once

#include <string>
#include <vector>

#include "base/yaml.h"
#include "scenario/parse.h"

namespace pindah {

inline World named_world() {
  World world;
  world.scale = {{"buyers", 500}, {"orders", 900}, {"products", 200}};
  world.settings = {{"unpaid_for", hours(24)}};
  world.partitions = {{"shopper", 0}, {"shop", 1}};
  int id = 0;
  for (const char* name : {"catalogue", "carts", "orders", "payments", "accounts"}) {
    Service service;
    service.name = name;
    world.services.push_back(service);
    for (const Side from : {Side::source, Side::target}) {
      Move move;
      move.name = name;
      move.service = id;
      move.from = from;
      if (id != 4) world.moves.push_back(move);  // accounts stay where they are
    }
    ++id;
  }
  for (const char* name : {"home", "product", "cart", "add", "checkout", "account"}) {
    Page page;
    page.name = name;
    page.as = page.name == "add" ? "cart" : page.name;
    world.pages.push_back(page);
  }
  for (const char* name : {"window", "buyer"}) {
    Persona persona;
    persona.name = name;
    world.personas.push_back(persona);
  }
  world.mixes = {{"usual", {{0, 1'000'000}}}, {"sale-day", {{1, 1'000'000}}}};
  for (const char* name :
       {"lost_orders", "double_charges", "oversold_units", "charged_without_order"}) {
    Anomaly anomaly;
    anomaly.name = name;
    world.anomalies.push_back(anomaly);
  }
  Ledger gateway;
  gateway.name = "gateway";
  world.ledgers.push_back(gateway);
  return world;
}

// One line a problem: "3:5 what | expected | hint"; what is empty at the end is left out.
inline std::string told(const Problems& problems) {
  std::string all;
  for (const Problem& p : problems.list()) {
    const std::string place =
        p.place.line == 0 ? p.place.file
                          : std::to_string(p.place.line) + ":" + std::to_string(p.place.column);
    all += place + " " + p.what;
    if (!p.expected.empty() || !p.hint.empty()) all += " | " + p.expected;
    if (!p.hint.empty()) all += " | " + p.hint;
    all += "\n";
  }
  return all;
}

// A scenario of named_world(), or nothing and what was wrong.
struct ReadText {
  std::optional<Scenario> scenario;
  std::string mistakes;
};
inline ReadText read_text(const std::string& text) {
  Problems problems;
  ReadText result;
  const std::optional<Yaml> yaml = parse_yaml(text, "night.yaml", problems);
  if (yaml) result.scenario = parse_scenario(*yaml, named_world(), problems);
  result.mistakes = told(problems);
  return result;
}

// The mistakes of a scenario that has these lines after its first two.
inline std::string mistakes(const std::string& rest) {
  return read_text("pindah: 1\nworld: shop\n" + rest).mistakes;
}

}  // namespace pindah
