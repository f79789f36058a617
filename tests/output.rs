//! Where answers go and who is told: `-o` through links and onto pipes, never onto what duban lives on; `--quiet`; what was recorded
//! though nobody could be told.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::Project;

fn recorded() -> Project {
    let project = Project::small();
    project.ok("done v1 banner=3 --on 6-20");
    project
}

/// Runs the real program under a shell, with the project's variables.
fn shell(project: &Project, script: &str) -> (String, String, i32) {
    let output = Command::new("bash")
        .args(["-c", script])
        .current_dir(project.path(""))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("DUBAN", env!("CARGO_BIN_EXE_duban"))
        .env("DUBAN_TODAY", "2020-07-03")
        .env("DUBAN_LANG", "en")
        .env("DUBAN_ACTOR", "clerk")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().unwrap_or(-1);
    (text(&output.stdout), text(&output.stderr), code)
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn nothing_that_duban_lives_on_is_written_onto() {
    let project = Project::small();
    let plan = project.read("duban.toml");
    let (head, units) = plan.split_at(plan.find("[[unit]]").unwrap());
    assert!(units.contains("v1"));
    project.write(
        "duban.toml",
        head.replace("timezone", "roster = \"units.csv\"\ntimezone"),
    );
    project.write(
        "units.csv",
        "code,name,kind\nv1,Alder,village\noffice,Town office,office\n",
    );
    project.write("proof.txt", "seen");
    project.ok("done v1 plan --on 6-20 --evidence proof.txt");
    #[cfg(unix)]
    for (link, to) in [
        ("link.csv", "duban.db"),
        ("chain.csv", "link.csv"),
        ("in.csv", "duban.evidence"),
    ] {
        std::os::unix::fs::symlink(project.path(to), project.path(link)).unwrap();
    }
    let own = ["duban.db", "duban.toml", "units.csv"];
    let before = own.map(|name| fs::read(project.path(name)).unwrap());
    let mut named = vec![
        "duban.db",
        "./duban.db",
        "duban.db-journal",
        "duban.db-wal",
        "duban.toml",
        "units.csv",
        "duban.evidence",
        "duban.evidence/x.csv",
        "duban.evidence/../duban.db",
    ];
    #[cfg(unix)]
    named.extend(["link.csv", "chain.csv", "in.csv/x.csv"]);
    for name in named {
        for line in [
            "export",
            "backup",
            "status --format csv",
            "check --format csv",
            "calendar --format csv",
            "remind --format csv",
        ] {
            let output = project.run(&format!("{line} -o {name}"));
            assert_eq!(output.code, 2, "{line} -o {name}: {output}");
            assert!(
                output.stderr.contains("belongs to duban itself"),
                "{line} -o {name}: {output}"
            );
        }
    }
    assert_eq!(
        own.map(|name| fs::read(project.path(name)).unwrap()),
        before
    );
    let inside = fs::read_dir(project.path("duban.evidence")).unwrap();
    assert_eq!(inside.count(), 1, "the proof's shelf alone");
    let reminded = project.ok("log --format csv").stdout;
    assert!(
        !reminded.contains(",remind,"),
        "refused before anything was recorded: {reminded}"
    );
    project.ok("export -o journal.db.jsonl");
    project.ok("status -o evidence.csv");
}

#[test]
fn a_store_that_is_not_there_yet_is_no_place_for_an_answer() {
    let project = Project::small();
    let output = project.run("status --format csv -o duban.db");
    assert_eq!(output.code, 2, "{output}");
    assert!(!project.path("duban.db").exists());
}

#[cfg(unix)]
#[test]
fn through_a_link_its_target_gets_the_answer() {
    let project = recorded();
    fs::create_dir(project.path("share")).unwrap();
    project.write("share/week.csv", "old");
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, project.path(name)).unwrap();
    link("share/week.csv", "week.csv");
    link("week.csv", "again.csv");
    link("share/new.csv", "new.csv");
    let wanted = project.ok("status --format csv").stdout;
    for (name, target) in [
        ("week.csv", "share/week.csv"),
        ("again.csv", "share/week.csv"),
        ("new.csv", "share/new.csv"),
    ] {
        project.write("share/week.csv", "old");
        project.ok(&format!("status -o {name}"));
        let link = fs::symlink_metadata(project.path(name)).unwrap();
        assert!(link.is_symlink(), "{name}");
        assert_eq!(
            project.read(target).trim_start_matches('\u{feff}'),
            wanted,
            "{name}"
        );
    }
    link("ring", "ring");
    assert_eq!(project.run("status --format csv -o ring").code, 2);
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_a_hyphen_are_written_through() {
    let project = recorded();
    let script =
        "mkfifo p.csv; (cat p.csv > got.csv) & \"$DUBAN\" status -o p.csv; wait; test -p p.csv";
    let (_, stderr, code) = shell(&project, script);
    assert_eq!(code, 0, "{stderr}");
    let wanted = project.ok("status --format csv").stdout;
    assert_eq!(
        project.read("got.csv").trim_start_matches('\u{feff}'),
        wanted
    );
    let (stdout, stderr, code) = shell(
        &project,
        "\"$DUBAN\" status --format csv -o /dev/stdout | cat",
    );
    assert_eq!(
        (stdout.trim_start_matches('\u{feff}'), code),
        (wanted.as_str(), 0),
        "{stderr}"
    );
    assert!(Path::new("/dev/stdout").exists());
    for line in [
        "status --format csv -o -",
        "export -o -",
        "lagging -o - --format json",
    ] {
        assert_eq!(
            project.ok(line).stdout,
            project.ok(&line.replace("-o -", "")).stdout,
            "{line}"
        );
    }
    assert!(!project.path("-").exists());
    // Whoever reads it may have seen enough.
    let script = "mkfifo q.html; (head -c 5 q.html > /dev/null) & \"$DUBAN\" status -o q.html; echo $?; wait";
    let (stdout, ..) = shell(&project, script);
    assert_eq!(stdout, "0\n");
    let (_, stderr, code) = shell(&project, "\"$DUBAN\" status --format csv -o /dev/full");
    assert_eq!(code, 2);
    assert!(
        stderr.contains("/dev/full") && stderr.contains("the disk is full"),
        "{stderr}"
    );
}

#[cfg(unix)]
#[test]
fn new_files_are_for_whom_the_umask_says() {
    let project = Project::small();
    project.write("proof.txt", "seen");
    project.write("kept.csv", "");
    let kept = fs::Permissions::from_mode(0o640);
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(project.path("kept.csv"), kept).unwrap();
    let script = "umask 077; \"$DUBAN\" done v1 plan --on 6-20 --evidence proof.txt; \"$DUBAN\" status -o new.csv; \"$DUBAN\" status -o kept.csv";
    let (_, stderr, code) = shell(&project, script);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(mode(&project.path("new.csv")), 0o600);
    assert_eq!(
        mode(&project.path("kept.csv")),
        0o640,
        "what was there keeps its rights"
    );
    assert_eq!(mode(&project.path("duban.db")), 0o600);
    assert_eq!(mode(&project.path("duban.evidence")), 0o700);
    let proof = |project: &Project| {
        let shelf = fs::read_dir(project.path("duban.evidence"))
            .unwrap()
            .next()
            .unwrap();
        let file = fs::read_dir(shelf.unwrap().path()).unwrap().next().unwrap();
        mode(&file.unwrap().path())
    };
    assert_eq!(proof(&project), 0o400);
    let shared = Project::small();
    shared.write("proof.txt", "seen");
    fs::set_permissions(shared.path(""), fs::Permissions::from_mode(0o2775)).unwrap();
    let script = "umask 022; \"$DUBAN\" done v1 plan --on 6-20 --evidence proof.txt; \"$DUBAN\" status -o new.csv";
    let (_, stderr, code) = shell(&shared, script);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(mode(&shared.path("duban.db")), 0o660);
    assert_eq!(mode(&shared.path("duban.evidence")), 0o770);
    assert_eq!(mode(&shared.path("new.csv")), 0o644);
    assert_eq!(proof(&shared), 0o440);
    let script = "umask 022; \"$DUBAN\" backup -o b.zip; \"$DUBAN\" restore b.zip again";
    let (_, stderr, code) = shell(&shared, script);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(mode(&shared.path("b.zip")), 0o660);
    assert_eq!(mode(&shared.path("again")) & 0o070, 0o070);
    assert_eq!(mode(&shared.path("again/duban.db")), 0o660);
    // What holds names is its owner's alone, whatever a generous umask says.
    let own = Project::small();
    own.write("proof.txt", "seen");
    let script = "umask 000; \"$DUBAN\" done v1 plan --on 6-20 --evidence proof.txt; \"$DUBAN\" status -o new.csv; \"$DUBAN\" export -o journal.jsonl; \"$DUBAN\" backup -o backup.zip";
    let (_, stderr, code) = shell(&own, script);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(mode(&own.path("new.csv")), 0o666);
    for private in ["duban.db", "journal.jsonl", "backup.zip"] {
        assert_eq!(mode(&own.path(private)), 0o600, "{private}");
    }
    assert_eq!(mode(&own.path("duban.evidence")), 0o700);
    assert_eq!(proof(&own), 0o400);
}

#[test]
fn a_file_that_an_office_program_has_open_is_told() {
    let project = recorded();
    project.ok("status -o weekly.csv");
    let quiet = project.ok("status -o weekly.csv").stderr;
    assert!(!quiet.contains("office program"), "{quiet}");
    for sign in ["~$weekly.csv", "~$ekly.csv", ".~lock.weekly.csv#"] {
        project.write(sign, "");
        let output = project.ok("status -o weekly.csv");
        assert!(
            output.stderr.contains("open in an office program"),
            "{sign}: {output}"
        );
        fs::remove_file(project.path(sign)).unwrap();
    }
    // A file that cannot be replaced: here a folder of that name.
    fs::create_dir(project.path("held.csv")).unwrap();
    project.write("~$held.csv", "");
    let output = project.run("status -o held.csv");
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("hint: close it in the program"),
        "{output}"
    );
}

