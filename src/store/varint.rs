//! Numbers in as few bytes as they need: seven bits a byte, low bits first; signed ones zigzag.

/// Bytes that are no page of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PageError {
    /// They end too soon, or a number is too long.
    #[error("a page ends too soon")]
    Cut,
    /// A version or kind that is unknown.
    #[error("a page holds something unknown")]
    Unknown,
}

/// Takes an unsigned number off the front.
#[inline(always)]
pub(crate) fn take(bytes: &mut &[u8]) -> Result<u64, PageError> {
    match *bytes {
        [first, rest @ ..] if *first < 0x80 => {
            *bytes = rest;
            Ok(u64::from(*first))
        }
        [first, second, rest @ ..] if *second < 0x80 => {
            *bytes = rest;
            Ok(u64::from(*first & 0x7F) | u64::from(*second) << 7)
        }
        [first, second, third, rest @ ..] if *third < 0x80 => {
            *bytes = rest;
            let low = u64::from(*first & 0x7F) | u64::from(*second & 0x7F) << 7;
            Ok(low | u64::from(*third) << 14)
        }
        _ => take_long(bytes),
    }
}

#[inline(never)]
fn take_long(bytes: &mut &[u8]) -> Result<u64, PageError> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7F) << (7 * at);
        if *byte < 0x80 {
            *bytes = &bytes[at + 1..];
            return Ok(number);
        }
    }
    Err(PageError::Cut)
}

/// Takes a signed number off the front.
#[inline(always)]
pub(crate) fn take_signed(bytes: &mut &[u8]) -> Result<i64, PageError> {
    let number = take(bytes)?;
    Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
}

/// Puts an unsigned number at the end.
#[inline]
pub(crate) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Puts a signed number at the end.
#[inline]
pub(crate) fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_they_were_put() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, 1 << 40, u64::MAX] {
            let mut out = Vec::new();
            put(&mut out, number);
            assert_eq!(take(&mut &out[..]), Ok(number));
            assert_eq!(take(&mut &out[..out.len() - 1]), Err(PageError::Cut));
        }
        for number in [0, 1, -1, 63, -64, 64, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            put_signed(&mut out, number);
            assert_eq!(take_signed(&mut &out[..]), Ok(number));
        }
        assert_eq!(take(&mut &[0x80; 11][..]), Err(PageError::Cut));
    }
}
