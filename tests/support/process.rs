//! The real program in processes of its own, and a queue in which they wait to write.

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

    /// Runs commands at once: each has begun, in this order, and waits for its turn to write, or has ended, before any of them may write.
    pub(crate) fn at_once(&self, lines: &[&str]) -> Vec<Output> {
        let queue = File::open(self.folder.path()).unwrap();
        queue.lock().unwrap();
        let begin = |line: &&str| {
            let mut process = self.start(line);
            process.pause();
            process
        };
        let processes: Vec<Process> = lines.iter().map(begin).collect();
        drop(queue);
        processes.into_iter().map(Process::end).collect()
    }

    /// Whether nobody reads the store at this moment, nor writes to it.
    pub(crate) fn is_store_free(&self) -> bool {
        let connection = Connection::open(self.path("duban.db")).unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        connection.execute_batch("BEGIN EXCLUSIVE").is_ok()
    }
}

impl Process {
    /// Waits until the process has ended, or stands in the queue of those who want to write.
    fn pause(&mut self) {
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() && !self.is_in_queue() {
            let waited = began.elapsed();
            assert!(waited < LONG, "duban {}: neither waits nor ends", self.line);
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn is_in_queue(&self) -> bool {
        let Ok(locks) = fs::read_to_string("/proc/locks") else {
            // A system that does not tell: it has had the time.
            thread::sleep(Duration::from_millis(200));
            return true;
        };
        let waits = format!(" WRITE {} ", self.child.id());
        let mut waiting = locks.lines().filter(|line| line.contains("-> FLOCK "));
        waiting.any(|line| line.contains(&waits))
    }

    /// Waits for the first byte that it prints, and takes no other; `false` where it ends without one.
    pub(crate) fn first_byte(&mut self) -> bool {
        let stdout = self.child.stdout.as_mut().unwrap();
        stdout.read(&mut [0]).unwrap() == 1
    }

    /// What it said, once it has ended.
    pub(crate) fn end(mut self) -> Output {
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
