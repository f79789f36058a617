//! The two languages, zh-CN and en. Every message lives in `<language>/<domain>.ftl`; its domain is the part of its id
//! before the first hyphen. A domain is read when it is first asked for, so a command pays only for what it says.

mod domains;
mod lang;
mod phrases;
mod value;

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use domains::DOMAINS;
pub(crate) use lang::Lang;
pub(crate) use phrases::Phrases;
pub(crate) use value::{Value, args};

type Bundle = FluentBundle<FluentResource>;

/// The messages of one language. Threads may share them.
pub(crate) struct Words {
    lang: Lang,
    bundles: [OnceLock<Bundle>; DOMAINS.len()],
}

impl Words {
    /// The words of a language; nothing is read yet.
    pub(crate) fn new(lang: Lang) -> Self {
        Words {
            lang,
            bundles: [const { OnceLock::new() }; DOMAINS.len()],
        }
    }

    /// Which language these words are in.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a message of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.bundle(id).is_some_and(|bundle| bundle.has_message(id))
    }

    /// The message of this id, which takes no values. An unknown id comes back in braces, for people to see.
    pub(crate) fn text(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// The message of this id with values put in. An unknown id comes back in braces, and so does a value not given.
    pub(crate) fn say(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        let missing = || format!("{{{id}}}");
        let Some(bundle) = self.bundle(id) else {
            return missing();
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return missing();
        };
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        // A mistake inside a message shows in its text; there is nobody to tell but the reader.
        let mut mistakes = Vec::new();
        bundle
            .format_pattern(pattern, Some(&arguments), &mut mistakes)
            .into_owned()
    }

    fn bundle(&self, id: &str) -> Option<&Bundle> {
        let (name, _) = id.split_once('-')?;
        let at = DOMAINS.iter().position(|domain| domain.name == name)?;
        Some(self.bundles[at].get_or_init(|| {
            let tag = self.lang.tag().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            let source = DOMAINS[at].source(self.lang).to_string();
            // What can be read of a spoiled file is used; a test keeps the files sound.
            let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
            bundle
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standings_have_names_and_letters() {
        let (zh, en) = (Words::new(Lang::Zh), Words::new(Lang::En));
        assert_eq!(zh.text("standing-waiting"), "待上级部署");
        assert_eq!(en.text("standing-waiting"), "awaiting instruction");
        let letters = |words: &Words| {
            [
                "done", "late", "overdue", "due-soon", "pending", "returned", "excused", "waiting",
            ]
            .map(|standing| words.text(&format!("standing-{standing}-letter")))
            .concat()
        };
        assert_eq!(letters(&zh), "完迟欠即.退免待");
        assert_eq!(letters(&en), "DLOs.Rxw");
        assert_eq!(zh.lang(), Lang::Zh);
    }

    #[test]
    fn an_unknown_id_shows() {
        let words = Words::new(Lang::En);
        assert_eq!(words.text("status-titel"), "{status-titel}");
        assert_eq!(words.text("standing-nothing"), "{standing-nothing}");
        assert_eq!(words.text("title"), "{title}");
    }

    #[test]
    fn values_go_in_without_isolation_marks() {
        let words = Words::new(Lang::Zh);
        let said = words.say(
            "usage-bad-value",
            &[("arg", "--grace".into()), ("value", 12.into())],
        );
        assert_eq!(said, "--grace 的值无效：12");
        let missing = words.say("usage-bad-value", &[("value", 12.into())]);
        assert_eq!(missing, "{$arg} 的值无效：12");
    }

    #[test]
    fn weekdays_begin_with_monday() {
        let (zh, en) = (Words::new(Lang::Zh), Words::new(Lang::En));
        let day = |words: &Words, number: u32| words.text(&format!("format-weekday-{number}"));
        assert_eq!((day(&zh, 1), day(&zh, 7)), ("周一".into(), "周日".into()));
        assert_eq!((day(&en, 1), day(&en, 7)), ("Mon".into(), "Sun".into()));
        assert_eq!(en.text("format-list-separator"), ", ");
        assert_eq!(zh.text("format-list-separator"), "、");
    }
}
