//! Audit: what looks perfunctory, proposed to a person and returned on that person's word.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::support::{Project, SMALL};

const NOTE: &str = "went from door to door and told every household what the census is for";

/// A plan that expects proof of banners, with something of each kind to find; in the language, and known to nobody yet.
fn suspect(lang: &str) -> Project {
    let plan = SMALL.replace(
        "short = \"banner\"\n",
        "short = \"banner\"\nevidence = \"expected\"\n",
    );
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", lang);
    let photographs = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/demo/photos");
    for (name, sample) in [
        ("gate.jpg", "banner-216.jpg"),
        ("copy.JPG", "banner-225.jpg"),
        ("hall.png", "banner-203.png"),
        ("wall.jpg", "poster-217.jpg"),
        ("wall-again.jpg", "poster-229.jpg"),
        ("square.jpg", "banner-200.jpg"),
    ] {
        project.write(name, fs::read(photographs.join(sample)).unwrap());
    }
    project.write("minutes.pdf", "%PDF-1.7 minutes");
    project.on("2020-06-10").ok("done office own --on 6-9");
    project.on("2020-06-22");
    project.ok("done v1 banner=3 --on 6-20 --evidence gate.jpg");
    project.ok("done v2 banner=3 --on 6-21 --evidence copy.JPG");
    project.ok("done v3 banner=1 --on 6-21 --evidence hall.png");
    project.ok("done v1,v2 report --evidence minutes.pdf --note 'as agreed'");
    project.ok("done v1 plan --evidence wall.jpg");
    project.ok("done v3 plan --evidence wall-again.jpg");
    project.ok("done v2 plan --on 6-18 --evidence square.jpg");
    project.on("2020-07-03");
    project.ok(&format!(
        "done v1,v3 report --for 2020-06 --note '{NOTE}, call 13812345678'"
    ));
    project.ok("done v3 banner=2 --on 6-24");
    project.ok("done v3 plan --on 6-25");
    project.write(
        "late.csv",
        "unit,task,on,note\nv2,report,2020-06-11,from the file\n",
    );
    project.ok("import late.csv");
    project
}

#[test]
fn what_looks_perfunctory_is_found_and_returned_on_somebodys_word() {
    for lang in ["en", "zh-CN"] {
        let project = suspect(lang).wide(80);
        let found = project.json("audit");
        let id = |kind: &str| {
            let rows = found["rows"].as_array().unwrap();
            let row = rows.iter().find(|row| row["kind"] == kind).unwrap();
            row["id"].as_str().unwrap().to_string()
        };
        let both = format!(
            "audit --return {},{} --due 7-10",
            id("same_photograph"),
            id("no_proof")
        );
        let photograph = format!("audit --return {}", id("same_photograph"));
        let note = format!("audit --return {} nothing", id("same_note"));
        assert_snapshot!(
            format!("audit_{lang}"),
            project.talk(&[
                "audit",
                "accept v2/banner",
                "audit --only same-photograph,no-proof",
                "audit --unit v2 --backdated 3",
                "audit --task report",
                "audit --all --unit v2",
                "audit --as-of 2020-06-23",
                "audit --known-by 2020-06-22 --as-of 2020-06-22",
                "audit --format csv",
                &note,
                "audit --return",
                "audit --due 7-10",
                "audit --likeness 17",
                "audit --likeness 1 --only lookalike",
                &both,
                "log -n 2",
                "audit",
                &photograph,
                "audit --task office-plan",
            ])
        );
    }
}

#[test]
fn a_page_shows_photographs_side_by_side_and_says_which_are_not_here() {
    let project = suspect("en");
    project.ok("audit -o audit.html");
    let page = project.read("audit.html");
    let (lookalike, same) = (
        "alt=\"Village 1 plan 2020-06-22 wall.jpg\"",
        "src=\"data:image/jpeg;base64,/9j/",
    );
    assert!(page.contains("<figure><img "), "{page}");
    assert!(page.contains(same));
    let shown = page.matches("<figure><img ").count();
    assert!(page.contains(lookalike) || shown > 1, "{shown}");
    assert!(!page.contains("not on this machine"));
    project.ok("audit -o again.html");
    assert!(project.read("again.html") == page, "other bytes");
    assert!(!project.ok("audit --format json").stdout.contains("base64"));
    fs::remove_dir_all(project.path("duban.evidence")).unwrap();
    project.ok("audit -o audit.html");
    let page = project.read("audit.html");
    assert!(!page.contains("<figure><img "));
    assert_eq!(page.matches("not on this machine").count(), shown);
}

