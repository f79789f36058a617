//! What waits for the office (待办), gathered in one pass over the sheets.

use std::collections::BTreeMap;

use super::audit::AuditQuery;
use super::error::Error;
use super::log::LogEntry;
use super::selection::Selection;
use super::workspace::Workspace;
use crate::model::agenda::{last_notice, next_notice, open_objections};
use crate::model::audit::Thresholds;
use crate::model::board::{Cell, Desk, View};
use crate::model::day::Day;
use crate::model::entry::Seq;
use crate::model::plan::Trigger;
use crate::model::review::Reviews;
use crate::model::score::Ledger;
use crate::model::sheet::Fact;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::store::UnitRow;

/// What waits for the office.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agenda {
    /// Returned work whose rectification day is past or near, by day, then in the order of the roster.
    pub rectify: Vec<(UnitRow, Cell)>,
    /// What the last notice named and nobody has put right, where its rectification day is past or near.
    pub named: Option<StillOpen>,
    /// Objections that nobody has heard, oldest first.
    pub objections: Vec<LogEntry>,
    /// The notice that is due, or soon will be.
    pub notice: Option<NoticeDue>,
    /// How many units are behind.
    pub lagging: u64,
    /// Records without a verdict, by task.
    pub waiting: Vec<Waiting>,
    /// How many findings an audit has; `None` where the journal is too large to say it in passing.
    pub suspected: Option<usize>,
    /// What falls due soon, by day and task.
    pub dues: Vec<DueSoon>,
    /// Tasks with an open question, by place in the plan.
    pub questions: Vec<usize>,
}

/// A notice that is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoticeDue {
    /// The last one, by number and day.
    pub last: Option<(u32, Day)>,
    /// The day by which the next is due.
    pub due: Day,
}

/// What a notice named and nobody has put right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StillOpen {
    /// The notice's number.
    pub notice: u32,
    /// The day by which it wants things put right.
    pub rectify: Day,
    /// How many obligations are still open.
    pub obligations: u64,
}

/// Records of a task that wait for review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting {
    /// The task, by place in the plan.
    pub task: usize,
    /// How many.
    pub records: u64,
    /// The day on which the oldest was recorded.
    pub oldest: Day,
}

/// A task that several units owe by one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DueSoon {
    /// The day.
    pub due: Day,
    /// The task, by place in the plan.
    pub task: usize,
    /// How many units: one that owes it twice by that day is one.
    pub units: u64,
    /// How many obligations.
    pub obligations: u64,
}

/// From how many records on an audit is not made in passing.
const MANY: usize = 20_000;

/// What one pass over the sheets gathers.
#[derive(Default)]
struct Gathered {
    rectify: Vec<(UnitNo, Cell)>,
    objections: Vec<Seq>,
    waiting: BTreeMap<usize, (u64, Day)>,
    named: u64,
    /// By day and task: the unit that was counted last, how many units, and how many obligations.
    dues: BTreeMap<(Day, usize), (Option<UnitNo>, u64, u64)>,
    lagging: u64,
    records: usize,
}

