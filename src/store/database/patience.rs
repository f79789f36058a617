//! How long to wait for others, and how often to try meanwhile.

use std::thread;
use std::time::{Duration, Instant};

/// How long whoever wants to write waits for somebody else.
pub(in crate::store) const PATIENCE: Duration = Duration::from_secs(60);

/// Waits before the attempt of that number: a little longer each time, up to thirty-two times as long as at first, and never as long
/// as its neighbour, so that fifty who wait do not wake at once. Gives `false` once it was tried for long enough.
pub(super) fn patient(first: Duration) -> impl FnMut(i32) -> bool + Send + 'static {
    let first = u64::try_from(first.as_micros()).unwrap_or(u64::MAX);
    let mut since = Instant::now();
    let mut dice = u64::from(std::process::id()) ^ 0x9E37_79B9_7F4A_7C15;
    move |attempt| {
        if attempt == 0 {
            since = Instant::now();
        }
        if since.elapsed() > PATIENCE {
            return false;
        }
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let most = first << attempt.clamp(0, 5);
        thread::sleep(Duration::from_micros(most / 2 + dice % most));
        true
    }
}
