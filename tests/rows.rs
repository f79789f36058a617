//! Rows of lists by their facts: what stands is not recorded twice, and nothing that was meant is lost.

use proptest::prelude::*;

use crate::support::{Output, Project};

/// A project with the list `l.csv` for the banners of `v1`: amounts, all of one day.
fn list(amounts: &[&str]) -> Project {
    let project = Project::small();
    write(&project, amounts);
    project
}

fn write(project: &Project, amounts: &[&str]) {
    let row = |amount: &&str| format!("v1,banner,2020-06-20,{amount}\n");
    let rows: String = amounts.iter().map(row).collect();
    project.write("l.csv", format!("unit,task,on,count\n{rows}"));
}

/// How many banners of `v1` count.
#[track_caller]
fn counts(project: &Project, amount: &str) {
    let told = verdict(project);
    assert!(told.contains(&format!(" {amount}/3")), "{amount}\n{told}");
}

/// What `explain` says first of the banners of `v1`.
fn verdict(project: &Project) -> String {
    let told = project.ok("explain v1 banner").stdout;
    told.lines().nth(1).unwrap_or_default().to_string()
}

#[track_caller]
fn skips(output: &Output, skipped: usize, entries: usize) {
    let told = &output.stderr;
    assert_eq!(output.code, 0, "{output}");
    assert_eq!(told.contains("skipped"), skipped > 0, "{told}");
    assert!(
        skipped == 0 || told.contains(&format!("skipped {skipped} row")),
        "{told}"
    );
    assert_eq!(told.contains("imported"), entries > 0, "{told}");
    assert!(
        entries == 0 || told.contains(&format!("imported {entries} entr")),
        "{told}"
    );
}

#[test]
fn equal_rows_of_one_file_are_as_many_facts() {
    for amounts in [&["2", "2"][..], &["2", "2", "2"], &["1", "1", "3", "1"]] {
        let project = list(amounts);
        let sum: i32 = amounts
            .iter()
            .map(|amount| amount.parse::<i32>().unwrap())
            .sum();
        skips(&project.run("import l.csv"), 0, amounts.len());
        counts(&project, &sum.to_string());
        skips(&project.run("import l.csv"), amounts.len(), 0);
        counts(&project, &sum.to_string());
    }
    // One of them stands already, whatever file it came in.
    let project = list(&["2"]);
    project.ok("import l.csv");
    write(&project, &["2", "2", "2"]);
    skips(&project.run("import l.csv"), 1, 2);
    counts(&project, "6");
}

#[test]
fn a_row_that_was_undone_or_returned_is_recorded_again() {
    let project = list(&["2", "2"]);
    project.ok("import l.csv");
    project.ok("undo");
    skips(&project.run("import l.csv"), 0, 2);
    counts(&project, "4");
    project.ok("undo v1/banner");
    skips(&project.run("import l.csv"), 1, 1);
    counts(&project, "4");
    project.ok("return v1/banner --reason blurred");
    counts(&project, "2");
    let again = project.run("import l.csv");
    skips(&again, 1, 1);
    assert!(again.stderr.contains("was returned"), "{again}");
    counts(&project, "4");
    let whole = project.run("import l.csv");
    skips(&whole, 2, 0);
    assert!(!whole.stderr.contains("was returned"), "{whole}");
    skips(&project.run("import l.csv --again"), 0, 2);
    counts(&project, "8");
}

#[test]
fn an_undone_undo_brings_no_row_twice() {
    let project = list(&["2"]);
    project.ok("import l.csv");
    let undo = project.ok("undo").stdout;
    project.ok("import l.csv");
    skips(&project.run("import l.csv"), 1, 0);
    counts(&project, "2");
    let told = project.ok(&format!("show {}", undo.trim())).stdout;
    assert!(told.contains("undo"), "{told}");
}

