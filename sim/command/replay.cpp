#include <fmt/format.h>

#include "base/shell.h"
#include "command/commands.h"
#include "command/exit_code.h"
#include "report/pieces.h"
#include "runfile/reader.h"

namespace pindah {
namespace {

constexpr std::size_t kMostListed = 20;
constexpr std::int64_t kPagesBefore = 8;  // the first difference

struct ReplayFlags {
  std::string file;
  std::int64_t shopper = -1;
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

std::string list(const RunFile& run, const std::string& file, const std::string& program) {
  const auto shoppers = run.shoppers();
  const auto spilled = run.spilled();
  std::string text = plain_text(run.fact("answer")) + "\n";
  if (shoppers.empty() && spilled.empty())
    return text + "nobody noticed, so there is nobody to follow\n";
  if (shoppers.empty()) text += "nobody noticed\n";
  if (!shoppers.empty())
    text += fmt::format("{:>8}  {:<9}  {:<10}  {:<9}  {}\n", "shopper", "noticed", "persona",
                        "page", "why, and by what");
  std::size_t told = 0;
  for (const auto& [id, shopper] : shoppers) {
    if (++told > kMostListed) break;
    text += fmt::format("{:>8}  {:<9}  {:<10}  {:<9}  {}, {}\n", id,
                        clock_text({shopper.noticed_at_us}), plain_text(shopper.persona),
                        plain_text(shopper.page), plain_text(shopper.cause),
                        plain_text(shopper.culprit));
  }
  if (shoppers.size() > kMostListed)
    text += fmt::format("and {} more\n", shoppers.size() - kMostListed);
  text += spilled_list(spilled);
  const std::int64_t first = shoppers.empty() ? spilled.front().id : shoppers.begin()->first;
  return text + fmt::format("{} replay {} --shopper {}   # both of her lives\n",
                            plain_text(program), plain_text(shell_word(file)), first);
}

// The pages of both lives up to the first difference, and what that page showed.
std::string pages_text(const RunFile& run, std::int64_t id, std::int64_t visit_of_difference) {
  std::string text = fmt::format("\n{:>5}  {:<12}  {:<10}  {:<36}  {}\n", "visit", "at", "page",
                                 "without the migration", "with it");
  const std::vector<PastPage> control = run.pages(id, "control");
  const std::vector<PastPage> rehearsed = run.pages(id, "rehearsed");
  const std::int64_t first = std::max<std::int64_t>(0, visit_of_difference - kPagesBefore);
  if (first > 0) text += fmt::format("{:>5}  {} pages that were alike\n", "...", first);
  for (std::int64_t visit = first; visit <= visit_of_difference; ++visit) {
    const PastPage* without = of_visit(control, visit);
    const PastPage* with = of_visit(rehearsed, visit);
    const PastPage* known = with != nullptr ? with : without;
    if (known == nullptr) continue;
    text += fmt::format("{:>5}  {:<12}  {:<10}  {}  {}{}\n", visit,
                        clock_text({known->intended_us}, true), plain_text(known->page),
                        padded(outcome_text(without), 36), outcome_text(with),
                        visit == visit_of_difference ? "   <- the first difference" : "");
  }
  const std::string shown =
      differences(of_visit(control, visit_of_difference), of_visit(rehearsed, visit_of_difference));
  return shown.empty() ? text : text + "\nWhat that page showed:\n" + shown;
}

std::string both_lives(const RunFile& run, const PastSpilled& shopper) {
  return fmt::format(
             "Shopper {}, {} of {}, lived otherwise from {} on page {}\nspillover, {}: {}\n",
             shopper.id, plain_text(shopper.persona), plain_text(shopper.home),
             clock_text({shopper.at_us}, true), plain_text(shopper.page), plain_text(shopper.kind),
             plain_text(shopper.reason)) +
         pages_text(run, shopper.id, shopper.visit);
}

std::string both_lives(const RunFile& run, const PastShopper& shopper) {
  std::string text = fmt::format("Shopper {}, {} of {}, noticed at {} on page {}: {}\n", shopper.id,
                                 plain_text(shopper.persona), plain_text(shopper.home),
                                 clock_text({shopper.noticed_at_us}, true),
                                 plain_text(shopper.page), plain_text(shopper.cause));
  if (!shopper.culprit.empty()) text += "the culprit: " + plain_text(shopper.culprit) + "\n";
  if (shopper.empty_handed) text += "she left without the order that she would have placed\n";
  text += pages_text(run, shopper.id, shopper.visit);
  if (!shopper.harm.empty()) text += "\nWhat befell her: " + plain_text(shopper.harm) + "\n";
  return text;
}

int replay(const ReplayFlags& flags, Session& session) {
  Problems problems;
  const std::optional<RunFile> run = RunFile::open(flags.file, problems);
  if (!run) {
    session.console.err(problems.text());
    return kBadInput;
  }
  if (flags.shopper < 0) {
    session.console.out(list(*run, flags.file, session.console.program()));
    return kWithin;
  }
  const auto shoppers = run->shoppers();
  const auto found = shoppers.find(flags.shopper);
  for (const PastSpilled& spilled : run->spilled())
    if (found == shoppers.end() && spilled.id == flags.shopper) {
      session.console.out(both_lives(*run, spilled));
      return kWithin;
    }
  if (found == shoppers.end()) {
    session.console.err(fmt::format(
        "pindah: nobody with the number {} noticed in {}\n  {} replay {} lists who did\n",
        flags.shopper, plain_text(flags.file), plain_text(session.console.program()),
        plain_text(shell_word(flags.file))));
    return kBadInput;
  }
  session.console.out(both_lives(*run, found->second));
  return kWithin;
}

}  // namespace

void add_replay(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("replay", "Show a shopper's two lives, out of a run file");
  const auto flags = std::make_shared<ReplayFlags>();
  command->add_option("RUN", flags->file, "A run file: run FILE --report RUN.pindah")->required();
  command->add_option("--shopper", flags->shopper, "Her number; without it, who noticed")
      ->check(CLI::NonNegativeNumber);
  command->callback([flags, &session] {
    session.action = [flags, &session] { return replay(*flags, session); };
  });
}

}  // namespace pindah
