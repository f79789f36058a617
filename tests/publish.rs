//! Publishing: forms, files, JSON that scripts rely on, exit codes.

use std::io::Read;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Output, Project};

fn demo() -> Project {
    let mut project = Project::empty().set("DUBAN_LANG", "en");
    project.ok("demo d");
    project.enter("d");
    project
}

/// Everything that answers in JSON.
const JSON: &[&str] = &[
    "status",
    "status --by goal --since 2020-06-26",
    "status --by area --as-of 2020-11-02",
    "lagging --within 30 --since 6-26",
    "board",
    "show 塘坝",
    "show 海报",
    "show 塘坝/海报",
    "show 龙潭/海报",
    "explain 塘坝 海报",
    "plan",
    "log -n 5",
    "audit",
    "todo",
    "check",
    "check --open",
];

#[test]
fn json_is_the_same_in_both_languages() {
    let mut project = demo();
    for line in JSON {
        for format in ["json", "jsonl", "csv"] {
            let line = format!("{line} --format {format}");
            let english = project.put("DUBAN_LANG", "en").ok(&line).stdout;
            let chinese = project.put("DUBAN_LANG", "zh-CN").ok(&line).stdout;
            assert_eq!(english, chinese, "{line}");
        }
    }
}

/// The shape of a JSON value: keys in order, and of an array its first element.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let keys = object
                .iter()
                .map(|(key, value)| (key.clone(), shape(value)));
            Value::Object(keys.collect())
        }
        Value::Array(items) => Value::Array(items.first().map(shape).into_iter().collect()),
        Value::String(_) => "text".into(),
        Value::Number(_) => "number".into(),
        Value::Bool(_) => "bool".into(),
        Value::Null => Value::Null,
    }
}

#[test]
fn the_shapes_of_json_are_pinned() {
    let project = demo();
    let mut told = String::new();
    for line in JSON {
        let value = shape(&project.json(line));
        told.push_str(&format!("{line}\n{value:#}\n\n"));
    }
    assert_snapshot!(told);
}

#[test]
fn json_lines_and_csv_are_the_rows_of_the_json() {
    let project = demo();
    for line in JSON {
        let rows = project.json(line)["rows"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let lines = project.ok(&format!("{line} --format jsonl")).stdout;
        let lines: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, rows, "{line}");
        let csv = project.ok(&format!("{line} --format csv")).stdout;
        assert!(
            !csv.starts_with('\u{feff}'),
            "standard output takes no byte order mark"
        );
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let width = reader.headers().unwrap().len();
        for record in reader.records() {
            assert_eq!(record.unwrap().len(), width, "{line}");
        }
    }
}

#[test]
fn a_file_is_written_in_the_form_of_its_ending() {
    let project = demo();
    std::fs::create_dir(project.path("d/out")).unwrap();
    for (ending, begins) in [
        ("json", "{"),
        ("jsonl", "{\"code\":"),
        ("csv", "\u{feff}code,name,"),
        ("md", "# "),
        ("html", "<!DOCTYPE html>"),
        ("txt", "[sample data]"),
        ("docx", "PK"),
        ("xlsx", "PK"),
    ] {
        let output = project.ok(&format!("status -o out/status.{ending}"));
        assert_eq!(output.stdout, "");
        assert!(output.stderr.contains("status."), "{output}");
        let bytes = std::fs::read(project.path(&format!("d/out/status.{ending}"))).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.starts_with(begins), "{ending}: {text}");
    }
    assert_snapshot!(project.talk(&[
        "status -o status.doc",
        "status --format yaml",
        "status -o ."
    ]));
    project.ok("lagging -o out/status.csv");
    assert!(
        project.read("d/out/status.csv").contains("overdue"),
        "a file is replaced as a whole"
    );
    let left: Vec<_> = std::fs::read_dir(project.path("d/out")).unwrap().collect();
    assert_eq!(left.len(), 8, "and nothing is left beside it: {left:?}");
}

