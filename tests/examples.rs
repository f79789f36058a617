//! The examples are run with the real program.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::Project;

fn run(project: &Project, script: &str) -> (String, String, Option<i32>) {
    let program = Path::new(env!("CARGO_BIN_EXE_duban"));
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        program.parent().unwrap().display()
    );
    let output = Command::new("bash")
        .args(["-c", script])
        .current_dir(project.path("d"))
        .env_clear()
        .env("PATH", path)
        .env(
            "EXAMPLES",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"),
        )
        .env("DUBAN_TODAY", "2020-07-03")
        .env("DUBAN_LANG", "en")
        .env("DUBAN_ACTOR", "cron")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

fn demo() -> Project {
    let project = Project::empty();
    project.ok("demo d");
    project
}

/// The names in a folder, in order.
fn names(project: &Project, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(project.path(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn the_weekly_script_publishes_and_mails_the_week_once() {
    let project = demo();
    project.write("d/sendmail", "#!/bin/sh\ncat >> mails\n");
    let weekly = "chmod +x sendmail; DUBAN_PLAN=duban.toml SENDMAIL=./sendmail WEEKLY_TO=leader@example.org \"$EXAMPLES\"/weekly.sh weeks";
    let (stdout, stderr, code) = run(&project, weekly);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (Some(0), "", ""));
    assert_eq!(names(&project, "d/weeks"), ["2020-W27", "index.html"]);
    let files = ["report.docx", "report.html", "report.json", "report.txt"];
    assert_eq!(names(&project, "d/weeks/2020-W27"), files);
    // A mail that could not go out goes out with the next run, once.
    let again = "rm -r weeks mails; printf '#!/bin/sh\nexit 1\n' > sendmail; chmod +x sendmail; ";
    let (_, stderr, code) = run(&project, &format!("{again}{weekly}"));
    assert_eq!(code, Some(2), "{stderr}");
    project.write("d/sendmail", "#!/bin/sh\ncat >> mails\n");
    assert_eq!(run(&project, weekly).2, Some(0));
    assert_eq!(names(&project, "d/weeks"), ["2020-W27", "index.html"]);
    assert_eq!(run(&project, weekly).2, Some(0));
    let mails = project.read("d/mails");
    assert_eq!(
        mails.matches("To: leader@example.org\n").count(),
        1,
        "{mails}"
    );
    assert_eq!(mails.matches("\n--week").count(), 3, "{mails}");
    assert!(mails.contains("Content-Disposition: attachment; filename=2020-W27.html\n"));
    let (body, _, _) = run(
        &project,
        "sed -n '/^--week/,$p' mails | sed '1,/^$/d; /^--week/,$d' | base64 -d",
    );
    assert_eq!(body, project.read("d/weeks/2020-W27/report.txt"));
    let (_, stderr, code) = run(&project, "\"$EXAMPLES\"/weekly.sh /dev/null/weeks");
    assert_eq!(code, Some(2), "{stderr}");
}

#[test]
fn the_task_of_windows_runs_what_duban_takes() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let task = fs::read_to_string(examples.join("duban-weekly.xml")).unwrap();
    let (_, rest) = task.split_once("<Arguments>").unwrap();
    let (line, _) = rest.split_once("</Arguments>").unwrap();
    let mut project = demo();
    project.enter("d");
    let line = line.replace("C:\\census\\", "");
    assert_eq!(project.ok(&line).stdout, "weeks/2020-W27\n");
    assert_eq!(project.ok(&line).stdout, "");
}

#[test]
fn the_pipeline_makes_one_line_a_unit() {
    let project = demo();
    let (stdout, stderr, code) = run(&project, "\"$EXAMPLES\"/lagging-to-chat.sh");
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(stdout.lines().count(), 6, "{stdout}");
    assert!(stdout.starts_with("洛咖村"), "{stdout}");
}

#[test]
fn the_sample_records_can_be_imported() {
    let project = demo();
    let (_, stderr, code) = run(&project, "duban import \"$EXAMPLES\"/records.csv");
    assert_eq!(code, Some(0), "{stderr}");
}
