//! What the documents have to hold.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{chinese, documents, fenced, root, text};
use crate::support::Project;

/// Both languages of a document.
fn both(name: &str) -> [String; 2] {
    [name.to_string(), chinese(name)]
}

#[test]
fn both_languages_have_the_same_headings_and_blocks() {
    // Levels of headings, info strings of blocks, and commands without what is quoted in them, which is written in the language.
    let outline = |name: &str| {
        let text = text(name);
        let lines = fenced(&text).filter_map(|(inside, line)| {
            let word = line.split(' ').next().unwrap_or_default();
            match inside {
                true if line.starts_with("$ ") => Some(line.split('"').step_by(2).collect()),
                true if line.starts_with("```") => Some(line.to_string()),
                false if line.starts_with('#') => Some(word.to_string()),
                _ => None,
            }
        });
        lines.collect::<Vec<_>>()
    };
    for name in documents() {
        let [english, chinese] = both(&name).map(|name| outline(&name));
        for (one, other) in english.iter().zip(&chinese) {
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(english.len(), chinese.len(), "{name}");
    }
}

#[test]
fn links_lead_to_files_that_are_there() {
    for name in documents().iter().flat_map(|name| both(name)) {
        let text = text(&name);
        let folder = root().join(&name);
        let prose = fenced(&text).filter(|(inside, _)| !inside);
        for link in prose.flat_map(|(_, line)| line.split("](").skip(1)) {
            let link = link.split(')').next().unwrap();
            let file = link.split('#').next().unwrap();
            if !file.is_empty() && !link.contains("://") {
                let path = folder.parent().unwrap().join(file);
                assert!(path.exists(), "{name}: {link}");
            }
        }
    }
}

#[test]
fn a_readme_is_short() {
    for name in both("README.md") {
        let lines = text(&name).lines().count();
        assert!(lines <= 300, "{name} has {lines} lines");
    }
}

/// The keys that stand in backticks in the first cells of the tables' rows, by the heading above them; `a[].b` names both.
fn rows(name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = text(name);
    let mut sections: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut heading = String::new();
    for (_, line) in fenced(&text).filter(|(inside, _)| !inside) {
        if line.starts_with('#') {
            heading = line.to_string();
            sections.insert(heading.clone(), BTreeSet::new());
        } else if let Some(row) = line.strip_prefix('|') {
            let cell = row.split('|').next().unwrap();
            let words = cell.split('`').skip(1).step_by(2);
            let parts = words.flat_map(|word| word.split(['.', ' ']));
            let keys = parts.map(|part| part.trim_end_matches("[]").to_string());
            sections.entry(heading.clone()).or_default().extend(keys);
        }
    }
    sections
}

#[test]
fn every_command_is_in_the_readme() {
    let script = Project::empty().ok("completions bash").stdout;
    let commands = script.lines().filter_map(|line| {
        let name = line.trim().strip_prefix("duban,")?.strip_suffix(')')?;
        (!name.contains(',') && name != "help").then_some(name)
    });
    let commands: BTreeSet<&str> = commands.collect();
    assert!(commands.len() > 20, "{commands:?}");
    for name in both("README.md") {
        let text = text(&name);
        for command in &commands {
            let cell = |row: &str| {
                row.split('|')
                    .next()
                    .unwrap()
                    .contains(&format!("`{command}"))
            };
            let found = text.lines().filter_map(|line| line.strip_prefix('|'));
            assert!(found.into_iter().any(cell), "{name} has no `{command}`");
        }
    }
}

/// The keys of the tables of a JSON Schema, by the path of the table.
fn keys(schema: &Value, root: &Value, path: &str, found: &mut BTreeMap<String, Vec<String>>) {
    if let Some(target) = schema["$ref"].as_str() {
        let target = root.pointer(target.trim_start_matches('#')).unwrap();
        keys(target, root, path, found);
    }
    for other in schema["anyOf"].as_array().into_iter().flatten() {
        keys(other, root, path, found);
    }
    if schema["items"].is_object() {
        keys(&schema["items"], root, path, found);
    }
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        found.entry(path.to_string()).or_default().push(key.clone());
        let below = format!("{path}.{key}");
        keys(value, root, below.trim_start_matches('.'), found);
    }
}

#[test]
fn every_key_of_a_plan_is_documented() {
    let schema = Project::empty().ok("schema plan").stdout;
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let mut tables = BTreeMap::new();
    keys(&schema, &schema, "", &mut tables);
    assert!(tables.len() > 8, "{tables:?}");
    for name in both("docs/plan-file.md") {
        let sections = rows(&name);
        let documented = |table: &str, key: &str| {
            let last = table.rsplit('.').next().unwrap();
            let about = |heading: &str| {
                heading.contains(&format!("[{table}]")) || heading.contains(&format!("`{last}`"))
            };
            let mut sections = sections.iter();
            sections.any(|(heading, keys)| about(heading) && keys.contains(key))
        };
        for (table, keys) in &tables {
            for key in keys.iter().filter(|_| !table.is_empty()) {
                assert!(documented(table, key), "{name} lacks `{key}` of {table}");
            }
        }
        for table in &tables[""] {
            let found = sections.keys().any(|it| it.contains(&format!("[{table}]")));
            assert!(found, "{name} has no section of [{table}]");
        }
    }
}

#[test]
fn every_header_of_a_column_is_documented() {
    let columns = Project::empty().ok("import --columns").stdout;
    let lists = columns.lines().filter_map(|line| line.strip_prefix("  "));
    let headers: BTreeSet<&str> = lists.flat_map(|list| list.split("  ")).collect();
    assert!(headers.len() > 40, "{headers:?}");
    for name in both("docs/plan-file.md") {
        let text = text(&name);
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        for header in &headers {
            assert!(
                rows.iter().any(|row| row.contains(header)),
                "{name} lacks {header}"
            );
        }
    }
}

