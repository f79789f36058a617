#!/bin/sh
# One line a lagging unit, longest first, from JSON by jq: for a chat group, or any other script.
set -eu
duban=${DUBAN:-duban}

"$duban" lagging --format json "$@" |
  jq -r '.rows[] | "\(.name) \(.overdue) (\(.days)d): \([.dues[].name] | join(", "))"'
