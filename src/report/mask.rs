//! Masking of personal data: telephone numbers keep their first three and last four digits.

use std::borrow::Cow;

/// A telephone number as it may be shown: `138****1234`. Short numbers keep their last two digits.
pub(crate) fn phone(number: &str) -> String {
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

/// What a plan says was decided, key by key, and by whom.
pub(crate) fn decided(decided: &[(String, String)]) -> Vec<(String, String)> {
    let decided = decided.iter();
    decided.map(|(key, who)| (key.clone(), text(who))).collect()
}

/// A text in which what could be a telephone number is masked: a mobile number, plain, in groups or behind `86`, and a
/// landline with its area code, in ASCII or in full-width digits. Codes of units, amounts and dates are no such numbers.
pub(crate) fn text(text: &str) -> String {
    lent(text).into_owned()
}

/// As [`text()`], without a copy where there is nothing to mask.
pub(crate) fn lent(text: &str) -> Cow<'_, str> {
    let is_digit = |letter| digit(letter).is_some();
    let Some(first) = text.find(is_digit) else {
        return Cow::Borrowed(text);
    };
    let mut masked = String::with_capacity(text.len());
    masked.push_str(&text[..first]);
    let mut rest = &text[first..];
    loop {
        let groups = groups(rest);
        let taken = |many: usize| groups[many - 1].1;
        let phone_of = |many: &usize| is_phone(&groups[..*many]);
        rest = if let Some(many) = (1..=groups.len()).rev().find(phone_of) {
            let number: String = groups[..many].iter().map(|(digits, _)| &**digits).collect();
            let country = if number.starts_with("86") { "86" } else { "" };
            // A bracket that the number closes goes with it.
            if rest[..taken(many)].contains([')', '）']) && masked.ends_with(['(', '（']) {
                masked.pop();
            }
            masked.push_str(country);
            masked.push_str(&phone(&number[country.len()..]));
            &rest[taken(many)..]
        } else {
            masked.push_str(&rest[..taken(1)]);
            &rest[taken(1)..]
        };
        let next = rest.find(is_digit).unwrap_or(rest.len());
        masked.push_str(&rest[..next]);
        rest = &rest[next..];
        if rest.is_empty() {
            return Cow::Owned(masked);
        }
    }
}

/// Somebody's name as it may be shown; `None` where there is none. Rosters often have a telephone number beside it.
pub(crate) fn name(name: &str) -> Option<String> {
    Some(text(name)).filter(|name| !name.is_empty())
}

/// A decimal digit, which an input method may have made as wide as a Han letter.
fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10),
        _ => None,
    }
}

/// The digits at the start of a text in groups, one or two marks apart, each with where it ends.
fn groups(text: &str) -> Vec<(String, usize)> {
    let mark = |letter: &char| " -.()/·\u{3000}－–—（）".contains(*letter);
    let mut groups = Vec::new();
    let mut end = 0;
    loop {
        let digits: Vec<char> = text[end..].chars().map_while(digit).collect();
        if digits.is_empty() {
            return groups;
        }
        let wide = text[end..].chars().take(digits.len());
        end += wide.map(char::len_utf8).sum::<usize>();
        groups.push((digits.iter().collect(), end));
        let marks = text[end..].chars().take_while(mark).take(2);
        end += marks.map(char::len_utf8).sum::<usize>();
    }
}

/// Whether digits in groups are a telephone number.
fn is_phone(groups: &[(String, usize)]) -> bool {
    let groups: Vec<&str> = groups.iter().map(|(digits, _)| &**digits).collect();
    let number = groups.concat();
    let lengths: Vec<usize> = groups.iter().map(|digits| digits.len()).collect();
    let mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1');
    match (groups.as_slice(), lengths.as_slice()) {
        (["86", ..], _) => mobile(&number[2..]),
        // An area code begins with 0 and has three digits or four, the number after it seven or eight: 0827-5225566.
        ([one], _) if one.starts_with('0') => matches!(one.len(), 11 | 12),
        ([area, ..], [3 | 4, 7 | 8] | [3 | 4, 3 | 4, 4]) if area.starts_with('0') => true,
        ([one], _) => mobile(one) || one.strip_prefix("86").is_some_and(mobile),
        (_, [3, 4, 4] | [3, 8] | [7, 4] | [3, 2, 2, 2, 2]) => mobile(&number),
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
            ("(0827)5225566", "082****5566"),
            ("（１３８）１２３４－５６７８", "138****5678"),
            ("010-1234-5678", "010****5678"),
            ("08275225566", "082****5566"),
            ("0827 522 5566", "082****5566"),
            ("(0827) 522-5566", "082****5566"),
            ("138—1234—5678", "138****5678"),
            ("138·1234·5678", "138****5678"),
            ("139/1234/5678", "139****5678"),
            ("1381234 5678", "138****5678"),
            ("138 12 34 56 78", "138****5678"),
            ("张三 138 12341234", "张三 138****1234"),
            ("张三１３８１２３４１２３４", "张三138****1234"),
            ("138.1234.1234、13912341234", "138****1234、139****1234"),
            ("2020-06-30 13812341234", "2020-06-30 138****1234"),
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
            "１２ 张",
            "第3期",
            "150 2020-06-30",
            "0.5 12",
            "2020.06.30/12",
            "",
        ] {
            assert_eq!(super::text(text), text);
        }
    }
}
