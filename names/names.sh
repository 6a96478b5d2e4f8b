#!/bin/bash
# Renames to the field's words, one commit a word. Run in a clean worktree on top of main:
#   cd WORKTREE && names/names.sh
# Re-runnable: a step that finds nothing to rename commits nothing.
set -euo pipefail
[ -z "$(git status --porcelain)" ] || { echo "not clean"; exit 1; }

CODE='sim gui tests'
files() { git ls-files -- "$@" | grep -E '\.(h|cpp|md|txt|cmake)$' | grep -v '^tests/golden/' || true; }
# word FROM TO PATHS…: whole words.
word() { local from=$1 to=$2; shift 2
  files "$@" | xargs -r grep -lwE -- "$from" | xargs -r perl -pi -e "s/(?<![\\w])$from(?![\\w])/$to/g" || true; }
# re PERL PATHS…: any perl substitution.
re() { local e=$1; shift; files "$@" | xargs -r perl -pi -e "$e"; }
# mv_file FROM TO: with its header and its includes.
mv_file() { local f
  for e in h cpp; do [ -e "sim/$1.$e" ] && git mv "sim/$1.$e" "sim/$2.$e" || true; done
  re "s#\"$1\\.h\"#\"$2.h\"#g; s#\\b$1\\.(h|cpp|\\*)#$2.\$1#g" $CODE docs CMakeLists.txt cmake
}
done_with() { # commit what changed
  git add -A
  git diff --cached --quiet && return 0
  # What keys a draw is no name: another string is another run.
  git diff --cached -U0 | python3 -c '
import re,sys,collections
n=collections.Counter()
for l in sys.stdin:
    if l[:3] in ("+++","---"): continue
    for p in re.findall(r"purpose\(\"[^\"]*\"\)",l): n[p]+={"+":1,"-":-1}.get(l[0],0)
bad=[p for p in n if n[p]]
sys.exit("a purpose changed: "+str(bad) if bad else 0)'
  [ "${FORMAT:-1}" = 0 ] || git diff --cached --name-only --diff-filter=d -- "*.h" "*.cpp" | xargs -r clang-format -i
  git add -A
  git commit -qm "$1"; echo "$1"
}

# 1
mv_file platform/lots platform/buckets
for d in "sim gui tests docs/architecture.md"; do
  word Lots Buckets $d; word lots buckets $d; word lot bucket $d; word kNoLots kNoBuckets $d
  word kLots kBuckets $d; word kNoLot kNoBucket $d; word note_lots note_buckets $d
  word find_lots find_buckets $d; word goes_by_lots goes_by_buckets $d; word by_lots by_buckets $d
done
re 's/purpose\("bucket"\)/purpose("lot")/' sim
re 's/\bbool takes\(/bool in_share(/' sim/platform/buckets.h
re 's/(?<![\w.])takes\((\d|led->|share\.|step\.)/in_share($1/g' sim/platform sim/migration sim/traffic tests/platform tests/migration
done_with "A keyed draw in a thousand is a bucket, as everywhere"

# 2
mv_file migration/trips migration/transfers
M="sim/migration sim/universe sim/verdict tests/migration tests/universe docs/architecture.md"
word Trip Transfer $M; word trip transfer $M; word Trips Transfers $M; word trips transfers $M
word trips_ transfers_ $M; word trip_ transfer_ $M; word trip_of transfer_of $M; word next_trip next_transfer $M
word Traveller TransferHandler $M; word traveller handler $M; word travellers_ handlers_ $M
word Errand TransferKind $M; word errand kind $M
done_with "What the migrator sends from one platform to the other is a transfer, and who sends it handles it"

# 3
mv_file migration/mover migration/move_statements
word Mover MoveStatements $M; word Movers MoveSet $M
word movers_ moves_ sim/migration; word movers moves sim/migration tests/migration; word mover statements sim/migration
done_with "A move's prepared statements are MoveStatements, all of them a MoveSet"

# 4
mv_file platform/beside platform/call_hooks
for d in "sim gui tests docs/architecture.md"; do
  re 's#(?<![\w])(?<!// )Beside(?!\w)#CallHooks#g' $d; word set_beside set_hooks $d; word beside_ hooks_ $d
done
re 's/CallHooks\* beside\b/CallHooks* hooks/; s/hooks_ = beside;/hooks_ = hooks;/' sim tests
done_with "What the migration hangs into a call's way are hooks"

