//! The one list of domains. A new domain is a name here and a file in each language's folder.

use super::Lang;

/// The messages of one domain, as written.
pub(super) struct Domain {
    pub(super) name: &'static str,
    zh: &'static str,
    en: &'static str,
}

impl Domain {
    pub(super) fn source(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

macro_rules! domains {
    ($($name:literal)*) => {
        pub(super) const DOMAINS: &[Domain] = &[
            $(Domain {
                name: $name,
                zh: include_str!(concat!("zh-CN/", $name, ".ftl")),
                en: include_str!(concat!("en/", $name, ".ftl")),
            },)*
            // The English help is what the commands' own documentation says; a test in the shell holds the two together.
            Domain { name: "help", zh: include_str!("zh-CN/help.ftl"), en: "" },
        ];
    };
}

domains! {
    "advice"
    "audit"
    "board"
    "calendar"
    "check"
    "error"
    "evidence"
    "explain"
    "format"
    "frame"
    "head"
    "hint"
    "kind"
    "lagging"
    "log"
    "notice"
    "plan"
    "problem"
    "refusal"
    "remind"
    "review"
    "score"
    "show"
    "standing"
    "status"
    "talk"
    "todo"
    "usage"
    "verify"
    "weekly"
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::*;

    /// The values that a message takes, by id.
    type Messages = BTreeMap<String, BTreeSet<String>>;

    fn messages(domain: &Domain, lang: Lang) -> Messages {
        let file = format!("{}/{}.ftl", lang.tag(), domain.name);
        let resource = fluent_syntax::parser::parse(domain.source(lang))
            .unwrap_or_else(|(_, mistakes)| panic!("{file}: {mistakes:?}"));
        let mut messages = Messages::new();
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let id = message.id.name;
                    let prefix = format!("{}-", domain.name);
                    assert!(
                        id.starts_with(&prefix),
                        "{file}: `{id}` is of another domain"
                    );
                    assert!(
                        message.attributes.is_empty(),
                        "{file}: `{id}` has attributes"
                    );
                    let Some(value) = message.value else {
                        panic!("{file}: `{id}` says nothing");
                    };
                    let mut variables = BTreeSet::new();
                    in_pattern(&value, &mut variables);
                    let before = messages.insert(id.to_string(), variables);
                    assert!(before.is_none(), "{file}: `{id}` is there twice");
                }
                Entry::Junk { content } => panic!("{file}: {content}"),
                Entry::Term(_)
                | Entry::Comment(_)
                | Entry::GroupComment(_)
                | Entry::ResourceComment(_) => {}
            }
        }
        messages
    }

    fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression } => in_expression(expression, variables),
            }
        }
    }

    fn in_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
        match expression {
            Expression::Inline(inline) => in_inline(inline, variables),
            Expression::Select { selector, variants } => {
                in_inline(selector, variables);
                for variant in variants {
                    in_pattern(&variant.value, variables);
                }
            }
        }
    }

    fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                variables.insert(id.name.to_string());
            }
            InlineExpression::Placeable { expression } => in_expression(expression, variables),
            InlineExpression::FunctionReference { id, .. } => {
                panic!("`{}` is not known to the bundles", id.name)
            }
            InlineExpression::StringLiteral { .. }
            | InlineExpression::NumberLiteral { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. } => {}
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for domain in DOMAINS.iter().filter(|domain| domain.name != "help") {
            let (zh, en) = (messages(domain, Lang::Zh), messages(domain, Lang::En));
            assert!(!zh.is_empty(), "{}", domain.name);
            let ids = |messages: &Messages| messages.keys().cloned().collect::<Vec<_>>();
            assert_eq!(ids(&zh), ids(&en), "{}: other messages", domain.name);
            for (id, variables) in &zh {
                assert_eq!(variables, &en[id], "{id}: other values");
            }
        }
    }

    #[test]
    fn every_file_is_in_the_list() {
        for lang in Lang::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src/words")
                .join(lang.tag());
            let mut found: Vec<String> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            found.sort();
            let mut listed: Vec<String> = DOMAINS
                .iter()
                .filter(|domain| !domain.source(lang).is_empty())
                .map(|domain| format!("{}.ftl", domain.name))
                .collect();
            listed.sort();
            assert_eq!(found, listed, "{}", lang.tag());
        }
    }
}
