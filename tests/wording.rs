//! Every message that the code asks for exists in both languages, and every message is asked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::architecture::sources;

/// The domains and the ids of a language.
fn messages(lang: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/words")
        .join(lang);
    let (mut domains, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        domains.insert(path.file_stem().unwrap().to_str().unwrap().to_string());
        let text = fs::read_to_string(path).unwrap();
        let heads = text.lines().filter_map(|line| line.split_once(" ="));
        let heads = heads.map(|(head, _)| head);
        ids.extend(
            heads
                .filter(|head| is_id(head, &['-', '_']))
                .map(str::to_string),
        );
    }
    (domains, ids)
}

fn is_id(text: &str, further: &[char]) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || further.contains(&c);
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits)
}

/// A word of PostgreSQL's that looks like an id of ours.
const SSL_MODE: &str = "verify-full";

/// The string literals of the source that look like ids; `{…}` in them stands for anything.
fn asked_for(domains: &BTreeSet<String>) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for (_, code) in sources() {
        for literal in code.split('"') {
            let of_domain = literal
                .split_once('-')
                .is_some_and(|(domain, _)| domains.contains(domain));
            let ours = of_domain && literal != SSL_MODE;
            if ours && is_id(literal, &['-', '_', '{', '}']) {
                asked.insert(literal.to_string());
            }
        }
    }
    asked
}

fn fits(id: &str, asked: &str) -> bool {
    match (asked.split_once('{'), asked.rsplit_once('}')) {
        (Some((start, _)), Some((_, end))) => id.starts_with(start) && id.ends_with(end),
        _ => id == asked,
    }
}

#[test]
fn every_message_asked_for_exists_and_every_message_is_asked_for() {
    for lang in ["zh-CN", "en"] {
        let (domains, ids) = messages(lang);
        assert!(ids.len() > 400, "{lang}: where are the messages?");
        let asked = asked_for(&domains);
        for literal in &asked {
            let help = lang == "en" && literal.starts_with("help");
            assert!(
                help || ids.iter().any(|id| fits(id, literal)),
                "{lang}: the code asks for `{literal}`"
            );
        }
        let idle: Vec<&String> = ids
            .iter()
            .filter(|id| !id.starts_with("help") && !asked.iter().any(|asked| fits(id, asked)))
            .collect();
        assert!(idle.is_empty(), "{lang}: nothing asks for {idle:?}");
    }
}
