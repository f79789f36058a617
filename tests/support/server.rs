//! A store on a PostgreSQL server, where `DUBAN_POSTGRES` names one.

use std::env;
use std::io::{self, Write};

use postgres::{Client, NoTls};
use uuid::Uuid;

use super::Project;

/// Says, straight to the terminal, why nothing was tried: what a test that passes prints is not shown.
pub(crate) fn skipped(why: &str) {
    let mut terminal = io::stderr();
    writeln!(terminal, "skipped: {why}").unwrap();
}

/// A project whose store is on the server, in a schema of its own that goes with it.
pub(crate) struct Shared {
    pub(crate) project: Project,
    pub(crate) schema: String,
    url: String,
}

impl Shared {
    /// A small plan; `None`, said, where there is no server.
    pub(crate) fn small() -> Option<Self> {
        Self::of(Project::small())
    }

    /// That project, with a store on the server.
    pub(crate) fn of(project: Project) -> Option<Self> {
        let Some(url) = env::var_os("DUBAN_POSTGRES").and_then(|url| url.into_string().ok()) else {
            skipped("DUBAN_POSTGRES names no server");
            return None;
        };
        let plan = format!("t{}", Uuid::new_v4().simple());
        let mark = if url.contains('?') { '&' } else { '?' };
        let project = project.set("DUBAN_STORE", &format!("{url}{mark}plan={plan}"));
        Some(Self {
            project,
            schema: format!("duban_{plan}"),
            url,
        })
    }

    /// Another store on the same server, with nothing in it yet.
    pub(crate) fn beside(&self) -> Self {
        let plan = format!("t{}", Uuid::new_v4().simple());
        let store = self.project.variable("DUBAN_STORE").unwrap();
        let (url, _) = store.split_once("plan=").unwrap();
        Self {
            project: self
                .project
                .copy()
                .set("DUBAN_STORE", &format!("{url}plan={plan}")),
            schema: format!("duban_{plan}"),
            url: self.url.clone(),
        }
    }

    /// The project, as a role of that name uses it.
    pub(crate) fn by(&self, role: &str) -> Project {
        let own = self.project.copy();
        let store = own.variable("DUBAN_STORE").unwrap();
        let (_, rest) = store.split_once('@').unwrap();
        let store = format!("postgres://{role}@{rest}");
        own.set("DUBAN_STORE", &store)
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(&self.url, NoTls).unwrap()
    }

    fn tables(&self, client: &mut Client) -> Vec<String> {
        let sql = "SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY tablename";
        let rows = client.query(sql, &[&self.schema]).unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Another project that is as this one is, with a store of its own. Only a schema that is there already is filled again, which takes
    /// a tenth of the time that it takes to make one.
    pub(crate) fn become_as(&mut self, other: &Self) {
        let store = self.project.variable("DUBAN_STORE").unwrap().to_string();
        self.project = other.project.copy().set("DUBAN_STORE", &store);
        let mut client = self.client();
        let (own, wanted) = (self.tables(&mut client), other.tables(&mut client));
        let (to, from) = (&self.schema, &other.schema);
        let mut sql = String::new();
        if own != wanted {
            sql += &format!("DROP SCHEMA IF EXISTS \"{to}\" CASCADE;");
            if !wanted.is_empty() {
                sql += &format!("CREATE SCHEMA \"{to}\";");
            }
        }
        for table in &wanted {
            sql += &match own == wanted {
                true => format!("DELETE FROM \"{to}\".{table};"),
                false => format!(
                    "CREATE TABLE \"{to}\".{table} (LIKE \"{from}\".{table} INCLUDING ALL);"
                ),
            };
            sql += &format!("INSERT INTO \"{to}\".{table} SELECT * FROM \"{from}\".{table};");
        }
        client.batch_execute(&sql).unwrap();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let sql = format!("DROP SCHEMA IF EXISTS \"{}\" CASCADE", self.schema);
        // A test that fails since the server is gone says so itself.
        let _ = Client::connect(&self.url, NoTls).map(|mut client| client.batch_execute(&sql));
    }
}

/// A role of the server, which goes at the end.
pub(crate) struct Role<'s> {
    pub(crate) name: String,
    shared: &'s Shared,
}

impl<'s> Role<'s> {
    /// A member of that group.
    pub(crate) fn of(shared: &'s Shared, group: &str, rights: &str) -> Self {
        let mut client = shared.client();
        // Another test may have made the group, or makes it at this moment.
        let _ = client.batch_execute(&format!("CREATE ROLE {group}"));
        let name = format!("r{}", Uuid::new_v4().simple());
        let sql = format!("CREATE ROLE {name} LOGIN {rights} IN ROLE {group}");
        client.batch_execute(&sql).unwrap();
        Self { name, shared }
    }
}

impl Drop for Role<'_> {
    fn drop(&mut self) {
        let sql = format!("DROP ROLE {}", self.name);
        let _ =
            Client::connect(&self.shared.url, NoTls).map(|mut client| client.batch_execute(&sql));
    }
}
