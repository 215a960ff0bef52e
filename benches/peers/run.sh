#!/usr/bin/env bash
# Starts a private cluster and measures; every option is the programme's (./run.sh --help). Exit 2: something is missing here.
set -euo pipefail
command -v python3 >/dev/null || { echo "This machine lacks python3, which measures." >&2; exit 2; }
exec env PYTHONDONTWRITEBYTECODE=1 python3 "$(dirname "$0")/bench" "$@"
