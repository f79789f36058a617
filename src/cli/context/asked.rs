//! What the options mean together with the plan: days, views, selections, drafts.

use std::path::Path;

use anyhow::Result;

use super::Context;
use crate::cli::arguments::{FilterArgs, LookArgs, RecordArgs, ViewArgs};
use crate::model::admit::Draft;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::DecimalError;
use crate::model::entry::Proof;
use crate::model::plan::Plan;
use crate::model::quantity::Quantity;
use crate::ops::{Intake, Offered};
use crate::query::{Selection, Wanted, Workspace};
use crate::report::frame::{kind, kind_name};
use crate::source::day_text::{self, Lean, Today};
use crate::source::problem::{Saying, say};
use crate::words::{Lang, Words};

impl Context<'_> {
    /// A day as somebody typed it.
    pub(in crate::cli) fn day(
        &self,
        text: &str,
        today: Day,
        lean: Lean,
        plan: &Plan,
    ) -> Result<Day> {
        let today = Today {
            day: today,
            zone: plan.timezone,
            issued: plan.issued,
        };
        day_text::day(text, today, lean).map_err(not_a_day)
    }

    /// The view that the options ask for.
    pub(in crate::cli) fn view(&self, args: &ViewArgs, plan: &Plan) -> Result<View> {
        let today = self.today(plan)?;
        let day = |text: &Option<String>| {
            text.as_ref()
                .map(|text| self.day(text, today, Lean::Near(plan.issued, plan.last_day()), plan))
                .transpose()
        };
        let known_by = day(&args.known_by)?;
        if known_by.is_some_and(|day| day > today) {
            return Err(say!("error-future-view").into());
        }
        Ok(View {
            as_of: day(&args.as_of)?.unwrap_or(today),
            known_by,
            grace: None,
        })
    }

    /// The day to compare with, where one was typed, which has to be before the day asked about.
    pub(in crate::cli) fn since(
        &self,
        text: Option<&str>,
        view: &View,
        plan: &Plan,
    ) -> Result<Option<Day>> {
        let Some(text) = text else { return Ok(None) };
        let since = self.day(text, self.today(plan)?, Lean::Past, plan)?;
        if since >= view.as_of {
            return Err(say!("error-since", since = since, day = view.as_of).into());
        }
        Ok(Some(since))
    }

    /// Opens plan and store for looking, with the view and the selection that the options ask for.
    pub(in crate::cli) fn look(&mut self, args: &LookArgs) -> Result<(Workspace, View, Selection)> {
        let workspace = self.workspace()?;
        let view = self.view(&args.view, &workspace.plan)?;
        let selection = self.selection(&args.filter, &workspace, view)?;
        Ok((workspace, view, selection))
    }

    /// The units and tasks that the options ask for.
    pub(in crate::cli) fn selection(
        &self,
        args: &FilterArgs,
        workspace: &Workspace,
        view: View,
    ) -> Result<Selection> {
        let FilterArgs {
            area,
            kind,
            label,
            phase,
            task,
            unit,
        } = args;
        let kind_words = match kind.is_empty() {
            true => Vec::new(),
            false => kind_words(workspace),
        };
        let wanted = Wanted {
            area: area.as_deref().or_else(|| self.area()),
            kinds: kind,
            kind_words: &kind_words,
            labels: label,
            phases: phase,
            tasks: task,
            units: unit,
        };
        Ok(workspace.select(&wanted, view)?)
    }

    /// The day from which an order or exception acts: today, or an earlier day.
    pub(in crate::cli) fn acting_day(&self, text: Option<&str>, plan: &Plan) -> Result<Day> {
        let today = self.today(plan)?;
        let Some(text) = text else { return Ok(today) };
        let day = self.day(text, today, Lean::Past, plan)?;
        if day > today {
            return Err(say!("refusal-future", day = day, today = today).into());
        }
        if day < plan.issued {
            let saying = say!("error-before-issue", day = day, issued = plan.issued);
            return Err(saying.hint(say!("error-before-issue-hint")).into());
        }
        Ok(day)
    }

    /// What is said of a record, as somebody typed it, without its proof.
    pub(in crate::cli) fn draft(&self, args: &RecordArgs, plan: &Plan) -> Result<Draft> {
        let RecordArgs {
            on,
            total,
            nil,
            form,
            period,
            evidence: _,
            from,
            via,
            note,
        } = args;
        let today = self.today(plan)?;
        let on = on.as_ref();
        let on = on.map(|text| self.day(text, today, Lean::Past, plan));
        let on = on.transpose()?;
        let period = period.as_ref();
        let period = period.map(|text| day_text::period(text, on.unwrap_or(today)));
        let period = period.transpose().map_err(not_a_day)?;
        let total = total.as_deref().map(amount).transpose()?;
        let (total, measure) = total.map(|total| (total.number, total.measure)).unzip();
        Ok(Draft {
            on,
            count: None,
            total,
            measure: measure.flatten(),
            nil: *nil,
            form: form.clone(),
            period,
            from: from.clone(),
            via: via.map(Into::into),
            note: note.clone(),
            evidence: Vec::new(),
        })
    }

    /// The proof that somebody typed: links, and files, which are taken in.
    pub(in crate::cli) fn intake(&self, args: &RecordArgs) -> Result<Intake> {
        let offered = |text: &String| {
            if Proof::is_link(text) {
                Offered::Link(text.clone())
            } else {
                Offered::File(self.path(Path::new(text)))
            }
        };
        let offered = args.evidence.iter().map(offered).collect();
        Ok(Intake::new(&self.place()?.evidence, offered))
    }
}

/// An amount as somebody typed it.
pub(in crate::cli) fn amount(text: &str) -> Result<Quantity> {
    let wrong = |error| match error {
        DecimalError::Places => say!("check-number-places", number = text),
        DecimalError::Range => say!("check-number-range", number = text),
        DecimalError::Form => say!("check-not-a-number", text = text),
    };
    Ok(text.parse().map_err(wrong)?)
}

/// Why a typed day cannot be understood, with how days are written where nothing nearer is known.
fn not_a_day(saying: Saying) -> anyhow::Error {
    match saying.hint {
        Some(_) => saying.into(),
        None => saying.hint(say!("error-day-hint")).into(),
    }
}

/// What screens print for the kinds of a roster, in either language: each a kind's id, and a word for it.
fn kind_words(workspace: &Workspace) -> Vec<(String, String)> {
    let languages = [Lang::Zh, Lang::En].map(Words::new);
    let kinds = workspace.classes.iter().map(|class| class.kind.as_str());
    let printed = kinds.flat_map(|id| {
        let name = |words: &Words| kind_name(words, id).map(|name| [name, kind(words, id)]);
        let words = languages.iter().filter_map(name).flatten();
        words.map(|word| (id.to_string(), word)).collect::<Vec<_>>()
    });
    printed.collect()
}