impl Workspace {
    /// What waits for the office. `thresholds` are those of the audit whose findings are counted.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn agenda(
        &self,
        view: View,
        thresholds: Thresholds,
        selection: &Selection,
    ) -> Result<Agenda, Error> {
        let last = last_notice(&self.orders, &view);
        let gathered = self.gather(view, last.map(|(number, _)| number), selection)?;
        let near = view.as_of + self.plan.due_soon;
        let numbers: Vec<UnitNo> = gathered.rectify.iter().map(|(unit, _)| *unit).collect();
        let rows = self.units(&numbers)?.into_iter();
        let cells = gathered.rectify.into_iter().map(|(_, cell)| cell);
        let mut rectify: Vec<(UnitRow, Cell)> = rows.zip(cells).collect();
        rectify.sort_by_key(|(row, cell)| (cell.rectify, row.place, cell.task, cell.key));
        let mut objections = Vec::new();
        for seq in gathered.objections {
            objections.push(self.entry_told(seq)?);
        }
        objections.sort_by_key(|told| (told.entry.day, told.batch.at));
        let suspected = if gathered.records <= MANY {
            let query = AuditQuery {
                view,
                thresholds,
                all: false,
                kinds: &[],
            };
            Some(self.audit(&query, selection)?.found.len())
        } else {
            None
        };
        let plan = &self.plan;
        let every = plan.assessment.as_ref().and_then(|it| it.notice_every);
        let notice = every.map(|every| NoticeDue {
            last,
            due: next_notice(plan.issued, last.map(|(_, day)| day), every),
        });
        let named = match last.filter(|_| gathered.named > 0) {
            None => None,
            Some((number, _)) => self.rectify_of(number, view)?.map(|rectify| StillOpen {
                notice: number,
                rectify,
                obligations: gathered.named,
            }),
        };
        let tasks = plan.tasks.iter().enumerate();
        Ok(Agenda {
            rectify,
            named: named.filter(|named| named.rectify <= near),
            objections,
            notice: notice.filter(|notice| notice.due <= near),
            lagging: gathered.lagging,
            waiting: gathered
                .waiting
                .into_iter()
                .map(|(task, (records, oldest))| Waiting {
                    task,
                    records,
                    oldest,
                })
                .collect(),
            suspected,
            dues: gathered
                .dues
                .into_iter()
                .map(|((due, task), (_, units, obligations))| DueSoon {
                    due,
                    task,
                    units,
                    obligations,
                })
                .collect(),
            questions: tasks
                .filter(|(place, task)| task.open.is_some() && selection.wants_task(*place))
                .map(|(place, _)| place)
                .collect(),
        })
    }

    /// `last` is the number of the last notice.
    fn gather(
        &self,
        view: View,
        last: Option<u32>,
        selection: &Selection,
    ) -> Result<Gathered, Error> {
        let ruler = self.ruler(view);
        let near = view.as_of + self.plan.due_soon;
        let (mut desk, mut ledger) = (Desk::default(), Ledger::default());
        let mut gathered = Gathered::default();
        self.each_sheet(None, &mut |sheet| {
            let records = sheet.items.iter();
            gathered.records += records
                .filter(|item| matches!(item.fact, Fact::Record(_)))
                .count();
            let units = selection.units.as_ref();
            if !selection.wants_class(sheet.class)
                || units.is_some_and(|units| units.binary_search(&sheet.unit).is_err())
            {
                return;
            }
            ledger.turn_to(sheet, view);
            let mut lags = false;
            ruler.cells(sheet, &mut desk, |cell| {
                if !selection.wants_task(cell.task) {
                    return;
                }
                let named = |last| {
                    let (number, period) = (self.numbers[cell.task], ruler.period(&cell));
                    ledger.of_notice(last).any(|line| {
                        matches!(line.booked.on, Trigger::Overdue | Trigger::Returned)
                            && line.is_about(number, period)
                    })
                };
                let to_do = !cell.standing.is_completed() && cell.standing != Standing::Excused;
                let open = to_do && !sheet.is_closed(view.as_of);
                let late = cell.standing == Standing::Overdue || cell.rectify.is_some();
                gathered.named += u64::from(open && late && last.is_some_and(named));
                if open && cell.rectify.is_some_and(|day| day <= near) {
                    gathered.rectify.push((sheet.unit, cell));
                }
                if let (Standing::DueSoon, Some(due)) = (cell.standing, cell.due) {
                    let (last, units, obligations) =
                        gathered.dues.entry((due, cell.task)).or_default();
                    *units += u64::from(last.replace(sheet.unit) != Some(sheet.unit));
                    *obligations += 1;
                }
                lags |= open && cell.standing == Standing::Overdue;
            });
            gathered.lagging += u64::from(lags);
            let reviews = Reviews::of(sheet, Some(&view));
            for (item, _) in reviews.records(sheet, Some(&view)) {
                let place = self.place_of(Some(item.task));
                let wanted = place.filter(|place| selection.wants_task(*place));
                if let Some(place) = wanted.filter(|_| reviews.on(item.seq).is_empty()) {
                    let recorded = item.recorded();
                    let (count, oldest) = gathered.waiting.entry(place).or_insert((0, recorded));
                    *count += 1;
                    *oldest = recorded.min(*oldest);
                }
            }
            let objections = open_objections(sheet, &view).into_iter().filter(|item| {
                match self.place_of(Some(item.task)) {
                    Some(place) => selection.wants_task(place),
                    None => selection.tasks.is_none(),
                }
            });
            gathered.objections.extend(objections.map(|item| item.seq));
        })?;
        Ok(gathered)
    }
}
