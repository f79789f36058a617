//! Where the plan, the store and the evidence are.

use std::path::{Path, PathBuf};

use super::error::Error;
use crate::source::problem::say;

/// The plan file's usual name.
pub(super) const PLAN_FILE: &str = "duban.toml";

/// Where the plan, the store and the evidence are; none of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The plan file.
    pub plan: PathBuf,
    /// The store.
    pub store: PathBuf,
    /// The evidence folder.
    pub evidence: PathBuf,
}

impl Place {
    /// Finds all. `plan`, `store` and `evidence` are what was named, by option or variable; without a plan, `duban.toml` in
    /// `folder` or above; without a store, the plan's own name with `.db`; without an evidence folder, the store's own name
    /// with `.evidence`.
    ///
    /// # Errors
    /// If neither was named and no plan file is found; for a store that is no file.
    pub(crate) fn find(
        plan: Option<&Path>,
        store: Option<&Path>,
        evidence: Option<&Path>,
        folder: &Path,
    ) -> Result<Self, Error> {
        if let Some(store) = store.and_then(Path::to_str)
            && store.contains("://")
        {
            return Err(say!("error-no-backend", store = store).into());
        }
        let plan = match plan {
            Some(plan) => folder.join(plan),
            None => match folder
                .ancestors()
                .map(|folder| folder.join(PLAN_FILE))
                .find(|path| path.is_file())
            {
                Some(plan) => plan,
                None if store.is_some() => folder.join(PLAN_FILE),
                None => {
                    return Err(say!("error-no-plan")
                        .hint(say!("error-no-plan-hint"))
                        .into());
                }
            },
        };
        let store = store.map_or_else(|| plan.with_extension("db"), |store| folder.join(store));
        let evidence = evidence.map_or_else(
            || store.with_extension("evidence"),
            |evidence| folder.join(evidence),
        );
        Ok(Self {
            plan,
            store,
            evidence,
        })
    }
}
