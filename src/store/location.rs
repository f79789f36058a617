//! Where a store is: a file, or a plan's schema on a server.

use std::fmt;
use std::path::{Path, PathBuf};

use super::database::ServerAddress;
use super::error::StoreError;
use super::open::{Access, Store};
use crate::model::code::PlanId;

/// Where a store is, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// A file.
    File(PathBuf),
    /// On a server.
    Server(Box<ServerAddress>),
}

impl Location {
    /// Opens the store; `None` where there is none.
    ///
    /// # Errors
    /// As for [`Store::open`]; of a server `Unreachable`, `Login` and `Denied`.
    pub(crate) fn open(&self, access: Access) -> Result<Option<Store>, StoreError> {
        match self {
            Self::File(path) => Store::open(path, access),
            Self::Server(address) => Store::open_on(address, access),
        }
    }

    /// Creates the store of that plan, or opens it for writing where somebody did so already.
    ///
    /// # Errors
    /// As for [`Store::create`]; of a server `Unreachable`, `Login` and `Denied`.
    pub(crate) fn create(&self, plan: &PlanId) -> Result<Store, StoreError> {
        match self {
            Self::File(path) => Store::create(path, plan),
            Self::Server(address) => Store::create_on(address, plan),
        }
    }

    /// The file; `None` where it is on a server.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Server(_) => None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(address) => address.fmt(f),
        }
    }
}
