#!/usr/bin/env python3
"""Many clerks at once: nothing lost, nothing doubled, how long a command takes, and whether anybody starves.

    cargo build --release
    python3 benches/load.py [--duban target/release/duban] [--clerks 200] [--rounds 5] [--folder DIR] [--store PATH|URL] [--backup] [--crash COMMAND]

First a rush: every clerk starts one `done` at the same moment. Then a day: each clerk, one command after another, so many
rounds of done, accept, import (three rows), undo (of the import) and status; with --backup, `backup` runs all the while, and
each copy is restored and verified. Each clerk is a process after the other of its own, so that many wait at any moment.

Prints for each command how often it ran, the median, the 99th percentile and the longest time in milliseconds, from the
start of the process to its end, and the longest ÷ the median; and the slowest clerk ÷ the median clerk of the day. Who comes
first served first gives 2.0 for the rush: the last waits for all, the median for half. Then reads the journal: every id that
was acknowledged stands in it once, and every command that ended well left what it should. Exits with 1 where something is
lost, doubled, failed or unsound.

--store gives the store to every command, so that another backend is measured alike; it must not exist yet. --crash runs a
shell command in the middle of the day, which kills the server and starts it again: whoever is then told that nothing is
recorded types the command once more, and whoever is told that it is not known looks as the hint says.
"""
import argparse, collections, json, os, re, shutil, statistics, subprocess, sys, tempfile, threading, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLAN = """
[plan]
id = "load"
title = "Load"
issuer = "Office"
issued = 2020-06-01
lang = "en"
timezone = "+00:00"
roster = "units.csv"

[[phase]]
id = "p1"
name = "First"
from = 2020-06-01
to = 2020-08-31

[[phase.activity]]
id = "work"
name = "Work"
due = 2020-06-30
who = ["village"]
"""
TASK = """
[[phase.activity.task]]
id = "{0}"
name = "Hang {0}"
short = "{0}"
target = {{ count = 9, measure = "pcs" }}
"""
TASKS = ["banner", "poster", "leaflet", "board"]


class Office:
    """A folder with a plan, and how its commands are run."""

    def __init__(self, options, folder):
        self.duban, self.folder = Path(options.duban).resolve(), folder
        self.env = {"DUBAN_TODAY": "2020-07-03", "DUBAN_LANG": "en", "PATH": os.environ["PATH"]}
        self.env |= {name: value for name, value in os.environ.items() if name.startswith("PG")}
        if options.store:
            self.env["DUBAN_STORE"] = options.store
        units = "code,name,kind\n" + "".join(f"v{n},Village {n},village\n" for n in range(options.clerks))
        (folder / "units.csv").write_text(units)
        (folder / "duban.toml").write_text(PLAN + "".join(map(TASK.format, TASKS)))
        for n in range(options.clerks):
            rows = "".join(f"v{n},{task},2020-07-0{day},1\n" for day, task in enumerate(TASKS[1:], 1))
            (folder / f"list{n}.csv").write_text("unit,task,on,count\n" + rows)

    def run(self, actor, *line):
        """Runs a command; gives exit code, standard output, standard error and the milliseconds it took."""
        began = time.perf_counter()
        child = subprocess.run([self.duban, *line], cwd=self.folder, env=self.env | {"DUBAN_ACTOR": actor},
                               stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return child.returncode, child.stdout, child.stderr, (time.perf_counter() - began) * 1e3

    def ok(self, *line):
        code, out, err, _ = self.run("office", *line)
        if code != 0:
            sys.exit(f"duban {' '.join(line)}: {err}")
        return out


def at_once(count, work):
    """Calls `work` in so many threads, which all begin when the last is ready."""
    ready = threading.Barrier(count)
    def one(n):
        ready.wait()
        work(n)
    threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def table(title, times):
    print(f"\n{title:<22}{'runs':>7}{'median':>10}{'p99':>10}{'longest':>10}   ms  longest ÷ median")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"  {name:<20}{len(values):>7}{median:>10.1f}{percentile(values, .99):>10.1f}{max(values):>10.1f}{max(values) / median:>12.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--duban", default=HERE.parent / "target/release/duban")
    parser.add_argument("--clerks", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", help="where to work; default a temporary one")
    parser.add_argument("--store", help="the store's path or URL; default a file beside the plan")
    parser.add_argument("--backup", action="store_true", help="back up all the while")
    parser.add_argument("--crash", metavar="COMMAND", help="run this in the middle of the day: it kills the server and starts it again")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="duban-load-", dir=options.folder))
    try:
        sys.exit(measure(options, Office(options, folder), folder))
    finally:
        shutil.rmtree(folder)