#[test]
fn quiet_leaves_errors_alone_on_standard_error() {
    let project = Project::small();
    for line in [
        "done v1 banner=3 --on 6-20 --quiet",
        "--quiet done v1 report --on 2020-05-20",
        "status -o week.csv --quiet",
        "remind --quiet",
        "apply --quiet --reason x",
        "status --store elsewhere.db --quiet",
    ] {
        assert_eq!(project.ok(line).stderr, "", "{line}");
    }
    let output = project.run("done nobody plan --quiet");
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.starts_with("error:") && output.stderr.contains("hint:"),
        "{output}"
    );
    project.write("bad.csv", "unit,task,on\nnobody,plan,2020-06-20\n");
    let output = project.run("import bad.csv --quiet");
    assert!(
        output.stderr.contains("bad.csv") && output.stderr.contains("error:"),
        "{output}"
    );
}

#[test]
fn a_plan_or_roster_that_is_gone_is_said() {
    let project = recorded();
    fs::rename(project.path("duban.toml"), project.path("moved.toml")).unwrap();
    for line in ["status", "lagging", "done v2 plan --on 6-20"] {
        let output = project.ok(&format!("{line} --plan duban.toml"));
        assert!(
            output.stderr.contains("duban.toml` is gone"),
            "{line}: {output}"
        );
        let output = project.ok(&format!("{line} --store duban.db"));
        assert!(
            !output.stderr.contains("is gone"),
            "nobody named a plan: {output}"
        );
    }
    let project = Project::qingjiang().set("DUBAN_LANG", "en");
    project.ok("done 塘坝 横幅 --on 6-20");
    fs::remove_file(project.path("qingjiang-2020.units.csv")).unwrap();
    let output = project.ok("status");
    assert!(output.stderr.contains("units.csv` is gone"), "{output}");
}

