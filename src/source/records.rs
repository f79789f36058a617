//! Files of records (CSV, workbooks, JSON) → drafts, row by row, with every problem of every cell.

mod json;

use json::{Object, objects};

use super::day_text::{self, Today};
use super::file_kind::{self, FileKind};
use super::near::did_you_mean;
use super::problem::{Place, Problem, Problems, Saying, Severity, say};
use super::table::{self, Columns, Hints, Input, Table, TableRow, columns};
use super::text;
use super::workbook::Cell;
use crate::model::admit::Draft;
use crate::model::day::Day;
use crate::model::decimal::{Decimal, DecimalError};
use crate::model::entry::{Proof, Via};
use crate::model::quantity::Quantity;

columns! {
    /// The columns of a file of records. A unit and a task may be said twice, by what they are called and by their codes.
    enum Column;
    Unit: "unit" "单位" "责任单位" "单位名称" "填报单位" "报送单位" "村" "村(社区)" "村社区",
    UnitCode: "unit_code" "单位代码" "单位编码" "责任单位代码" "代码" "编码" "区划代码" "行政区划代码",
    Task: "task" "任务" "任务名称" "工作任务" "事项",
    TaskCode: "task_code" "任务代码" "任务编码" "任务编号",
    On: "on" "date" "day" "日期" "完成日期" "完成时间" "开展日期" "时间",
    Count: "count" "qty" "quantity" "amount" "number" "数量" "完成数量" "完成数" "完成量" "本次数量"
        "本次完成" "张数" "份数" "条数" "次数" "件数" "篇数" "场数" "个数" "人数" "户数",
    Total: "total" "cumulative" "累计" "累计数" "累计数量" "累计完成" "累计完成数" "累计完成数量",
    Nil: "nil" "零报告" "是否零报告",
    Form: "form" "形式" "宣传形式",
    For: "for" "period" "month" "quarter" "期次" "期间" "期别" "周期" "所属期" "所属期间" "所属月份" "月份" "月" "报送月份"
        "季度" "所属季度",
    From: "from" "报送人" "填报人" "上报人",
    Via: "via" "方式" "报送方式",
    Note: "note" "notes" "remark" "remarks" "备注" "说明",
    Evidence: "evidence" "proof" "佐证" "佐证材料" "证明材料" "附件" "照片",
}

const HINTS: Hints = Hints {
    encoding: "hint-encoding",
    sheet: "hint-sheet",
    further: false,
};

/// Every column with its headers, the one in documents first.
pub(crate) fn columns() -> impl Iterator<Item = &'static [&'static str]> {
    Column::ALL.iter().map(|(_, names)| *names)
}

/// The headers of the column that names proof.
pub(crate) fn evidence_headers() -> impl Iterator<Item = &'static str> {
    Column::ALL[Column::Evidence.number()].1.iter().copied()
}

/// One row.
pub(crate) struct Row<'a> {
    /// The unit as it is written; empty where that is wrong already.
    pub unit: Named<'a>,
    /// The task as it is written.
    pub task: Named<'a>,
    /// The rest.
    pub draft: Draft,
    /// What is wrong with its cells; the draft lacks these.
    pub problems: Vec<Problem>,
    spot: Spot<'a>,
}

/// What a row calls a unit or a task.
#[derive(Clone, Copy, Default)]
pub(crate) struct Named<'a> {
    /// A code, a name, or a part of one; empty where the row does not say.
    pub name: &'a str,
    /// What stands in the column of codes.
    pub code: &'a str,
}

enum Spot<'a> {
    Table(&'a TableRow<'a>),
    Object(Object<'a>),
}

impl Row<'_> {
    /// Where the whole row stands.
    pub(crate) fn place(&self) -> Place {
        self.spot(None)
    }

    /// Where its unit stands.
    pub(crate) fn unit_place(&self) -> Place {
        self.spot(Some(Column::Unit))
    }

    /// Where its unit's code stands.
    pub(crate) fn unit_code_place(&self) -> Place {
        self.spot(Some(Column::UnitCode))
    }

    /// Where its task stands.
    pub(crate) fn task_place(&self) -> Place {
        self.spot(Some(Column::Task))
    }

    /// Where its task's code stands.
    pub(crate) fn task_code_place(&self) -> Place {
        self.spot(Some(Column::TaskCode))
    }

    /// Where its amount stands, or would stand.
    pub(crate) fn count_place(&self) -> Place {
        self.spot(Some(Column::Count))
    }

    /// Where its proof stands.
    pub(crate) fn evidence_place(&self) -> Place {
        self.spot(Some(Column::Evidence))
    }

    fn spot(&self, column: Option<Column>) -> Place {
        match &self.spot {
            Spot::Table(line) => line.place(column),
            Spot::Object(object) => object.place(column.map(Columns::name)),
        }
    }
}