#[test]
fn two_verdicts_of_a_merge_are_found_until_one_is_undone() {
    let (here, mut there) = (Project::small(), Project::small());
    here.ok("done v1 banner=3 plan --on 6-20");
    here.ok("export -o start.jsonl");
    there.write("start.jsonl", here.read("start.jsonl"));
    there.put("DUBAN_ACTOR", "Ben");
    there.ok("import start.jsonl");
    there.ok("return v1/banner --reason 'seen: one only'");
    here.ok("accept v1/banner");
    there.ok("export -o there.jsonl");
    here.write("there.jsonl", there.read("there.jsonl"));
    assert_snapshot!(here.talk(&[
        "import there.jsonl",
        "audit",
        "show v1",
        "show v1/banner",
        "accept v1/banner",
        "audit --format json",
    ]));
    let log = here.json("log --actor Ben");
    let id = log["rows"][0]["id"].as_str().unwrap();
    here.ok(&format!("undo {id}"));
    assert_eq!(here.json("audit")["rows"], serde_json::json!([]));
    assert_eq!(here.json("status --task banner")["total"]["accepted"], 1);
}

#[test]
fn findings_stand_in_the_same_order_in_every_store() {
    let mut stores = [(); 2].map(|()| Project::small());
    // Both for one unit and of one day: only where they were recorded differs.
    for (project, task) in stores.iter_mut().zip(["banner", "plan"]) {
        project.on("2020-06-10").ok("done v2 report");
        project
            .on("2020-06-20")
            .ok(&format!("done v1 {task} --on 6-10"));
    }
    let exports = stores.each_ref().map(|project| project.ok("export").stdout);
    for (project, other) in stores.iter().zip(exports.iter().rev()) {
        project.write("other.jsonl", other);
        project.ok("import other.jsonl");
    }
    let [here, there] = stores.map(|project| project.json("audit")["rows"].clone());
    assert_eq!(here, there);
    assert_eq!(here.as_array().unwrap().len(), 2, "{here}");
}

/// A photograph of its own for each seed: large patches of light and dark, a little brighter by `more`.
fn photograph(seed: u64, more: u8) -> Vec<u8> {
    let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut patches = [0u8; 64];
    for patch in &mut patches {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        *patch = 40 + (dice >> 32) as u8 % 160;
    }
    let picture = image::GrayImage::from_fn(96, 96, |x, y| {
        let patch = patches[(y / 12 * 8 + x / 12) as usize];
        image::Luma([patch + more])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn of_a_thousand_photographs_the_shared_one_and_the_look_alike_are_found() {
    let mut project = Project::with_plan(SMALL);
    let mut list = String::from("unit,task,on,count,note,evidence\n");
    for number in 0..1000_u64 {
        // The last two are one photograph again, and another one a little brighter.
        let bytes = match number {
            998 => photograph(4, 0),
            999 => photograph(7, 6),
            _ => photograph(number, 0),
        };
        project.write(&format!("photos/{number}.jpg"), bytes);
        let unit = 1 + number % 3;
        list.push_str(&format!(
            "v{unit},banner,2020-06-20,1,photograph {number},photos/{number}.jpg\n"
        ));
    }
    project.write("records.csv", &list);
    project.ok("import records.csv");
    let kept = || {
        let mut files = 0;
        let mut folders = vec![project.path("duban.evidence")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files += 1;
                }
            }
        }
        files
    };
    assert_eq!(kept(), 999, "what two share is kept once");
    let audit = project.json("audit");
    let kinds: Vec<&str> = audit["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["same_photograph", "lookalike"]);
    // The audit goes by what the records know: without the files it finds the same, so it cannot hash them again.
    fs::remove_dir_all(project.path("duban.evidence")).unwrap();
    project.on("2020-07-04");
    assert_eq!(project.json("audit")["rows"], audit["rows"]);
}

#[test]
fn records_are_late_since_the_first_that_was_recorded_in_whatever_store() {
    let (mut here, mut there) = (Project::small(), Project::small());
    here.on("2020-06-10").ok("done v1 plan --on 6-10");
    here.on("2020-06-28").ok("done v1 banner=3 --on 6-12");
    there.on("2020-06-30").ok("done v2 plan --on 6-30");
    there.write("here.jsonl", here.ok("export").stdout);
    there.ok("import here.jsonl");
    here.on("2020-06-30");
    here.write("there.jsonl", there.ok("export").stdout);
    here.ok("import there.jsonl");
    let found = here.json("audit --only back-dated");
    assert_eq!(found["rows"][0]["records"][0]["task"], "banner", "{found}");
    assert_eq!(found, there.json("audit --only back-dated"));
}
