//! The targets.

use proptest::strategy::ValueTree;

use super::*;
use crate::journal::hash::Content;
use crate::journal::wire::{Reader, Writer};
use crate::journal::{Coded, Head, Kind, body};
use crate::model::code::{TaskCode, UnitCode};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::Batch;
use crate::model::plan::Plan;
use crate::model::quantity::Quantity;
use crate::model::sheet::Sheet;
use crate::model::zone::Zone;
use crate::source::day_text::{self, Lean, Today};
use crate::source::plan::{advise, survey};
use crate::source::problem::Problems;
use crate::source::{Input, records, roster};
use crate::store::{label_pack, page};

/// The files of a folder of this repository whose names end so.
fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root(folder))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(ending))
        .collect();
    paths.sort();
    let files = paths.iter().map(fs::read).collect::<Result<_, _>>();
    files.unwrap()
}

fn lines(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Every place lies in a file, and the text that is shown of it can be shown.
fn placed(problems: &Problems) {
    for place in problems.iter().filter_map(|problem| problem.place.as_ref()) {
        assert!(place.text.len() < 100_000, "{place:?}");
    }
}

const TODAY: Today = Today {
    day: Day::from_number(737_609),
    zone: Zone::Offset(480),
    issued: Day::from_number(737_592),
};

#[test]
fn plan() {
    let mut seeds = files("plans", ".toml");
    seeds.extend(files("tests/fixtures", ".toml"));
    Target {
        name: "plan",
        seeds,
        words: "\n¦\"¦=¦[[phase]]\n¦[[unit]]\n¦every = \"day\"\n¦every = \"week\"\n¦due = \"9999-12-31\"\n¦from = 0001-01-01\n¦to = 9999-12-31\n¦{ share = 0.45, of = \"population\" }¦target = { count = -9223372036854775808 }\n¦nan¦inf¦milestone = [ { due = \"2020-04\", share = 1e300 } ]\n¦before = 0001-01-01\n¦timezone = \"+23:59\"\n¦first-day + 2147483647d¦first-day - 999999999d¦grace = -1\n¦rectify = 4294967295\n¦counts = \"total\"\n¦\u{202e}¦\u{0}¦\u{feff}¦２０２０年¦月底前¦下旬¦on = \"instruction\"\n¦by_roster = \"contact\"\n¦second sunday¦[¦]¦{¦'''",
        zipped: false,
        judge: |bytes| {
            let found = survey("duban.toml", bytes);
            placed(&found.problems);
            let Some(file) = found.file else { return };
            let (units, _) = roster::read(input(
                "units.csv",
                b"code,name,kind\n1,A,village\n2,B,community",
            ));
            placed(&advise(&file, units.as_ref()));
            if found.problems.has_errors() {
                return;
            }
            let json = serde_json::to_string(&file.plan).unwrap();
            assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), file.plan);
        },
    }
    .run();
}

fn input<'a>(name: &'a str, bytes: &'a [u8]) -> Input<'a> {
    Input {
        name,
        bytes,
        encoding: None,
        sheet: None,
    }
}

const CELLS: &str = "\n¦\r¦,¦\"¦;¦\t¦\u{0}¦\u{feff}¦\u{202e}¦=1+1¦#REF!¦5.11902E+11¦１，０２０¦二十万¦6.30¦2020-02-30¦上周五¦-99999999999d¦1e9¦是¦零报告¦\u{ffff}¦村¦code¦unit¦on¦count¦total¦since¦\u{e000}";

fn read_roster(name: &str, bytes: &[u8]) {
    for encoding in [None, Some("gb18030")] {
        let (units, problems) = roster::read(Input {
            encoding,
            ..input(name, bytes)
        });
        placed(&problems);
        assert!(units.is_some() || problems.has_errors());
    }
}

fn read_list(name: &str, bytes: &[u8]) {
    let problems = records::each(input(name, bytes), TODAY, &mut |row| {
        if let Ok(row) = row {
            let places = [
                row.place(),
                row.unit_place(),
                row.task_place(),
                row.count_place(),
                row.evidence_place(),
            ];
            assert!(places.iter().all(|place| place.text.len() < 100_000));
        }
    });
    placed(&problems);
}

