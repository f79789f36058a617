//! Every pair of commands that write, in both orders: both have looked before the first writes.

use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;

use super::{Outcome, amended, unwritten};
use crate::support::server::Shared;
use crate::support::{Output, Project};

/// Of the pairs every so-manyth is raced on a server too: all of them were once, which takes four times as long as on files.
const ON_SERVER: usize = 5;

/// What is typed. `{record}` is one of v1's banners.
const LINES: [&str; 26] = [
    "done v1 banner=2",
    "done v1 banner --total 3",
    "done v1 visits --total 4",
    "import list.csv",
    "import journal.jsonl",
    "done v1 banner --total 3",
    "correct {record} --count 5",
    "correct v1/banner --count 2",
    "undo {record}",
    "undo v1/banner",
    "undo",
    "accept {record}",
    "accept --kind village",
    "return {record} --reason blurred",
    "return v1/banner --reason blurred",
    "excuse v1 banner --reason flood",
    "extend v1 banner --due 7-20 --reason flood",
    "instruct notice --due 7-31 --reason 'order 7'",
    "commend v1 --reason 'seen by all'",
    "remind",
    "notice --issue",
    "object v1 banner --notice 1 --reason 'they hang'",
    "object v1 --notice 1 --reason 'all is done'",
    "uphold v2/banner --reason no",
    "reverse v2/banner --reason yes",
    "apply --reason amended",
];

/// What can be the first that is ever written.
const FIRST: [&str; 10] = [
    "done v1 banner=2",
    "done v1 visits --total 4",
    "import list.csv",
    "excuse v1 banner --reason flood",
    "extend v1 banner --due 7-20 --reason flood",
    "instruct notice --due 7-31 --reason 'order 7'",
    "commend v1 --reason 'seen by all'",
    "remind",
    "notice --issue",
    "apply --reason begun",
];

/// A project from which commands start, and what came of each alone.
pub(crate) struct Start {
    project: Project,
    /// The same with its store on a server, where there is one.
    pub(crate) on_server: Option<Shared>,
    pub(crate) lines: Vec<String>,
    /// What the plan file says from the moment on at which somebody applies it.
    amendment: Option<String>,
    after: Vec<OnceLock<(Project, Output)>>,
}

impl Start {
    /// Something of everything has been recorded.
    pub(crate) fn eventful() -> Self {
        let mut project = unwritten();
        let record = prepare(&mut project);
        let other = project.copy();
        other.ok(&format!("return {record} --reason 'from afar'"));
        other.ok("done v1 banner=1 --on 6-28");
        other.ok("excuse v1 visits --reason moved");
        project.write("journal.jsonl", other.ok("export").stdout);
        project.on("2020-07-03");
        let on_server = Shared::of(unwritten()).map(|mut shared| {
            // The ids are the same in every run.
            assert_eq!(prepare(&mut shared.project), record);
            shared.project.on("2020-07-03");
            shared
                .project
                .write("journal.jsonl", project.read("journal.jsonl"));
            shared
        });
        let lines = LINES.map(|line| line.replace("{record}", &record));
        Self::new(project, on_server, lines.to_vec(), Some(amended()))
    }

    /// Nothing has been recorded.
    fn unwritten() -> Self {
        let [project, other] = [unwritten(), unwritten()];
        for project in [&project, &other] {
            project.write("list.csv", "unit,task,on,count\nv1,banner,2020-06-28,2\n");
        }
        let lines = FIRST.map(str::to_string);
        Self::new(project, Shared::of(other), lines.to_vec(), None)
    }

    fn new(
        project: Project,
        on_server: Option<Shared>,
        lines: Vec<String>,
        amendment: Option<String>,
    ) -> Self {
        let after = lines.iter().map(|_| OnceLock::new()).collect();
        Self {
            project,
            on_server,
            lines,
            amendment,
            after,
        }
    }

    /// Every ordered pair; a line is a pair with itself as well.
    fn pairs(&self) -> Vec<[usize; 2]> {
        let count = self.lines.len();
        let pairs = (0..count).flat_map(|a| (0..count).map(move |b| [a, b]));
        pairs.collect()
    }

    /// Runs a line. An amendment is written just before it is applied.
    fn run(&self, project: &Project, line: usize) -> Output {
        self.amend(project, line);
        project.process(&self.lines[line])
    }

    pub(crate) fn amend(&self, project: &Project, line: usize) {
        if let Some(plan) = &self.amendment
            && self.lines[line].starts_with("apply")
        {
            project.write("duban.toml", plan);
        }
    }