#[test]
fn who_records_is_known_or_nothing_is_recorded() {
    let mut project = Project::small();
    project.unset("DUBAN_ACTOR");
    for line in [
        "done v1 plan --on 6-20",
        "excuse v1 plan --reason x",
        "remind",
        "apply --reason x",
    ] {
        let output = project.run(line);
        assert_eq!(output.code, 2, "{line}: {output}");
        assert!(
            output.stderr.contains("hint: set DUBAN_ACTOR"),
            "{line}: {output}"
        );
    }
    assert!(!project.path("duban.db").exists());
    project.ok("status");
    project.ok("check");
    let actor = |project: &Project| {
        let log = project.json("log");
        log["rows"][0]["actor"].as_str().unwrap().to_string()
    };
    for (name, value) in [
        ("USERNAME", "windows"),
        ("USER", "shell"),
        ("LOGNAME", "cron"),
        ("DUBAN_ACTOR", "Lee"),
    ] {
        project.put(name, value);
        project.ok("done v1 plan --on 6-20");
        assert_eq!(actor(&project), value);
    }
    for blank in ["", " ", "\u{3000}"] {
        project.put("DUBAN_ACTOR", blank);
        project.ok("done v1 plan --on 6-20");
        assert_eq!(actor(&project), "cron", "an empty variable names nobody");
    }
}

