use crate::model::unit::Unit;
use crate::source::Input;
use crate::source::problem::{Problem, Problems};

/// The units where nothing is wrong, and every problem.
fn read(name: &str, bytes: &[u8], encoding: Option<&str>) -> (Option<Vec<Unit>>, Problems) {
    let (roster, problems) = super::read(Input {
        name,
        bytes,
        encoding,
        sheet: None,
    });
    let whole = roster.filter(|_| !problems.has_errors());
    (whole.map(|roster| roster.units), problems)
}

fn ids(problems: &Problems) -> Vec<&str> {
    problems.iter().map(|problem| problem.saying.id).collect()
}

/// The only problem of a roster.
#[track_caller]
fn only(text: &str) -> Problem {
    let (_, problems) = read("units.csv", text.as_bytes(), None);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().unwrap()
}

/// What is wrong with one row under the usual header: the problem's id, its line and column, and the text that it marks.
#[track_caller]
fn case(row: &str, id: &str, column: usize, mark: &str) -> Problem {
    let problem = only(&format!(
        "code,name,kind,parent,since,until,was\nt,Town,area\n{row}\n"
    ));
    assert_eq!(problem.saying.id, id);
    let place = problem.place.clone().unwrap();
    assert_eq!(
        (place.file.as_str(), place.line, place.column),
        ("units.csv", 3, column)
    );
    let marked: String = place
        .text
        .chars()
        .skip(column - 1)
        .take(place.length)
        .collect();
    assert_eq!(marked, mark);
    problem
}

#[test]
fn both_languages_name_the_same_columns() {
    let english = "code,name,short,kind,labels,parent,head,contact,phone,since,until,was,households\n\
        t,Town,,area,,,,,,,,,\n\
        511902101201,塘坝村村民委员会,塘坝村,village,\"山区;试点\",t,甲,乙,13800001234,2020-06-01,2020/12/31,a1;a2,120\n";
    let chinese = english.replace(
        "code,name,short,kind,labels,parent,head,contact,phone,since,until,was",
        "代码,名称,简称,类型,标签,上级,主要负责人,责任人,电话,启用,停用,原代码",
    );
    let (units, problems) = read("units.csv", english.as_bytes(), None);
    assert!(problems.is_empty(), "{problems:?}");
    let units = units.unwrap();
    let unit = &units[1];
    assert_eq!(unit.labels, ["山区", "试点"]);
    assert_eq!(unit.was.len(), 2);
    assert_eq!(unit.until.unwrap().to_string(), "2020-12-31");
    assert_eq!(unit.attribute("households"), Some("120"));
    assert_eq!((unit.head.as_str(), unit.contact.as_str()), ("甲", "乙"));
    assert_eq!(units[0].short, "Town");
    for text in [
        chinese.clone(),
        format!("\u{feff}{chinese}"),
        chinese.replace('\n', "\r\n"),
        chinese
            .replace(';', "、")
            .replace(',', ";")
            .replace("、", "|"),
        format!("清江镇名册,,\n\n{chinese}\n,,,\n\n"),
    ] {
        let (same, problems) = read("units.csv", text.as_bytes(), None);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(same.as_ref(), Some(&units), "{text}");
    }
}

#[test]
fn a_gb18030_roster_says_what_it_is_and_is_read_when_told() {
    let text = "代码,名称,类型\n1,海生社区,社区\n";
    let bytes = encoding_rs::GB18030.encode(text).0;
    let (units, problems) = read("units.csv", &bytes, None);
    assert!(units.is_none());
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.saying.id, "check-gb18030");
    assert_eq!(
        problem.saying.hint.as_ref().unwrap().id,
        "hint-roster-encoding"
    );
    let (units, problems) = read("units.csv", &bytes, Some("gb18030"));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(units.unwrap()[0].name, "海生社区");
    assert_eq!(
        ids(&read("units.csv", b"code\n\xff\xfe\x00", None).1),
        ["check-not-utf8"]
    );
    assert_eq!(
        ids(&read("units.csv", b"code\n\xff", Some("gb18030")).1),
        ["check-not-encoding"]
    );
    assert_eq!(
        ids(&read("units.csv", b"code", Some("klingon")).1),
        ["check-unknown-encoding"]
    );
}

#[test]
fn a_mark_for_nothing_names_no_contact() {
    for nothing in ["无", "-", "——", "/", "待定", "暂无", "N/A", "  "] {
        let text = format!("code,name,kind,contact,phone\nv1,Ash,village,{nothing},{nothing}\n");
        let (units, problems) = read("units.csv", text.as_bytes(), None);
        assert!(problems.is_empty(), "{problems:?}");
        let unit = &units.unwrap()[0];
        assert_eq!((&*unit.contact, &*unit.phone), ("", ""), "{nothing}");
    }
    let (units, _) = read(
        "units.csv",
        "code,name,kind,contact\nv1,A,village,无忌\n".as_bytes(),
        None,
    );
    assert_eq!(units.unwrap()[0].contact, "无忌");
}

