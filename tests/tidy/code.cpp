#include <cctype>

#include "tests/tidy/rules.h"

namespace pindah::tidy {
namespace {

// Walks over C++ text and blanks what is no code.
class Blanker {
 public:
  explicit Blanker(const std::string& text) : text_(text), out_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (here("//")) {
        blank_to(find("\n"));
      } else if (here("/*")) {
        blank_to(past("*/", at_ + 2));
      } else if (here("R\"")) {
        raw();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !in_number())) {
        quoted(text_[at_]);
      } else {
        ++at_;
      }
    }
    return out_;
  }

 private:
  bool here(const char* what) const { return text_.compare(at_, 2, what) == 0; }
  std::size_t find(const std::string& what) const {
    return std::min(text_.find(what, at_), text_.size());
  }
  std::size_t past(const std::string& what, std::size_t from) const {
    const std::size_t found = text_.find(what, from);
    return found == std::string::npos ? text_.size() : found + what.size();
  }
  // 1'000 is no character.
  bool in_number() const {
    return at_ > 0 && std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0;
  }
  void blank_to(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') out_[at_] = ' ';
    }
  }
  void raw() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string::npos) return blank_to(text_.size());
    const std::string mark = text_.substr(at_ + 2, open - at_ - 2);
    blank_to(past(")" + mark + "\"", open));
  }
  // The quotes stay, so that an include can still be read.
  void quoted(char quote) {
    const std::size_t line_begin = text_.rfind('\n', at_) + 1;
    const bool include = text_.compare(line_begin, 8, "#include") == 0;
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    if (include) {
      at_ = end + 1;
      return;
    }
    ++at_;
    blank_to(std::min(end, text_.size()));
    ++at_;
  }

  const std::string& text_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string at(const File& file, int line) { return file.path + ":" + std::to_string(line) + ": "; }

std::string code_of(const std::string& text) { return Blanker(text).run(); }

bool is_cpp(const std::string& path) { return path.ends_with(".h") || path.ends_with(".cpp"); }

}  // namespace pindah::tidy