#[cfg(unix)]
#[test]
fn what_was_recorded_is_never_called_could_not() {
    let project = recorded();
    let records = |project: &Project| {
        project
            .ok("log --format csv")
            .stdout
            .matches(",record,")
            .count()
    };
    for (at, line) in [
        "done v1 plan --on 6-20",
        "done v2 plan --on 6-20",
        "correct v2/plan --on 6-21",
    ]
    .iter()
    .enumerate()
    {
        let before = records(&project);
        let to = ["> /dev/full", "2> /dev/full", "2>&-"][at];
        let (stdout, stderr, code) = shell(&project, &format!("\"$DUBAN\" {line} {to}"));
        assert_eq!(code, 0, "{line}: {stderr}");
        assert_eq!(records(&project), before + 1, "{line}");
        match at {
            0 => assert!(
                stderr.contains("recorded, but the answer could not be written"),
                "{stderr}"
            ),
            _ => assert_eq!(
                stdout.trim().split('.').next().unwrap().len(),
                8,
                "the id: {stdout}"
            ),
        }
    }
    let (_, stderr, code) = shell(&project, "\"$DUBAN\" done nobody plan 2> /dev/full");
    assert_eq!(code, 2, "{stderr}");
    // Who only looks could not.
    for line in ["export", "status", "log --format json"] {
        let (_, stderr, code) = shell(&project, &format!("\"$DUBAN\" {line} > /dev/full"));
        assert_eq!(code, 2, "{line}");
        assert!(
            stderr.starts_with("error: the output is incomplete"),
            "{line}: {stderr}"
        );
        let (_, _, code) = shell(
            &project,
            &format!("\"$DUBAN\" {line} | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}"),
        );
        assert_eq!(code, 0, "{line}: a closed pipe is quiet");
    }
}

#[test]
fn telephone_numbers_in_what_was_typed_are_masked() {
    let project = recorded();
    for line in [
        "done 13812341234 plan",
        "done v1 13812341234",
        "status --kind 13812341234",
        "show 'Alder 13812341234'",
    ] {
        let output = project.run(line);
        assert_eq!(output.code, 2, "{line}");
        assert!(!output.stderr.contains("13812341234"), "{line}: {output}");
        assert!(output.stderr.contains("138****1234"), "{line}: {output}");
    }
    project.write("l.csv", "unit,task,on\nAlder 13812341234,plan,2020-06-20\n");
    let output = project.run("import l.csv");
    assert!(!format!("{output}").contains("13812341234"), "{output}");
}

