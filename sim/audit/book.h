// Where the parts of an audit write down what they find.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "audit/finding.h"
#include "audit/rows.h"
#include "traffic/intents.h"

namespace pindah::audit {

// Which columns of which tables say whose a row is: those that hold nothing but ids of people.
class People {
 public:
  People(const World& world, const Pools& pools, const PerSide<const Database*>& contents);
  void of(Side side, std::size_t table, const Row& row, std::set<Value>& people) const;

 private:
  PerSide<std::vector<std::vector<std::size_t>>> columns_;  // by table
};

// What is found of one row.
struct Met {
  Row key;
  Value before, after;
  Value root;
  const std::set<Value>* people = nullptr;
};

class Book {
 public:
  explicit Book(const World& world) : world_(world) {}
  // Adds to the finding of that kind, subject and column, which gets the places when it is new.
  Finding& add(FindingKind kind, const std::string& subject, const std::string& what,
               const std::vector<Place>& places, const Met& met);
  std::vector<Finding*> of(const std::string& subject);
  // What a move declares is marked as such. The order in which a report tells them.
  std::vector<Finding> findings(std::vector<const Drop*>& unused) const;

 private:
  bool of_service(const std::string& what, ServiceId service) const;
  const Drop* drop_for(const Finding& finding) const;
  const World& world_;
  std::map<std::tuple<FindingKind, std::string, std::string>, Finding> findings_;
};

std::string subject_of(const World& world, const Move& move);
// The statements of a move's way there.
std::vector<Place> places_of(const Move& move);
void append(std::vector<Place>& places, const std::vector<Place>& more);

}  // namespace pindah::audit
