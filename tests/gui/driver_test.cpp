// The thread that flies: pacing, pausing and drawing never change what happens.
#include "gui/driver/driver.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "gui/deck/from_run.h"
#include "rehearsal/rehearsal.h"
#include "report/text.h"
#include "tests/gui/stage.h"
#include "tests/scratch.h"

using namespace pindah;
using namespace pindah::gui;
using namespace pindah::test;

namespace {

ScenarioAndWorld lending() {
  Problems problems;
  auto input = read_scenario(PINDAH_SOURCE_DIR "/tests/scenarios/lending-busy.yaml", {}, problems);
  INFO(problems.text());
  REQUIRE(input);
  return std::move(*input);
}

std::string fact(const Deck& deck, const std::string& key) {
  for (const Fact& fact : deck.facts)
    if (fact.key == key) return fact.value;
  return {};
}

std::string headless_digest() {
  static const std::string digest = hex_text(rehearse(lending(), {}).digest);
  return digest;
}

// Waits until the driver's deck says so, however slow the machine; draws meanwhile, as a window
// would.
void until(Driver& driver, Stage* stage, const std::function<bool(const Deck&)>& says) {
  for (;;) {
    const auto deck = driver.deck();
    REQUIRE(driver.failure() == "");
    if (says(*deck)) return;
    if (stage != nullptr && deck->loading < 0) {
      stage->deck = *deck;
      stage->frame();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// How the run file of what the driver has flown says that it is seen again.
std::string seen_again(Driver& driver) {
  const ScratchFile scratch("seen-again.pindah");
  const std::string& file = scratch.path();
  driver.send({Verb::save, 0, file, {}});
  driver.wait_until_it_stands();
  Problems problems;
  auto run = RunFile::open(file, problems);
  REQUIRE(run);
  RunDeck deck(std::move(*run), file);
  return fact(*deck.at(deck.end_us()), "to see it again");
}

// The file of a rehearsal whose edge was cut off the source at three minutes for twenty seconds,
// while the platforms' link was slow.
void check_instants(RunDeck run, const Deck& flown) {
  const auto before = run.at(minutes(2).us), during = run.at((minutes(3) + seconds(12)).us),
             after = run.at((minutes(3) + seconds(40)).us), end = run.at(run.end_us());
  CHECK(before->now_us == minutes(2).us);
  CHECK(during->links[0].cut == std::array{true, true});
  CHECK(during->links[1].cut == std::array{false, false});
  CHECK(during->links[2].slower_us == 70'000);
  CHECK(during->links[1].slower_us == 0);
  CHECK(during->weather.size() == 2);
  for (const auto& deck : {before, after, end}) {
    CHECK(deck->links[0].cut == std::array{false, false});
    CHECK(deck->links[2].slower_us == 0);
    CHECK(deck->weather.empty());
  }
  CHECK(before->platforms[0].pages_per_second > 0);
  CHECK(end->platforms[0].pages_per_second < before->platforms[0].pages_per_second / 10);
  CHECK(before->shoppers_per_second > 0);
  CHECK(end->shoppers_per_second == 0);
  CHECK(end->people.size() == flown.people.size());
  CHECK(end->front == flown.front);
  REQUIRE(end->services.size() == flown.services.size());
  for (std::size_t i = 0; i < flown.services.size(); ++i) {
    CHECK(before->services[i].moved == 0);
    CHECK(end->services[i].moved == flown.services[i].moved);
    CHECK(end->services[i].copied == flown.services[i].copied);
    CHECK(end->services[i].carried == flown.services[i].carried);
  }
  REQUIRE(end->bands.size() == flown.bands.size());
  for (std::size_t i = 0; i < flown.bands.size(); ++i) {
    CHECK(end->bands[i].name == flown.bands[i].name);
    CHECK(end->bands[i].kind == flown.bands[i].kind);
    CHECK(end->bands[i].until_us == flown.bands[i].until_us);
  }
  REQUIRE(end->events.size() == flown.events.size());
  for (std::size_t i = 0; i < flown.events.size(); ++i)
    CHECK(end->events[i].detail == flown.events[i].detail);
  CHECK(end->phase == flown.phase);
  CHECK(end->tiles.front().value == flown.tiles.front().value);
  CHECK(end->date == flown.date);
}

}  // namespace

TEST_CASE("drawn all the while, paused, stepped and paced, the digest is the same",
          "[driver][threads]") {
  DriverOptions options;
  options.playing = false;
  options.flags = " --set 'budget.all=noticed <= 0.1%'";
  Driver driver(lending(), options);
  Stage stage;
  until(driver, &stage, [](const Deck& deck) { return deck.loading < 0; });
  for (int i = 0; i < 20; ++i) driver.send({Verb::step_event, 0, {}, {}});
  for (int i = 0; i < 5; ++i) driver.send({Verb::step_second, 0, {}, {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->now_us >= 5'000'000);
  driver.send({Verb::speed, 2, {}, {}});
  driver.send({Verb::play, 0, {}, {}});
  until(driver, &stage, [](const Deck& deck) { return deck.now_us > 20'000'000; });
  driver.send({Verb::play, 0, {}, {}});
  driver.wait_until_it_stands();
  const std::int64_t paused = driver.deck()->now_us;
  CHECK_FALSE(driver.deck()->playing);
  driver.send({Verb::choose, -1, {}, {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->now_us == paused);
  driver.send({Verb::speed, 3, {}, {}});
  driver.send({Verb::play, 0, {}, {}});
  until(driver, &stage, [](const Deck& deck) { return deck.over; });
  CHECK(fact(*driver.deck(), "digest") == headless_digest());
  CHECK(seen_again(driver).ends_with(options.flags));
}

TEST_CASE("going back and on again ends as if nobody had", "[driver][threads]") {
  Driver driver(lending(), {});
  until(driver, nullptr, [](const Deck& deck) { return deck.over; });
  const auto first = driver.deck();
  driver.send({Verb::go_to, first->length_us / 3, {}, {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->now_us == first->length_us / 3);
  CHECK_FALSE(driver.deck()->over);
  CHECK(driver.deck()->reached_us == first->end_us);
  REQUIRE(driver.deck()->branch);
  CHECK(driver.deck()->branch->find(kPagesSource)->size() >
        driver.deck()->tracks->find(kPagesSource)->size());
  driver.send({Verb::go_to, first->end_us, {}, {}});
  until(driver, nullptr, [](const Deck& deck) { return deck.over; });
  CHECK(fact(*driver.deck(), "digest") == headless_digest());
  CHECK(driver.deck()->noticed_at == first->noticed_at);
  for (const std::string& name : first->tracks->names()) {
    if (name == kLag || name == kBacklog) continue;  // dials are read when there is time
    INFO(name);
    CHECK(driver.deck()->tracks->find(name)->size() == first->tracks->find(name)->size());
  }
}

TEST_CASE("going to where the rehearsal stands changes nothing, at its end either",
          "[driver][threads]") {
  DriverOptions options;
  options.flags = "; rm -rf x";
  Driver driver(lending(), options);
  until(driver, nullptr, [](const Deck& deck) { return deck.over; });
  driver.send({Verb::go_to, driver.deck()->end_us + 5, {}, {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->over);
  // Whoever pastes what a run file says runs nothing but Pindah.
  CHECK(seen_again(driver).ends_with(" --seed 1"));
}

TEST_CASE("the branch that was left stays to be seen, however often one goes back",
          "[driver][threads]") {
  Driver driver(lending(), {});
  until(driver, nullptr, [](const Deck& deck) { return deck.over; });
  const auto first = driver.deck();
  for (const int part : {2, 3, 4}) {
    driver.send({Verb::go_to, first->length_us / part, {}, {}});
    driver.wait_until_it_stands();
    REQUIRE(driver.deck()->branch);
    CHECK(driver.deck()->branch->find(kPagesSource)->size() ==
          first->tracks->find(kPagesSource)->size());
  }
}

TEST_CASE("what was done by hand is saved as a scenario that gives the same digest", "[driver]") {
  DriverOptions options;
  options.stop_at = minutes(3);
  options.flags = " --set length=9m";
  Driver driver(lending(), options);
  driver.wait_until_it_stands();
  CHECK(driver.deck()->now_us == minutes(3).us);
  CHECK(fact(*driver.deck(), "to see it again").ends_with(options.flags));
  Intervention cut;
  cut.kind = InterventionKind::surprise;
  cut.surprise.kind = SurpriseKind::cut;
  cut.surprise.part = {PartKind::link, static_cast<int>(LinkId::edge_source)};
  cut.surprise.duration = seconds(20);
  driver.send({Verb::intervene, 0, {}, cut});
  Intervention slow = cut;
  slow.surprise.kind = SurpriseKind::slow;
  slow.surprise.part = {PartKind::link, static_cast<int>(LinkId::source_target)};
  slow.surprise.by = millis(70);
  driver.send({Verb::intervene, 0, {}, slow});
  driver.send({Verb::play, 0, {}, {}});
  until(driver, nullptr, [](const Deck& deck) { return deck.over; });
  CHECK_FALSE(driver.deck()->people.empty());
  CHECK(driver.deck()->word == "FAIL");
  const std::string path = PINDAH_SOURCE_DIR "/tests/scenarios/flown-by-a-test.yaml";
  driver.send({Verb::save, 0, path, {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->message.find("saved") == 0);
  Problems problems;
  const auto saved = read_scenario(path, {}, problems);
  INFO(problems.text());
  REQUIRE(saved);
  CHECK(hex_text(rehearse(*saved, {}).digest) == fact(*driver.deck(), "digest"));
  CHECK(fact(*driver.deck(), "digest") != headless_digest());
  std::filesystem::remove(path);
  const std::string file = PINDAH_SOURCE_DIR "/tests/scenarios/flown-by-a-test.pindah";
  driver.send({Verb::save, 0, file, {}});
  driver.wait_until_it_stands();
  auto run = RunFile::open(file, problems);
  std::filesystem::remove(file);
  // What was flown is another scenario than the one that was opened: it lies beside the run.
  REQUIRE(std::filesystem::remove(path));
  REQUIRE(run);
  CHECK(run->fact("file") == path);
  CHECK(run->fact("digest") == fact(*driver.deck(), "digest"));
  CHECK(run->fact("flags").empty());
  check_instants(RunDeck(std::move(*run), file), *driver.deck());
}

TEST_CASE("a refusal is told in words", "[driver]") {
  DriverOptions options;
  options.playing = false;
  Driver driver(lending(), options);
  driver.wait_until_it_stands();
  driver.send({Verb::intervene, 0, {}, {InterventionKind::roll_back, {}, -1, 0, {}}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->message.find("nothing to roll back") != std::string::npos);
  driver.send({Verb::save, 0, "/nowhere/at/all.pindah", {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->message.find("finished run") != std::string::npos);
  driver.send({Verb::save, 0, "/nowhere/at/all.yaml", {}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->message.find("cannot write") == 0);
}

TEST_CASE("who noticed can be chosen, and both of her lives are there", "[driver]") {
  DriverOptions options;
  options.stop_at = minutes(3);
  Driver driver(lending(), options);
  driver.wait_until_it_stands();
  Intervention kill;
  kill.kind = InterventionKind::surprise;
  kill.surprise.kind = SurpriseKind::kill;
  kill.surprise.part = {PartKind::platform, 0};
  kill.surprise.duration = seconds(20);
  driver.send({Verb::intervene, 0, {}, kill});
  driver.send({Verb::go_to, minutes(5).us, {}, {}});
  until(driver, nullptr, [](const Deck& d) { return d.now_us == minutes(5).us && !d.playing; });
  REQUIRE_FALSE(driver.deck()->people.empty());
  const std::int64_t who = driver.deck()->people.front().id;
  driver.send({Verb::choose, who, {}, {}});
  driver.wait_until_it_stands();
  const auto deck = driver.deck();
  REQUIRE(deck->chosen);
  CHECK(deck->chosen->who.id == who);
  CHECK(std::count_if(deck->chosen->pages.begin(), deck->chosen->pages.end(),
                      [](const TwoPages& page) { return page.first_difference; }) == 1);
}

TEST_CASE("nothing is saved over what is there unless one says so, nor ever over what is open",
          "[driver]") {
  const std::string open = PINDAH_SOURCE_DIR "/tests/scenarios/lending-busy.yaml";
  DriverOptions options;
  options.playing = false;
  Driver driver(lending(), options);
  driver.wait_until_it_stands();
  const auto text_of = [](const std::string& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const auto save = [&](const std::string& path, std::int64_t replace) {
    driver.send({Verb::save, replace, path, {}});
    driver.wait_until_it_stands();
    return driver.deck();
  };
  const std::string before = text_of(open);
  const ScratchFile link("the-same.yaml"), another("another.yaml");
  std::filesystem::create_symlink(open, link.path());
  for (const std::int64_t replace : {0, 1})
    for (const std::string& path : {open, link.path()}) {
      CHECK(save(path, replace)->message.find("was read from") != std::string::npos);
      CHECK(driver.deck()->in_the_way.empty());
    }
  CHECK(text_of(open) == before);
  std::ofstream(another.path()) << "what somebody wrote";
  CHECK(save(another.path(), 0)->in_the_way == another.path());
  CHECK(text_of(another.path()) == "what somebody wrote");
  CHECK(save(another.path(), 1)->message.find("saved") == 0);
  CHECK(text_of(another.path()).find("pindah: 1") != std::string::npos);
}

TEST_CASE("the name that is offered is one that nothing has", "[driver]") {
  const std::string stem = PINDAH_SOURCE_DIR "/tests/scenarios/lending-busy-flown";
  DriverOptions options;
  options.playing = false;
  Driver driver(lending(), options);
  driver.wait_until_it_stands();
  const auto saved = [&] {
    const std::string name = driver.deck()->save_as;
    driver.send({Verb::save, 0, name, {}});
    driver.wait_until_it_stands();
    return name;
  };
  const std::vector<std::string> names{saved(), saved(), saved()};
  CHECK(names == std::vector<std::string>{stem + ".yaml", stem + "-2.yaml", stem + "-3.yaml"});
  for (const std::string& name : names) CHECK(std::filesystem::remove(name));
}

TEST_CASE("an intervention says what was done, and is seen though the rehearsal stands",
          "[driver]") {
  DriverOptions options;
  options.stop_at = minutes(3);
  Driver driver(lending(), options);
  driver.wait_until_it_stands();
  Intervention cut;
  cut.kind = InterventionKind::surprise;
  cut.surprise.kind = SurpriseKind::cut;
  cut.surprise.part = {PartKind::link, static_cast<int>(LinkId::edge_source)};
  cut.surprise.duration = seconds(20);
  driver.send({Verb::intervene, 0, {}, cut});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->message.find("cut edge-source: on for 20s at 00:03:00") == 0);
  CHECK(driver.deck()->links[0].cut == std::array{true, true});
  driver.send({Verb::intervene, 0, {}, {InterventionKind::advance, {}, 2, 0, {}}});
  driver.wait_until_it_stands();
  CHECK(driver.deck()->message.find("copy of loans and fees: begun at 00:03:00") == 0);
  CHECK(driver.deck()->steps[2].state.starts_with("began"));
}
