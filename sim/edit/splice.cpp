#include "edit/splice.h"

#include <algorithm>

#include "scenario/format.h"

namespace pindah {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Whether a plain text reads as itself.
bool reads_as(const std::string& line, const std::string& text, bool in_flow) {
  const std::optional<Layout> layout = lay_out(in_flow ? "[" + line + "]" : line);
  if (!layout) return false;
  if (!in_flow) return layout->kind == Layout::Kind::scalar && layout->text == text;
  return layout->entries.size() == 1 && layout->entries[0].value.kind == Layout::Kind::scalar &&
         layout->entries[0].value.text == text;
}

}  // namespace

std::string yaml_word(const std::string& text, bool in_flow) {
  const bool odd = text.empty() || text.find(": ") != std::string::npos || text.back() == ':' ||
                   text.find_first_of("\n\r\t") != std::string::npos || text.front() == '"' ||
                   text.front() == '\'';
  return !odd && reads_as(text, text, in_flow) ? text : in_quotes(text);
}

EntryPath parent_of(const EntryPath& path) { return {path.begin(), path.end() - 1}; }

const Layout& node_at(const Layout& root, const EntryPath& path) {
  const Layout* node = &root;
  for (const std::size_t entry : path) node = &node->entries[entry].value;
  return *node;
}

std::size_t Splicer::line_begin(std::size_t byte) const {
  const std::size_t before = byte == 0 ? std::string::npos : text_.rfind('\n', byte - 1);
  return before == std::string::npos ? 0 : before + 1;
}

std::size_t Splicer::line_end(std::size_t byte) const {
  return std::min(text_.find('\n', byte), text_.size());
}

std::string Splicer::indent_of(std::size_t byte) const {
  // A key behind a dash stands as deep as the keys on the lines below it.
  std::string indent = text_.substr(line_begin(byte), byte - line_begin(byte));
  for (char& c : indent) c = ' ';
  return indent;
}

bool Splicer::is_first_on_line(std::size_t byte) const {
  const std::size_t begin = line_begin(byte);
  return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                     text_.begin() + static_cast<std::ptrdiff_t>(byte),
                     [](char c) { return is_space(c); });
}

std::string Splicer::line_feed() const {
  const std::size_t first = text_.find('\n');
  return first != std::string::npos && first > 0 && text_[first - 1] == '\r' ? "\r\n" : "\n";
}

bool Splicer::in_flow(const EntryPath& path) const {
  const Layout* node = &root_;
  bool flow = node->flow;
  for (const std::size_t entry : path) {
    node = &node->entries[entry].value;
    flow = flow || node->flow;
  }
  return flow;
}

// Whole lines; those of the comments directly above are among them.
Splicer::Region Splicer::lined(const EntryPath& path) const {
  const Layout& parent = node_at(root_, parent_of(path));
  const std::size_t index = path.back();
  const Layout::Entry& entry = parent.entries[index];
  std::size_t begin = line_begin(entry.begin);
  // The comment at the head of the file belongs to the file.
  const bool head = index == 0 && path.size() == 1;
  const std::size_t least = index > 0 ? line_end(parent.entries[index - 1].end()) + 1
                            : head    ? begin
                                      : line_end(node_at(root_, {path.begin(), path.end() - 2})
                                                     .entries[path[path.size() - 2]]
                                                     .slot) +
                                         1;
  while (begin > least) {
    const std::size_t above = line_begin(begin - 1);
    const std::size_t sign = text_.find_first_not_of(" \t", above);
    if (above < least || sign >= begin || text_[sign] != '#') break;
    begin = above;
  }
  std::size_t end = line_end(entry.end());
  if (end < text_.size()) return {begin, end + 1};
  // Without a line feed at the end of the text, the one before goes with it.
  if (begin > 0) --begin;
  if (begin > 0 && text_[begin - 1] == '\r') --begin;
  return {begin, end};
}

Splicer::Region Splicer::region(const EntryPath& path) const {
  const Layout& parent = node_at(root_, parent_of(path));
  const std::size_t index = path.back();
  const Layout::Entry& entry = parent.entries[index];
  if (!parent.flow && is_first_on_line(entry.begin)) return lined(path);
  // Behind a dash: up to the key on the next line.
  const bool more = !parent.flow && index + 1 < parent.entries.size();
  return {entry.begin, more ? parent.entries[index + 1].begin : entry.end()};
}

std::string Splicer::verbatim(const EntryPath& path) const {
  if (path.empty()) return text_;
  const Layout::Entry& entry = node_at(root_, parent_of(path)).entries[path.back()];
  return text_.substr(entry.slot, entry.end() - entry.slot);
}

Splice Splicer::set_verbatim(const EntryPath& path, const std::string& bytes) const {
  if (path.empty()) return {0, text_.size(), bytes, 0};
  const Layout::Entry& entry = node_at(root_, parent_of(path)).entries[path.back()];
  return {entry.slot, entry.end(), bytes, 0};
}

Splice Splicer::set(const EntryPath& path, const std::string& value) const {
  const Layout::Entry& entry = node_at(root_, parent_of(path)).entries[path.back()];
  const Layout& old = entry.value;
  const bool absent = old.begin == old.end;
  if (!absent && line_end(entry.slot) >= old.begin) return {old.begin, old.end, value, 0};
  if (absent) return {entry.slot, entry.slot, " " + value, 1};
  // A list or map on lines of its own; a comment on the line of its key stays there.
  const std::size_t stop = line_end(entry.slot);
  std::string rest = text_.substr(entry.slot, stop - entry.slot);
  while (!rest.empty() && is_space(rest.back())) rest.pop_back();
  return {entry.slot, old.end, " " + value + rest, 1};
}

