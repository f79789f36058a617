mod hidden;

use super::each;
use crate::model::admit::Draft;
use crate::model::entry::{Proof, Via};
use crate::model::zone::Zone;
use crate::source::Input;
use crate::source::day_text::Today;
use crate::source::problem::{Problem, Problems};
use crate::source::workbook::tests::{ods, xlsx};

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
    let input = Input {
        name,
        bytes,
        encoding,
        sheet: None,
    };
    let of_file = each(input, today, &mut |row| match row {
        Err(problem) => problems.push(problem),
        Ok(row) => {
            problems.append(&mut row.problems);
            let draft = std::mem::take(&mut row.draft);
            let text = |named: super::Named| match named.code {
                "" => named.name.to_string(),
                code => format!("{code}={}", named.name),
            };
            rows.push((text(row.unit), text(row.task), draft));
        }
    });
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
        v2,news,6月30日,,,是,,,,走访,,\n";
    let json = r#"{"unit":"v1","task":"banner","on":"2020-06-30","count":1.5,"form":"board","for":"2020-06","from":"Ash","via":"wechat","note":"fine","evidence":["https://a.invalid/1","https://a.invalid/2","photo 1.jpg"]}

{"单位":"v2","任务":"news","日期":"6.30","零报告":true,"方式":"visit"}
"#;
    let day = "2020-06-30".parse().unwrap();
    let link = |number| Proof::Link(format!("https://a.invalid/{number}"));
    let first = Draft {
        on: Some(day),
        count: "1.5".parse().ok(),
        form: Some("board".into()),
        period: "2020-06-01".parse().ok().zip(Some(day)),
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
        ("-", json),
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
        "unit,task,date,colour\nv1,b,today,x\n",
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

/// The units and counts of what was read without a problem.
#[track_caller]
fn good(name: &str, bytes: &[u8]) -> Vec<(String, Option<String>)> {
    let read = read(name, bytes, None);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    assert!(!read.of_file.has_errors(), "{:?}", read.of_file);
    let rows = read.rows.into_iter();
    rows.map(|(unit, _, draft)| (unit, draft.count.map(|count| count.to_string())))
        .collect()
}

fn two() -> Vec<(String, Option<String>)> {
    let row = |unit: &str, count: &str| (unit.to_string(), Some(count.to_string()));
    vec![row("v1", "20"), row("v2", "3")]
}

#[test]
fn content_tells_tables_from_json_whatever_the_name() {
    let first = r#"{"unit":"v1","task":"b","on":"6-30","count":20}"#;
    let second = r#"{"unit":"v2","task":"b","on":"6-30","count":"3"}"#;
    for text in [
        "unit,task,on,count\nv1,b,6-30,20\nv2,b,6-30,3\n".to_string(),
        "单位\t任务\t日期\t数量\nv1\tb\t6-30\t20\nv2\tb\t6-30\t3".to_string(),
        format!("{first}\n{second}"),
        format!("[{first},{second}]"),
        format!("\n [\n {first},\n\n {second}\n]\n"),
        format!("\u{feff}[{first},{second}]"),
    ] {
        for name in ["-", "list.txt"] {
            assert_eq!(good(name, text.as_bytes()), two(), "{text}");
        }
    }
    let pretty = first.replace(',', ",\n  ").replace('{', "{\n  ");
    assert_eq!(good("one.json", pretty.as_bytes()), two()[..1]);
}

#[test]
fn lines_end_in_any_way_and_texts_may_be_utf_16() {
    let text = "单位,任务,日期,数量\nv1,b,6-30,20\nv2,b,6-30,3\n";
    for ends in ["\r", "\r\n", "\n"] {
        let text = text.replace('\n', ends);
        assert_eq!(good("l.csv", text.as_bytes()), two(), "{ends:?}");
    }
    let mixed = text.replacen('\n', "\r", 1);
    assert_eq!(good("l.csv", mixed.as_bytes()), two());
    let little: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(good("l.csv", &little), two());
    assert_eq!(good("l.csv", &big), two());
    let bare: Vec<u8> = "unit,task,on\nv1,b,6-30\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let problem = read("l.csv", &bare, None)
        .of_file
        .into_iter()
        .next()
        .unwrap();
    assert_eq!(problem.saying.id, "check-utf16");
    assert_eq!(
        problem.saying.hint.unwrap().arg("encoding"),
        Some("utf-16le")
    );
    assert_eq!(read("l.csv", &bare, Some("utf-16le")).rows.len(), 1);
    let lines = "{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"6-30\"}\r{\"unit\":\"v2\",\"task\":\"b\",\"on\":\"6-30\"}\r";
    assert_eq!(good("l.jsonl", lines.as_bytes()).len(), 2);
}

#[test]
fn headers_are_known_by_their_synonyms_measures_and_breaks() {
    for header in [
        "数量（张）",
        "数量(张)",
        "数量 【张】",
        "\"数量\n（张）\"",
        "数量*",
        "数量：",
        "ｃｏｕｎｔ",
        "Qty",
        "完成数量",
        "张数",
        "数量（张/条）",
    ] {
        let text = format!("责任单位,任务名称,完成日期,{header}\nv1,b,6-30,20\nv2,b,6-30,3\n");
        assert_eq!(good("l.csv", text.as_bytes()), two(), "{header}");
    }
    let read = read(
        "l.csv",
        "单位,任务,日期,数量（万张）\nv1,b,6-30,2\n".as_bytes(),
        None,
    );
    let note = read.of_file.iter().next().unwrap();
    assert_eq!(note.saying.arg("columns"), Some("数量（万张）"));
    assert_eq!(read.rows[0].2.count, None);
}

#[test]
fn a_header_says_what_its_amounts_are_measured_in() {
    for (header, amount, measure) in [
        ("数量（张）", "20", Some("张")),
        ("数量【份】", "20", Some("份")),
        ("数量(单位：条)", "20", Some("条")),
        ("Count (Pcs)", "20", Some("Pcs")),
        ("累计（份）", "20", Some("份")),
        ("条数", "20", Some("条")),
        ("户数", "20", Some("户")),
        ("人数", "20", Some("人")),
        ("数量（份）", "20张", Some("张")),
        ("数量", "20", None),
        ("完成数", "20", None),
        ("数量（必填）", "20", None),
        ("数量（按实际张贴填写）", "20", None),
        ("数量（张/条）", "20", None),
        ("数量（份）", "", None),
    ] {
        let text = format!("unit,task,on,{header}\nv1,b,6-30,{amount}\n");
        let table = read("l.csv", text.as_bytes(), None);
        assert_eq!(table.rows[0].2.measure.as_deref(), measure, "{header}");
        if !amount.is_empty() {
            let text = format!(
                "{{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"6-30\",\"{header}\":\"{amount}\"}}"
            );
            let json = read("l.jsonl", text.as_bytes(), None);
            assert_eq!(json.rows[0].2.measure.as_deref(), measure, "{header}");
        }
    }
}

/// The address behind 照片 proves; the word does not.
#[test]
fn a_cell_that_leads_to_an_address_proves_what_the_address_does() {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |texts: [&str; 4]| format!("<row>{}</row>", texts.map(text).concat());
    let head = row(["unit", "task", "on", "佐证"]);
    let rows = head + &row(["v1", "b", "6-30", "照片"]) + &row(["v2", "b", "6-30", "照片"]);
    let link = "<hyperlinks><hyperlink ref=\"D2\" r:id=\"h1\"/></hyperlinks>";
    let sheet = xlsx(&[("s", "visible", &rows, link)]);
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |texts: [&str; 4]| {
        format!(
            "<table:table-row>{}</table:table-row>",
            texts.map(cell).concat()
        )
    };
    let linked = "<text:a xlink:href=\"https://example.invalid/1\">照片</text:a>";
    let rows = row(["unit", "task", "on", "佐证"])
        + &row(["v1", "b", "6-30", linked])
        + &row(["v2", "b", "6-30", "照片"]);
    let table = ods(&format!(
        "<table:table table:name=\"s\">{rows}</table:table>"
    ));
    for (name, bytes) in [("l.xlsx", sheet), ("l.ods", table)] {
        let read = read(name, &bytes, None);
        let proofs: Vec<&[Proof]> = read.rows.iter().map(|row| &*row.2.evidence).collect();
        let link = Proof::Link("https://example.invalid/1".into());
        assert_eq!(proofs, [[link], [Proof::Named("照片".into())]], "{name}");
    }
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, number, measure) in [
        ("20张", "20", Some("张")),
        ("２０", "20", None),
        ("\"1,020\"", "1020", None),
        ("二十", "20", None),
    ] {
        let text = format!("unit,task,on,count\nv1,b,6-30,{text}\n");
        let read = read("l.csv", text.as_bytes(), None);
        let draft = &read.rows[0].2;
        assert_eq!(draft.count.unwrap().to_string(), number);
        assert_eq!(draft.measure.as_deref(), measure);
    }
}