#[test]
fn roster_csv() {
    let mut seeds = files("plans", ".csv");
    seeds.extend(files("plans/demo", ".csv"));
    Target {
        name: "roster",
        seeds,
        words: CELLS,
        zipped: false,
        judge: |bytes| read_roster("units.csv", bytes),
    }
    .run();
}

#[test]
fn list() {
    let mut seeds = files("plans/demo", "records.csv");
    seeds.extend(files("examples", "records.csv"));
    Target {
        name: "list",
        seeds,
        words: CELLS,
        zipped: false,
        judge: |bytes| read_list("list.csv", bytes),
    }
    .run();
}

#[test]
fn list_json() {
    let seeds = lines(&[
        "[{\"unit\":\"1\",\"task\":\"banner\",\"on\":\"2020-06-30\",\"count\":2.5,\"nil\":false,\"evidence\":[\"a.jpg\"]}]",
        "{\"unit\":\"塘坝村\",\"task\":\"横幅\",\"on\":\"6月30日\",\"count\":\"二十\"}\n{\"unit\":\"2\",\"task\":\"poster\",\"day\":\"-7d\",\"note\":null}\n",
    ]);
    let words = "[¦{¦}¦]¦\"¦,¦:¦\n¦null¦true¦1e999¦\\ud800¦\\u0000¦{\"unit\":[[[[[[¦\u{feff}";
    Target {
        name: "list-json",
        seeds,
        words,
        zipped: false,
        judge: |bytes| read_list("list.jsonl", bytes),
    }
    .run();
}

/// What XML and the parts of workbooks have a meaning for.
const XML: &str = "<¦>¦/>¦&¦&#x0;¦&amp;¦<!--¦]]>¦<![CDATA[¦<row r=\"1048576\">¦<c r=\"XFD1048576\" t=\"s\"><v>4294967295</v></c>¦<c r=\"A1\" t=\"e\"><v>#REF!</v></c>¦<mergeCell ref=\"A1:XFD1048576\"/>¦<dimension ref=\"A1:XFD1048576\"/>¦ s=\"9999\"¦ t=\"d\"¦ table:number-rows-repeated=\"4294967295\"¦ table:number-columns-repeated=\"2147483647\"¦ hidden=\"1\"¦<f>SUM(A1)</f>¦ZZZZZZ99999999999¦ r:id=\"rId999\"¦../../..¦\u{0}¦\u{ffff}";

fn read_workbook(name: &str, bytes: &[u8]) {
    read_list(name, bytes);
    read_roster(name, bytes);
}

#[test]
fn workbook_xlsx() {
    Target {
        name: "xlsx",
        seeds: files("tests/fixtures/workbooks", ".xlsx"),
        words: XML,
        zipped: true,
        judge: |bytes| read_workbook("a.xlsx", bytes),
    }
    .run();
}

#[test]
fn workbook_ods() {
    Target {
        name: "ods",
        seeds: files("tests/fixtures/workbooks", ".ods"),
        words: XML,
        zipped: true,
        judge: |bytes| read_workbook("a.ods", bytes),
    }
    .run();
}

#[test]
fn workbook_xls() {
    Target {
        name: "xls",
        seeds: files("tests/fixtures/workbooks", ".xls"),
        words: "",
        zipped: false,
        judge: |bytes| read_workbook("a.xls", bytes),
    }
    .run();
}

#[test]
fn workbook_xlsb() {
    Target {
        name: "xlsb",
        seeds: files("tests/fixtures/workbooks", ".xlsb"),
        words: "\u{0}¦\u{1}¦\u{7f}¦\u{7f}\u{7f}\u{7f}",
        zipped: true,
        judge: |bytes| read_workbook("a.xlsb", bytes),
    }
    .run();
}

