// What `explain` says of a world: its moves, and the SQL of those that nobody wrote.
#include <fmt/format.h>

#include "command/explanation.h"

namespace pindah {
namespace {

std::string statements(const char* name, const std::vector<SqlText>& texts) {
  std::string all;
  for (const SqlText& text : texts) {
    all += "      " + plain_text(fmt::format("{:<8} {}", name, text.sql)) + "\n";
  }
  return all;
}

std::string written_out(const Move& move) {
  return statements("extract", {move.extract}) + statements("load", move.load) +
         statements("delete", move.erase) + statements("check", {move.check}) +
         statements("present", {move.present});
}

}  // namespace

std::string explanation(const World& world) {
  std::string text = plain_text(world.title) + "\n";
  for (const Side from : {Side::source, Side::target}) {
    text += "\n" +
            plain_text(fmt::format("MOVES FROM {} TO {}", world.platforms[index(from)].name,
                                   world.platforms[index(other(from))].name)) +
            "\n";
    for (const Move& move : world.moves) {
      if (move.from != from) continue;
      const Service& service = world.services[static_cast<std::size_t>(move.service)];
      text +=
          "  " +
          plain_text(fmt::format("{}, of {}, by {}({}){}", move.name, service.name, move.root_table,
                                 move.root_column, move.copied ? ": copied as it is" : "")) +
          "\n      " + plain_text(move.summary) + "\n";
      if (move.copied) text += written_out(move);
    }
  }
  return text;
}

}  // namespace pindah
