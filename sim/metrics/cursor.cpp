#include "metrics/cursor.h"

namespace pindah {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::size_t Cursor::at() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  return at_;
}

bool Cursor::take(char c) { return take_sign({&c, 1}); }

bool Cursor::take_sign(std::string_view sign) {
  if (text_.substr(at(), sign.size()) != sign) return false;
  at_ += sign.size();
  return true;
}

bool Cursor::stands_here(std::string_view words) {
  if (text_.substr(at(), words.size()) != words) return false;
  const std::size_t end = at_ + words.size();
  return end == text_.size() || !is_word(text_[end]);
}

bool Cursor::take_word(std::string_view word) { return stands_here(word) && take_sign(word); }

bool Cursor::take_words(std::string_view first, std::string_view second) {
  const std::size_t before = at_;
  if (take_word(first) && take_word(second)) return true;
  at_ = before;
  return false;
}

Piece Cursor::word() {
  const std::size_t start = at();
  while (at_ < text_.size() && is_word(text_[at_])) ++at_;
  return {text_.substr(start, at_ - start), start};
}

Piece Cursor::chunk() {
  const std::size_t start = at();
  while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != ',') ++at_;
  return {text_.substr(start, at_ - start), start};
}

Piece Cursor::until(std::string_view stops) {
  const std::size_t start = at();
  while (at_ < text_.size() && stops.find(text_[at_]) == std::string_view::npos) ++at_;
  return {trimmed(text_.substr(start, at_ - start)), start};
}

std::string_view Cursor::slice(std::size_t from, std::size_t to) const {
  return trimmed(text_.substr(from, to - from));
}

void Cursor::fail(std::size_t at, std::string what, std::string expected, std::string hint) {
  Place place = place_;
  if (place.line > 0) place.column += static_cast<int>(at);
  problems_.add(std::move(place), std::move(what), std::move(expected), std::move(hint));
  failed_ = true;
}

std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

}  // namespace pindah
