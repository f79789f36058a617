//! To do: what waits for the office on a day.

use insta::assert_snapshot;

use crate::support::{Project, SMALL};

#[test]
fn what_waits_for_the_office_the_most_pressing_first() {
    let plan = SMALL.replace(
        "short = \"banner\"\n",
        "short = \"banner\"\nevidence = \"expected\"\n",
    ) + "\n[[phase.activity]]\nid = \"film\"\nname = \"Make a film\"\nwho = [\"village\"]\nopen = \"Who makes it?\"\n";
    let (units, rest) = plan.split_at(plan.find("[[unit]]").unwrap());
    let (unit, film) = rest.split_at(rest.find("[[phase.activity]]").unwrap());
    let plan = format!(
        "{units}{film}\n[assessment]\nnotice_every = \"month\"\n\n[[assessment.rule]]\nid = \"overdue\"\non = \"overdue\"\npoints = -1\n\n{unit}"
    );
    for lang in ["en", "zh-CN"] {
        let mut project = Project::with_plan(&plan).set("DUBAN_LANG", lang).wide(80);
        let before = project.run("todo");
        project.on("2020-06-20").ok("done v1,v2 banner=3 plan");
        project.ok("done v3 banner=3 --on 6-19");
        project.on("2020-06-24");
        project.ok("return v1/banner --reason 'one only'");
        project.ok("accept v1/plan");
        let early = project.run("todo");
        project.on("2020-06-29").ok("done v3 report");
        project.ok("return v2/plan --reason unsigned --due 7-6");
        project.on("2020-07-03");
        assert_snapshot!(
            format!("todo_{lang}"),
            format!(
                "before the first record\n{before}\nten days before\n{early}\n{}",
                project.talk(&[
                    "todo",
                    "todo --unit v1 --task banner",
                    "todo --as-of 2020-06-20",
                    "todo --known-by 2020-06-20",
                    "todo --as-of 2020-07-20",
                    "todo --kind office",
                    "todo --format csv",
                ])
            )
        );
    }
}

#[test]
fn what_is_past_its_day_within_grace_is_not_called_due_later() {
    let plan = SMALL.replacen("[plan]\n", "[plan]\ngrace = 5\n", 1);
    for (lang, said) in [("en", "within the grace period"), ("zh-CN", "宽限期内")] {
        let project = Project::with_plan(&plan).set("DUBAN_LANG", lang);
        assert!(project.ok("todo").stdout.contains(said), "{lang}");
        let before = project.ok("todo --as-of 2020-06-29").stdout;
        assert!(!before.contains(said), "{before}");
    }
}

#[test]
fn what_a_notice_named_waits_until_it_is_put_right_or_another_is_issued() {
    for (lang, named, past) in [
        ("en", "open from notice 1: 4 items", "now overdue"),
        ("zh-CN", "第1期通报点名、尚未整改 4 件", "已超过整改期限"),
    ] {
        let mut project = Project::small().set("DUBAN_LANG", lang);
        project.ok("done v1,v2,v3 banner=3 --on 6-20");
        project.ok("done v1 plan --on 6-20");
        let said = |project: &Project| project.ok("todo").stdout;
        assert!(!said(&project).contains(named));
        let issued = project.ok("notice --issue --rectify 7-8").stdout;
        project.ok(&format!("undo {}", issued.trim()));
        assert!(!said(&project).contains(past) && !said(&project).contains(named));
        project.ok("done v1 report --nil --on 6-30");
        project.ok("notice --issue --rectify 7-8");
        assert!(said(&project).contains(named), "{}", said(&project));
        assert!(!said(&project).contains(past));
        project.on("2020-07-10");
        assert!(said(&project).contains(past), "{}", said(&project));
        let row = project.json("todo")["rows"][0].clone();
        assert_eq!(
            (row["what"].as_str(), row["count"].as_u64()),
            (Some("named"), Some(4))
        );
        project.ok("done v2,v3 plan --on 7-9");
        project.ok("done v2,v3 report --nil --on 6-30");
        assert!(!said(&project).contains(past));
    }
}
