//! Journals as lines: there and back, and what is refused.

use super::*;
use crate::journal::hash::Content;
use crate::journal::kind::Kind;
use crate::journal::{Coded, Head, body};
use crate::model::code::{TaskCode, UnitCode};
use crate::model::entry::Batch;
use crate::model::entry::{Act, Record};

fn head(entries: &[Coded]) -> Head {
    let batch = Batch {
        id: "0190163d-8694-739b-aea5-966c26f8ad91".parse().unwrap(),
        at: 1_593_766_800_000,
        actor: "王\"五\"".into(),
        command: "done".into(),
        plan: "ab".into(),
    };
    let mut content = Content::new(&batch);
    for entry in entries {
        let body = body::encode(&entry.act).unwrap();
        let unit = entry.unit.as_ref().map_or("", UnitCode::as_str);
        let task = entry.task.as_ref().map_or("", TaskCode::as_str);
        content.add(Kind::of(&entry.act), unit, task, entry.day, body.as_deref());
    }
    Head {
        count: content.count(),
        batch,
        hash: content.finish(),
    }
}

fn sample() -> Vec<Coded> {
    let plain = Coded {
        unit: Some("511902101201".parse().unwrap()),
        task: Some("banner".parse().unwrap()),
        day: "2020-06-30".parse().unwrap(),
        act: Act::Record(Record::default()),
    };
    let noted = Coded {
        act: Act::Record(Record {
            note: Some("两条\n\"路口\"".into()),
            ..Record::default()
        }),
        ..plain.clone()
    };
    let order = Coded {
        unit: None,
        act: Act::Instruct {
            due: "2020-08-01".parse().unwrap(),
            reason: String::new(),
        },
        ..plain.clone()
    };
    vec![plain, noted, order]
}

fn written() -> String {
    let entries = sample();
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, &"census7".parse().unwrap(), false).unwrap();
    writer.head(&head(&entries)).unwrap();
    for entry in &entries {
        writer.entry(entry).unwrap();
    }
    writer.finish().unwrap();
    String::from_utf8(bytes).unwrap()
}

fn read(text: &str) -> Result<Vec<Coded>, WireError> {
    let mut reader = Reader::new(text.as_bytes())?;
    let mut entries = Vec::new();
    while reader.head()?.is_some() {
        while let Some(entry) = reader.entry()? {
            entries.push(entry);
        }
    }
    Ok(entries)
}

#[test]
fn a_journal_is_written_as_it_is_read() {
    let text = written();
    assert_eq!(read(&text).unwrap(), sample());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], r#"{"schema":"duban.journal/2","plan":"census7"}"#);
    assert!(
        lines[1].starts_with(
            r#"{"batch":"0190163d-8694-739b-aea5-966c26f8ad91","at":"2020-07-03T09:00:00.000Z","actor":"王\"五\"","command":"done","plan":"ab","count":3,"hash":""#
        ),
        "{}",
        lines[1]
    );
    assert_eq!(
        lines[2],
        r#"{"kind":"record","unit":"511902101201","task":"banner","on":"2020-06-30"}"#
    );
}

#[test]
fn a_batch_that_was_taken_out_put_in_or_moved_is_noticed() {
    let entries = sample();
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, &"census7".parse().unwrap(), false).unwrap();
    for _ in 0..3 {
        writer.head(&head(&entries)).unwrap();
        for entry in &entries {
            writer.entry(entry).unwrap();
        }
    }
    writer.finish().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(read(&text).unwrap().len(), 9);
    let lines: Vec<&str> = text.lines().collect();
    let (first, batches, end) = (lines[0], &lines[1..13], lines[13]);
    let batch = |at: usize| &batches[4 * at..4 * at + 4];
    let joined = |order: &[usize], end: &[&str]| {
        let batches = order.iter().flat_map(|at| batch(*at).iter().copied());
        let lines = std::iter::once(first)
            .chain(batches)
            .chain(end.iter().copied());
        read(&lines.flat_map(|line| [line, "\n"]).collect::<String>()).map(drop)
    };
    assert!(joined(&[0, 1, 2], &[end]).is_ok());
    for order in [&[1, 2][..], &[0, 2], &[1, 0, 2], &[0, 0, 1, 2]] {
        let fault = joined(order, &[end]).unwrap_err().fault;
        assert!(matches!(fault, Fault::Chain { .. }), "{order:?} {fault}");
    }
    for (order, end) in [
        (&[0, 1][..], &[end][..]),
        (&[0, 1, 2], &[]),
        (&[0, 1, 2], &[end, end]),
    ] {
        let fault = joined(order, end).unwrap_err().fault;
        assert!(matches!(fault, Fault::Cut), "{order:?} {fault}");
    }
}

#[test]
fn a_journal_of_the_form_before_is_read() {
    let text = written().replace("journal/2", "journal/1");
    let lines: Vec<&str> = text.lines().collect();
    let (chain, _) = lines[1].split_once(",\"chain\"").unwrap();
    let old = [
        lines[0],
        &format!("{chain}}}"),
        lines[2],
        lines[3],
        lines[4],
    ]
    .join("\n");
    assert_eq!(read(&old).unwrap(), sample());
}

#[test]
fn what_is_short_or_altered_is_refused_with_its_line() {
    let text = written();
    let short: String = text.lines().take(4).flat_map(|line| [line, "\n"]).collect();
    let error = read(&short).unwrap_err();
    assert_eq!(error.line, 5);
    assert!(matches!(
        error.fault,
        Fault::Short {
            found: 2,
            count: 3,
            ..
        }
    ));
    let altered = text.replacen("2020-06-30", "2020-06-29", 1);
    let error = read(&altered).unwrap_err();
    assert!(matches!(error.fault, Fault::Altered { .. }), "{error}");
    let error = read(&text.replace("journal/2", "journal/3")).unwrap_err();
    assert!(matches!(error.fault, Fault::Newer(_)));
    let error = read("unit,task\n").unwrap_err();
    assert!(matches!((error.line, error.fault), (1, Fault::NotAJournal)));
    assert!(matches!(read("").unwrap_err().fault, Fault::NotAJournal));
    let unknown = text.replacen(r#""on":"#, r#""mood":1,"on":"#, 1);
    assert!(read(&unknown).unwrap_err().to_string().contains("mood"));
}
