// Words of a command as a shell reads them.
#pragma once

#include <string>
#include <string_view>

namespace pindah {

// Fit to be pasted into a shell: quoted where needed.
std::string shell_word(std::string_view text);
// Whether a text is words as shell_word() writes them, and nothing that a shell would do.
bool is_shell_words(std::string_view text);

}  // namespace pindah
