//! The pieces of a long table or list: several threads lay them out, and they are written in order.

use std::io::{self, Write};

use crate::document::{PIECE, Piece};
use crate::parallel;

/// Hands out rows in order, as many at a time as it likes, and all of them again when it is called again.
pub(crate) type Rows<'a, T> = &'a dyn Fn(&mut dyn FnMut(&[T]) -> io::Result<()>) -> io::Result<()>;

/// Works on rows piece by piece and hands the results to `take`, in order.
///
/// # Errors
/// What `rows`, `work` or `take` runs into.
pub(super) fn of<T: Sync, R: Send>(
    rows: Rows<'_, T>,
    work: impl Fn(&[T]) -> io::Result<R> + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    rows(&mut |rows| {
        let pieces = rows.chunks(PIECE).collect();
        parallel::in_order(parallel::threads(), pieces, &work, &mut take)
    })
}

/// Writes every piece as `render` does.
///
/// # Errors
/// What writing or `render` runs into.
pub(super) fn write(
    out: &mut dyn Write,
    pieces: Vec<Piece<'_>>,
    render: impl Fn(Piece<'_>, &mut dyn Write) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let threads = parallel::threads();
    if pieces.len() < 2 || threads < 2 {
        return pieces.into_iter().try_for_each(|piece| render(piece, out));
    }
    let work = |piece| {
        let mut made = Vec::new();
        render(piece, &mut made)?;
        Ok(made)
    };
    parallel::in_order(threads, pieces, work, |made| out.write_all(&made))
}
