#!/usr/bin/env python3
"""duban beside the sqlite3 shell and Taskwarrior, on the same work: whole cold processes, in turn, medians and ratios.

    cargo build --release
    python3 benches/compare.py [--duban target/release/duban] [--before OLD] [--runs 15] [--without taskwarrior] [UNITS …]

Makes plans of 30, 1,000 and 30,000 units (or UNITS) with gen.py in a temporary folder and imports them into every tool.
Checks duban's status against the right answers in expect.json. Then runs the tools in turn (A B C A B C …), so that a
machine whose speed drifts drifts for all. Says which peer is not installed, and prints a table per size; a ratio is
peer / duban, of medians, so what is above 1 is slower than duban.

With `--before OLD` an older binary of duban is one more peer, and its own lists and notice stand beside the new ones: what it
is to show is that nothing became slower.

Last come duban's own `lagging`, `score` and `notice`, side by side: a notice and the scores may take twice as long as the
list. The plan has rules for points, so that a notice books for what is overdue and what was late. Then the same a fortnight
after a notice, when nothing was put right: the next one also tells what became of all that.

What is compared: `import` reads plan, roster and completions into a new store; `status` counts by task, `lagging` lists
every unit with its overdue tasks, `record` keeps one completion for good. sqlite3 answers by hand-written SQL on a schema
made for these questions; Taskwarrior has a task for each unit and task, and its nearest reports. Everything that is printed
is thrown away. duban runs from a copy of the binary, as an installed one would: what the linker has just written lies in the
page cache in small pieces, and takes half as long again to start. Taskwarrior takes seconds for each answer about 30,000
units: there it imports once and answers three times.
"""
import argparse, csv, json, os, shutil, statistics, subprocess, sys, tempfile, time, uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
AS_OF = "2026-06-30"
LATER = "2026-07-15"
ASSESSMENT = """
[assessment]
base = 100
floor = 0

[[assessment.rule]]
id = "overdue"
on = "overdue"
points = -1
cap = 10
again = 2

[[assessment.rule]]
id = "late"
on = "late"
points = -0.5
"""
LAGGING = """WITH late AS (SELECT u.id uid, t.id tid FROM task t CROSS JOIN unit u
 LEFT JOIN completion c ON c.task_id=t.id AND c.unit_id=u.id AND c.date<=20260630 WHERE t.due<20260630 AND c.task_id IS NULL)
SELECT u.code,u.name,count(*),group_concat(t.code) FROM late JOIN unit u ON u.id=late.uid JOIN task t ON t.id=late.tid
GROUP BY u.id,u.code,u.name ORDER BY u.code;"""
STATUS = """SELECT t.code,t.title,t.due,count(CASE WHEN c.date<=t.due THEN 1 END),count(CASE WHEN c.date>t.due THEN 1 END),
 CASE WHEN t.due<20260630 THEN (SELECT count(*) FROM unit)-count(c.date) ELSE 0 END,
 CASE WHEN t.due<20260630 THEN 0 ELSE (SELECT count(*) FROM unit)-count(c.date) END
FROM task t LEFT JOIN completion c ON c.task_id=t.id AND c.date<=20260630 GROUP BY t.id,t.code,t.title,t.due ORDER BY t.code;"""


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seconds(argv, folder, env=None):
    """Seconds of one whole process, from before it starts until it is reaped."""
    quiet = subprocess.DEVNULL
    begin = time.perf_counter()
    child = subprocess.Popen(argv, cwd=folder, env=env, stdin=quiet, stdout=quiet, stderr=quiet)
    child.wait()
    taken = time.perf_counter() - begin
    if child.returncode != 0:
        sys.exit(f"exit code {child.returncode}: {' '.join(argv)[:200]}")
    return taken


class Duban:
    def __init__(self, name, binary, data, folder):
        self.name, self.binary, self.folder, self.data = name, binary, folder, data
        for name in ("plan.toml", "roster.csv"):
            shutil.copy(data / name, folder)
        with open(folder / "plan.toml", "a", encoding="utf-8") as plan:
            plan.write(ASSESSMENT)
        self.env = {"DUBAN_TODAY": AS_OF, "DUBAN_LANG": "en", "DUBAN_ACTOR": "bench", "PATH": os.environ["PATH"],
                    "DUBAN_PLAN": "plan.toml"}
        self.open = open_pairs(data)

    def load(self):
        for path in self.folder.glob("*.db*"):
            path.unlink()
        return [self.binary, "import", str(self.data / "completions.csv")]

    def argv(self, what, turn):
        if what == "record":
            unit, task = self.open[turn % len(self.open)]
            return [self.binary, "done", unit, task]
        return [self.binary, what]

    def check(self, expect):
        out = subprocess.run([self.binary, "status", "--format", "json"], cwd=self.folder, env=self.env, capture_output=True)
        status = json.loads(out.stdout)
        got = {row["code"]: {"done": row["on_time"], "late": row["late"], "overdue": row["overdue"],
                             "pending": row["pending"] + row["due_soon"]} for row in status["rows"]}
        assert got == expect["per_task"], "status is not what expect.json says"
        assert status["lagging"] == expect["lagging_units"], "lagging is not what expect.json says"


