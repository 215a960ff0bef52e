#!/usr/bin/env bash
# Copies the third-party files that the site serves, with their licences, from the packages pinned in
# package.json and package-lock.json. Run it after changing a version there (first: npm install
# --package-lock-only --omit-lockfile-registry-resolved), and commit what it leaves behind.
#   static/vendor/update.sh           writes the files and SHA256SUMS
#   static/vendor/update.sh --check   exit 1 if the committed files differ from the packages'
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# The drawings that templates may name: {% call icon::icon("clock") %}{% endcall %}
ICONS=(
  arrow-left arrow-right ban bell briefcase calendar check circle-alert circle-check circle-help
  clock download eye file-text filter flag gavel history info key-round lock lock-open mail
  message-square pencil plus printer scale search send shield-check star timer trash-2 trophy
  undo-2 user users x
)

# copy PACKAGE FILE...: into NAME@VERSION beside this script, with the licence
copy() {
  local from="$work/node_modules/$1" name="${1##*/}" version to
  version="$(node -p "require('$from/package.json').version")"
  to="$out/$name@$version"
  mkdir -p "$to"
  cp "$from/LICENSE" "$to/LICENSE"
  shift
  local file
  for file in "$@"; do cp "$from/$file" "$to/"; done
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
out="$work/out"
cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)

copy @fontsource-variable/hanken-grotesk \
  files/hanken-grotesk-latin-wght-normal.woff2 files/hanken-grotesk-latin-ext-wght-normal.woff2
# for what is drawn on paper: one weight a file, packed by zlib
copy @fontsource/hanken-grotesk files/hanken-grotesk-latin{,-ext}-{400,600}-normal.woff
copy @fontsource-variable/atkinson-hyperlegible-mono files/atkinson-hyperlegible-mono-latin-wght-normal.woff2
copy idiomorph dist/idiomorph.min.js
files=("${ICONS[@]/#/icons/}")
copy lucide-static "${files[@]/%/.svg}"
(cd "$out" && find . -type f | LC_ALL=C sort | sed 's|^\./||' | xargs sha256sum >SHA256SUMS)

if [ "${1:-}" = --check ]; then
  diff -r --exclude=package.json --exclude=package-lock.json --exclude=update.sh "$out" "$here"
else
  find "$here" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
  cp -r "$out"/. "$here/"
fi
