#include "tests/mutate/mutator.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace pindah::test {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines{{}};
  for (const char c : text) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  return lines;
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += (i == 0 ? "" : "\n") + lines[i];
  return text;
}

struct Span {
  std::size_t begin = 0, size = 0;
};

// Stretches of characters of one kind.
std::vector<Span> spans(const std::string& text, bool (*belongs)(char)) {
  std::vector<Span> all;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!belongs(text[at])) continue;
    const std::size_t begin = at;
    while (at < text.size() && belongs(text[at])) ++at;
    all.push_back({begin, at - begin});
  }
  return all;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '%';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t indent(const std::string& line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// One past the last line that is inside of the i-th.
std::size_t block_end(const Lines& lines, std::size_t i) {
  std::size_t end = i + 1;
  while (end < lines.size() && (lines[end].empty() || indent(lines[end]) > indent(lines[i]))) ++end;
  return end;
}

const std::vector<std::string> kHostileWords{"\"a\\Nb\"",
                                             "\"a\\_b\"",
                                             "\"\\L\"",
                                             "\"\\x85\"",
                                             "\"\\x1b[2J\"",
                                             "\"\\uFFFE\"",
                                             "''",
                                             "~",
                                             "null",
                                             "true",
                                             "[]",
                                             "{}",
                                             "[[]]",
                                             "{ a: 1 }",
                                             "&a x",
                                             "*a",
                                             "!!int 3",
                                             "-",
                                             "---",
                                             "|",
                                             ">",
                                             "#",
                                             ":",
                                             "0",
                                             "-1",
                                             "-0",
                                             "0.1",
                                             ".5",
                                             "1e9",
                                             "0x10",
                                             "NaN",
                                             ".inf",
                                             "9223372036854775807",
                                             "9223372036854775808",
                                             "18446744073709551616",
                                             "99999999999999999999999",
                                             "0s",
                                             "-1s",
                                             "1us",
                                             "3650d",
                                             "9999d",
                                             "0%",
                                             "100%",
                                             "101%",
                                             "0.0001%",
                                             "0/s",
                                             "1000000/s",
                                             "never",
                                             "request",
                                             "source",
                                             "target",
                                             "shopper",
                                             "../../etc/passwd",
                                             "/dev/zero",
                                             "'; DROP TABLE loan; --",
                                             "NULL",
                                             "SELECT 1",
                                             "x'85'",
                                             "CAST(x'85' AS TEXT)",
                                             "printf('%.*c', 9000000, 'x')",
                                             "random()",
                                             "refuse('no')",
                                             "1/0",
                                             "zeroblob(99999999)",
                                             "::error::x",
                                             "##[error]y",
                                             "<script>",
                                             "=1+1",
                                             "verified(loans)",
                                             "noticed <= 1%",
                                             "p99(edge) > 1us"};

Mutation line_twice(const std::string& text, Dice& dice) {
  Lines lines = lines_of(text);
  const std::size_t i = dice.below(lines.size());
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
  return {"a line twice", text_of(lines)};
}
Mutation line_gone(const std::string& text, Dice& dice) {
  Lines lines = lines_of(text);
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(dice.below(lines.size())));
  return {"a line gone", text_of(lines)};
}
Mutation lines_swapped(const std::string& text, Dice& dice) {
  Lines lines = lines_of(text);
  std::swap(lines[dice.below(lines.size())], lines[dice.below(lines.size())]);
  return {"two lines swapped", text_of(lines)};
}

Mutation block_moved(const std::string& text, Dice& dice) {
  Lines lines = lines_of(text);
  const std::size_t from = dice.below(lines.size());
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = lines.begin() + static_cast<std::ptrdiff_t>(block_end(lines, from));
  const Lines block(begin, end);
  if (!dice.one_in(3)) lines.erase(begin, end);
  const auto to = lines.begin() + static_cast<std::ptrdiff_t>(dice.below(lines.size() + 1));
  lines.insert(to, block.begin(), block.end());
  return {"a block elsewhere", text_of(lines)};
}

Mutation indented(const std::string& text, Dice& dice) {
  Lines lines = lines_of(text);
  const std::size_t from = dice.below(lines.size());
  const std::size_t end = dice.one_in(2) ? block_end(lines, from) : from + 1;
  const bool in = dice.one_in(2);
  for (std::size_t i = from; i < end; ++i) {
    if (in)
      lines[i].insert(0, "  ");
    else if (indent(lines[i]) >= 2)
      lines[i].erase(0, 2);
  }
  return {"another indent", text_of(lines)};
}

Mutation replaced(const std::string& text, const Span& span, const std::string& by,
                  const char* what) {
  std::string changed = text;
  changed.replace(span.begin, span.size, by);
  return {std::string(what) + " `" + text.substr(span.begin, span.size) + "` -> `" + by + "`",
          changed};
}