#[test]
fn another_day_form_proof_or_period_is_another_fact() {
    let mut project = Project::small();
    let rows = [
        r#"{"unit":"v1","task":"banner","count":1,"on":"today"}"#,
        r#"{"unit":"v1","task":"banner","count":1,"on":"yesterday"}"#,
        r#"{"unit":"v1","task":"banner","count":1,"on":"today","evidence":["https://a.example/1"]}"#,
        r#"{"unit":"v1","task":"banner","count":1,"on":"today","evidence":["https://a.example/2"]}"#,
        r#"{"unit":"v1","task":"report","on":"today"}"#,
        r#"{"unit":"v1","task":"report","on":"today","for":"2020-06"}"#,
        r#"{"unit":"v2","task":"report","on":"today","nil":true}"#,
    ];
    project.input(rows.join("\n"));
    skips(&project.run("import -"), 0, 7);
    skips(&project.run("import -"), 7, 0);
    counts(&project, "4");
    // Equal bytes on the next day: today is another day, and its yesterday stands.
    project.on("2020-07-04");
    let told = project.run("import - --add");
    skips(&told, 1, 6);
}

#[test]
fn who_sent_a_row_in_and_a_remark_make_no_other_fact() {
    let project = list(&["2"]);
    project.ok("import l.csv");
    for more in [
        "note\nv1,banner,2020-06-20,2,at the gate",
        "from\nv1,banner,2020-06-20,2,Li",
        "via\nv1,banner,2020-06-20,2,phone",
    ] {
        project.write("m.csv", format!("unit,task,on,count,{more}\n"));
        skips(&project.run("import m.csv"), 1, 0);
    }
    counts(&project, "2");
    // What was typed stands as well.
    let project = list(&["2"]);
    project.ok("done v1 banner=2 --on 6-20");
    skips(&project.run("import l.csv"), 1, 0);
    counts(&project, "2");
}

#[test]
fn another_amount_is_refused_until_somebody_says_what_it_means() {
    let project = list(&["2", "1"]);
    project.ok("import l.csv");
    write(&project, &["2", "1.5"]);
    let told = project.run("import l.csv");
    assert_eq!(told.code, 2, "{told}");
    assert!(
        told.stderr.contains("1 is recorded") && told.stderr.contains("says 1.5"),
        "{told}"
    );
    assert!(told.stderr.contains("l.csv:3:"), "{told}");
    assert!(
        told.stderr.contains("--replace") && told.stderr.contains("--add"),
        "{told}"
    );
    counts(&project, "3");
    let told = project.ok("import l.csv --replace");
    assert!(told.stderr.contains("replaced 1 record"), "{told}");
    counts(&project, "3.5");
    skips(&project.run("import l.csv"), 2, 0);
    // The list as it was before it was put right changes nothing either, and says so; unless somebody says that it should.
    write(&project, &["2", "1"]);
    let told = project.run("import l.csv");
    skips(&told, 1, 0);
    assert!(
        told.stderr.contains("skipped 1 row that was corrected"),
        "{told}"
    );
    counts(&project, "3.5");
    let told = project.ok("import l.csv --replace");
    assert!(told.stderr.contains("replaced 1 record"), "{told}");
    counts(&project, "3");
    write(&project, &["2", "1.5"]);
    let told = project.ok("import l.csv --add");
    assert!(told.stderr.contains("imported 1 entr"), "{told}");
    counts(&project, "4.5");

    let project = list(&["2"]);
    project.ok("import l.csv");
    write(&project, &["5"]);
    skips(&project.run("import l.csv --add"), 0, 1);
    counts(&project, "7");
    write(&project, &["5", "2", "4"]);
    skips(&project.run("import l.csv"), 2, 1);
    counts(&project, "11");
}

