//! The wording of sayings, of advice and of what the system refused.

use std::io;

use crate::model::advice::Advice;
use crate::query;
use crate::render::png::{self, NoLetter};
use crate::render::svg::TooTall;
use crate::report::mask;
use crate::source::problem::{Saying, say};
use crate::words::{Value, Words, args};

/// A saying in the language of `words`.
pub(super) fn saying(words: &Words, saying: &Saying) -> String {
    let separator = words.text("format-list-separator");
    let args = saying.args.iter().map(|(name, value)| {
        let told = match *name {
            "count" | "n" => value
                .parse::<i64>()
                .map_or_else(|_| value.as_str().into(), Value::from),
            // Whoever finds the problem knows no language, and joins lists with a comma.
            "columns" | "forms" | "keys" | "names" | "words" => {
                value.replace(", ", &separator).into()
            }
            _ => value.as_str().into(),
        };
        (*name, told)
    });
    let args: Vec<(&str, Value)> = args.collect();
    words.say(saying.id, &args)
}

/// Advice in words: of a piece of proof, with its name.
pub(super) fn advice(words: &Words, advice: &Advice) -> String {
    let told = saying(words, &query::advice(advice));
    match advice {
        Advice::Proof { name, .. } => {
            let name = mask::text(name);
            let args = args!(name = name, remark = told);
            words.say("advice-proof", &args)
        }
        _ => told,
    }
}

/// What the operating system refused, in words. What has none is told as the system tells it.
pub(super) fn io(words: &Words, error: &io::Error) -> String {
    if let Some(told) = no_picture(error) {
        return saying(words, &told);
    }
    let id = match error.kind() {
        io::ErrorKind::NotFound => "error-io-not-found",
        io::ErrorKind::PermissionDenied => "error-io-denied",
        io::ErrorKind::AlreadyExists => "error-io-exists",
        io::ErrorKind::IsADirectory => "error-io-folder",
        io::ErrorKind::NotADirectory => "error-io-no-folder",
        io::ErrorKind::ReadOnlyFilesystem => "error-io-read-only",
        io::ErrorKind::StorageFull => "error-io-full",
        io::ErrorKind::QuotaExceeded => "error-io-quota",
        io::ErrorKind::FileTooLarge => "error-io-large",
        io::ErrorKind::InvalidFilename => "error-io-name",
        _ => return error.to_string(),
    };
    words.text(id)
}

/// Why there is no picture, where that is the trouble, and what helps.
pub(super) fn no_picture(error: &io::Error) -> Option<Saying> {
    let cause = error.get_ref()?;
    if cause.is::<TooTall>() {
        return Some(say!("error-picture-tall").hint(say!("error-picture-tall-hint")));
    }
    let NoLetter(letter) = cause.downcast_ref()?;
    let package = match png::is_han(*letter) {
        true => "fonts-noto-cjk",
        false => "fonts-noto-core",
    };
    let hint = say!("error-picture-letter-hint", package = package);
    Some(say!("error-picture-letter", letter = letter).hint(hint))
}

/// A unit, and a task of it where there is one.
pub(super) fn unit_and_task(unit: &str, task: Option<&str>) -> String {
    task.map_or_else(|| unit.to_string(), |task| format!("{unit} {task}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn one_unit_is_no_plural() {
        let told = |count: &str| {
            let told = say!("check-idle", count = count, names = "Alder");
            saying(&Words::new(Lang::En), &told)
        };
        assert_eq!(told("1"), "1 unit has no obligations: Alder");
        assert_eq!(told("2"), "2 units have no obligations: Alder");
    }

    #[test]
    fn what_the_system_refused_is_told_in_both_languages() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(io(&Words::new(Lang::Zh), &full), "磁盘已满");
        assert_eq!(io(&Words::new(Lang::En), &full), "the disk is full");
        let letter = io::Error::other(NoLetter('塘'));
        assert_eq!(io(&Words::new(Lang::Zh), &letter), "本机没有含“塘”字的字体");
        let rare = io::Error::other("the drive is on fire");
        assert_eq!(io(&Words::new(Lang::Zh), &rare), "the drive is on fire");
    }
}