/// The ids of all shapes of JSON in the source.
fn schemas() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, code) in crate::architecture::sources() {
        for word in code.split('"').filter(|word| word.starts_with("duban.")) {
            if word
                .split_once('/')
                .is_some_and(|(_, number)| number.parse::<u32>().is_ok())
            {
                found.insert(word.to_string());
            }
        }
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

#[test]
fn every_shape_of_json_is_documented() {
    for name in both("docs/json.md") {
        let text = text(&name);
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
        for schema in schemas() {
            let found = headings
                .iter()
                .any(|it| it.contains(&format!("`{schema}`")));
            assert!(found, "{name} has no section of `{schema}`");
        }
    }
}

/// Tables whose keys come from the plan or the roster.
const NAMED_BY_PLANS: [&str; 4] = ["cells", "values", "attributes", "by_task"];

fn keys_of(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| keys_of(item, found)),
        Value::Object(object) => {
            for (key, value) in object {
                found.insert(key.clone());
                // An answer within an answer has a section of its own.
                let answers = value.get("schema").is_some();
                if !answers && !NAMED_BY_PLANS.contains(&key.as_str()) {
                    keys_of(value, found);
                }
            }
        }
        _ => {}
    }
}

/// What the demo answers in JSON, on a day with two notices and everything that they tell of.
fn answers() -> Vec<Value> {
    let mut project = Project::empty();
    project.ok("demo d");
    project.enter("d");
    project.ok("return 杏垭/横幅 --reason example --due 7-4");
    project.ok("accept 塘坝/横幅");
    project.ok("notice --issue --until 7-2");
    project.ok("object 塘坝 海报 --notice 1 --reason example");
    project.on("2020-07-10");
    project.ok("reverse 塘坝/海报 --reason example");
    project.ok("object 昆山 信息 --notice 1 --reason example");
    project.ok("done 大排 横幅 --on 7-7");
    project.ok("commend 海生社区 --reason example");
    project.ok("notice --issue --leave-out 昆山 --reason example");
    project.on("2020-07-11");
    let lines = [
        "status",
        "status --since 2020-06-26",
        "status --by unit",
        "lagging --within 30 --since 6-26",
        "board",
        "show 塘坝",
        "show 海报",
        "show 塘坝/海报",
        "show 龙潭/海报",
        "explain 塘坝 海报",
        "explain 杏垭 横幅",
        "remind --dry-run",
        "notice",
        "notice --list",
        "score",
        "audit",
        "report",
        "calendar",
        "calendar --unit 塘坝",
        "todo",
        "plan",
        "log",
        "check",
        "check --open",
        "verify",
        "repair",
    ];
    let mut answers: Vec<Value> = lines.iter().map(|line| project.json(line)).collect();
    let journal = project.ok("export").stdout;
    let lines = journal
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    answers.push(
        serde_json::json!({ "schema": "duban.journal/2", "lines": lines.collect::<Vec<Value>>() }),
    );
    project.ok("backup -o backup.zip");
    let backup = std::fs::File::open(project.here().join("backup.zip")).unwrap();
    let mut backup = zip::ZipArchive::new(backup).unwrap();
    answers.push(serde_json::from_reader(backup.by_name("manifest.json").unwrap()).unwrap());
    answers
}

#[test]
fn every_key_of_json_is_documented() {
    let answers = answers();
    let answered: BTreeSet<String> = answers
        .iter()
        .map(|answer| answer["schema"].as_str().unwrap().to_string())
        .collect();
    assert_eq!(answered, schemas(), "each shape is tried");
    for name in both("docs/json.md") {
        let sections = rows(&name);
        for answer in &answers {
            let schema = answer["schema"].as_str().unwrap();
            // A section without a schema of its own is about what several shapes have in common.
            let about = |heading: &str| {
                heading.contains(&format!("`{schema}`")) || !heading.contains("`duban.")
            };
            let known: BTreeSet<&str> = sections
                .iter()
                .filter(|(heading, _)| about(heading))
                .flat_map(|(_, keys)| keys.iter().map(String::as_str))
                .collect();
            let mut found = BTreeSet::new();
            keys_of(answer, &mut found);
            let lacking = found.iter().filter(|key| !known.contains(key.as_str()));
            let lacking: Vec<&String> = lacking.filter(|key| *key != "lines").collect();
            assert!(lacking.is_empty(), "{name} lacks {lacking:?} of {schema}");
        }
    }
}

#[test]
fn contributing_names_files_that_are_there() {
    for name in both("CONTRIBUTING.md") {
        let text = text(&name);
        let prose = fenced(&text).filter(|(inside, _)| !inside);
        for word in prose.flat_map(|(_, line)| line.split('`').skip(1).step_by(2)) {
            let path = ["src/", "tests/", "docs/", "benches/", "plans/", ".ci/"]
                .iter()
                .any(|start| word.starts_with(start));
            if path && !word.contains(['*', ' ', '<']) {
                assert!(root().join(word).exists(), "{name}: {word}");
            }
            let bare = word.contains('/') && root().join("src").join(word).exists();
            assert!(
                !bare,
                "{name}: {word} is under src/, where this test finds it"
            );
        }
    }
}

#[test]
fn the_test_command_is_in_the_readme() {
    // `.ci/run` takes it from there.
    let readme = text("README.md");
    assert!(readme.lines().any(|line| line.starts_with("$ cargo test")));
}
