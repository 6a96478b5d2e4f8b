# What ./run can say without the program, so that it needs neither packages nor a build for it:
# help, the version, and mistakes that can be seen from outside. docs/help has the program's own
# words, a page for each command. Sourced; `here` is the repository.

# answer_early ARGUMENTS…: ends the script where they need no program.
answer_early() {
  local command='' page=$here/docs/help/pindah.txt word value=no help=no files=()
  for word in "$@"; do
    if [ $value = yes ]; then
      value=no
      continue
    fi
    case $word in
      -h | --help) help=yes ;;
      --version) version && exit ;;
      --*)
        [[ $word =~ ^--[a-z-]+(=|$) ]] && knows "${word%%=*}" ||
          mistake "\`$word\` was not expected"
        [[ $word == *=* ]] || ! takes_value "$word" || value=yes
        ;;
      -?*) ;;
      *)
        # Only `new` has commands of its own.
        if [ -z "$command" ] || [ "$command" = new ]; then begin_command; else files+=("$word"); fi
        ;;
    esac
  done
  [ $help = no ] || { cat "$page" && exit; }
  [ -n "$command" ] || [ $# -eq 0 ] || { cat "$page" >&2 && exit 2; }
  look_for_files
}

# The rest uses the variables of answer_early.
begin_command() {
  local known=$here/docs/help/${command:+$command-}$word.txt
  [[ $word =~ ^[a-z]+$ ]] && [ -f "$known" ] || mistake "\`$word\` was not expected"
  command+=${command:+ }$word page=$known
}

# Whether a line of the command's page, or of the first one, begins with this option.
knows() { grep -qE -- "^ +(-[a-z],)?$1( |\$)" "$page" "$here/docs/help/pindah.txt"; }
takes_value() { grep -qE -- "^ +(-[a-z],)?$1 [A-Z]" "$page"; }

look_for_files() {
  local file required
  ! grep -q '^Usage: .* SUBCOMMAND$' "$page" || mistake "SUBCOMMAND is required"
  required=$(sed -n '/^Positionals:/,/^$/s/^ *\([A-Z]*\) .*REQUIRED.*/\1/p' "$page" |
    sed -n "$((${#files[@]} + 1))p")
  [ -z "$required" ] || mistake "$required is required"
  case $command in
    run | gui | compare | replay | sql | diff | check) # `explain` takes words as well
      for file in "${files[@]}"; do
        [ -e "$file" ] || mistake "there is no file \`$file\`"
      done
      ;;
  esac
}

mistake() {
  printf 'pindah: %s\n  run `./run%s --help` for usage\n' "$1" "${command:+ $command}" >&2
  exit 2
}

version() {
  [ ! -x "$here/build/pindah/pindah" ] || exec "$here/build/pindah/pindah" --version
  sed -n 's/^project(pindah VERSION \([0-9.]*\).*/pindah \1/p' "$here/CMakeLists.txt"
  echo "SQLite: the installed one, which it names when it is built"
}
