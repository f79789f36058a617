//! The page of the week: a verdict, four figures, who lags, what changed and what comes; then every task, the days, and where everything
//! stands. What a leader has half a minute for comes first.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::burn_up::chart;
use super::sentences::{self, waiting_parts};
use super::survey::AreaRow;
use super::{Waiting, Weekly};
use crate::document::{
    Block, Column, Document, Figure, Part, Row, RowKind, Table, Text, Tile, Tone,
};
use crate::model::tally::Rate;
use crate::report::frame::{listed, month_day, percent, short_day};
use crate::report::lagging::LaggingRow;
use crate::report::status::{Figures, StatusRow};
use crate::report::todo::What;
use crate::words::Words;

/// How many units that lag are named: what a page before the fold, and a leader, can take.
const WORST: usize = 30;

/// How many overdue obligations of a unit are named where there are many units: each has one line, so that all fit a sheet of paper.
const MANY_DUES: usize = 2;

/// How many obligations are named in a point.
const NAMED: usize = 8;

/// Lays the page out.
pub(super) fn document<'a>(week: &'a Weekly, words: &'a Words) -> Document<'a> {
    let mut document = sentences::head(week, words);
    if week.is_empty() {
        document.line(words.text("status-nothing"));
        return document;
    }
    document.blocks.push(Block::Verdict(verdict(week, words)));
    document.blocks.push(Block::Tiles(tiles(week, words)));
    behind(week, words, &mut document);
    document.beside(vec![changes(week, words), coming(week, words)]);
    tasks(week, words, &mut document);
    if let Some(chart) = chart(week, words) {
        document.heading(2, words.text("weekly-head-days"), "");
        document.chart(chart);
    }
    if week.is_grouped() || !week.links.is_empty() {
        document.heading(2, words.text("weekly-head-areas"), "");
        let grades = Text::from((words.text("weekly-grades"), Tone::Dim));
        document.line(grades.and(Text::figure(find(words), "")));
        document.table(area_table(week, words));
    }
    if let Some(board) = &week.board {
        document.heading(2, words.text("weekly-head-board"), "");
        let folded = board.lay_out(&mut document, words, Some(find(words)));
        not_due(words, folded, &mut document);
    }
    document.heading(2, words.text("weekly-head-terms"), "");
    document.list(terms(week, words));
    document
}

/// Where rows can be looked for.
fn find(words: &Words) -> Figure {
    Figure::Find(words.text("weekly-find"))
}

/// How far it is and how that changed, the worst unit and why, and what hurts.
fn verdict(week: &Weekly, words: &Words) -> Text {
    let (now, then) = (&week.status.total, &week.before.total);
    if now.expected == 0 {
        return words.text("weekly-none-expected").into();
    }
    let change = sentences::change(words, now.completion_rate, then.completion_rate);
    let args = [
        ("rate", percent(now.completion_rate).into()),
        ("change", change.unwrap_or_default().into()),
    ];
    let mut text = Text::from((words.say("weekly-verdict", &args), Tone::Strong));
    let mut say = |id: &str, args: &[(&str, crate::words::Value)]| {
        text.push(words.say(id, args), Tone::Plain);
    };
    let lagging = &week.lagging;
    match lagging.rows.first().or(lagging.supervisor.as_ref()) {
        None => say("weekly-verdict-none", &[]),
        Some(worst) => {
            let mut why = Vec::new();
            if worst.reminders() == 0 {
                why.push(words.text("weekly-verdict-unreminded"));
            }
            if worst.contact().is_none() {
                why.push(words.text("weekly-verdict-no-contact"));
            }
            let mut reasons = listed(words, &why);
            if !reasons.is_empty() {
                reasons = words.say("weekly-verdict-why", &[("why", reasons.into())]);
            }
            say(
                "weekly-verdict-behind",
                &[
                    ("units", lagging.units.into()),
                    ("n", lagging.obligations.into()),
                    ("unit", worst.name().into()),
                    ("own", worst.overdue().into()),
                    ("days", worst.days().into()),
                    ("why", reasons.into()),
                ],
            );
        }
    }
    let pains = [
        ("weekly-pain-corrections", week.waiting.corrections),
        ("weekly-pain-objections", week.waiting.objections),
    ];
    for (id, n) in pains.into_iter().filter(|(_, n)| *n > 0) {
        say(id, &[("n", n.into())]);
    }
    text
}

