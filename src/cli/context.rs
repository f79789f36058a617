//! What a command works with: what was typed for all commands, the world, and what both mean together. Loaded as needed.

use std::cell::{Cell, OnceCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Result;

use super::arguments::{FilterArgs, Globals, ViewArgs};
use super::commands::done::{RecordArgs, amount};
use super::diagnostic::UsageError;
use super::world::World;
use crate::document::Document;
use crate::model::admit::Draft;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::Proof;
use crate::model::plan::Plan;
use crate::model::zone::Zone;
use crate::ops::{Applied, Clerk, Intake, Offered, Recording};
use crate::query::{Clock, Error, Place, Selection, Wanted, Workspace};
use crate::render::text::Screen;
use crate::report::frame::{kind, kind_name};
use crate::report::mask;
use crate::source::day_text::{self, Lean, Today};
use crate::words::{Lang, Value, Words};

/// What a command works with.
pub(super) struct Context<'w> {
    /// What was typed for all commands.
    pub globals: Globals,
    /// The world.
    pub world: World<'w>,
    words: OnceCell<Rc<Words>>,
    plan_lang: Option<Lang>,
    /// Warnings that wait until nobody is kept from writing any more.
    notes: Vec<String>,
    /// The plan and roster files in force, which no answer may be written onto.
    pub sources: Vec<PathBuf>,
    /// Set once a recording was committed: from then on this run cannot fail for want of somebody to tell.
    recorded: Rc<Cell<bool>>,
}

impl<'w> Context<'w> {
    /// Nothing is read yet.
    pub(super) fn new(globals: Globals, world: World<'w>) -> Self {
        Self {
            globals,
            world,
            words: OnceCell::new(),
            plan_lang: None,
            notes: Vec::new(),
            sources: Vec::new(),
            recorded: Rc::default(),
        }
    }

    /// The words of the language in force: `--lang`, `DUBAN_LANG`, the locale, the plan's, Chinese.
    pub(super) fn words(&self) -> &Rc<Words> {
        self.words.get_or_init(|| {
            // A language that is none is told in the one that would hold without it.
            let named = language(&self.globals, &self.world)
                .or_else(|_| language(&Globals::default(), &self.world))
                .ok()
                .flatten();
            Rc::new(Words::new(named.or(self.plan_lang).unwrap_or(Lang::Zh)))
        })
    }

    /// The words of an official document: in the language that somebody named, or the plan's; a terminal's locale says nothing of it.
    pub(super) fn words_of_documents(&self, plan: &Plan) -> Rc<Words> {
        let named = self.globals.lang.is_some() || self.world.variable("DUBAN_LANG").is_some();
        match plan.lang.parse() {
            Ok(lang) if !named => Rc::new(Words::new(lang)),
            _ => self.words().clone(),
        }
    }

    /// Refuses a language that is none.
    pub(super) fn check_language(&self) -> Result<()> {
        language(&self.globals, &self.world)
            .map(|_| ())
            .map_err(Into::into)
    }

    /// Takes the plan's language for where nobody named one.
    pub(super) fn follow(&mut self, plan: &Plan) {
        if self.words.get().is_none() {
            self.plan_lang = plan.lang.parse().ok();
        }
    }

    /// The width of the screen; `None` where the answer goes to none and nobody asked for a width.
    pub(super) fn width(&self) -> Option<usize> {
        let columns = self
            .world
            .variable("COLUMNS")
            .and_then(|columns| columns.parse().ok());
        self.world
            .width
            .or(columns)
            .map(|width: usize| width.max(20))
    }

    /// Says something on standard error.
    pub(super) fn say(&mut self, id: &str, values: &[(&str, Value)]) -> Result<()> {
        let text = self.words().say(id, values);
        self.tell(&text)
    }

    /// Says a finished text on standard error, unless only errors are wanted there.
    pub(super) fn tell(&mut self, text: &str) -> Result<()> {
        if self.globals.quiet {
            return Ok(());
        }
        let text = mask::text(text);
        let told = writeln!(self.world.stderr, "{}", crate::render::visible(&text));
        // What was recorded is recorded: its id still goes to standard output, whatever becomes of the talk.
        if !self.has_recorded() {
            told?;
        }
        Ok(())
    }

    /// Whether something was recorded for good by this run.
    pub(super) fn has_recorded(&self) -> bool {
        self.recorded.get()
    }

    /// Warns on standard error.
    pub(super) fn warn(&mut self, text: &str) -> Result<()> {
        let warning = self.words().text("talk-warning");
        self.tell(&format!("{warning}{text}"))
    }

    /// Keeps a warning until the moment of the store has ended: whoever reads standard error may be slow.
    fn note(&mut self, text: &str) {
        self.notes.push(text.to_string());
    }

    /// Warns of what was noted.
    pub(super) fn say_notes(&mut self) -> Result<()> {
        for text in std::mem::take(&mut self.notes) {
            self.warn(&text)?;
        }
        Ok(())
    }

