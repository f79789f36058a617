//! Masking of personal data: telephone numbers keep their first three and last four digits.

/// A telephone number as it may be shown: `138****1234`. Short numbers keep their last two digits.
pub fn phone(number: &str) -> String {
    let digits: Vec<char> = number
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    let (head, tail) = if digits.len() >= 9 {
        (3, 4)
    } else {
        (0, digits.len().min(2))
    };
    let hidden = digits.len().saturating_sub(head + tail);
    let stars = "*".repeat(hidden.clamp(usize::from(!digits.is_empty()), 4));
    let first: String = digits.iter().take(head).collect();
    let last: String = digits.iter().skip(digits.len() - tail).collect();
    if digits.is_empty() {
        String::new()
    } else {
        format!("{first}{stars}{last}")
    }
}

/// A text in which what could be a telephone number is masked: a mobile number, plain, in groups or behind `86`, and a
/// landline with its area code. Codes of units, amounts and dates are no such numbers.
pub fn text(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        masked.push_str(&rest[..start]);
        rest = &rest[start..];
        // Digits in groups, each behind one blank or hyphen.
        let mut ends = Vec::new();
        let bytes = rest.as_bytes();
        let mut end = 0;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += bytes[end..]
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .count();
            ends.push(end);
            end += usize::from(matches!(bytes.get(end), Some(b' ' | b'-')));
        }
        let number = ends.iter().rev().find(|end| is_phone(&rest[..**end]));
        let taken = match number {
            Some(end) => {
                let number = &rest[..*end];
                let country = if number.starts_with("86") { "86" } else { "" };
                masked.push_str(country);
                masked.push_str(&phone(&number[country.len()..]));
                *end
            }
            None => {
                masked.push_str(&rest[..ends[0]]);
                ends[0]
            }
        };
        rest = &rest[taken..];
    }
    masked.push_str(rest);
    masked
}

/// Whether digits in groups are a telephone number.
fn is_phone(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<&str> = number.split([' ', '-']).collect();
    let mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1');
    match groups.as_slice() {
        [_] => mobile(&digits) || digits.strip_prefix("86").is_some_and(mobile),
        ["86", ..] => mobile(&digits[2..]),
        // An area code begins with 0: 0827-5225566, 010-12345678.
        [area, line] if area.starts_with('0') => {
            matches!(area.len(), 3 | 4) && matches!(line.len(), 7 | 8)
        }
        [one, two, three] => (one.len(), two.len(), three.len()) == (3, 4, 4) && mobile(&digits),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_keeps_its_ends_alone() {
        assert_eq!(super::phone("13812341234"), "138****1234");
        assert_eq!(super::phone("0827-5225566"), "082****5566");
        assert_eq!(super::phone("120"), "*20");
        assert_eq!(super::phone(""), "");
    }

    #[test]
    fn numbers_in_a_text_are_masked_however_they_are_written() {
        for (text, masked) in [
            ("找 13812341234 问", "找 138****1234 问"),
            ("电话:138-1234-1234。", "电话:138****1234。"),
            ("138 1234 1234", "138****1234"),
            ("+8613812341234", "+86138****1234"),
            ("+86 138 1234 1234", "+86138****1234"),
            (
                "座机0827-5225566,手机13812341234",
                "座机082****5566,手机138****1234",
            ),
            ("010-12345678", "010****5678"),
        ] {
            assert_eq!(super::text(text), masked, "{text}");
        }
    }

    #[test]
    fn codes_days_and_amounts_in_a_text_are_not() {
        for text in [
            "511902101001",
            "2020-06-30 12 张",
            "2020-06-30至2020-07-08",
            "12/20",
            "20 20 20",
            "图 3-12345678",
            "",
        ] {
            assert_eq!(super::text(text), text);
        }
    }
}