#[test]
fn a_bare_number_is_no_day_in_any_form() {
    for (text, line) in [
        ("unit,task,on\nv1,b,44012\n", 2),
        ("{\"unit\":\"v1\",\"task\":\"b\",\"on\":6.30}", 1),
        ("[{\"unit\":\"v1\",\"task\":\"b\",\"on\":44012}]", 1),
        ("unit,task,on,for\nv1,b,6-30,202006\n", 2),
    ] {
        let read = read("-", text.as_bytes(), None);
        assert_eq!(read.problems.len(), 1, "{text}");
        assert_eq!(read.problems[0].saying.id, "check-day-number", "{text}");
        assert_eq!(
            read.problems[0].saying.hint.as_ref().unwrap().id,
            "hint-day-cell"
        );
        assert_eq!(read.problems[0].place.as_ref().unwrap().line, line);
    }
}

#[test]
fn the_text_of_a_failed_formula_is_no_content() {
    case(
        "unit,task,on,count,note,nil\nv1,b,6-30,#N/A,,\nv1,b,6-30,,#REF!,\nv1,b,#VALUE!,,,Err:502\n",
        &[
            ("check-cell-error", 2, "#N/A"),
            ("check-cell-error", 3, "#REF!"),
            ("check-cell-error", 4, "#VALUE!"),
            ("check-cell-error", 4, "Err:502"),
        ],
    );
}