Mutation another_word(const std::string& text, Dice& dice) {
  const std::vector<Span> words = spans(text, is_word);
  if (words.empty()) return {"nothing", text};
  const Span other = dice.of(words);
  return replaced(text, dice.of(words), text.substr(other.begin, other.size), "a word");
}
Mutation hostile_word(const std::string& text, Dice& dice) {
  const std::vector<Span> words = spans(text, is_word);
  if (words.empty()) return {"nothing", text};
  return replaced(text, dice.of(words), dice.of(kHostileWords), "a word");
}
Mutation word_gone(const std::string& text, Dice& dice) {
  const std::vector<Span> words = spans(text, is_word);
  if (words.empty()) return {"nothing", text};
  return replaced(text, dice.of(words), "", "a word");
}

Mutation another_number(const std::string& text, Dice& dice) {
  const std::vector<Span> numbers = spans(text, is_digit);
  if (numbers.empty()) return {"nothing", text};
  const Span span = dice.of(numbers);
  const std::string old = text.substr(span.begin, span.size);
  const std::vector<std::string> by{"0",
                                    "1",
                                    "-" + old,
                                    old + "0",
                                    old + "000000",
                                    old + ".5",
                                    old.substr(0, old.size() / 2),
                                    "2147483648",
                                    "9223372036854775807",
                                    std::to_string(dice.below(1000))};
  return replaced(text, span, dice.of(by), "a number");
}

Mutation another_unit(const std::string& text, Dice& dice) {
  static const std::vector<std::string> kUnits{"us", "ms", "s",  "m",       "h",
                                               "d",  "%",  "/s", " rows/s", ""};
  std::vector<Span> units;
  for (const Span& number : spans(text, is_digit)) {
    const std::size_t begin = number.begin + number.size;
    std::size_t end = begin;
    while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 ||
                                 text[end] == '%' || text[end] == '/'))
      ++end;
    if (end > begin) units.push_back({begin, end - begin});
  }
  if (units.empty()) return {"nothing", text};
  return replaced(text, dice.of(units), dice.of(kUnits), "a unit");
}

Mutation letter(const std::string& text, Dice& dice) {
  static const std::vector<std::string> kLetters{"'",
                                                 "\"",
                                                 ":",
                                                 ",",
                                                 "{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 "-",
                                                 "#",
                                                 "\t",
                                                 " ",
                                                 "\n",
                                                 "\\",
                                                 "%",
                                                 "\x85",
                                                 "\xff",
                                                 "\xc2\x85",
                                                 "\xe2\x80\xae",
                                                 std::string(1, '\0'),
                                                 "&",
                                                 "*",
                                                 ";",
                                                 "(",
                                                 ")",
                                                 "0",
                                                 "x"};
  const std::size_t at = dice.below(text.size() + 1);
  std::string changed = text;
  if (dice.one_in(2) && at < text.size())
    changed.erase(at, 1 + dice.below(3));
  else
    changed.insert(at, dice.of(kLetters));
  return {"a letter at " + std::to_string(at), changed};
}

Mutation cut_short(const std::string& text, Dice& dice) {
  return {"cut short", text.substr(0, dice.below(text.size() + 1))};
}

Mutation much_of_it(const std::string& text, Dice& dice) {
  Lines lines = lines_of(text);
  const std::size_t i = dice.below(lines.size());
  std::string all;
  const std::size_t times = 10 + dice.below(300);
  for (std::size_t n = 0; n < times; ++n) all += lines[i] + "\n";
  lines[i] = all;
  return {"a line " + std::to_string(times) + " times", text_of(lines)};
}

}  // namespace

std::uint64_t Dice::next() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return state_ * 0x2545F4914F6CDD1D >> 11;
}

Mutation mutate(const std::string& text, Dice& dice) {
  static const std::vector<Mutation (*)(const std::string&, Dice&)> kHow{
      line_twice,   line_twice,   line_gone,      line_gone,      lines_swapped,
      block_moved,  block_moved,  indented,       another_word,   another_word,
      hostile_word, hostile_word, another_number, another_number, another_unit,
      word_gone,    letter,       cut_short,      much_of_it};
  return dice.of(kHow)(text, dice);
}

Mutation damage(const std::string& bytes, Dice& dice) {
  std::string changed = bytes;
  if (bytes.empty() || dice.one_in(6)) return cut_short(bytes, dice);
  const std::size_t times = 1 + dice.below(20);
  // Half of the damage is where it is felt: in the header and the first pages.
  const std::size_t reach =
      dice.one_in(2) ? std::min<std::size_t>(bytes.size(), 8192) : bytes.size();
  for (std::size_t i = 0; i < times; ++i)
    changed[dice.below(reach)] = static_cast<char>(dice.below(256));
  return {std::to_string(times) + " bytes", changed};
}

}  // namespace pindah::test
