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

/// A text in which every run of seven or more digits that could be a telephone number is masked.
pub fn text(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        if run.len() == 11 && run.starts_with('1') {
            masked.push_str(&phone(&run))
        } else {
            masked.push_str(&run)
        }
        run.clear();
        if c != '\0' {
            masked.push(c);
        }
    }
    masked
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
    fn mobile_numbers_in_a_text_are_masked_and_codes_are_not() {
        assert_eq!(super::text("找 13812341234 问"), "找 138****1234 问");
        assert_eq!(super::text("511902101001"), "511902101001");
    }
}
