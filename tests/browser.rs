//! The page of the week in a browser: its figures are those that commands answer, it sorts and filters, and nothing is wrong with it.
//!
//! `DUBAN_BROWSER` names a folder in which npm has put playwright-core and axe-core; `.ci/run` makes one. Without it, or where there is
//! no chromium, nothing is tried, and that is said.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Project;

/// Chromium, under any of its names.
fn chromium() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.find(|place| place.exists())
}

#[test]
fn the_page_of_the_week_is_sound_in_a_browser() {
    let Some(packages) = env::var_os("DUBAN_BROWSER") else {
        // Straight to the terminal: what a test that passes prints is not shown.
        let why = "skipped: DUBAN_BROWSER names no folder with playwright-core and axe-core";
        writeln!(io::stderr(), "{why}").unwrap();
        return;
    };
    let chromium = chromium().expect("chromium, which DUBAN_BROWSER asks for");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/page.js");
    for lang in ["zh-CN", "en"] {
        let mut project = Project::empty().set("DUBAN_LANG", lang);
        project.ok("demo d");
        project.enter("d").on("2020-07-10");
        let save =
            |name: &str, content: String| fs::write(project.here().join(name), content).unwrap();
        save("status.json", project.ok("status --format json").stdout);
        save("lagging.json", project.ok("lagging --format json").stdout);
        project.ok("report -o week.html");
        let output = Command::new("node")
            .arg(&script)
            .arg(&chromium)
            .arg(project.here().join("week.html"))
            .args(["status.json", "lagging.json"])
            .current_dir(project.here())
            .env("NODE_PATH", Path::new(&packages).join("node_modules"))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr]
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        assert!(output.status.success(), "{lang}: {}", said.concat());
    }
}