# 5
mv_file migration/carry migration/apply_batch
word Carrying BatchApplier sim/migration; word carrying applying sim/migration/apply_batch.cpp
word carry apply_batch sim/migration; word CarryRules ApplyRules sim/migration tests/migration
done_with "Rows that arrive are applied as a batch"

# 6
if [ -e sim/platform/pages.h ]; then
  git rm -q sim/platform/pages.h
  re 's#"platform/pages.h"#"platform/saga_runner.h"#' $CODE
  re 's/(?<![\w:])Pages(?= (pages|runner)\b|&|\*|\()/SagaRunner/' tests/platform tests/traffic tests/universe
fi
done_with "The runner of pages has one name"

# 7
mv_file oracle/goods oracle/stock_oracle
O="sim/oracle sim/verdict sim/rehearsal tests/oracle tests/self tests/verdict"
word Goods StockOracle $O; word goods_ stock_ $O; re 's/state(_?)\.goods\b/state$1.stock/g; s/^  StockOracle goods;/  StockOracle stock;/' sim/oracle
done_with "Who knows of the goods is the StockOracle"

# 8
mv_file oracle/sightings oracle/shown_checks
word Sightings ShownChecks $O; word sightings shown_checks $O
done_with "What pages showed is checked by ShownChecks"

# 9
mv_file oracle/finals oracle/end_state
word Finals EndState $O; word finals end_state $O; word finals_ end_state_ $O
done_with "What the databases hold at the end is the EndState"

# 10
mv_file oracle/exposure oracle/affected
mv_file oracle/tally oracle/exposure_counters
word Tally ExposureCounters $O; word tally exposure $O; word tally_ exposure_ $O
done_with "Exposure is counted by ExposureCounters; what a plan can break is in affected.h"

# 11
mv_file oracle/facts oracle/live_truth
re 's/(?<![\w:])Facts(?=[ >(&:;])/LiveTruth/g; s/LiveTruth::Facts\(/LiveTruth::LiveTruth(/; s/state(_?)\.facts\b/state$1.truth/g; s/(unique_ptr<LiveTruth>) facts;/$1 truth;/' sim/oracle tests/oracle
done_with "The oracle's own reads while a life goes on are the LiveTruth"

# 12 Ground
# 13
mv_file platform/clockwork platform/sim_state
for d in "sim gui tests"; do word Clockwork SimState $d; word clockwork sim $d; word clockwork_ sim_ $d; done
done_with "The instant, what happens next and the fingerprint are the state of a simulation"

# 14
mv_file flight/together flight/thread_pair
word Together ThreadPair sim/flight tests/flight; re 's/\btogether(?=\(chosen|\.run|\);|;)/threads/g' sim/flight/flight.cpp
re 's/ThreadPair& together/ThreadPair\& threads/; s/\btogether\.run/threads.run/g' sim/flight
done_with "Two threads that work at once are a ThreadPair"

# 12
for d in "sim gui tests"; do word Premises LifeInputs $d; done
re 's/\bpremises_\b/inputs_/g; s/\bpremises\b/inputs/g' sim/universe sim/oracle sim/rehearsal sim/flight tests/oracle tests/universe tests/self tests/traffic tests/bench
mv_file rehearsal/life rehearsal/watched_life
for d in "sim gui tests docs/architecture.md"; do word LivedLife WatchedLife $d; done
word Living LifeRun sim/rehearsal
done_with "What both lives read are LifeInputs; a universe with the oracle that watches it is a WatchedLife"

# 15 the window
[ -d gui/pilot ] && git mv gui/pilot gui/driver && for e in h cpp; do git mv gui/driver/pilot.$e gui/driver/driver.$e; done || true
[ -e tests/gui/pilot_test.cpp ] && git mv tests/gui/pilot_test.cpp tests/gui/driver_test.cpp || true
G="gui tests/gui tests/bench tests/CMakeLists.txt CMakeLists.txt docs/window.md"
re 's#gui/pilot/pilot\.h#gui/driver/driver.h#g; s#gui/pilot/#gui/driver/#g; s#gui/pilot\b#gui/driver#g; s#gui/pilot_test#gui/driver_test#g; s#\[pilot\]#[driver]#g' $G docs/architecture.md tests/tidy
word Pilot Driver $G; word PilotOptions DriverOptions $G; word pilot_ driver_ $G; word pilot driver gui tests/gui tests/bench
done_with "What drives a flight at the pace of a window is its driver"

