# What ./run and ./test share: packages, builds, and how they talk. Sourced; all of it goes to
# stderr, so that a result on stdout stays clean. `here` is the repository.

# Where there is ccache, it may trust precompiled headers.
export CCACHE_SLOPPINESS=pch_defines,time_macros
BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libsqlite3-dev libyaml-cpp-dev libcli11-dev
  libfmt-dev nlohmann-json3-dev libpugixml-dev librandom123-dev libxxhash-dev libmimalloc-dev
  libimgui-dev libglfw3-dev libopengl-dev libgl-dev libegl-dev libgl1-mesa-dri fonts-dejavu-core)
TEST_PACKAGES=(catch2 clang libclang-rt-dev librapidcheck-dev xvfb xauth xdotool)

say() { echo "$*" >&2; }

# 75 -> 1m15s
span() {
  if [ "$1" -lt 60 ]; then echo "${1}s"; else printf '%dm%02ds' $(($1 / 60)) $(($1 % 60)); fi
}

# Seconds of CPU of everything that this script has waited for.
cpu_seconds() {
  local stat
  read -r -a stat <"/proc/$$/stat"
  echo $(((stat[15] + stat[16]) / $(getconf CLK_TCK)))
}

# follow WHAT LOG: keeps what a command says in LOG and tells meanwhile how far it is: on a terminal
# on one line; elsewhere, where a log is read, with a line every 20 seconds or every quarter.
follow() {
  local what=$1 log=$2 line part='' how='' code
  local percent=0 told_percent=0 begun=$SECONDS told=$SECONDS
  : >"$log"
  while :; do
    code=0
    IFS= read -r -t 5 line || code=$?
    part+=$line
    if [ $code -eq 0 ]; then
      printf '%s\n' "$part" >>"$log"
      if [[ $part =~ ^\[([0-9]+)/([0-9]+)\] ]] && [ "${BASH_REMATCH[2]}" -gt 2 ]; then
        percent=$((BASH_REMATCH[1] * 100 / BASH_REMATCH[2]))
        how="${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}, "
      fi
      part=''
    elif [ $code -le 128 ]; then
      break
    fi
    if [ -t 2 ]; then
      printf '\r\033[K%s: %s%s' "$what" "$how" "$(span $((SECONDS - begun)))" >&2
    elif [ $((SECONDS - told)) -ge 20 ] || [ $((percent - told_percent)) -ge 25 ]; then
      say "  $what: $how$(span $((SECONDS - begun)))"
      told=$SECONDS told_percent=$percent
    fi
  done
  [ -z "$part" ] || printf '%s\n' "$part" >>"$log"
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# followed WHAT LOG COMMAND…: its exit code is the command's.
followed() {
  local what=$1 log=$2
  shift 2
  set +e
  "$@" 2>&1 | follow "$what" "$log"
  local code=${PIPESTATUS[0]}
  set -e
  return "$code"
}

# Installs those of the named packages that are missing. Touches no network when none is.
install_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [ ! -t 0 ]; }; then
      say "These packages are missing. Please install them as root:"
      say "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
      exit 2
    fi
    root=(sudo)
  fi
  say "installing ${#missing[@]} packages with apt: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! apt_install "installing"; then
    # The lists of packages are missing or old.
    followed "apt-get update" "$log" "${root[@]}" apt-get update || true
    apt_install "installing, with new lists" || {
      tail -n 20 "$log" >&2
      say "apt could not install: ${missing[*]}"
      exit 2
    }
  fi
  rm -f "$log"
}

# Uses `root`, `missing` and `log` of its caller.
apt_install() {
  followed "$1" "$log" "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${missing[@]}"
}

# What builds have taken so far, for those who tell what else did.
built_wall=0 built_cpu=0

# build FOLDER TARGETS [CMAKE ARGUMENTS]: configures build/FOLDER when that is new, then lets ninja
# decide. Silent when there is nothing to do; what a failing compiler said is shown.
build() {
  local folder=$here/build/$1 what="build/$1" targets=$2 begun=$SECONDS cpu had=''
  cpu=$(cpu_seconds)
  shift 2
  local log=$folder/build.log wanted="$*"
  mkdir -p "$folder"
  [ ! -f "$folder/arguments" ] || had=$(<"$folder/arguments")
  # A folder that was configured with these and more, as by ./test for ./run, is as good.
  if [ ! -f "$folder/arguments" ] || [ "${had:0:${#wanted}}" != "$wanted" ]; then
    # One that was configured otherwise, by an older version of these scripts, begins afresh.
    [ -f "$folder/arguments" ] && [ "${wanted:0:${#had}}" = "$had" ] ||
      rm -rf "$folder"/build.ninja "$folder"/CMakeCache.txt "$folder"/CMakeFiles
    rm -f "$folder/arguments"
    say "configuring $what"
    followed "configuring $what" "$log" configure "$folder" "$@" || { cat "$log" >&2; exit 2; }
    echo "$wanted" >"$folder/arguments"
  fi
  # shellcheck disable=SC2086
  NINJA_STATUS='[%f/%t] ' followed "building $what" "$log" ninja -C "$folder" $targets || {
    if grep -q '^FAILED' "$log"; then sed -n '/^FAILED/,$p' "$log"; else cat "$log"; fi |
      tail -n 60 >&2
    exit 2
  }
  built_wall=$((built_wall + SECONDS - begun))
  built_cpu=$((built_cpu + $(cpu_seconds) - cpu))
  grep -q '^ninja: no work to do' "$log" || say "built $what in $(span $((SECONDS - begun)))"
}

configure() {
  local folder=$1
  shift
  local launcher=()
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  cmake -G Ninja -S "$here" -B "$folder" -DCMAKE_UNITY_BUILD=ON "${launcher[@]}" "$@"
}
