//! What a command works with: what was typed for all commands, the world, and what both mean together. Loaded as needed.

mod asked;
mod opening;

use std::cell::{Cell, OnceCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Result;

use super::arguments::Globals;
use super::exit::Exit;
use super::world::World;
use crate::document::Document;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::zone::Zone;
use crate::ops::{Applied, Clerk};
use crate::query::Clock;
use crate::render;
use crate::render::text::{PAGE, Screen};
use crate::report::mask;
use crate::source::problem::{Saying, say};
use crate::words::{Lang, Value, Words, args};
pub(super) use asked::amount;

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
        Ok(language(&self.globals, &self.world).map(drop)?)
    }

    /// Takes the plan's language for where nobody named one.
    pub(super) fn follow(&mut self, plan: &Plan) {
        if self.words.get().is_none() {
            self.plan_lang = plan.lang.parse().ok();
        }
    }

    /// The width of the screen; `None` where the answer goes to none and nobody asked for a width.
    pub(super) fn width(&self) -> Option<usize> {
        let columns = self.world.variable("COLUMNS");
        let columns = columns.and_then(|columns| columns.parse().ok());
        let width: Option<usize> = self.world.width.or(columns);
        width.map(|width| width.max(20))
    }

    /// Tells what follows within the width of a page, whatever it goes to: cron mails what it is told.
    pub(super) fn tell_within_a_page(&mut self) {
        let width = self.width().unwrap_or(PAGE);
        self.world.width = Some(width.min(PAGE));
    }

    /// What standard output shows.
    pub(super) fn screen(&self) -> Screen {
        Screen {
            width: self.width(),
            colour: self.globals.color.wanted(self.world.colour.stdout),
        }
    }

    /// What standard error shows.
    pub(super) fn aside(&self) -> Screen {
        Screen {
            width: self.world.width,
            colour: self.globals.color.wanted(self.world.colour.stderr),
        }
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
        let told = writeln!(self.world.stderr, "{}", render::visible(&text));
        // What was recorded is recorded: its id still goes to standard output, whatever becomes of the talk.
        if !self.has_recorded() {
            told?;
        }
        Ok(())
    }

    /// Gives the id of what was recorded to standard output.
    pub(super) fn give(&mut self, id: &str) -> Result<Exit> {
        writeln!(self.world.stdout, "{id}")?;
        Ok(Exit::Done)
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
            .ok_or_else(|| say!("error-no-actor").hint(say!("error-no-actor-hint")))?;
        Ok(Clerk {
            actor: actor.to_string(),
            command,
            clock: self.clock()?,
            random: self.world.random,
            recorded: Rc::clone(&self.recorded),
        })
    }

    fn forced_today(&self) -> Result<Option<Day>> {
        let text = self.world.variable("DUBAN_TODAY");
        let day = |text: &str| text.parse().map_err(|_| say!("error-today", text = text));
        Ok(text.map(day).transpose()?)
    }

    /// Today: `DUBAN_TODAY`, else the clock's day in the plan's time zone.
    pub(super) fn today(&self, plan: &Plan) -> Result<Day> {
        self.today_at(plan.timezone)
    }

    /// Today in that time zone.
    pub(super) fn today_at(&self, zone: Zone) -> Result<Day> {
        Ok(self.clock()?.today(zone))
    }

    /// The area by default, for names that are typed.
    pub(super) fn area(&self) -> Option<&str> {
        self.world.variable("DUBAN_AREA")
    }

    /// A path relative to the folder of this run.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.world.folder.join(path)
    }

    /// To be called once everything is kept. Says that the plan was put in force first, where it was.
    pub(super) fn say_applied(&mut self, applied: &Option<Applied>) -> Result<()> {
        let Some(applied) = applied else {
            return Ok(());
        };
        let args = args!(
            title = applied.title.as_str(),
            units = applied.units,
            tasks = applied.tasks
        );
        self.say("talk-applied", &args)?;
        let Some((issued, today)) = applied.early else {
            return Ok(());
        };
        let args = args!(issued = issued.to_string(), today = today.to_string());
        let text = self.words().say("talk-applied-early", &args);
        self.warn(&text)
    }

    /// Prints a document on standard error.
    pub(super) fn print_aside(&mut self, document: Document) -> Result<()> {
        let screen = self.aside();
        Ok(render::text::write(
            &mut *self.world.stderr,
            document,
            screen,
        )?)
    }
}

/// The language that somebody named, if anybody did.
pub(super) fn language(globals: &Globals, world: &World) -> Result<Option<Lang>, Saying> {
    let named = globals
        .lang
        .as_deref()
        .or_else(|| world.variable("DUBAN_LANG"));
    if let Some(text) = named {
        let unknown = |_| say!("error-lang", text = text).hint(say!("error-lang-hint"));
        return text.parse().map(Some).map_err(unknown);
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| world.variable(name));
    // These two are for programs, and name no language of people.
    let plain = |locale: &&str| !matches!(locale.split('.').next(), Some("C" | "POSIX"));
    Ok(locale.filter(plain).and_then(|locale| locale.parse().ok()))
}