#[test]
fn codes_that_differ_in_width_alone_are_one() {
    for (one, other) in [
        ("001", "００１"),
        ("００１", "001"),
        ("ａ1", "a１"),
        ("００１", "００1"),
    ] {
        let problem = only(&format!(
            "code,name,kind\n{one},Ash,village\n{other},Birch,village\n"
        ));
        assert_eq!(problem.saying.id, "check-code-twice", "{one} {other}");
        assert_eq!(problem.saying.arg("first"), Some("2"));
        assert_eq!(problem.place.unwrap().line, 3);
    }
    let alone = read(
        "units.csv",
        "code,name,kind\n００１,Ash,village\n".as_bytes(),
        None,
    );
    assert!(alone.0.is_some());
}

#[test]
fn a_telephone_number_that_a_spreadsheet_spoiled_is_told() {
    let problem = only("code,name,kind,contact,phone\nv1,Ash,village,Lee,1.38E+10\n");
    assert_eq!(problem.saying.id, "check-phone-spoiled");
}

#[test]
fn every_kind_of_bad_cell_is_named_with_its_place() {
    case(
        "5.11902E+11,Alder,village",
        "check-code-spoiled",
        1,
        "5.11902E+11",
    );
    case("v 1,Alder,village", "check-code-character", 1, "v 1");
    case(",Alder,village", "check-cell-empty", 1, ",");
    case("t,Alder,village", "check-code-twice", 1, "t");
    case("v1,,village", "check-cell-empty", 4, ",");
    case("v1,\"Al,der\",", "check-cell-empty", 13, "");
    case("v1,Alder,village,v1", "check-parent-loop", 18, "v1");
    let near = case("v1,Alder,village,town", "check-parent-unknown", 18, "town");
    assert!(near.saying.hint.is_none(), "t is not near town");
    case(
        "v1,Alder,village,t,2020-02-30",
        "check-no-such-day",
        20,
        "2020-02-30",
    );
    let soon = case("v1,Alder,village,t,soon", "check-said-day", 20, "soon");
    assert_eq!(soon.saying.hint.unwrap().id, "hint-dated");
    case(
        "v1,Alder,village,t,2020-07-01,2020-06-01",
        "check-since-after-until",
        20,
        "2020-07-01",
    );
    case(
        "v1,Alder,village,t,,,a b",
        "check-code-character",
        22,
        "a b",
    );
    case(
        "v1,Alder,village,t,,,,more",
        "check-cell-beyond",
        23,
        "more",
    );
    case(
        "v1,Al\u{202e}der,village",
        "check-control",
        4,
        "Al\u{202e}der",
    );
    case("v1,Town,village\n", "check-name-twice", 4, "Town");
}

#[test]
fn a_loop_of_parents_is_told_once() {
    let problem = only("code,name,kind,parent\na,A,x,b\nb,B,x,c\nc,C,x,a\nd,D,x,a\n");
    assert_eq!(problem.saying.id, "check-parent-loop");
    assert_eq!(problem.saying.arg("chain"), Some("a > b > c > a"));
    let near = only("code,name,kind,parent\n511902101,T,area,\n1,A,x,511902102\n");
    assert_eq!(near.saying.hint.unwrap().arg("name"), Some("511902101"));
}

#[test]
fn areas_lie_in_one_another_only_so_deep() {
    let chain = |levels: usize, up: bool| {
        let row = |level: usize| match level {
            1 => "p1,P1,x,\n".to_string(),
            level => format!("p{level},P{level},x,p{}\n", level - 1),
        };
        let rows = (1..=levels).map(row);
        let rows: String = if up {
            rows.rev().collect()
        } else {
            rows.collect()
        };
        format!("code,name,kind,parent\n{rows}")
    };
    for up in [true, false] {
        let (units, problems) = read("u.csv", chain(32, up).as_bytes(), None);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(units.unwrap().len(), 32);
        for levels in [33, 100_000] {
            let problem = only(&chain(levels, up));
            assert_eq!(problem.saying.id, "check-parent-deep", "{levels}");
        }
    }
    let problem = only(&format!(
        "{}q,Q,x,p30\nr,R,x,q\ns,S,x,r\n",
        chain(32, false)
    ));
    assert_eq!(problem.saying.id, "check-parent-deep", "a branch");
    assert_eq!(problem.place.unwrap().line, 36);
}

