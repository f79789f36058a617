//! Help and usage errors in two languages. English help is what the doc comments say; the Chinese one is laid over it from
//! `help.ftl`, and usage errors are worded from clap's error kinds.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::arguments::{Arguments, Globals};
use super::commands::GROUPS;
use super::context::language;
use super::exit::Exit;
use super::world::World;
use crate::render::Format;
use crate::report::mask;
use crate::words::{Lang, Value, Words, args};

/// The command tree in a language.
pub(super) fn command(words: &Words) -> Command {
    let command = Arguments::command();
    match words.lang() {
        Lang::En => command,
        Lang::Zh => translated(command, words, "help-duban"),
    }
}

/// Lays the words over a command and all below it. The id of a command's help is its path; of an argument's, that path and
/// its name.
fn translated(command: Command, words: &Words, path: &str) -> Command {
    let mut command = command;
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_string())
        .collect();
    for name in names {
        command =
            command.mut_subcommand(&name, |sub| translated(sub, words, &format!("help-{name}")));
    }
    let shared = [
        "plan",
        "store",
        "evidence_dir",
        "lang",
        "color",
        "quiet",
        "format",
        "output",
        "limit",
        "as_of",
        "known_by",
        "area",
        "kind",
        "label",
        "phase",
        "task",
        "unit",
    ];
    let formats = args!(
        formats = Format::all_names(),
        endings = Format::all_endings()
    );
    let command = command.mut_args(|arg| {
        let name = arg.get_id().as_str().to_string();
        let own = format!("{path}--{}", name.replace('_', "-"));
        let id = match words.has(&own) {
            true => own,
            false if shared.contains(&name.as_str()) => format!("help--{}", name.replace('_', "-")),
            false => own,
        };
        let arg = match arg.get_help_heading().and_then(heading_id) {
            Some(heading) => arg.help_heading(words.text(heading)),
            None => arg,
        };
        let help = words.say(&id, &formats);
        let takes = arg.get_action().takes_values();
        let named = arg.get_value_names().map(<[_]>::to_vec);
        let arg = match named {
            Some(names) if takes => arg.value_names(names.iter().map(|name| placeholder(name))),
            _ => arg,
        };
        let arg = arg.help(help.clone()).long_help(help);
        if takes {
            // Words of clap's own; the translated help says both where they matter.
            arg.hide_possible_values(true).hide_default_value(true)
        } else {
            arg
        }
    });
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}",
        usage = words.text("usage-usage")
    );
    let command = command
        .about(words.text(path))
        .long_about(words.text(path))
        .help_template(template)
        .subcommand_help_heading(words.text("help-commands"))
        .subcommand_value_name(placeholder("COMMAND"))
        .disable_help_flag(true)
        .arg(flag("help", 'h', clap::ArgAction::Help, words));
    let command = match path {
        "help-duban" => command.disable_version_flag(true).arg(flag(
            "version",
            'V',
            clap::ArgAction::Version,
            words,
        )),
        _ => command,
    };
    positionals(command, words)
}

/// The commands in groups with examples below, for the help of `duban` itself. clap lists all under one heading, so its list
/// is laid out alone, taken apart at the first command of each group, and put into the template as text.
fn grouped(command: Command, words: &Words, width: usize) -> Command {
    let groups = GROUPS.iter().map(|(heading, names)| {
        let names = names.iter().map(|name| name.to_ascii_lowercase());
        (*heading, names.collect::<Vec<_>>())
    });
    let groups: Vec<(&str, Vec<String>)> = groups.collect();
    let names = groups.iter().flat_map(|(_, names)| names);
    let mut list = command
        .clone()
        .help_template("{subcommands}")
        .term_width(width);
    for (name, place) in names.clone().zip(0..) {
        list = list.mut_subcommand(name, |sub| sub.display_order(place));
    }
    let mut commands = String::new();
    for line in list.render_help().to_string().lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        let first =
            |(_, names): &&(&str, Vec<String>)| names.first().is_some_and(|first| first == name);
        if line.starts_with("  ")
            && !line.starts_with("   ")
            && let Some((heading, _)) = groups.iter().find(first)
        {
            commands += &format!("\n{}:\n", words.text(heading));
        }
        commands += &format!("{line}\n");
    }
    let template = format!(
        "{{about-with-newline}}\n{}{}\n{commands}\n{{all-args}}{{after-help}}",
        words.text("usage-usage"),
        words.text("usage-line"),
    );
    let command = command
        .help_template(template)
        .after_help(words.text("usage-more"));
    names.fold(command, |command, name| {
        command.mut_subcommand(name, |sub| sub.hide(true))
    })
}

