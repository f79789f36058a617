//! Whether the store is what was written, and what derives is what the journal gives. Reads everything, changes nothing, and goes on after
//! what it finds.

mod compare;

use std::collections::{BTreeSet, HashMap};
use std::io;

use uuid::Uuid;

use super::blobs::each_byte;
use super::columns::parsed;
use super::database::{Connection, key, values};
use super::error::StoreError;
use super::fingerprint;
use super::head;
use super::read::Reader;
use super::seal::{self, SEALS, TABLES};
use super::walk::{self, Finding, Witness, Wrong};
use crate::journal::Hash;
use crate::model::entry::{Act, Entry, Kept, Proof, Seq, TaskNo};
use crate::model::plan::Plan;
use crate::model::unit::Class;

/// What was found of a store.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// The version of its form.
    pub version: i64,
    /// How many batches were walked over.
    pub batches: u64,
    /// How many entries.
    pub entries: u64,
    /// The chain hash of the last batch.
    pub chain: Option<Hash>,
    /// Whether what derives was compared with what the journal gives: not where something else is wrong, or the form is an older one.
    pub compared: bool,
    /// What is wrong, in the order in which it was found: first what stands in the journal.
    pub findings: Vec<Finding>,
    /// How much more is.
    pub more: u64,
    /// Each notice whose documents are kept here, with the chain hash before it.
    pub notices: Vec<(u32, Hash)>,
    /// Every file that proves a record, each once.
    pub proofs: Vec<Proof>,
    /// The numbers of the batches that are whole, and the ids of those that are not.
    pub whole: Vec<i64>,
    /// Batches whose content cannot be proved.
    pub broken: Vec<Uuid>,
}

/// So many findings are told one by one.
const MOST: usize = 1000;

impl Verified {
    fn push(&mut self, finding: Finding) {
        if self.findings.contains(&finding) {
        } else if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }

    /// Notes what a step ran into, and goes on where it is damage.
    fn note(&mut self, result: Result<(), StoreError>) -> Result<(), StoreError> {
        match result {
            Err(StoreError::Damaged { table, row }) => {
                self.push(Finding::new(Wrong::Changed, table, row));
            }
            Err(StoreError::Corrupt { detail }) => {
                self.push(Finding::new(Wrong::Changed, "file", detail));
            }
            other => return other,
        }
        Ok(())
    }
}

/// What the walk sees.
struct Walked<'v> {
    verified: &'v mut Verified,
    /// What each application says that the store then held.
    applied: HashMap<Uuid, String>,
    /// The notices: their batch, number and documents.
    notices: Vec<(Uuid, u32, Vec<Kept>)>,
    before: HashMap<Uuid, Hash>,
    files: BTreeSet<String>,
    rules: BTreeSet<String>,
    progress: &'v mut dyn FnMut(u64),
}

impl Witness for Walked<'_> {
    fn found(&mut self, finding: Finding) {
        self.verified.push(finding);
    }

    fn entry(&mut self, _seq: Seq, batch: Uuid, entry: &Entry) {
        match &entry.act {
            Act::Record(record) => {
                for proof in &record.evidence {
                    if let Proof::File { blake3, .. } = proof
                        && self.files.insert(blake3.clone())
                    {
                        self.verified.proofs.push(proof.clone());
                    }
                }
            }
            Act::Apply { holds, .. } => drop(self.applied.insert(batch, holds.clone())),
            Act::Notice(notice) => {
                self.notices
                    .push((batch, notice.number, notice.files.clone()));
            }
            Act::Book(booking) => {
                if let Some(rule) = &booking.rule
                    && !self.rules.contains(rule.as_str())
                {
                    self.rules.insert(rule.to_string());
                }
            }
            _ => {}
        }
    }

    fn walked(&mut self, entries: u64) {
        self.verified.entries += entries;
        (self.progress)(self.verified.entries);
    }

    fn batch(&mut self, n: i64, id: Uuid, before: &[u8], whole: bool) {
        self.verified.batches += 1;
        match whole {
            true => self.verified.whole.push(n),
            false => self.verified.broken.push(id),
        }
        if self.notices.last().is_some_and(|(batch, ..)| *batch == id)
            && let Ok(before) = <[u8; 32]>::try_from(before)
        {
            self.before.insert(id, Hash::from_bytes(before));
        }
    }
}