/// What a word processor's document says, a paragraph a line.
fn paragraphs(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    zip.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let texts = xml.split("</w:p>").map(|paragraph| {
        let runs = paragraph.split("<w:t xml:space=\"preserve\">").skip(1);
        runs.map(|run| run.split('<').next().unwrap())
            .collect::<String>()
    });
    texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_week_as_a_word_processors_document() {
    let mut project = demo();
    for lang in ["zh-CN", "en"] {
        project.put("DUBAN_LANG", lang);
        let mut told = String::new();
        for line in ["status --since 6-26", "lagging", "board"] {
            told.push_str(&project.talk(&[&format!("{line} -o week.docx")]));
            let first = std::fs::read(project.path("d/week.docx")).unwrap();
            told.push_str(&paragraphs(&first));
            told.push_str("\n\n");
            project.ok(&format!("{line} -o week.docx"));
            let again = std::fs::read(project.path("d/week.docx")).unwrap();
            assert!(first == again, "{line}: other bytes");
        }
        assert_snapshot!(format!("docx_{lang}"), told);
    }
    let seen = project.seen();
    assert_snapshot!(
        "docx_on_a_screen",
        seen.talk(&["status --format docx", "lagging --format txt"])
    );
}

#[test]
fn a_text_file_has_its_tables_in_full() {
    let project = demo().wide(60);
    let screen = project.ok("lagging").stdout;
    let text = project.ok("lagging --format txt").stdout;
    assert!(!screen.contains("Contact"), "{screen}");
    assert!(text.contains("Contact"), "{text}");
    project.ok("lagging -o lagging.txt");
    assert_eq!(project.read("d/lagging.txt"), text);
}

/// The drawing needs no font; the picture says so where there is none.
#[test]
fn a_board_is_a_drawing_and_a_picture() {
    let project = demo();
    project.ok("board -o board.svg");
    let drawn = project.read("d/board.svg");
    assert!(drawn.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang="));
    assert!(drawn.contains("<rect class=\"mark overdue\"") && drawn.contains(">洛咖村<"));
    assert!(!drawn.contains("var(--"), "{drawn}");
    project.ok("board -o again.svg");
    assert_eq!(project.read("d/again.svg"), drawn);
    let told = project.run("board -o board.png");
    match told.code {
        0 => {
            let png = std::fs::read(project.path("d/board.png")).unwrap();
            assert!(png.starts_with(b"\x89PNG"));
        }
        _ => {
            assert!(told.stderr.contains("fonts-noto-cjk"), "{}", told.stderr);
            assert!(!project.path("d/board.png").exists());
        }
    }
}

#[test]
fn markdown_and_html() {
    let project = Project::small();
    project.ok("done v1 plan --on 6-20 --note '<script>alert(1)</script> | _x_'");
    assert_snapshot!(
        "markdown",
        project.talk(&[
            "status --format markdown",
            "lagging --format markdown",
            "log --format markdown"
        ])
    );
    let html = project.ok("log --format html").stdout;
    assert!(
        html.contains("&lt;script&gt;") && !html.contains("<script"),
        "{html}"
    );
    let (head, rest) = html.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    assert_snapshot!("html", format!("{head}<style>…</style>{body}"));
}

#[test]
fn text_from_outside_does_no_harm() {
    let project = Project::small();
    project.write(
        "r.csv",
        "unit,task,on,note\nv1,plan,6-20,\"=HYPERLINK(\"\"http://x\"\")\"\nv2,plan,6-20,\"a\u{1b}[31mred\u{7}\u{202e}b\"\n",
    );
    project.ok("import r.csv");
    let shown = project.ok("log").stdout;
    assert!(
        !shown.contains(['\u{1b}', '\u{7}', '\u{202e}']),
        "{shown:?}"
    );
    assert!(
        project
            .ok("log --format csv")
            .stdout
            .contains("'=HYPERLINK")
    );
    let rows = project.json("log")["rows"].clone();
    assert_eq!(
        rows[0]["note"], "a\u{1b}[31mred\u{7}\u{202e}b",
        "JSON says what there is"
    );
    let unit = project.ok("show v1").stdout;
    assert!(
        unit.contains("138****1234") && !unit.contains("13812341234"),
        "{unit}"
    );
    assert!(
        project
            .ok("show v1 --show-phone")
            .stdout
            .contains("13812341234")
    );
    assert_eq!(project.json("show v1")["unit"]["phone"], "138****1234");
}

#[test]
fn exit_codes_are_those_of_grep() {
    let mut project = Project::small();
    let code = |project: &Project, line: &str| project.run(line).code;
    for line in [
        "status",
        "lagging",
        "board",
        "plan",
        "check",
        "--help",
        "help status",
        "status --help",
        "--version",
    ] {
        assert_eq!(code(&project, line), 0, "{line}");
    }
    assert_eq!(code(&project, "lagging --exit-code"), 1);
    assert_eq!(code(&project, "lagging --exit-code --as-of 2020-06-30"), 0);
    assert_eq!(
        code(&project, "lagging --exit-code --as-of 2020-07-01 --grace 1"),
        0
    );
    assert_eq!(code(&project, "lagging --exit-code --task notice"), 0);
    for line in [
        "",
        "stauts",
        "status --by colour",
        "status --as-of",
        "lagging --grace -1",
        "done",
        "show nobody",
        "import none.csv",
    ] {
        assert_eq!(code(&project, line), 2, "{line}");
    }
    project.put("DUBAN_TODAY", "tomorrow");
    assert_eq!(code(&project, "status"), 2);
    project.on("2020-07-03").put("DUBAN_PLAN", "elsewhere.toml");
    assert_eq!(code(&project, "status"), 2);
    let Output { stdout, stderr, .. } = Project::empty().run("status");
    assert_eq!(stdout, "", "data is data");
    assert!(stderr.contains("duban init"), "{stderr}");
}

#[test]
fn usage_errors_speak_both_languages() {
    let project = Project::small();
    let lines = [
        "stauts",
        "status --by colour",
        "status --formt json",
        "done",
        "lagging --grace many",
        "lagging --within -3",
        "status --lang fr",
        "status --known-by 2020-08-01",
        "instruct plan --due 7-20 --reason x",
        "status --as-of",
    ];
    assert_snapshot!("usage_in_english", project.talk(&lines));
    assert_snapshot!(
        "usage_in_chinese",
        project.set("DUBAN_LANG", "zh-CN").talk(&lines)
    );
}

#[test]
fn help_speaks_both_languages() {
    let project = Project::small();
    let lines = [
        "--help",
        "help done",
        "status --help",
        "help environment",
        "help 退出码",
        "help days",
        "help weather",
    ];
    assert_snapshot!("help_in_english", project.talk(&lines));
    assert_snapshot!(
        "help_in_chinese",
        project.set("DUBAN_LANG", "zh-CN").talk(&lines)
    );
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let project = Project::small();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = project.ok(&format!("completions {shell}")).stdout;
        for name in ["status", "lagging", "instruct"] {
            assert!(script.contains(name), "{shell} {name}");
        }
    }
    let manual = project.ok("man").stdout;
    for name in ["status", "lagging", "instruct", "DUBAN_PLAN"] {
        assert!(manual.contains(name), "{name}");
    }
}

#[test]
fn the_plan_schema_accepts_the_plans() {
    let project = Project::small();
    let schema: Value = serde_json::from_str(&project.ok("schema plan").stdout).unwrap();
    assert_eq!(schema["required"][0], "plan");
    assert_eq!(project.run("schema roster").code, 2);
}
