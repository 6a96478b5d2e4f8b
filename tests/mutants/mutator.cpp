#include "tests/mutants/mutator.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pindah::test {
namespace {

enum class Kind { word, number, text, parameter, sign, space };
struct Token {
  Kind kind{};
  std::string text;
};
using Tokens = std::vector<Token>;

bool word_part(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::size_t end_of(const std::string& sql, std::size_t at, Kind& kind) {
  const char c = sql[at];
  std::size_t end = at + 1;
  if (sql.compare(at, 2, "--") == 0) {  // with what follows, marks of sections among them
    kind = Kind::space;
    return std::min(sql.find('\n', at), sql.size());
  }
  if (std::isspace(static_cast<unsigned char>(c)) != 0) {
    kind = Kind::space;
  } else if (c == '\'') {
    kind = Kind::text;
    end = sql.find('\'', end);
    end = end == std::string::npos ? sql.size() : end + 1;
  } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
    kind = Kind::number;
    while (end < sql.size() && word_part(sql[end])) ++end;
  } else if (c == ':' || word_part(c)) {
    kind = c == ':' ? Kind::parameter : Kind::word;
    while (end < sql.size() && word_part(sql[end])) ++end;
  } else {
    kind = Kind::sign;
    for (const std::string_view two : {"<>", "<=", ">=", "->", "||"})
      if (sql.compare(at, 2, two) == 0) end = at + 2;
    if (sql.compare(at, 3, "->>") == 0) end = at + 3;
  }
  return end;
}

Tokens tokens_of(const std::string& sql) {
  Tokens tokens;
  for (std::size_t at = 0; at < sql.size();) {
    Token token;
    const std::size_t end = end_of(sql, at, token.kind);
    token.text = sql.substr(at, end - at);
    tokens.push_back(token);
    at = end;
  }
  return tokens;
}

bool is(const Token& token, std::string_view word) {
  return token.kind == Kind::word && upper(token.text) == word;
}

// Where something can be changed; `how` changes it there.
struct Site {
  std::size_t from = 0, to = 0;  // tokens
  std::string becomes;
};
using Sites = std::vector<Site>;

Sites constants(const Tokens& tokens) {
  Sites sites;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == Kind::number) sites.push_back({i, i + 1, tokens[i].text + "7"});
    if (tokens[i].kind == Kind::text && tokens[i].text.size() > 2)
      sites.push_back({i, i + 1, "'x" + tokens[i].text.substr(1)});
  }
  return sites;
}

Sites predicates(const Tokens& tokens) {
  static const std::array<std::pair<std::string_view, const char*>, 6> kSwaps{
      {{"=", "<>"}, {"<>", "="}, {"<", ">="}, {">", "<="}, {"<=", ">"}, {">=", "<"}}};
  Sites sites;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    for (const auto& [from, to] : kSwaps)
      if (tokens[i].kind == Kind::sign && tokens[i].text == from) sites.push_back({i, i + 1, to});
  return sites;
}

Sites joins(const Tokens& tokens) {
  Sites sites;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (is(tokens[i], "LEFT"))
      sites.push_back({i, i + 1, ""});
    else if (is(tokens[i], "JOIN"))
      sites.push_back({i, i + 1, "LEFT JOIN"});
  return sites;
}

// From a word that begins a term to where the term ends on the same level.
std::size_t term_end(const Tokens& tokens, std::size_t from) {
  int depth = 0;
  bool between = false;
  for (std::size_t i = from; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.text == "(") ++depth;
    if (token.text == ")" && --depth < 0) return i;
    if (depth > 0) continue;
    between = between || is(token, "BETWEEN");
    if (is(token, "AND") && between) {
      between = false;
      continue;
    }
    for (const std::string_view word :
         {"AND", "OR", "ORDER", "GROUP", "LIMIT", "UNION", "ON", "WHERE", "HAVING", "WINDOW"})
      if (is(token, word)) return i;
    if (token.text == ";" || token.text == ",") return i;
  }
  return tokens.size();
}

Sites terms(const Tokens& tokens) {
  Sites sites;
  bool between = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    between = between || is(tokens[i], "BETWEEN");
    if (!is(tokens[i], "AND")) continue;
    if (!between) sites.push_back({i, term_end(tokens, i + 1), ""});
    between = false;
  }
  return sites;
}

