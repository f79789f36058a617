//! Names as people type them: in full or half width, in part, and in the words that screens print.

use crate::support::{Project, SMALL};

fn project() -> Project {
    let mut plan = SMALL.to_string();
    for (code, name, short) in [
        ("w1", "石柱村（新）村民委员会", "石柱村（新）"),
        ("w2", "二九０场直社区", "二九０场直社区"),
        ("w3", "⽔井村", "⽔井村"),
        ("ｗ4", "Ｇｒｅｅｎ", "Ｇｒｅｅｎ"),
    ] {
        plan += &format!(
            "\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\nshort = \"{short}\"\nkind = \"village\"\nlabels = [\"示范（甲）\"]\n"
        );
    }
    plan = plan.replace("short = \"plan\"", "short = \"计划（Ａ）\"");
    Project::with_plan(&plan).set("DUBAN_LANG", "en")
}

#[test]
fn full_and_half_width_are_one_letter() {
    let project = project();
    for (unit, code) in [
        ("石柱村(新)", "w1"),
        ("石柱村（新）", "w1"),
        ("石柱村(新)村民委员会", "w1"),
        ("柱村(新", "w1"),
        ("二九0场直", "w2"),
        ("二九０场直社区", "w2"),
        ("水井村", "w3"),
        ("水井", "w3"),
        ("⽔井", "w3"),
        ("Green", "ｗ4"),
        ("ｇｒｅｅｎ", "ｗ4"),
        ("ＡＬＤＥＲ", "v1"),
        ("ｖ1", "v1"),
        ("Ｎｏｒｔｈ/Alder", "v1"),
        ("north/ald", "v1"),
    ] {
        let shown = project.json(&format!("show {unit}"));
        assert!(
            shown.to_string().contains(&format!("\"{code}\"")),
            "{unit}: {shown}"
        );
        project.write("l.csv", format!("unit,task,on\n{unit},report,2020-06-20\n"));
        project.ok("import l.csv --again");
        let log = project.json("log -n 1");
        assert_eq!(log["rows"][0]["unit"], code, "{unit}: {log}");
    }
    for task in ["计划(A)", "计划（A）", "计划", "ｐｌａｎ"] {
        let log = project.ok(&format!("done v2 {task} --on 6-20"));
        assert!(log.stderr.contains("计划（Ａ）"), "{task}: {log}");
    }
    let unknown = project.run("done 水进村 report");
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("w3"), "{unknown}");
}

#[test]
fn filters_find_what_screens_print() {
    let project = project();
    let rows = |filter: &str| {
        let rows = project.json(&format!("status --by unit --all {filter}"));
        rows["rows"].as_array().unwrap().len()
    };
    for kind in [
        "village",
        "村",
        "Village",
        "村（village）",
        "ｖｉｌｌａｇｅ",
        "vill",
    ] {
        assert_eq!(rows(&format!("--kind {kind}")), 7, "{kind}");
    }
    assert_eq!(rows("--kind office"), 1);
    assert_eq!(rows("--kind 村,office"), 8);
    for label in ["示范（甲）", "示范(甲)", "示范"] {
        assert_eq!(rows(&format!("--label {label}")), 4, "{label}");
    }
    for phase in ["p1", "First", "first", "Ｆir", "ｐ１"] {
        assert_eq!(
            rows(&format!("--phase {phase}")),
            rows("--phase p1"),
            "{phase}"
        );
    }
    for (filter, hint) in [
        ("--kind 镇", "village"),
        ("--label 先进", "示范"),
        ("--phase second", "First"),
        ("--kind ''", "village"),
    ] {
        let output = project.run(&format!("status {filter}"));
        assert_eq!(output.code, 2, "{filter}: {output}");
        assert!(output.stderr.contains(hint), "{filter}: {output}");
    }
    let output = project.run("status --kind i");
    assert!(
        output.stderr.contains("matches several") && output.stderr.contains("office, village"),
        "{output}"
    );
    let project = Project::qingjiang();
    let prepare = project.json("status --phase 准备")["rows"].to_string();
    assert_eq!(
        prepare,
        project.json("status --phase prepare")["rows"].to_string()
    );
    assert_eq!(
        project.json("status --kind 村")["total"],
        project.json("status --kind village")["total"]
    );
}