/// Three lists of one day, one after another; the last of them says what the day comes to.
#[test]
fn all_that_stands_for_a_day_is_told_and_gives_way_together() {
    let project = list(&["3"]);
    project.ok("import l.csv");
    write(&project, &["6"]);
    project.ok("import l.csv --add");
    counts(&project, "9");
    write(&project, &["7"]);
    let told = project.run("import l.csv");
    assert_eq!(told.code, 2, "{told}");
    for part in [
        "2 records from lists stand",
        "3 + 6 = 9",
        "says 7",
        "--replace",
        "--add",
    ] {
        assert!(told.stderr.contains(part), "{part}\n{told}");
    }
    counts(&project, "9");
    let told = project.ok("import l.csv --replace --dry-run");
    let would = "would import 1 entry in place of 2 of another amount";
    assert!(told.stderr.contains(would), "{told}");
    let told = project.ok("import l.csv --replace");
    assert!(told.stderr.contains("replaced 2 records"), "{told}");
    counts(&project, "7");
    skips(&project.run("import l.csv"), 1, 0);
    // The lists as they were are what was put right, one as the other.
    for amount in [&["3"][..], &["6"], &["3", "6"]] {
        write(&project, amount);
        let told = project.run("import l.csv");
        assert!(told.stderr.contains("corrected"), "{told}");
        skips(&told, amount.len(), 0);
    }
    counts(&project, "7");
    project.ok("undo");
    counts(&project, "9");
    write(&project, &["7"]);
    skips(&project.run("import l.csv --add"), 0, 1);
    counts(&project, "16");
}

/// What the file says of a day, in however many rows, is what the day comes to.
#[test]
fn as_many_rows_as_there_are_take_the_place_of_as_many_as_stand() {
    for (standing, said, sum) in [
        (&["3", "6", "1"][..], &["7", "8"][..], "15"),
        (&["3"], &["7", "8"], "15"),
        (&["3", "6", "1"], &["6", "7"], "13"),
        (&["3", "6"], &["3", "7"], "10"),
        (&["1", "1", "1", "1", "1", "1", "1"], &["4"], "4"),
    ] {
        let project = list(standing);
        project.ok("import l.csv");
        write(&project, said);
        let told = project.run("import l.csv --partial");
        assert!(told.stderr.contains("says"), "{told}");
        assert!(!told.stderr.contains("imported"), "{told}");
        project.ok("import l.csv --replace");
        counts(&project, sum);
        skips(&project.run("import l.csv"), said.len(), 0);
        project.ok("undo");
        project.ok("import l.csv --replace");
        counts(&project, sum);
    }
}

/// A row that gives a code and a name means one unit and one task, or nobody knows which.
#[test]
fn a_code_and_a_name_in_one_row_mean_the_same_or_the_row_is_refused() {
    let project = Project::small();
    let refused = |rows: &str, parts: &[&str]| {
        project.write("c.csv", rows);
        let told = project.run("import c.csv");
        assert_eq!(told.code, 2, "{rows}\n{told}");
        for part in parts {
            assert!(told.stderr.contains(part), "{part}\n{told}");
        }
    };
    let units = project.json("board")["rows"].clone();
    let name = |at: usize| units[at]["name"].as_str().unwrap().to_string();
    let (one, other) = (name(0), name(1));
    refused(
        &format!("单位代码,单位,任务,日期,数量\nv1,{other},banner,2020-06-20,2\n"),
        &["c.csv:2:", "`v1`", &one, &other],
    );
    refused(
        "unit_code,unit,task,on,count\nv1,v2,banner,2020-06-20,2\n",
        &["c.csv:2:", "`v1`", "`v2`"],
    );
    refused(
        "单位,任务代码,任务,日期,数量\nv1,banner,report,2020-06-20,2\n",
        &["c.csv:2:", "`banner`", "`report`"],
    );
    refused(
        "单位代码,单位,任务,日期,数量\nv9,v1,banner,2020-06-20,2\n",
        &["c.csv:2:1", "v9"],
    );
    project.write(
        "c.csv",
        format!(
            "单位代码,单位,任务编号,任务,日期,数量\nv1,{one},banner,Hang banners,2020-06-20,1\nv1,v1,banner,banner,2020-06-21,1\nv1,,banner,,2020-06-22,1\n,{one},,banner,2020-06-23,1\n"
        ),
    );
    skips(&project.run("import c.csv"), 0, 4);
    counts(&project, "4");
    let json = r#"{"unit_code":"v1","unit":"v2","task":"banner","on":"2020-06-20"}"#;
    project.write("c.jsonl", json);
    assert_eq!(project.run("import c.jsonl").code, 2);
}

