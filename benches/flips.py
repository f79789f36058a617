#!/usr/bin/env python3
"""Flips single bytes of a store's file: no looking command may give another answer and call it good.

    cargo build --release
    python3 benches/flips.py [--duban target/release/duban] [--flips 1000] [--seed 1]

Each flip changes one byte of a copy of the sample's store, at a random place to a random value. Then every looking command runs:
what it says with exit code 0 must be what it says of the store as it was; else it must end with 2. Told is how many flips changed
an answer (must be 0), how many commands ended in any other way (must be 0), how many flips some command noticed, and how many
`verify` named. A flip in bytes that hold nothing is noticed by nobody. Runs in memory (/dev/shm) where there is one.
"""
import argparse, collections, os, random, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
from crash import Sample

LOOKING = ["status --format json", "lagging --format json", "board --all --format json", "score --format json", "todo --format json",
           "log --limit 100000 --format json", "audit --format json", "notice --list --format json", "notice 1", "export"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--duban", type=Path, default=Path(__file__).resolve().parent.parent / "target/release/duban")
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="duban-flips-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    try:
        sys.exit(measure(options, Sample(options.duban.resolve(), work)))
    finally:
        shutil.rmtree(work)


def measure(options, sample):
    def say(store, line):
        done = subprocess.run([sample.duban, "--store", store, *line.split()], cwd=sample.whole, env=sample.env, stdin=subprocess.DEVNULL,
                              capture_output=True)
        return done.returncode, done.stdout, done.stderr

    whole = (sample.whole / "duban.db").read_bytes()
    wanted = {line: say("duban.db", line)[:2] for line in LOOKING}
    assert all(code == 0 for code, _ in wanted.values()), wanted
    turn, tally = random.Random(options.seed), collections.Counter()
    flips = [(turn.randrange(len(whole)), turn.randrange(1, 256)) for _ in range(options.flips)]

    def flip(number):
        place, change = flips[number]
        name = f"flipped{number}.db"
        path = sample.whole / name
        path.write_bytes(whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1:])
        found = {line: say(name, line) for line in [*LOOKING, "verify"]}
        path.unlink()
        tally["flips"] += 1
        tally["named by verify"] += found.pop("verify")[0] == 2
        tally["noticed by another command"] += any(code == 2 for code, _, _ in found.values())
        for line, (code, out, err) in found.items():
            if code not in (0, 2):
                tally["ENDED OTHERWISE"] += 1
                print(f"byte {place} ^ {change}: {line}: exit {code}: {err[:200]}", flush=True)
            elif code == 0 and out != wanted[line][1]:
                tally["CHANGED AN ANSWER"] += 1
                print(f"byte {place} ^ {change}: {line}", flush=True)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(flip, range(len(flips))))
    for name in ("flips", "named by verify", "noticed by another command", "CHANGED AN ANSWER", "ENDED OTHERWISE"):
        print(f"{tally[name]:>8}  {name}")
    return 1 if tally["CHANGED AN ANSWER"] or tally["ENDED OTHERWISE"] else 0


if __name__ == "__main__":
    main()
