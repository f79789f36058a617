//! Where a server is, and who asks: a URL without a password, and what the variables of libpq say beside it. A password is looked up as
//! libpq does, stays in the configuration of the connection, and is never shown.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config};

use super::super::error::StoreError;
use super::password::{self, Found, Variables};
use super::patience::patient;
use super::tls::{self, Checks};
use crate::model::code::PlanId;

/// Where a plan's store is on a server.
#[derive(Clone)]
pub(crate) struct ServerAddress {
    /// As it was typed.
    url: String,
    config: Config,
    checks: Checks,
    /// A file of passwords that was not used, since others may read it.
    open_file: Option<PathBuf>,
    schema: String,
}

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AddressError {
    /// A password stands in it.
    #[error("a password in the address")]
    Password,
    /// `sslmode` is none that there is.
    #[error("sslmode `{0}`")]
    SslMode(String),
    /// Something else.
    #[error("{0}")]
    Other(String),
}

/// How long it takes at most until a server answers, where nobody says otherwise.
const CONNECT: Duration = Duration::from_secs(10);

/// After so long it is tried again where the server lets nobody else in at this moment.
const AGAIN: Duration = Duration::from_millis(10);

/// Whether a text is the address of a server, and not a path.
pub(crate) fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// The plan that an address names itself: `?plan=ID`.
pub(crate) fn plan_in(url: &str) -> Option<&str> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("plan="))
}

impl ServerAddress {
    /// Reads the address of that plan's store. What it does not say, the variables do.
    ///
    /// # Errors
    /// Where a password stands in it, and where it cannot be understood.
    pub(crate) fn read(
        url: &str,
        plan: &PlanId,
        variables: Variables<'_>,
    ) -> Result<Self, AddressError> {
        let (bare, query) = url.split_once('?').unwrap_or((url, ""));
        let mut mode = variables("PGSSLMODE");
        let mut left = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value.to_string()),
                Some(("plan", _)) => {}
                _ => left.push(pair),
            }
        }
        let plain = format!("{bare}?{}", left.join("&"));
        let other = |error: postgres::Error| {
            let cause = std::error::Error::source(&error);
            AddressError::Other(cause.map_or_else(|| error.to_string(), ToString::to_string))
        };
        let mut config = Config::from_str(&plain).map_err(other)?;
        if config.get_password().is_some() {
            return Err(AddressError::Password);
        }
        complete(&mut config, variables)?;
        let over_socket = config
            .get_hosts()
            .iter()
            .any(|host| !matches!(host, Host::Tcp(_)));
        let (ssl, checks) = match mode.as_deref().unwrap_or("prefer") {
            _ if over_socket => (SslMode::Disable, Checks::Nothing),
            "disable" => (SslMode::Disable, Checks::Nothing),
            "allow" | "prefer" => (SslMode::Prefer, Checks::Nothing),
            "require" => (SslMode::Require, Checks::Nothing),
            "verify-full" => (SslMode::Require, Checks::Certificate),
            other => return Err(AddressError::SslMode(other.to_string())),
        };
        config.ssl_mode(ssl);
        let mut open_file = None;
        match password::find(&config, variables) {
            Found::Password(password) => drop(config.password(password)),
            Found::OpenToOthers(path) => open_file = Some(path),
            Found::Nothing => {}
        }
        Ok(Self {
            url: url.to_string(),
            config,
            checks,
            open_file,
            schema: format!("duban_{plan}"),
        })
    }

    /// The plan's schema.
    pub(in crate::store) fn schema(&self) -> &str {
        &self.schema
    }

    /// The plan's schema, as SQL writes it. No code has a quotation mark in it.
    pub(in crate::store) fn quoted_schema(&self) -> String {
        format!("\"{}\"", self.schema)
    }

    /// Waits where as many are connected as the server lets in.
    pub(super) fn connect(&self) -> Result<Client, StoreError> {
        let tls = tls::connector(self.checks)?;
        let mut wait = patient(AGAIN);
        let mut attempt = 0;
        loop {
            let connected = self.config.connect(tls.clone());
            match connected.map_err(|error| self.refused(error)) {
                Err(StoreError::Busy) if wait(attempt) => attempt += 1,
                connected => return connected,
            }
        }
    }

    fn refused(&self, error: postgres::Error) -> StoreError {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        // What the server itself says, or that it wants a password where there is none to give.
        let by_server = error.as_db_error().is_some();
        let closed = error.is_closed();
        let is_io =
            std::error::Error::source(&error).is_some_and(|cause| cause.is::<std::io::Error>());
        let error = match StoreError::from(error) {
            other if by_server => other,
            _ if !is_io && !closed && self.wants_password() => StoreError::Login {
                detail: cause.unwrap_or_default(),
            },
            other => StoreError::Unreachable {
                detail: cause.unwrap_or_else(|| other.to_string()),
            },
        };
        match (error, &self.open_file) {
            (StoreError::Login { .. }, Some(path)) => {
                StoreError::OpenPasswords { path: path.clone() }
            }
            (error, _) => error,
        }
    }

    /// Whether only a password can be missing: a server without encryption is told by the same kind of error.
    fn wants_password(&self) -> bool {
        self.config.get_password().is_none() && self.config.get_ssl_mode() != SslMode::Require
    }

    /// The same, on a schema of its own.
    #[cfg(test)]
    pub(in crate::store) fn with_schema(mut self, schema: String) -> Self {
        self.schema = schema;
        self
    }

    /// The same, for another role.
    #[cfg(test)]
    pub(in crate::store) fn with_user(&self, user: &str) -> Self {
        let mut other = self.clone();
        other.config.user(user);
        other
    }
}

/// Fills in what the address does not say.
fn complete(config: &mut Config, variables: Variables<'_>) -> Result<(), AddressError> {
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        config.host(variables("PGHOST").as_deref().unwrap_or(SOCKETS));
    }
    if config.get_ports().is_empty() {
        let port = variables("PGPORT").unwrap_or_else(|| "5432".into());
        let number = port.parse();
        config.port(number.map_err(|_| AddressError::Other(format!("PGPORT `{port}`")))?);
    }
    if config.get_user().is_none() {
        let names = ["PGUSER", "LOGNAME", "USER", "USERNAME"];
        let user = names.into_iter().find_map(variables);
        config.user(&user.unwrap_or_default());
    }
    if config.get_dbname().is_none() {
        let name = variables("PGDATABASE");
        let name = name.or_else(|| config.get_user().map(Into::into));
        config.dbname(&name.unwrap_or_default());
    }
    if config.get_connect_timeout().is_none() {
        let named = variables("PGCONNECT_TIMEOUT").and_then(|text| text.parse().ok());
        config.connect_timeout(named.map_or(CONNECT, Duration::from_secs));
    }
    if config.get_application_name().is_none() {
        config.application_name("duban");
    }
    Ok(())
}

/// Where servers on the same machine listen.
const SOCKETS: &str = if cfg!(unix) {
    "/var/run/postgresql"
} else {
    "localhost"
};

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServerAddress").field(&self.url).finish()
    }
}

impl PartialEq for ServerAddress {
    fn eq(&self, other: &Self) -> bool {
        (&self.url, &self.schema) == (&other.url, &other.schema)
    }
}

impl Eq for ServerAddress {}