impl Reader {
    /// Looks at everything. `progress` is told how many entries were walked over, now and then.
    ///
    /// # Errors
    /// What reading runs into, but for damage.
    pub fn verify(&self, progress: &mut dyn FnMut(u64)) -> Result<Verified, StoreError> {
        let connection: &Connection = &self.connection;
        let mut verified = Verified {
            version: self.version,
            ..Verified::default()
        };
        let checked = check_file(connection, &mut verified);
        verified.note(checked)?;
        if self.version >= SEALS {
            match head::ends(connection) {
                Ok(ends) => ends.into_iter().for_each(|finding| verified.push(finding)),
                Err(error) => verified.note(Err(error))?,
            }
        }
        let mut walked = Walked {
            verified: &mut verified,
            applied: HashMap::new(),
            notices: Vec::new(),
            before: HashMap::new(),
            files: BTreeSet::new(),
            rules: BTreeSet::new(),
            progress,
        };
        let journal = walk::journal(connection, true, &mut walked);
        let Walked {
            applied,
            notices,
            before,
            rules,
            ..
        } = walked;
        verified.note(journal)?;
        let last = self.chain();
        verified.chain = last.ok().flatten();
        for (table, columns) in TABLES {
            let older = self.version < SEALS && matches!(table, "head" | "brief");
            if !older && !matches!(table, "batch" | "entry") {
                let looked = check_table(connection, table, columns, &mut verified);
                verified.note(looked)?;
            }
        }
        let looked = check_plans(connection, &applied, self.version, &mut verified);
        verified.note(looked)?;
        let looked = check_documents(connection, &notices, &before, &mut verified);
        verified.note(looked)?;
        if self.version >= SEALS && verified.findings.is_empty() {
            let compared = self.compare(&rules, &mut verified);
            verified.note(compared)?;
            verified.compared = true;
        }
        Ok(verified)
    }
}

/// What the engine itself finds wrong with what it keeps.
fn check_file(connection: &Connection, verified: &mut Verified) -> Result<(), StoreError> {
    for told in connection.check_integrity()? {
        verified.push(Finding::new(Wrong::Changed, "file", told));
    }
    Ok(())
}

/// Every row of a table against its seal; where rows are numbered, that none is missing.
fn check_table(
    connection: &Connection,
    table: &'static str,
    columns: &str,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    let width = columns.split(',').count();
    let sql = format!("SELECT {columns}, seal FROM {table} ORDER BY 1");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.scan(&[])?;
    let mut next: i64 = match table {
        "page" => -1,
        "in_force" | "document" | "head" => 1,
        _ => 0,
    };
    let mut named = table != "meta";
    while let Some(row) = rows.next()? {
        let key = key(row.lent(0)?);
        if seal::expect(row, table, width).is_err() {
            verified.push(Finding::new(Wrong::Changed, table, &key));
        }
        if matches!(table, "meta" | "piece") {
            named |= key == "plan";
            if table == "meta" && key != "plan" {
                verified.push(Finding::new(Wrong::Inserted, table, &key));
            }
            continue;
        }
        let found: i64 = row.get(0)?;
        // A row whose number is far off is one finding, and not one for each number before it.
        if found > next {
            verified.push(Finding::new(Wrong::Missing, table, next));
        } else if found < next {
            verified.push(Finding::new(Wrong::Inserted, table, found));
        }
        next = found.saturating_add(1);
        if table == "class" {
            let class = parsed::<Class>(row.text(1)?);
            verified.note(class.map(drop).map_err(|error| error.at(table, found)))?;
        }
    }
    if !named {
        verified.push(Finding::new(Wrong::Missing, table, "plan"));
    }
    Ok(())
}

