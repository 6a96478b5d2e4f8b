// What must add up at the end of a life, with one number wrong at a time.
#include "selfcheck/accounts.h"

#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <string>

#include "base/problem.h"
#include "selfcheck/invariants.h"

namespace pindah {
namespace {

// What a check says against it; empty: nothing.
std::string said(const std::function<void()>& check) {
  try {
    check();
  } catch (const Defect& defect) {
    return defect.what();
  }
  return {};
}

Accounts sound() {
  Accounts a;
  a.visits_begun = 7, a.visits_open = 2, a.visits_told = 5;
  a.audits_begun = 4, a.audits_open = 1, a.audits_told = 3, a.audits_due = 4;
  a.promises_open_again = 3;
  a.audit_began = true;
  a.entries = a.references = 3;
  a.entries_told = a.callbacks_answered = 2;
  a.under_way = 9;
  return a;
}

std::string settled(const std::function<void(Accounts&)>& change) {
  Accounts accounts = sound();
  change(accounts);
  return said([&] { settle(accounts, minutes(3)); });
}

}  // namespace

TEST_CASE("What adds up is settled, and so is nothing at all") {
  CHECK(settled([](Accounts&) {}) == "");
  CHECK(said([] { settle({}, {}); }) == "");
}

TEST_CASE(
    "Each number that does not add up is a defect of Pindah, with its invariant and instant") {
  const auto of = [](const char* word, const std::function<void(Accounts&)>& change) {
    const std::string text = settled(change);
    INFO(word << ": " << text);
    CHECK(text.starts_with("`" + std::string(word) + "` does not hold, at 00:03:00.000: "));
  };
  of("visits-told", [](Accounts& a) { --a.visits_told; });
  of("visits-told", [](Accounts& a) { ++a.visits_open; });
  of("audits-told", [](Accounts& a) { --a.audits_told; });
  of("audits-told",
     [](Accounts& a) { a.audits_begun = a.audits_open = a.audits_told = a.audits_due = 0; });
  of("promises-known", [](Accounts& a) { ++a.promises_unknown; });
  of("ledger-once", [](Accounts& a) { ++a.entries; });
  of("callbacks-heard", [](Accounts& a) { ++a.entries_told; });
  of("callbacks-heard", [](Accounts& a) { ++a.callbacks_answered; });
  of("commits-told", [](Accounts& a) { ++a.commits; });
  of("nobody-forgotten", [](Accounts& a) { ++a.forgotten; });
}

TEST_CASE("A life that was cut short before its audit owes nobody a second look") {
  CHECK(settled([](Accounts& a) {
          a.audits_begun = a.audits_open = a.audits_told = a.audits_due = 0;
          a.audit_began = false;
        }) == "");
}

TEST_CASE("Nobody waits longer than fences were closed, on one service or on several in turn") {
  const std::vector<ClosedFor> told{{0, seconds(10), seconds(12)}, {1, seconds(12), seconds(13)}};
  const auto visit = [&](Micros from, Micros until, Micros held, int refused_by = -1) {
    return said([&] { compare_outages(told, {{from, until, held, refused_by}}); });
  };
  CHECK(visit(seconds(9), seconds(14), seconds(3)) == "");
  CHECK(visit(seconds(11), seconds(14), seconds(2)) == "");
  CHECK(visit(seconds(9), seconds(14), seconds(3) + Micros{1}).starts_with("`outages-told`"));
  CHECK(visit(seconds(11), seconds(14), seconds(3)).starts_with("`outages-told`"));
  CHECK(visit(seconds(11), seconds(11), {}, 0) == "");
  CHECK(visit(seconds(11), seconds(11), {}, 1).starts_with("`outages-told`"));
  CHECK(visit(seconds(20), seconds(21), {}, 0).starts_with("`outages-told`"));
}

TEST_CASE("Each invariant has a word of its own and a sentence") {
  std::set<std::string> words;
  for (const InvariantRow& row : invariants()) {
    CHECK(words.insert(row.word).second);
    CHECK(std::string(row.sentence).find(' ') != std::string::npos);
  }
}

}  // namespace pindah
