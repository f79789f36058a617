//! What number formats show of numbers: `000` shows 1 as 001, `0` shows 12.6 as 13, `;;;` shows nothing. A number is read as it is shown
//! where that is certain, and where it is not, people are told. The libraries that read the cells tell their values.

use std::sync::Arc;

/// The formats of a sheet's cells, as far as they may show anything else than digits.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// What each style of the workbook makes of numbers; `None` where these are shown by their digits.
    styles: Arc<[Option<Format>]>,
    /// Row, column and style of cells, ascending.
    cells: Vec<(u32, u32, u16)>,
}

impl Shown {
    pub(super) fn new(styles: Arc<[Option<Format>]>) -> Self {
        let cells = Vec::new();
        Self { styles, cells }
    }

    /// Notes the style of a cell.
    pub(super) fn add(&mut self, row: u32, column: u32, style: usize) {
        let odd = |style: usize| self.styles.get(style).is_some_and(Option::is_some);
        if let (true, Ok(style)) = (odd(style) || odd(0), u16::try_from(style)) {
            self.cells.push((row, column, style));
        }
    }

    /// The same, once all is noted.
    pub(super) fn arranged(mut self) -> Self {
        if !self.cells.is_sorted() {
            self.cells.sort_unstable();
        }
        self
    }

    /// The format of a cell. One without a style has the first.
    pub(super) fn format(&self, at: (u32, u32)) -> Option<&Format> {
        if self.styles.is_empty() {
            return None;
        }
        let place = |(r, c, _): &(u32, u32, u16)| (*r, *c);
        let found = self.cells.binary_search_by_key(&at, place);
        let style = found.map_or(0, |at| usize::from(self.cells[at].2));
        self.styles.get(style)?.as_ref()
    }
}

/// A number format that may show something else than a number's digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// For all numbers; or positive, negative and zero ones. `None` = nobody can be sure.
    sections: Vec<Option<Section>>,
    /// Whether texts are shown otherwise as well.
    pub(super) alters_text: bool,
    /// What is shown of a day, where that is not all of it.
    pub(super) of_day: Option<PartOfDay>,
}

/// What is shown of a day that is not shown as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartOfDay {
    /// Month and day: `6月24日`.
    NoYear,
    /// Year and month: `2020年6月`.
    Month,
    /// Less than that: `6月`, `24日`, `2020`, a weekday, a clock time.
    Less,
}

impl PartOfDay {
    /// The part in which these are shown; `None` for the whole.
    pub(super) const fn of(year: bool, month: bool, day: bool) -> Option<Self> {
        match (year, month, day) {
            (true, true, true) => None,
            (false, true, true) => Some(Self::NoYear),
            (true, true, false) => Some(Self::Month),
            _ => Some(Self::Less),
        }
    }
}

/// What is shown of a number: its digits between two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    before: String,
    after: String,
    digits: Digits,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Digits {
    /// None: the number is not shown.
    #[default]
    None,
    /// As they are.
    All,
    /// At least that many before the point, filled up with zeros, and at most so many behind it.
    Fixed { least: usize, places: usize },
}

impl Format {
    /// Understands the code of a format; `None` where it shows digits as they are, or whole days.
    pub(super) fn of(code: &str) -> Option<Self> {
        let mut sections = Vec::new();
        let mut alters_text = false;
        for (place, part) in parts(code).into_iter().enumerate() {
            let of_text = place == 3 || bare(part).contains('@');
            if of_text {
                alters_text = shown_letters(part).as_deref() != Some("@");
            } else if place == 0 && bare(part).contains(is_of_day) {
                let of_day = Some(part_of_day(&bare(part))?);
                let sections = vec![Some(Section {
                    digits: Digits::All,
                    ..Section::default()
                })];
                return Some(Self {
                    sections,
                    alters_text,
                    of_day,
                });
            } else {
                sections.push(Section::of(part));
            }
        }
        let all = Section {
            digits: Digits::All,
            ..Section::default()
        };
        // A format for texts alone shows numbers as they are.
        if sections.is_empty() {
            sections.push(Some(all.clone()));
        }
        (alters_text || sections != [Some(all)]).then_some(Self {
            sections,
            alters_text,
            of_day: None,
        })
    }

