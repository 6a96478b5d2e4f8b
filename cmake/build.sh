# What ./run and ./test share: packages and builds. Sourced; it prints to stderr alone, so that a
# result on stdout stays clean.

# Where there is ccache, it may trust precompiled headers.
export CCACHE_SLOPPINESS=pch_defines,time_macros
BUILD_PACKAGES=(g++ cmake ninja-build pkg-config libsqlite3-dev libyaml-cpp-dev libcli11-dev libfmt-dev
  nlohmann-json3-dev libpugixml-dev librandom123-dev libxxhash-dev libmimalloc-dev
  libimgui-dev libglfw3-dev libopengl-dev libgl-dev libegl-dev libgl1-mesa-dri fonts-dejavu-core)
TEST_PACKAGES=(catch2 clang libclang-rt-dev xvfb xauth)

# Installs those of the named packages that are missing. Touches no network when none is.
install_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing with apt: ${missing[*]}" >&2
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "please install as root: apt-get install ${missing[*]}" >&2
      exit 2
    }
    root=(sudo)
  fi
  local log
  log=$(mktemp)
  if ! apt_install >"$log" 2>&1; then
    # The lists of packages are missing or old.
    "${root[@]}" apt-get update >>"$log" 2>&1 || true
    apt_install >>"$log" 2>&1 || {
      tail -n 20 "$log" >&2
      echo "apt could not install: ${missing[*]}" >&2
      exit 2
    }
  fi
  rm -f "$log"
}

# Uses `root` and `missing` of its caller.
apt_install() {
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${missing[@]}"
}

# build SOURCE FOLDER TARGET [CMAKE ARGUMENTS]: configures once, then lets ninja decide. Silent when
# there is nothing to do; what a failing compiler said is shown.
build() {
  local source=$1 folder=$2 target=$3
  shift 3
  local log=$folder/build.log
  mkdir -p "$folder"
  # A folder that was configured otherwise, by an older version of these scripts, begins afresh.
  if [ "$(cat "$folder/arguments" 2>/dev/null)" != "$*" ]; then
    rm -rf "$folder"/build.ninja "$folder"/CMakeCache.txt "$folder"/CMakeFiles
  fi
  if [ ! -f "$folder/build.ninja" ]; then
    echo "building $(basename "$folder") ($target): the first time takes some minutes" >&2
    configure "$source" "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 2; }
  fi
  echo "$*" >"$folder/arguments"
  if [ -t 2 ]; then
    # ninja's own progress, on the terminal
    ninja -C "$folder" --quiet "$target" >&2 || exit 2
  else
    ninja -C "$folder" "$target" >"$log" 2>&1 || { tail -n 60 "$log" >&2; exit 2; }
  fi
}

configure() {
  local source=$1 folder=$2
  shift 2
  local launcher=()
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  cmake -G Ninja -S "$source" -B "$folder" -DBUILD_TESTING=OFF -DCMAKE_UNITY_BUILD=ON "${launcher[@]}" "$@"
}