Splice Splicer::insert(const EntryPath& path, std::size_t index, const std::string& key,
                       const std::string& value, bool above) const {
  const Layout& node = node_at(root_, path);
  if (node.entries.empty()) return insert_in_empty(path, key, value);
  if (!node.flow) return insert_in_block(path, index, key, value, above || index == 0);
  const std::string word = key.empty() ? "" : yaml_word(key, true) + ": ";
  return insert_in_flow(node, index, word + value, word.size());
}

Splice Splicer::insert_in_flow(const Layout& node, std::size_t index, const std::string& entry,
                               std::size_t value_at) const {
  if (index < node.entries.size()) {
    const std::size_t at = node.entries[index].begin;
    return {at, at, entry + ", ", value_at};
  }
  const std::size_t at = node.entries.back().end();
  return {at, at, ", " + entry, value_at + 2};
}

// `[]`, `{}` or nothing: entries of a list get lines of their own where they may.
Splice Splicer::insert_in_empty(const EntryPath& path, const std::string& key,
                                const std::string& value) const {
  const Layout& node = node_at(root_, path);
  if (!key.empty()) {
    const std::string word = "{ " + yaml_word(key, true) + ": ";
    Splice splice = set(path, word + value + " }");
    splice.value_at += word.size();
    return splice;
  }
  if (path.size() != 1) {
    Splice splice = set(path, "[" + value + "]");
    splice.value_at += 1;
    return splice;
  }
  const Layout::Entry& entry = root_.entries[path.back()];
  const std::string lead = line_feed() + indent_of(entry.begin) + "  - ";
  // A comment on the line of the key stays there.
  const std::size_t stop = line_end(node.end);
  std::string rest = text_.substr(node.end, stop - node.end);
  while (!rest.empty() && is_space(rest.back())) rest.pop_back();
  const bool feed = stop > 0 && stop < text_.size() && text_[stop - 1] == '\r';
  return {entry.slot, feed ? stop - 1 : stop, rest + lead + value, rest.size() + lead.size()};
}

// A map takes the form of the entry beside it.
std::string Splicer::item(const Layout& list, std::size_t index, const std::string& indent,
                          const std::string& value) const {
  const Layout& beside = list.entries[std::min(index, list.entries.size() - 1)].value;
  const std::optional<Layout> layout = lay_out(value);
  const bool lines = beside.kind == Layout::Kind::map && !beside.flow && layout &&
                     layout->kind == Layout::Kind::map && !layout->entries.empty();
  if (!lines) return "- " + value;
  std::string text = "- ";
  for (const Layout::Entry& entry : layout->entries) {
    if (text.size() > 2) text += line_feed() + indent + "  ";
    text += value.substr(entry.begin, entry.end() - entry.begin);
  }
  return text;
}

Splice Splicer::insert_in_block(const EntryPath& path, std::size_t index, const std::string& key,
                                const std::string& value, bool above) const {
  const Layout& node = node_at(root_, path);
  const std::string indent = indent_of(node.entries.front().begin);
  const bool list = node.kind == Layout::Kind::list;
  const std::string word = list ? "- " : yaml_word(key, false) + ": ";
  const std::string entry = list ? item(node, index, indent, value) : word + value;
  EntryPath beside = path;
  beside.push_back(above ? index : index - 1);
  const std::size_t first = node.entries[beside.back()].begin;
  if (above && !is_first_on_line(first))  // behind a dash
    return {first, first, entry + line_feed() + indent, word.size()};
  const Region around = region(beside);
  std::size_t at = above ? around.begin : around.end;
  if (!above && at < text_.size() && at > 0 && text_[at - 1] != '\n') {
    // Behind a key beside its dash: from the next line on.
    const std::size_t end = line_end(node.entries[beside.back()].end());
    at = end < text_.size() ? end + 1 : end;
  }
  const bool fed = at == 0 || text_[at - 1] == '\n';
  if (fed && at < text_.size() + 1 && !(above && text_[at] == '\n'))
    return {at, at, indent + entry + line_feed(), indent.size() + word.size()};
  // The text ends without a line feed.
  const std::string lead = line_feed() + indent;
  return {at, at, lead + entry, lead.size() + word.size()};
}

Splice Splicer::insert_verbatim(const EntryPath& beside, bool before,
                                const std::string& bytes) const {
  const Layout& parent = node_at(root_, parent_of(beside));
  const Layout::Entry& entry = parent.entries[beside.back()];
  Region around{entry.begin, entry.end()};
  if (!parent.flow) around = region(beside);
  const std::size_t at = before ? around.begin : around.end;
  return {at, at, bytes, 0};
}

Splice Splicer::remove(const EntryPath& path) const {
  const Layout& parent = node_at(root_, parent_of(path));
  const std::size_t index = path.back();
  if (parent.entries.size() == 1)
    return set(parent_of(path), parent.kind == Layout::Kind::list ? "[]" : "{}");
  if (!parent.flow) {
    const Region whole = region(path);
    return {whole.begin, whole.end, {}, 0};
  }
  if (index == 0) return {parent.entries[0].begin, parent.entries[1].begin, {}, 0};
  return {parent.entries[index - 1].end(), parent.entries[index].end(), {}, 0};
}

std::size_t Splicer::home_of_line(const Layout& map) const {
  std::size_t index = 0;
  while (index < map.entries.size() &&
         line_end(map.entries[index].begin) >= map.entries[index].end())
    ++index;
  return index == 0 ? map.entries.size() : index;
}

std::size_t Splicer::home_of_list(const Layout& map) const {
  std::size_t home = map.entries.size();
  for (std::size_t i = 0; i < map.entries.size(); ++i) {
    if (map.entries[i].value.kind == Layout::Kind::list) home = i + 1;
  }
  return home;
}

}  // namespace pindah
