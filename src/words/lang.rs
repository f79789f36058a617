//! The languages, and how people and systems write their names.

use std::str::FromStr;

/// A language that `duban` speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lang {
    /// Chinese as written in China.
    Zh,
    /// English.
    En,
}

/// A language that `duban` does not speak, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no words for the language `{0}`")]
pub(crate) struct UnknownLang(pub String);

impl Lang {
    /// Every language.
    #[cfg(test)]
    pub(crate) const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The BCP 47 tag, which also names the folder of its messages.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}

/// Reads a tag (`zh`, `zh-CN`) or a locale (`zh_CN.UTF-8`, `en_US`); only the language itself counts. `C` and `POSIX`
/// name no language.
impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(written: &str) -> Result<Self, UnknownLang> {
        let language = written
            .trim()
            .split(['-', '_', '.', '@'])
            .next()
            .unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "zh" => Ok(Lang::Zh),
            "en" => Ok(Lang::En),
            _ => Err(UnknownLang(written.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_locales_are_read() {
        for written in ["zh", "zh-CN", "zh_CN.UTF-8", "ZH-Hans-CN", "zh_CN@pinyin"] {
            assert_eq!(written.parse(), Ok(Lang::Zh), "{written}");
        }
        for written in ["en", "en_US.UTF-8", "EN-gb", " en "] {
            assert_eq!(written.parse(), Ok(Lang::En), "{written}");
        }
        for written in ["", "C", "C.UTF-8", "POSIX", "fr", "english"] {
            assert!(written.parse::<Lang>().is_err(), "{written}");
        }
    }

    #[test]
    fn a_tag_reads_back() {
        for lang in Lang::ALL {
            assert_eq!(lang.tag().parse(), Ok(lang));
        }
    }
}