def measure(options, office, folder):
    office.ok("apply")
    lock, faults = threading.Lock(), []
    acknowledged, ran = [], collections.Counter()
    told, crashed = collections.Counter(), threading.Event()

    def once(n, line):
        """Runs a command until it is known what came of it."""
        while True:
            code, out, err, took = office.run(f"clerk{n}", *line)
            if code == 0 or not crashed.is_set():
                return code, out, err, took
            asked = re.search("`duban show (\\w+)`", err)
            if asked:
                told["not known"] += 1
                found = 2, "", "cannot reach"
                while "cannot reach" in found[2]:
                    found = office.run(f"clerk{n}", "show", asked[1])
                if found[0] == 0:
                    return 0, asked[1] if line[0] == "done" else "", "", took
            elif "nothing was" not in err and "cannot reach" not in err:
                return code, out, err, took
            else:
                told["nothing recorded"] += 1
                time.sleep(0.2)

    def step(times, n, name, *line):
        code, out, err, took = once(n, line)
        with lock:
            times[name].append(took)
            if code != 0:
                faults.append(f"clerk{n}: {' '.join(line)}: {err.strip()}")
            else:
                ran[name] += 1
                if name == "done":
                    acknowledged.append(out.strip())
        return took

    rush = collections.defaultdict(list)
    at_once(options.clerks, lambda n: step(rush, n, "done", "done", f"v{n}", "banner=1"))
    table("the rush", rush)

    day, waits = collections.defaultdict(list), [0.0] * options.clerks
    over, copies = threading.Event(), []

    def backups():
        while not over.is_set():
            name = f"backup{len(copies)}.zip"
            code, _, err, took = office.run("office", "backup", "-o", name)
            copies.append((name, took))
            if code != 0:
                faults.append(f"backup: {err.strip()}")

    def clerk(n):
        for _ in range(options.rounds):
            for name, *line in (("done", "done", f"v{n}", "banner=1"), ("accept", "accept", f"v{n}/banner"),
                                ("import", "import", f"list{n}.csv"), ("undo", "undo"), ("status", "status")):
                waits[n] += step(day, n, name, *line)

    def crash():
        while sum(map(len, day.values())) < options.clerks * options.rounds * 5 / 2:
            time.sleep(0.01)
        crashed.set()
        subprocess.run(options.crash, shell=True, check=True, stdout=subprocess.DEVNULL)

    if options.crash:
        threading.Thread(target=crash).start()
    keeper = threading.Thread(target=backups)
    if options.backup:
        keeper.start()
    began = time.perf_counter()
    at_once(options.clerks, clerk)
    lasted = time.perf_counter() - began
    over.set()
    if options.backup:
        keeper.join()
    table("the day", day)
    writing = sum(len(values) for name, values in day.items() if name != "status")
    print(f"  {writing / lasted:.0f} writing commands a second, {len(day['status']) / lasted:.0f} others")
    print(f"  slowest clerk ÷ median clerk = {max(waits) / statistics.median(waits):.2f}")
    if options.crash:
        print(f"  the server was killed: {told['nothing recorded']} commands were told that nothing is recorded, {told['not known']} that it is not known")

    log = [json.loads(line) for line in office.ok("log", "--limit", "10000000", "--format", "jsonl").splitlines()]
    kinds, ids = collections.Counter(row["kind"] for row in log), collections.Counter(row["id"] for row in log)
    faults += [f"lost: {name}" for name in acknowledged if ids[name] == 0]
    faults += [f"doubled: {name}" for name, times in ids.items() if times > 1]
    if len(set(acknowledged)) != len(acknowledged):
        faults.append("two commands were given one id")
    wanted = {"record": ran["done"] + 3 * ran["import"], "accept": ran["accept"], "undo": 3 * ran["undo"]}
    for kind, times in wanted.items():
        if kinds[kind] != times:
            faults.append(f"{kinds[kind]} entries of kind {kind}, not {times}")
    counted = sum(row["count"] or 0 for row in json.loads(office.ok("show", "banner", "--format", "json"))["rows"])
    if counted != ran["done"]:
        faults.append(f"{counted} banners, not {ran['done']}")
    office.ok("verify")
    for at, (name, _) in enumerate(copies):
        office.ok("restore", name, f"restored{at}")
        code, _, err, _ = office.run("office", "verify", "--plan", f"restored{at}/duban.toml", "--store", f"restored{at}/duban.db")
        if code != 0:
            faults.append(f"{name}: {err.strip()}")
    if copies:
        print(f"  {len(copies)} backups meanwhile, median {statistics.median(took for _, took in copies):.0f} ms: each restored and verified")
    for fault in faults[:20]:
        print(fault)
    print(f"\n{len(acknowledged)} acknowledged, {len(faults)} lost, doubled, failed or unsound")
    return 1 if faults else 0


if __name__ == "__main__":
    main()