/// What several are called says nothing against the code of one of them, and something against that of any other.
#[test]
fn a_name_of_several_beside_a_code_is_read_by_the_code() {
    let unit = |code: &str, name: &str| {
        format!(
            "\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\nkind = \"village\"\nparent = \"area\"\n"
        )
    };
    let plan = crate::support::SMALL
        .replace("Write a plan", "Hang banners")
        .replace("short = \"plan\"", "short = \"banner\"")
        .replace("\"Alder\"", "\"Oak village\"")
        .replace("\"Birch\"", "\"Ash village\"")
        .replace("\"Cedar\"", "\"Elm\"");
    let plan = plan + &unit("v4", "Elm") + &unit("v5", "New Elm");
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let import = |rows: &str| {
        let heads = "unit_code,unit,task_code,task,on,count";
        project.write("c.csv", format!("{heads}\n{rows}\n"));
        project.run("import c.csv")
    };
    let told = import("v1,village,banner,Hang banners,2020-06-20,2");
    assert_eq!(told.code, 0, "{told}");
    let told = import("v3,Elm,banner,banner,2020-06-20,2");
    assert_eq!(told.code, 0, "{told}");
    let told = import("v1,v1,banner,banners,2020-06-21,2");
    assert_eq!(told.code, 0, "{told}");
    for (row, said) in [
        (
            "v1,Elm,banner,banner,2020-06-22,2",
            "the code `v1` is that of Oak village",
        ),
        (
            "v5,Elm,banner,banner,2020-06-22,2",
            "the code `v5` is that of New Elm",
        ),
        (
            "v3,village,banner,banner,2020-06-22,2",
            "the code `v3` is that of Elm",
        ),
        (
            "v1,v1,report,banner,2020-06-22,2",
            "the code `report` is that of Monthly report",
        ),
        ("v1,Fir,banner,banner,2020-06-22,2", "no unit matches `Fir`"),
    ] {
        let told = import(row);
        assert_eq!(told.code, 2, "{row}\n{told}");
        assert!(told.stderr.contains(said), "{row}\n{told}");
    }
}

/// Running totals of a day do not add up: each is named.
#[test]
fn totals_that_stand_for_a_day_are_told_without_a_sum() {
    let project = list(&["3", "4", "5", "6", "7", "8"]);
    let plan = project.read("duban.toml");
    let plan = plan.replacen("id = \"banner\"", "id = \"banner\"\ncounts = \"total\"", 1);
    project.write("duban.toml", &plan);
    project.ok("import l.csv");
    write(&project, &["2"]);
    let told = project.run("import l.csv");
    assert!(told.stderr.contains("6 records from lists stand"), "{told}");
    assert!(told.stderr.contains("(3, 4, 5, 6, 7, …)"), "{told}");
    project.ok("import l.csv --replace");
    counts(&project, "2");
}

#[test]
fn two_stores_that_put_one_list_in_the_place_of_several_rows_agree() {
    let [district, town] = stores();
    write(&district, &["3", "6"]);
    district.ok("import l.csv");
    merge(&town, &district);
    for store in [&district, &town] {
        write(store, &["7"]);
        store.ok("import l.csv --replace");
    }
    merge(&district, &town);
    merge(&town, &district);
    for store in [&district, &town] {
        counts(store, "7");
        skips(&store.run("import l.csv"), 1, 0);
    }
}

/// The stores merge, and two others take over both, in either order: the amount counts in all.
#[track_caller]
fn agree(stores: &[Project; 2], others: &[Project; 2], amount: &str) {
    for (one, other) in [(0, 1), (1, 0)] {
        merge(&others[one], &stores[one]);
        merge(&others[one], &stores[other]);
    }
    merge(&stores[0], &stores[1]);
    merge(&stores[1], &stores[0]);
    for store in stores.iter().chain(others) {
        counts(store, amount);
        store.ok("verify");
    }
}