    fn one_after_the_other(&self, first: usize, second: usize) -> Outcome {
        let (after, output) = self.after[first].get_or_init(|| {
            let project = self.project.copy();
            let output = self.run(&project, first);
            (project, output)
        });
        let project = after.copy();
        let outputs = vec![output.clone(), self.run(&project, second)];
        Outcome::of(&project, outputs)
    }

    /// The first finds the amendment written and not applied; then it is applied.
    fn between(&self, first: usize, second: usize) -> Outcome {
        let project = self.project.copy();
        self.amend(&project, second);
        let outputs = vec![self.run(&project, first), self.run(&project, second)];
        Outcome::of(&project, outputs)
    }

    /// What is wrong with a pair, on a file and on a server: there too it has to come to what it comes to on a file.
    fn faults(&self, pair: [usize; 2], own: Option<&mut Shared>) -> Vec<String> {
        let wanted = self.one_after_the_other(pair[0], pair[1]);
        let mut faults = Vec::new();
        faults.extend(self.fault(pair, &wanted, &self.project.copy()));
        if let (Some(own), Some(base)) = (own, &self.on_server)
            && pair.iter().sum::<usize>() % ON_SERVER == 0
        {
            own.become_as(base);
            let fault = self.fault(pair, &wanted, &own.project);
            faults.extend(fault.map(|fault| format!("on a server: {fault}")));
        }
        faults
    }

    /// What is wrong with a pair in a project that is as this one. Both begin, and may find out what they want, until they wait to write; then they do, the first before
    /// the second. So what comes of both is what comes of one after the other.
    fn fault(
        &self,
        [first, second]: [usize; 2],
        wanted: &Outcome,
        project: &Project,
    ) -> Option<String> {
        self.amend(project, first);
        self.amend(project, second);
        let outputs = project.at_once(&[&self.lines[first], &self.lines[second]]);
        let found = Outcome::of(project, outputs);
        if *wanted == found {
            return None;
        }
        // One that is refused at once does not wait. Whoever reads the plan file before it is applied may refuse to write under a plan that is
        // not in force.
        let mut others = vec![self.one_after_the_other(second, first).turned()];
        if self.lines[second].starts_with("apply") {
            others.push(self.between(first, second));
        } else if self.lines[first].starts_with("apply") {
            others.push(self.between(second, first).turned());
        }
        if others.contains(&found) {
            return None;
        }
        Some(format!(
            "{} | {}: exit {:?}, not {:?}\n{}{}",
            self.lines[first],
            self.lines[second],
            found.codes(),
            wanted.codes(),
            difference(
                &wanted.outputs[1].to_string(),
                &found.outputs[1].to_string()
            ),
            difference(&wanted.store, &found.store),
        ))
    }
}

/// The first lines that one of two texts has and the other lacks.
fn difference(wanted: &str, found: &str) -> String {
    let mut told = String::new();
    for (sign, one, other) in [('-', wanted, found), ('+', found, wanted)] {
        let lacks = |line: &&str| !other.lines().any(|there| there == *line);
        for line in one.lines().filter(lacks).take(6) {
            let start: String = line.trim().chars().take(200).collect();
            writeln!(told, "{sign} {start}").unwrap();
        }
    }
    told
}

/// Races every pair, several pairs at a time.
fn race(start: &Start) {
    let pairs = start.pairs();
    let next = AtomicUsize::new(0);
    let faults = Mutex::new(Vec::new());
    let work = || {
        let mut own = start.on_server.as_ref().map(Shared::beside);
        while let Some(pair) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = start.faults(*pair, own.as_mut());
            faults.lock().unwrap().extend(found);
        }
    };
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(work);
        }
    });
    let mut faults = faults.into_inner().unwrap();
    faults.sort();
    assert!(
        faults.is_empty(),
        "{} of {} pairs:\n{}",
        faults.len(),
        pairs.len(),
        faults.join("\n")
    );
}

/// What was recorded on earlier days, so that whatever the clock says, it came before what is raced; one of v1's banners.
fn prepare(project: &mut Project) -> String {
    project.on("2020-07-01");
    let record = project.ok("done v1 banner=1 --on 6-20").stdout;
    project.ok("done v1 visits --total 2 --on 6-20");
    project.ok("done v2 banner=1 --on 6-25");
    project.ok("notice --issue");
    project.on("2020-07-02");
    project.ok("object v2 banner --notice 1 --reason 'it rained'");
    project.write(
        "list.csv",
        "unit,task,on,count,total\nv1,banner,2020-06-28,2,\nv1,visits,2020-06-28,,3\n",
    );
    record.trim().to_string()
}

#[test]
fn every_pair_of_commands_that_write_ends_as_if_one_after_the_other() {
    race(&Start::eventful());
}

#[test]
fn every_pair_of_first_commands_ends_as_if_one_after_the_other() {
    race(&Start::unwritten());
}
