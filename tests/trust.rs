//! Whether what people recorded can be trusted: edits by hand, backups under load, journals passed on.

use std::fs;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::support::{Project, SMALL};

const ASSESSMENT: &str = r#"
[assessment]
base = 100
who = ["village"]

[[assessment.rule]]
id = "overdue"
on = "overdue"
points = -1
"#;

/// A project in which something of everything has happened.
fn eventful() -> Project {
    let mut project = assessed();
    happen(&mut project);
    project
}

/// A plan by which points are booked.
pub(crate) fn assessed() -> Project {
    let (head, rest) = SMALL.split_at(SMALL.find("[[phase]]").unwrap());
    let plan = format!("{head}{ASSESSMENT}\n{rest}");
    Project::with_plan(&plan).set("DUBAN_LANG", "en")
}

/// Lets something of everything happen.
pub(crate) fn happen(project: &mut Project) {
    project.write("photo.txt", "seen");
    project.on("2020-07-01");
    project.ok("done v1 banner=2 --on 6-20 --evidence photo.txt --note 'call 13812341234'");
    project.ok("done v1 plan --on 6-21");
    project.ok("done v2 banner=3 --on 6-22");
    project.ok("return v2/banner --reason blurred");
    project.ok("excuse v3 banner --reason flood");
    project.ok("instruct notice --due 7-20 --reason 'order 7'");
    project.on("2020-07-03");
    project.ok("notice --issue");
    project.ok("object v3 --notice 1 --reason 'all is done'");
    project.ok("done v3 plan --on 7-2");
    project.ok("undo");
}

/// What people look with, and so that every table is asked.
pub(crate) const LOOKING: [&str; 9] = [
    "status --by area",
    "lagging",
    "board --all",
    "show v2",
    "explain v2 banner",
    "notice 1",
    "score --detail",
    "log",
    "export",
];

pub(crate) fn answers(project: &Project) -> Vec<String> {
    LOOKING.iter().map(|line| project.ok(line).stdout).collect()
}

#[test]
fn no_looking_command_shows_an_edit_by_hand_as_fact() {
    let project = eventful();
    project.ok("verify");
    let wanted = answers(&project);
    let (store, whole) = (project.path("duban.db"), project.path("whole.db"));
    fs::copy(&store, &whole).unwrap();
    let tables = [
        "batch", "entry", "unit", "task", "rule", "class", "in_force", "document", "piece", "page",
        "brief", "head",
    ];
    let (mut edits, mut refused) = (0, 0);
    for table in tables {
        let columns: Vec<String> = {
            let raw = Connection::open(&whole).unwrap();
            let statement = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
            statement.column_names().map(str::to_string).collect()
        };
        for column in columns.iter().step_by(2) {
            fs::copy(&whole, &store).unwrap();
            let raw = Connection::open(&store).unwrap();
            // The row in the middle: the first and the last are guarded by more than their seals.
            let sql = format!(
                "SELECT rowid, {column} FROM {table} LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {table})"
            );
            let (row, value): (i64, Value) = raw
                .query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap();
            let other = match value {
                Value::Null => Value::Integer(1),
                Value::Integer(number) => Value::Integer(number + 1),
                Value::Text(text) => Value::Text(format!("{text}9")),
                Value::Blob(mut bytes) => {
                    let middle = bytes.len() / 2;
                    bytes[middle] ^= 1;
                    Value::Blob(bytes)
                }
                Value::Real(_) => continue,
            };
            let sql = format!("UPDATE {table} SET {column} = ?1 WHERE rowid = ?2");
            let values = [other, Value::Integer(row)];
            // What the table itself forbids need not be found.
            if raw.execute(&sql, params_from_iter(&values)).is_err() {
                continue;
            }
            drop(raw);
            edits += 1;
            for (line, wanted) in LOOKING.iter().zip(&wanted) {
                let output = project.run(line);
                match output.code {
                    2 => {
                        assert!(
                            output.stderr.contains("damaged"),
                            "{table}.{column}: {line}\n{output}"
                        );
                        refused += 1;
                    }
                    _ => assert_eq!(&output.stdout, wanted, "{table}.{column}: {line}"),
                }
            }
            let verified = project.run("verify --format json");
            assert_eq!(verified.code, 2, "{table}.{column}\n{verified}");
        }
    }
    assert!(
        edits > 25 && refused > 50,
        "{edits} edits, {refused} refused"
    );
}

