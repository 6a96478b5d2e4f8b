// What is to be known of each kind of surprise: a row each. What it does to the world while it
// lasts is in surprise/mechanisms.cpp.
#pragma once

#include <string>
#include <vector>

#include "scenario/vocabulary/field.h"

namespace pindah {

struct SurpriseSpec {
  std::string word;             // the key: `slow: gateway`
  std::vector<PartKind> parts;  // what it may befall; of two parts with one name, the first kind
  std::vector<Field> fields;    // of Surprise: how much, and which way
  std::string sentence;         // what it is, without a full stop
  // What it does, as `explain` says it: "Slows the link gateway by 4s".
  std::string (*explained)(const Surprise& surprise, const World& world);
};

// By SurpriseKind, in the order in which they are listed to people.
const std::vector<SurpriseSpec>& surprise_specs();
const SurpriseSpec& spec_of(SurpriseKind kind);
const SurpriseSpec& spec_of(const Surprise& surprise);
std::vector<std::string> surprise_words();

// What every surprise has beside its own fields: when, how long, in which lives.
const std::vector<Field>& common_surprise_fields();

// One more kind, for as long as this lives; for tests. Nothing may be read or run meanwhile on
// another thread.
class AddedSurprise {
 public:
  explicit AddedSurprise(SurpriseSpec spec);
  ~AddedSurprise();
  AddedSurprise(const AddedSurprise&) = delete;
  AddedSurprise& operator=(const AddedSurprise&) = delete;
  SurpriseKind kind() const { return kind_; }

 private:
  SurpriseKind kind_;
};

}  // namespace pindah
