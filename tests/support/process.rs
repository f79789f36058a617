//! The real program in processes of its own, and a lock on the store that makes them wait.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::{Output, Project, words};

/// A command that runs.
pub(crate) struct Process {
    child: Child,
    line: String,
    folder: String,
}

/// The right to write to a project's store, taken away from everybody else. Readers go on.
pub(crate) enum Lock {
    /// The store's own lock.
    Store(Connection),
    /// The folder's, where there is no store yet: whoever creates one waits for it.
    Folder(File),
}

/// How long something may take that always comes, on the slowest machine.
const LONG: Duration = Duration::from_secs(30);

impl Project {
    /// The same project in a folder of its own.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self {
            folder: tempfile::tempdir().unwrap(),
            inside: self.inside.clone(),
            variables: self.variables.clone(),
            width: self.width,
            terminal: self.terminal,
            input: self.input.clone(),
        };
        copy_folder(self.folder.path(), copy.folder.path());
        copy
    }

    /// Starts a command in a process of its own. Nobody reads its standard output until its end.
    pub(crate) fn start(&self, line: &str) -> Process {
        let child = Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(words(line))
            .current_dir(self.folder.path().join(&self.inside))
            .env_clear()
            .envs(&self.variables)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Process {
            child,
            line: line.to_string(),
            folder: self.folder.path().to_str().unwrap().to_string(),
        }
    }

    /// Runs a command in a process of its own.
    pub(crate) fn process(&self, line: &str) -> Output {
        self.start(line).end()
    }

    /// Takes the right to write to `duban.db`, or to create it.
    pub(crate) fn lock(&self) -> Lock {
        if !self.path("duban.db").exists() {
            let folder = File::open(self.folder.path()).unwrap();
            folder.lock().unwrap();
            return Lock::Folder(folder);
        }
        let connection = Connection::open(self.path("duban.db")).unwrap();
        connection.busy_timeout(LONG).unwrap();
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        Lock::Store(connection)
    }

    /// Runs commands at once: each waits to write, or has ended, before any of them may.
    pub(crate) fn at_once(&self, lines: &[&str]) -> Vec<Output> {
        let lock = self.lock();
        let mut processes = Vec::new();
        for line in lines {
            let mut process = self.start(line);
            process.pause();
            processes.push(process);
        }
        lock.release();
        processes.into_iter().map(Process::end).collect()
    }

    /// Starts a command and halts it where it waits to write: what it has found out by then is from before all that
    /// happens until its end. One that ends without waiting has ended.
    pub(crate) fn halted(&self, line: &str) -> Process {
        let lock = self.lock();
        let mut process = self.start(line);
        process.pause();
        let began = Instant::now();
        while !process.has_ended() {
            process.signal("STOP");
            if lock.is_last() {
                return process;
            }
            let waited = began.elapsed();
            assert!(waited < LONG, "duban {line}: reads while it waits to write");
            // It was halted just as it tried for the lock, which lets nobody commit.
            process.signal("CONT");
            process.pause();
        }
        lock.release();
        process
    }

    /// Whether nobody reads the store at this moment, nor writes to it.
    pub(crate) fn is_store_free(&self) -> bool {
        let connection = Connection::open(self.path("duban.db")).unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        connection.execute_batch("BEGIN EXCLUSIVE").is_ok()
    }
}

impl Lock {
    /// Lets the others write.
    pub(crate) fn release(self) {
        if let Self::Store(connection) = self {
            connection.execute_batch("ROLLBACK").unwrap();
        }
    }

    /// Lets the others write where nobody else holds a lock of any kind, not even for a moment; else keeps it.
    fn is_last(&self) -> bool {
        let connection = match self {
            Self::Store(connection) => connection,
            Self::Folder(folder) => {
                folder.unlock().unwrap();
                return true;
            }
        };
        connection.execute_batch("ROLLBACK").unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        let last = connection
            .execute_batch("BEGIN EXCLUSIVE; ROLLBACK")
            .is_ok();
        if !last {
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        }
        last
    }
}

impl Process {
    /// Waits until the process has ended, or has the store open and sleeps: it waits for a lock then, there is nothing
    /// else that it waits for.
    pub(crate) fn pause(&mut self) {
        let began = Instant::now();
        let mut asleep = 0;
        while asleep < 4 && !self.has_ended() {
            assert!(
                began.elapsed() < LONG,
                "duban {}: neither waits nor ends",
                self.line
            );
            asleep = if self.sleeps_in_store() {
                asleep + 1
            } else {
                0
            };
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    fn sleeps_in_store(&self) -> bool {
        let Some(state) = self.state() else {
            // A system that does not tell: it has had the time.
            thread::sleep(Duration::from_millis(100));
            return true;
        };
        let files = format!("/proc/{}/fd", self.child.id());
        let mut open = fs::read_dir(files).into_iter().flatten().flatten();
        state == 'S'
            && open.any(|link| {
                let path = fs::read_link(link.path()).unwrap_or_default();
                path.extension().is_some_and(|ending| ending == "db")
                    || path.as_os_str() == self.folder.as_str()
            })
    }

    /// Running, sleeping, halted, as a letter.
    fn state(&self) -> Option<char> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        stat.rsplit(") ").next()?.chars().next()
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let status = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(status.success(), "{kill}");
        while name == "STOP" && self.state().is_some_and(|state| !"TZ".contains(state)) {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits for the first byte that it prints, and takes no other; `false` where it ends without one.
    pub(crate) fn first_byte(&mut self) -> bool {
        let stdout = self.child.stdout.as_mut().unwrap();
        stdout.read(&mut [0]).unwrap() == 1
    }

    /// What it said, once it has ended. Lets it go on where it was halted.
    pub(crate) fn end(mut self) -> Output {
        if self.state() == Some('T') {
            self.signal("CONT");
        }
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let (out, err) = (&mut self.child.stdout, &mut self.child.stderr);
        out.as_mut().unwrap().read_to_string(&mut stdout).unwrap();
        err.as_mut().unwrap().read_to_string(&mut stderr).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        Output {
            stdout: stdout.replace(&self.folder, "[folder]"),
            stderr: stderr.replace(&self.folder, "[folder]"),
            code: code.try_into().unwrap(),
        }
    }
}

impl Drop for Process {
    /// A test that fails leaves none behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