/// The four figures, each with what it is of and what it was last week.
fn tiles(week: &Weekly, words: &Words) -> Vec<Tile> {
    let (now, then) = (&week.status.total, &week.before.total);
    let rate = |head: &str, rate: Rate, before: Rate, part: u64| {
        let args = [("part", part.into()), ("whole", now.expected.into())];
        let tone = match rate.rounded(1000).cmp(&before.rounded(1000)) {
            std::cmp::Ordering::Less => Tone::Overdue,
            std::cmp::Ordering::Equal => Tone::Dim,
            std::cmp::Ordering::Greater => Tone::Done,
        };
        let last = before.rounded(1000).map(|_| {
            let args = [("was", percent(before).into())];
            Text::from((words.say("weekly-was", &args), tone))
        });
        Tile {
            label: words.text(head).into(),
            figure: percent(rate).into(),
            lines: vec![
                words.say("weekly-part", &args).into(),
                last.unwrap_or_default(),
            ],
        }
    };
    let lagging = &week.lagging;
    let movement = lagging.since.as_ref();
    let (joined, left) = movement.map_or((0, 0), |it| (it.joined.len(), it.left.len()));
    let units = [("units", week.rows.len().into())];
    let was = [
        ("was", week.before.lagging.into()),
        ("joined", joined.into()),
        ("left", left.into()),
    ];
    let toned = |n: u64| {
        let tone = if n > 0 { Tone::Overdue } else { Tone::Plain };
        Text::from((n.to_string(), tone))
    };
    vec![
        rate(
            "head-rate",
            now.completion_rate,
            then.completion_rate,
            now.completed,
        ),
        rate(
            "weekly-head-on-time",
            now.on_time_rate,
            then.on_time_rate,
            now.on_time,
        ),
        Tile {
            label: words.text("weekly-head-behind").into(),
            figure: toned(lagging.units),
            lines: vec![
                words.say("weekly-of-units", &units).into(),
                words.say("weekly-behind-was", &was).into(),
            ],
        },
        waiting_tile(&week.waiting, &week.before.waiting, words),
    ]
}

fn waiting_tile(now: &Waiting, then: &Waiting, words: &Words) -> Tile {
    let parts = waiting_parts(words, now);
    let mut lines: Vec<Text> = parts.into_iter().map(Text::from).collect();
    let was = [("was", then.total.to_string().into())];
    lines.push((words.say("weekly-was", &was), Tone::Dim).into());
    Tile {
        label: words.text("weekly-head-waiting").into(),
        figure: now.total.to_string().into(),
        lines,
    }
}

