//! What changed this week, and what comes next.

use super::super::{Weekly, sentences};
use crate::document::{Block, Text, Tone};
use crate::report::frame::month_day;
use crate::report::todo::What;
use crate::words::Words;

/// How many obligations are named in a point.
const NAMED: usize = 5;

/// What changed this week, in points.
pub(super) fn changes<'a>(week: &Weekly, words: &Words) -> Vec<Block<'a>> {
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
            let names = sentences::names(week, words, list, NAMED);
            point(id, list.len(), names, tone);
        }
    }
    if let Some(movement) = &week.lagging.since {
        let lists = [
            ("weekly-joined", &movement.joined),
            ("weekly-left", &movement.left),
        ];
        for (id, units) in lists {
            let named = if week.is_grouped() { 0 } else { NAMED };
            let first = &units[..units.len().min(named)];
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
pub(super) fn coming<'a>(week: &Weekly, words: &Words) -> Vec<Block<'a>> {
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
        let most = [("most", coming.most.into())];
        points.push(words.say("weekly-burden", &most).into());
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