Sites statements(const Tokens& tokens) {
  Sites sites;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == Kind::space) {
      const bool heads = tokens[i].text.starts_with("-- ") && tokens[i].text.ends_with(":");
      if (heads) begin = i + 1;
      continue;
    }
    if (tokens[i].text != ";") continue;
    sites.push_back({begin, i + 1, ""});
    begin = i + 1;
  }
  return sites;
}

// Words that stand for a value: behind a comma, SELECT or `=`, and not a function's name.
Sites values(const Tokens& tokens, const std::string& before, const std::string& behind) {
  Sites sites;
  std::string last;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.kind == Kind::space) continue;
    const bool starts = last == "SELECT" || last == "," || last == "=" || last == "THEN";
    const bool name = token.kind == Kind::parameter || token.kind == Kind::word;
    std::size_t end = i + 1;
    if (end + 1 < tokens.size() && tokens[end].text == ".") end += 2;
    const bool ends = end < tokens.size() && tokens[end].text != "(";
    if (starts && name && ends && !is(token, "CASE") && !is(token, "NULL")) {
      std::string whole;
      for (std::size_t t = i; t < end; ++t) whole += tokens[t].text;
      sites.push_back({i, end, before + whole + behind});
    }
    last = upper(token.text);
  }
  return sites;
}

Sites nulls(const Tokens& tokens) {
  Sites sites = values(tokens, "", "");
  for (Site& site : sites) site.becomes = "NULL";
  return sites;
}

Sites columns(const Tokens& tokens) {
  Sites sites = values(tokens, "", "");
  for (std::size_t i = 0; i + 1 < sites.size(); ++i) sites[i].becomes = sites[i + 1].becomes;
  if (!sites.empty()) sites.pop_back();
  return sites;
}

Sites other_keys(const Tokens& tokens) {
  Sites sites;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i].kind == Kind::parameter && tokens[i].text != ":from" && tokens[i].text != ":to")
      sites.push_back({i, i + 1, "(" + tokens[i].text + " + 1)"});
  return sites;
}

Sites orders(const Tokens& tokens) {
  Sites sites;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (is(tokens[i], "DESC"))
      sites.push_back({i, i + 1, "ASC"});
    else if (is(tokens[i], "LIMIT"))
      sites.push_back({i, term_end(tokens, i + 1), "LIMIT 1 "});
  return sites;
}

Sites clocks(const Tokens& tokens) {
  Sites sites;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i)
    if (tokens[i].text == "now" && tokens[i + 1].text == "(")
      sites.push_back({i, i + 3, "(now() - 3600000000)"});
  return sites;
}

Sites factor(const Tokens& tokens) { return values(tokens, "(", " * 10)"); }
Sites cut(const Tokens& tokens) { return values(tokens, "substr(", ", 1, 3)"); }
Sites cases(const Tokens& tokens) { return values(tokens, "upper(", ")"); }

struct Operator {
  std::string_view name;
  Sites (*sites)(const Tokens&) = nullptr;
};
constexpr std::array kOperators = std::to_array<Operator>({{"another constant", constants},
                                                           {"another predicate", predicates},
                                                           {"another join", joins},
                                                           {"drop a term", terms},
                                                           {"drop a statement", statements},
                                                           {"NULL", nulls},
                                                           {"another column", columns},
                                                           {"another key's row", other_keys},
                                                           {"another order, or fewer", orders},
                                                           {"an hour ago", clocks},
                                                           {"ten times", factor},
                                                           {"cut", cut},
                                                           {"capitals", cases}});

}  // namespace

std::vector<std::string_view> mutations() {
  std::vector<std::string_view> names;
  for (const Operator& one : kOperators) names.push_back(one.name);
  return names;
}

std::optional<Mutant> mutate(const std::string& sql, std::uint64_t number) {
  const Operator& one = kOperators[number % kOperators.size()];
  const Tokens tokens = tokens_of(sql);
  const Sites sites = one.sites(tokens);
  if (sites.empty()) return {};
  const Site& site = sites[number / kOperators.size() % sites.size()];
  Mutant mutant;
  mutant.how = one.name;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i == site.from) {
      mutant.line = 1 + static_cast<int>(std::count(mutant.text.begin(), mutant.text.end(), '\n'));
      mutant.text += site.becomes;
    }
    if (i < site.from || i >= site.to) mutant.text += tokens[i].text;
  }
  if (mutant.text == sql) return {};
  return mutant;
}

}  // namespace pindah::test
