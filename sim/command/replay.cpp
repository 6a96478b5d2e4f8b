#include <fmt/format.h>

#include <map>
#include <memory>

#include "base/shell.h"
#include "command/commands.h"
#include "command/exit_code.h"
#include "command/inputs.h"
#include "command/interrupt.h"
#include "command/limits.h"
#include "command/rehearse.h"
#include "report/pieces.h"
#include "runfile/reader.h"

namespace pindah {
namespace {

constexpr std::size_t kMostListed = 20;
constexpr std::int64_t kPagesBefore = 8;  // the first difference

struct ReplayFlags {
  InputFlags input;
  LimitFlags limits;
  std::int64_t shopper = -1;
};

// What there is to tell of a night: out of a run file, or as it was lived just now.
struct Night {
  std::string answer;
  std::map<std::int64_t, PastShopper> shoppers;
  std::vector<PastSpilled> spilled;
  std::vector<PastPage> control, rehearsed;  // of the shopper who is asked for
  // Whoever came and lived the same twice; nothing: nobody with this number did, or a run file,
  // which does not keep such.
  std::optional<std::string> unharmed;
};

const PastPage* of_visit(const std::vector<PastPage>& pages, std::int64_t visit) {
  for (const PastPage& page : pages)
    if (page.visit == visit) return &page;
  return nullptr;
}

// What one page showed otherwise in the two lives, a line each.
std::string differences(const PastPage* control, const PastPage* rehearsed) {
  std::string text;
  for (const ShownApart& shown : shown_apart(control, rehearsed)) {
    text += fmt::format("  {}\n    without  {}\n", shown.name, shown.control);
    if (!shown.rehearsed.empty()) text += fmt::format("    with     {}\n", shown.rehearsed);
  }
  return text;
}

// Who lived otherwise although nothing was done to her.
std::string spilled_list(const std::vector<PastSpilled>& spilled) {
  if (spilled.empty()) return {};
  std::string text =
      fmt::format("{} lived otherwise, and nothing was done to them:\n", spilled.size());
  std::size_t told = 0;
  for (const PastSpilled& s : spilled) {
    if (++told > kMostListed) break;
    text += fmt::format("{:>8}  {:<9}  {:<10}  {:<9}  {}: {}\n", s.id, clock_text({s.at_us}),
                        plain_text(s.persona), plain_text(s.page), plain_text(s.kind),
                        plain_text(s.reason));
  }
  if (spilled.size() > kMostListed)
    text += fmt::format("and {} more\n", spilled.size() - kMostListed);
  return text;
}

std::string list(const Night& night, const std::string& file, const std::string& program) {
  std::string text = plain_text(night.answer) + "\n";
  if (night.shoppers.empty() && night.spilled.empty())
    return text + "nobody noticed, so there is nobody to follow\n";
  if (night.shoppers.empty()) text += "nobody noticed\n";
  if (!night.shoppers.empty())
    text += fmt::format("{:>8}  {:<9}  {:<10}  {:<9}  {}\n", "shopper", "noticed", "persona",
                        "page", "why, and by what");
  std::size_t told = 0;
  for (const auto& [id, shopper] : night.shoppers) {
    if (++told > kMostListed) break;
    text += fmt::format("{:>8}  {:<9}  {:<10}  {:<9}  {}, {}\n", id,
                        clock_text({shopper.noticed_at_us}), plain_text(shopper.persona),
                        plain_text(shopper.page), plain_text(shopper.cause),
                        plain_text(shopper.culprit));
  }
  if (night.shoppers.size() > kMostListed)
    text += fmt::format("and {} more\n", night.shoppers.size() - kMostListed);
  text += spilled_list(night.spilled);
  const std::int64_t first =
      night.shoppers.empty() ? night.spilled.front().id : night.shoppers.begin()->first;
  return text + fmt::format("{} replay {} --shopper {}   # both of her lives\n",
                            plain_text(program), plain_text(shell_word(file)), first);
}

// The pages of both lives from a few before the first difference, which is the last, and what that
// page showed; without a difference all of them.
std::string pages_text(const Night& night, std::optional<std::int64_t> difference) {
  std::string text = fmt::format("\n{:>5}  {:<12}  {:<10}  {:<36}  {}\n", "visit", "at", "page",
                                 "without the migration", "with it");
  std::int64_t first = 0, last = -1;
  for (const auto* pages : {&night.control, &night.rehearsed})
    for (const PastPage& page : *pages) last = std::max(last, page.visit);
  if (difference) first = std::max<std::int64_t>(0, *difference - kPagesBefore);
  if (difference) last = *difference;
  if (first > 0) text += fmt::format("{:>5}  {} pages that were alike\n", "...", first);
  for (std::int64_t visit = first; visit <= last; ++visit) {
    const PastPage* without = of_visit(night.control, visit);
    const PastPage* with = of_visit(night.rehearsed, visit);
    const PastPage* known = with != nullptr ? with : without;
    if (known == nullptr) continue;
    text += fmt::format("{:>5}  {:<12}  {:<10}  {}  {}{}\n", visit,
                        clock_text({known->intended_us}, true), plain_text(known->page),
                        padded(outcome_text(without), 36), outcome_text(with),
                        visit == difference ? "   <- the first difference" : "");
  }
  if (!difference) return text;
  const std::string shown =
      differences(of_visit(night.control, *difference), of_visit(night.rehearsed, *difference));
  return shown.empty() ? text : text + "\nWhat that page showed:\n" + shown;
}

std::string both_lives(const Night& night, const PastSpilled& shopper) {
  return fmt::format(
             "Shopper {}, {} of {}, lived otherwise from {} on page {}\nspillover, {}: {}\n",
             shopper.id, plain_text(shopper.persona), plain_text(shopper.home),
             clock_text({shopper.at_us}, true), plain_text(shopper.page), plain_text(shopper.kind),
             plain_text(shopper.reason)) +
         pages_text(night, shopper.visit);
}

std::string both_lives(const Night& night, const PastShopper& shopper) {
  std::string text = fmt::format("Shopper {}, {} of {}, noticed at {} on page {}: {}\n", shopper.id,
                                 plain_text(shopper.persona), plain_text(shopper.home),
                                 clock_text({shopper.noticed_at_us}, true),
                                 plain_text(shopper.page), plain_text(shopper.cause));
  if (!shopper.culprit.empty()) text += "the culprit: " + plain_text(shopper.culprit) + "\n";
  if (shopper.empty_handed) text += "she left without the order that she would have placed\n";
  text += pages_text(night, shopper.visit);
  if (!shopper.harm.empty()) text += "\nWhat befell her: " + plain_text(shopper.harm) + "\n";
  return text;
}

// Nothing: nobody of this number is known.
std::optional<std::string> lives_of(const Night& night, std::int64_t id) {
  if (const auto found = night.shoppers.find(id); found != night.shoppers.end())
    return both_lives(night, found->second);
  for (const PastSpilled& spilled : night.spilled)
    if (spilled.id == id) return both_lives(night, spilled);
  if (!night.unharmed) return {};
  return *night.unharmed + pages_text(night, {});
}

Night night_of(const RunFile& run, std::int64_t id) {
  Night night{run.fact("answer"), run.shoppers(), run.spilled(), {}, {}, {}};
  if (id < 0) return night;
  night.control = run.pages(id, "control");
  night.rehearsed = run.pages(id, "rehearsed");
  return night;
}

std::vector<PastPage> pages_of(const World& world, const Record& record, std::int64_t id) {
  std::vector<PastPage> pages;
  for (std::size_t i = 0; i < record.visits.size(); ++i)
    if (record.visits[i].intent == id) pages.push_back(past_page(world, record, i));
  return pages;
}

Night night_of(const ReportInput& input, std::int64_t id) {
  Night night;
  night.answer = terminal_answer(input, {});
  for (const Noticer& noticer : input.result.comparison.noticers)
    night.shoppers[noticer.intent] = past_shopper(input, noticer);
  for (const Spilled& spilled : input.result.comparison.spilled)
    night.spilled.push_back(past_spilled(input, spilled));
  if (id < 0) return night;
  night.control = pages_of(input.world, input.result.control, id);
  night.rehearsed = pages_of(input.world, input.result.rehearsed, id);
  if (night.control.empty() && night.rehearsed.empty()) return night;
  const Intent& who = input.result.intents[static_cast<std::size_t>(id)];
  night.unharmed = fmt::format("Shopper {}, {} of {}, came at {} and noticed nothing\n", id,
                               plain_text(input.world.personas[who.persona].name),
                               plain_text(input.world.platforms[index(who.home)].name),
                               clock_text(who.arrives, true));
  return night;
}

int tell(const Night& night, const ReplayFlags& flags, bool lived, Session& session) {
  const std::string& file = flags.input.files.front();
  if (flags.shopper < 0) {
    session.console.out(list(night, file, session.console.program()));
    return kWithin;
  }
  if (const auto lives = lives_of(night, flags.shopper)) {
    session.console.out(*lives);
    return kWithin;
  }
  const std::string program = plain_text(session.console.program());
  session.console.err(
      lived
          ? fmt::format("pindah: nobody with the number {} came in {}\n  {} replay {} lists who "
                        "noticed\n",
                        flags.shopper, plain_text(file), program, plain_text(shell_word(file)))
          : fmt::format("pindah: nobody with the number {} noticed in {}\n  {} replay {} lists who "
                        "did; replay of the scenario shows everybody\n",
                        flags.shopper, plain_text(file), program, plain_text(shell_word(file))));
  return kBadInput;
}

int live_and_tell(const ScenarioAndWorld& input, const ReplayFlags& flags, Session& session) {
  const RehearsalResult result =
      rehearse_watched(input, input.scenario.title, 2, session, nullptr, true);
  const ReportInput told{input.scenario, input.world, result, false, {}};
  const int code = tell(night_of(told, flags.shopper), flags, true, session);
  return result.rehearsed.interrupted ? worse(code, out_of_time() ? kOutOfTime : kInterrupted)
                                      : code;
}

int replay_scenario(const ReplayFlags& flags, Session& session) {
  Problems problems;
  const Overrides overrides = overrides_of(flags.input, problems);
  set_limits(flags.limits, problems);
  std::optional<ScenarioAndWorld> input;
  if (!problems.any()) input = read_scenario(flags.input.files.front(), overrides, problems);
  if (input) try {
      return live_and_tell(*input, flags, session);
    } catch (const Interrupted&) {
      return out_of_time() ? kOutOfTime : kInterrupted;
    } catch (const WorldFault& fault) {
      problems.add(fault.problem);
    } catch (const std::bad_alloc&) {
      problems.add(no_memory(input->scenario.file));
    }
  session.console.err(problems.text());
  return kBadInput;
}

int replay(const ReplayFlags& flags, Session& session) {
  const std::string& file = flags.input.files.front();
  if (file.ends_with(".yaml") || file.ends_with(".yml")) return replay_scenario(flags, session);
  Problems problems;
  if (!flags.input.seed.empty() || !flags_text(flags.input).empty())
    problems.add({file, 0, 0}, "a run file is a night that is over, and cannot be changed",
                 "a scenario, where --seed, --until or --set is given");
  std::optional<RunFile> run;
  if (!problems.any()) run = RunFile::open(file, problems);
  if (run) return tell(night_of(*run, flags.shopper), flags, false, session);
  session.console.err(problems.text());
  return kBadInput;
}

}  // namespace

void add_replay(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "replay", "Show a shopper's two lives, out of a run file or of a night that is lived again");
  const auto flags = std::make_shared<ReplayFlags>();
  command
      ->add_option("RUN", flags->input.files,
                   "A run file (run FILE --report RUN.pindah), or a scenario")
      ->required()
      ->expected(1);
  command
      ->add_option("--shopper", flags->shopper,
                   "Her number; of a scenario anybody's; without it, who noticed")
      ->check(CLI::NonNegativeNumber);
  add_input_flags(*command, flags->input);
  add_limit_flags(*command, flags->limits);
  command->callback([flags, &session] {
    session.action = [flags, &session] { return replay(*flags, session); };
  });
}

}  // namespace pindah