class Sqlite:
    name = command = "sqlite3"

    def __init__(self, data, folder):
        self.folder, self.data, self.env, self.open = folder, data, None, open_pairs(data)
        (folder / "load.sql").write_text(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;\n"
            "CREATE TABLE task(id INTEGER PRIMARY KEY,code TEXT UNIQUE,phase TEXT,title TEXT,due INTEGER);\n"
            "CREATE TABLE unit(id INTEGER PRIMARY KEY,code TEXT UNIQUE,name TEXT,parent TEXT);\n"
            "CREATE TABLE completion(task_id INTEGER,unit_id INTEGER,date INTEGER NOT NULL,note TEXT,PRIMARY KEY(task_id,unit_id)) WITHOUT ROWID;\n"
            "CREATE TEMP TABLE rt(task,phase,title,due); CREATE TEMP TABLE ru(code,name,parent); CREATE TEMP TABLE rc(unit,task,date);\n"
            f".mode csv\n.import --skip 1 {data}/tasks.csv rt --schema temp\n.import --skip 1 {data}/units.csv ru --schema temp\n"
            f".import --skip 1 {data}/completions.csv rc --schema temp\n"
            "BEGIN; INSERT INTO task SELECT NULL,task,phase,title,replace(due,'-','') FROM rt;\n"
            "INSERT INTO unit SELECT NULL,code,name,parent FROM ru WHERE length(code)=12;\n"
            "INSERT INTO completion SELECT t.id,u.id,replace(r.date,'-',''),NULL FROM rc r JOIN task t ON t.code=r.task\n"
            " JOIN unit u ON u.code=r.unit ORDER BY 1,2;\nCOMMIT;\n")
        (folder / "lagging.sql").write_text(LAGGING)
        (folder / "status.sql").write_text(STATUS)

    def load(self):
        for path in self.folder.glob("p.db*"):
            path.unlink()
        return ["sqlite3", "-bail", "p.db", ".read load.sql"]

    def argv(self, what, turn):
        if what == "record":
            unit, task = self.open[turn % len(self.open)]
            return ["sqlite3", "p.db", "PRAGMA synchronous=FULL; INSERT OR IGNORE INTO completion SELECT t.id,u.id,20260629,NULL"
                    f" FROM task t,unit u WHERE t.code='{task}' AND u.code='{unit}'"]
        return ["sqlite3", "-csv", "p.db", f".read {what}.sql"]


class Taskwarrior:
    name, command = "taskwarrior", "task"

    def __init__(self, data, folder):
        self.folder, self.env, self.open = folder, None, []
        done = {(row["unit"], row["task"]): row["date"] for row in rows(data / "completions.csv")}
        units = [row for row in rows(data / "units.csv") if len(row["code"]) == 12]
        with open(folder / "in.json", "w", encoding="utf-8") as out:
            lines = []
            for task in rows(data / "tasks.csv"):
                for unit in units:
                    date = done.get((unit["code"], task["task"]))
                    number = str(uuid.uuid5(uuid.NAMESPACE_URL, unit["code"] + task["task"]))
                    entry = {"uuid": number, "description": f'{unit["name"]} {unit["code"]} {task["title"]}', "project": task["task"],
                             "entry": "20250901T000000Z", "due": task["due"].replace("-", "") + "T000000Z"}
                    if date:
                        entry |= {"status": "completed", "end": date.replace("-", "") + "T000000Z"}
                    else:
                        entry["status"] = "pending"
                        if task["due"] < AS_OF:
                            self.open.append(number)
                    lines.append(json.dumps(entry, ensure_ascii=False))
            out.write("[" + ",\n".join(lines) + "]")
        (folder / "rc").write_text("data.location=data\nconfirmation=off\nverbose=nothing\nhooks=off\nnews.version=9.9.9\n"
                                   "defaultwidth=200\ndetection=off\nsummary.all.projects=1\nreport.lag.columns=project,description,due\n"
                                   "report.lag.filter=status:pending\nreport.lag.sort=description+\n")

    def load(self):
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        (self.folder / "data").mkdir()
        return ["task", "rc:rc", "import", "in.json"]

    def argv(self, what, turn):
        return {"lagging": ["task", "rc:rc", f"due.before:{AS_OF}", "lag"], "status": ["task", "rc:rc", "summary"],
                "record": ["task", "rc:rc", self.open[-1 - turn % len(self.open)], "done"]}[what]


