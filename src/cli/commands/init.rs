//! `init`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::zone::Zone;
use crate::query::Error;
use crate::source;
use crate::source::problem::say;
use crate::words::args;

/// Arguments of `init`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Plan file to create [default: duban.toml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes the skeleton; never over a file that is there.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    context.check_language()?;
    let lang = context.words().lang().tag();
    let zone = if lang == "zh-CN" {
        Zone::Offset(8 * 60)
    } else {
        Zone::UTC
    };
    let today = context.today_at(zone)?;
    let path = context.path(&args.file.unwrap_or_else(|| "duban.toml".into()));
    let unwritable = |cause| Error::Unwritable {
        path: path.clone(),
        cause,
    };
    let mut file = match std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
    {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let saying = say!("error-exists", path = path.display());
            return Err(saying.hint(say!("error-exists-hint")).into());
        }
        Err(error) => return Err(unwritable(error).into()),
    };
    file.write_all(source::plan::skeleton(lang, today).as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(unwritable)?;
    let shown = path.display().to_string();
    context.say("talk-init", &args!(path = shown.as_str()))?;
    Ok(Exit::Done)
}
