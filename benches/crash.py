#!/usr/bin/env python3
"""Kills every writing command, and lets its disk fail: nothing acknowledged is lost, nothing is half there, `verify` accepts.

    cargo build --release
    python3 benches/crash.py [--duban target/release/duban] [--kills 1000] [--only COMMAND] [moments|calls|faults …]
    python3 benches/crash.py --server postgres://duban@127.0.0.1:5432/duban [--restart COMMAND] [moments|calls|sessions|restarts …]

moments   kills each command so many times at random moments of its life
calls     kills it before each of its system calls, one after the other (needs strace)
faults    lets each write, sync, rename, link and removal fail in turn, with no room left on the disk or a fault of it (needs strace)
sessions  lets the server end the command's session at random moments; the command lives on
restarts  kills the whole server at random moments, by a command that starts it again as well: one try for each twenty of the others

The store is a file or, with --server, two schemas on a PostgreSQL server (needs psql, and a role that may create schemas and end sessions).

After each, the store must be sound, and must hold either what it held before or that and all that the command records. Where
the command said that it had recorded something (exit code 0, or an id on standard output) it must be the latter. Where a command
that was not killed ended with 2, it should be the former: told is how often all was recorded nevertheless, as happens where
the disk fails only in the last sync. On a server it is the former, unless the command says that it does not know. A command on an output file must leave the old file, the new one, or none. Prints a row a
command, and exits with 1 where any of this does not hold. Each runs in a copy of the sample, in memory (/dev/shm) where there is one.
"""
import argparse, collections, json, os, random, shutil, signal, subprocess, sys, tempfile, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMANDS = {
    "done": "done 塘坝村 海报=2 --note 两条",
    "done with proof": "done 塘坝村 海报=2 --evidence photos/poster-001.jpg --evidence new.txt",
    "first done": "--store new.db done 塘坝村 海报=2",
    "import": "import --again list.csv",
    "apply": "--plan later.toml apply --reason 延期",
    "notice --issue": "notice --issue",
    "undo": "undo",
    "correct": "correct 塘坝村/海报 --count 3",
    "accept": "accept 柏林村/信息",
    "return": "return 柏林村/信息 --reason 模糊",
    "excuse": "excuse 洛咖村 海报 --reason 停电",
    "extend": "extend 洛咖村 海报 --due 2020-07-30 --reason 下雨",
    "instruct": "instruct 曝光 --due 2020-08-01 --reason 文件",
    "commend": "commend 永兴 --reason 好",
    "remind": "remind",
    "object": "object 石柱村 --notice 1 --reason 已办",
    "uphold": "uphold OBJECTION --reason 属实",
    "reverse": "reverse OBJECTION --reason 已核",
    "repair": "--store damaged.db repair",
    "backup": "backup -o new.zip",
    "restore": "restore old.zip restored",
    "export": "export -o old.jsonl",
}
# What each is about where the store is on a server.
ON_SERVER = {name: line.replace("--store new.db ", "--store NEW ").replace("--store damaged.db ", "") for name, line in COMMANDS.items()}
del ON_SERVER["restore"]  # It makes a file, whatever the backup is of.
FAULTS = [(call, error) for call, errors in {
    "pwrite64": ("ENOSPC", "EIO"), "write": ("ENOSPC",), "fsync": ("EIO",), "fdatasync": ("EIO", "ENOSPC"), "ftruncate": ("EIO",),
    "rename": ("EIO",), "renameat2": ("EIO",), "linkat": ("EIO",), "unlink": ("EIO",), "pread64": ("EIO",), "flock": ("ENOLCK",),
    "fchmod": ("EPERM",), "mkdir": ("ENOSPC",),
}.items() for error in errors]


