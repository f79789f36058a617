//! The password, where libpq looks for it: `PGPASSWORD`, else the first line that fits in `PGPASSFILE` or `~/.pgpass`.

use std::fs;
use std::path::{Path, PathBuf};

use postgres::Config;
use postgres::config::Host;

/// What a variable says, by its name.
pub(crate) type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What was found.
pub(super) enum Found {
    Password(String),
    /// A file, which others may read: it is not used.
    OpenToOthers(PathBuf),
    Nothing,
}

/// Looks for the password of that user on that server.
pub(super) fn find(config: &Config, variables: Variables<'_>) -> Found {
    if let Some(password) = variables("PGPASSWORD") {
        return Found::Password(password);
    }
    let Some(path) = file(variables) else {
        return Found::Nothing;
    };
    let Ok(text) = fs::read_to_string(&path) else {
        return Found::Nothing;
    };
    if is_open_to_others(&path) {
        return Found::OpenToOthers(path);
    }
    let port = config.get_ports().first().map(ToString::to_string);
    let wanted = [
        host(config),
        port.unwrap_or_default(),
        config.get_dbname().unwrap_or_default().to_string(),
        config.get_user().unwrap_or_default().to_string(),
    ];
    let found = text.lines().find_map(|line| password_in(line, &wanted));
    found.map_or(Found::Nothing, Found::Password)
}

fn file(variables: Variables<'_>) -> Option<PathBuf> {
    if let Some(named) = variables("PGPASSFILE") {
        return Some(named.into());
    }
    if cfg!(windows) {
        return variables("APPDATA")
            .map(|folder| Path::new(&folder).join("postgresql/pgpass.conf"));
    }
    variables("HOME").map(|folder| Path::new(&folder).join(".pgpass"))
}

/// The host, as the file names it: a socket is `localhost`.
fn host(config: &Config) -> String {
    match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        _ => "localhost".into(),
    }
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

/// The password in a line `host:port:database:user:password`, where the first four fit; `*` fits everything, and a backslash takes its
/// meaning from what follows.
fn password_in(line: &str, wanted: &[String; 4]) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let (mut fields, mut field) = (Vec::new(), String::new());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // All that follows the fourth colon is the password.
            ':' if fields.len() < wanted.len() => fields.push(std::mem::take(&mut field)),
            '\\' => field.extend(letters.next()),
            letter => field.push(letter),
        }
    }
    fields.push(field);
    let [own @ .., password] = fields.as_slice() else {
        return None;
    };
    let fits = |(own, wanted): (&String, &String)| own == "*" || own == wanted;
    (own.len() == wanted.len() && own.iter().zip(wanted).all(fits)).then(|| password.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(line: &str, password: Option<&str>) {
        let wanted = ["db.example", "5432", "census", "clerk"].map(String::from);
        assert_eq!(password_in(line, &wanted).as_deref(), password, "{line}");
    }

    #[test]
    fn a_line_fits_by_its_first_four_fields() {
        case("db.example:5432:census:clerk:secret", Some("secret"));
        case("*:*:*:*:secret", Some("secret"));
        case(r"*:*:*:clerk:a\:b\\c", Some(r"a:b\c"));
        case("*:*:*:clerk:a:b", Some("a:b"));
        case("other:5432:census:clerk:secret", None);
        case("db.example:5433:census:clerk:secret", None);
        case("# db.example:5432:census:clerk:secret", None);
        case("db.example:5432:census:clerk", None);
        case("", None);
    }
}
