#!/bin/sh
# Publishes the week into a folder of weeks, for cron, and mails it where WEEKLY_TO names somebody:
#
#   30 8 * * 5  DUBAN_PLAN=/srv/census/duban.toml WEEKLY_TO=leader@example.org /srv/census/weekly.sh /srv/www/census
#
# The folder gets an index.html and a folder for each week (2020-W28) with the report as page, text, document and JSON. A run that finds
# nothing changed writes and mails nothing, so that it may run as often as it likes; a mail that could not go out goes out with the next
# run. Ends with 2 when something went wrong, else 0.
set -u
out=${1:?usage: weekly.sh FOLDER}
duban=${DUBAN:-duban}
sendmail=${SENDMAIL:-sendmail}

week=$("$duban" --quiet report --archive "$out" --if-changed) || exit 2
if [ -z "${WEEKLY_TO:-}" ]; then exit 0; fi

# A week is to be mailed until it was: what could not go out goes out with the next run.
owed=$out/.to-mail
if [ -n "$week" ]; then printf '%s\n' "$week" > "$owed" || exit 2; fi
if [ ! -s "$owed" ]; then exit 0; fi
week=$(cat "$owed")

# The sentences are the body, the page is attached.
part() { # part TYPE DISPOSITION FILE
  printf -- '--week\nContent-Type: %s; charset=utf-8\nContent-Transfer-Encoding: base64\nContent-Disposition: %s\n\n' "$1" "$2"
  base64 < "$3"
}
{
  printf 'To: %s\nSubject: =?UTF-8?B?%s?=\n' "$WEEKLY_TO" "$(head -n 1 "$week/report.txt" | tr -d '\n' | base64 | tr -d '\n')"
  printf 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=week\n\n'
  part text/plain inline "$week/report.txt"
  part text/html "attachment; filename=$(basename "$week").html" "$week/report.html"
  printf -- '--week--\n'
} | "$sendmail" -t || exit 2
rm -f "$owed"