/// Who lags: how many, how long, with what, whether anybody reminded them, and whom to call.
fn behind<'a>(week: &'a Weekly, words: &'a Words, document: &mut Document<'a>) {
    let lagging = &week.lagging;
    let rows: Vec<&LaggingRow> = lagging.rows.iter().chain(&lagging.supervisor).collect();
    document.heading(2, words.text("weekly-head-who"), "");
    if rows.is_empty() {
        document.line(words.text("weekly-none-behind"));
        return;
    }
    let more = rows.len().saturating_sub(WORST);
    let longest = rows.iter().map(|row| row.days()).max().unwrap_or(0);
    let joined = lagging.since.iter().flat_map(|it| &it.joined);
    let joined: HashSet<&str> = joined.map(String::as_str).collect();
    let near = week.frame.as_of;
    let amount = |days: i32| u64::try_from(days).unwrap_or(0);
    let many = week.is_grouped();
    let mut columns = vec![Column::left("name", words.text("head-unit"))];
    if many {
        columns.push(Column::left("area", words.text("head-area")));
    }
    columns.extend([
        Column::right("overdue", words.text("head-count")),
        Column::left("days", words.text("head-longest")),
        Column::left("dues", words.text("head-overdue-tasks")).wrapping(),
        Column::left("reminders", words.text("head-reminders")),
        Column::left("contact", words.text("head-contact")),
    ]);
    let rows = rows.into_iter().take(WORST).map(move |row| {
        let mut name = Text::from((row.name(), Tone::Strong));
        if joined.contains(row.name()) {
            name.push(" ", Tone::Plain);
            name.push(words.text("weekly-new"), Tone::Notice);
        }
        let mut cells = vec![name];
        if many {
            cells.push(row.area().unwrap_or_default().into());
        }
        let length = Figure::Length {
            amount: amount(row.days()),
            longest: amount(longest),
            tone: Tone::Overdue,
        };
        let days = words.say("weekly-n-days", &[("n", row.days().into())]);
        cells.extend([
            Text::number(row.overdue()),
            Text::figure(length, days),
            match many.then_some(()).and(row.dues().get(..MANY_DUES)) {
                Some(first) => {
                    let rest = row.dues().len() - first.len();
                    let args = [("n", rest.into())];
                    let more = words.say("weekly-more-dues", &args);
                    let told = row.told(words, near, first);
                    if rest > 0 {
                        format!("{told} {more}")
                    } else {
                        told
                    }
                    .into()
                }
                None => row.told(words, near, row.dues()).into(),
            },
            match row.reminders() {
                0 => (words.text("weekly-not-reminded"), Tone::Overdue).into(),
                n => words.say("lagging-times", &[("n", n.into())]).into(),
            },
            match row.contact() {
                None => (words.text("lagging-no-contact"), Tone::Overdue).into(),
                Some(contact) => contact.into(),
            },
        ]);
        Row::item(cells)
    });
    document.table(Table::new(columns, rows.collect::<Vec<_>>()));
    if more > 0 {
        document.line(words.say("weekly-more-behind", &[("n", more.into())]));
    }
}

/// What changed this week, in points.
fn changes<'a>(week: &Weekly, words: &Words) -> Vec<Block<'a>> {
    let mut points: Vec<Text> = Vec::new();
    let mut point = |id: &str, n: usize, names: String, tone| {
        if n > 0 {
            // The names stand at the end of it, and need no colour.
            let said = words.say(id, &[("n", n.into()), ("names", "".into())]);
            points.push(Text::from((said, tone)).and(names));
        }
    };
    if let Some(change) = &week.status.since {
        let lists = [
            ("weekly-newly-overdue", &change.newly_overdue, Tone::Overdue),
            ("weekly-newly-returned", &change.returned, Tone::Returned),
            ("weekly-newly-done", &change.newly_done, Tone::Plain),
            ("weekly-caught-up", &change.caught_up, Tone::Plain),
        ];
        for (id, list, tone) in lists {
            let names = sentences::names(words, list, NAMED);
            point(id, list.len(), names, tone);
        }
    }
    if let Some(movement) = &week.lagging.since {
        let lists = [
            ("weekly-joined", &movement.joined),
            ("weekly-left", &movement.left),
        ];
        for (id, units) in lists {
            let first = &units[..units.len().min(NAMED)];
            let names = sentences::some(words, first, units.len());
            point(id, units.len(), names, Tone::Plain);
        }
    }
    if points.is_empty() {
        points.push(words.text("weekly-no-changes").into());
    }
    section(words.text("weekly-head-changes"), points)
}