if [ -e gui/deck/telling.h ]; then for e in h cpp; do git mv gui/deck/telling.$e gui/deck/plan_view.$e; done; fi
re 's#gui/deck/telling\.h#gui/deck/plan_view.h#' gui tests
word House PlatformView $G; word Room ServiceView $G; word Wire LinkView $G
re 's/(?<=\.)houses\b|(?<=->)houses\b|(?<=> )houses\b/platforms/g; s/(?<=\.)wires\b|(?<=->)wires\b|(?<=> )wires\b/links/g' gui tests/gui tests/bench
re 's/(?<=\.)rooms\b|(?<=->)rooms\b|(?<=> )rooms\b|(?<=>& )rooms\b|(?<=: )rooms(?=\))/services/g; s/Which rooms stream/Which services stream/' gui tests/gui tests/bench
re 's/\broom\b(?=[.;)])/view/g; s/ServiceView(&?) room\b/ServiceView$1 view/g; s/std::move\(room\)/std::move(view)/' gui/deck
done_with "The deck's platforms, services and links are views by these names"

word Hand InterventionKind sim/flight gui tests/flight tests/gui
re 's/InterventionKind hand\{\}/InterventionKind kind{}/; s/\b(hand|intervention|cut|kill|command\.intervention)\.hand\b/$1.kind/g' sim/flight gui tests/flight tests/gui
word hands interventions sim/flight
re 's/PinKind::hand\b/PinKind::intervention/g; s/(enum class PinKind.*\b)hand\b/$1intervention/' gui tests/gui
done_with "What a hand does is an intervention of a kind"

# 16 homonyms
word Watch RunObserver sim/universe sim/oracle; mv_file universe/watch universe/run_observer
word Flight BatchInFlight sim/migration
word Band StockBand sim/oracle tests/oracle
word Moment LocalInstant sim/scenario tests/scenario; word moment_text instant_text sim tests gui; word parse_moment parse_instant sim tests gui
word Moment LifeImage sim/flight tests/flight
word Sheet PlotArea gui/window
word Window Interval gui/deck/recorder.h gui/deck/recorder.cpp
word Reading MoveReading sim/world/read_moves.cpp
word Writer ScenarioWriter sim/scenario/write.cpp
done_with "One meaning each for the names that two types had"

# the umbrellas go: each file includes what it uses
python3 - <<'P'
import re,subprocess,os
use={'report/version.h':['pindah_version','sqlite_text'],'base/shell.h':['shell_word','is_shell_words'],
'report/compliance.h':['compliance_told','ComplianceTold'],'report/harms.h':['harms','Harm','harmed_of','Harmed'],
'report/summary.h':['answer','noticed_text','way_back_text','worst_cohorts','Cohort','replay_command','short_name'],
'report/text.h':['hex_text','grouped','share_text','brief_text','date_text','word_of','mark_of','ranked'],
'report/timeline.h':['timeline','TimelineEntry']}
files=subprocess.run(['git','grep','-lE','"report/(facts|pieces).h"','--','sim','gui','tests'],capture_output=True,text=True).stdout.split()
if os.path.exists('sim/report/facts.h'):
    for p in files:
        if p=='sim/report/facts.h': continue
        t=open(p).read()
        code=re.sub(r'//[^\n]*','',t)
        own='report/'+os.path.basename(p)[:-4]+'.h' if p.endswith('.cpp') and p.startswith('sim/report') else ''
        need=[h for h,w in use.items() if h!=own and '"%s"'%h not in t and any(re.search(r'(?<![\w."])%s(?=\(|<|>| |&|\b\))'%x,code) for x in w)]
        inc='\n'.join('#include "%s"'%h for h in sorted(need))
        if '"report/facts.h"' in t:
            t=t.replace('#include "report/facts.h"\n',inc+('\n' if inc else ''))
        elif need:
            t=t.replace('#include "report/pieces.h"','#include "report/pieces.h"\n'+inc)
        open(p,'w').write(t)
    subprocess.run(['git','rm','-qf','sim/report/facts.h'])
P
done_with "Who tells of a run includes what it tells with"

# glossary
python3 - <<'P'
p='docs/architecture.md'; t=open(p).read(); g=open('names/glossary.md').read()
i=t.index('## How to extend'); k=t.find('## Glossary'); k=i if k<0 else k
t=t[:k]+g.rstrip('\n')+'\n\n'+t[i:]; open(p,'w').write(t)
P
done_with "The glossary has the new names"
