//! Work on many pieces by several threads, whose results come in the order of the pieces. It knows nothing of what the pieces are.
//!
//! The standard library's scoped threads are enough: a command does this once, with pieces that each take milliseconds, so a pool that
//! outlives it would buy nothing.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// How many results of a thread may wait to be taken, besides the one in hand. This bounds the memory of a long table that is written
/// into a slow pipe.
const AHEAD: usize = 2;

/// How many threads this machine has room for.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does `work` on every piece and hands the results to `take`, on the calling thread and in the order of the pieces. At most so many
/// threads work, the calling one among them.
///
/// # Errors
/// The first error of `take` or of the calling thread's own work; else that of another thread. Work that has not begun then is left.
pub(crate) fn in_order<P: Send, R: Send, E: Send>(
    threads: usize,
    pieces: Vec<P>,
    work: impl Fn(P) -> Result<R, E> + Sync,
    take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    in_order_with(threads, pieces, &work, |turns| turns.each(&work), take)
}

/// As [`in_order`], where each thread needs something of its own to work with, which threads cannot share: `own` is the calling thread's
/// work on a piece; `other` is called once in every other thread, makes ready what that one needs, and then works by [`Turns::each`].
///
/// # Errors
/// As [`in_order`], and what `other` runs into before it works.
pub(crate) fn in_order_with<P: Send, R: Send, E: Send>(
    threads: usize,
    pieces: Vec<P>,
    mut own: impl FnMut(P) -> Result<R, E>,
    other: impl Fn(Turns<'_, P, R>) -> Result<(), E> + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.min(pieces.len());
    if threads < 2 {
        return pieces.into_iter().try_for_each(|piece| take(own(piece)?));
    }
    let queue = &Queue(Mutex::new(pieces.into_iter().enumerate()));
    // A thread is begun on the core of the one that begins it, and may wait there until that one rests, though others idle; one that is
    // woken goes where there is room. So all wait for each other first.
    let (other, ready) = (&other, &Gate::default());
    thread::scope(|scope| {
        let (results, made) = sync_channel((threads - 1) * AHEAD);
        // Where the system has no thread to give, fewer do it, the calling one alone at the least.
        let others: Vec<_> = (1..threads)
            .map_while(|_| {
                let results = results.clone();
                let begun = thread::Builder::new().spawn_scoped(scope, move || {
                    ready.wait();
                    let done = other(Turns { queue, results });
                    if done.is_err() {
                        queue.clear();
                    }
                    done
                });
                begun.ok()
            })
            .collect();
        drop(results);
        ready.open(others.len() + 1);
        // What came before its turn to be taken, by place.
        let (mut early, mut next) = (BTreeMap::new(), 0);
        let mut put = |(at, result)| -> Result<(), E> {
            early.insert(at, result);
            while let Some(result) = early.remove(&next) {
                next += 1;
                take(result)?;
            }
            Ok(())
        };
        while let Some((at, piece)) = queue.next() {
            let result = own(piece).inspect_err(|_| queue.clear())?;
            put((at, result))?;
            made.try_iter().try_for_each(&mut put)?;
        }
        made.iter().try_for_each(&mut put)?;
        drop(made);
        others
            .into_iter()
            .try_for_each(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Where threads wait for each other, when only after the last it is known how many could be begun.
#[derive(Default)]
struct Gate {
    /// How many have come, and how many will.
    state: Mutex<(usize, Option<usize>)>,
    changed: Condvar,
}

impl Gate {
    fn wait(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 += 1;
        self.changed.notify_all();
        let early = |state: &mut (usize, Option<usize>)| state.1.is_none_or(|all| state.0 < all);
        let waited = self.changed.wait_while(state, early);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// Says how many will come, and waits as one of them.
    fn open(&self, all: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.1 = Some(all);
        drop(state);
        self.wait();
    }
}

/// Pieces that nobody has begun yet, each with its place. Threads take the next one when they are through with another, so that one that
/// begins late or is slowed down takes fewer.
struct Queue<P>(Mutex<std::iter::Enumerate<std::vec::IntoIter<P>>>);

impl<P> Queue<P> {
    fn next(&self) -> Option<(usize, P)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    /// Leaves what is still there undone.
    fn clear(&self) {
        while self.next().is_some() {}
    }
}

/// A thread's share of the pieces, and where its results go.
pub(crate) struct Turns<'a, P, R> {
    queue: &'a Queue<P>,
    results: SyncSender<(usize, R)>,
}

impl<P, R> Turns<'_, P, R> {
    /// Works on one piece after another until none is left, or nobody waits for results any more.
    ///
    /// # Errors
    /// The first error of `work`.
    pub(crate) fn each<E>(self, mut work: impl FnMut(P) -> Result<R, E>) -> Result<(), E> {
        while let Some((at, piece)) = self.queue.next() {
            if self.results.send((at, work(piece)?)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn all(threads: usize, pieces: Vec<u32>) -> Result<Vec<u32>, &'static str> {
        let mut taken = Vec::new();
        let work = |piece: u32| match piece {
            7777 => Err("work"),
            piece => Ok(piece * 2),
        };
        in_order(threads, pieces, work, |result| {
            taken.push(result);
            Ok(())
        })?;
        Ok(taken)
    }

    #[test]
    fn results_come_in_order_however_many_threads_work() {
        for (threads, count) in [(0, 2), (1, 3), (2, 0), (2, 1), (2, 7), (3, 200), (8, 5)] {
            let wanted = (0..count).map(|piece| piece * 2).collect();
            assert_eq!(all(threads, (0..count).collect()), Ok(wanted), "{threads}");
        }
    }

    #[test]
    fn an_error_of_any_thread_is_one_of_all() {
        for threads in [1, 3] {
            for bad in [0, 1, 2, 50, 99] {
                let mut pieces: Vec<u32> = (0..100).collect();
                pieces[bad] = 7777;
                assert_eq!(all(threads, pieces), Err("work"));
            }
        }
    }

    #[test]
    fn when_nobody_takes_results_any_more_work_ends() {
        for limit in [0, 1, 50] {
            let (begun, mut left) = (AtomicUsize::new(0), limit);
            let work = |piece: usize| {
                begun.fetch_add(1, Ordering::Relaxed);
                Ok(piece)
            };
            let take = |_| match left {
                0 => Err("closed"),
                _ => {
                    left -= 1;
                    Ok(())
                }
            };
            let done = in_order(3, (0..100_000).collect(), work, take);
            assert_eq!(done, Err("closed"));
            assert!(begun.into_inner() < 100_000);
        }
    }

    #[test]
    fn a_panic_of_any_thread_is_one_of_all() {
        for bad in [0, 1, 2, 50] {
            let work = |piece: u32| {
                assert!(piece != bad, "that piece is bad");
                Ok::<_, ()>(piece)
            };
            let all = || in_order(3, (0..100).collect(), work, |_| Ok(()));
            assert!(catch_unwind(AssertUnwindSafe(all)).is_err(), "{bad}");
        }
    }

    #[test]
    fn each_thread_may_have_something_of_its_own() {
        let (begun, mut taken, mut mine) = (AtomicUsize::new(0), Vec::new(), 0);
        let own = |piece: u32| {
            mine += 1;
            Ok::<_, ()>(piece)
        };
        let other = |turns: Turns<'_, u32, u32>| {
            let number = begun.fetch_add(1, Ordering::Relaxed);
            let here = std::cell::Cell::new(number);
            turns.each(|piece| {
                here.set(here.get() + 1);
                Ok(piece)
            })
        };
        let take = |result| {
            taken.push(result);
            Ok(())
        };
        in_order_with(4, (0..500).collect(), own, other, take).unwrap();
        assert_eq!(taken, (0..500).collect::<Vec<_>>());
        assert_eq!(begun.into_inner(), 3);
    }
}