    /// Where plan, store and evidence are.
    pub(super) fn place(&self) -> Result<Place> {
        let named = |option: &Option<PathBuf>, variable: &str| {
            option
                .clone()
                .or_else(|| self.world.variable(variable).map(Into::into))
        };
        let plan = named(&self.globals.plan, "DUBAN_PLAN");
        let store = named(&self.globals.store, "DUBAN_STORE");
        let evidence = named(&self.globals.evidence_dir, "DUBAN_EVIDENCE");
        Ok(Place::find(
            plan.as_deref(),
            store.as_deref(),
            evidence.as_deref(),
            &self.world.folder,
        )?)
    }

    /// Opens plan and store for looking. Where the files mean something else than what is in force, a note says so.
    pub(super) fn workspace(&mut self) -> Result<Workspace> {
        self.check_language()?;
        let workspace = Workspace::open(&self.place()?, self.clock()?)?;
        self.follow(&workspace.plan);
        self.watch_sources(&workspace);
        if workspace.changed {
            let text = self.words().text("talk-changed");
            self.note(&text);
        }
        let named = self.globals.store.is_some() || self.world.variable("DUBAN_STORE").is_some();
        if named && !workspace.has_store {
            let path = workspace.store_path().display().to_string();
            let text = self
                .words()
                .say("talk-no-store", &[("path", path.as_str().into())]);
            self.note(&text);
        }
        Ok(workspace)
    }

    /// Begins to write. Nobody else writes until that is committed or dropped, so nothing is said meanwhile.
    pub(super) fn recording(&mut self, command: &'static str) -> Result<Recording> {
        let recording = self.begin(command, Recording::begin)?;
        Ok(recording)
    }

    /// As [`Context::recording`], but the files may mean something else than what is in force.
    pub(super) fn amending(&mut self, command: &'static str) -> Result<Recording> {
        self.begin(command, Recording::begin_anyway)
    }

    fn begin(
        &mut self,
        command: &'static str,
        begin: fn(&Place, Clerk) -> Result<Recording, Error>,
    ) -> Result<Recording> {
        self.check_language()?;
        let recording = begin(&self.place()?, self.clerk(command)?)?;
        self.follow(&recording.plan);
        self.watch_sources(&recording);
        Ok(recording)
    }

    /// Remembers the files in force, and notes where one of them is gone. A plan that was not named may be in another folder.
    fn watch_sources(&mut self, workspace: &Workspace) {
        self.sources = workspace.source_paths();
        let named = self.globals.plan.is_some() || self.world.variable("DUBAN_PLAN").is_some();
        let mut files = self.sources.iter().zip(0..);
        let gone = files.find(|(path, _)| !path.exists());
        if let Some((path, _)) = gone.filter(|(_, at)| named || *at > 0) {
            let args = [("path", path.display().to_string().into())];
            let text = self.words().say("talk-source-gone", &args);
            self.note(&text);
        }
    }

    /// The time.
    pub(super) fn clock(&self) -> Result<Clock> {
        Ok(Clock {
            now: self.world.now,
            today: self.forced_today()?,
        })
    }

    /// Who writes, and when.
    fn clerk(&self, command: &'static str) -> Result<Clerk> {
        // cron sets LOGNAME and no USER; Windows sets USERNAME alone.
        let actor = ["DUBAN_ACTOR", "LOGNAME", "USER", "USERNAME"]
            .iter()
            .find_map(|name| self.world.variable(name))
            .ok_or_else(|| {
                UsageError::new("error-no-actor", Vec::new()).hint("error-no-actor-hint")
            })?;
        Ok(Clerk {
            actor: actor.to_string(),
            command,
            clock: self.clock()?,
            random: self.world.random,
            recorded: Rc::clone(&self.recorded),
        })
    }

    fn forced_today(&self) -> Result<Option<Day>> {
        let Some(text) = self.world.variable("DUBAN_TODAY") else {
            return Ok(None);
        };
        let day = text
            .parse()
            .map_err(|_| UsageError::new("error-today", vec![("text", text.to_string())]))?;
        Ok(Some(day))
    }

    /// Today: `DUBAN_TODAY`, else the clock's day in the plan's time zone.
    pub(super) fn today(&self, plan: &Plan) -> Result<Day> {
        self.today_at(plan.timezone)
    }

    /// Today in that time zone.
    pub(super) fn today_at(&self, zone: Zone) -> Result<Day> {
        Ok(self.clock()?.today(zone))
    }

    /// A day as somebody typed it.
    pub(super) fn day(&self, text: &str, today: Day, lean: Lean, plan: &Plan) -> Result<Day> {
        let today = Today {
            day: today,
            zone: plan.timezone,
            issued: plan.issued,
        };
        day_text::day(text, today, lean)
            .map_err(|saying| Error::Day(saying, "error-day-hint").into())
    }