/// Calls `visit` with every row, or with what is wrong with a line that is none; what concerns the whole file comes back.
/// Content decides: JSON begins with a brace or a bracket, anything else is a table.
pub(crate) fn each(
    input: Input<'_>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    if file_kind::of(input.name, input.bytes) == Ok(FileKind::Text) {
        let text = match text::decode(input.name, input.bytes, input.encoding, HINTS.encoding) {
            Ok(text) => text,
            Err(problem) => return std::iter::once(problem).collect(),
        };
        let name = input.name.to_lowercase();
        let mut endings = [".jsonl", ".ndjson", ".json"].iter();
        if endings.any(|ending| name.ends_with(ending)) || text.trim_start().starts_with(['{', '['])
        {
            return objects(input.name, &text, today, visit);
        }
    }
    tabled(input, today, visit)
}

fn tabled(
    input: Input<'_>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    let wanted: &[&[Column]] = &[
        &[Column::Unit, Column::UnitCode],
        &[Column::Task, Column::TaskCode],
        &[Column::On],
    ];
    let (table, mut problems) = Table::open(input, HINTS, wanted);
    let Some(table) = table else {
        return problems;
    };
    let further: Vec<&str> = table.further().collect();
    if !further.is_empty() {
        let saying = say!("check-columns-unread", columns = further.join(", "));
        let saying = saying.hint(say!("hint-import-columns"));
        problems.push(Problem::new(Severity::Note, table.whole(), saying));
    }
    let mut days = Days::new(today);
    table.each(&mut |line| match line {
        Err(problem) => visit(Err(problem)),
        Ok(line) => {
            let mut reading = Reading {
                days: &mut days,
                wrong: Vec::new(),
            };
            let mut cells = [None; Column::ALL.len()];
            for (column, _) in Column::ALL {
                cells[column.number()] = line.get(*column);
            }
            // A text such as 照片 that leads to an address proves what the address does.
            if let Some(link) = line.link(Column::Evidence) {
                let proof = &mut cells[Column::Evidence.number()];
                *proof = proof.map(|cell| Cell { text: link, ..cell });
            }
            let cell = |column: Column| cells[column.number()];
            let draft = reading.draft(cell, |column| line.measure(column).map(str::to_string));
            let (unit, task) = reading.named(cell);
            let wrong = reading.wrong.into_iter();
            let problems =
                wrong.map(|(column, saying)| Problem::error(line.place(Some(column)), saying));
            visit(Ok(&mut Row {
                unit,
                task,
                draft,
                problems: problems.collect(),
                spot: Spot::Table(&line),
            }));
        }
    });
    problems
}

/// Days by their text: rows of one file mostly share a few.
struct Days {
    today: Today,
    last: Option<(String, Day)>,
}

impl Days {
    const fn new(today: Today) -> Self {
        Self { today, last: None }
    }

    fn day(&mut self, text: &str) -> Result<Day, Saying> {
        if let Some((last, day)) = &self.last
            && last == text
        {
            return Ok(*day);
        }
        let day = day_text::cell(text, self.today)?;
        self.last = Some((text.to_string(), day));
        Ok(day)
    }
}

/// A row's reading, and what was wrong with its cells.
struct Reading<'a> {
    days: &'a mut Days,
    wrong: Vec<(Column, Saying)>,
}

