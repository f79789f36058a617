//! Stores and disks in trouble: each a clear error, and nothing lost.

use std::fs;
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::support::{Project, SMALL};

fn recorded() -> Project {
    let project = Project::small();
    project.ok("done v1 banner=3 --on 6-20");
    project
}

#[test]
fn stores_that_are_none_of_ours() {
    let project = recorded();
    project.write(
        "text.db",
        "not a database, but long enough to be looked at ".repeat(50),
    );
    project.write("empty.db", "");
    let foreign = rusqlite::Connection::open(project.path("foreign.db")).unwrap();
    foreign
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
        .unwrap();
    drop(foreign);
    fs::copy(project.path("duban.db"), project.path("newer.db")).unwrap();
    let newer = rusqlite::Connection::open(project.path("newer.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let mut bytes = fs::read(project.path("duban.db")).unwrap();
    for byte in bytes.iter_mut().skip(4096) {
        *byte = 0xaa;
    }
    project.write("damaged.db", &bytes);
    project.write("cut.db", &bytes[..5000]);
    fs::create_dir(project.path("folder.db")).unwrap();
    assert_snapshot!(project.talk(&[
        "status --store text.db",
        "done v2 plan --store text.db",
        "status --store empty.db",
        "done v2 plan --store empty.db",
        "status --store foreign.db",
        "done v2 plan --store foreign.db",
        "status --store newer.db",
        "done v2 plan --store newer.db",
        "status --store folder.db",
        "done v2 plan --store nowhere/x.db",
    ]));
    for name in ["damaged.db", "cut.db"] {
        for line in ["status", "log", "done v2 plan"] {
            let output = project.run(&format!("{line} --store {name}"));
            assert_eq!(output.code, 2, "{line} {name}: {output}");
            assert!(output.stderr.starts_with("error:"), "{output}");
        }
        let now = fs::read(project.path(name)).unwrap();
        assert!(
            now == bytes || now == bytes[..5000],
            "{name} is left as it was"
        );
    }
}

#[test]
fn a_store_that_somebody_else_is_writing_to() {
    let project = recorded();
    let other = rusqlite::Connection::open(project.path("duban.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    project.ok("status");
    other.execute_batch("ROLLBACK").unwrap();
    project.ok("done v2 plan");
}

#[test]
fn a_folder_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt;
    let project = recorded();
    let folder = project.path("");
    fs::set_permissions(project.path("duban.db"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let probe = fs::write(folder.join("probe"), "").is_ok();
    let told = project.talk(&["done v2 plan", "status -o out.csv", "init x.toml"]);
    let read = project.run("status");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(project.path("duban.db"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(read.code, 0, "reading goes on: {read}");
    if !probe {
        assert_snapshot!(told);
    }
    let records = project
        .ok("log --format csv")
        .stdout
        .matches(",record,")
        .count();
    assert_eq!(records, if probe { 2 } else { 1 });
}

/// Runs the real program under a shell.
fn shell(project: &Project, script: &str) -> (String, String, i32) {
    let output = Command::new("bash")
        .args(["-c", script])
        .current_dir(project.path(""))
        .env("DUBAN", env!("CARGO_BIN_EXE_duban"))
        .env("DUBAN_TODAY", "2020-07-03")
        .env("DUBAN_LANG", "en")
        .env("DUBAN_ACTOR", "clerk")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().unwrap_or(-1),
    )
}

#[test]
fn a_full_disk_loses_nothing() {
    let project = recorded();
    let (_, stderr, code) = shell(&project, "\"$DUBAN\" status > /dev/full");
    assert_eq!(code, 2);
    assert!(stderr.starts_with("error:"), "{stderr}");
    let before = project.ok("export").stdout;
    let mut rows = String::from("unit,task,on,note\n");
    for number in 0..4000 {
        rows.push_str(&format!(
            "v1,plan,2020-06-20,note {number} {}\n",
            "x".repeat(200)
        ));
    }
    project.write("many.csv", rows);
    // A limit on the size of files is what a full disk looks like to whoever writes.
    let (_, stderr, code) = shell(
        &project,
        "trap '' XFSZ; ulimit -f 200; \"$DUBAN\" import many.csv",
    );
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("error:"), "{stderr}");
    assert_eq!(
        project.ok("export").stdout,
        before,
        "nothing of it was written"
    );
    project.ok("import many.csv");
    assert_eq!(
        project.json("status --unit v1 --task plan")["total"]["on_time"],
        1
    );
}

#[test]
fn evidence_on_a_full_disk_is_refused_before_anything_is_recorded() {
    let project = recorded();
    let before = project.ok("export").stdout;
    project.write("film.bin", vec![7; 400 << 10]);
    let (stdout, stderr, code) = shell(
        &project,
        "trap '' XFSZ; ulimit -f 200; \"$DUBAN\" done v2 plan --evidence film.bin",
    );
    assert_eq!((stdout.as_str(), code), ("", 2), "{stderr}");
    assert!(stderr.starts_with("error: cannot write"), "{stderr}");
    assert_eq!(project.ok("export").stdout, before);
    let left = project.path("duban.evidence");
    assert!(!left.exists(), "nothing half is left, nor a folder");
    project.ok("done v2 plan --evidence film.bin");
}

#[test]
fn an_evidence_folder_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt;
    let project = recorded();
    project.write("a.txt", "proof");
    let folder = project.path("duban.evidence");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let probe = fs::write(folder.join("probe"), "").is_ok();
    let output = project.run("done v2 plan --evidence a.txt");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // Permissions bind nobody who is root.
    assert_eq!(output.code, if probe { 0 } else { 2 }, "{output}");
    assert_eq!(project.run("show v2/plan").code, if probe { 0 } else { 2 });
}

#[test]
fn what_was_recorded_is_never_called_could_not() {
    let project = recorded();
    let records = || {
        let shown = project.json("show v2");
        shown["entries"].as_array().unwrap().len()
    };
    let before = records();
    let (_, stderr, code) = shell(&project, "\"$DUBAN\" done v2 plan > /dev/full");
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.contains("recorded, but the answer could not be written"),
        "{stderr}"
    );
    let (stdout, _, code) = shell(&project, "\"$DUBAN\" done v2 report --nil 2> /dev/full");
    assert_eq!(code, 0);
    assert_eq!(stdout.trim().len(), 8, "a script gets the id: {stdout}");
    let (_, _, code) = shell(
        &project,
        "\"$DUBAN\" commend v2 --reason thanks > /dev/full 2> /dev/full",
    );
    assert_eq!(code, 0);
    assert_eq!(records(), before + 3);
    // Nothing was recorded here, so nothing was done.
    let (_, _, code) = shell(&project, "\"$DUBAN\" remind --dry-run > /dev/full");
    assert_eq!(code, 2);
    assert_eq!(records(), before + 3);
}

#[test]
fn telephone_numbers_are_masked_in_errors_and_in_what_the_plan_says() {
    let plan = SMALL
        .replacen(
            "short = \"banner\"",
            "short = \"banner\"\ndecided = { target = \"Lee 13812341234\" }",
            1,
        )
        .replacen("on = \"instruction\"", "open = \"ask Wu 13812341234?\"", 1)
        .replacen("name = \"Town office\"", "name = \"Office 13812341234\"", 1);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.write(
        "list.csv",
        "unit,task,on\n13912341234,plan,2020-06-20\nv1,plan,13912341234\n",
    );
    for line in [
        "explain v1 banner",
        "show banner",
        "show notice",
        "todo",
        "check --open",
        "plan",
        "plan --format json",
        "remind --dry-run",
        "notice",
        "notice --format json",
        "show 13912341234",
        "done 13912341234 plan",
        "import list.csv",
        "check",
    ] {
        let output = project.run(line);
        let said = format!("{}{}", output.stdout, output.stderr);
        for number in ["13812341234", "13912341234"] {
            assert!(!said.contains(number), "{line}: {said}");
        }
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    let project = recorded();
    let (stdout, stderr, _) = shell(
        &project,
        "\"$DUBAN\" schema plan | head -n 1; echo \"${PIPESTATUS[0]}\"",
    );
    assert_eq!(stderr, "");
    assert!(stdout.ends_with("0\n"), "{stdout}");
}

#[test]
fn nothing_asks_when_nobody_is_there() {
    let project = recorded();
    let (stdout, stderr, code) = shell(&project, "timeout 20 \"$DUBAN\" import - < /dev/null");
    assert_eq!((stdout.as_str(), code), ("", 2), "{stderr}");
}
