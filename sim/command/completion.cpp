#include <fmt/format.h>

#include "command/commands.h"
#include "command/exit_code.h"
#include "scenario/vocabulary/reference.h"

namespace pindah {
namespace {

// What can be typed after a command, as the parser and the vocabulary know it: nothing to keep in
// step.
struct Words {
  std::string command;
  std::string summary;
  std::vector<std::string> words;
};

void add_options(const CLI::App& app, std::vector<std::string>& words) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    for (const std::string& name : option->get_snames()) words.push_back("-" + name);
  }
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<Words> all_words(const CLI::App& app) {
  std::vector<Words> all;
  for (const CLI::App* command : commands_of(app)) {
    Words words{command->get_name(), command->get_description(), {}};
    for (const CLI::App* part : commands_of(*command)) words.words.push_back(part->get_name());
    if (words.command == "explain")
      for (const std::string& word : reference_words()) words.words.push_back(word);
    add_options(*command, words.words);
    add_options(app, words.words);
    all.push_back(std::move(words));
  }
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string commands_line(const std::vector<Words>& all) {
  std::string text;
  for (const Words& words : all) text += (text.empty() ? "" : " ") + words.command;
  return text;
}

std::string bash(const std::vector<Words>& all) {
  std::string cases;
  for (const Words& words : all) {
    cases += fmt::format("    {}) words=\"{}\" ;;\n", words.command, joined(words.words));
  }
  return fmt::format(R"(# bash completion of pindah: source it, or put it into bash_completion.d
_pindah() {{
  local words="{}"
  case "${{COMP_WORDS[1]}}" in
{}  esac
  local current="${{COMP_WORDS[COMP_CWORD]}}"
  if [[ $COMP_CWORD -gt 1 && $current != -* ]]; then
    COMPREPLY=($(compgen -f -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}}
complete -o filenames -F _pindah pindah
)",
                     commands_line(all), cases);
}

std::string zsh(const std::vector<Words>& all) {
  std::string cases;
  for (const Words& words : all) {
    cases += fmt::format("    {}) compadd -- {}; _files ;;\n", words.command, joined(words.words));
  }
  return fmt::format(R"(#compdef pindah
_pindah() {{
  if (( CURRENT == 2 )); then
    compadd -- {}
    return
  fi
  case "$words[2]" in
{}  esac
}}
compdef _pindah pindah
)",
                     commands_line(all), cases);
}

std::string fish(const std::vector<Words>& all) {
  std::string text = "# fish completion of pindah\n";
  for (const Words& words : all) {
    text += fmt::format("complete -c pindah -n __fish_use_subcommand -a {} -d '{}'\n",
                        words.command, words.summary);
    for (const std::string& word : words.words) {
      const std::string kind = word.starts_with("--")  ? "-l " + word.substr(2)
                               : word.starts_with("-") ? "-s " + word.substr(1)
                                                       : "-a " + word;
      text += fmt::format("complete -c pindah -n '__fish_seen_subcommand_from {}' {}\n",
                          words.command, kind);
    }
  }
  return text;
}

}  // namespace

void add_completion(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("completion", "Print a completion script for bash, zsh or fish");
  const auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &app, &session] {
    session.action = [shell, &app, &session] {
      const std::vector<Words> all = all_words(app);
      session.console.out(*shell == "bash" ? bash(all) : *shell == "zsh" ? zsh(all) : fish(all));
      return int{kWithin};
    };
  });
}

}  // namespace pindah