#[test]
fn a_batch_taken_out_of_the_middle_is_missed_by_every_looking_command() {
    let project = eventful();
    let raw = Connection::open(project.path("duban.db")).unwrap();
    raw.execute_batch("DELETE FROM entry WHERE batch = 3; DELETE FROM batch WHERE n = 3")
        .unwrap();
    drop(raw);
    for line in LOOKING {
        let output = project.run(line);
        assert_eq!(output.code, 2, "{line}\n{output}");
        assert!(output.stderr.contains("damaged"), "{line}\n{output}");
    }
    assert_eq!(project.run("verify").code, 2);
}

#[test]
fn rows_taken_out_anywhere_are_missed_where_they_bear_on_an_answer() {
    let mut project = eventful();
    project.on("2020-07-04");
    let plan = project.read("duban.toml");
    project.write("duban.toml", plan.replace("Write a plan", "Plan"));
    project.ok("apply --reason shorter");
    project.ok("done v3 plan --on 7-3");
    let wanted = answers(&project);
    let (store, whole) = (project.path("duban.db"), project.path("whole.db"));
    fs::copy(&store, &whole).unwrap();
    // An entry alone is missed by `log`, `export` and `verify`.
    for table in [
        "batch", "unit", "task", "rule", "class", "in_force", "document", "piece", "page", "brief",
        "head", "meta",
    ] {
        let rows: i64 = {
            let raw = Connection::open(&whole).unwrap();
            let sql = format!("SELECT count(*) FROM {table}");
            raw.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        for row in 0..rows {
            fs::copy(&whole, &store).unwrap();
            let raw = Connection::open(&store).unwrap();
            let key = format!(
                "SELECT {} FROM {table} ORDER BY 1 LIMIT 1 OFFSET {row}",
                key_of(table)
            );
            let sql = format!("DELETE FROM {table} WHERE {} = ({key})", key_of(table));
            assert_eq!(raw.execute(&sql, []).unwrap(), 1);
            drop(raw);
            for (line, wanted) in LOOKING.iter().zip(&wanted) {
                let output = project.run(line);
                // Who asks for a unit whose row is gone does not find it.
                let told = ["damaged", "no unit"]
                    .iter()
                    .any(|words| output.stderr.contains(words));
                let told = told && output.code == 2;
                let same = output.code == 0 && output.stdout == *wanted;
                assert!(told || same, "{table} {row}: {line}\n{output}");
            }
            assert_eq!(project.run("verify").code, 2, "{table} {row}");
        }
    }
}

/// The column by which a table's rows are known.
fn key_of(table: &str) -> &'static str {
    match table {
        "batch" => "n",
        "meta" => "key",
        "in_force" | "piece" | "head" => "id",
        _ => "no",
    }
}

#[test]
fn a_store_is_no_older_than_its_tables() {
    let project = eventful();
    for version in 1..5 {
        let raw = Connection::open(project.path("duban.db")).unwrap();
        raw.pragma_update(None, "user_version", version).unwrap();
        drop(raw);
        for line in LOOKING.iter().chain(&["verify", "done v1 plan", "repair"]) {
            let output = project.run(line);
            assert_eq!(output.code, 2, "{version}: {line}\n{output}");
            assert!(
                output.stderr.contains("damaged"),
                "{version}: {line}\n{output}"
            );
        }
    }
}

#[test]
fn what_verify_finds_is_told_in_both_languages() {
    let mut project = eventful();
    let raw = Connection::open(project.path("duban.db")).unwrap();
    raw.execute_batch(
        "UPDATE entry SET day = day - 1 WHERE seq = 3; UPDATE unit SET name = 'Elm' WHERE code = 'v2';
        DELETE FROM batch WHERE n = 4",
    )
    .unwrap();
    drop(raw);
    project.write("duban.evidence/x", "");
    let mut told = project.talk(&[
        "verify",
        "repair",
        "repair --salvage saved.jsonl",
        "verify saved.jsonl",
        "status",
    ]);
    project.put("DUBAN_LANG", "zh-CN");
    told += &project.talk(&["verify", "repair"]);
    // Ids differ from run to run of other tests, and the hashes with them.
    insta::assert_snapshot!(told);
}

