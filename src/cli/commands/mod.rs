//! One file a subcommand: its arguments (whose doc comments are the English help) and its run. A subcommand registers itself in the
//! list below, and nowhere else.

pub(super) mod accept;
pub(super) mod apply;
pub(super) mod audit;
pub(super) mod backup;
pub(super) mod board;
pub(super) mod calendar;
pub(super) mod check;
pub(super) mod commend;
pub(super) mod completions;
pub(super) mod correct;
pub(super) mod demo;
pub(super) mod done;
pub(super) mod excuse;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod extend;
pub(super) mod import;
pub(super) mod init;
pub(super) mod instruct;
pub(super) mod lagging;
pub(super) mod log;
pub(super) mod man;
pub(super) mod notice;
pub(super) mod object;
pub(super) mod plan;
pub(super) mod remind;
pub(super) mod repair;
pub(super) mod report;
pub(super) mod restore;
pub(super) mod r#return;
pub(super) mod schema;
pub(super) mod score;
pub(super) mod show;
pub(super) mod status;
pub(super) mod todo;
pub(super) mod undo;
pub(super) mod uphold;
pub(super) mod verify;

use clap::{Args as _, Subcommand};

use super::context::Context;
use super::exit::Exit;

/// Declares the commands in their groups: what is typed, how to make one without the others, what runs, and where `--help` lists it.
macro_rules! commands {
    ($($group:literal { $($(#[doc = $about:literal])* $name:ident($args:ty) => $run:path,)* })*) => {
        /// What duban does.
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command {
            $($($(#[doc = $about])* $name($args),)*)*
        }

        impl Command {
            /// Runs what was typed.
            pub(crate) fn run(self, context: &mut Context) -> anyhow::Result<Exit> {
                match self {
                    $($(Self::$name(args) => $run(args, context),)*)*
                }
            }
        }

        /// The command of that name alone, for clap to parse.
        pub(crate) fn alone(name: &str) -> Option<clap::Command> {
            $($(if stringify!($name).eq_ignore_ascii_case(name) {
                return Some(<$args>::augment_args(clap::Command::new(name.to_string())));
            })*)*
            None
        }

        /// The commands by what people do with them, each group with the message that heads it, in the order of `--help`. A command's
        /// name is the small form of its variant.
        pub(crate) const GROUPS: &[(&str, &[&str])] = &[$(($group, &[$(stringify!($name),)*]),)*];
    };
}

commands! {
    "usage-group-daily" {
        /// List what needs attention today
        Todo(todo::Args) => todo::run,
        /// Record what a unit has done
        Done(done::Args) => done::run,
        /// Replace a record with a corrected one
        Correct(correct::Args) => correct::run,
        /// Undo one entry or a whole command
        Undo(undo::Args) => undo::run,
        /// Report the week: progress, changes, who is behind, what waits, what falls due next
        Report(report::Args) => report::run,
        /// Show what was due and what is done
        Status(status::Args) => status::run,
        /// List the units with overdue items
        Lagging(lagging::Args) => lagging::run,
        /// Show the status of every task in every unit
        Board(board::Args) => board::run,
        /// Show one unit, task or record in full
        Show(show::Args) => show::run,
        /// Explain why a unit has its status for a task
        Explain(explain::Args) => explain::run,
        /// List the journal, newest first
        Log(log::Args) => log::run,
    }
    "usage-group-review" {
        /// List possible box-ticking for a person to check
        Audit(audit::Args) => audit::run,
        /// Accept records
        Accept(accept::Args) => accept::run,
        /// Return records for correction
        Return(r#return::Args) => r#return::run,
        /// Commend a unit, or its work on a task
        Commend(commend::Args) => commend::run,
        /// Write a reminder for each unit with overdue items, one line a unit to paste into a chat, and record it
        Remind(remind::Args) => remind::run,
        /// Draft the notice that names units behind and work returned; issue, list or reprint notices
        Notice(notice::Args) => notice::run,
        /// Record a unit's objection to points deducted by a notice
        Object(object::Args) => object::run,
        /// Dismiss an objection: the points remain
        Uphold(uphold::Args) => uphold::run,
        /// Grant an objection: the points are cancelled
        Reverse(uphold::Args) => uphold::reverse,
        /// Show scores and how they add up
        Score(score::Args) => score::run,
    }
    "usage-group-plan" {
        /// Create a commented plan file to fill in
        Init(init::Args) => init::run,
        /// Check the plan and roster and list every problem at once
        Check(check::Args) => check::run,
        /// Put the plan and roster in force and list what changes
        Apply(apply::Args) => apply::run,
        /// Show the plan's phases, activities, tasks and due dates
        Plan(plan::Args) => plan::run,
        /// Record that an instruction arrived, starting its task
        Instruct(instruct::Args) => instruct::run,
        /// Extend a unit's deadline
        Extend(extend::Args) => extend::run,
        /// Excuse a unit from a task
        Excuse(excuse::Args) => excuse::run,
    }
    "usage-group-exchange" {
        /// Record many rows from a CSV, XLSX or JSON Lines file, or merge an export of another store
        Import(import::Args) => import::run,
        /// Export the whole journal as JSON Lines, for another store to import
        Export(export::Args) => export::run,
        /// List the due days, or write them as a calendar for telephones and Outlook
        Calendar(calendar::Args) => calendar::run,
    }
    "usage-group-upkeep" {
        /// Set up a sample plan with sample records in a new folder and show it
        Demo(demo::Args) => demo::run,
        /// Copy store, plan, roster and evidence into one archive, while others record
        Backup(backup::Args) => backup::run,
        /// Unpack a backup into a new folder
        Restore(restore::Args) => restore::run,
        /// Verify that everything is as it was recorded: journal, plans, notices, evidence, and what derives from them
        Verify(verify::Args) => verify::run,
        /// Rebuild what derives from the journal; never changes the journal
        Repair(repair::Args) => repair::run,
        /// Print the JSON Schema of the plan file, or the SQL that makes a store on a server
        Schema(schema::Args) => schema::run,
        /// Print a shell completion script
        Completions(completions::Args) => completions::run,
        /// Print a manual page
        Man(man::Args) => man::run,
    }
}
