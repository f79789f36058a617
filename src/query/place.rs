//! Where the plan, the store and the evidence are.

use std::path::{Path, PathBuf};

use super::error::Error;
use crate::model::code::PlanId;
use crate::source::plan;
use crate::source::problem::say;
use crate::store::{AddressError, Location, ServerAddress, Variables, is_address, plan_in};

/// The plan file's usual name.
pub(super) const PLAN_FILE: &str = "duban.toml";

/// Where the plan, the store and the evidence are; none of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The plan file.
    pub plan: PathBuf,
    /// The store.
    pub store: Location,
    /// The evidence folder.
    pub evidence: PathBuf,
}

impl Place {
    /// Finds all. `plan`, `store` and `evidence` are what was named, by option or variable; without a plan, `duban.toml` in
    /// `folder` or above; without a store, the plan's own name with `.db`; without an evidence folder, the store's own name
    /// with `.evidence`, or the plan's where the store is on a server. Who asks a server the variables say, as they do to libpq.
    ///
    /// # Errors
    /// If neither was named and no plan file is found; for an address that is none, or that does not say whose store it is.
    pub(crate) fn find(
        plan: Option<&Path>,
        store: Option<&Path>,
        evidence: Option<&Path>,
        folder: &Path,
        variables: Variables<'_>,
    ) -> Result<Self, Error> {
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
        let url = store.and_then(Path::to_str).filter(|text| is_address(text));
        let store = match (url, store) {
            (Some(url), _) => Location::Server(Box::new(address(url, &plan, variables)?)),
            (None, Some(store)) => Location::File(folder.join(store)),
            (None, None) => Location::File(plan.with_extension("db")),
        };
        let evidence = evidence.map_or_else(
            || store.file().unwrap_or(&plan).with_extension("evidence"),
            |evidence| folder.join(evidence),
        );
        Ok(Self {
            plan,
            store,
            evidence,
        })
    }
}

/// The id of the plan in that file.
///
/// # Errors
/// Where it has none, or there is no file.
pub(crate) fn plan_id(path: &Path) -> Result<PlanId, Error> {
    let id = std::fs::read(path).ok().and_then(|bytes| plan::id(&bytes));
    id.ok_or_else(|| {
        let saying = say!("error-server-plan", path = path.display());
        saying.hint(say!("error-server-plan-hint")).into()
    })
}

/// The address of a plan's store on a server.
fn address(url: &str, plan: &Path, variables: Variables<'_>) -> Result<ServerAddress, Error> {
    if !["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        // A password may stand in it all the same.
        let scheme = url.split("://").next().unwrap_or_default();
        return Err(say!("error-no-backend", scheme = scheme).into());
    }
    let id = match plan_in(url).and_then(|named| named.parse().ok()) {
        Some(named) => named,
        None => plan_id(plan)?,
    };
    ServerAddress::read(url, &id, variables).map_err(|error| {
        let saying = match error {
            AddressError::Password => {
                say!("error-url-password").hint(say!("error-url-password-hint"))
            }
            AddressError::SslMode(mode) => {
                say!("error-sslmode", mode = mode).hint(say!("error-sslmode-hint"))
            }
            AddressError::Other(detail) => {
                say!("error-url", detail = detail).hint(say!("error-url-hint"))
            }
        };
        saying.into()
    })
}
