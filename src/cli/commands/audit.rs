//! `audit`.

use anyhow::Result;
use clap::ValueEnum;

use super::accept::tell;
use super::r#return::rectification;
use crate::cli::arguments::{LimitArgs, LookArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::audit::{SuspicionKind, Thresholds};
use crate::model::board::View;
use crate::model::entry::Address;
use crate::ops::{Review, Reviewable, Verdict};
use crate::query::{AuditQuery, Audited, Exhibited, Selection, Thumbnails, Workspace};
use crate::report::audit::{Audit, FindingRow};
use crate::source::problem::say;
use crate::words::{Lang, Words};

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KindName {
    /// The same photograph for several units or tasks
    SamePhotograph,
    /// Similar photographs from several units
    Lookalike,
    /// A photograph taken outside the task's window
    OutsideWindow,
    /// Identical notes from several units
    SameNote,
    /// Recorded long after the day it is for
    BackDated,
    /// Two review decisions on one record
    TwoVerdicts,
    /// Several corrections of one record
    TwoCorrections,
    /// One row of a list imported into several stores
    SameRow,
    /// Evidence expected but missing
    NoProof,
}

impl KindName {
    const fn kind(self) -> SuspicionKind {
        match self {
            Self::SamePhotograph => SuspicionKind::SamePhotograph,
            Self::Lookalike => SuspicionKind::Lookalike,
            Self::OutsideWindow => SuspicionKind::OutsideWindow,
            Self::SameNote => SuspicionKind::SameNote,
            Self::BackDated => SuspicionKind::BackDated,
            Self::TwoVerdicts => SuspicionKind::TwoVerdicts,
            Self::TwoCorrections => SuspicionKind::TwoCorrections,
            Self::SameRow => SuspicionKind::SameRow,
            Self::NoProof => SuspicionKind::NoProof,
        }
    }
}

/// The most photographs of a page: a few hundred kB, and some seconds where they are large.
const PHOTOGRAPHS: usize = 60;

/// Arguments of `audit`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only findings of this kind
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',')]
    only: Vec<KindName>,
    /// Most bits of 64 in which similar photographs differ
    #[arg(long, value_name = "BITS", default_value_t = Thresholds::default().likeness, value_parser = clap::value_parser!(u32).range(0..=16))]
    likeness: u32,
    /// Days between a record's day and its entry beyond which it counts as back-dated
    #[arg(long, value_name = "DAYS", default_value_t = Thresholds::default().backdated, value_parser = clap::value_parser!(i32).range(0..=3650))]
    backdated: i32,
    /// Also show findings already reviewed and late entries from imported files
    #[arg(long)]
    all: bool,
    /// Return the records of these findings, with the finding as the reason
    #[arg(long = "return", value_name = "FINDING", num_args = 1.., value_delimiter = ',', conflicts_with_all = ["as_of", "known_by", "format", "output"])]
    send_back: Vec<String>,
    /// Correction deadline [default: the plan's number of days after the return]
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        requires = "send_back"
    )]
    due: Option<String>,
    /// Effective date of the return [default: today]
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        requires = "send_back"
    )]
    on: Option<String>,
    #[command(flatten)]
    limit: LimitArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Lists what looks perfunctory, or returns it.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if !args.send_back.is_empty() {
        return send_back(&args, context);
    }
    let (workspace, view, selection) = context.look(&args.look)?;
    let audited = look(&args, args.all, &workspace, view, &selection)?;
    let output = &args.look.output;
    let thumbnails = match output.is_page() {
        true => workspace.thumbnails(&audited, PHOTOGRAPHS),
        false => Thumbnails::new(),
    };
    let limits = thresholds(&args, args.all);
    let mut audit = Audit::of(
        &workspace,
        view,
        &selection,
        limits,
        &audited,
        output.is_for_screen(),
    );
    audit.show(&audited, &thumbnails);
    audit.limit(args.limit.most());
    answer(context, output, &workspace, &audit)
}

const fn thresholds(args: &Args, all: bool) -> Thresholds {
    Thresholds {
        likeness: args.likeness,
        backdated: args.backdated,
        imports: all,
    }
}

fn look(
    args: &Args,
    all: bool,
    workspace: &Workspace,
    view: View,
    selection: &Selection,
) -> Result<Audited> {
    let kinds: Vec<SuspicionKind> = args.only.iter().map(|kind| kind.kind()).collect();
    let query = AuditQuery {
        view,
        thresholds: thresholds(args, all),
        all,
        kinds: &kinds,
    };
    Ok(workspace.audit(&query, selection)?)
}

/// Returns the records of the findings that were named: those without a verdict, or all where none is without.
fn send_back(args: &Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("audit")?;
    let on = context.acting_day(args.on.as_deref(), &recording.plan)?;
    let due = args.due.as_ref();
    let due = due.map(|text| rectification(context, text, on, &recording.plan));
    let due = due.transpose()?;
    let view = View::on(recording.today);
    let selection = context.selection(&args.look.filter, &recording, view)?;
    let audited = look(args, true, &recording, view, &selection)?;
    let words = Words::new(recording.plan.lang.parse().unwrap_or(Lang::Zh));
    let mut reasons: Vec<(Address, Vec<String>)> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for id in &args.send_back {
        let Some(found) = audited.found.iter().find(|found| found.id == *id) else {
            unknown.push(id.clone());
            continue;
        };
        let exhibits = || found.exhibits.iter().map(|at| &audited.exhibits[*at]);
        let open = |one: &&Exhibited| one.verdicts.is_empty();
        let any_open = exhibits().any(|one| open(&one));
        let row = FindingRow::of(&audited, found);
        for one in exhibits().filter(|one| !any_open || open(one)) {
            let reason = row.reason(&words, &one.address.short_id(one.single));
            match reasons.iter_mut().find(|(known, _)| *known == one.address) {
                Some((_, known)) if known.contains(&reason) => {}
                Some((_, known)) => known.push(reason),
                None => reasons.push((one.address, vec![reason])),
            }
        }
    }
    if !unknown.is_empty() {
        let saying = say!("error-unknown-finding", names = unknown.join(", "));
        return Err(saying.hint(say!("error-unknown-finding-hint")).into());
    }
    let separator = words.text("audit-reason-separator");
    let found: Vec<(Address, String)> = reasons
        .into_iter()
        .map(|(address, reasons)| (address, reasons.join(&separator)))
        .collect();
    let review = Review {
        verdict: Verdict::Return { due, reason: "" },
        on,
        area: None,
    };
    let done = recording.review(Reviewable::Found(&found), &review)?;
    tell(context, &done, false)
}
