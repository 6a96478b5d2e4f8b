#include "scenario/vocabulary/surprises.h"

#include <fmt/format.h>

#include "scenario/vocabulary/parts.h"

namespace pindah {
namespace {

using vocabulary::field;

// Platforms by the names that their people give them.
std::string named(const Surprise& surprise, const World& world) {
  if (surprise.part.kind == PartKind::platform)
    return world.platforms[static_cast<std::size_t>(surprise.part.index)].name;
  return name_of(surprise.part, world);
}

SurpriseSpec slow() {
  return {"slow",
          {PartKind::ledger, PartKind::link, PartKind::platform, PartKind::service},
          {field<&Surprise::by>({.key = "by",
                                 .sentence = "so much longer everything takes there",
                                 .least = 1,
                                 .most = hours(24).us,
                                 .needed = true})},
          "a link, a ledger, every call of a platform, or the calls of a service on both",
          [](const Surprise& s, const World& world) {
            std::string what = named(s, world);
            if (s.part.kind == PartKind::link) what = "the link " + what;
            if (s.part.kind == PartKind::platform) what = "every call on " + what;
            if (s.part.kind == PartKind::service) what = "the calls of " + what;
            return fmt::format("Slows {} by {}", what, duration_text(s.by));
          }};
}

SurpriseSpec cut() {
  return {"cut",
          {PartKind::link},
          {field<&Surprise::ways>({.key = "direction",
                                   .sentence = "which messages are lost: `there` from the first "
                                               "end to the second, `back` from the second",
                                   .words = {"both", "there", "back"}})},
          "no message gets through a link",
          [](const Surprise& s, const World& world) {
            constexpr const char* kWays[] = {"", " from the first to the second only",
                                             " from the second to the first only"};
            return fmt::format("Cuts the link {}{}", named(s, world),
                               kWays[static_cast<std::size_t>(s.ways)]);
          }};
}

SurpriseSpec lossy() {
  return {"lossy",
          {PartKind::link},
          {field<&Surprise::lost_ppm>({.key = "by",
                                       .sentence = "the share of the messages that is lost",
                                       .needed = true,
                                       .type = FieldType::share})},
          "a share of a link's messages is lost",
          [](const Surprise& s, const World& world) {
            return fmt::format("Loses {} of the messages on {}", show(Unit::ppm, s.lost_ppm),
                               named(s, world));
          }};
}

SurpriseSpec pause() {
  return {"pause",
          {PartKind::platform},
          {},
          "nothing is worked on, nothing is lost",
          [](const Surprise& s, const World& world) { return named(s, world) + " does no work"; }};
}

SurpriseSpec kill() {
  return {
      "kill",
      {PartKind::platform, PartKind::migrator},
      {},
      "what was in the works is lost; it is up again after `for`. The migrator goes on from its "
      "checkpoints",
      [](const Surprise& s, const World& world) -> std::string {
        if (s.part.kind == PartKind::migrator)
          return "The migrator is killed, and goes on from its checkpoint";
        return named(s, world) + " is killed: what it was doing is lost";
      }};
}

SurpriseSpec stale() {
  return {"stale",
          {PartKind::edge},
          {},
          "one edge, counted from 1, keeps its old routes",
          [](const Surprise& s, const World&) {
            return fmt::format("Edge {} learns no new routes", s.part.index + 1);
          }};
}

std::vector<SurpriseSpec>& all() {
  static std::vector<SurpriseSpec> specs{slow(), cut(), lossy(), pause(), kill(), stale()};
  return specs;
}

}  // namespace

const std::vector<SurpriseSpec>& surprise_specs() { return all(); }

const SurpriseSpec& spec_of(SurpriseKind kind) { return all().at(static_cast<std::size_t>(kind)); }

const SurpriseSpec& spec_of(const Surprise& surprise) { return spec_of(surprise.kind); }

std::vector<std::string> surprise_words() {
  std::vector<std::string> words;
  for (const SurpriseSpec& spec : all()) words.push_back(spec.word);
  return words;
}

const std::vector<Field>& common_surprise_fields() {
  static const std::vector<Field> fields{
      field<&Surprise::at>({.key = "at", .sentence = "when it begins", .needed = true}),
      field<&Surprise::duration>(
          {.key = "for", .sentence = "how long it lasts", .least = 1, .needed = true}),
      field<&Surprise::also_in_control>(
          {.key = "also_in_control",
           .sentence =
               "whether it befalls the life without the migration as well, and so counts as "
               "weather, not as the migration's fault"})};
  return fields;
}

AddedSurprise::AddedSurprise(SurpriseSpec spec) : kind_(static_cast<SurpriseKind>(all().size())) {
  all().push_back(std::move(spec));
}

AddedSurprise::~AddedSurprise() { all().pop_back(); }

}  // namespace pindah
