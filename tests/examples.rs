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

#[test]
fn the_weekly_script_publishes_the_week() {
    let project = demo();
    let (_, stderr, code) = run(
        &project,
        "DUBAN_PLAN=duban.toml \"$EXAMPLES\"/weekly.sh published",
    );
    assert_eq!(code, Some(1), "somebody lags: {stderr}");
    let published: Vec<_> = fs::read_dir(project.path("d/published")).unwrap().collect();
    assert!(published.len() >= 3, "{published:?}");
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
