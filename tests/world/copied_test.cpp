// Tables that are copied as they are: the moves that nobody has to write.
#include "tests/world/broken_world.h"

namespace pindah {
namespace {

// The library with one more table of its loans' service, copied by moves/both/60-notes.sql.
class NotedWorld : public BrokenWorld {
 public:
  explicit NotedWorld(const std::string& move =
                          "-- What readers noted.\n"
                          "-- copied: loan_note = lending_note\n"
                          "-- column: words = order\n"
                          "-- marked: home = 'source'\n") {
    replace("pustaka/schema.sql", "CREATE TABLE loan_item",
            "CREATE TABLE loan_note (loan_no INTEGER PRIMARY KEY, words TEXT, page INTEGER);\n"
            "CREATE TABLE loan_item");
    replace("rak/schema.sql", "CREATE TABLE lending_line",
            "CREATE TABLE lending_note (\n  loan_no INTEGER PRIMARY KEY, home TEXT, page INTEGER,\n"
            "  \"order\" TEXT\n);\nCREATE TABLE lending_line");
    replace("world.yaml", "crate, loan_request]", "crate, loan_request, loan_note]");
    replace("world.yaml", "lending_line, lending_request]",
            "lending_line, lending_request, lending_note]");
    std::filesystem::create_directories(path("moves/both"));
    write("moves/both/60-notes.sql", move);
  }
};

std::vector<std::string> sql_of(const Move& move) {
  std::vector<std::string> all{move.extract.sql};
  for (const SqlText& text : move.load) all.push_back(text.sql);
  for (const SqlText& text : move.erase) all.push_back(text.sql);
  all.push_back(move.check.sql);
  all.push_back(move.present.sql);
  return all;
}

std::string told_by(const std::string& move) {
  const NotedWorld world(move);
  const Problems problems = world.problems();
  std::string told;
  for (const Problem& p : problems.list()) {
    told += std::filesystem::path(p.place.file).filename().string() + ":" +
            std::to_string(p.place.line) + ":" + std::to_string(p.place.column) + ": " + p.what +
            "\n";
  }
  return told;
}

}  // namespace

TEST_CASE("A line copies a table both ways, by the statements that one would write") {
  const NotedWorld noted;
  Problems problems;
  const auto world = load_world(noted.folder(), problems);
  INFO(problems.text());
  REQUIRE(world);
  REQUIRE(world->moves.size() == 12);
  const Move& forward = world->moves[5];  // after 50-fee_requests, as its name says
  const Move& backward = world->moves[11];
  CHECK(forward.name == "60-notes");
  CHECK(forward.copied);
  CHECK_FALSE(world->moves[4].copied);
  CHECK(forward.from == Side::source);
  CHECK(forward.service == world->service("loans"));
  CHECK(forward.summary == "What readers noted.");
  CHECK(forward.columns == std::vector<std::string>{"_key", "words", "page"});
  CHECK(sql_of(forward) ==
        std::vector<std::string>{
            "SELECT loan_no AS _key, words, page FROM loan_note"
            " WHERE loan_no BETWEEN :from AND :to ORDER BY loan_no",
            "INSERT INTO lending_note (loan_no, home, \"order\", page)"
            " VALUES (:_key, 'source', :words, :page)"
            " ON CONFLICT (loan_no) DO UPDATE SET \"order\" = excluded.\"order\","
            " page = excluded.page WHERE home = 'source'",
            "DELETE FROM lending_note WHERE loan_no = :_key AND home = 'source'",
            "SELECT loan_no AS _key, \"order\" AS words, page FROM lending_note"
            " WHERE loan_no = :_key AND home = 'source'",
            "SELECT loan_no AS _key FROM lending_note"
            " WHERE loan_no BETWEEN :from AND :to AND home = 'source' ORDER BY loan_no"});
  CHECK(sql_of(backward) ==
        std::vector<std::string>{
            "SELECT loan_no AS _key, \"order\" AS words, page FROM lending_note"
            " WHERE loan_no BETWEEN :from AND :to AND home = 'source' ORDER BY loan_no",
            "INSERT INTO loan_note (loan_no, words, page) VALUES (:_key, :words, :page)"
            " ON CONFLICT (loan_no) DO UPDATE SET words = excluded.words, page = excluded.page",
            "DELETE FROM loan_note WHERE loan_no = :_key",
            "SELECT loan_no AS _key, words, page FROM loan_note WHERE loan_no = :_key",
            "SELECT loan_no AS _key FROM loan_note"
            " WHERE loan_no BETWEEN :from AND :to ORDER BY loan_no"});
}

TEST_CASE("Mistakes in a line that copies a table are told where it stands") {
  const std::string head = "-- Notes.\n-- copied: loan_note = lending_note\n";
  const std::string rest = "-- column: words = order\n-- marked: home = 'source'\n";
  CHECK(told_by(head + rest) == "");
  struct Case {
    std::string move, told;
  };
  for (const Case& c : std::vector<Case>{
           {"-- Notes.\n-- copied: loan_notes = lending_note\n" + rest,
            "60-notes.sql:2:12: there is no table on the source `loan_notes`\n"},
           {"-- Notes.\n-- copied: loan_note\n" + rest,
            "60-notes.sql:2:12: there is no table on the target `loan_note`\n"},
           {"-- Notes.\n-- copied: loan_note, lending_note\n" + rest,
            "60-notes.sql:2:12: `loan_note, lending_note` names nothing to copy\n"},
           {"-- Notes.\n-- copied: loan_note = charge_request\n",
            "60-notes.sql:2:12: `loan_note` belongs to service loans on the source and "
            "`charge_request` to fees on the target\n"},
           {"-- Notes.\n-- copied: loan_item = lending_line\n",
            "60-notes.sql:2:12: the primary key of `loan_item` has 2 columns\n"},
           {head + "-- marked: home = 'source'\n",
            "60-notes.sql:2:12: `loan_note` of the source has a column `words`, and `lending_note` "
            "of the target has no `words`\n60-notes.sql:2:12: `lending_note` of the target has a "
            "column `order`, and `loan_note` of the source has no `order`\n"},
           {head + "-- column: words = order\n",
            "60-notes.sql:2:12: `lending_note` of the target has a column `home`, and `loan_note` "
            "of the source has no `home`\n"},
           {head + rest + "-- column: wrods = page\n",
            "60-notes.sql:5:12: there is no column of loan_note on the source `wrods`\n"},
           {head + "-- column: words = page\n-- column: page = order\n-- marked: home = 1\n",
            "60-notes.sql:2:12: `words` is TEXT on the source and `page` is INTEGER on the target\n"
            "60-notes.sql:2:12: `page` is INTEGER on the source and `order` is TEXT on the "
            "target\n"},
           {head + "-- column: loan_no = page\n-- column: page = loan_no\n" + rest,
            "60-notes.sql:2:12: the source's key `loan_no` is copied to `page`, and the target's "
            "key "
            "is `loan_no`\n"},
           {head + "-- marked: hme = 'source'\n",
            "60-notes.sql:3:12: neither table has a column `hme`\n"},
           {head + "-- marked: loan_no = 7\n", "60-notes.sql:3:12: `loan_no` is the key\n"},
           {head + "-- marked: home IS NOT NULL\n",
            "60-notes.sql:3:12: `home IS NOT NULL` marks no rows\n"},
           {head + rest + rest, "60-notes.sql:6:12: `home = 'source'` marks no rows\n"},
           {"-- copied: loan_note = lending_note\n" + rest,
            "60-notes.sql:1:1: the move has no comment\n"},
           {"-- Notes.\n" + rest, "60-notes.sql:1:1: the file names no table to copy\n"},
           {head + head, "60-notes.sql:4:12: a second `copied`\n"},
           {"-- Notes.\n-- root: loan_note(loan_no)\n",
            "60-notes.sql:2:10: `root` says more than that a table is copied\n"},
           {head + "-- load:\nSELECT 1;\n",
            "60-notes.sql:3:1: a table that is copied as it is needs no SQL\n"}}) {
    INFO(c.move);
    CHECK(told_by(c.move) == c.told);
  }
}

TEST_CASE("A table is copied by one move alone, and in both directions or in none") {
  const NotedWorld noted;
  const auto told = [&](const std::string& file, const std::string& text) {
    noted.write(file, text);
    std::string all;
    const Problems problems = noted.problems();
    for (const Problem& p : problems.list()) all += p.what + "\n";
    std::filesystem::remove(noted.path(file));
    return all;
  };
  CHECK(told("moves/both/70-again.sql", noted.read("moves/both/60-notes.sql")) ==
        "`loan_note` of the source is in the move `60-notes` already\n"
        "`lending_note` of the target is in the move `60-notes` already\n");
  CHECK(told("moves/forward/70-again.sql", "-- Notes.\n-- copied: loan_note = lending_note\n") ==
        "`copied` is for what moves both ways\n");
  CHECK(told("moves/forward/60-notes.sql", noted.read("moves/forward/10-shelf.sql")) ==
        "moves/both has a move `60-notes` already\n");
  CHECK(told("moves/both/notes.txt", "") == "no move can have that file name\n");
  CHECK(noted.problems().list().empty());
  std::filesystem::remove(noted.path("moves/both/60-notes.sql"));
  const Problems uncovered = noted.problems();
  REQUIRE(uncovered.list().size() == 2);
  CHECK(uncovered.list()[0].what ==
        "table `loan_note` of the source is in no move, and its service moves");
}

}  // namespace pindah