/// What falls due next, how much that asks of each unit, and what else is to come.
fn coming<'a>(week: &Weekly, words: &Words) -> Vec<Block<'a>> {
    let (coming, near) = (&week.coming, week.frame.as_of);
    let day = month_day(words, coming.to, near);
    let mut points: Vec<Text> = Vec::new();
    if coming.obligations == 0 {
        points.push(words.say("weekly-no-dues", &[("day", day.into())]).into());
        points.extend(
            sentences::next(week, words)
                .map(|next| Text::from(words.say("weekly-next-due", &[("next", next.into())]))),
        );
    } else {
        let args = [
            ("day", day.into()),
            ("n", coming.obligations.into()),
            ("units", coming.units.into()),
        ];
        points.push(words.say("weekly-dues", &args).into());
        let dues = coming.dues.iter().take(NAMED).map(|due| {
            let day = month_day(words, due.due, near);
            sentences::due_of(words, &day, &due.name, due.units)
        });
        points.extend(dues.map(Text::from));
        let more = coming.dues.len().saturating_sub(NAMED);
        if more > 0 {
            points.push(words.say("weekly-more-dues", &[("n", more.into())]).into());
        }
    }
    points.push(
        words
            .say("weekly-burden", &[("most", coming.most.into())])
            .into(),
    );
    let notice = week.todo.rows.iter().find(|row| row.what == What::Notice);
    if let Some(day) = notice.and_then(|row| row.day) {
        let args = [("day", month_day(words, day, near).into())];
        points.push(match day < near {
            true => (words.say("weekly-notice-past", &args), Tone::Overdue).into(),
            false => words.say("weekly-notice-due", &args).into(),
        });
    }
    if week.waiting.questions > 0 {
        let args = [("n", week.waiting.questions.into())];
        points.push(words.say("weekly-to-settle", &args).into());
    }
    section(words.text("weekly-head-coming"), points)
}

fn section<'a>(head: String, points: Vec<Text>) -> Vec<Block<'a>> {
    let head = Block::Heading {
        level: 2,
        text: head.into(),
        aside: Text::new(),
    };
    vec![head, Block::List(points)]
}

/// Every task of which something has come, as a bar of what it is made of.
fn tasks<'a>(week: &'a Weekly, words: &'a Words, document: &mut Document<'a>) {
    let near = week.frame.as_of;
    document.heading(2, words.text("weekly-head-tasks"), "");
    document.line(legend(words));
    let columns = vec![
        Column::left("name", words.text("head-task")).wrapping(),
        Column::left("due", words.text("head-due")),
        Column::right("expected", words.text("head-expected")),
        Column::right("completed", words.text("head-completed")),
        Column::right("completion_rate", words.text("head-rate")),
        Column::left("parts", words.text("weekly-head-parts")),
    ];
    let line = move |name: Text, due: String, figures: &Figures, kind| {
        let cells = vec![
            name,
            due.into(),
            Text::number(figures.expected),
            Text::number(figures.completed),
            percent(figures.completion_rate).into(),
            parts(words, figures),
        ];
        Row {
            cells,
            kind,
            brief: None,
        }
    };
    let shown = |row: &&StatusRow| row.figures.expected > 0;
    let rows = week.status.rows.iter().filter(shown).map(move |row| {
        let due = row.due.map(|due| short_day(due, near)).unwrap_or_default();
        let line = line(row.name.as_str().into(), due, &row.figures, RowKind::Item);
        match &row.short {
            Some(short) => line.or_brief(short.as_str()),
            None => line,
        }
    });
    let total = line(
        words.text("head-total").into(),
        String::new(),
        &week.status.total,
        RowKind::Total,
    );
    document.table(Table::new(columns, rows.chain(std::iter::once(total))));
    let folded = week.status.rows.iter().filter(|row| !shown(row)).count();
    not_due(words, folded, document);
}

/// Says how many tasks have nothing to show yet.
fn not_due(words: &Words, tasks: usize, document: &mut Document) {
    if tasks > 0 {
        let text = words.say("weekly-folded", &[("n", tasks.into())]);
        document.line((text, Tone::Dim));
    }
}

/// The standings that bars are made of, with their tones.
const PARTS: [(&str, Tone); 4] = [
    ("standing-done", Tone::Done),
    ("standing-late", Tone::Late),
    ("standing-returned", Tone::Returned),
    ("standing-overdue", Tone::Overdue),
];

