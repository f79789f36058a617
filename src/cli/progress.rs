//! The progress bar of long work: on standard error, and only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::context::Context;

/// A bar that counts up to `total`; it draws nothing where standard error is no terminal.
pub(super) fn bar(context: &Context, total: u64, id: &str) -> ProgressBar {
    let target = if context.world.terminal.stderr && !context.globals.quiet {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len}") {
        bar.set_style(style.progress_chars("#>-"));
    }
    bar.set_message(context.words().text(id));
    bar
}