impl Reading<'_> {
    fn is_wrong(&self, column: Column) -> bool {
        self.wrong.iter().any(|(wrong, ..)| *wrong == column)
    }

    /// What a row calls its unit and its task; empty where that is wrong already.
    fn named<'r>(&self, get: impl Fn(Column) -> Option<Cell<'r>>) -> (Named<'r>, Named<'r>) {
        let text = |column| match self.is_wrong(column) {
            true => "",
            false => get(column).map_or("", |cell| cell.text),
        };
        let named = |name, code| Named {
            name: text(name),
            code: text(code),
        };
        (
            named(Column::Unit, Column::UnitCode),
            named(Column::Task, Column::TaskCode),
        )
    }

    /// The draft of a row: `get` gives its cells, `measure` what their headers say that amounts are measured in.
    fn draft<'r>(
        &mut self,
        get: impl Fn(Column) -> Option<Cell<'r>>,
        measure: impl Fn(Column) -> Option<String>,
    ) -> Draft {
        for (column, other) in [
            (Column::Unit, Column::UnitCode),
            (Column::Task, Column::TaskCode),
            (Column::On, Column::On),
        ] {
            if get(column).or_else(|| get(other)).is_none() {
                let saying = say!("check-cell-empty", column = column.name());
                self.wrong.push((column, saying));
            }
        }
        for (column, _) in Column::ALL {
            let refused = get(*column).and_then(Cell::refused);
            self.wrong.extend(refused.map(|saying| (*column, saying)));
        }
        let cell = |column| get(column).filter(|cell| cell.refused().is_none());
        let text = |column| cell(column).map(|cell| cell.text);
        for column in [Column::Unit, Column::UnitCode] {
            if let Some(unit) = text(column).filter(|unit| table::is_spoiled(unit)) {
                self.wrong.push((column, table::spoiled(unit)));
            }
        }
        let today = self.days.today.day;
        let on = cell(Column::On).map(|cell| {
            table::no_number(cell)?;
            table::as_shown(cell, |text| self.days.day(text))
        });
        let period = cell(Column::For).map(|cell| {
            table::no_number(cell)?;
            table::as_shown(cell, |text| day_text::period(text, today))
        });
        let on = self.kept(Column::On, on);
        let (count, counted) = self.amount(Column::Count, text(Column::Count), &measure);
        let (total, totalled) = self.amount(Column::Total, text(Column::Total), &measure);
        Draft {
            on,
            count,
            total,
            measure: totalled.or(counted),
            nil: text(Column::Nil).is_some_and(|text| self.nil(text)),
            form: text(Column::Form).map(ToString::to_string),
            period: self.kept(Column::For, period),
            from: text(Column::From).map(ToString::to_string),
            via: text(Column::Via).and_then(|text| self.via(text)),
            note: text(Column::Note).map(ToString::to_string),
            evidence: proofs(text(Column::Evidence).unwrap_or_default()),
        }
    }

    fn kept<T>(&mut self, column: Column, found: Option<Result<T, Saying>>) -> Option<T> {
        match found? {
            Ok(value) => Some(value),
            Err(saying) => {
                let forms = match column {
                    Column::For => "hint-period",
                    _ => "hint-day-typed",
                };
                let saying = table::with_day_forms(saying, forms);
                self.wrong.push((column, saying));
                None
            }
        }
    }

    /// The number of an amount and its measure: the one behind it, else the header's.
    fn amount(
        &mut self,
        column: Column,
        text: Option<&str>,
        of_header: impl Fn(Column) -> Option<String>,
    ) -> (Option<Decimal>, Option<String>) {
        let Some(text) = text else {
            return (None, None);
        };
        let saying = match text.parse() {
            Ok(Quantity { number, measure }) => {
                return (Some(number), measure.or_else(|| of_header(column)));
            }
            Err(DecimalError::Places) => say!("check-number-places", number = text),
            Err(DecimalError::Range) => say!("check-number-range", number = text),
            Err(DecimalError::Form) => say!("check-not-a-number", text = text),
        };
        self.wrong.push((column, saying));
        (None, None)
    }

    fn nil(&mut self, text: &str) -> bool {
        match text.to_lowercase().as_str() {
            "1" | "yes" | "y" | "true" | "nil" | "是" | "零报告" | "无" => true,
            "0" | "no" | "n" | "false" | "否" => false,
            _ => {
                let saying = say!("check-yes-no", text = text);
                self.wrong.push((Column::Nil, saying));
                false
            }
        }
    }

    fn via(&mut self, text: &str) -> Option<Via> {
        Some(match text.to_lowercase().as_str() {
            "wechat" | "chat" | "微信" => Via::Wechat,
            "phone" | "电话" => Via::Phone,
            "paper" | "纸质" | "书面" => Via::Paper,
            "visit" | "走访" | "现场" | "实地" => Via::Visit,
            lower => {
                let words = ["wechat", "phone", "paper", "visit"];
                let saying = say!("check-via", text = text, words = words.join(", "));
                let saying = saying.hint(did_you_mean(lower, words));
                self.wrong.push((Column::Via, saying));
                return None;
            }
        })
    }
}

/// The proofs of a cell: addresses on the web, and the names of files that somebody keeps.
fn proofs(cell: &str) -> Vec<Proof> {
    let parts = cell.split([';', '；', '\n']).map(str::trim);
    let parts = parts.filter(|part| !table::is_nothing(part));
    // Several addresses may stand in one part; the name of a file may have spaces.
    let parts = parts.flat_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.iter().all(|word| Proof::is_link(word)) {
            true => words,
            false => vec![part],
        }
    });
    let proof = |part: &str| match Proof::is_link(part) {
        true => Proof::Link(part.to_string()),
        false => Proof::Named(part.to_string()),
    };
    parts.map(proof).collect()
}

#[cfg(test)]
mod tests;