#[test]
fn what_stands_under_no_header_or_twice_is_told() {
    case(
        "unit,,task,on\nv1,stray,b,6-30\nv1,,b,6-30,more\n",
        &[
            ("check-cell-beyond", 2, "stray"),
            ("check-cell-beyond", 3, "more"),
        ],
    );
    case(
        "{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"6-30\",\"count\":1,\"数量\":2}",
        &[("check-column-twice", 1, "\"数量\"")],
    );
    // What keeps the last of equal keys would silently read 3.
    for again in [
        "\"count\":1,\"count\":3",
        "\"count\":3,\"count\":3",
        "\"count\":null,\"count\":3",
    ] {
        case(
            &format!(
                "{{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"6-30\"}}\n{{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"6-30\",{again}}}"
            ),
            &[("check-column-twice", 2, "\"count\"")],
        );
    }
    case(
        "[{\n\"unit\": \"v1\",\n\"task\": \"b\",\n\"on\": 5.1\n},\n7]",
        &[
            ("check-day-number", 4, "\"on\""),
            ("check-json-object", 6, "7"),
        ],
    );
}

#[test]
fn no_cell_is_repeated_in_full_and_none_is_endless() {
    let long = "x".repeat(90_000);
    let read_long = read(
        "l.csv",
        format!("unit,task,on,count\nv1,b,6-30,{long}\n").as_bytes(),
        None,
    );
    let problem = &read_long.problems[0];
    assert!(problem.saying.arg("text").unwrap().chars().count() <= 401);
    assert!(problem.place.as_ref().unwrap().text.len() <= 200);
    let longer = "x".repeat(110_000);
    for text in [
        format!("unit,task,on,note\nv1,b,6-30,{longer}\n"),
        format!("{{\"unit\":\"v1\",\"task\":\"b\",\"on\":\"6-30\",\"note\":\"{longer}\"}}"),
    ] {
        assert_eq!(
            read("-", text.as_bytes(), None).problems[0].saying.id,
            "check-cell-long"
        );
    }
}

#[test]
fn many_bad_rows_stay_in_the_order_of_the_file() {
    let rows: String = (0..30_000).map(|_| ",b,soon\n").collect();
    let read = read("l.csv", format!("unit,task,on\n{rows}").as_bytes(), None);
    let mut problems = Problems::new();
    let pairs = read.problems.chunks(2).map(<[Problem]>::to_vec);
    for mut pair in pairs {
        pair.reverse();
        problems.extend(pair);
    }
    let key = |problem: &Problem| {
        problem
            .place
            .as_ref()
            .map(|place| (place.line, place.column))
    };
    assert_eq!(problems.len(), 60_000);
    assert!(problems.iter().map(key).is_sorted());
}

#[test]
fn a_day_that_is_none_is_told_with_the_forms_that_are_read() {
    let text = "unit,task,on,for\nv1,b,15 April,never\n";
    let read = read("r.csv", text.as_bytes(), None);
    let hints: Vec<&str> = read
        .problems
        .iter()
        .map(|problem| problem.saying.hint.as_ref().unwrap().id)
        .collect();
    assert_eq!(hints, ["hint-day-typed", "hint-period"]);
}

#[test]
fn a_month_over_a_column_is_the_period() {
    for head in [
        "月份",
        "月",
        "期间",
        "所属月份",
        "报送月份",
        "季度",
        "month",
        "Period",
        "Quarter",
    ] {
        let read = read(
            "l.csv",
            format!("单位,任务,日期,{head}\nv1,news,2020-06-30,2020-06\n").as_bytes(),
            None,
        );
        assert!(
            read.of_file.is_empty() && read.problems.is_empty(),
            "{head}"
        );
        let june = ("2020-06-01".parse().unwrap(), "2020-06-30".parse().unwrap());
        assert_eq!(read.rows[0].2.period, Some(june), "{head}");
    }
}

