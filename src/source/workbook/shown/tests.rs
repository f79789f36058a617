//! Formats with numbers in them, and what is read of each.

use super::{Format, PartOfDay, seen};

/// What is read of a number in that format: its digits where there is nothing about it.
#[track_caller]
fn case(code: &str, number: &str, wanted: Option<&str>) {
    let text = match Format::of(code) {
        None => Some(number.to_string()),
        Some(format) => format.text(number).map(|text| text.trim().to_string()),
    };
    assert_eq!(text.as_deref(), wanted, "{code} of {number}");
}

#[test]
fn a_number_is_read_as_its_format_shows_it_or_not_at_all() {
    for code in ["General", "@", "yyyy-mm-dd", "[h]:mm", "G/通用格式"] {
        assert_eq!(Format::of(code), None, "{code}");
        case(code, "12.6", Some("12.6"));
    }
    case("000", "1", Some("001"));
    case("000", "1234", Some("1234"));
    case("000000000000", "511902101201", Some("511902101201"));
    case("0,000", "5", Some("0005"));
    case("00.00", "6.3", Some("06.3"));
    case("0", "12", Some("12"));
    case("0", "12.6", None);
    case("0.0", "12.65", None);
    case("0.00", "12.6", Some("12.6"));
    case("#,##0", "1020", Some("1020"));
    case("#,##0.00_ ", "1020.5", Some("1020.5"));
    case("0_);[Red](0)", "12", Some("12"));
    case("0_);[Red](0)", "-12", None);
    case("0", "-12", Some("-12"));
    case("0;-0", "-12", Some("-12"));
    case("0;0", "-12", None);
    case("0;-0;;@", "0", None);
    case("#", "0", None);
    case("#", "3", Some("3"));
    case("0\"张\"", "20", Some("20张"));
    case("0张", "20", Some("20张"));
    case("0\"千克\"", "20", Some("20千克"));
    case("#,##0.0千米", "20.5", Some("20.5千米"));
    case("General\"份\"", "12", Some("12份"));
    case("\"约\"0", "20", Some("约20"));
    case("\\N0", "7", Some("N7"));
    case("[$¥-804]#,##0", "12", Some("¥12"));
    case("[红色]0", "12", Some("12"));
    for code in [
        ";;;",
        "0%",
        "0.00E+00",
        "0,",
        "0.0\"万\"",
        "0!.0,\"万\"",
        "# ?/?",
        "000-0000",
        "0\"0\"",
        "0\"千人\"",
        "0\"万元\"",
        "[>10]0;0",
        "[DBNum1]0",
        "[$-2010000]0",
        "\"x\"",
        "*-0",
    ] {
        case(code, "12", None);
    }
}

#[test]
fn texts_are_altered_by_formats_that_say_so() {
    for code in [";;;", "@\"村\"", "0;0;0;", "\"x\"@", "0;0;0;\"x\""] {
        assert!(
            Format::of(code).is_some_and(|format| format.alters_text),
            "{code}"
        );
    }
    for code in [
        "000",
        "0;-0;;@",
        "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
        "0;;",
    ] {
        assert!(
            Format::of(code).is_some_and(|format| !format.alters_text),
            "{code}"
        );
    }
}

#[test]
fn a_shown_text_is_read_where_it_shows_the_number() {
    for (number, shown, wanted) in [
        ("12", "12", Some("12")),
        ("12", "12.00", Some("12")),
        ("1020", "1,020", Some("1020")),
        ("12.6", "12,6", Some("12.6")),
        ("1020.5", "1.020,50", Some("1020.5")),
        ("1", "001", Some("001")),
        ("20", "20张", Some("20张")),
        ("20", "20千克", Some("20千克")),
        ("20", "20百帕", Some("20百帕")),
        ("20", "20千人", None),
        ("-3", "-3", Some("-3")),
        ("12.6", "13", None),
        ("0.5", "50%", None),
        ("0", "0%", None),
        ("1.2", "1.2万", None),
        ("12000", "12", None),
        ("12", "", None),
        ("0", "-", None),
        ("511902101201", "5.12E+11", None),
    ] {
        assert_eq!(
            seen(number, shown).as_deref(),
            wanted,
            "{number} shown {shown}"
        );
    }
}

#[test]
fn a_format_shows_a_whole_day_or_a_part_of_it() {
    let part = |code: &str| Format::of(code).and_then(|format| format.of_day);
    for code in [
        "yyyy-mm-dd",
        "yyyy/m/d h:mm",
        "[$-804]yyyy\"年\"m\"月\"d\"日\"",
        "[DBNum1]yyyy年m月d日",
        "m/d/yy h:mm AM/PM",
        "e/m/d",
        "[h]:mm:ss",
    ] {
        assert_eq!(part(code), None, "{code}");
    }
    for code in ["m\"月\"d\"日\"", "d-mmm", "m/d h:mm", "[$-409]d\\-mmm;@"] {
        assert_eq!(part(code), Some(PartOfDay::NoYear), "{code}");
    }
    for code in ["yyyy\"年\"m\"月\"", "mmm-yy", "yyyy.mm"] {
        assert_eq!(part(code), Some(PartOfDay::Month), "{code}");
    }
    for code in [
        "m\"月\"",
        "d\"日\"",
        "yyyy",
        "dddd",
        "yyyy dddd",
        "h:mm",
        "mm:ss",
        "d h:mm",
        "yyyy h:mm",
    ] {
        assert_eq!(part(code), Some(PartOfDay::Less), "{code}");
    }
}