/// The plans put in force, each against the entry that put it in force; the roster; and the numbers of tasks.
fn check_plans(
    connection: &Connection,
    applied: &HashMap<Uuid, String>,
    version: i64,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    let sql = "SELECT id, batch, plan, tasks, timezone, roster, (SELECT n FROM batch b WHERE b.id = f.batch)
        FROM in_force f ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(&[])?;
    let mut roster = None;
    let mut of_plan = None;
    let mut before = 0;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let changed = |verified: &mut Verified| {
            verified.push(Finding::new(Wrong::Changed, "in_force", id));
        };
        let batch = row.get(1).map(Uuid::from_bytes);
        match batch.ok().and_then(|batch| applied.get(&batch)) {
            None => verified.push(Finding::new(Wrong::Inserted, "in_force", id)),
            Some(holds) if holds.is_empty() => {}
            Some(holds) => {
                let hash = fingerprint::plan(connection, id)?;
                if hash.is_none_or(|hash| hash.to_hex().as_str() != holds) {
                    changed(verified);
                }
            }
        }
        // One follows the other as in the journal.
        let n = row.get::<Option<i64>>(6)?.unwrap_or(before);
        if n < before {
            verified.push(Finding::new(Wrong::Moved, "in_force", id));
        }
        before = n;
        let text = |at| row.text(at);
        let plan = text(2).and_then(parsed::<Plan>);
        let tasks = text(3).and_then(parsed::<Vec<TaskNo>>);
        let (Ok(plan), Ok(tasks)) = (plan, tasks) else {
            changed(verified);
            continue;
        };
        if plan.tasks.len() != tasks.len() {
            changed(verified);
        }
        for (task, no) in plan.tasks.iter().zip(tasks) {
            let sql = "SELECT EXISTS (SELECT 1 FROM task WHERE no = ?1 AND code = ?2)";
            let params = values![no, task.code.as_str()];
            if !connection.value::<bool>(sql, params)? {
                verified.push(Finding::new(Wrong::Changed, "task", no));
            }
        }
        roster = row.get::<Option<[u8; 32]>>(5)?;
        of_plan = Some(plan.id);
    }
    let own = "SELECT value FROM meta WHERE key = 'plan'";
    let own: Option<String> = connection.first(own, &[], |row| row.get(0))?;
    if own
        .zip(of_plan)
        .is_some_and(|(own, plan)| own != plan.as_str())
    {
        verified.push(Finding::new(Wrong::Changed, "meta", "plan"));
    }
    let sound = verified
        .findings
        .iter()
        .all(|finding| finding.table != "unit");
    let hash = fingerprint::roster(connection)?;
    if version >= SEALS && sound && roster.is_some_and(|roster| roster != *hash.as_bytes()) {
        verified.push(Finding::new(Wrong::Changed, "unit", "*"));
    }
    Ok(())
}

/// The documents of notices: each whole, each of a notice, and of each notice all or none.
fn check_documents(
    connection: &Connection,
    notices: &[(Uuid, u32, Vec<Kept>)],
    before: &HashMap<Uuid, Hash>,
    verified: &mut Verified,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT no, hash, size FROM document ORDER BY no")?;
    let mut rows = statement.query(&[])?;
    let mut kept = BTreeSet::new();
    let named = |hash: &str| {
        let mut files = notices.iter().flat_map(|(_, _, files)| files);
        files.any(|file| file.blake3 == hash)
    };
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        let hash = Hash::from_bytes(row.get(1)?);
        let whole = each_byte(connection, no, &hash, row.get(2)?, &mut io::sink());
        verified.note(whole)?;
        if !named(hash.to_hex().as_str()) {
            verified.push(Finding::new(Wrong::Inserted, "document", no));
        }
        kept.insert(hash.to_hex().to_string());
    }
    let sql = "SELECT id FROM piece WHERE id / 16777216 NOT IN (SELECT no FROM document)";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(&[])?;
    while let Some(row) = rows.next()? {
        let id = key(row.lent(0)?);
        verified.push(Finding::new(Wrong::Inserted, "piece", id));
    }
    for (batch, number, files) in notices {
        let here = files.iter().filter(|file| kept.contains(&file.blake3));
        let here = here.count();
        if here == 0 {
            continue;
        }
        verified
            .notices
            .extend(before.get(batch).map(|hash| (*number, *hash)));
        for file in files.iter().filter(|file| !kept.contains(&file.blake3)) {
            verified.push(Finding::new(Wrong::Missing, "document", &file.name));
        }
    }
    Ok(())
}