def open_pairs(data):
    done = {(row["unit"], row["task"]) for row in rows(data / "completions.csv")}
    units = [row["code"] for row in rows(data / "units.csv") if len(row["code"]) == 12]
    due = [row["task"] for row in rows(data / "tasks.csv") if row["due"] < AS_OF]
    return [(unit, task) for unit in units for task in due if (unit, task) not in done]


def rounds(tool, what, units, runs):
    """How often to run it after a first run that does not count; 0 = that first run counts."""
    if units <= 1000:
        return runs
    if tool.name == "taskwarrior":
        return 0 if what == "import" else 3
    return 3 if what == "import" else runs


def measure(tools, what, units, runs):
    """The seconds of every run of every tool, by its name."""
    wanted = {tool.name: rounds(tool, what, units, runs) for tool in tools}
    times = {tool.name: [] for tool in tools}
    for turn in range(max(wanted.values()) + 1):
        for tool in tools:
            if turn <= wanted[tool.name]:
                taken = seconds(tool.load() if what == "import" else tool.argv(what, turn), tool.folder, tool.env)
                if turn or not wanted[tool.name]:
                    times[tool.name].append(taken)
    return times


def compare(binaries, peers, top, units, runs):
    data = top / f"n{units}"
    subprocess.run([sys.executable, HERE / "gen.py", "--units", str(units), "--out", data], check=True, stdout=subprocess.DEVNULL)
    expect = json.loads((data / "expect.json").read_text())
    def folder(name):
        made = top / f"{name}{units}"
        made.mkdir()
        return made
    dubans = [Duban(name, binary, data, folder(name)) for name, binary in binaries.items()]
    tools = dubans + [peer(data, folder(peer.name)) for peer in peers]
    print(f"\n{units:,} units x 11 tasks: median ms of whole processes (peer / duban)")
    for what in ("import", "status", "lagging", "record"):
        medians = {name: statistics.median(taken) * 1000 for name, taken in measure(tools, what, units, runs).items()}
        if what == "import":
            dubans[0].check(expect)
        ratio = lambda name: "" if name == "duban" else f" ({medians[name] / medians['duban']:.1f}x)"
        print(f"  {what:8} " + "   ".join(f"{name} {median:,.1f}{ratio(name)}" for name, median in medians.items()), flush=True)
    alone(dubans, runs)


def alone(dubans, runs):
    """duban's lists and its notice beside one another, in turn; then once more, a fortnight after a notice was issued."""
    for when, today in (("no notice yet", AS_OF), ("after one", LATER)):
        times = {(duban.name, what): [] for what in ("lagging", "score", "notice") for duban in dubans}
        env = {"DUBAN_TODAY": today}
        for turn in range(runs + 1):
            for duban in dubans:
                for what in ("lagging", "score", "notice"):
                    once = seconds([duban.binary, what], duban.folder, duban.env | env)
                    if turn:
                        times[duban.name, what].append(once)
        for duban in dubans:
            medians = {what: statistics.median(taken) * 1000 for (name, what), taken in times.items() if name == duban.name}
            told = (f"{what} {median:,.1f} ({median / medians['lagging']:.2f} of lagging)" for what, median in medians.items())
            print(f"  {duban.name}, {when}: " + "   ".join(told), flush=True)
            seconds([duban.binary, "notice", "--issue"], duban.folder, duban.env | env)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("units", type=int, nargs="*", default=[30, 1000, 30000])
    parser.add_argument("--duban", default="target/release/duban")
    parser.add_argument("--before", metavar="OLD")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--without", action="append", default=[], metavar="PEER")
    options = parser.parse_args()
    wanted = {"duban": options.duban} | ({"before": options.before} if options.before else {})
    for binary in wanted.values():
        if not Path(binary).is_file():
            sys.exit(f"{binary} is not there: cargo build --release")
    peers = []
    for peer in (Sqlite, Taskwarrior):
        if peer.name in options.without:
            continue
        if shutil.which(peer.command):
            peers.append(peer)
        else:
            print(f"{peer.name} is left out: there is no `{peer.command}` here")
    with tempfile.TemporaryDirectory() as top:
        binaries = {}
        for name, binary in wanted.items():
            (Path(top) / name).mkdir()
            binaries[name] = str(shutil.copy(binary, Path(top) / name / "duban"))
        for units in options.units:
            compare(binaries, peers, Path(top), units, options.runs)


main()
