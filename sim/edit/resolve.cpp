#include "edit/resolve.h"

#include <algorithm>
#include <charconv>

#include "metrics/cursor.h"

namespace pindah {
namespace {

std::string span_of(std::size_t size) {
  return size == 0 ? "nothing" : "items 0 to " + std::to_string(size - 1);
}

std::string what_is_called(const std::string& list) {
  if (list == "plan") return "step";
  return list == "surprises" ? "surprise" : "entry";
}

class Resolver {
 public:
  Resolver(const Edit& edit, const EditPath& path, const Layout& root, const NamesOf& names,
           Problems& problems)
      : edit_(edit), path_(path), root_(root), names_(names), problems_(problems) {}

  std::optional<Resolved> resolve() {
    Resolved found;
    const Layout* node = &root_;
    for (std::size_t step = 0; step < path_.size(); ++step) {
      const std::optional<std::size_t> entry = enter(*node, step);
      if (!entry) {
        if (failed_) return {};
        found.absent = path_.size() - step;
        return found;
      }
      found.entries.push_back(*entry);
      node = &node->entries[*entry].value;
    }
    return found;
  }

 private:
  // Nothing: not there; a mistake where it cannot be made.
  std::optional<std::size_t> enter(const Layout& node, std::size_t step) {
    if (node.kind == Layout::Kind::list)
      return path_[step].name ? named_item(node, step) : numbered_item(node, step);
    if (node.kind == Layout::Kind::scalar) {
      return fail(step, "leads into a value", of(step) + " has no keys");
    }
    const int entry = node.find(path_[step].text);
    if (entry >= 0) return static_cast<std::size_t>(entry);
    if (path_[step].name) return no_such_name(node, step);
    for (std::size_t later = step + 1; later < path_.size(); ++later) {
      if (path_[later].name) return no_such_key(node, step);
    }
    return {};
  }

  std::optional<std::size_t> numbered_item(const Layout& list, std::size_t step) {
    const std::string& key = path_[step].text;
    std::size_t at = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), at);
    if (error == std::errc() && end == key.data() + key.size() && at < list.entries.size())
      return at;
    return fail(step, "names no item", of(step) + " has " + span_of(list.entries.size()));
  }

  std::optional<std::size_t> named_item(const Layout& list, std::size_t step) {
    const std::string& wanted = path_[step].text;
    const std::string key = step == 1 ? path_[0].text : std::string();
    const std::vector<EntryName> entries = names_(key, list);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].name != wanted) continue;
      if (!entries[i].shared) return i;
      report(step, "more than one " + what_is_called(key) + " is called `" + wanted + "`", {},
             "give them names of their own: name: …");
      return {};
    }
    std::vector<std::string> known;
    for (const EntryName& entry : entries) {
      if (!entry.name.empty() && !entry.shared) known.push_back(entry.name);
    }
    report(
        step, "no " + what_is_called(key) + " is called `" + wanted + "`",
        known.empty() ? of(step) + " is addressed by number, from 0" : "one of: " + listed(known),
        did_you_mean(wanted, known));
    return {};
  }

  std::optional<std::size_t> no_such_name(const Layout& map, std::size_t step) {
    const std::vector<std::string> known = keys(map);
    report(step, of(step) + " has no `" + path_[step].text + "`", "one of: " + listed(known),
           did_you_mean(path_[step].text, known));
    return {};
  }

  std::optional<std::size_t> no_such_key(const Layout& map, std::size_t step) {
    const std::vector<std::string> known = keys(map);
    report(step, "there is no `" + path_[step].text + "` in " + of(step),
           "one of: " + listed(known), did_you_mean(path_[step].text, known));
    return {};
  }

  static std::vector<std::string> keys(const Layout& map) {
    std::vector<std::string> keys;
    for (const Layout::Entry& entry : map.entries) keys.push_back(entry.key);
    return keys;
  }

  // What the steps before lead to.
  std::string of(std::size_t step) const {
    const EditPath before(path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(step));
    return step == 0 ? "the scenario" : "`" + path_text(before) + "`";
  }

  std::optional<std::size_t> fail(std::size_t step, const std::string& what, std::string expected) {
    report(step, "`" + path_text(path_) + "` " + what, std::move(expected), {});
    return {};
  }

  void report(std::size_t step, std::string what, std::string expected, std::string hint) {
    failed_ = true;
    problems_.add(edit_problem(edit_, place_of_step(edit_, step), std::move(what),
                               std::move(expected), std::move(hint)));
  }

  const Edit& edit_;
  const EditPath& path_;
  const Layout& root_;
  const NamesOf& names_;
  Problems& problems_;
  bool failed_ = false;
};

}  // namespace

std::optional<Resolved> resolve(const Edit& edit, const EditPath& path, const Layout& root,
                                const NamesOf& names, Problems& problems) {
  return Resolver(edit, path, root, names, problems).resolve();
}

std::size_t place_of_step(const Edit& edit, std::size_t step) {
  std::size_t at = 0;
  for (std::size_t i = 0; i <= step && i < edit.path.size(); ++i) {
    const std::size_t found = edit.source.find(edit.path[i].text, at);
    if (found == std::string::npos) return at;
    at = i == step ? found : found + edit.path[i].text.size();
  }
  return at;
}

}  // namespace pindah
