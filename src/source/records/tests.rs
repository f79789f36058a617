use super::{Form, each, form};
use crate::model::admit::Draft;
use crate::model::entry::{Proof, Via};
use crate::model::zone::Zone;
use crate::source::day_text::Today;
use crate::source::problem::{Problem, Problems};

struct Read {
    rows: Vec<(String, String, Draft)>,
    problems: Vec<Problem>,
    of_file: Problems,
}

fn read(name: &str, bytes: &[u8], encoding: Option<&str>) -> Read {
    let today = Today {
        day: "2020-07-03".parse().unwrap(),
        zone: Zone::Offset(480),
        issued: "2018-01-01".parse().unwrap(),
    };
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let of_file = each(
        name,
        bytes,
        form(name, bytes),
        encoding,
        today,
        &mut |row| match row {
            Err(problem) => problems.push(problem),
            Ok(row) => {
                problems.append(&mut row.problems);
                let draft = std::mem::take(&mut row.draft);
                rows.push((row.unit.to_string(), row.task.to_string(), draft));
            }
        },
    );
    Read {
        rows,
        problems,
        of_file,
    }
}

#[test]
fn a_table_and_json_lines_say_the_same() {
    let english = "unit,task,on,count,total,nil,form,for,from,via,note,evidence\n\
        v1,banner,2020-06-30,1.5,,,board,2020-06,Ash,wechat,fine,https://a.invalid/1 https://a.invalid/2;photo 1.jpg\n\
        v2,news,6月30日,,,yes,,,,visit,,\n";
    let chinese = "单位,任务,日期,数量,累计,零报告,形式,期次,报送人,方式,备注,佐证\n\
        v1,banner,2020/6/30,1.5,,,board,6月,Ash,微信,fine,https://a.invalid/1 https://a.invalid/2;photo 1.jpg\n\
        v2,news,44012,,,是,,,,走访,,\n";
    let json = r#"{"unit":"v1","task":"banner","on":"2020-06-30","count":1.5,"form":"board","for":"2020-06","from":"Ash","via":"wechat","note":"fine","evidence":["https://a.invalid/1","https://a.invalid/2","photo 1.jpg"]}

{"单位":"v2","任务":"news","日期":"6.30","零报告":true,"方式":"visit"}
"#;
    let day = "2020-06-30".parse().unwrap();
    let link = |number| Proof::Link(format!("https://a.invalid/{number}"));
    let first = Draft {
        on: Some(day),
        count: "1.5".parse().ok(),
        form: Some("board".into()),
        period: Some(day),
        from: Some("Ash".into()),
        via: Some(Via::Wechat),
        note: Some("fine".into()),
        evidence: vec![link(1), link(2), Proof::Named("photo 1.jpg".into())],
        ..Draft::default()
    };
    let second = Draft {
        on: Some(day),
        nil: true,
        via: Some(Via::Visit),
        ..Draft::default()
    };
    for (name, text) in [
        ("r.csv", english),
        ("r.csv", chinese),
        ("r.jsonl", json),
        ("-.jsonl", json),
    ] {
        let read = read(name, text.as_bytes(), None);
        assert!(
            read.problems.is_empty() && read.of_file.is_empty(),
            "{:?}",
            read.problems
        );
        let drafts: Vec<&Draft> = read.rows.iter().map(|(_, _, draft)| draft).collect();
        assert_eq!(drafts, [&first, &second], "{text}");
        assert_eq!(read.rows[1].0, "v2");
    }
    let bytes = encoding_rs::GB18030.encode(chinese).0;
    assert_eq!(read("r.csv", &bytes, Some("gbk")).rows.len(), 2);
    assert_eq!(
        read("r.csv", &bytes, None)
            .of_file
            .iter()
            .next()
            .unwrap()
            .saying
            .id,
        "check-gb18030"
    );
}

/// What is wrong with one row: ids, lines, and what they mark.
#[track_caller]
fn case(text: &str, wanted: &[(&str, usize, &str)]) {
    let name = if text.starts_with('{') {
        "r.jsonl"
    } else {
        "r.csv"
    };
    let read = read(name, text.as_bytes(), None);
    let problems = read.of_file.iter().chain(&read.problems);
    let told: Vec<(&str, usize, String)> = problems
        .map(|problem| {
            let place = problem.place.as_ref().unwrap();
            let letters = place
                .text
                .chars()
                .skip(place.column.saturating_sub(1) - place.skipped);
            (
                problem.saying.id,
                place.line,
                letters.take(place.length).collect(),
            )
        })
        .collect();
    let told: Vec<(&str, usize, &str)> = told
        .iter()
        .map(|(id, line, mark)| (*id, *line, mark.as_str()))
        .collect();
    assert_eq!(told, wanted);
}

#[test]
fn every_bad_cell_is_named_with_its_place() {
    case(
        "unit,task,on,count,nil,via,for\nv1,,30/6/2020,many,maybe,pigeon,never\n,banner,2020-02-30,1.2345,,,\n5.1E+11,b,today,1e9,,,\n",
        &[
            ("check-cell-empty", 2, ","),
            ("check-said-day", 2, "30/6/2020"),
            ("check-not-a-number", 2, "many"),
            ("check-yes-no", 2, "maybe"),
            ("check-said-day", 2, "never"),
            ("check-via", 2, "pigeon"),
            ("check-cell-empty", 3, ","),
            ("check-no-such-day", 3, "2020-02-30"),
            ("check-number-places", 3, "1.2345"),
            ("check-code-spoiled", 4, "5.1E+11"),
            ("check-not-a-number", 4, "1e9"),
        ],
    );
    case(
        "unit,task\nv1,b\n",
        &[("check-columns-missing", 1, "unit,task")],
    );
    case(
        "unit,task,date,remarks\nv1,b,today,x\n",
        &[("check-columns-unread", 0, "")],
    );
    case("", &[("check-file-empty", 0, "")]);
    case(
        "{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"soon\",\"cuont\":2}\n[1]\n{\"unit\":\n{\"unit\":{},\"task\":\"b\",\"on\":\"today\"}\n",
        &[
            ("check-unknown-key", 1, "\"cuont\""),
            ("check-said-day", 1, "\"on\""),
            ("check-json-object", 2, "[1]"),
            ("check-json", 3, ":"),
            ("check-json-value", 4, "\"unit\""),
        ],
    );
}

#[test]
fn the_form_is_seen_in_name_and_content() {
    assert_eq!(form("r.csv", b"unit,task"), Form::Table);
    assert_eq!(form("r.xlsx", b"PK\x03\x04"), Form::Table);
    assert_eq!(form("r.jsonl", b""), Form::Lines);
    assert_eq!(form("-", b" {\"unit\":1}"), Form::Lines);
}

#[test]
fn an_address_on_the_web_is_told_from_a_file() {
    for text in [
        "https://a.invalid/1",
        "http://a.invalid",
        "HTTPS://A.INVALID/1",
    ] {
        assert!(Proof::is_link(text), "{text}");
    }
    for text in [
        "http://",
        "https://a b",
        "photo 1.jpg",
        "ftp://a.invalid",
        "a://https://",
        "",
    ] {
        assert!(!Proof::is_link(text), "{text}");
    }
}