/// What `duban help TOPIC` explains, by the words for it in both languages.
const TOPICS: &[(&str, &[&str])] = &[
    ("usage-topic-environment", &["environment", "环境变量"]),
    ("usage-topic-exit-codes", &["exit-codes", "退出码"]),
    ("usage-topic-days", &["days", "日期"]),
];

/// The message of the topic asked for, where one is.
fn topic(args: &[OsString]) -> Option<&'static str> {
    let asked = args.get(1)?.to_str()?;
    let about = |(_, names): &&(&str, &[&str])| names.contains(&asked);
    TOPICS.iter().find(about).map(|(id, _)| *id)
}

/// What stands for a value in Chinese usage lines.
fn placeholder(name: &str) -> String {
    let name = match name {
        "AREA" => "地区",
        "BITS" => "位数",
        "COMMAND" => "命令",
        "DAY" => "日期",
        "DAYS" => "天数",
        "DIR" => "目录",
        "FILE.zip" => "文件.zip",
        "FILE.zip|DIR" => "文件.zip|目录",
        "FILE" => "文件",
        "FILE|-" => "文件|-",
        "FILE|URL" => "文件|链接",
        "FINDING" => "发现",
        "FORM" => "形式",
        "FORMAT" => "格式",
        "KEY" => "次序",
        "KIND" => "类型",
        "LABEL" => "标签",
        "LANG" => "语言",
        "N" => "数量",
        "NAME" => "名称",
        "NUMBER" => "期号",
        "OBJECTION" => "申诉",
        "PATH" => "路径",
        "PATH|URL" => "路径|地址",
        "PERIOD" => "期次",
        "PHASE" => "阶段",
        "RECORD" => "报送",
        "RECORD|BATCH" => "报送|批次",
        "ROWS" => "口径",
        "TASK" => "任务",
        "TASK[=COUNT]" => "任务[=数量]",
        "TEXT" => "文字",
        "UNIT" => "单位",
        "UNIT[,UNIT...]" => "单位[,单位...]",
        "UNIT|TASK|RECORD" => "单位|任务|报送",
        "WAY" => "方式",
        "WHEN" => "何时",
        "WHAT" => "内容",
        other => other,
    };
    name.to_string()
}

fn flag(name: &'static str, short: char, action: clap::ArgAction, words: &Words) -> clap::Arg {
    clap::Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help_heading(None)
        .help(words.text(&format!("help--{name}")))
}

/// Headings of the groups that clap would name itself.
fn positionals(command: Command, words: &Words) -> Command {
    let mut place = 0;
    command.mut_args(|arg| {
        if arg.get_help_heading().is_some() {
            return arg;
        }
        if arg.is_positional() {
            // Under a heading of its own clap would put them in the order of the alphabet.
            place += 1;
            return arg
                .help_heading(words.text("help-arguments"))
                .display_order(place);
        }
        arg.help_heading(words.text("help-options"))
    })
}

fn heading_id(heading: &str) -> Option<&'static str> {
    match heading {
        "Global options" => Some("help-heading-global"),
        "Output" => Some("help-heading-output"),
        "View" => Some("help-heading-view"),
        "Filters" => Some("help-heading-filters"),
        _ => None,
    }
}

/// `duban help COMMAND` is what `duban COMMAND --help` is.
pub(super) fn asked(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|word| word == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}

/// Answers what clap could not parse: help and version on standard output, mistakes on standard error.
pub(super) fn answer(args: &[OsString], error: &clap::Error, world: World) -> Exit {
    let globals = Globals {
        lang: typed_language(args),
        ..Globals::default()
    };
    let lang = language(&globals, &world)
        .ok()
        .flatten()
        .unwrap_or(Lang::Zh);
    let words = Words::new(lang);
    if let Some(id) = topic(args) {
        return write(&mut *world.stdout, &format!("{}\n", words.text(id)));
    }
    match error.kind() {
        ErrorKind::DisplayVersion => write(
            &mut *world.stdout,
            &format!("duban {}\n", env!("CARGO_PKG_VERSION")),
        ),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let width = world
                .width
                .or_else(|| world.variable("COLUMNS").and_then(|text| text.parse().ok()))
                .unwrap_or(100);
            let again = grouped(command(&words), &words, width);
            let again = again.term_width(width).try_get_matches_from(args);
            let text = again
                .err()
                .map(|error| error.render().to_string())
                .unwrap_or_default();
            let text = match words.lang() {
                Lang::En => text,
                Lang::Zh => in_chinese(&text, &words),
            };
            if error.kind() == ErrorKind::DisplayHelp {
                return write(&mut *world.stdout, &text);
            }
            write(&mut *world.stderr, &text);
            Exit::Failed
        }
        _ => {
            let again = command(&words).try_get_matches_from(args).err();
            write(
                &mut *world.stderr,
                &mistake(&words, again.as_ref().unwrap_or(error)),
            );
            Exit::Failed
        }
    }
}