/// What the tones of bars stand for.
fn legend(words: &Words) -> Text {
    let mut text = Text::new();
    for (at, (id, tone)) in PARTS.into_iter().enumerate() {
        if at > 0 {
            text.push(words.text("format-list-separator"), Tone::Dim);
        }
        text.push(words.text(id), tone);
    }
    text
}

/// What a task's expected obligations are made of.
fn parts(words: &Words, figures: &Figures) -> Text {
    let counts = [
        figures.on_time,
        figures.late,
        figures.returned,
        figures.overdue,
    ];
    let all = PARTS.into_iter().zip(counts).filter(|(_, n)| *n > 0);
    let told: Vec<String> = all
        .clone()
        .map(|((id, _), n)| format!("{} {n}", words.text(id)))
        .collect();
    let parts = all.map(|((_, tone), n)| Part::new(n, tone)).collect();
    Text::figure(Figure::Share(parts), listed(words, &told))
}

/// The areas by task, the lowest rate first.
fn area_table<'a>(week: &'a Weekly, words: &'a Words) -> Table<'a> {
    let mut columns = vec![
        Column::left("name", words.text("head-area")),
        Column::right("units", words.text("head-units")),
        Column::right("lagging", words.text("weekly-head-lag")),
        Column::marks("completion_rate", words.text("head-rate")),
    ];
    let come: Vec<&StatusRow> = week
        .status
        .rows
        .iter()
        .filter(|row| row.figures.expected > 0)
        .collect();
    columns.extend(come.iter().map(|row| {
        let short = row.short.as_deref().unwrap_or(&row.name);
        Column::marks(&row.code, short)
    }));
    let mut sorted: Vec<&AreaRow> = week.areas.iter().collect();
    let low = |rate: Rate| rate.rounded(1_000_000).unwrap_or(u64::MAX);
    sorted.sort_by_key(|area| (low(area.completion_rate), Reverse(area.lagging)));
    let rows = sorted.into_iter().map(move |area| {
        let name = match area.code.is_empty() {
            true => words.text("status-no-area"),
            false => area.name.clone(),
        };
        let lagging = if area.lagging > 0 {
            Tone::Overdue
        } else {
            Tone::Plain
        };
        let mut cells = vec![
            match week.links.get(&area.code) {
                Some(link) => Text::figure(Figure::Link(link.clone()), name),
                None => name.into(),
            },
            Text::number(area.units),
            Text::from((area.lagging.to_string(), lagging)),
            heat(area.completion_rate),
        ];
        cells.extend(come.iter().map(|row| {
            let own = area.by_task.0.iter().find(|(code, _)| *code == row.code);
            own.map(|(_, rate)| heat(*rate)).unwrap_or_default()
        }));
        Row::item(cells)
    });
    Table::new(columns, rows.collect::<Vec<_>>())
}

/// A rate in whole percent on the ground of its height; what is not all is never told as 100 %.
fn heat(rate: Rate) -> Text {
    let Some(tenths) = rate.rounded(1000) else {
        return Text::new();
    };
    let tone = match tenths {
        1000.. => Tone::Done,
        900.. => Tone::Soon,
        750.. => Tone::Late,
        _ => Tone::Overdue,
    };
    (percent(rate), tone).into()
}

/// How the figures add up, what they mean, and what they rest on.
fn terms(week: &Weekly, words: &Words) -> Vec<Text> {
    let digest: String = week.frame.plan.digest.chars().take(12).collect();
    let mut points: Vec<Text> = vec![
        week.status.equation(words).into(),
        words.text("weekly-terms-rates").into(),
        words
            .say(
                "weekly-terms-week",
                &[(
                    "day",
                    month_day(words, week.before.day, week.frame.as_of).into(),
                )],
            )
            .into(),
        words
            .say(
                "weekly-terms-plan",
                &[
                    ("title", week.frame.plan.title.as_str().into()),
                    ("digest", digest.into()),
                ],
            )
            .into(),
    ];
    if week.frame.filter.is_none() {
        points.insert(3, words.text("weekly-terms-whole").into());
    }
    points
}