    /// What is shown of a number; `None` where that is something else, or not certain.
    pub(super) fn text(&self, number: &str) -> Option<String> {
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let zero = digits == "0";
        let section = match self.sections.as_slice() {
            [_, own, ..] if negative => own,
            [_, _, own, ..] if zero => own,
            [all, ..] => all,
            [] => return None,
        };
        let section = section.as_ref()?;
        let own = negative && self.sections.len() > 1;
        if own && section.before.trim() != "-" {
            return None;
        }
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let whole = match section.digits {
            Digits::All => whole.to_string(),
            Digits::Fixed {
                least,
                places: most,
            } if places.len() <= most
                && plain(whole)
                && plain(places)
                && (least > 0 || digits != "0") =>
            {
                format!("{whole:0>least$}")
            }
            _ => return None,
        };
        let sign = if negative && !own { "-" } else { "" };
        let point = if places.is_empty() { "" } else { "." };
        let Section { before, after, .. } = section;
        Some(format!("{sign}{before}{whole}{point}{places}{after}"))
    }
}

impl Section {
    fn of(code: &str) -> Option<Self> {
        let mut section = Self::default();
        let mut pattern = String::new();
        let mut rest = code;
        while let Some(c) = rest.chars().next() {
            if let Some(after) = general(rest) {
                if !pattern.is_empty() || section.digits == Digits::All {
                    return None;
                }
                section.digits = Digits::All;
                rest = after;
                continue;
            }
            if matches!(c, '0' | '#' | '?' | '.' | ',') {
                if !section.after.is_empty() || section.digits == Digits::All {
                    return None;
                }
                pattern.push(c);
                rest = &rest[1..];
                continue;
            }
            let (letters, after) = literal(rest)?;
            rest = after;
            match pattern.is_empty() && section.digits == Digits::None {
                true => section.before.push_str(&letters),
                false => section.after.push_str(&letters),
            }
        }
        if !pattern.is_empty() {
            section.digits = fixed(&pattern)?;
        }
        let sure = |text: &str| !text.contains(char::is_numeric) && !is_scale(text);
        (sure(&section.before) && sure(&section.after)).then_some(section)
    }
}

/// The digits that a pattern such as `#,##0.00` shows. A comma at its end shows thousands as one.
fn fixed(pattern: &str) -> Option<Digits> {
    let (whole, places) = pattern.split_once('.').unwrap_or((pattern, ""));
    if whole.ends_with(',') || places.contains([',', '.']) {
        return None;
    }
    let whole = whole.replace(',', "");
    let least = whole.find('0').map_or(0, |at| whole.len() - at);
    let places = places.len();
    Some(Digits::Fixed { least, places })
}

/// The next piece of a format that is shown as it stands, and what follows it; `None` for what shows anything else.
fn literal(code: &str) -> Option<(String, &str)> {
    let mut chars = code.chars();
    let c = chars.next()?;
    let shown = match c {
        '"' => {
            let (letters, rest) = chars.as_str().split_once('"')?;
            return Some((letters.to_string(), rest));
        }
        '\\' | '!' => chars.next()?.to_string(),
        // A blank as wide as the next letter.
        '_' => {
            chars.next()?;
            " ".to_string()
        }
        // The next letter as often as the cell is wide.
        '*' => match chars.next()? {
            ' ' => " ".to_string(),
            _ => return None,
        },
        '[' => {
            let (inner, rest) = chars.as_str().split_once(']')?;
            return Some((bracket(inner)?, rest));
        }
        c if c.is_ascii_alphanumeric() || matches!(c, '%' | '@' | '/') => return None,
        c => c.to_string(),
    };
    Some((shown, chars.as_str()))
}

/// What brackets show: nothing of a colour, the sign of a currency. Conditions and other digits are not certain.
fn bracket(inner: &str) -> Option<String> {
    if let Some(currency) = inner.strip_prefix('$') {
        let (sign, place) = currency.split_once('-').unwrap_or((currency, ""));
        // A longer number of a place asks for the digits of that place.
        return (place.len() <= 4).then(|| sign.to_string());
    }
    let colours = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黑色", "蓝色",
        "青色", "绿色", "洋红", "红色", "白色", "黄色",
    ];
    let lower = inner.to_lowercase();
    (colours.contains(&lower.as_str()) || lower.starts_with("color")).then(String::new)
}

/// What follows the word for digits as they are.
fn general(code: &str) -> Option<&str> {
    ["General", "GENERAL", "general", "G/通用格式", "常规"]
        .iter()
        .find_map(|word| code.strip_prefix(word))
}

/// Measures that begin as a number does, and are none.
const MEASURES: [&str; 10] = [
    "千克", "千米", "千瓦", "千卡", "千帕", "千伏", "千赫", "千焦", "千安", "百帕",
];

/// Whether a text behind digits makes them more or less.
fn is_scale(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['%', '‰', '十', '百', '千', '万', '亿', '拾', '佰', '仟'])
        && !MEASURES.iter().any(|measure| text.starts_with(measure))
}

/// The sections of a format.
fn parts(code: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '!' | '_' | '*' => escaped = true,
            ';' => {
                parts.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[start..]);
    parts
}