/// What clap writes itself whatever the words: `[OPTIONS]`, and the colon after a heading.
fn in_chinese(text: &str, words: &Words) -> String {
    let text = text.replace("[OPTIONS]", &words.text("help-usage-options"));
    let lines = text.lines().map(|line| match line.strip_suffix(':') {
        Some(heading) if !line.starts_with(' ') => format!("{heading}：\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

fn write(out: &mut dyn std::io::Write, text: &str) -> Exit {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done,
        Err(_) => Exit::Failed,
    }
}

/// The language that was typed, even where the rest could not be parsed.
fn typed_language(args: &[OsString]) -> Option<String> {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let at = texts
        .iter()
        .position(|text| *text == "--lang" || text.starts_with("--lang="))?;
    match texts[at].split_once('=') {
        Some((_, lang)) => Some(lang.to_string()),
        None => texts.get(at + 1).map(ToString::to_string),
    }
}

/// A usage mistake in words.
fn mistake(words: &Words, error: &clap::Error) -> String {
    let listed = |kind, separator: &str| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(separator),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let context = |kind| listed(kind, " ");
    // Somebody may have typed a telephone number in the wrong place.
    let arg = mask::text(&context(ContextKind::InvalidArg));
    let value = mask::text(&context(ContextKind::InvalidValue));
    let id = match error.kind() {
        ErrorKind::InvalidSubcommand => "usage-unknown-command",
        ErrorKind::UnknownArgument if arg.starts_with('-') => "usage-unknown-argument",
        ErrorKind::UnknownArgument => "usage-one-too-many",
        ErrorKind::MissingRequiredArgument => "usage-missing",
        ErrorKind::MissingSubcommand => "usage-no-command",
        ErrorKind::InvalidValue if value.is_empty() => "usage-no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage-bad-value",
        ErrorKind::ArgumentConflict => "usage-conflict",
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "usage-values"
        }
        ErrorKind::NoEquals => "usage-no-equals",
        ErrorKind::InvalidUtf8 => "usage-utf8",
        _ => "usage-other",
    };
    let subcommand = mask::text(&context(ContextKind::InvalidSubcommand));
    let prior = context(ContextKind::PriorArg);
    let what: Vec<(&str, Value)> = vec![
        (
            "arg",
            if subcommand.is_empty() {
                arg.as_str().into()
            } else {
                subcommand.as_str().into()
            },
        ),
        ("value", value.as_str().into()),
        ("prior", prior.as_str().into()),
    ];
    let mut text = format!("{}{}\n", words.text("talk-error"), words.say(id, &what));
    let near = [
        (ContextKind::SuggestedSubcommand, "usage-near"),
        (ContextKind::SuggestedArg, "usage-near"),
        (ContextKind::SuggestedValue, "usage-near"),
        (ContextKind::ValidValue, "usage-known"),
    ]
    .map(|(kind, id)| (listed(kind, &words.text("format-list-separator")), id));
    if let Some((names, id)) = near.iter().find(|(names, _)| !names.is_empty()) {
        let hint = words.say(id, &[("names", names.as_str().into())]);
        text.push_str(&format!("{}{hint}\n", words.text("talk-hint")));
    }
    text.push_str(&format!(
        "{}{}\n",
        words.text("talk-hint"),
        words.text("usage-help")
    ));
    let lines = text.lines().map(crate::render::visible);
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &Command, visit: &mut impl FnMut(&Command)) {
        visit(command);
        command.get_subcommands().for_each(|sub| walk(sub, visit));
    }

    #[test]
    fn the_command_tree_is_sound() {
        Arguments::command().debug_assert();
        command(&Words::new(Lang::Zh)).debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_help_in_both_languages() {
        for lang in [Lang::En, Lang::Zh] {
            walk(&command(&Words::new(lang)), &mut |command| {
                let about = command
                    .get_about()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                assert!(
                    !about.is_empty() && !about.contains('{'),
                    "{lang:?} {}: {about}",
                    command.get_name()
                );
                for arg in command.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    let name = format!("{lang:?} {} {}", command.get_name(), arg.get_id());
                    assert!(!help.is_empty() && !help.contains('{'), "{name}: {help}");
                    let han = help.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    assert!(han == (lang == Lang::Zh), "{name}: {help}");
                    let takes = arg.get_action().takes_values();
                    let values = arg.get_value_names().filter(|_| takes);
                    for value in values.unwrap_or_default() {
                        let english =
                            *value != "SHELL" && value.chars().all(|c| c.is_ascii_uppercase());
                        assert!(!(english && lang == Lang::Zh), "{name}: {value}");
                    }
                }
            });
        }
    }
}
