//! The READMEs are tested: every `console` block runs, in order, in one project, and says what the README shows. With
//! `DUBAN_README=update` in the environment, the READMEs are brought up to date instead.

use std::fs;
use std::path::Path;

use crate::support::Project;

/// Runs the blocks of a README and gives the text back with the outputs that came.
fn replay(text: &str, lang: &str) -> String {
    let mut project = Project::empty().set("DUBAN_LANG", lang).wide(80);
    let mut replayed = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        replayed.push_str(line);
        replayed.push('\n');
        if line.trim() != "```console" {
            continue;
        }
        while let Some(line) = lines.next_if(|line| line.trim() != "```") {
            let Some(command) = line.strip_prefix("$ ") else {
                continue;
            };
            replayed.push_str(line);
            replayed.push('\n');
            if let Some(output) = answer(&mut project, command) {
                replayed.push_str(&output);
            } else {
                while let Some(shown) =
                    lines.next_if(|line| !line.starts_with("$ ") && line.trim() != "```")
                {
                    replayed.push_str(shown);
                    replayed.push('\n');
                }
            }
        }
    }
    replayed
}

/// What a command says; `None` for commands that are not duban's.
fn answer(project: &mut Project, command: &str) -> Option<String> {
    if let Some((name, value)) = command
        .strip_prefix("export ")
        .and_then(|rest| rest.split_once('='))
    {
        project.put(name, value);
        return Some(String::new());
    }
    if let Some(folder) = command.strip_prefix("cd ") {
        project.enter(folder);
        return Some(String::new());
    }
    let line = match command.strip_prefix("cargo run --release -- ") {
        Some(line) => line,
        None => command.strip_prefix("duban ")?,
    };
    let (line, code) = match line.strip_suffix("; echo $?") {
        Some(line) => (line, true),
        None => (line, false),
    };
    let output = project.run(line);
    let mut text = format!("{}{}", output.stderr, output.stdout);
    if code {
        text.push_str(&format!("{}\n", output.code));
    }
    Some(text)
}

#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the test says whether to update"
)]
fn case(name: &str, lang: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(&path).unwrap();
    let replayed = replay(&text, lang);
    if std::env::var("DUBAN_README").is_ok_and(|value| value == "update") {
        fs::write(path, replayed).unwrap();
        return;
    }
    for (at, (shown, said)) in text.lines().zip(replayed.lines()).enumerate() {
        assert_eq!(shown, said, "{name}:{}", at + 1);
    }
    assert_eq!(text.lines().count(), replayed.lines().count(), "{name}");
}

#[test]
fn the_readme_shows_what_duban_says() {
    case("README.md", "en");
}

#[test]
fn the_chinese_readme_shows_what_duban_says() {
    case("README.zh-CN.md", "zh-CN");
}

#[test]
fn both_readmes_show_the_same_commands() {
    let commands = |name: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let lines = text
            .lines()
            .filter(|line| line.starts_with("$ "))
            .map(ToString::to_string);
        lines.collect::<Vec<_>>()
    };
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
}

#[test]
fn both_readmes_have_the_same_headings() {
    let levels = |name: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
        let levels = text.lines().filter(|line| line.starts_with('#'));
        levels
            .map(|line| line.split(' ').next().unwrap().len())
            .collect::<Vec<_>>()
    };
    assert_eq!(levels("README.md"), levels("README.zh-CN.md"));
}