/// A section without what is shown as it stands, brackets, and the word for all digits.
fn bare(mut part: &str) -> String {
    let mut bare = String::new();
    while let Some(c) = part.chars().next() {
        if let Some(after) = general(part) {
            part = after;
        } else if matches!(c, '"' | '\\' | '!' | '_' | '*' | '[') {
            let after = literal(part).map(|(_, after)| after);
            // Of brackets that are not understood only those of hours, minutes and seconds matter: `[h]`.
            let beyond = part
                .split_once(']')
                .filter(|(inner, _)| c == '[' && !inner[1..].chars().all(is_of_day));
            part = after
                .or(beyond.map(|(_, after)| after))
                .unwrap_or(&part[c.len_utf8()..]);
        } else {
            bare.push(c);
            part = &part[c.len_utf8()..];
        }
    }
    bare
}

/// What a section for texts shows besides blanks, with `@` for the text.
fn shown_letters(mut part: &str) -> Option<String> {
    let mut shown = String::new();
    while let Some(c) = part.chars().next() {
        if c == '@' {
            shown.push(c);
            part = &part[1..];
        } else if let Some(after) = general(part) {
            shown.push('@');
            part = after;
        } else {
            let (letters, after) = literal(part)?;
            shown.push_str(letters.trim());
            part = after;
        }
    }
    Some(shown)
}

/// Whether a letter of a format shows a part of a day or of a clock time.
const fn is_of_day(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'd' | 'm' | 'y' | 'h' | 's')
}

/// What a format for days shows of one, by its letters: a month's are those of minutes too, behind hours or before seconds. `None` for the
/// whole day, and for hours that are counted beyond one.
fn part_of_day(bare: &str) -> Option<PartOfDay> {
    let letters = bare.to_lowercase().replace("am/pm", "").replace("a/p", "");
    if letters.contains(']') {
        return None;
    }
    let mut runs: Vec<(char, usize)> = Vec::new();
    let mut last = ' ';
    for c in letters.chars() {
        match runs.last_mut() {
            Some((_, length)) if c == last => *length += 1,
            _ if is_of_day(c) || c == 'e' => runs.push((c, 1)),
            _ => {}
        }
        last = c;
    }
    let at = |place: Option<usize>| place.and_then(|place| runs.get(place)).map(|(c, _)| *c);
    let shows = |wanted: &dyn Fn(usize, char, usize) -> bool| {
        let mut runs = runs.iter().enumerate();
        runs.any(|(place, (c, length))| wanted(place, *c, *length))
    };
    let is_minute =
        |place: usize| at(place.checked_sub(1)) == Some('h') || at(Some(place + 1)) == Some('s');
    PartOfDay::of(
        shows(&|_, c, _| c == 'y' || c == 'e'),
        shows(&|place, c, _| c == 'm' && !is_minute(place)),
        // Three letters and more are the weekday.
        shows(&|_, c, length| c == 'd' && length < 3),
    )
}

/// What to read of a number, of which a file says how it is shown; `None` where that is something else.
pub(super) fn seen(number: &str, shown: &str) -> Option<String> {
    let shown = shown.trim();
    let start = shown.find(|c: char| c.is_ascii_digit())?;
    let end = shown.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, digits, after) = (&shown[..start], &shown[start..end], &shown[end..]);
    let digits = digits.replace(char::is_whitespace, "");
    let (before, sign) = match before.strip_suffix(['-', '−']) {
        Some(before) => (before, "-"),
        None => (before, ""),
    };
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let numeric = |text: &str| text.contains(char::is_numeric);
    if is_scale(after) || numeric(before) || numeric(after) || !digits.chars().all(plain) {
        return None;
    }
    let wanted: f64 = number.parse().ok()?;
    // A comma parts thousands in some languages, and whole numbers from the rest in others.
    let spelled = [
        digits.replace(',', ""),
        digits.replace('.', "").replace(',', "."),
    ];
    let spelled = spelled.iter().find(|digits| {
        let value = format!("{sign}{digits}").parse::<f64>();
        value.is_ok_and(|value| value == wanted)
    })?;
    let whole = spelled.split('.').next().unwrap_or_default();
    let places = number.split_once('.').map(|(_, places)| places);
    let point = if places.is_some() { "." } else { "" };
    let places = places.unwrap_or_default();
    Some(format!("{before}{sign}{whole}{point}{places}{after}"))
}

/// The code of a format that workbooks name by number alone, where it may show anything else than digits or a whole day.
pub(super) const fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        48 => "##0.0E+0",
        // Days and clock times, those from 27 on as Chinese programs show them.
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => "h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        _ => "General",
    }
}

#[cfg(test)]
mod tests;
