//! The pieces of something long, rendered by several threads and written in order.

use std::io::{self, Write};
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

/// How many pieces of a thread may wait in memory to be written, besides the one in hand.
const AHEAD: usize = 2;

/// Writes every piece as `render` does. Where there are several, each thread takes every so-many-th.
///
/// # Errors
/// What writing or `render` runs into.
pub(super) fn write<P: Send>(
    out: &mut dyn Write,
    pieces: Vec<P>,
    render: impl Fn(P, &mut dyn Write) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let most = match pieces.len() {
        0 | 1 => 1,
        _ => thread::available_parallelism().map_or(1, usize::from),
    };
    write_by(most, out, pieces, render)
}

/// As [`write()`], by at most so many threads.
fn write_by<P: Send>(
    most: usize,
    out: &mut dyn Write,
    pieces: Vec<P>,
    render: impl Fn(P, &mut dyn Write) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let (count, threads) = (pieces.len(), most.clamp(1, pieces.len().max(1)));
    let mut shares: Vec<Vec<P>> = Vec::new();
    shares.resize_with(threads, Vec::new);
    for (at, piece) in pieces.into_iter().enumerate() {
        shares[at % threads].push(piece);
    }
    let mut shares = shares.into_iter();
    let mut own = shares.next().unwrap_or_default().into_iter();
    let render = &render;
    thread::scope(|scope| {
        let mut others = Vec::new();
        for share in shares {
            let (sender, receiver) = sync_channel(AHEAD);
            let work = move || {
                // Says that it has begun. It ends as soon as nobody waits for what it makes.
                let mut made = Vec::new();
                for piece in share {
                    let room = made.len();
                    if sender.send(made).is_err() {
                        return Ok(());
                    }
                    made = Vec::with_capacity(room);
                    render(piece, &mut made)?;
                }
                let _ = sender.send(made);
                Ok::<(), io::Error>(())
            };
            others.push((receiver, scope.spawn(work)));
        }
        // A thread is begun on the core of the one that begins it, and may wait there though others idle; so all are waited for.
        for (begun, _) in &others {
            let _ = begun.recv();
        }
        for at in 0..count {
            match at % threads {
                0 => own.next().map_or(Ok(()), |piece| render(piece, out))?,
                other => match others[other - 1].0.recv() {
                    Ok(made) => out.write_all(&made)?,
                    Err(_) => break,
                },
            }
        }
        for (receiver, other) in others {
            drop(receiver);
            other.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(piece: std::ops::Range<u32>, out: &mut dyn Write) -> io::Result<()> {
        piece.into_iter().try_for_each(|n| writeln!(out, "{n}"))
    }

    #[test]
    fn pieces_come_in_order_however_many_threads_make_them() {
        for (threads, count) in [(1, 3), (2, 0), (2, 1), (2, 7), (3, 20), (8, 5)] {
            let pieces = (0..count).map(|at| at * 100..at * 100 + at % 3 * 40);
            let mut wanted = Vec::new();
            for piece in pieces.clone() {
                lines(piece, &mut wanted).unwrap();
            }
            let mut out = Vec::new();
            write_by(threads, &mut out, pieces.collect(), lines).unwrap();
            assert_eq!(out, wanted, "{threads} threads, {count} pieces");
        }
    }

    /// A pipe that is closed after so many writes.
    struct Closing(usize);

    impl Write for Closing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(1).ok_or(io::ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_ends_it_at_once() {
        for writes in [0, 1, 50, 130] {
            let pieces = (0..100).map(|at| at..at + 100).collect();
            let error = write_by(3, &mut Closing(writes), pieces, lines).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        }
    }

    #[test]
    fn an_error_in_any_thread_is_one_of_all() {
        for bad in [0, 1, 2, 50] {
            let render = |at: u32, _: &mut dyn Write| match at == bad {
                true => Err(io::ErrorKind::InvalidData.into()),
                false => Ok(()),
            };
            let all = write_by(3, &mut Vec::new(), (0..100).collect(), render);
            assert_eq!(all.unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
    }

    #[test]
    fn a_panic_in_any_thread_is_one_of_all() {
        for bad in [0, 1, 2, 50] {
            let render = |at: u32, out: &mut dyn Write| {
                assert!(at != bad, "that piece is bad");
                writeln!(out, "{at}")
            };
            let all = || write_by(3, &mut Vec::new(), (0..100).collect(), render);
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(all));
            assert!(panicked.is_err());
        }
    }
}