    /// The view that the options ask for.
    pub(super) fn view(&self, args: &ViewArgs, plan: &Plan) -> Result<View> {
        let today = self.today(plan)?;
        let day = |text: &Option<String>| {
            text.as_ref()
                .map(|text| self.day(text, today, Lean::Near(plan.issued, plan.last_day()), plan))
                .transpose()
        };
        let known_by = day(&args.known_by)?;
        if known_by.is_some_and(|day| day > today) {
            return Err(UsageError::new("error-future-view", Vec::new()).into());
        }
        Ok(View {
            as_of: day(&args.as_of)?.unwrap_or(today),
            known_by,
            grace: None,
        })
    }

    /// A day to compare with, which has to be before the day asked about.
    pub(super) fn since(&self, text: &str, view: &View, plan: &Plan) -> Result<Day> {
        let since = self.day(text, self.today(plan)?, Lean::Past, plan)?;
        if since >= view.as_of {
            let args = vec![
                ("since", since.to_string()),
                ("day", view.as_of.to_string()),
            ];
            return Err(UsageError::new("error-since", args).into());
        }
        Ok(since)
    }

    /// The units and tasks that the options ask for.
    pub(super) fn selection(
        &self,
        args: &FilterArgs,
        workspace: &Workspace,
        view: View,
    ) -> Result<Selection> {
        let area = args
            .area
            .clone()
            .or_else(|| self.world.variable("DUBAN_AREA").map(ToString::to_string));
        let FilterArgs {
            area: _,
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
            area: area.as_deref(),
            kinds: kind,
            kind_words: &kind_words,
            labels: label,
            phases: phase,
            tasks: task,
            units: unit,
        };
        Ok(workspace.select(&wanted, view)?)
    }

    /// The area by default, for names that are typed.
    pub(super) fn area(&self) -> Option<&str> {
        self.world.variable("DUBAN_AREA")
    }

    /// A path relative to the folder of this run.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.world.folder.join(path)
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

/// The language that somebody named, if anybody did.
pub(super) fn language(globals: &Globals, world: &World) -> Result<Option<Lang>, UsageError> {
    let named = globals
        .lang
        .as_deref()
        .or_else(|| world.variable("DUBAN_LANG"));
    if let Some(text) = named {
        let trouble = |_| {
            UsageError::new("error-lang", vec![("text", text.to_string())]).hint("error-lang-hint")
        };
        return text.parse().map(Some).map_err(trouble);
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| world.variable(name));
    let plain = |locale: &&str| {
        locale
            .split('.')
            .next()
            .is_some_and(|name| !matches!(name, "C" | "POSIX"))
    };
    Ok(locale.filter(plain).and_then(|locale| locale.parse().ok()))
}

impl Context<'_> {
    /// The day from which an order or exception acts: today, or an earlier day.
    pub(super) fn acting_day(&self, text: Option<&str>, plan: &Plan) -> Result<Day> {
        let today = self.today(plan)?;
        let Some(text) = text else { return Ok(today) };
        let day = self.day(text, today, Lean::Past, plan)?;
        if day > today {
            let args = vec![("day", day.to_string()), ("today", today.to_string())];
            return Err(UsageError::new("refusal-future", args).into());
        }
        if day < plan.issued {
            let args = vec![
                ("day", day.to_string()),
                ("issued", plan.issued.to_string()),
            ];
            let trouble = UsageError::new("error-before-issue", args);
            return Err(trouble.hint("error-before-issue-hint").into());
        }
        Ok(day)
    }

    /// What is said of a record, as somebody typed it, without its proof.
    pub(super) fn draft(&self, args: &RecordArgs, plan: &Plan) -> Result<Draft> {
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
        let on = on
            .as_ref()
            .map(|text| self.day(text, today, Lean::Past, plan))
            .transpose()?;
        let period = match period {
            None => None,
            Some(text) => Some(
                day_text::period(text, on.unwrap_or(today))
                    .map_err(|saying| Error::Day(saying, "error-day-hint"))?,
            ),
        };
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
    pub(super) fn intake(&self, args: &RecordArgs) -> Result<Intake> {
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

    /// To be called once everything is kept. Says that the plan was put in force first, where it was.
    pub(super) fn say_applied(&mut self, applied: &Option<Applied>) -> Result<()> {
        match applied {
            None => Ok(()),
            Some(applied) => {
                let args = [
                    ("title", applied.title.as_str().into()),
                    ("units", applied.units.into()),
                    ("tasks", applied.tasks.into()),
                ];
                self.say("talk-applied", &args)
            }
        }
    }

    /// Prints a document on standard error.
    pub(super) fn print_aside(&mut self, document: Document) -> Result<()> {
        let colour = self.world.terminal.stderr && self.world.variable("NO_COLOR").is_none();
        let screen = Screen {
            width: self.world.width,
            colour,
        };
        Ok(crate::render::text::write(
            &mut *self.world.stderr,
            document,
            screen,
        )?)
    }
}
