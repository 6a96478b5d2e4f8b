// A shopper's two lives, from what each page of them was.
#pragma once

#include <string>
#include <vector>

#include "gui/deck/deck.h"
#include "runfile/reader.h"

namespace pindah::gui {

// Her pages in order of visits; `who.visit` is not needed: the first difference is at `visit`.
TwoLives two_lives(const Person& who, std::int64_t visit, const std::vector<PastPage>& control,
                   const std::vector<PastPage>& rehearsed);

}  // namespace pindah::gui
