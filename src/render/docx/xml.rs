//! Words as XML 1.0: escaped, without what it forbids or what hides, and runs of them.

use crate::document::{Text, Tone};
use crate::render::safe::is_unsafe;

/// Words fit for elements and quoted attributes. Line breaks and tabs become spaces; other controls, marks without
/// width and what is no character are dropped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if is_unsafe(letter) || is_no_character(letter) => {}
            _ => out.push(letter),
        }
    }
    out
}

/// The last two places of every plane, and a row set aside: XML forbids some, and no font has any.
fn is_no_character(letter: char) -> bool {
    u32::from(letter) & 0xfffe == 0xfffe || matches!(letter, '\u{fdd0}'..='\u{fdef}')
}

/// A text as runs. `further` is what every run has beside its tone: elements of `w:rPr` that come after `w:b`.
pub(super) fn runs(text: &Text, chinese: bool, further: &str) -> String {
    let mut out = String::new();
    for span in &text.0 {
        let words = escaped(&span.text);
        if words.is_empty() {
            continue;
        }
        let hint = if chinese && words.contains(is_either) {
            "<w:rFonts w:hint=\"eastAsia\"/>"
        } else {
            ""
        };
        let bold = match span.tone {
            Tone::Strong | Tone::Overdue | Tone::Notice => "<w:b/>",
            Tone::Plain | Tone::Dim | Tone::Done | Tone::Late | Tone::Soon | Tone::Returned => "",
        };
        out.push_str("<w:r>");
        if !(hint.is_empty() && bold.is_empty() && further.is_empty()) {
            out.push_str(&format!("<w:rPr>{hint}{bold}{further}</w:rPr>"));
        }
        out.push_str(&format!("<w:t xml:space=\"preserve\">{words}</w:t></w:r>"));
    }
    out
}

/// Marks that Latin and Chinese fonts both have; without a hint they come in the Latin one, too narrow.
fn is_either(letter: char) -> bool {
    matches!(
        letter,
        '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '×' | '°' | '±' | '‰' | '※'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_xml_forbids_and_what_hides_is_dropped() {
        assert_eq!(escaped("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
        assert_eq!(
            escaped("塘\u{0}坝\u{1b}\u{202e}\u{fffe}\u{1ffff}村\n二"),
            "塘坝村 二"
        );
    }

    #[test]
    fn tones_that_matter_are_bold_and_shared_marks_are_chinese() {
        let text = Text::from("“完”").and(("逾期", Tone::Overdue)).and("");
        assert_eq!(
            runs(&text, true, ""),
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">“完”</w:t></w:r>\
             <w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">逾期</w:t></w:r>"
        );
        assert!(!runs(&text, false, "").contains("eastAsia"));
    }

    proptest! {
        #[test]
        fn nothing_of_any_text_is_markup_or_unsafe(text in any::<String>()) {
            let out = escaped(&text);
            prop_assert!(!out.contains(['<', '>', '"', '\'']));
            prop_assert!(!out.chars().any(|letter| is_unsafe(letter) || is_no_character(letter)));
            let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
            for (at, _) in out.match_indices('&') {
                prop_assert!(entities.iter().any(|entity| out[at..].starts_with(entity)));
            }
        }
    }
}
