//! The real program in processes of its own, and a queue in which they wait to write.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};
use rusqlite::Connection;

use super::{Output, Project, words};

/// A command that runs.
pub(crate) struct Process {
    child: Child,
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
            folder: self.folder.path().to_str().unwrap().to_string(),
        }
    }

    /// Runs a command in a process of its own.
    pub(crate) fn process(&self, line: &str) -> Output {
        self.start(line).end()
    }

    /// Runs commands at once: each has begun, in this order, and waits for its turn to write, or has ended, before any of them may write.
    pub(crate) fn at_once(&self, lines: &[&str]) -> Vec<Output> {
        let mut queue = Queue::of(self);
        let mut processes = Vec::new();
        for line in lines {
            processes.push(self.start(line));
            queue.wait_for(&mut processes);
        }
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

/// The right to write to a project's store, taken away from everybody else, who stand in a queue for it.
enum Queue {
    /// Of a file: its folder's lock.
    #[expect(dead_code, reason = "it is held, not asked")]
    Folder(File),
    /// Of a server: the lock of its row; where there is no store yet, of the schema's name.
    Server(Box<Client>),
}

impl Queue {
    fn of(project: &Project) -> Self {
        let Some(store) = project.variable("DUBAN_STORE") else {
            let folder = File::open(project.folder.path()).unwrap();
            folder.lock().unwrap();
            return Self::Folder(folder);
        };
        let (url, plan) = store.split_once("plan=").unwrap();
        let mut client = Client::connect(url.trim_end_matches(['?', '&']), NoTls).unwrap();
        let is_made = format!("SELECT to_regclass('duban_{plan}.queue') IS NOT NULL");
        let lock = match client.query_one(&is_made, &[]).unwrap().get(0) {
            true => format!("BEGIN; SELECT id FROM duban_{plan}.queue FOR UPDATE"),
            false => format!("BEGIN; CREATE SCHEMA duban_{plan}"),
        };
        client.batch_execute(&lock).unwrap();
        Self::Server(Box::new(client))
    }

    /// Waits until each of the processes has ended, or stands in the queue.
    fn wait_for(&mut self, processes: &mut [Process]) {
        let began = Instant::now();
        while !self.holds(processes) {
            assert!(began.elapsed() < LONG, "one neither waits nor ends");
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn holds(&mut self, processes: &mut [Process]) -> bool {
        let running = processes.iter_mut().filter_map(Process::running);
        let running: Vec<u32> = running.collect();
        match self {
            Self::Folder(_) => {
                let Ok(locks) = fs::read_to_string("/proc/locks") else {
                    // A system that does not tell: it has had the time.
                    thread::sleep(Duration::from_millis(200));
                    return true;
                };
                let waits = |id: &u32| {
                    let own = format!(" WRITE {id} ");
                    let mut waiting = locks.lines().filter(|line| line.contains("-> FLOCK "));
                    waiting.any(|line| line.contains(&own))
                };
                running.iter().all(waits)
            }
            Self::Server(client) => {
                // Whoever waits for one who waits stands in the queue too.
                let sql = "WITH RECURSIVE queue(pid) AS (SELECT pg_backend_pid() UNION SELECT l.pid
                    FROM pg_locks l JOIN queue q ON q.pid = ANY (pg_blocking_pids(l.pid)) WHERE NOT l.granted)
                    SELECT count(*) - 1 FROM queue";
                let waiting: i64 = client.query_one(sql, &[]).unwrap().get(0);
                usize::try_from(waiting).unwrap() >= running.len()
            }
        }
    }
}

impl Process {
    /// Its number, as long as it has not ended.
    fn running(&mut self) -> Option<u32> {
        let ended = self.child.try_wait().unwrap();
        ended.is_none().then(|| self.child.id())
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