#[test]
fn of_two_lists_in_the_place_of_several_rows_one_counts() {
    // The list put in place first, the one put in place last, and what counts: what the last replaced, and as the first left it the rest.
    let cases = [
        (&["8", "4"][..], &["7"][..], "7"),
        (&["7"], &["8", "4"], "12"),
        (&["3", "7"], &["8"], "8"),
        (&["8"], &["3", "7"], "10"),
        (&["5", "6"], &["3", "9"], "14"),
    ];
    for (first, last, amount) in cases {
        let [stores, others] = [(); 2].map(|()| stores());
        write(&stores[0], &["3", "6"]);
        stores[0].ok("import l.csv");
        merge(&stores[1], &stores[0]);
        // The clock stands still, and each record is typed after the last one of its store.
        for day in 1..6 {
            stores[1].ok(&format!("done v2 banner=1 --on 2020-06-0{day}"));
        }
        for (store, amounts) in stores.iter().zip([first, last]) {
            write(store, amounts);
            store.ok("import l.csv --replace");
        }
        agree(&stores, &others, amount);
        for store in &stores {
            let told = store.ok("audit").stdout;
            let listed = told.contains("several corrections of one record");
            assert_eq!(listed, amount != "14", "{first:?} {last:?}\n{told}");
        }
    }
}

#[test]
fn what_took_the_place_of_several_rows_counts_beside_their_copies() {
    for put_right in [0, 1] {
        let [stores, others] = [(); 2].map(|()| stores());
        for store in &stores {
            write(store, &["3", "6"]);
            store.ok("import l.csv");
        }
        write(&stores[put_right], &["7"]);
        stores[put_right].ok("import l.csv --replace");
        agree(&stores, &others, "7");
    }
}

#[test]
fn what_was_put_right_twice_falls_back_step_by_step() {
    let project = list(&["3", "6"]).set("DUBAN_LANG", "en");
    project.ok("import l.csv");
    write(&project, &["7"]);
    let first = project.ok("import l.csv --replace").stdout;
    write(&project, &["5"]);
    project.ok("import l.csv --replace");
    project.ok(&format!("undo {}", first.trim()));
    counts(&project, "5");
    let told = project.ok("audit").stdout;
    assert!(!told.contains("several stores"), "{told}");
    for amount in ["7", "9"] {
        project.ok("undo");
        counts(&project, amount);
        project.ok("verify");
    }
}

#[test]
fn a_record_that_was_corrected_stands_for_its_row() {
    let project = list(&["2"]);
    project.ok("import l.csv");
    for count in [3, 4] {
        project.ok(&format!("correct v1/banner --count {count}"));
        let told = project.ok("import l.csv");
        assert!(
            told.stderr.contains("skipped 1 row that was corrected"),
            "{told}"
        );
    }
    counts(&project, "4");
    write(&project, &["5"]);
    assert_eq!(project.run("import l.csv").code, 2);
    counts(&project, "4");
}

#[test]
fn with_partial_only_rows_of_another_amount_stay_out() {
    let project = list(&["2"]);
    project.ok("import l.csv");
    project.write(
        "m.csv",
        "unit,task,on,count\nv1,banner,2020-06-20,3\nv2,banner,2020-06-20,3\n",
    );
    let told = project.run("import m.csv --partial");
    assert!(
        told.stderr.contains("imported 1 entr") && told.stderr.contains("skipped 1 invalid"),
        "{told}"
    );
    counts(&project, "2");
}

/// Two stores of one plan.
fn stores() -> [Project; 2] {
    // Both before anything is recorded: ids are counted from when a project is made.
    [Project::small(), Project::small()]
}

/// Takes over what the other store has.
fn merge(into: &Project, from: &Project) {
    from.ok("export -o all.jsonl");
    into.write("other.jsonl", from.read("all.jsonl"));
    into.ok("import other.jsonl");
}

