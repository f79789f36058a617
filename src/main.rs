//! The thin binary: real arguments, real streams, real clock; the rest is [`duban::run`].

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use duban::{Terminal, World};

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock and the environment are read"
)]
fn main() -> ExitCode {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let terminal = Terminal {
        stdin: io::stdin().is_terminal(),
        stdout: io::stdout().is_terminal(),
        stderr: io::stderr().is_terminal(),
    };
    let width = terminal
        .stdout
        .then(comfy_table::Table::new)
        .and_then(|table| table.width())
        .map(usize::from);
    // Not locked for good: a thread that panics says so here, and would wait for ever.
    let mut stderr = io::stderr();
    let mut stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let world = World {
        variables: variables.collect(),
        folder: std::env::current_dir().unwrap_or_default(),
        stdin: &mut io::stdin().lock(),
        stdout: &mut stdout,
        stderr: &mut stderr,
        terminal,
        width,
        now: i64::try_from(now).unwrap_or(i64::MAX),
        random: || uuid::Uuid::new_v4().into_bytes(),
    };
    let exit = duban::run(std::env::args_os().collect(), world);
    let _ = stdout.flush();
    ExitCode::from(exit.code())
}