#[test]
fn colour_is_where_it_is_welcome_or_asked_for() {
    let project = recorded();
    let coloured = |script: &str| {
        let (out, err, code) = shell(&project, script);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains("Small plan"), "{out}");
        out.contains('\u{1b}')
    };
    for (script, expected) in [
        ("$DUBAN lagging", false),
        ("$DUBAN lagging --color always", true),
        ("$DUBAN lagging --color=auto", false),
        ("CLICOLOR_FORCE=1 $DUBAN lagging", true),
        ("CLICOLOR_FORCE=1 NO_COLOR=1 $DUBAN lagging", false),
        ("CLICOLOR_FORCE=1 $DUBAN lagging --color never", false),
        ("NO_COLOR=1 $DUBAN lagging --color always", true),
        // A file is no screen, whatever is asked.
        ("$DUBAN lagging --color always --format txt", false),
        ("$DUBAN lagging --color always -o l.txt && cat l.txt", false),
    ] {
        assert_eq!(coloured(script), expected, "{script}");
    }
    let (_, err, _) = shell(&project, "$DUBAN show nobody --color always");
    assert!(
        err.starts_with("\u{1b}[1m\u{1b}[31merror: \u{1b}[0m"),
        "{err:?}"
    );
    let (_, err, code) = shell(&project, "$DUBAN lagging --color blue");
    assert_eq!(code, 2);
    assert!(err.contains("one of: auto, always, never"), "{err}");
}

#[test]
fn a_journal_is_not_written_under_the_name_of_another_form() {
    let project = recorded();
    for name in [
        "x.csv", "x.json", "x.XLSX", "x.html", "x.md", "x.docx", "x.txt",
    ] {
        let output = project.run(&format!("export -o {name}"));
        assert_eq!(output.code, 2, "{name}: {output}");
        assert!(output.stderr.contains("JSON Lines"), "{name}: {output}");
        let hint = format!("duban log -o {name}");
        assert!(output.stderr.contains(&hint), "{name}: {output}");
        assert!(!project.path(name).exists(), "{name}");
    }
    for name in ["x.jsonl", "x.zip", "journal", "x.db.bak"] {
        project.ok(&format!("export -o {name}"));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_there_says_who_may_read_what_is_restored_into_it() {
    use std::os::unix::fs::PermissionsExt;
    let project = recorded();
    project.write("proof.txt", "seen");
    project.ok("done v2 plan --on 6-20 --evidence proof.txt");
    project.ok("backup -o b.zip");
    for (folder, made, within, file) in [
        ("own", 0o700, 0o700, 0o600),
        ("shared", 0o2770, 0o770, 0o660),
    ] {
        fs::create_dir(project.path(folder)).unwrap();
        let rights = fs::Permissions::from_mode(made);
        fs::set_permissions(project.path(folder), rights).unwrap();
        let script = format!("umask 022; \"$DUBAN\" restore b.zip {folder}");
        let (_, stderr, code) = shell(&project, &script);
        assert_eq!(code, 0, "{stderr}");
        let full = fs::metadata(project.path(folder))
            .unwrap()
            .permissions()
            .mode()
            & 0o7777;
        assert_eq!(full, made, "{folder}");
        let inside = project.path(folder).join("duban.evidence");
        assert_eq!(mode(&inside) & 0o777, within, "{folder}");
        assert_eq!(
            mode(&project.path(folder).join("duban.db")),
            file,
            "{folder}"
        );
        let names = fs::read_dir(project.path(folder)).unwrap().count();
        assert_eq!(names, 3, "store, plan, evidence: {folder}");
    }
    // One that restoring makes is its owner's alone, with all in it.
    let (_, stderr, code) = shell(&project, "umask 022; \"$DUBAN\" restore b.zip new");
    assert_eq!(code, 0, "{stderr}");
    for inner in ["new", "new/duban.evidence"] {
        assert_eq!(mode(&project.path(inner)) & 0o777, 0o700, "{inner}");
    }
}

#[cfg(unix)]
#[test]
fn a_socket_is_left_as_it_is() {
    use std::os::unix::fs::FileTypeExt;
    let project = recorded();
    let path = project.path("office.html");
    let _listening = std::os::unix::net::UnixListener::bind(&path).unwrap();
    assert_eq!(project.run("status -o office.html").code, 2);
    assert!(fs::metadata(&path).unwrap().file_type().is_socket());
}
