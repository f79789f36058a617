//! Calendars as iCalendar files (RFC 5545): whole days, each with an id of its own, and a reminder in the morning.
//!
//! Written by hand: the library at hand gives each alarm the time of the clock and a random id, so that no two files are alike, and has
//! letters counted where bytes are meant. The same calendar gives the same bytes: the stamp is the day told, not the clock.

use std::io::{self, Write};

use super::safe::replaced;
use crate::document::{Calendar, Date, Event};

/// The most bytes of a line, without its end.
const MOST_BYTES: usize = 75;
/// The hour of the morning at which somebody is reminded.
const MORNING: i64 = 9;

/// Writes a calendar as a file.
pub(crate) fn write(out: &mut dyn Write, calendar: &Calendar) -> io::Result<()> {
    let name = escaped(&calendar.name);
    for (key, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//duban//duban//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        // The name as programs have long read it, and as the standard has it since.
        ("X-WR-CALNAME", &name),
        ("NAME", &name),
    ] {
        line(out, key, value)?;
    }
    for event in &calendar.events {
        entry(out, calendar, event)?;
    }
    line(out, "END", "VCALENDAR")
}

fn entry(out: &mut dyn Write, calendar: &Calendar, event: &Event) -> io::Result<()> {
    let language = format!(";LANGUAGE={}", calendar.lang);
    let title = escaped(&event.title);
    let told: Vec<String> = event.lines.iter().map(|line| escaped(line)).collect();
    for (key, value) in [
        ("BEGIN", "VEVENT"),
        ("UID", &escaped(&event.id)),
        ("DTSTAMP", &format!("{}T000000Z", packed(calendar.told))),
        // A program that has the event already takes the one with the greater number.
        ("SEQUENCE", &calendar.edition.to_string()),
        // A day without an end lasts for that day.
        ("DTSTART;VALUE=DATE", &packed(event.day)),
        (&format!("SUMMARY{language}"), &title),
        (&format!("DESCRIPTION{language}"), &told.join("\\n")),
        (&format!("CATEGORIES{language}"), &escaped(&event.category)),
        // Nobody is busy all day for it.
        ("TRANSP", "TRANSPARENT"),
    ] {
        line(out, key, value)?;
    }
    if let Some(days) = event.remind {
        let hours = MORNING - 24 * i64::from(days);
        let sign = if hours < 0 { "-" } else { "" };
        for (key, value) in [
            ("BEGIN", "VALARM"),
            ("ACTION", "DISPLAY"),
            ("DESCRIPTION", title.as_str()),
            ("TRIGGER", &format!("{sign}PT{}H", hours.abs())),
            ("END", "VALARM"),
        ] {
            line(out, key, value)?;
        }
    }
    line(out, "END", "VEVENT")
}

fn packed(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year, day.month, day.date)
}

/// Text as a value: without what steers a program, and with the marks escaped that part values.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in replaced(text).chars() {
        if matches!(letter, '\\' | ',' | ';') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A line, folded where it is too long, and never within a letter.
fn line(out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
    let whole = format!("{key}:{value}");
    let mut rest = whole.as_str();
    let mut most = MOST_BYTES;
    while rest.len() > most {
        let (now, later) = rest.split_at(rest.floor_char_boundary(most));
        write!(out, "{now}\r\n ")?;
        rest = later;
        // The blank that begins the next line counts.
        most = MOST_BYTES - 1;
    }
    write!(out, "{rest}\r\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Date = Date {
        year: 2020,
        month: 6,
        date: 30,
    };

    fn calendar(text: &str) -> Calendar {
        Calendar {
            lang: "zh-CN".into(),
            name: text.into(),
            told: Date {
                month: 7,
                date: 3,
                ..DAY
            },
            edition: 12,
            events: vec![Event {
                id: "poster@town.duban".into(),
                day: DAY,
                title: text.into(),
                lines: vec![text.into(), "2".into()],
                category: "督办".into(),
                remind: Some(7),
            }],
        }
    }

    fn written(calendar: &Calendar) -> String {
        let mut out = Vec::new();
        write(&mut out, calendar).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The lines of a file as a program reads them: unfolded, each a key and a value.
    fn read(file: &str) -> Vec<(String, String)> {
        let whole = file.replace("\r\n ", "");
        let lines = whole.strip_suffix("\r\n").unwrap().split("\r\n");
        let parts = lines.map(|line| line.split_once(':').unwrap());
        parts
            .map(|(key, value)| (key.into(), value.into()))
            .collect()
    }

    #[test]
    fn a_day_with_its_reminder() {
        insta::assert_snapshot!(written(&calendar("海报")).replace("\r\n", "\n"));
        assert_eq!(written(&calendar("海报")), written(&calendar("海报")));
    }

    #[test]
    fn a_reminder_on_the_day_itself_comes_in_its_morning() {
        let mut calendar = calendar("海报");
        calendar.events[0].remind = Some(0);
        assert!(written(&calendar).contains("TRIGGER:PT9H\r\n"));
        calendar.events[0].remind = None;
        assert!(!written(&calendar).contains("VALARM"));
    }

    #[test]
    fn marks_that_part_values_are_escaped() {
        let file = written(&calendar("a,b;c\\n\r\nEND:VCALENDAR"));
        let lines = read(&file);
        let summary = lines.iter().find(|(key, _)| key.starts_with("SUMMARY"));
        let expected = "a\\,b\\;c\\\\n\u{fffd}\u{fffd}END:VCALENDAR";
        assert_eq!(summary.unwrap().1, expected);
    }

    proptest! {
        #[test]
        fn lines_are_short_and_whole(text in "\\PC*|[村\u{1F600}a ]{0,200}|(?s).*") {
            let calendar = calendar(&text);
            let file = written(&calendar);
            for line in file.strip_suffix("\r\n").unwrap().split("\r\n") {
                prop_assert!(line.len() <= 75, "{}", line);
                prop_assert!(!line.chars().any(char::is_control));
            }
            let lines = read(&file);
            let wanted = escaped(&text);
            let value = |wanted: &str| lines.iter().find(|(key, _)| key.starts_with(wanted)).unwrap().1.clone();
            prop_assert_eq!(value("SUMMARY"), wanted.clone());
            prop_assert_eq!(value("DESCRIPTION"), format!("{}\\n2", wanted));
            prop_assert_eq!(lines.len(), 7 + 10 + 5 + 1);
        }
    }
}