#[test]
fn two_stores_that_imported_one_list_merge_into_one_fact_a_row() {
    for amounts in [&["2"][..], &["2", "2"], &["1", "1.5", "1"]] {
        let [district, town] = stores();
        write(&district, amounts);
        write(&town, amounts);
        // The town had one of the rows already, from a file of other bytes.
        town.write(
            "first.csv",
            format!(
                "unit,task,on,count,note\nv1,banner,6-20,{},early\n",
                amounts[0]
            ),
        );
        town.ok("import first.csv");
        town.ok("import l.csv");
        district.ok("import l.csv");
        town.ok("done v2 banner=3 --on 6-20");
        let sum = amounts
            .iter()
            .map(|amount| amount.parse::<f64>().unwrap())
            .sum::<f64>()
            .to_string();
        merge(&district, &town);
        merge(&town, &district);
        for store in [&district, &town] {
            counts(store, &sum);
            let found = store.json("audit --only same-row");
            assert_eq!(found["rows"].as_array().unwrap().len(), amounts.len());
            skips(&store.run("import l.csv"), amounts.len(), 0);
            // One undo takes a row back, however many entries it has.
            store.ok("undo v1/banner");
            skips(&store.run("import l.csv"), amounts.len() - 1, 1);
            counts(store, &sum);
        }
    }
}

#[test]
fn of_two_corrections_of_one_record_the_last_counts_in_both_stores() {
    let [district, town] = stores();
    write(&district, &["2"]);
    district.ok("import l.csv");
    merge(&town, &district);
    town.ok("correct v1/banner --count 4");
    district.ok("correct v1/banner --count 5");
    district.ok("correct v1/banner --count 6");
    merge(&district, &town);
    merge(&town, &district);
    for store in [&district, &town] {
        let found = store.json("audit --only two-corrections,same-row");
        assert_eq!(found["rows"].as_array().unwrap().len(), 1, "{found}");
        assert_eq!(found["rows"][0]["kind"], "two_corrections");
        assert_eq!(found["rows"][0]["records"].as_array().unwrap().len(), 2);
    }
    assert_eq!(verdict(&district), verdict(&town));
    let amount = verdict(&district);
    assert!(
        amount.contains(" 6/3") || amount.contains(" 4/3"),
        "{amount}"
    );
}

#[test]
fn of_two_units_to_which_a_record_was_moved_the_last_has_it() {
    for list in [false, true] {
        let [district, town] = stores();
        write(&district, &["3"]);
        match list {
            // The row of a list that both have is one record as well.
            true => {
                write(&town, &["3"]);
                town.ok("import l.csv");
                district.ok("import l.csv");
            }
            false => {
                district.ok("done v1 banner=3");
                merge(&town, &district);
            }
        }
        town.ok("correct v1/banner --unit v2");
        district.ok("correct v1/banner --unit v3");
        merge(&district, &town);
        merge(&town, &district);
        let holders = |store: &Project| {
            let status = store.json("status --by unit --task banner");
            let rows = status["rows"].as_array().unwrap().iter();
            let holds = |row: &&serde_json::Value| row["completed"] == 1;
            let names = rows.filter(holds).map(|row| row["name"].to_string());
            names.collect::<Vec<_>>()
        };
        let held = holders(&district);
        assert_eq!(held.len(), 1, "{held:?}");
        assert_eq!(held, holders(&town));
        for store in [&district, &town] {
            let found = store.json("audit --only two-corrections");
            assert_eq!(found["rows"].as_array().unwrap().len(), 1, "{found}");
            let records = found["rows"][0]["records"].as_array().unwrap();
            let units = [&records[0]["unit_name"], &records[1]["unit_name"]];
            assert_eq!(units[0].to_string(), held[0]);
            assert_ne!(units[0], units[1]);
            store.ok("verify");
            // Once the one that counts is undone, the other has it.
            let id = records[0]["id"].as_str().unwrap();
            store.ok(&format!("undo {id}"));
            assert_eq!(holders(store), [units[1].to_string()]);
            store.ok("verify");
        }
    }
}

#[test]
fn a_row_put_right_in_one_store_stands_put_right_beside_the_list_of_another() {
    let [district, town] = stores();
    for store in [&district, &town] {
        write(store, &["2"]);
        store.ok("import l.csv");
    }
    write(&town, &["3"]);
    town.ok("import l.csv --replace");
    merge(&district, &town);
    merge(&town, &district);
    for store in [&district, &town] {
        counts(store, "3");
        store.ok("return v1/banner --reason blurred");
        counts(store, "0");
    }
}

