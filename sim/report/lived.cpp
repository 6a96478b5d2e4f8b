#include "report/lived.h"

#include "report/blame_words.h"

namespace pindah {

namespace {

template <class List>
std::string name_at(const List& list, std::int64_t number) {
  const auto at = static_cast<std::size_t>(number);
  return number >= 0 && at < list.size() ? list[at].name : std::string();
}

}  // namespace

Lived lived_of(const ReportInput& input, const Noticer& noticer) {
  Lived lived;
  lived.page = name_at(input.world.pages, noticer.page);
  lived.service = name_at(input.world.services, noticer.service);
  const PlanWords words(input.world, input.scenario);
  lived.step = words.name(noticer.step);
  lived.phase = noticer.after == StepId::none ? std::string(word_of(noticer.phase))
                                              : "after " + words.name(noticer.after);
  const BlameWords blame(input.world, input.scenario);
  lived.culprit = blame.name(noticer.culprit);
  lived.harm = noticer.harm;
  if (noticer.harm_culprit.known())
    lived.harm += "; " + blame.sentence(noticer.harm_culprit, noticer.harm_how);
  if (noticer.intent >= input.result.intents.size()) return lived;
  const Intent& intent = input.result.intents[noticer.intent];
  lived.persona = name_at(input.world.personas, intent.persona);
  lived.home = input.world.platforms[index(intent.home)].name;
  lived.arrived = intent.arrives;
  return lived;
}

}  // namespace pindah