/// The zip itself, not only its parts.
#[test]
fn workbook_zip() {
    let mut seeds = files("tests/fixtures/workbooks", ".xlsx");
    seeds.extend(files("tests/fixtures/workbooks", ".ods"));
    Target {
        name: "zip",
        seeds,
        words: "PK\u{3}\u{4}¦PK\u{1}\u{2}¦PK\u{5}\u{6}",
        zipped: false,
        judge: |bytes| read_workbook("a.xlsx", bytes),
    }
    .run();
}

const JOURNAL: &str = "{¦}¦\n¦\"¦null¦\"reason\":\"\",¦\"of\":{¦-1¦4294967296¦\"kind\":\"undo\"¦\"kind\":\"book\"¦\"kind\":\"apply\"¦\"kind\":\"record\"¦9999-12-31¦0001-01-01¦\\ud83d¦\\u0000¦[[[[[[[[¦1e99¦0.0001¦\u{0}¦2020-07-03T09:00:00.000Z¦+262142-12-31T23:59:59Z";

/// The entries of a journal, as far as it can be read.
fn entries(bytes: &[u8]) -> Vec<Coded> {
    let mut found = Vec::new();
    if let Ok(mut reader) = Reader::new(BufReader::new(bytes)) {
        while let Ok(Some(_)) = reader.head() {
            while let Ok(Some(entry)) = reader.entry() {
                found.push(entry);
            }
        }
    }
    found
}

/// A journal of one batch with those entries.
fn journal_of(entries: &[Coded]) -> Vec<u8> {
    let batch = Batch {
        id: uuid::Uuid::nil(),
        at: 0,
        actor: String::new(),
        command: String::new(),
        plan: String::new(),
    };
    let mut content = Content::new(&batch);
    for Coded {
        unit,
        task,
        day,
        act,
    } in entries
    {
        let body = body::encode(act).unwrap();
        let unit = unit.as_ref().map_or("", UnitCode::as_str);
        let task = task.as_ref().map_or("", TaskCode::as_str);
        content.add(Kind::of(act), unit, task, *day, body.as_deref());
    }
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, &"census".parse().unwrap(), false).unwrap();
    let (count, hash) = (content.count(), content.finish());
    writer.head(&Head { batch, count, hash }).unwrap();
    entries
        .iter()
        .for_each(|entry| writer.entry(entry).unwrap());
    writer.finish().unwrap();
    bytes
}

#[test]
fn journal() {
    Target {
        name: "journal",
        seeds: files("tests/fixtures/journals", ".jsonl"),
        words: JOURNAL,
        zipped: false,
        judge: |bytes| {
            let found = entries(bytes);
            assert_eq!(entries(&journal_of(&found)), found);
        },
    }
    .run();
}

/// One entry's line, whatever its batch's hash says.
#[test]
fn journal_line() {
    let journals = files("tests/fixtures/journals", ".jsonl");
    let lines = journals
        .iter()
        .flat_map(|bytes| bytes.split(|byte| *byte == b'\n'));
    let seeds = lines
        .filter(|line| line.starts_with(b"{\"kind\""))
        .map(<[u8]>::to_vec)
        .collect();
    Target {
        name: "line",
        seeds,
        words: JOURNAL,
        zipped: false,
        judge: |bytes| {
            let mut whole = journal_of(&[]);
            let end = whole.len()
                - 1
                - whole[..whole.len() - 1]
                    .iter()
                    .rev()
                    .take_while(|byte| **byte != b'\n')
                    .count();
            whole.truncate(end);
            let head = String::from_utf8(whole)
                .unwrap()
                .replace("\"count\":0", "\"count\":1");
            let found = entries(&[head.as_bytes(), bytes].concat());
            assert_eq!(entries(&journal_of(&found)), found);
        },
    }
    .run();
}