#[test]
fn pages_are_made_anew_by_repair() {
    let project = eventful();
    let wanted = answers(&project);
    let raw = Connection::open(project.path("duban.db")).unwrap();
    raw.execute_batch("DELETE FROM page; DELETE FROM brief; UPDATE rule SET seal = 0")
        .unwrap();
    drop(raw);
    assert_eq!(project.run("status").code, 2);
    let repaired = project.json("repair");
    assert!(!repaired["rows"].as_array().unwrap().is_empty());
    assert_eq!(answers(&project), wanted);
    project.ok("verify");
    assert_eq!(
        project.json("repair")["rows"].as_array().map(Vec::len),
        Some(0)
    );
}

#[test]
fn evidence_that_is_not_what_was_recorded_is_named() {
    let project = eventful();
    let shelf = fs::read_dir(project.path("duban.evidence"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let file = fs::read_dir(shelf.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let found = |project: &Project| project.run("verify --format json");
    fs::remove_file(&file).unwrap();
    let absent = found(&project);
    assert_eq!(
        absent.code, 0,
        "what is on another machine is no fault\n{absent}"
    );
    assert!(
        absent.stdout.contains("\"absent\":1") || absent.stdout.contains("\"absent\": 1"),
        "{absent}"
    );
    fs::write(&file, "another").unwrap();
    let altered = found(&project);
    assert_eq!(altered.code, 2, "{altered}");
    assert!(altered.stdout.contains("\"evidence\""), "{altered}");
}

#[test]
fn a_backup_is_restored_and_answers_alike() {
    let project = eventful();
    let wanted = answers(&project);
    project.ok("backup -o backup.zip");
    let restored = project.run("restore backup.zip copy");
    assert_eq!(restored.code, 0, "{restored}");
    let copy = eventful_at(&project, "copy");
    assert_eq!(answers(&copy), wanted);
    let verified = copy.json("verify");
    assert_eq!(
        (&verified["sound"], &verified["evidence"]["present"]),
        (&true.into(), &1.into())
    );
    // What is there already is not written over.
    assert_eq!(project.run("restore backup.zip copy").code, 2);
    // A byte of it changed, and nothing is unpacked.
    let mut bytes = fs::read(project.path("backup.zip")).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    fs::write(project.path("spoiled.zip"), bytes).unwrap();
    let spoiled = project.run("restore spoiled.zip other");
    assert_eq!(spoiled.code, 2, "{spoiled}");
    assert!(!project.path("other").exists());
    let hidden = |path: &Path| {
        fs::read_dir(path)
            .unwrap()
            .filter(|file| {
                file.as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .starts_with(".duban-")
            })
            .count()
    };
    assert_eq!(hidden(&project.path("")), 0);
    assert_eq!(project.run("restore photo.txt other").code, 2);
}

/// The same project, in a folder of it.
fn eventful_at(project: &Project, folder: &str) -> Project {
    let copy = Project::empty().set("DUBAN_LANG", "en");
    for name in ["duban.toml", "duban.db"] {
        fs::copy(project.path(folder).join(name), copy.path(name)).unwrap();
    }
    let evidence = project.path(folder).join("duban.evidence");
    for shelf in fs::read_dir(evidence).unwrap() {
        let shelf = shelf.unwrap();
        for file in fs::read_dir(shelf.path()).unwrap() {
            let file = file.unwrap();
            let name = format!(
                "duban.evidence/{}/{}",
                shelf.file_name().display(),
                file.file_name().display()
            );
            copy.write(&name, fs::read(file.path()).unwrap());
        }
    }
    copy
}

#[test]
fn a_damaged_store_is_not_backed_up_and_old_backups_stay() {
    let project = eventful();
    fs::create_dir(project.path("backups")).unwrap();
    project.ok("backup -o backups --keep 2");
    let raw = Connection::open(project.path("duban.db")).unwrap();
    raw.execute_batch("UPDATE entry SET day = day - 1 WHERE seq = 3")
        .unwrap();
    drop(raw);
    let refused = project.run("backup -o backups --keep 2");
    assert_eq!(refused.code, 2, "{refused}");
    assert_eq!(fs::read_dir(project.path("backups")).unwrap().count(), 1);
}

#[test]
fn of_a_plans_backups_so_many_are_kept() {
    let project = eventful();
    for name in [
        "small-20200101T000000Z.zip",
        "small-20200102T000000Z.zip",
        "other-20200101T000000Z.zip",
        "mine.zip",
    ] {
        project.write(&format!("backups/{name}"), "");
    }
    project.ok("backup -o backups --keep 2");
    let mut names: Vec<String> = fs::read_dir(project.path("backups"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "mine.zip",
            "other-20200101T000000Z.zip",
            "small-20200102T000000Z.zip",
            "small-20200703T010000Z.zip"
        ]
    );
    assert_eq!(project.run("backup -o nowhere --keep 2").code, 2);
}

#[test]
fn an_export_takes_evidence_along_and_an_import_brings_it_in() {
    let project = eventful();
    project.ok("export -o journal.zip");
    let (head, rest) = SMALL.split_at(SMALL.find("[[phase]]").unwrap());
    let other = Project::with_plan(&format!("{head}{ASSESSMENT}\n{rest}")).set("DUBAN_LANG", "en");
    fs::copy(project.path("journal.zip"), other.path("journal.zip")).unwrap();
    other.ok("import journal.zip");
    let shown = other.json("show v1/banner");
    assert_eq!(shown["evidence"][0]["state"], "present", "{shown}");
    other.ok("import journal.zip");
    other.ok("verify");
    project.ok("backup -o backup.zip");
    fs::copy(project.path("backup.zip"), other.path("backup.zip")).unwrap();
    assert_eq!(
        other.run("import backup.zip").code,
        2,
        "a backup is restored, not imported"
    );
    assert_eq!(project.run("restore journal.zip elsewhere").code, 2);
}

#[test]
fn a_masked_journal_tells_no_numbers_and_is_for_reading() {
    let project = eventful();
    let plain = project.ok("export").stdout;
    assert!(plain.contains("13812341234"));
    project.ok("export --masked -o masked.jsonl");
    let masked = project.read("masked.jsonl");
    assert!(
        !masked.contains("13812341234") && masked.contains("138****1234"),
        "{masked}"
    );
    assert_eq!(plain.lines().count(), masked.lines().count());
    project.ok("verify masked.jsonl");
    let refused = project.run("import masked.jsonl");
    assert_eq!(refused.code, 2, "{refused}");
    assert!(refused.stderr.contains("masked"), "{refused}");
}

#[test]
fn neither_findings_nor_mistakes_in_typing_tell_a_number() {
    let project = eventful();
    let raw = Connection::open(project.path("duban.db")).unwrap();
    raw.execute_batch("INSERT INTO meta VALUES ('13812341234', 'x', 0)")
        .unwrap();
    drop(raw);
    for line in [
        "verify",
        "verify --format json",
        "repair",
        "status --by 13812341234",
        "done v1 banner --via 13812341234",
        "13812341234",
        "status --13812341234",
    ] {
        let said = project.run(line).to_string();
        assert!(
            said.contains("138****1234") && !said.contains("13812341234"),
            "{line}\n{said}"
        );
    }
}

#[test]
fn a_batch_that_was_taken_out_of_an_exported_journal_is_noticed() {
    let project = eventful();
    let journal = project.ok("export").stdout;
    let lines: Vec<&str> = journal.lines().collect();
    let heads: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].starts_with("{\"batch\""))
        .collect();
    for (which, pair) in heads.windows(2).enumerate() {
        let kept = lines[..pair[0]].iter().chain(&lines[pair[1]..]);
        let text: String = kept.flat_map(|line| [*line, "\n"]).collect();
        project.write("less.jsonl", text);
        assert_eq!(project.run("verify less.jsonl").code, 2, "batch {which}");
        assert_eq!(project.run("import less.jsonl").code, 2, "batch {which}");
    }
}

#[test]
fn the_notice_on_paper_says_what_verify_says() {
    let project = eventful();
    let verified = project.json("verify");
    let hash = verified["notices"][0]["stands_on"]
        .as_str()
        .unwrap()
        .to_string();
    assert_eq!(hash.len(), 12);
    let paper = project.ok("notice 1").stdout;
    assert!(paper.contains(&hash), "{hash}\n{paper}");
}

#[test]
fn evidence_that_is_here_already_is_not_counted_again() {
    let project = eventful();
    project.ok("export -o journal.zip");
    let (head, rest) = SMALL.split_at(SMALL.find("[[phase]]").unwrap());
    let other = Project::with_plan(&format!("{head}{ASSESSMENT}\n{rest}")).set("DUBAN_LANG", "en");
    fs::copy(project.path("journal.zip"), other.path("journal.zip")).unwrap();
    let first = other.ok("import journal.zip").stderr;
    assert!(first.contains("1 evidence file taken over"), "{first}");
    let again = other.ok("import journal.zip").stderr;
    assert!(!again.contains("taken over"), "{again}");
}

/// A shelf of the evidence folder that leads to itself cannot be read, by whomever.
#[cfg(unix)]
#[test]
fn evidence_that_cannot_be_read_is_neither_damaged_nor_elsewhere() {
    let project = eventful();
    let evidence = project.path("duban.evidence");
    let shelf = fs::read_dir(&evidence)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    fs::rename(&shelf, project.path("away")).unwrap();
    std::os::unix::fs::symlink(&shelf, &shelf).unwrap();
    let output = project.run("backup -o backup.zip");
    assert_eq!(output.code, 2, "{output}");
    let (why, not) = ("cannot read the evidence file", "damaged");
    assert!(
        output.stderr.contains(why) && !output.stderr.contains(not),
        "{output}"
    );
    assert!(!project.path("backup.zip").exists());
    let output = project.ok("export -o journal.zip");
    let (why, not) = ("1 evidence file cannot be read", "not on this machine");
    assert!(
        output.stderr.contains(why) && !output.stderr.contains(not),
        "{output}"
    );
    // What is not as it was recorded is called that.
    fs::remove_file(&shelf).unwrap();
    fs::rename(project.path("away"), &shelf).unwrap();
    let file = fs::read_dir(&shelf)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    fs::remove_file(&file).unwrap();
    fs::write(&file, "seen otherwise").unwrap();
    let output = project.ok("export -o journal.zip");
    assert!(
        output.stderr.contains("1 evidence file is not as recorded"),
        "{output}"
    );
    fs::remove_file(&file).unwrap();
    let output = project.ok("export -o journal.zip");
    assert!(
        output
            .stderr
            .contains("1 evidence file is not on this machine"),
        "{output}"
    );
}

/// Devices and pipes, of which some never end and some never begin.
#[cfg(unix)]
#[test]
fn an_archive_is_a_plain_file() {
    let project = eventful();
    std::os::unix::fs::symlink("/dev/zero", project.path("zero.zip")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(project.path("pipe.zip"))
        .status();
    assert!(made.unwrap().success());
    for line in [
        "restore /dev/zero new",
        "restore zero.zip new",
        "restore pipe.zip new",
        "restore /dev/null new",
        "import zero.zip",
        "import /dev/zero",
    ] {
        let output = project.run(line);
        assert_eq!(output.code, 2, "{line}: {output}");
        assert!(!project.path("new").exists(), "{line}");
    }
    // A list from a pipe is read from its first byte on.
    let path = project.path("pipe.zip");
    let writer = std::thread::spawn(move || fs::write(path, "unit,task,on\nv3,plan,2020-06-20\n"));
    let output = project.ok("import pipe.zip");
    writer.join().unwrap().unwrap();
    assert!(output.stderr.contains("imported 1 entry"), "{output}");
}
