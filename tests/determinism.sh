#!/bin/bash
# The same scenario and seed give the same bytes: two compilers, their least and their most
# optimisation, one thread and two. determinism.sh UNOPTIMISED OPTIMISED, from the project's folder.
set -euo pipefail

# The digests that a program gives for two small scenarios with a given number of threads.
digests() {
  local binary=$1 threads=$2 scenario code json
  for scenario in tests/scenarios/lending.yaml tests/scenarios/short-shop.yaml; do
    code=0
    json=$("$binary" run "$scenario" --json --threads "$threads") || code=$?
    [ "$code" -le 4 ] || {
      echo "$binary run $scenario: exit $code" >&2
      return 1
    }
    grep -o '"digest[a-z_]*": "[0-9a-f]*"' <<<"$json"
  done
}

one=$(digests "$1" 1)
two=$(digests "$1" 2)
three=$(digests "$2" 2)
printf -- '--- %s, one thread\n%s\n--- two threads\n%s\n--- %s\n%s\n' "$1" "$one" "$two" "$2" "$three"
[ "$one" = "$two" ] && [ "$one" = "$three" ] || {
  echo "the digests differ" >&2
  exit 1
}
