//! The thin binary: real arguments, real streams, real clock; the rest is [`duban::run`].

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use duban::{Colour, Terminal, World};

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
    let colour = Colour {
        stdout: welcomes_colour(&io::stdout()),
        stderr: welcomes_colour(&io::stderr()),
    };
    let width = terminal
        .stdout
        .then(comfy_table::Table::new)
        .and_then(|table| table.width())
        .map(usize::from);
    // Not locked for good: a thread that panics says so here, and would wait for ever.
    // What is written has colour only where it is to be seen; an old Windows console is still told of it in its own way.
    let mut stderr = AutoStream::always(io::stderr());
    let stdout = AutoStream::always(io::stdout().lock());
    let mut stdout = BufWriter::with_capacity(1 << 16, stdout);
    let world = World {
        variables: variables.collect(),
        folder: std::env::current_dir().unwrap_or_default(),
        stdin: &mut io::stdin().lock(),
        stdout: &mut stdout,
        stderr: &mut stderr,
        terminal,
        colour,
        width,
        now: i64::try_from(now).unwrap_or(i64::MAX),
        random: || uuid::Uuid::new_v4().into_bytes(),
    };
    let exit = duban::run(std::env::args_os().collect(), world);
    let _ = stdout.flush();
    ExitCode::from(exit.code())
}

/// Whether a stream shows colour by what its terminal can and its user asked for in the usual variables.
fn welcomes_colour(stream: &impl RawStream) -> bool {
    AutoStream::choice(stream) != ColorChoice::Never
}
