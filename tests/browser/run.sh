#!/usr/bin/env bash
# Opens every page of a list in headless Chromium, on a desktop and on a phone, light and dark, with and without
# scripts, and says what falls short. It talks to a server on this machine only, and lets the browser reach nothing else.
#
#   tests/browser/run.sh --base http://127.0.0.1:8080 --pages tests/browser/pages.json --contact
#   tests/browser/run.sh --selftest      proves the checker itself on two sample sites, one to three minutes
#
# It needs Node 20 or newer with npm, and Chromium (apt-get install --no-install-recommends chromium-headless-shell).
# The shell alone draws no windows that nobody sees: it takes less than half of the whole browser's time. The packages pinned
# in package-lock.json go into a cache folder outside the repository, once per lock file ($BROWSER_CHECK_CACHE).
#
# Exit status: 0 all well, 1 something fell short, 2 it could not run. In --out (target/browser): screenshots/PAGE--VARIANT.png,
# html/ (the documents), report.json and, with --contact, contact/PAGE.png with all variants side by side. Look at those:
# wording, order of focus and beauty are not judged by a program.
#
# Options: --only a,b   --variant TEXT (mobile, nojs, desktop-light)   --jobs N (2)   --wait SECONDS   --timeout MS
#          --strict (warnings fail too)   --no-warnings   --chromium PATH (else CHROMIUM_PATH, else PATH)
#
# The list (pages.json) is {defaults, logins, ignore, pages}. A page has
#   name, path      needed; names are unique
#   status          what it must answer with (200; a list is allowed)          login   the name of a login, done once
#   steps           done after opening path, in every variant: so repeatable ones only, or narrow the variants
#   viewports ["desktop","mobile"], schemes ["light","dark"], js [true,false]   also "narrow", "tablet", "1024x700"
#   budgets         htmlKB totalKB scriptKB requests lcpMs cls tbtMs domNodes
#   finalPath       pattern of the path it must end at                          print   prints to PDF too
#   keyboard skipLink html headers axe conventions reflow: false leaves one out
# A step: {goto}, {fill:{FIELD:VALUE}}, {select}, {check}, {uncheck}, {upload:{FIELD:FILE}}, {press}, {click:NAME},
# {expectPath:PATTERN}, {expectText} (waitMs: so long at most), {tabs:N} (so many
# more tabs of the same browser: all together hold one stream), or {as:LOGIN, steps:[…]}: somebody else does something meanwhile (conflict pages).
# A FIELD is a name, a label or a CSS selector (# . [ first); a NAME that of a button or link, or a selector;
# a VALUE "$ENV:NAME" is read from the environment.
# "ignore" entries need check, match (a pattern) and why; one that matches nothing is named.
#
# Columns: ST status, steps  DOC one h1 and main, title, reflow at 320 px and text at 200 %, dark scheme, error pages as the house
# wants them  AXE WCAG 2.2 AA  HTML validity  CON console  NET failed requests  EXT other hosts  NOJS forms and links without
# scripts  KBD skip link, visible focus, traps  HDR CSP and other headers  BUD budgets. x fails, ! warns.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
case " $* " in *" --help "* | *" -h "*) sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;; esac
cache="${BROWSER_CHECK_CACHE:-${XDG_CACHE_HOME:-${HOME:-${TMPDIR:-/tmp}}/.cache}/guildhall-browser-check}"

missing() { echo "$1" >&2; exit 2; }
command -v node >/dev/null && command -v npm >/dev/null || missing "Node or npm is missing: install Node 20 or newer to check the pages in a browser."
[ -n "${CHROMIUM_PATH:-}" ] || command -v chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome >/dev/null ||
  [[ " $* " == *" --chromium "* ]] || missing "Chromium is missing: install it (apt-get install --no-install-recommends chromium-headless-shell) or name it in CHROMIUM_PATH."

deps="$cache/$(sha256sum "$here/package-lock.json" | cut -c1-16)"
if [ ! -e "$deps/.complete" ]; then
  rm -rf "$deps.$$" && mkdir -p "$deps.$$"
  cp "$here/package.json" "$here/package-lock.json" "$deps.$$/"
  # No package needs an install script, and some would fetch things: leave them all out.
  (cd "$deps.$$" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || missing "npm could not install the checker's packages."
  touch "$deps.$$/.complete"
  # Two runs may race for the first install: the first one in wins.
  mv -T "$deps.$$" "$deps" 2>/dev/null || rm -rf "$deps.$$"
fi
export BROWSER_CHECK_DEPS="$deps"
if [ "${1:-}" = --selftest ]; then exec node "$here/selftest.mjs"; fi
exec node "$here/check.mjs" "$@"