/// Pages of sheets that chance gave.
#[test]
fn page_bytes() {
    let mut runner = TestRunner::deterministic();
    let mut seed = || {
        let sheets = prop::collection::vec(page::tests::sheet(), 16)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let mut sheets = sheets.into_iter();
        let mut bytes = Vec::new();
        let put = |_, _: &[u8], out: &mut Vec<u8>| {
            page::put_section(out, &sheets.next().unwrap());
            Ok::<_, page::PageError>(())
        };
        page::rewrite(&page::empty(), &mut bytes, put).unwrap();
        bytes
    };
    Target {
        name: "page",
        seeds: (0..4).map(|_| seed()).collect(),
        words: "\u{0}¦\u{1}¦\u{7f}",
        zipped: false,
        judge: |bytes| {
            let Ok(mut rest) = page::open(bytes) else {
                return;
            };
            let mut sheet = Sheet::default();
            while let Ok(section) = page::section(&mut rest)
                && !section.is_empty()
            {
                if page::read(section, 7, &mut sheet).is_ok() {
                    let (mut again, mut back) = (Vec::new(), Sheet::default());
                    page::put_section(&mut again, &sheet);
                    page::read(&again, 7, &mut back).unwrap();
                    assert_eq!(back, sheet);
                }
            }
        },
    }
    .run();
}

#[test]
fn label_bytes() {
    let unit = |no: u32| {
        (
            48 + no,
            no * 7,
            format!("5119021012{no:02}"),
            format!("塘坝村{no}"),
            "示例甲".to_string(),
        )
    };
    let packs = [1, 5, 48]
        .map(|count| label_pack::tests::packed(&(0..count).map(unit).collect::<Vec<_>>()));
    Target {
        name: "label",
        seeds: packs.into(),
        words: "\u{0}¦\u{1}¦\u{7f}",
        zipped: false,
        judge: |bytes| {
            if let Ok(units) = label_pack::tests::unpacked(1, bytes) {
                let again = label_pack::tests::packed(&units);
                assert!(units.is_empty() || label_pack::tests::unpacked(1, &again) == Ok(units));
            }
        },
    }
    .run();
}

#[test]
fn day() {
    Target {
        name: "day",
        seeds: lines(&[
            "2020-06-30",
            "6-30",
            "6.30",
            "6月30日",
            "28日",
            "today",
            "前天",
            "-7d",
            "friday",
            "上周五",
            "2020-06-30T16:30:00Z",
            "2020年11月底",
            "6月24日前",
            "2023年6月下旬",
            "2020-W27",
            "2020-Q3",
            "三季度",
            "上半年",
            "二〇二〇年六月三十日",
        ]),
        words: "-¦.¦月¦日¦年¦d¦T¦Z¦+08:00¦周¦下¦上¦W¦Q¦H¦ ¦底¦前¦星期天¦十¦廿¦\u{3000}",
        zipped: false,
        judge: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let near = Lean::Near(TODAY.issued, TODAY.day);
            let days =
                [Lean::Past, Lean::Future, near].map(|lean| day_text::day(&text, TODAY, lean));
            let period = day_text::period(&text, TODAY.day);
            let ends = period
                .map(|(first, last)| [first, last])
                .into_iter()
                .flatten();
            for day in days.into_iter().flatten().chain(ends) {
                assert_eq!(day.to_string().parse(), Ok(day), "{text}");
            }
        },
    }
    .run();
}

#[test]
fn amount() {
    Target {
        name: "amount",
        seeds: lines(&[
            "20",
            "２０",
            "20张",
            "1,020",
            "二十",
            "一百零五户",
            "1.5万",
            "三千",
            "-0.5",
            "267 户",
            "999999999999.999",
        ]),
        words: "万¦十¦百¦千¦零¦两¦,¦.¦-¦+¦−¦０¦张¦\u{3000}¦千克",
        zipped: false,
        judge: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            if let Ok(amount) = text.parse::<Quantity>() {
                assert_eq!(
                    amount.number.to_string().parse(),
                    Ok(amount.number),
                    "{text}"
                );
            }
            if let Ok(float) = text.parse::<f64>()
                && let Ok(number) = Decimal::from_float(float)
            {
                assert_eq!(number.to_string().parse(), Ok(number), "{text}");
            }
            if let Ok(whole) = text.parse::<i64>() {
                let _ = Decimal::from_whole(whole);
            }
        },
    }
    .run();
}
