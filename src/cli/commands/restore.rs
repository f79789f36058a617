//! `restore`.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::ops;

/// Arguments of `restore`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A backup
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,
    /// A folder that does not exist or is empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Unpacks a backup.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let folder = context.path(&args.folder);
    let manifest = ops::restore(&context.path(&args.file), &folder)?;
    let path = folder.display().to_string();
    let values = [
        ("files", manifest.files.len().into()),
        ("at", manifest.at.as_str().into()),
        ("path", path.as_str().into()),
    ];
    context.say("talk-restored", &values)?;
    Ok(Exit::Done)
}
