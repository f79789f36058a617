//! The files that people write: `init`, `check`, `import`, and everything that can be wrong with them.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::support::{Project, SMALL};

#[test]
fn init_writes_a_plan_that_check_accepts() {
    for lang in ["zh-CN", "en"] {
        let project = Project::empty().set("DUBAN_LANG", lang);
        project.ok("init");
        let checked = project.json("check");
        let ids: Vec<_> = checked["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].clone())
            .collect();
        assert_eq!(ids, ["check-open"], "{lang}");
        assert_eq!(
            project.json("check --open")["rows"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        project.ok("status");
        project.ok("done v01 banner=1");
        let before = project.read("duban.toml");
        assert_eq!(
            project.run("init").code,
            2,
            "never over a file that is there"
        );
        assert_eq!(project.read("duban.toml"), before);
        project.ok("init another.toml");
    }
}

#[test]
fn the_plans_of_this_project_check_without_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut plans = 0;
    for entry in fs::read_dir(root.join("plans")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let checked = Project::empty().json(&format!("check --plan {}", path.display()));
            assert_eq!(checked["errors"], 0, "{checked:#}");
            plans += 1;
        }
    }
    assert!(plans >= 2);
}

#[test]
fn check_finds_what_the_qingjiang_plan_leaves_open() {
    let project = Project::qingjiang().wide(80);
    assert_snapshot!("qingjiang_in_chinese", project.run("check"));
    assert_snapshot!(
        "qingjiang_in_english",
        project.set("DUBAN_LANG", "en").run("check")
    );
}

#[test]
fn check_prints_every_problem_of_both_files_with_its_place() {
    let plan = SMALL
        .split("[[unit]]")
        .next()
        .unwrap()
        .replace(
            "timezone = \"+00:00\"",
            "timezone = \"+00:00\"\nroster = \"units.csv\"\ncolor = \"red\"",
        )
        .replace("due = 2020-06-30", "due = \"2020-6-30\"")
        .replace("every = \"month\"", "every = \"moon\"");
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.write(
        "units.csv",
        "code,name,kind,parent\nv1,Alder,village,nowhere\nv1,Birch,,\n5.11902E+11,Cedar,village,\n",
    );
    assert_snapshot!(
        "a_bad_plan",
        project.talk(&["check", "status", "done v1 plan"])
    );
    let good = SMALL
        .split("[[unit]]")
        .next()
        .unwrap()
        .replace("lang =", "roster = \"units.csv\"\nlang =");
    project.write("duban.toml", good);
    assert_snapshot!("a_bad_roster", project.talk(&["check"]));
    let chinese = project.set("DUBAN_LANG", "zh-CN");
    assert_snapshot!(
        "a_bad_roster_in_chinese",
        chinese.talk(&["check", "lagging"])
    );
    let told: serde_json::Value =
        serde_json::from_str(&chinese.run("check --format json").stdout).unwrap();
    assert_eq!(told["rows"][0]["id"], "check-no-target");
    assert_eq!(told["rows"][1]["id"], "check-parent-unknown");
}

#[test]
fn plan_files_that_cannot_be_read() {
    let project = Project::empty().set("DUBAN_LANG", "en");
    project.write("empty.toml", "");
    project.write("half.toml", &SMALL[..300]);
    project.write("latin.toml", b"[plan]\nid = \"caf\xe9\"\n");
    let mut long = b"[plan]\ntitle = \"".to_vec();
    long.resize(10 << 20, b'x');
    project.write("long.toml", &long);
    fs::create_dir(project.path("folder.toml")).unwrap();
    let head = &SMALL[..SMALL.find("[[phase]]").unwrap()];
    let phases = &SMALL[head.len()..SMALL.find("[[unit]]").unwrap()];
    project.write(
        "alone.toml",
        format!("{head}roster = \"units.csv\"\n{phases}"),
    );
    project.write(
        "leap.toml",
        SMALL.replace("due = 2020-06-30", "due = 2020-02-30"),
    );
    assert_snapshot!(project.talk(&[
        "check --plan none.toml",
        "check --plan empty.toml",
        "check --plan half.toml",
        "check --plan latin.toml",
        "check --plan folder.toml",
        "check --plan alone.toml",
        "status --plan alone.toml",
        "check --plan leap.toml",
        "check",
    ]));
    let long = project.run("check --plan long.toml");
    assert_eq!(long.code, 2);
    assert!(
        long.stdout.len() < 1000,
        "a line of ten megabytes is not printed"
    );
}

/// A workbook of one sheet, as spreadsheets write them.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    use std::io::Write;
    let mut sheet = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (row, number) in rows.iter().zip(1..) {
        sheet.push_str(&format!("<row r=\"{number}\">"));
        for (cell, letter) in row.iter().zip('A'..) {
            let at = format!("{letter}{number}");
            let part = match cell.strip_prefix('#') {
                Some(digits) if digits.ends_with('d') => {
                    let digits = digits.trim_end_matches('d');
                    format!("<c r=\"{at}\" s=\"1\"><v>{digits}</v></c>")
                }
                Some(digits) => format!("<c r=\"{at}\"><v>{digits}</v></c>"),
                None => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
            sheet.push_str(&part);
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"one\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    // As LibreOffice and the zip of an operating system do.
    zip.add_directory("xl/empty/", zip::write::SimpleFileOptions::default())
        .unwrap();
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn workbooks_are_read_with_their_dates_and_their_bad_cells() {
    let mut project = Project::small();
    project.write(
        "r.xlsx",
        workbook(&[
            &["Sheet of June"],
            &["单位", "任务", "日期", "数量"],
            &["v1", "banner", "#44002d", "#3"],
            &["v2", "plan", "2020-06-20", ""],
        ]),
    );
    project.ok("import r.xlsx");
    let rows = project.json("log")["rows"].clone();
    assert_eq!(
        (&rows[1]["day"], &rows[1]["count"]),
        (&"2020-06-20".into(), &3.into())
    );
    project.write(
        "bad.xlsx",
        workbook(&[
            &["unit", "task", "on"],
            &["v9", "banner", "#44002d"],
            &["#511902101001000000000", "plan", "soon"],
        ]),
    );
    project.write("not.xlsx", "unit,task,on\n");
    project.write("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    assert_snapshot!(project.talk(&["import bad.xlsx", "import not.xlsx", "import old.xls"]));
    let roster = SMALL
        .split("[[unit]]")
        .next()
        .unwrap()
        .replace("lang =", "roster = \"units.xlsx\"\nlang =");
    project.write("book.toml", roster);
    let rows: &[&[&str]] = &[
        &["代码", "名称", "类型", "启用"],
        &["#511902101001", "Alder", "village", "#44002d"],
        &["5.11902E+11", "Birch", "village"],
    ];
    project.write("units.xlsx", workbook(rows));
    project.put("DUBAN_PLAN", "book.toml");
    assert_snapshot!("a_roster_in_a_workbook", project.talk(&["check"]));
    project.write("units.xlsx", workbook(&rows[..2]));
    project.ok("check");
    assert_eq!(project.json("show Alder")["unit"]["since"], "2020-06-20");
}

#[test]
fn import_takes_all_or_nothing() {
    let project = Project::small();
    project.write(
        "bad.csv",
        "unit,task,on,count,via,nil,for\n\
         v1,banner,2020-06-20,3,,,\n\
         Adler,banner,2020-06-20,,,,\n\
         v2,baner,2020-06-20,,,,\n\
         v2,banner,2020-07-04,,,,\n\
         v2,banner,2020-02-30,many,pigeon,,\n\
         v2,plan,2020-06-20,,,yes,2020-06\n\
         office,banner,2020-06-20,-1,,,\n\
         ,plan,,,,,\n",
    );
    assert_snapshot!(project.talk(&[
        "import bad.csv",
        "log",
        "import bad.csv --partial",
        "status",
        "import bad.csv --partial"
    ]));
}

#[test]
fn a_roster_in_another_encoding_says_so_in_the_plan() {
    let mut project = Project::qingjiang().set("DUBAN_LANG", "en");
    let roster = project.read("qingjiang-2020.units.csv");
    let gb = encoding_rs::GB18030.encode(&roster).0.into_owned();
    project.write("qingjiang-2020.units.csv", gb);
    assert_snapshot!(project.talk(&["status", "done 塘坝 横幅"]));
    let plan = project.read("duban.toml");
    let line = plan
        .lines()
        .find(|line| line.starts_with("roster"))
        .unwrap();
    let with = |label: &str| plan.replace(line, &format!("{line}\nencoding = \"{label}\""));
    project.write("duban.toml", with("klingon"));
    assert_eq!(project.run("status").code, 2);
    project.write("duban.toml", with("gb18030"));
    project.on("2020-07-03").ok("done 塘坝 横幅");
    let status = project.ok("status --unit 塘坝");
    assert_eq!(status.stderr, "", "the roster is read as it was applied");
    project.write("qingjiang-2020.units.csv", &roster);
    project.write("duban.toml", &plan);
    let told = project.ok("apply");
    assert!(told.stderr.contains("nothing to apply"), "{told}");
}

#[test]
fn a_dry_run_says_what_an_import_would_record() {
    let (project, other) = (Project::small(), Project::small());
    project.write(
        "l.csv",
        "unit,task,on,count\nv1,banner,2020-06-10,2\nv2,plan,2020-06-10,\n",
    );
    project.write(
        "bad.csv",
        "unit,task,on,count\nv1,banner,2020-06-11,3\nv8,plan,2020-06-10,\n",
    );
    project.write(
        "more.csv",
        "unit,task,on,count\nv1,banner,2020-06-10,3\nv2,plan,2020-06-10,\n",
    );
    other.ok("done v3 banner=3");
    project.write("other.jsonl", other.ok("export").stdout);
    assert_snapshot!(project.talk(&[
        "import l.csv --dry-run",
        "import l.csv --dry-run --lang zh-CN",
        "import bad.csv --dry-run",
        "import bad.csv --dry-run --partial",
        "import other.jsonl --dry-run",
        "import other.jsonl --dry-run --lang zh-CN",
    ]));
    assert!(!project.path("duban.db").exists());
    project.ok("import l.csv");
    let before = project.ok("export").stdout;
    assert_snapshot!(
        "what_stands_already",
        project.talk(&[
            "import l.csv --dry-run",
            "import more.csv --dry-run",
            "import more.csv --dry-run --replace",
            "import more.csv --dry-run --replace --lang zh-CN",
        ])
    );
    assert_eq!(project.ok("export").stdout, before);
}

#[test]
fn the_same_rows_are_imported_once() {
    let project = Project::small();
    let rows = "unit,task,on,count\nv1,banner,2020-06-20,3\nv2,plan,2020-06-21,\n";
    project.write("r.csv", rows);
    project.write("more.csv", format!("{rows}v3,plan,2020-06-22,\n"));
    project.write(
        "crlf.csv",
        format!("\u{feff}{}", rows.replace('\n', "\r\n")),
    );
    assert_snapshot!(project.talk(&[
        "import r.csv",
        "import r.csv",
        "import crlf.csv",
        "import more.csv",
        "import r.csv --again",
        "status",
    ]));
}

#[test]
fn records_come_in_many_clothes() {
    let mut project = Project::small();
    project.input("{\"unit\":\"v1\",\"task\":\"plan\",\"on\":\"2020-06-20\"}\n\n{\"unit\":\"v2\",\"task\":\"banner\",\"on\":\"6-21\",\"count\":2,\"evidence\":[\"https://x.invalid/1\"]}\n");
    project.ok("import -");
    let gb = encoding_rs::GB18030
        .encode("单位,任务,日期,备注\nCedar,plan,6月22日,已完成\n")
        .0
        .into_owned();
    project.write("gb.csv", gb);
    assert_snapshot!(project.talk(&[
        "import gb.csv",
        "import gb.csv --encoding gb18030",
        "log --format csv"
    ]));
    project.write("empty.csv", "");
    project.write("head.csv", "unit,task,on\n");
    project.write("no-day.csv", "unit,task\nv1,plan\n");
    project.write(
        "quote.csv",
        "unit,task,on\nv1,\"plan,2020-06-20\nv2,plan,2020-06-20\n",
    );
    project.write("bytes.csv", b"unit,task,on\n\xff\xfe\x00\n");
    project.input("{\"unit\":\"v1\"}\nnonsense\n");
    assert_snapshot!(
        "files_without_records",
        project.talk(&[
            "import empty.csv",
            "import head.csv",
            "import no-day.csv",
            "import quote.csv",
            "import bytes.csv",
            "import none.csv",
            "import -",
            "import gb.csv --encoding klingon",
        ])
    );
}

#[test]
fn stores_are_merged_by_the_ids_of_their_batches() {
    let (mut one, two) = (Project::small(), Project::small());
    one.put("DUBAN_ACTOR", "one").ok("done v1 plan --on 6-20");
    let two = two.set("DUBAN_ACTOR", "two");
    two.ok("done v1 banner --on 6-1");
    two.ok("done v2 plan --on 6-21");
    two.ok("undo");
    two.ok("done v3 plan --on 6-22");
    two.ok("export -o two.jsonl");
    one.write("two.jsonl", two.read("two.jsonl"));
    assert_snapshot!(one.talk(&["import two.jsonl", "import two.jsonl", "log", "status"]));
    one.ok("export -o both.jsonl");
    two.write("both.jsonl", one.read("both.jsonl"));
    two.ok("import both.jsonl");
    let figures = |project: &Project| project.json("board")["rows"].clone();
    assert_eq!(figures(&one), figures(&two), "in either order");
    let text = one.read("both.jsonl");
    one.write("altered.jsonl", text.replace("\"two\"", "\"six\""));
    one.write("short.jsonl", &text[..text.len() - 40]);
    one.write(
        "newer.jsonl",
        text.replacen("duban.journal/2", "duban.journal/9", 1),
    );
    one.write("other.jsonl", text.replacen("\"small\"", "\"other\"", 1));
    let before = one.ok("export").stdout;
    let told = one.talk(&[
        "import altered.jsonl",
        "import short.jsonl",
        "import newer.jsonl",
        "import other.jsonl",
    ]);
    assert_snapshot!("journals_that_are_refused", told);
    assert_eq!(one.ok("export").stdout, before, "nothing came in");
}

#[test]
fn a_listed_moment_is_the_day_in_the_plans_zone() {
    let list = concat!(
        r#"{"unit":"v1","task":"banner","on":"2020-06-20T22:30:00Z","count":1}"#,
        "\n",
        r#"{"unit":"v2","task":"banner","on":"2020-06-20T23:30:00.000+00:00","count":1}"#,
        "\n",
        r#"{"unit":"v3","task":"banner","on":"2020-06-21T07:10:00+08:00","count":1}"#,
        "\n",
    );
    for (zone, days) in [
        ("+00:00", ["2020-06-20"; 3]),
        ("+08:00", ["2020-06-21"; 3]),
        ("Europe/London", ["2020-06-20", "2020-06-21", "2020-06-21"]),
    ] {
        let plan = SMALL.replacen("+00:00", zone, 1);
        let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
        project.write("list.jsonl", list);
        project.ok("import list.jsonl");
        let log = project.json("log");
        let mut said: Vec<(&str, &str)> = Vec::new();
        for row in log["rows"].as_array().unwrap() {
            if let (Some(unit), Some(day), "record") = (
                row["unit"].as_str(),
                row["day"].as_str(),
                row["kind"].as_str().unwrap(),
            ) {
                said.push((unit, day));
            }
        }
        said.sort_unstable();
        let wanted: Vec<(&str, &str)> = ["v1", "v2", "v3"].into_iter().zip(days).collect();
        assert_eq!(said, wanted, "{zone}");
    }
}

/// The amounts of the records, the latest first.
fn counts(project: &Project) -> Vec<f64> {
    let rows = project.json("log")["rows"].clone();
    let records = rows.as_array().unwrap().iter();
    let records = records.filter(|row| row["kind"] == "record");
    records.map(|row| row["count"].as_f64().unwrap()).collect()
}

#[test]
fn standard_input_may_be_a_table_or_json() {
    for (input, entries) in [
        (
            "unit,task,on,count\nv1,banner,6-20,2\nv2,banner,6-20,2\n",
            2,
        ),
        ("单位\t任务\t日期\nv1\tplan\t6-20\n", 1),
        (r#"[{"unit":"v1","task":"plan","on":"6-20"}]"#, 1),
        (r#"{"unit":"v1","task":"plan","on":"6-20"}"#, 1),
    ] {
        let mut project = Project::small();
        project.input(input);
        project.ok("import -");
        assert_eq!(counts(&project).len(), entries, "{input}");
    }
}

#[test]
fn a_number_that_a_task_needs_is_given_or_the_row_is_refused() {
    let project = Project::small();
    for (name, text) in [
        ("a.csv", "unit,task,on\nv1,banner,6-20\n"),
        ("b.csv", "unit,task,on,pieces\nv1,banner,6-20,3\n"),
        ("c.csv", "unit,task,on,count\nv1,banner,6-20,\n"),
        ("d.json", r#"[{"unit":"v1","task":"banner","on":"6-20"}]"#),
    ] {
        project.write(name, text);
        let told = project.run(&format!("import {name}"));
        assert_eq!(told.code, 2, "{told}");
        assert!(told.stderr.contains("counted in pcs"), "{told}");
    }
    project.write(
        "good.csv",
        "unit,task,on,qty (pcs)\nv1,banner,6-20,3pcs\nv1,plan,6-20,\n",
    );
    project.ok("import good.csv");
    project.write("other.csv", "unit,task,on,count\nv1,banner,6-20,3m\n");
    let told = project.run("import other.csv");
    assert!(told.stderr.contains("counted in pcs, not in m"), "{told}");
    for header in [
        "qty (m)",
        "数量（份）",
        "条数",
        "户数",
        "人数",
        "数量【张】",
    ] {
        project.write(
            "header.csv",
            format!("unit,task,on,{header}\nv1,banner,6-20,3\n"),
        );
        let told = project.run("import header.csv");
        assert!(told.stderr.contains("counted in pcs, not in "), "{told}");
    }
    assert_eq!(project.run("done v2 banner=3m").code, 2);
    project.ok("done v2 banner=3pcs");
    project.ok("done v3 banner=二");
    assert_eq!(counts(&project)[..2], [2.0, 3.0]);
    assert_eq!(counts(&project).len(), 4);
}

#[test]
fn every_header_that_is_read_is_listed() {
    let project = Project::empty();
    let listed = project.ok("import --columns").stdout;
    for header in [
        "qty",
        "完成数量",
        "张数",
        "佐证",
        "报送人",
        "宣传责任人",
        "停用",
    ] {
        assert!(listed.contains(header), "{header}: {listed}");
    }
}

/// The tables of both documents name every header of a list, and none that is not read.
#[test]
fn every_header_of_a_list_is_in_the_documents() {
    let listed = Project::empty().ok("import --columns").stdout;
    let lists = listed
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with(' '));
    let lists: Vec<Vec<&str>> = lists
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert!(lists.len() > 10, "{listed}");
    for text in [
        include_str!("../docs/plan-file.md"),
        include_str!("../docs/plan-file.zh-CN.md"),
    ] {
        // Of all tables only that of lists has codes of tasks.
        let table = text
            .split("\n\n")
            .find(|part| part.contains("| `task_code` |"));
        for headers in &lists {
            let row = format!("| `{}` |", headers[0]);
            let row = table
                .unwrap()
                .lines()
                .find_map(|line| line.strip_prefix(&row));
            let told = row.and_then(|row| row.split('|').next()).unwrap_or("");
            let told: Vec<&str> = told
                .split([',', '、', '`', ' '])
                .filter(|header| !header.is_empty())
                .collect();
            assert_eq!(told, headers[1..], "{}", headers[0]);
        }
    }
}

/// Chinese has no blanks between its own letters, and some beside others.
#[test]
fn a_value_of_another_kind_is_told_with_a_blank_before_latin_letters() {
    let plan = SMALL.replace("title = \"Small plan\"", "title = true");
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "zh-CN");
    let told = project.run("check");
    let said = "title 应为文本，现为 true 或 false";
    assert!((told.stdout + &told.stderr).contains(said));
}

#[test]
fn telephone_numbers_in_quoted_rows_are_masked() {
    let project = Project::small();
    project.write(
        "r.csv",
        "unit,task,on,note,count\nv1,plan,soon,问 13812341234,1\nv1,plan,6-20,,13812341234x1\n13812341234,plan,6-20,,\n",
    );
    let roster = SMALL
        .split("[[unit]]")
        .next()
        .unwrap()
        .replace("lang =", "roster = \"u.csv\"\nlang =");
    project.write("book.toml", roster);
    project.write(
        "u.csv",
        "code,name,kind,phone,since\nv1,A,village,139 1234 1234,soon\n",
    );
    for told in [
        project.run("import r.csv"),
        project.run("check --plan book.toml"),
        project.run("check --plan book.toml --format json"),
    ] {
        let all = told.stdout + &told.stderr;
        assert_eq!(told.code, 2);
        assert!(
            !all.contains("13812341234") && !all.contains("1234 1234"),
            "{all}"
        );
        assert!(all.contains("soon"), "{all}");
    }
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_refused() {
    let project = Project::small();
    for command in [
        "import /dev/zero",
        "check --plan /dev/zero",
        "status --plan /dev/zero",
    ] {
        let told = project.run(command);
        assert_eq!(told.code, 2, "{told}");
        assert!(
            (told.stdout + &told.stderr).contains("too large"),
            "{command}"
        );
    }
}

#[test]
fn the_sheet_of_a_roster_is_named_in_the_plan() {
    let project = Project::empty().set("DUBAN_LANG", "en");
    let table = |name: &str, unit: &str| {
        let row = |cells: &[&str]| {
            let cells: String = cells
                .iter()
                .map(|cell| format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"))
                .collect();
            format!("<table:table-row>{cells}</table:table-row>")
        };
        let rows = row(&["code", "name", "kind"]) + &row(&[unit, unit, "village"]);
        format!("<table:table table:name=\"{name}\">{rows}</table:table>")
    };
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "mimetype",
            "application/vnd.oasis.opendocument.spreadsheet".to_string(),
        ),
        (
            "content.xml",
            format!("<x>{}{}</x>", table("old", "v1"), table("new", "v2")),
        ),
    ] {
        use std::io::Write;
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    project.write("units.ods", zip.finish().unwrap().into_inner());
    let head = SMALL.split("[[unit]]").next().unwrap();
    let plan =
        |more: &str| head.replace("lang =", &format!("roster = \"units.ods\"\n{more}lang ="));
    project.write("duban.toml", plan(""));
    let told = project.run("status");
    assert!(
        told.stderr.contains("several sheets hold rows: old, new"),
        "{told}"
    );
    assert!(told.stderr.contains("roster_sheet = \"old\""), "{told}");
    project.write("duban.toml", plan("roster_sheet = \"new\"\n"));
    assert_eq!(project.json("show v2")["unit"]["code"], "v2");
    assert_eq!(project.run("show v1").code, 2);
}

#[test]
fn an_attribute_that_a_target_counts_by_is_a_number_or_nothing_is_answered() {
    let project = Project::with_plan(
        &SMALL
            .split("[[unit]]")
            .next()
            .unwrap()
            .replace("lang =", "roster = \"u.csv\"\nlang =")
            .replace("count = 3", "share = 0.5, of = \"households\""),
    )
    .set("DUBAN_LANG", "en");
    let roster = |cell: &str| {
        let row = "v1,A,village";
        project.write(
            "u.csv",
            format!("code,name,kind,households\n{row},{cell}\nt,T,area,—\n"),
        );
    };
    for bad in ["about 20", "20-30", "#N/A", "1,02"] {
        roster(&format!("\"{bad}\""));
        assert_eq!(project.run("check").code, 2, "{bad}");
        let told = project.run("status");
        assert_eq!(told.code, 2, "{told}");
    }
    for good in ["1020", "\"1,020\"", "1020户", "１０２０", "一千零二十"] {
        roster(good);
        let shown = project.ok("show v1").stdout;
        assert!(shown.contains("510"), "{good}: {shown}");
    }
}