class Sample:
    """A folder in which every command has something to do, and what each records when nobody harms it."""

    commands = COMMANDS

    def __init__(self, duban, work):
        self.duban, self.work, self.whole = duban, work, work / "whole"
        self.env = {"DUBAN_TODAY": "2020-07-03", "DUBAN_LANG": "en", "DUBAN_ACTOR": "clerk", "PATH": os.environ["PATH"]}
        self.ok(work, "demo", "whole")
        whole = self.whole
        for line in ("done 塘坝村 海报=1", "notice --issue", "object 洛咖村 --notice 1 --reason 已完成"):
            self.said = self.ok(whole, *line.split()).strip()
        self.env["DUBAN_TODAY"] = "2020-07-10"
        (whole / "new.txt").write_text("a proof that is not kept yet")
        units = [line.split(",")[0] for line in (whole / "units.csv").read_text().splitlines()[2:20]]
        rows = [f"{unit},banner,2020-06-{day:02},1,row {day}" for unit in units for day in range(16, 30)]
        (whole / "list.csv").write_text("unit,task,on,count,note\n" + "\n".join(rows) + "\n")
        plan = (whole / "duban.toml").read_text()
        (whole / "later.toml").write_text(plan.replace("2020-12-31", "2020-12-30"))
        self.ok(whole, "backup", "-o", "old.zip")
        self.ok(whole, "export", "-o", "old.jsonl")
        shutil.copy(whole / "duban.db", whole / "damaged.db")
        import sqlite3
        raw = sqlite3.connect(whole / "damaged.db")
        raw.execute("DELETE FROM page WHERE no = 1")
        raw.commit()
        raw.close()

    def ok(self, folder, *line):
        done = subprocess.run([self.duban, *line], cwd=folder, env=self.env, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"duban {' '.join(line)}: {done.stderr}")
        return done.stdout

    def line(self, name):
        return [str(self.duban), *self.commands[name].replace("OBJECTION", self.said).split()]

    def start(self, name, before=(), **streams):
        """Starts a command in a fresh copy; the copy and the process."""
        folder = Path(tempfile.mkdtemp(dir=self.work))
        shutil.copytree(self.whole, folder, dirs_exist_ok=True)
        child = subprocess.Popen([*before, *self.line(name)], cwd=folder, env=self.env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **streams)
        return folder, child

    def entries(self, folder, store="duban.db"):
        """How many entries a store has that verify accepts; a text where it does not."""
        if not (folder / store).exists():
            return 0
        return self.verified(folder, store)

    def verified(self, folder, store):
        found = subprocess.run([self.duban, "--store", store, "verify", "--format", "json"], cwd=folder, env=self.env,
                               capture_output=True, text=True)
        if found.returncode != 0:
            return f"verify: {found.stdout[:300]}{found.stderr[:300]}"
        return json.loads(found.stdout)["entries"]

    def before(self, name):
        return self.state(name, self.whole)

    def leave(self):
        pass

    def state(self, name, folder):
        """What a command left, as a value that can be compared."""
        match name:
            case "first done":
                return self.entries(folder, "new.db")
            case "repair":
                # Damaged as before, or sound.
                return "sound" if isinstance(self.entries(folder, "damaged.db"), int) else "before"
            case "backup":
                if not (folder / "new.zip").exists():
                    return self.entries(folder)
                self.ok(folder, "restore", "new.zip", "copy")
                return "whole", self.entries(folder / "copy"), self.entries(folder)
            case "restore":
                return ("whole", self.entries(folder / "restored")) if (folder / "restored").exists() else "none"
            case "export":
                return subprocess.run([self.duban, "verify", "old.jsonl"], cwd=folder, env=self.env, capture_output=True).returncode
            case _:
                return self.entries(folder)