#[test]
fn headers_that_lack_or_repeat_a_column() {
    let problem = only("name,kind\nAlder,village\n");
    assert_eq!(
        (problem.saying.id, problem.saying.arg("columns")),
        ("check-columns-missing", Some("code"))
    );
    assert_eq!(
        only("code,code,name,kind\n1,1,A,x\n").saying.id,
        "check-column-twice"
    );
    let near = only("code,name,kind,parnt\n1,A,x,\n");
    assert_eq!(near.saying.id, "check-column-like");
    assert_eq!(near.saying.hint.unwrap().arg("name"), Some("parent"));
    assert_eq!(only("").saying.id, "check-file-empty");
    assert_eq!(only("code,name,kind\n").saying.id, "check-roster-empty");
}

#[test]
fn a_quotation_mark_left_open_is_told_where_it_opens() {
    let problem = only("code,name,kind\n1,A,x\n2,\"B,x\n3,C,x\n4,D,x\n");
    assert_eq!(problem.saying.id, "check-unclosed-quote");
    assert_eq!(problem.place.unwrap().line, 3);
    let (units, problems) = read("u.csv", b"code,name,kind\n1,\"A\nB\",x\n", None);
    assert_eq!(
        ids(&problems),
        ["check-control"],
        "a closed one may hold a line break"
    );
    assert_eq!(units.unwrap().len(), 1);
}

#[test]
fn lines_are_counted_through_blank_ones() {
    let problem = only("\n\ncode,name,kind\n\n1,A,x\n\n\n1,B,x\n");
    assert_eq!(problem.saying.arg("first"), Some("5"));
    assert_eq!(problem.place.unwrap().line, 8);
}

/// What people see filled, and what arrives empty: in any column, for any reason (a formula without its result, one that failed, a cell
/// under a merged one), it is named by its cell and never its default.
#[test]
fn a_cell_that_people_see_filled_is_never_its_default() {
    use crate::source::workbook::tests::xlsx;
    let headers = [
        "code",
        "name",
        "kind",
        "short",
        "labels",
        "parent",
        "head",
        "contact",
        "phone",
        "since",
        "until",
        "was",
        "households",
    ];
    let at = |column: usize, row: usize| {
        format!("{}{row}", char::from(b'A' + u8::try_from(column).unwrap()))
    };
    let text = |column: usize, row: usize, text: &str| {
        format!(
            "<c r=\"{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
            at(column, row)
        )
    };
    // The third row lacks the cell that is looked at.
    let cells = |row: usize, but: usize| -> String {
        let code = format!("v{row}");
        let texts = [code.as_str(), "Alder", "village"].into_iter().enumerate();
        let texts = texts.filter(|(column, _)| *column != but);
        texts
            .map(|(column, word)| text(column, row, word))
            .collect()
    };
    let all = headers.len();
    for (column, header) in headers.iter().enumerate() {
        let cell = at(column, 3);
        let formula = format!("<c r=\"{cell}\"><f>A1</f></c>");
        let failed = format!("<c r=\"{cell}\" t=\"e\"><v>#REF!</v></c>");
        let merged = format!(
            "<mergeCells><mergeCell ref=\"{}:{cell}\"/></mergeCells>",
            at(column, 2)
        );
        for (content, after) in [(formula.as_str(), ""), (&failed, ""), ("", &*merged)] {
            let heads: String = (0..all)
                .map(|column| text(column, 1, headers[column]))
                .collect();
            let rows = format!(
                "<row r=\"1\">{heads}</row><row r=\"2\">{}</row><row r=\"3\">{}{content}</row>",
                cells(2, all),
                cells(3, column)
            );
            let (_, problems) = read("u.xlsx", &xlsx(&[("s", "visible", &rows, after)]), None);
            let named = problems.iter().any(|problem| {
                let place = problem.place.as_ref();
                let found = place.and_then(|place| place.cell.as_deref());
                found.is_some_and(|found| found.ends_with(&format!("!{cell}")))
            });
            assert!(named, "{header} {content}{after}: {problems:?}");
        }
    }
}

#[test]
fn of_many_problems_of_one_kind_the_first_are_told_and_the_others_counted() {
    let rows = |count: usize| "v1,Alder,village\n".repeat(count);
    for (doubled, told) in [(999, 1000 - 1), (1000, 1000), (3000, 1000)] {
        let text = format!("code,name,kind\n{}", rows(doubled + 1));
        let (units, problems) = read("r.csv", text.as_bytes(), None);
        assert_eq!(units, None);
        let of = |id: &str| {
            problems
                .iter()
                .filter(|problem| problem.saying.id == id)
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(of("check-code-twice").len(), told);
        let more = of("check-more-alike");
        let counts: Vec<_> = more
            .iter()
            .filter_map(|problem| problem.saying.arg("n"))
            .collect();
        // The names of these units are alike too.
        let rest = (doubled - told).to_string();
        assert_eq!(
            counts,
            if doubled > told {
                vec![rest.as_str(); 2]
            } else {
                vec![]
            }
        );
        for problem in more {
            assert_eq!(problem.place.unwrap().line, 1002 + 1);
        }
    }
}