#[test]
fn a_code_stands_in_place_of_a_name_or_beside_it() {
    let units = |text: &str| {
        let read = read("l.csv", text.as_bytes(), None);
        let ids = read
            .problems
            .iter()
            .map(|problem| problem.saying.id)
            .collect::<Vec<_>>();
        (
            read.rows
                .into_iter()
                .map(|(unit, task, _)| (unit, task))
                .collect::<Vec<_>>(),
            ids,
        )
    };
    let row = |unit: &str, task: &str| (unit.to_string(), task.to_string());
    assert_eq!(
        units(
            "单位代码,单位,任务编号,任务,日期\nv1,塘坝村,t1,海报,2020-06-30\n,塘坝村,,海报,2020-06-30\nv1,,t1,,2020-06-30\n"
        ),
        (
            vec![
                row("v1=塘坝村", "t1=海报"),
                row("塘坝村", "海报"),
                row("v1=", "t1=")
            ],
            vec![]
        )
    );
    assert_eq!(
        units(
            "单位代码,任务代码,日期\nv1,t1,2020-06-30\n,t1,2020-06-30\n5.11902E+11,t1,2020-06-30\n"
        ),
        (
            vec![row("v1=", "t1="), row("", "t1="), row("", "t1=")],
            vec!["check-cell-empty", "check-code-spoiled"]
        )
    );
    let json = r#"{"unit_code":"v1","unit":"塘坝村","task_code":"t1","on":"2020-06-30"}"#;
    assert_eq!(units(json), (vec![row("v1=塘坝村", "t1=")], vec![]));
    let read = read("l.csv", "任务,日期\nt1,2020-06-30\n".as_bytes(), None);
    let missing = read.of_file.iter().next().unwrap();
    assert_eq!(missing.saying.arg("columns"), Some("unit"));
}

/// A cell of a list in a workbook with that format, read as a day and as a period: what comes, or the problem.
#[test]
fn a_day_is_read_as_far_as_its_format_shows_it() {
    let list = |head: &str, style: u8, number: &str| {
        let text = |column: &str, row: u8, text: &str| {
            format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        let on = if head == "on" { "for" } else { "on" };
        let heads = ["unit", "task", head, on]
            .into_iter()
            .zip(["A", "B", "C", "D"]);
        let heads: String = heads.map(|(head, column)| text(column, 1, head)).collect();
        let cell = format!("<c r=\"C2\" s=\"{style}\"><v>{number}</v></c>");
        let rest = if on == "on" {
            text("D", 2, "2020-06-30")
        } else {
            String::new()
        };
        let rows = format!(
            "<row r=\"1\">{heads}</row><row r=\"2\">{}{}{cell}{rest}</row>",
            text("A", 2, "v1"),
            text("B", 2, "news")
        );
        let read = read("l.xlsx", &xlsx(&[("s", "visible", &rows, "")]), None);
        if let Some(problem) = read.problems.first() {
            let place = problem.place.as_ref().unwrap();
            return format!(
                "{} {}",
                problem.saying.id,
                place.cell.as_deref().unwrap_or("")
            );
        }
        let draft = &read.rows[0].2;
        match head {
            "on" => draft.on.unwrap().to_string(),
            _ => draft
                .period
                .map(|(first, last)| format!("{first}..{last}"))
                .unwrap(),
        }
    };
    // A number in the format 0"月", and bare ones.
    assert_eq!(list("for", 17, "6"), "2020-06-01..2020-06-30");
    assert_eq!(list("for", 3, "6"), "check-day-number s!C2");
    assert_eq!(list("for", 4, "6"), "check-day-number s!C2");
    // 2020-06-24; 44006 as a serial number. Styles: 10 m"月"d"日", 11 yyyy"年"m"月", 12 d"日", 13 yyyy, 14 m"月", 15 58, 16 57.
    for style in [10, 15] {
        assert_eq!(list("on", style, "44006"), "2020-06-24");
        assert_eq!(list("for", style, "44006"), "2020-06-24..2020-06-24");
        // Of another year: nobody sees that, and nobody knows which was meant.
        assert_eq!(list("on", style, "43640"), "check-day-year-unseen s!C2");
        // As typed: 12-30 has not come.
        assert_eq!(list("on", style, "44195"), "check-day-not-come s!C2");
    }
    for style in [11, 16] {
        assert_eq!(list("on", style, "44006"), "check-said-day s!C2");
        assert_eq!(list("for", style, "44006"), "2020-06-01..2020-06-30");
    }
    for style in [12, 13, 14] {
        assert_eq!(
            list("on", style, "44006"),
            "check-cell-part-of-day s!C2",
            "{style}"
        );
        assert_eq!(
            list("for", style, "44006"),
            "check-cell-part-of-day s!C2",
            "{style}"
        );
    }
    assert_eq!(list("on", 1, "44006"), "2020-06-24");
}
