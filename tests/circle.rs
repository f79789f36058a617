//! The whole circle on the sample: records, audit, return, remind, notice, rectified, the next notice, objection, reversal,
//! score. In both languages, told by JSON alone, so that the figures are the same in both.

use serde_json::Value;

use crate::support::Project;

fn rows(value: &Value) -> &Vec<Value> {
    value["rows"].as_array().unwrap()
}

fn unit<'a>(value: &'a Value, name: &str) -> &'a Value {
    let found = rows(value).iter().find(|row| row["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {value}"))
}

fn score(project: &Project, name: &str) -> f64 {
    unit(&project.json("score"), name)["score"]
        .as_f64()
        .unwrap()
}

/// What the circle comes to: the scores of all units.
fn go_round(lang: &str) -> Vec<(String, f64)> {
    let mut project = Project::empty().set("DUBAN_LANG", lang);
    project.ok("demo");
    project.enter("duban-demo").on("2020-07-03");

    let audit = project.json("audit");
    let kinds: Vec<&str> = rows(&audit)
        .iter()
        .map(|row| row["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["same_photograph", "lookalike"],
        "both, and nothing else"
    );
    let finding = rows(&audit)[0]["id"].as_str().unwrap();
    project.ok(&format!("audit --return {finding} --due 7-8"));
    assert_eq!(
        unit(&project.json("board"), "大排村")["cells"]["banner"],
        "returned"
    );

    assert_eq!(project.ok("remind").stdout.lines().count(), 6);
    let lagging = project.json("lagging");
    assert_eq!(unit(&lagging, "洛咖村")["dues"][0]["reminders"], 1);

    let before = score(&project, "洛咖村");
    let draft = project.json("notice");
    project.ok("notice --issue");
    let issued: Value = serde_json::from_str(&project.ok("notice 1 --format json").stdout).unwrap();
    assert_eq!(
        (&draft["draft"], &issued["draft"]),
        (&true.into(), &false.into())
    );
    assert_eq!(
        draft["rows"], issued["rows"],
        "what was drafted is what was issued"
    );
    assert_eq!(
        unit(&issued, "大排村")["returned"][0]["standing"],
        "returned"
    );
    assert_eq!(unit(&issued, "洛咖村")["overdue"][0]["reminders"], 1);
    let points = unit(&issued, "洛咖村")["points"].as_f64().unwrap();
    assert_eq!(score(&project, "洛咖村"), before + points);
    let text = project.ok("notice 1").stdout;

    project.on("2020-07-10");
    project.ok("done 大排 横幅 --on 7-6 --evidence https://example.invalid/1");
    project.ok("done 石柱 海报=12 --on 7-7 --evidence https://example.invalid/2");
    let second = project.json("notice");
    let put_right = |name: &str, task: &str| {
        let outcomes = second["before"]["outcomes"].as_array().unwrap();
        let about = |row: &&Value| row["name"] == name && row["task"] == task;
        outcomes.iter().find(about).unwrap()["put_right"].clone()
    };
    assert_eq!(put_right("大排村", "banner"), true);
    assert_eq!(put_right("长滩河村", "banner"), false);
    assert_eq!(put_right("石柱村", "poster"), true);
    project.ok("notice --issue");

    let booked = score(&project, "长滩河村");
    project.ok("object 长滩河 横幅 --notice 1 --reason 'example: it was taken there'");
    assert_eq!(
        score(&project, "长滩河村"),
        booked,
        "an objection alone changes nothing"
    );
    project.ok("reverse 长滩河/横幅 --reason 'example: seen on the spot'");
    assert_eq!(score(&project, "长滩河村"), booked + 1.0);

    // For every point in the score there is an answer: clause, notice, record, and what was known on that day.
    let all = project.json("score");
    for row in rows(&all) {
        for line in row["lines"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["rule"].is_string())
        {
            let (code, task) = (
                row["code"].as_str().unwrap(),
                line["task"].as_str().unwrap(),
            );
            let why = project.json(&format!("explain {code} {task}"));
            assert!(why["clause"].is_string() && line["clause"].is_string());
            let same = |point: &&Value| {
                ["notice", "trigger", "for", "rule", "points"]
                    .iter()
                    .all(|key| point[key] == line[key])
            };
            let point = why["points"].as_array().unwrap().iter().find(same);
            let point = point.unwrap_or_else(|| panic!("{line} is not explained: {why}"));
            assert!(point["known"]["standing"].is_string(), "{point}");
            assert!(
                point["records"].is_array() && point["until"].is_string(),
                "{point}"
            );
        }
    }
    assert_eq!(project.ok("notice 1").stdout, text, "byte for byte");
    let scores = rows(&all).iter().map(|row| {
        (
            row["name"].as_str().unwrap().to_string(),
            row["score"].as_f64().unwrap(),
        )
    });
    scores.collect()
}

#[test]
fn from_a_record_to_a_score_in_both_languages() {
    let scores = go_round("zh-CN");
    assert_eq!(scores, go_round("en"));
    assert_eq!(
        scores.len(),
        21,
        "every village and community, and nobody else"
    );
    let of = |name: &str| scores.iter().find(|(unit, _)| unit == name).unwrap().1;
    // 信息 −1 and −2, 海报 −1 and −2, 横幅 −1 and −2, 责任人 −1 and −2, of which the cap of ten leaves −10.
    assert_eq!(of("洛咖村"), 90.0);
    // 海报 −1; done since, and never late where it was booked as overdue.
    assert_eq!(of("石柱村"), 99.0);
    // 责任人 late −0.5, 横幅 returned −1 and, put right after its due day, late −0.5.
    assert_eq!(of("大排村"), 98.0);
    assert_eq!(of("海生社区"), 100.0);
}