class OnServer(Sample):
    """The same with its store on a server: in a schema that each try fills anew from another."""

    commands = ON_SERVER

    def __init__(self, duban, work, url):
        self.url, self.shell, self.mark = url, None, f"crash{os.getpid()}"
        super().__init__(duban, work)
        self.ok(self.whole, "export", "-o", "all.jsonl")
        self.ok(self.whole, "--store", self.store("base"), "import", "all.jsonl")
        for name in ("all.jsonl", "duban.db", "damaged.db"):
            (self.whole / name).unlink()
        self.env["DUBAN_STORE"] = self.store("try")
        base, own = self.schema("base"), self.schema("try")
        tables = self.ask(f"SELECT tablename FROM pg_tables WHERE schemaname = '{base}'").split()
        self.ask(f"CREATE SCHEMA {own};" + "".join(f"CREATE TABLE {own}.{table} (LIKE {base}.{table} INCLUDING ALL);" for table in tables))
        # Whoever is still at it is waited for.
        self.anew = f"BEGIN; TRUNCATE {', '.join(f'{own}.{table}' for table in tables)};"
        self.anew += "".join(f"INSERT INTO {own}.{table} SELECT * FROM {base}.{table};" for table in tables) + "COMMIT;"

    def schema(self, name):
        return f"duban_{self.mark}_{name}"

    def store(self, name):
        return f"{self.url}{'&' if '?' in self.url else '?'}plan={self.mark}_{name}"

    def ask(self, sql):
        """What the server answers, by one shell that stays."""
        if self.shell is None or self.shell.poll() is not None:
            self.shell = subprocess.Popen(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", self.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          text=True, env={"PATH": os.environ["PATH"], "PGOPTIONS": "-c client_min_messages=warning"})
        self.shell.stdin.write(f"{sql};\n\\echo answered\n")
        self.shell.stdin.flush()
        answer = []
        for line in self.shell.stdout:
            if line == "answered\n":
                return "".join(answer)
            answer.append(line)
        sys.exit(f"psql: no answer to {sql[:80]}")

    def line(self, name):
        return [word.replace("NEW", self.store("new")) for word in super().line(name)]

    def fill(self, name):
        self.ask(self.anew)
        if name == "first done":
            self.ask(f"DROP SCHEMA IF EXISTS {self.schema('new')} CASCADE")
        if name == "repair":
            self.ask(f"DELETE FROM {self.schema('try')}.page WHERE no = 1")

    def start(self, name, before=(), **streams):
        self.fill(name)
        return super().start(name, before, **streams)

    def before(self, name):
        self.fill(name)
        return super().before(name)

    def entries(self, folder, store=None):
        match store:
            case "new.db":
                sql = f"SELECT count(*) FROM pg_namespace WHERE nspname = '{self.schema('new')}'"
                return self.verified(folder, self.store("new")) if self.ask(sql).strip() == "1" else 0
            case "damaged.db" | None:
                return self.verified(folder, self.store("try"))
            case _:
                return super().entries(folder, store)

    def end_session(self):
        """Ends the sessions of everybody else; tells how many."""
        sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        return int(self.ask(f"{sql} WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"))

    def leave(self):
        for name in ("base", "try", "new"):
            self.ask(f"DROP SCHEMA IF EXISTS {self.schema(name)} CASCADE")
        self.shell.communicate()


class Tally(collections.Counter):
    def judge(self, name, sample, folder, code, said, before, after, told=""):
        """Counts what came of a command whose end is known."""
        found = sample.state(name, folder)
        shutil.rmtree(folder)
        acknowledged = code == 0 or (said.endswith("\n") and name not in ("remind", "export", "backup", "restore", "repair"))
        self["tried"] += 1
        self["acknowledged"] += acknowledged
        self["refused, nothing left"] += code == 2 and found == before
        self["refused, all there"] += code == 2 and found == after != before
        unsure = "not known" in told
        self["not known"] += unsure
        untrue = code == 2 and found != before and told and not unsure
        if found not in (before, after) or acknowledged and found != after or untrue:
            self["WRONG"] += 1
            print(f"{name}: exit {code}, said {said[:60]!r} {told[:200]!r}, left {found}, before {before}, after {after}", file=sys.stderr)


def ended(child):
    out, _ = child.communicate()
    return child.returncode, out


def life_of(sample, name):
    """How long a command takes: the middle of three."""
    lives = []
    for _ in range(3):
        folder, child = sample.start(name)
        began = time.perf_counter()
        child.wait()
        lives.append(time.perf_counter() - began)
        shutil.rmtree(folder)
    return sorted(lives)[1]


def moments(sample, name, before, after, options):
    tally, life, turn = Tally(), life_of(sample, name), random.Random(name)
    for _ in range(options.kills):
        folder, child = sample.start(name)
        time.sleep(turn.random() * life * 1.1)
        child.send_signal(signal.SIGKILL)
        code, out = ended(child)
        tally["killed"] += code < 0
        tally.judge(name, sample, folder, code, out, before, after)
    return tally


def sessions(sample, name, before, after, options):
    tally, life, turn = Tally(), life_of(sample, name), random.Random(name)
    for _ in range(options.kills):
        folder, child = sample.start(name)
        time.sleep(turn.random() * life * 1.1)
        tally["session ended"] += sample.end_session() > 0
        out, told = child.communicate()
        tally.judge(name, sample, folder, child.returncode, out, before, after, told)
    return tally


def restarts(sample, name, before, after, options):
    tally, life, turn = Tally(), life_of(sample, name), random.Random(name)
    for _ in range(max(1, options.kills // 20)):
        folder, child = sample.start(name)
        time.sleep(turn.random() * life * 1.1)
        tally["server killed in mid-command"] += child.poll() is None
        subprocess.run(options.restart, shell=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sample.shell.communicate()
        out, told = child.communicate()
        tally.judge(name, sample, folder, child.returncode, out, before, after, told)
    return tally


def calls_of(sample, name):
    """How often a command makes each system call, from where it looks for its files on."""
    log = sample.work / "calls"
    folder, child = sample.start(name, ["strace", "-f", "-o", str(log)])
    ended(child)
    shutil.rmtree(folder)
    counts = collections.Counter()
    for line in log.read_text().splitlines():
        call = line.split(maxsplit=1)[1].split("(")[0]
        if call.replace("_", "").isalnum() and "(" in line and not call.startswith("exit") and call != "execve":
            counts[call] += 1
    return counts


def calls(sample, name, before, after, options):
    tally = Tally()
    for call, times in calls_of(sample, name).items():
        if call in ("mmap", "munmap", "mprotect", "brk", "futex", "rt_sigaction", "madvise", "clone3", "rseq", "getrandom"):
            continue
        for when in range(1, times + 1):
            folder, child = sample.start(name, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}"])
            code, out = ended(child)
            tally["killed"] += code not in (0, 2)
            tally.judge(name, sample, folder, code, out, before, after)
    return tally


def faults(sample, name, before, after, options):
    tally, counts = Tally(), calls_of(sample, name)
    for call, error in FAULTS:
        for when in range(1, counts[call] + 1):
            folder, child = sample.start(name, ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"])
            code, out = ended(child)
            if code == 127:
                # The program was not even loaded.
                shutil.rmtree(folder)
                continue
            if code not in (0, 2):
                tally["WRONG"] += 1
                print(f"{name}: exit {code} where the {when}. {call} fails with {error}", file=sys.stderr)
            tally.judge(name, sample, folder, code, out, before, after)
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", nargs="*", choices=[[], "moments", "calls", "faults", "sessions", "restarts"])
    parser.add_argument("--duban", default=HERE.parent / "target/release/duban")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--only", action="append", choices=COMMANDS)
    parser.add_argument("--server", help="the address of a database in which schemas may be made")
    parser.add_argument("--restart", help="a command that kills that server at once and starts it again")
    options = parser.parse_args()
    if options.server:
        options.how = options.how or ["moments", "sessions"] + ["restarts"] * bool(options.restart)
    else:
        options.how = options.how or ["moments", "calls", "faults"]
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    work = Path(tempfile.mkdtemp(prefix="duban-crash-", dir=memory))
    wrong, sample = 0, None
    try:
        duban = Path(options.duban).resolve()
        sample = OnServer(duban, work, options.server) if options.server else Sample(duban, work)
        ways = {"moments": moments, "calls": calls, "faults": faults, "sessions": sessions, "restarts": restarts}
        for how in options.how:
            print(how)
            for name in options.only or sample.commands:
                before = sample.before(name)
                folder, child = sample.start(name)
                code, out = ended(child)
                if code != 0:
                    sys.exit(f"{name}: exit {code}")
                after = sample.state(name, folder)
                shutil.rmtree(folder)
                tally = ways[how](sample, name, before, after, options)
                wrong += tally["WRONG"]
                print(f"  {name:<16}", ", ".join(f"{count} {what}" for what, count in tally.items() if count), flush=True)
    finally:
        if sample:
            sample.leave()
        shutil.rmtree(work)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
