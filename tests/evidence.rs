//! Evidence: files taken in, shown, missing and altered, as somebody at the desk sees it.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Project, SMALL};

/// One of the demo's photographs.
fn photograph(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/demo/photos");
    fs::read(folder.join(name)).unwrap()
}

/// A project with photographs, good and bad.
fn project(lang: &str) -> Project {
    let project = Project::small().set("DUBAN_LANG", lang).wide(80);
    let good = photograph("poster-217.jpg");
    project.write("banner.jpg", &good);
    project.write("board.png", photograph("banner-203.png"));
    project.write("notice.pdf", "%PDF-1.7 a notice");
    project.write("cut.jpg", &good[..good.len() / 2]);
    project.write("wrong.jpg", photograph("banner-203.png"));
    project.write("text.jpg", "not a photograph");
    project.write("empty.jpg", "");
    fs::create_dir(project.path("folder")).unwrap();
    project
}

/// What is in the evidence folder.
fn kept(project: &Project, folder: &str) -> Vec<PathBuf> {
    let Ok(shelves) = fs::read_dir(project.path(folder)) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = shelves
        .flat_map(|shelf| fs::read_dir(shelf.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files
}

const TALK: &[&str] = &[
    "done v1,v2 banner --on 6-28 --evidence banner.jpg --evidence https://example.invalid/1",
    "show v1/banner",
    "correct v1/banner --evidence board.png --evidence notice.pdf",
    "show v1/banner",
    "correct v1/banner --count 2",
    "show v1/banner",
];

#[test]
fn files_are_taken_in_and_shown() {
    let english = project("en");
    assert_snapshot!("taken_in_english", english.talk(TALK));
    assert_snapshot!("taken_in_chinese", project("zh-CN").talk(TALK));
    assert_eq!(kept(&english, "duban.evidence").len(), 3);
    let row = &english.json("show v1/banner")["evidence"][0];
    assert_eq!(row["media"], "image/png");
    assert_eq!(row["state"], "present");
    let path = row["path"].as_str().unwrap();
    let path = english.path(path.strip_prefix("[folder]/").unwrap());
    assert_eq!(fs::read(path).unwrap(), photograph("banner-203.png"));
}

#[test]
fn a_name_steers_no_terminal() {
    let project = project("en");
    project.write("odd\u{1b}[31m.txt", "proof");
    project.ok("done v1 plan --evidence odd\u{1b}[31m.txt");
    let shown = project.ok("show v1/plan").stdout;
    assert!(shown.contains("odd\\u{1b}[31m.txt"), "{shown:?}");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    project.write("empty\u{1b}[31m.txt", "");
    let told = project
        .run("done v1 plan --evidence empty\u{1b}[31m.txt")
        .stderr;
    assert!(
        !told.contains('\u{1b}') && told.contains("is empty"),
        "{told:?}"
    );
}

const BAD: &[&str] = &[
    "done v1 plan --evidence folder",
    "done v1 plan --evidence /dev/null",
    "done v1 plan --evidence empty.jpg",
    "done v1 plan --evidence cut.jpg",
    "done v1 plan --evidence wrong.jpg",
    "done v1 plan --evidence text.jpg",
    "done v1 plan --evidence nowhere.jpg",
    "done v1 plan --evidence-dir banner.jpg --evidence board.png",
    "done v1 plan --evidence-dir no/such --evidence board.png",
];

#[test]
fn bad_files_are_refused_and_nothing_is_recorded() {
    let english = project("en");
    assert_snapshot!("refused_in_english", english.talk(BAD));
    assert_snapshot!("refused_in_chinese", project("zh-CN").talk(BAD));
    assert!(!english.path("duban.db").exists());
    english.run("done v1 plan --on 2021-01-01 --evidence banner.jpg");
    assert!(
        !english.path("duban.evidence").exists(),
        "what is refused for its day is not even read"
    );
}

#[test]
fn not_on_this_machine_is_not_altered() {
    let mut project = project("en");
    project.ok("done v1 banner --evidence banner.jpg --evidence notice.pdf");
    let state = |project: &Project, at: usize| {
        project.json("show v1/banner")["evidence"][at]["state"].clone()
    };
    let file = kept(&project, "duban.evidence")
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(state(&project, 0), "absent");
    assert_eq!(state(&project, 1), "present");
    fs::write(&file, photograph("poster-229.jpg")).unwrap();
    assert_eq!(state(&project, 0), "altered");
    assert_snapshot!(
        "altered",
        project.talk(&["show v1/banner", "done v2 banner --evidence banner.jpg"])
    );
    assert_eq!(state(&project, 0), "present", "put right");
    project.put("DUBAN_EVIDENCE", "elsewhere");
    assert_eq!(state(&project, 0), "absent");
    assert_eq!(
        project.json("show v1/banner")["evidence"][0]["path"],
        Value::Null
    );
    assert_snapshot!(
        "absent_in_chinese",
        project.set("DUBAN_LANG", "zh-CN").talk(&["show v1/banner"])
    );
}

#[test]
fn the_evidence_folder_is_the_options_then_the_variables_then_beside_the_store() {
    let mut project = project("en");
    let count = |project: &Project, folder: &str| kept(project, folder).len();
    project.ok("done v1 plan --store town.db --evidence banner.jpg");
    assert_eq!(count(&project, "town.evidence"), 1);
    project.put("DUBAN_EVIDENCE", "by-variable");
    project.ok("done v1 plan --evidence banner.jpg");
    assert_eq!(count(&project, "by-variable"), 1);
    project.ok("done v1 plan --evidence-dir by-option --evidence banner.jpg");
    assert_eq!(count(&project, "by-option"), 1);
    assert_eq!(count(&project, "duban.evidence"), 0);
}

#[test]
fn a_camera_whose_clock_is_ahead_is_believed_and_said() {
    let mut project = project("en");
    project.on("2020-06-20");
    let told = project.ok("done v1 plan --evidence banner.jpg").stderr;
    assert!(
        told.contains("the camera dates it 2020-06-21, after today (2020-06-20)"),
        "{told}"
    );
    assert_eq!(
        project.json("show v1/plan")["evidence"][0]["taken"],
        "2020-06-21"
    );
    let told = project
        .set("DUBAN_LANG", "zh-CN")
        .ok("done v2 plan --evidence banner.jpg");
    assert!(
        told.stderr.contains("晚于今天"),
        "known from the journal as well: {told}"
    );
}

#[test]
fn lists_take_in_the_files_beside_them_and_no_others() {
    let project = project("en");
    project.write("secret.txt", "not for the list");
    project.write("list/photos/a.jpg", photograph("banner-200.jpg"));
    project.write("list/photos/b.png", photograph("banner-203.png"));
    project.write("list/cut.jpg", &photograph("banner-200.jpg")[..900]);
    let head = "unit,task,on,count,note,evidence\n";
    project.write(
        "list/good.csv",
        format!(
            "{head}v1,banner,6-20,1,both,photos/a.jpg;photos/b.png\n\
             v2,banner,6-20,1,link,https://example.invalid/2\n\
             v3,banner,6-20,1,blank,\n\
             v3,plan,6-20,,nothing,无\n"
        ),
    );
    project.write(
        "list/bad.csv",
        format!(
            "{head}v1,plan,6-20,,,cut.jpg\nv2,plan,6-20,,,photos\nv3,plan,6-20,,good,photos/a.jpg\n\
             v2,banner,6-20,1,missing,photos/c.jpg;https://example.invalid/2\n\
             v3,banner,6-20,1,outside,../secret.txt\n"
        ),
    );
    project.write(
        "list/rows.jsonl",
        r#"{"unit":"v2","task":"plan","on":"2020-06-21","evidence":["photos/a.jpg","photos/b.png"]}"#,
    );
    assert_snapshot!(project.talk(&[
        "import list/bad.csv",
        "import list/good.csv",
        "show v1/banner",
        "show v2/banner",
        "show v3/banner",
        "import list/bad.csv --partial",
        "import list/rows.jsonl",
        "show v2/plan",
        "import list/good.csv",
    ]));
    assert_eq!(kept(&project, "duban.evidence").len(), 2);
    // Another file with the same rows: their photographs are the same, so the facts stand already.
    let text = project.read("list/good.csv");
    project.write(
        "list/more.csv",
        format!("{text}v1,report,6-20,,new,photos/a.jpg\n"),
    );
    let told = project.ok("import list/more.csv").stderr;
    assert!(
        told.contains("imported 1 entry") && told.contains("skipped 4"),
        "{told}"
    );
}

/// A word is no proof, whatever the task asks for, as with `done`.
#[test]
fn words_in_the_evidence_column_prove_nothing() {
    let target = "measure = \"pcs\" }\n";
    let plan = SMALL.replacen(target, &format!("{target}evidence = \"required\"\n"), 1);
    assert_ne!(plan, SMALL);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let list = |cell: &str| {
        project.write(
            "list.csv",
            format!("unit,task,on,count,evidence\nv1,banner,6-20,1,{cell}\n"),
        );
        let output = project.run("import list.csv");
        assert_eq!(output.code, 2, "{cell}: {}", output.stderr);
        output.stderr
    };
    for word in ["有", "2张", "yes", "已拍照", "photo.jpg", "√"] {
        let told = list(word);
        let wanted = format!("cannot read evidence `{word}`: no such file");
        assert!(told.contains(&wanted), "{told}");
    }
    for nothing in ["", "无", "-", "——", "/", "暂无", "None"] {
        let told = list(nothing);
        assert!(told.contains("evidence is required"), "{nothing}: {told}");
    }
}

#[test]
fn of_each_kind_of_remark_on_rows_twenty_are_told_and_the_rest_counted() {
    let project = project("en");
    let mut rows = String::from("unit,task,on,count,note\n");
    rows.push_str(&"v1,banner,2019-6-20,1,same\n".repeat(30));
    project.write("rows.csv", rows);
    let told = project.ok("import rows.csv").stderr;
    assert_eq!(told.matches("please check the date").count(), 20, "{told}");
    assert_eq!(told.matches("identical record").count(), 20, "{told}");
    assert!(
        told.contains("19 more warnings of this kind not shown"),
        "{told}"
    );
}

#[test]
fn standard_input_is_beside_the_folder_of_the_run() {
    let mut project = project("en");
    project.input(r#"{"unit":"v1","task":"plan","on":"2020-06-21","evidence":"board.png"}"#);
    project.ok("import -");
    assert_eq!(
        project.json("show v1/plan")["evidence"][0]["state"],
        "present"
    );
}

/// A journal that an office sends travels without the files.
#[test]
fn a_merged_journal_names_files_that_are_elsewhere() {
    let town = project("en");
    town.ok("done v1 plan --evidence banner.jpg");
    let district = project("en");
    district.write("town.jsonl", town.ok("export").stdout);
    district.ok("import town.jsonl");
    let piece = &district.json("show v1/plan")["evidence"][0];
    assert_eq!(piece["state"], "absent");
    assert_eq!(piece["likeness"]["algorithm"], "phash-8x8");
}

#[test]
fn the_demos_photographs_are_one_shared_one_look_alike_and_others_far_apart() {
    let mut project = Project::empty();
    project.ok("demo d");
    project.enter("d");
    let mut pieces: Vec<(String, String, String, u64)> = Vec::new();
    let log = project.json("log -n 100");
    for row in log["rows"].as_array().unwrap() {
        for piece in row["evidence"].as_array().unwrap() {
            if let Some(file) = piece.get("file") {
                let text = |value: &Value| value.as_str().unwrap().to_string();
                let bits = u64::from_str_radix(file["likeness"]["hash"].as_str().unwrap(), 16);
                let (day, taken) = (text(&row["day"]), file.get("taken").map(text));
                assert!(
                    taken.is_none_or(|taken| "2020-06-16" <= taken.as_str() && taken <= day),
                    "a sample is taken while its task runs: {file}"
                );
                pieces.push((
                    text(&row["task"]),
                    text(&file["name"]),
                    text(&file["blake3"]),
                    bits.unwrap(),
                ));
            }
        }
    }
    assert_eq!(pieces.len(), 13);
    let (mut shared, mut alike) = (Vec::new(), Vec::new());
    for (at, one) in pieces.iter().enumerate() {
        for other in &pieces[at + 1..] {
            let pair = format!("{} {} {}", one.0, other.1, one.1);
            match (one.3 ^ other.3).count_ones() {
                _ if one.2 == other.2 => shared.push(pair),
                0..=4 => alike.push(pair),
                distance => assert!(distance >= 12, "{pair}: {distance}"),
            }
        }
    }
    assert_eq!(shared, ["banner banner-216.jpg banner-225.jpg"]);
    assert_eq!(alike, ["poster poster-217.jpg poster-229.jpg"]);
}
