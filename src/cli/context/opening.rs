//! Opening plan and store, to look or to write.

use std::path::PathBuf;

use anyhow::Result;

use super::Context;
use crate::ops::{Clerk, Recording};
use crate::query::{Error, Place, Workspace};
use crate::words::args;

impl Context<'_> {
    /// Where plan, store and evidence are.
    pub(in crate::cli) fn place(&self) -> Result<Place> {
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
            &|name| self.world.variable(name).map(Into::into),
        )?)
    }

    /// Opens plan and store for looking. Where the files mean something else than what is in force, a note says so.
    pub(in crate::cli) fn workspace(&mut self) -> Result<Workspace> {
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
            let path = workspace.store_location().to_string();
            let text = self.words().say("talk-no-store", &args!(path = path));
            self.note(&text);
        }
        Ok(workspace)
    }

    /// Begins to write. Nobody else writes until that is committed or dropped, so nothing is said meanwhile.
    pub(in crate::cli) fn recording(&mut self, command: &'static str) -> Result<Recording> {
        self.begin(command, Recording::begin)
    }

    /// As [`Context::recording`], but the files may mean something else than what is in force.
    pub(in crate::cli) fn amending(&mut self, command: &'static str) -> Result<Recording> {
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
            let args = args!(path = path.display().to_string());
            let text = self.words().say("talk-source-gone", &args);
            self.note(&text);
        }
    }
}
