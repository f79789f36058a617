#!/bin/sh
# Publishes the week's status, lagging list and board into a folder, for cron:
#
#   30 8 * * 5  DUBAN_PLAN=/srv/census/duban.toml /srv/census/weekly.sh /srv/www/census
#
# Ends with 0 when nobody lags, 1 when somebody does, 2 when something went wrong: the code of the lagging list.
set -u
out=${1:?usage: weekly.sh FOLDER}
duban=${DUBAN:-duban}

mkdir -p "$out" || exit 2
"$duban" status --since -7d -o "$out/status.html" || exit 2
"$duban" board -o "$out/board.html" || exit 2
"$duban" lagging --since -7d -o "$out/lagging.csv" || exit 2
"$duban" lagging --since -7d --exit-code -o "$out/lagging.html"
