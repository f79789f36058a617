#!/bin/sh
# Spoils valid input of every kind and has it read, for an hour: benches/fuzz.sh [TARGET]
# DUBAN_FUZZ_SECONDS says how long in all. Each round has other seeds. Memory is held to 4 GB a process, so that what asks for more fails.
# What fails is told, and left in target/fuzz; once mended it belongs in tests/fixtures/fuzz/TARGET, which `cargo test` reads each time.
set -eu
cd "$(dirname "$0")/.."
cargo test --lib --no-run
targets=$(cargo test -q --lib "fuzz::targets::${1:-}" -- --list | sed -n 's/: test$//p')
count=$(echo "$targets" | wc -l)
each=$((${DUBAN_FUZZ_SECONDS:-3600} / count))
ulimit -v 4194304
rm -f target/fuzz/*.running
for target in $targets; do
    DUBAN_FUZZ_SECONDS=$each RUST_BACKTRACE=0 cargo test -q --lib "$target" -- --exact --nocapture 2>&1 | grep -vE '^$|^running|^\.$|tests/fixtures' ||
        true
done
# Each leaves its last input until it has ended well.
! ls target/fuzz/*.running 2>/dev/null
