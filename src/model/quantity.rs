//! Amounts as people write them: `20`, `２０`, `20张`, `1,020`, `二十`.

use std::str::FromStr;

use super::decimal::{Decimal, DecimalError};

/// An amount with the measure that was written behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// How much.
    pub number: Decimal,
    /// Of what, as it was written.
    pub measure: Option<String>,
}

impl FromStr for Quantity {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let text: String = text.trim().chars().map(narrow).collect();
        let plain = |c: char| c.is_ascii_digit() || ".,+-".contains(c);
        let end = text.find(|c| !plain(c)).unwrap_or(text.len());
        let (number, rest) = if end > 0 {
            (without_commas(&text[..end])?.parse()?, &text[end..])
        } else {
            let (number, length) = han(&text).ok_or(DecimalError::Form)?;
            (Decimal::from_whole(number)?, &text[length..])
        };
        let (number, measure) = match rest.trim() {
            "万" => (
                number.times(Decimal::from_whole(10_000)?).within_range()?,
                "",
            ),
            measure => (number, measure),
        };
        // `20-30`, `1e9`, `3人5次`: more than one number is no amount.
        if measure.contains(|c: char| c.is_numeric() || is_han_digit(c)) {
            return Err(DecimalError::Form);
        }
        Ok(Self {
            number,
            measure: (!measure.is_empty()).then(|| measure.to_string()),
        })
    }
}

/// The number of an amount, whatever it is measured in.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    text.parse().ok().map(|amount: Quantity| amount.number)
}

/// The character without the width that Chinese input methods give it.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' => '-',
        c => c,
    }
}

/// A number without the commas between its thousands, which stand there or nowhere.
fn without_commas(text: &str) -> Result<String, DecimalError> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let first = first.trim_start_matches(['+', '-']);
    let mut rest = groups.peekable();
    let grouped = rest.peek().is_some();
    if (grouped && !(1..=3).contains(&first.len()))
        || rest.any(|group| group.len() != 3)
        || places.contains(',')
    {
        return Err(DecimalError::Form);
    }
    Ok(text.replace(',', ""))
}

fn is_han_digit(c: char) -> bool {
    digit(c).is_some()
}

fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The number in Han characters at the start of a text, and how many bytes it takes: `二十`, `一百零五`, `三千`, `二〇二〇`.
pub(crate) fn han(text: &str) -> Option<(i64, usize)> {
    // What stands before 万, within the thousands, and the digit that waits for what it counts.
    let (mut large, mut small, mut waiting): (i64, i64, Option<i64>) = (0, 0, None);
    // Each place is below the one before: 百 after 千, never before it.
    let mut below = i64::MAX;
    // Whether 零 leads to the last digit: 一百二 is 120 in speech and 一百零二 is 102.
    let mut zero = false;
    let mut length = 0;
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            zero |= digit == 0;
            waiting = Some(match waiting {
                Some(before) if before > 0 || below == i64::MAX => {
                    before.checked_mul(10)?.checked_add(digit)?
                }
                _ => digit,
            });
        } else {
            let place = match c {
                '十' | '拾' => 10,
                '百' | '佰' => 100,
                '千' | '仟' => 1000,
                '万' => 10_000,
                _ => break,
            };
            let counted = waiting.take().filter(|digit| *digit > 0);
            // 二三十 is 20 or 30.
            if counted.is_some_and(|digits| digits > 9) {
                return None;
            }
            zero = false;
            if place == 10_000 {
                let all = small + counted.unwrap_or(0);
                if large > 0 || all == 0 {
                    waiting = counted;
                    break;
                }
                (large, small, below) = (all * place, 0, i64::MAX);
            } else {
                // 十 alone is 10; 百 and 千 need to be counted, or they begin a measure: 千克.
                let bare = place == 10 && small == 0 && large == 0;
                let Some(times) = counted.or(bare.then_some(1)).filter(|_| place < below) else {
                    waiting = counted;
                    break;
                };
                (small, below) = (small + times * place, place);
            }
        }
        length += c.len_utf8();
    }
    let last = waiting.filter(|digit| *digit > 0 && !zero);
    if last.is_some() && (below == i64::MAX && large > 0 || (100..i64::MAX).contains(&below)) {
        return None;
    }
    (length > 0).then(|| (large + small + waiting.unwrap_or(0), length))
}

#[cfg(test)]
mod tests {
    use super::Quantity;
    use crate::model::decimal::DecimalError;

    #[track_caller]
    fn case(text: &str, number: &str, measure: &str) {
        let amount: Quantity = text.parse().unwrap();
        assert_eq!(
            (
                amount.number.to_string().as_str(),
                amount.measure.as_deref().unwrap_or_default()
            ),
            (number, measure),
            "{text}"
        );
    }

    #[test]
    fn amounts_as_people_write_them() {
        case("20", "20", "");
        case(" 20 ", "20", "");
        case("２０", "20", "");
        case("1.5", "1.5", "");
        case("０．４５", "0.45", "");
        case("1,020", "1020", "");
        case("1，020", "1020", "");
        case("12,345,678.125", "12345678.125", "");
        case("-3", "-3", "");
        case("20张", "20", "张");
        case("20 张", "20", "张");
        case("1,020人", "1020", "人");
        case("267户", "267", "户");
        case("20kg", "20", "kg");
        case("45%", "45", "%");
    }

    #[test]
    fn numbers_in_han_characters() {
        case("十", "10", "");
        case("十五", "15", "");
        case("二十", "20", "");
        case("二十张", "20", "张");
        case("两百", "200", "");
        case("一百零五", "105", "");
        case("一百二十三人", "123", "人");
        case("一千零二十", "1020", "");
        case("三万", "30000", "");
        case("一万二千", "12000", "");
        case("十二万三千四百五十六", "123456", "");
        case("二〇二〇", "2020", "");
        case("贰拾", "20", "");
        case("零", "0", "");
        case("3万", "30000", "");
        case("二十千克", "20", "千克");
        case("20千克", "20", "千克");
        case("20万元", "20", "万元");
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "",
            "many",
            "约20张",
            "20-30",
            "1e9",
            "5.1E+11",
            "1,02",
            "1,0200",
            ",020",
            "1.0,0",
            "3人5次",
            "张",
            "百",
            "千克",
            "三人二次",
            "二三十",
            "一百二",
            "三万二",
            "1.2.3",
            "--2",
        ] {
            assert_eq!(text.parse::<Quantity>(), Err(DecimalError::Form), "{text}");
        }
        assert_eq!("1.2345".parse::<Quantity>(), Err(DecimalError::Places));
        assert_eq!(
            "9999999999999".parse::<Quantity>(),
            Err(DecimalError::Range)
        );
    }
}
