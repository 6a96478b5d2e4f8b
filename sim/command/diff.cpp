#include <fmt/format.h>

#include "command/commands.h"
#include "command/exit_code.h"
#include "runfile/reader.h"

namespace pindah {
namespace {

constexpr std::size_t kMostOfAKind = 10;

struct DiffFlags {
  std::string before, after;
};

using People = std::map<std::int64_t, PastShopper>;

// Who is only in the first.
std::vector<const PastShopper*> only(const People& first, const People& second) {
  std::vector<const PastShopper*> found;
  for (const auto& [id, shopper] : first)
    if (second.count(id) == 0) found.push_back(&shopper);
  return found;
}

std::string listed_people(const std::vector<const PastShopper*>& people) {
  std::string text;
  for (std::size_t i = 0; i < people.size() && i < kMostOfAKind; ++i)
    text += fmt::format("    shopper {} at {} on {}: {}, {}\n", people[i]->id,
                        clock_text({people[i]->noticed_at_us}), plain_text(people[i]->page),
                        plain_text(people[i]->cause), plain_text(people[i]->culprit));
  if (people.size() > kMostOfAKind)
    text += fmt::format("    and {} more\n", people.size() - kMostOfAKind);
  return text;
}

bool bad(LineState state) { return state == LineState::fail || state == LineState::stop; }

// What changed between two runs, for people.
class Between {
 public:
  Between(const RunFile& before, const RunFile& after) : before_(before), after_(after) {}

  std::string text() {
    const auto both = [&](const char* key) {
      return fmt::format("{} -> {}", plain_text(before_.fact(key)), plain_text(after_.fact(key)));
    };
    std::string text = fmt::format("verdict  {}\nnoticed  {}\n", both("verdict"), both("noticed"));
    text += lines();
    if (before_.fact("digest") == after_.fact("digest")) return text + "the runs are the same\n";
    return text + people();
  }
  bool worse() const { return worse_; }
  // Nothing of two nights can be said to be worse: not even a line, whose exposure is another.
  bool one_night() const { return before_.fact("digest_control") == after_.fact("digest_control"); }

 private:
  std::string lines() {
    std::string text;
    std::map<std::string, PastLine> earlier;
    for (const PastLine& line : before_.budget()) earlier[line.name] = line;
    for (const PastLine& line : after_.budget()) {
      const auto found = earlier.find(line.name);
      const PastLine was = found == earlier.end() ? PastLine{} : found->second;
      if (found != earlier.end()) earlier.erase(found);
      if (was.state == line.state && was.says == line.says) continue;
      const bool breaks = bad(line.state) && !bad(was.state);
      worse_ = worse_ || breaks;
      const char* how = breaks                               ? "worse "
                        : bad(was.state) && !bad(line.state) ? "better"
                                                             : "other ";
      text +=
          fmt::format("{}   {}: {} -> {}\n", how, plain_text(line.name),
                      was.name.empty() ? "not there" : plain_text(was.says), plain_text(line.says));
    }
    for (const auto& [name, line] : earlier)
      text +=
          fmt::format("other    {}: {} -> not there\n", plain_text(name), plain_text(line.says));
    return text;
  }

  std::string people() {
    const People before = before_.shoppers(), after = after_.shoppers();
    const auto healed = only(before, after), hurt = only(after, before);
    std::vector<const PastShopper*> otherwise;
    for (const auto& [id, shopper] : after) {
      const auto was = before.find(id);
      if (was != before.end() && (was->second.cause != shopper.cause ||
                                  was->second.noticed_at_us != shopper.noticed_at_us))
        otherwise.push_back(&shopper);
    }
    worse_ = worse_ || !hurt.empty();
    std::string text = fmt::format("better   {} no longer notice\n", healed.size());
    text += listed_people(healed);
    text += fmt::format("worse    {} notice now\n", hurt.size()) + listed_people(hurt);
    text += fmt::format("other    {} notice otherwise\n", otherwise.size());
    return text + listed_people(otherwise);
  }

  const RunFile& before_;
  const RunFile& after_;
  bool worse_ = false;
};

int diff(const DiffFlags& flags, Session& session) {
  Problems problems;
  const std::optional<RunFile> before = RunFile::open(flags.before, problems);
  const std::optional<RunFile> after = RunFile::open(flags.after, problems);
  if (!before || !after) {
    session.console.err(problems.text());
    return kBadInput;
  }
  Between difference(*before, *after);
  if (!difference.one_night()) {
    session.console.err(fmt::format(
        "pindah: {} and {} are of two nights, which differ without any migration (seed, traffic, "
        "world\n  or weather): nothing of them can be set side by side\n  run both plans with the "
        "same seed and the same flags\n",
        plain_text(flags.before), plain_text(flags.after)));
    return kBadInput;
  }
  session.console.out(difference.text());
  return difference.worse() ? kOver : kWithin;
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("diff", "Say what got better and worse between two run files");
  const auto flags = std::make_shared<DiffFlags>();
  command->add_option("BEFORE", flags->before, "A run file")->required();
  command
      ->add_option("AFTER", flags->after,
                   "Another of the same night: worse than the first gives exit 1")
      ->required();
  command->callback(
      [flags, &session] { session.action = [flags, &session] { return diff(*flags, session); }; });
}

}  // namespace pindah