/// What is done in one of two stores.
#[derive(Clone, Debug)]
enum Step {
    Run(usize, &'static str),
    Merge(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let lines = prop::sample::select(vec![
        "import l.csv",
        "import l.csv",
        "import m.csv",
        "import m.csv --replace",
        "import l.csv --again",
        "undo v1/banner",
        "undo",
        "return v1/banner --reason blurred",
        "correct v1/banner --count 5",
    ]);
    prop_oneof![
        5 => (0..2usize, lines).prop_map(|(store, line)| Step::Run(store, line)),
        1 => (0..2usize).prop_map(Step::Merge),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn rows_stand_once_whatever_two_stores_did(steps in prop::collection::vec(step(), 1..9)) {
        let stores = stores();
        for store in &stores {
            write(store, &["2", "2"]);
            store.write("m.csv", "unit,task,on,count\nv1,banner,2020-06-20,3\nv1,banner,2020-06-20,2\n");
        }
        for step in &steps {
            match step {
                // Some of this is refused where there is nothing to undo, say.
                Step::Run(store, line) => drop(stores[*store].run(line)),
                Step::Merge(into) => {
                    if stores.iter().all(|store| store.path("duban.db").exists()) {
                        merge(&stores[*into], &stores[1 - into]);
                    }
                }
            }
        }
        for store in &stores {
            drop(store.run("import l.csv --add"));
        }
        merge(&stores[0], &stores[1]);
        merge(&stores[1], &stores[0]);
        prop_assert_eq!(verdict(&stores[0]), verdict(&stores[1]));
        // What stands stands once: the list again changes nothing.
        prop_assert_eq!(stores[0].ok("import l.csv --add").code, 0);
        let once = verdict(&stores[0]);
        prop_assert_eq!(stores[0].ok("import l.csv --add").stderr.contains("imported"), false);
        prop_assert_eq!(&once, &verdict(&stores[0]));
    }

    #[test]
    fn whatever_was_undone_and_returned_the_list_stands_once_when_it_is_imported_after(
        steps in prop::collection::vec((0..2usize, 0..4usize), 1..10)
    ) {
        let stores = stores();
        for store in &stores {
            write(store, &["2", "2"]);
            store.ok("import l.csv");
        }
        for (at, what) in steps {
            let lines = ["import l.csv", "undo v1/banner", "return v1/banner --reason blurred"];
            match lines.get(what) {
                Some(line) => drop(stores[at].run(line)),
                None => merge(&stores[at], &stores[1 - at]),
            }
        }
        merge(&stores[0], &stores[1]);
        merge(&stores[1], &stores[0]);
        for store in &stores {
            store.ok("import l.csv");
            counts(store, "4");
            skips(&store.run("import l.csv"), 2, 0);
        }
        merge(&stores[0], &stores[1]);
        counts(&stores[0], "4");
    }
}

/// What a list is warned of, row by row, is what `done` is warned of, record by record.
#[test]
fn a_list_is_warned_of_all_that_done_is_warned_of_in_the_same_words() {
    let plan = crate::support::SMALL.to_string()
        + r#"
[[phase.activity]]
id = "census"
name = "census"
target = { count = 50, measure = "houses" }
counts = "total"
evidence = "expected"
due = 2020-06-30
who = ["village"]
[[phase.activity]]
id = "open-day"
name = "open-day"
from = 2020-06-10
to = 2020-06-30
who = ["village"]
"#;
    // Before, then the rows: task, day, amount.
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str, &'a str)]);
    let cases: [Case; 7] = [
        (
            &["plan --on 6-10"],
            &[("plan", "2020-06-20", ""), ("plan", "2020-06-05", "")],
        ),
        (
            &[],
            &[("plan", "2020-06-20", ""), ("plan", "2020-06-21", "")],
        ),
        (
            &["census=30 --on 6-10"],
            &[
                ("census", "2020-06-20", "20"),
                ("census", "2020-06-21", "25"),
            ],
        ),
        (
            &["census=30 --on 6-20"],
            &[
                ("census", "2020-06-20", "30"),
                ("census", "2020-06-05", "9"),
            ],
        ),
        (
            &["open-day --on 6-2"],
            &[
                ("open-day", "2020-06-15", ""),
                ("open-day", "2020-06-16", ""),
            ],
        ),
        (
            &["banner=3 --on 6-10"],
            &[
                ("banner", "2020-06-10", "3"),
                ("banner", "2020-06-11", "500"),
            ],
        ),
        (
            &[],
            &[
                ("notice", "2020-06-11", ""),
                ("plan", "2020-05-20", ""),
                ("report", "2020-06-11", ""),
            ],
        ),
    ];
    let what = |told: &str, from: usize| -> Vec<String> {
        let warnings = told
            .lines()
            .filter_map(|line| line.strip_prefix("warning: "));
        let words = warnings.map(|line| line.splitn(from, ' ').last().unwrap().to_string());
        words.filter(|words| !words.contains("--again")).collect()
    };
    for (before, rows) in cases {
        let [typed, listed] = [0, 1].map(|_| Project::with_plan(&plan).set("DUBAN_LANG", "en"));
        for project in [&typed, &listed] {
            project.ok("done v2 plan --on 6-20");
            for line in before {
                project.ok(&format!("done v1 {line}"));
            }
        }
        let mut wanted = Vec::new();
        let mut list = String::from("unit,task,on,count\n");
        for (task, day, amount) in rows {
            let equals = if amount.is_empty() { "" } else { "=" };
            let told = typed
                .ok(&format!("done v1 {task}{equals}{amount} --on {day}"))
                .stderr;
            wanted.extend(what(&told, 3));
            list += &format!("v1,{task},{day},{amount}\n");
        }
        listed.write("l.csv", list);
        let told = listed.ok("import l.csv --again").stderr;
        assert_eq!(what(&told, 2), wanted, "{before:?} {rows:?}\n{told}");
        assert!(!wanted.is_empty(), "{before:?} {rows:?}");
    }
}

#[test]
fn a_corrected_total_fell_below_no_other() {
    let plan = crate::support::SMALL.to_string()
        + "\n[[phase.activity]]\nid = \"census\"\nname = \"census\"\ncounts = \"total\"\ndue = 2020-06-30\nwho = [\"village\"]\n";
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.ok("done v1 census=300 --on 6-20");
    let told = project.ok("correct v1/census --count 30").stderr;
    assert!(!told.contains("warning"), "{told}");
    let told = project.ok("done v1 census=20 --on 6-21").stderr;
    assert!(told.contains("30"), "{told}");
    project.ok("return v1/census --reason wrong");
    let told = project.ok("done v1 census=10 --on 6-22").stderr;
    assert!(
        told.contains("30"),
        "what was returned is no total before: {told}"
    );
}

#[test]
fn a_copy_of_a_row_is_called_what_it_is() {
    let [one, two] = [0, 1].map(|_| Project::small());
    for project in [&one, &two] {
        write(project, &["3"]);
        project.ok("import l.csv");
    }
    two.ok("done v2 plan --on 6-20");
    two.ok("undo v2/plan");
    two.ok("export -o two.jsonl");
    one.write("two.jsonl", two.read("two.jsonl"));
    one.ok("import two.jsonl");
    counts(&one, "3");
    for line in ["log", "explain v1 banner", "show v1"] {
        let told = one.ok(line).stdout;
        let copies = told.matches("not counted").count();
        assert_eq!(copies, 1, "{line}\n{told}");
        let undone = told.matches("[undone]").count();
        assert_eq!(undone, usize::from(line == "log"), "{line}\n{told}");
    }
    let log = one.json("log --unit v1");
    let rows = log["rows"].as_array().unwrap();
    let is = |key: &str| rows.iter().filter(|row| row[key] == true).count();
    assert_eq!((is("copy"), is("undone")), (1, 0));
}
